import type { ConnectionContext, OperationRules, Provider } from '../port.ts';
import { compareApplicant, createApplicant } from './applicant.ts';
import { followCheck, lookUpStart, startCheck } from './check.ts';
import { callPersonr, form } from './client.ts';
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
import type { PersonrKind } from './payloads.ts';
import { heldByPersonr, planPersonr } from './plan.ts';
import { refusal } from './refusals.ts';
import { confirmedUpload, lookUpUpload, uploadPage } from './upload.ts';

const operations: Readonly<Record<PersonrKind, OperationRules>> = {
  [PERSONR_CREATE]: {
    payload: CreatePayload,
    size: 'small',
    // Personr has neither idempotency keys nor a list of applicants: after a lost answer only a person can look.
    repeat: 'person',
    person: {
      about: 'applicant',
      question: () => ({ code: 'personr.askApplicant' }),
      confirmedBy: 'record',
      compare: compareApplicant,
    },
  },
  [PERSONR_UPLOAD]: {
    payload: UploadPayload,
    size: 'upload',
    repeat: 'look_up',
    person: {
      about: 'page',
      question: () => ({ code: 'personr.cannotTellUpload' }),
      confirmedBy: 'word',
      confirmed: confirmedUpload,
    },
  },
  [PERSONR_START]: {
    payload: StartPayload,
    size: 'small',
    repeat: 'look_up',
    person: {
      about: 'check',
      question: () => ({ code: 'personr.cannotTellStart' }),
      confirmedBy: 'word',
      confirmed: () => ({ result: {}, deliveredPageIds: [] }),
    },
  },
  [PERSONR_FOLLOW]: { payload: FollowPayload, size: 'small', repeat: 'read_only' },
};

/** Personr: applicant → uploads → start → follow. Holds no state; the token lives in the connection's store. */
export const personr: Provider = {
  id: 'personr',
  operations,
  plan: planPersonr,
  heldFields: heldByPersonr,
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
    throw new Error(`nothing of Personr's to look up: ${operation.kind}`);
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
