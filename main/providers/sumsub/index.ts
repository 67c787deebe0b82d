import type { ConnectionContext, OperationRules, Provider } from '../port.ts';
import { compareApplicant, createApplicant, lookUpCreate } from './applicant.ts';
import { readFailure } from './answers.ts';
import { followCheck, lookUpStart, startCheck } from './check.ts';
import { callSumsub, openCredential } from './client.ts';
import {
  CreatePayload,
  FollowPayload,
  SUMSUB_CREATE,
  SUMSUB_FOLLOW,
  SUMSUB_START,
  SUMSUB_UPLOAD,
  StartPayload,
  UploadPayload,
} from './payloads.ts';
import type { SumsubKind } from './payloads.ts';
import { heldBySumsub, planSumsub } from './plan.ts';
import { refusal } from './refusals.ts';
import { confirmedUpload, lookUpUpload, uploadPage } from './upload.ts';

const operations: Readonly<Record<SumsubKind, OperationRules>> = {
  [SUMSUB_CREATE]: {
    payload: CreatePayload,
    size: 'small',
    repeat: 'look_up',
    person: {
      about: 'applicant',
      question: () => ({ code: 'sumsub.askApplicant' }),
      confirmedBy: 'record',
      compare: compareApplicant,
    },
  },
  [SUMSUB_UPLOAD]: {
    payload: UploadPayload,
    size: 'upload',
    repeat: 'look_up',
    person: {
      about: 'page',
      question: () => ({ code: 'sumsub.askPage' }),
      confirmedBy: 'word',
      confirmed: confirmedUpload,
    },
  },
  [SUMSUB_START]: {
    payload: StartPayload,
    size: 'small',
    repeat: 'look_up',
    person: {
      about: 'check',
      question: () => ({ code: 'sumsub.cannotTellStart' }),
      confirmedBy: 'word',
      confirmed: () => ({ result: {}, deliveredPageIds: [] }),
    },
  },
  [SUMSUB_FOLLOW]: { payload: FollowPayload, size: 'small', repeat: 'read_only' },
};

/** Sumsub's own API: applicant → uploads → start → follow. Holds no state. */
export const sumsub: Provider = {
  id: 'sumsub',
  operations,
  plan: planSumsub,
  heldFields: heldBySumsub,
  perform(operation, context) {
    switch (operation.kind) {
      case SUMSUB_CREATE:
        return createApplicant(operation, context);
      case SUMSUB_UPLOAD:
        return uploadPage(operation, context);
      case SUMSUB_START:
        return startCheck(operation, context);
      case SUMSUB_FOLLOW:
        return followCheck(operation, context);
      default:
        throw new Error(`no operation of Sumsub: ${operation.kind}`);
    }
  },
  lookUp(operation, context) {
    switch (operation.kind) {
      case SUMSUB_CREATE:
        return lookUpCreate(operation, context);
      case SUMSUB_UPLOAD:
        return lookUpUpload(operation, context);
      case SUMSUB_START:
        return lookUpStart(operation, context);
      default:
        throw new Error(`nothing of Sumsub's to look up: ${operation.kind}`);
    }
  },
  test: testConnection,
};

/** No applicant of ours can have this reference. */
const NOBODY = 'satchel-connection-test';

/**
 * Asks for an applicant that does not exist: "not found" in Sumsub's own form proves address, token, signature and clock. A
 * token says in its prefix whether it is a sandbox's; Sumsub would otherwise only pretend to check every customer.
 */
async function testConnection(context: ConnectionContext): ReturnType<Provider['test']> {
  const token = openCredential(context)?.appToken;
  const { environment } = context.connection;
  if (token?.startsWith('sbx:') === true && environment === 'production') {
    return { isOk: false, message: { code: 'sumsub.testSandboxToken' }, requestId: null };
  }
  if (token?.startsWith('prd:') === true && environment !== 'production') {
    return { isOk: false, message: { code: 'sumsub.testProductionToken' }, requestId: null };
  }
  const path = `/resources/applicants/-;externalUserId=${NOBODY}/one`;
  const reply = await callSumsub(context, { method: 'GET', path });
  if (reply.kind === 'failed') return { isOk: false, message: reply.outcome.evidence.message, requestId: null };
  const failure = reply.kind === 'json' ? readFailure(reply.json) : null;
  const requestId = failure?.correlationId ?? null;
  if (reply.status === 404 && failure !== null) return { isOk: true, message: { code: 'sumsub.testOk' }, requestId };
  return { isOk: false, message: refusal(reply, 'read', context.clock.now()).evidence.message, requestId };
}
