import type { Step } from './recording.ts';
import { COMPANY, CONTACT, type SentFile } from './specimen.ts';

export interface PersonrChoices {
  /** The exact name of a flow for companies; null: companies are left out. */
  readonly entityFlowName: string | null;
  /** Where Personr can fetch a page of a company; null: that form of upload is left out. */
  readonly fileUrl: string | null;
  /** The exact name of a flow of the workspace. */
  readonly flowName: string;
  readonly email: string;
  readonly password: string;
  /** Unlike that of every earlier run. */
  readonly reference: string;
  /** A JPEG, PNG or PDF. */
  readonly file: SentFile;
}

/**
 * The calls of a branch, and beside them those whose answer nobody documents. The first one makes a token, which ends the one
 * that this user had; the applicant and the company that it makes stay: there is no call that deletes one.
 */
export function personrSteps(choices: PersonrChoices): Step[] {
  const { flowName, email, password, reference, file, entityFlowName } = choices;
  const applicantId = '{applicant}';
  const upload = (docType: string, filename = file.filename): unknown => ({
    applicantId,
    docType,
    docCountryISO: 'AUS',
    docFile: { filename, contents: file.data },
  });
  return [
    post('token', 'api-token-generate', { email, password }, { remember: { token: ['response', 'token'] } }),
    post(
      'a wrong token',
      'api-applicant-status',
      { applicantId: '1x1' },
      {
        headers: { authorization: 'Bearer wrong' },
        switches: ['personr.unauthorizedBody'],
      },
    ),
    post(
      'a flow that is not there',
      'api-applicant-create',
      { ...CONTACT, flowName: `Satchel ${reference}` },
      {
        switches: ['personr.unknownFlow', 'personr.errorHttpStatus'],
      },
    ),
    post(
      'applicant: create',
      'api-applicant-create',
      { ...CONTACT, flowName, sourceKey: reference },
      {
        remember: { applicant: ['response', 'applicantId'] },
      },
    ),
    post('applicant: details', 'api-applicant-details', { applicantId }),
    post(
      'applicant: status before anything',
      'api-applicant-status',
      { applicantId },
      {
        switches: ['personr.resultBeforeReviewed', 'personr.documentsListing'],
      },
    ),
    post(
      'an applicant that is not there',
      'api-applicant-status',
      { applicantId: '1x1' },
      {
        switches: ['personr.unknownApplicantBody', 'personr.errorHttpStatus'],
      },
    ),
    post(
      'link: by applicant',
      'api-verificationlink-create',
      { applicant: applicantId },
      { switches: ['personr.linkField'] },
    ),
    post('link: by applicantId', 'api-verificationlink-create', { applicantId }, { switches: ['personr.linkField'] }),
    post('upload: an unknown type', 'api-document-upload', upload('SATCHEL'), {
      switches: ['personr.errorHttpStatus'],
    }),
    post('upload: content unlike its name', 'api-document-upload', upload('UTILITY_BILL', 'bill.png'), {
      switches: ['personr.refusedFile', 'personr.noticeElements'],
    }),
    post('upload', 'api-document-upload', upload('UTILITY_BILL'), { switches: ['personr.uploadEncoding'] }),
    post('upload: the same bytes again', 'api-document-upload', upload('UTILITY_BILL'), {
      switches: ['personr.duplicateUpload', 'personr.noticeElements'],
    }),
    post(
      'a workspace that is not there',
      'api-change-workspace',
      { workspace: `Satchel ${reference}` },
      {
        switches: ['personr.unknownWorkspace'],
      },
    ),
    post('documents: before the review', 'api-document-download', { applicantId }, DOWNLOAD_SWITCHES),
    ...(entityFlowName === null ? [] : entitySteps({ ...choices, entityFlowName })),
    post('check: start', 'api-request-applicant-check', { applicantId }),
    post(
      'applicant: status after a while',
      'api-applicant-status',
      { applicantId },
      {
        isLater: true,
        switches: ['personr.reviewRejectType', 'personr.privateComment', 'personr.documentsListing'],
      },
    ),
    post('documents: after the review', 'api-document-download', { applicantId }),
    post('documents: with what was read', 'api-document-download-information', { applicantId }),
    ...(entityFlowName === null ? [] : [entityStatusLater]),
  ];
}

const DOWNLOAD_SWITCHES: Partial<Step> = { switches: ['personr.downloadBeforeReviewed'] };

/** A company with a page in both forms, whose owner is the applicant. */
function entitySteps({
  entityFlowName,
  fileUrl,
  reference,
  file,
}: PersonrChoices & { readonly entityFlowName: string }): Step[] {
  const applicantId = '{entity}';
  const docSubType = 'Certificate of incorporation';
  const owner = { applicantId, uboApplicantId: '{applicant}', position: 'Director' };
  const encoded = { applicantId, docSubType, fileName: file.filename, docFile: file.data };
  return [
    post(
      'company: create',
      'api-entity-create',
      { ...COMPANY, registrationNumber: reference, flowName: entityFlowName, sourceKey: reference },
      { remember: { entity: ['response', 'applicantId'] }, switches: ['personr.entityModule'] },
    ),
    post(
      'company: status before anything',
      'api-entity-status',
      { applicantId },
      {
        switches: ['personr.entityDateOrder'],
      },
    ),
    post('company: upload', 'api-entity-document-upload-encoded', encoded),
    post('company: upload, content unlike its name', 'api-entity-document-upload-encoded', {
      ...encoded,
      fileName: 'extract.png',
    }),
    ...(fileUrl === null
      ? []
      : [
          post('company: upload by address', 'api-entity-document-upload', {
            applicantId,
            docSubType,
            docFile: fileUrl,
          }),
        ]),
    post('company: owner', 'api-add-ubo', owner),
    post('company: the same owner again', 'api-add-ubo', owner, { switches: ['personr.ownerTwice'] }),
    post(
      'company: link',
      'api-entity-verificationlink-create',
      { applicant: applicantId },
      {
        switches: ['personr.linkField'],
      },
    ),
    post('company: start', 'api-request-applicant-check', { applicantId }),
  ];
}

const entityStatusLater = post('company: status after a while', 'api-entity-status', { applicantId: '{entity}' });

function post(name: string, workflow: string, body: unknown, more: Partial<Step> = {}): Step {
  return { name, method: 'POST', path: `/${workflow}`, body, ...more };
}
