import type { Step } from './recording.ts';
import { CONTACT, PERSON, type SentFile } from './specimen.ts';

export interface SumsubChoices {
  /** The exact name of a level that a utility bill fills. */
  readonly levelName: string;
  /** Unlike that of every earlier run; the memory holds it as `reference` too, because paths name it. */
  readonly reference: string;
  /** A JPEG, PNG or PDF. */
  readonly file: SentFile;
}

const APPLICANT = '/resources/applicants/{applicant}';
const BY_REFERENCE = '/resources/applicants/-;externalUserId={reference}/one';
/** Older than any signature may be. */
const LONG_AGO_SECONDS = 7200;

/**
 * The calls of a branch, and beside them those whose answer nobody documents, each signed. The applicant that they make stays: Sumsub
 * deletes none by API.
 */
export function sumsubSteps({ levelName, reference, file }: SumsubChoices): Step[] {
  const person = {
    externalUserId: reference,
    ...CONTACT,
    fixedInfo: { firstName: PERSON.first, lastName: PERSON.last, dob: PERSON.birthDate },
  };
  return [
    { name: 'an applicant by a reference that is nobody’s', method: 'GET', path: BY_REFERENCE },
    {
      name: 'a wrong signature',
      method: 'GET',
      path: BY_REFERENCE,
      headers: { 'x-app-access-sig': '0'.repeat(64) },
    },
    { name: 'a wrong token', method: 'GET', path: BY_REFERENCE, headers: { 'x-app-token': 'sbx:wrong' } },
    {
      name: 'a signature of two hours ago',
      method: 'GET',
      path: BY_REFERENCE,
      signedSecondsAgo: LONG_AGO_SECONDS,
      switches: ['sumsub.requestLifetimeSeconds'],
    },
    {
      name: 'a level that is not there',
      method: 'POST',
      path: '/resources/applicants',
      query: { levelName: `Satchel ${reference}` },
      body: { ...person, externalUserId: `${reference}-level` },
      switches: ['sumsub.unknownLevel'],
    },
    {
      name: 'applicant: create',
      method: 'POST',
      path: '/resources/applicants',
      query: { levelName },
      body: person,
      remember: { applicant: ['id'] },
    },
    {
      name: 'applicant: the same reference again',
      method: 'POST',
      path: '/resources/applicants',
      query: { levelName },
      body: person,
    },
    { name: 'applicant: by its reference', method: 'GET', path: BY_REFERENCE },
    { name: 'applicant: retrieve', method: 'GET', path: `${APPLICANT}/one` },
    { name: 'applicant: status before anything', method: 'GET', path: `${APPLICANT}/status` },
    {
      name: 'an applicant that is not there',
      method: 'GET',
      path: '/resources/applicants/000000000000000000000000/status',
    },
    { name: 'check: start before anything', method: 'POST', path: `${APPLICANT}/status/pending` },
    upload('upload: an unknown type', file, 'SATCHEL'),
    upload('upload: content unlike its name', { ...file, filename: 'bill.png' }),
    { ...upload('upload', file), switches: ['sumsub.noticeElements'] },
    upload('upload: the same bytes again', file),
    {
      name: 'images',
      method: 'GET',
      path: `${APPLICANT}/metadata/resources`,
      switches: ['sumsub.imageFileNames'],
    },
    {
      name: 'check: start',
      method: 'POST',
      path: `${APPLICANT}/status/pending`,
      switches: ['sumsub.startsByItself'],
    },
    { name: 'check: start again', method: 'POST', path: `${APPLICANT}/status/pending` },
    { name: 'applicant: status after a while', method: 'GET', path: `${APPLICANT}/status`, isLater: true },
  ];
}

function upload(name: string, { data, filename }: SentFile, idDocType = 'UTILITY_BILL'): Step {
  return {
    name,
    method: 'POST',
    path: `${APPLICANT}/info/idDoc`,
    headers: { 'x-return-doc-warnings': 'true' },
    form: {
      fields: { metadata: JSON.stringify({ idDocType, country: 'AUS' }) },
      file: { field: 'content', data, filename },
    },
  };
}
