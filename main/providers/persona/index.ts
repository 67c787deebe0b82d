import { z } from 'zod';
import type { ConnectionContext, OperationRules, Provider } from '../port.ts';
import { requestIdOf } from './answers.ts';
import { callPersona, openKey } from './client.ts';
import { createDocument, followDocument } from './operations.ts';
import { compareDocument } from './record.ts';
import { confirmedSubmit, lookUpSubmit, submitDocument } from './submit.ts';
import {
  CreatePayload,
  FollowPayload,
  PERSONA_CREATE,
  PERSONA_FOLLOW,
  PERSONA_SUBMIT,
  SubmitPayload,
} from './payloads.ts';
import type { PersonaKind } from './payloads.ts';
import { planPersona } from './plan.ts';
import { refusal } from './refusals.ts';

/** At least 24 hours (documentation since v2022; that of v2021-07-05 says one hour). The caller keeps a margin. */
const KEY_LIFETIME_MS = 24 * 3_600_000;

const operations: Readonly<Record<PersonaKind, OperationRules>> = {
  [PERSONA_CREATE]: {
    payload: CreatePayload,
    size: 'upload',
    repeat: 'idempotency_key',
    keyLifetimeMs: KEY_LIFETIME_MS,
    // Persona lists no documents, so nothing can be asked once the key may be forgotten.
    afterwards: 'person',
    person: {
      about: 'document',
      question: (payload) => ({
        code: 'persona.askDocument',
        params: { kind: CreatePayload.safeParse(payload).data?.kind ?? '?' },
      }),
      confirmedBy: 'record',
      compare: compareDocument,
    },
  },
  [PERSONA_SUBMIT]: {
    payload: SubmitPayload,
    size: 'small',
    // A look-up works at any age; the repeat after it carries a key all the same.
    repeat: 'look_up',
    keyLifetimeMs: KEY_LIFETIME_MS,
    person: {
      about: 'submit',
      question: () => ({ code: 'persona.askSubmit' }),
      confirmedBy: 'word',
      confirmed: confirmedSubmit,
    },
  },
  [PERSONA_FOLLOW]: { payload: FollowPayload, size: 'small', repeat: 'read_only' },
};

/** Persona, API v1, generic documents: create → submit → follow. Holds no state. */
export const persona: Provider = {
  id: 'persona',
  operations,
  plan: planPersona,
  perform(operation, context) {
    switch (operation.kind) {
      case PERSONA_CREATE:
        return createDocument(operation, context);
      case PERSONA_SUBMIT:
        return submitDocument(operation, context);
      case PERSONA_FOLLOW:
        return followDocument(operation, context);
      default:
        throw new Error(`no operation of Persona: ${operation.kind}`);
    }
  },
  lookUp(operation, context) {
    if (operation.kind === PERSONA_SUBMIT) return lookUpSubmit(operation, context);
    throw new Error(`nothing of Persona's to look up: ${operation.kind}`);
  },
  test: testConnection,
};

const RateLimitsAnswer = z.object({ data: z.array(z.unknown()) });

/** GET /rate-limits: needs a valid key and nothing else, and changes nothing. */
async function testConnection(context: ConnectionContext): ReturnType<Provider['test']> {
  const apiKey = openKey(context);
  // The key, not the address, chooses Persona's environment: a sandbox key would make every document a pretended one.
  if (apiKey?.startsWith('persona_sandbox_') === true && context.connection.environment === 'production') {
    return { isOk: false, message: { code: 'persona.testSandboxKey' }, requestId: null };
  }
  if (apiKey?.startsWith('persona_production_') === true && context.connection.environment !== 'production') {
    return { isOk: false, message: { code: 'persona.testProductionKey' }, requestId: null };
  }
  const reply = await callPersona(context, { method: 'GET', path: '/rate-limits' });
  if (reply.kind === 'failed') return { isOk: false, message: reply.outcome.evidence.message, requestId: null };
  const requestId = requestIdOf(reply);
  const isOk = reply.status === 200 && reply.kind === 'json' && RateLimitsAnswer.safeParse(reply.json).success;
  return isOk
    ? { isOk, message: { code: 'persona.testOk' }, requestId }
    : { isOk, message: refusal(reply, 'read').evidence.message, requestId };
}
