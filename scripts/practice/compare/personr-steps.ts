import type { Step } from './recording.ts';

export interface PersonrChoices {
  /** The exact name of a flow of the workspace. */
  readonly flowName: string;
  readonly email: string;
  readonly password: string;
  /** Unlike that of every earlier run. */
  readonly reference: string;
  /** Base64 of a JPEG, PNG or PDF, and its name. */
  readonly file: { readonly data: string; readonly filename: string };
}

/**
 * The calls of a branch, and beside them those whose answer nobody documents. The first one makes a token, which ends the one
 * that this user had; the applicant that it makes stays: there is no call that deletes one.
 */
export function personrSteps({ flowName, email, password, reference, file }: PersonrChoices): Step[] {
  const applicantId = '{applicant}';
  const contact = { email: 'specimen@example.invalid', phone: '+61400000000' };
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
      { ...contact, flowName: `Satchel ${reference}` },
      {
        switches: ['personr.unknownFlow', 'personr.errorHttpStatus'],
      },
    ),
    post(
      'applicant: create',
      'api-applicant-create',
      { ...contact, flowName, sourceKey: reference },
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
  ];
}

function post(name: string, workflow: string, body: unknown, more: Partial<Step> = {}): Step {
  return { name, method: 'POST', path: `/${workflow}`, body, ...more };
}
