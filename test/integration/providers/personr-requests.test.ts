import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import {
  PERSONR_REQUESTS,
  formRequest,
  uploadFormRequest,
  uploadRequest,
} from '../../../main/providers/personr/requests.ts';
import type { PersonrPath } from '../../../main/providers/personr/requests.ts';
import { OPERATIONS, createdPerson, usePersonr } from './personr-bench.ts';

const { personr } = PROVIDERS;
const bench = usePersonr();

const isKnown = (path: string): path is Exclude<PersonrPath, '/api-basic-auth'> => path in PERSONR_REQUESTS;
const refused = { do: 'answer', status: 401, body: { statusCode: 401, message: 'x' } } as const;
const missing = { do: 'answer', status: 404, body: { statusCode: 404, message: 'Workflow not found' } } as const;
const noFields = { do: 'answer', status: 400, body: { statusCode: 400, message: 'Missing parameter email' } } as const;
const nothing = { do: 'answer', status: 200, body: {} } as const;

/** Makes every call that the adapter has, with whatever answers bring it there. */
async function everyCall(): Promise<void> {
  for (const operation of Object.values(OPERATIONS)) {
    bench.server.script(nothing);
    await personr.perform(operation, bench.context());
  }
  bench.server.script(
    {
      do: 'answer',
      status: 200,
      body: { status: 'success', response: { currentWorkspace: 'North' } },
    },
    nothing,
  );
  await personr.perform(OPERATIONS.create, bench.context({ settings: { workspace: 'North' } }));
  bench.server.script({ ...noFields, body: { statusCode: 400, message: 'Missing parameter docFile' } }, nothing);
  await personr.perform(OPERATIONS.upload, bench.context());
  bench.server.script(refused, missing, noFields, missing);
  await personr.perform(OPERATIONS.create, bench.context());
  const { asks } = personr;
  bench.server.script(nothing, missing, missing, nothing, missing);
  await asks?.link([createdPerson], bench.context());
  await asks?.kept([createdPerson], bench.context());
  await asks?.record([createdPerson], bench.context());
  await personr.test(bench.context());
}

describe('what is sent', () => {
  it('fits its schema as it went over the wire, call by call, and every schema has a call', async () => {
    await everyCall();
    const seen = new Set<string>();
    const problems: unknown[] = [];
    for (const [index, path] of bench.paths().entries()) {
      if (!isKnown(path)) continue;
      const parsed = PERSONR_REQUESTS[path].safeParse(await bench.fieldsOf(index));
      if (!parsed.success) problems.push({ path, issues: parsed.error.issues });
      seen.add(path);
    }
    expect(problems).toEqual([]);
    const encodings = bench.server.seen.flatMap(({ path, headers }) =>
      path === '/api-document-upload' ? (headers['content-type'] ?? '').replace(/;.*/, '') : [],
    );
    expect(encodings).toEqual(['application/json', 'application/json', 'multipart/form-data']);
    expect([...seen].toSorted()).toEqual(Object.keys(PERSONR_REQUESTS).toSorted());
    expect(new Set(bench.paths().filter((path) => !isKnown(path)))).toEqual(new Set(['/api-basic-auth']));
  });

  const PICTURE = { filename: 'front.jpg', contents: '/9j/AQ==' };
  const upload = {
    applicantId: '1x1',
    docType: 'ID_CARD',
    docSubType: 'FRONT_SIDE',
    docCountryISO: 'AUS',
    docFile: PICTURE,
  } as const;
  const certificate = { applicantId: '1x1', docSubType: 'Certificate', fileName: 'page.pdf', docFile: 'JVBERi0xLjc=' };
  const person = {
    email: 'a@example.invalid',
    phone: '+61400000000',
    flowName: 'Identity',
    sourceKey: 'satchel',
    externalUserId: '["k"]',
  };
  const company = {
    companyName: 'A',
    registrationNumber: '1',
    country: 'AUS',
    flowName: 'C',
    sourceKey: 's',
    externalUserId: '["k"]',
  };

  it.each<[Exclude<PersonrPath, '/api-basic-auth'>, Record<string, unknown>]>([
    ['/api-document-upload', upload],
    ['/api-entity-document-upload-encoded', certificate],
    ['/api-applicant-create', person],
    ['/api-entity-create', company],
  ])('%s takes what it should', (path, fields) => {
    expect(PERSONR_REQUESTS[path].safeParse(fields).success).toBe(true);
  });

  it.each<[string, Exclude<PersonrPath, '/api-basic-auth'>, Record<string, unknown>]>([
    ['a side of a selfie (trap 29)', '/api-document-upload', { ...upload, docType: 'SELFIE' }],
    ['the text NULL as a side (trap 29)', '/api-document-upload', { ...upload, docSubType: 'NULL' }],
    ['a country of two letters (traps 21, 29)', '/api-document-upload', { ...upload, docCountryISO: 'AU' }],
    [
      'a PDF called .jpg (trap 41)',
      '/api-document-upload',
      { ...upload, docFile: { ...PICTURE, contents: 'JVBERi0xLjc=' } },
    ],
    [
      'a data: prefix',
      '/api-document-upload',
      { ...upload, docFile: { ...PICTURE, contents: 'data:image/jpeg;base64,/9j/' } },
    ],
    [
      'the customer’s own file name',
      '/api-document-upload',
      { ...upload, docFile: { ...PICTURE, filename: 'Ana Müller.jpg' } },
    ],
    ['a file as a text (trap 38)', '/api-document-upload', { ...upload, docFile: '/9j/AQ==' }],
    ['a field nobody knows', '/api-document-upload', { ...upload, idDocType: 'ID_CARD' }],
    [
      'a company’s file as an object (trap 38)',
      '/api-entity-document-upload-encoded',
      { ...certificate, docFile: PICTURE },
    ],
    [
      'a company’s file of another type',
      '/api-entity-document-upload-encoded',
      { ...certificate, docFile: '/9j/AQ==' },
    ],
    ['a company’s country of two letters', '/api-entity-create', { ...company, country: 'AU' }],
    ['a position nobody knows', '/api-add-ubo', { applicantId: '1', uboApplicantId: '2', position: 'Friend' }],
    ['a link by both names (trap 34)', '/api-verificationlink-create', { applicant: '1x1', applicantId: '1x1' }],
    ['a number without its country', '/api-applicant-create', { ...person, phone: '0400000000' }],
    ['an empty name', '/api-applicant-create', { ...person, nameFirst: '' }],
    ['a reference that is no list', '/api-applicant-create', { ...person, externalUserId: 'k' }],
    ['no reference (trap 36)', '/api-applicant-create', { ...person, externalUserId: '[]' }],
  ])('%s is refused before it leaves', (_name, path, fields) => {
    expect(PERSONR_REQUESTS[path].safeParse(fields).success).toBe(false);
  });

  it('a request that does not fit is a fault of this program, and none is made', () => {
    expect(() => formRequest('/api-applicant-status', { applicantId: '' }, 's')).toThrow(/applicantId/);
    expect(() => uploadRequest({ ...upload, docType: 'SELFIE', docSubType: 'BACK_SIDE' })).toThrow(/docSubType/);
    expect(() => uploadFormRequest({ ...upload, docCountryISO: 'AU' }, 'image/jpeg', 's')).toThrow(/docCountryISO/);
    expect(() => uploadFormRequest(upload, 'image/jpeg', 's')).toThrow(/not streamed/);
  });
});
