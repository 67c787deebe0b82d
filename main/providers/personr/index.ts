import { evidence } from '../http.ts';
import type { ConnectionContext, OperationRules, Provider } from '../port.ts';
import { callPersonr, form } from './client.ts';
import { createApplicant, followCheck, lookUpStart, lookUpUpload, startCheck, uploadPage } from './operations.ts';
import {
  CreatePayload,
  FollowPayload,
  PERSONR_CREATE,
  PERSONR_FOLLOW,
  PERSONR_START,
  PERSONR_UPLOAD,
  StartPayload,
  UploadPayload,
} from './payloads.ts';
import { planPersonr } from './plan.ts';
import { refusal } from './refusals.ts';

const operations: Readonly<Record<string, OperationRules>> = {
  // Personr has neither idempotency keys nor a list of applicants: after a lost answer only a person can look.
  [PERSONR_CREATE]: { payload: CreatePayload, repeat: 'person', size: 'small' },
  [PERSONR_UPLOAD]: { payload: UploadPayload, repeat: 'look_up', size: 'upload' },
  [PERSONR_START]: { payload: StartPayload, repeat: 'look_up', size: 'small' },
  [PERSONR_FOLLOW]: { payload: FollowPayload, repeat: 'read_only', size: 'small' },
};

/** Personr: applicant → uploads → start → follow. Holds no state; the token lives in the connection's store. */
export const personr: Provider = {
  id: 'personr',
  operations,
  plan: planPersonr,
  perform(operation, context) {
    switch (operation.kind) {
      case PERSONR_CREATE:
        return createApplicant(operation, context);
      case PERSONR_UPLOAD:
        return uploadPage(operation, context);
      case PERSONR_START:
        return startCheck(operation, context);
      case PERSONR_FOLLOW:
        return followCheck(operation, context);
      default:
        throw new Error(`no operation of Personr: ${operation.kind}`);
    }
  },
  lookUp(operation, context) {
    if (operation.kind === PERSONR_UPLOAD) return lookUpUpload(operation, context);
    if (operation.kind === PERSONR_START) return lookUpStart(operation, context);
    return Promise.resolve({ kind: 'cannot_tell', evidence: evidence(null, null, { code: 'personr.noLookUp' }) });
  },
  test: testConnection,
};

/** No applicant can have this id. */
const NOBODY = 'satchel-connection-test';

/**
 * Asks for the status of an applicant that does not exist. Any answer in Personr's own shape, except "not allowed",
 * proves address and token; a token is made only when the connection has none, because a new one ends the old one.
 */
async function testConnection(context: ConnectionContext): ReturnType<typeof personr.test> {
  const reply = await callPersonr(context, {
    path: '/api-applicant-status',
    ...form([['applicantId', NOBODY]], NOBODY),
  });
  if (reply.kind === 'failed') return { isOk: false, message: reply.outcome.evidence.message, requestId: null };
  const refused = refusal(reply, 'read');
  const isRefused =
    refused.kind === 'pause' || refused.kind === 'rate_limited' || reply.kind !== 'json' || reply.status >= 500;
  return isRefused
    ? { isOk: false, message: refused.evidence.message, requestId: null }
    : { isOk: true, message: { code: 'personr.testOk' }, requestId: null };
}
