import type { SubjectField } from '../../../shared/domain/index.ts';
import type { OperationRules, PlanInput, Provider } from '../port.ts';
import { confirmedAccountUpdate, lookUpAccountUpdate, updateAccount } from './account-update.ts';
import { compareAccount, createAccount, lookUpAccount } from './account.ts';
import { personaAsks } from './asks.ts';
import { lookUpAttached, lookUpOfAccount } from './attached.ts';
import { personaChanges } from './changes.ts';
import { confirmedDocumentUpdate, lookUpDocumentUpdate, updateDocument } from './document-update.ts';
import { followInquiry } from './follow-inquiry.ts';
import { followTransaction } from './follow-transaction.ts';
import { compareInquiry, createInquiry, lookUpInquiry } from './inquiry.ts';
import { createDocument, followDocument } from './operations.ts';
import {
  AccountPayload,
  AccountUpdatePayload,
  CreatePayload,
  FollowPayload,
  InquiryFollowPayload,
  InquiryPayload,
  PERSONA_ACCOUNT,
  PERSONA_ACCOUNT_ATTACH,
  PERSONA_ACCOUNT_REDACT,
  PERSONA_ACCOUNT_UPDATE,
  PERSONA_ATTACH,
  PERSONA_CREATE,
  PERSONA_FOLLOW,
  PERSONA_INQUIRY,
  PERSONA_INQUIRY_FOLLOW,
  PERSONA_INQUIRY_REDACT,
  PERSONA_SUBMIT,
  PERSONA_TRANSACTION,
  PERSONA_TRANSACTION_FOLLOW,
  PERSONA_TRANSACTION_REDACT,
  PERSONA_UPDATE,
  RedactPayload,
  SubmitPayload,
  TransactionFollowPayload,
  TransactionPayload,
  UpdatePayload,
} from './payloads.ts';
import type { PersonaKind } from './payloads.ts';
import { servesAccount } from './plan-account.ts';
import { planPersona } from './plan.ts';
import { compareDocument } from './record.ts';
import { redactAccount } from './redact-account.ts';
import { planRedaction, redactRecord, staysWhenPurged } from './redact.ts';
import { lastAccount } from './reference.ts';
import { confirmedSubmit, lookUpSubmit, submitDocument } from './submit.ts';
import { testConnection } from './test-connection.ts';
import { compareTransaction, createTransaction, lookUpTransaction } from './transaction.ts';

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
  [PERSONA_UPDATE]: {
    payload: UpdatePayload,
    size: 'upload',
    // Whether PATCH honours a key is not known, and it needs none: the document is compared before it is used.
    repeat: 'look_up',
    person: {
      about: 'document',
      question: () => ({ code: 'persona.askDocumentUpdate' }),
      confirmedBy: 'word',
      confirmed: confirmedDocumentUpdate,
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
  [PERSONA_ACCOUNT]: {
    payload: AccountPayload,
    size: 'small',
    servesFlow: servesAccount,
    repeat: 'look_up',
    keyLifetimeMs: KEY_LIFETIME_MS,
    person: {
      about: 'account',
      question: () => ({ code: 'persona.askAccount' }),
      confirmedBy: 'record',
      compare: compareAccount,
    },
  },
  [PERSONA_ACCOUNT_UPDATE]: {
    payload: AccountUpdatePayload,
    size: 'small',
    servesFlow: () => true,
    // Whether PATCH honours a key is not known, and it needs none: the same fields again change nothing.
    repeat: 'look_up',
    person: {
      about: 'account',
      question: () => ({ code: 'persona.askAccountUpdate' }),
      confirmedBy: 'word',
      confirmed: confirmedAccountUpdate,
    },
  },
  [PERSONA_ACCOUNT_ATTACH]: {
    payload: CreatePayload,
    size: 'upload',
    repeat: 'idempotency_key',
    keyLifetimeMs: KEY_LIFETIME_MS,
    // Whether an account shows its documents is not documented; where it does not, a person looks.
    afterwards: 'look_up',
    person: {
      about: 'document',
      question: () => ({ code: 'persona.askOfAccount' }),
      confirmedBy: 'record',
      compare: compareDocument,
    },
  },
  [PERSONA_INQUIRY]: {
    payload: InquiryPayload,
    size: 'small',
    repeat: 'look_up',
    keyLifetimeMs: KEY_LIFETIME_MS,
    person: {
      about: 'inquiry',
      question: () => ({ code: 'persona.askInquiry' }),
      confirmedBy: 'record',
      compare: compareInquiry,
    },
  },
  [PERSONA_ATTACH]: {
    payload: CreatePayload,
    size: 'upload',
    // The same bytes again with the same key is cheaper than a look-up of every document of the inquiry.
    repeat: 'idempotency_key',
    keyLifetimeMs: KEY_LIFETIME_MS,
    afterwards: 'look_up',
    person: {
      about: 'document',
      question: () => ({ code: 'persona.askAttached' }),
      confirmedBy: 'record',
      compare: compareDocument,
    },
  },
  [PERSONA_INQUIRY_FOLLOW]: { payload: InquiryFollowPayload, size: 'small', repeat: 'read_only' },
  [PERSONA_TRANSACTION]: {
    payload: TransactionPayload,
    size: 'upload',
    repeat: 'look_up',
    keyLifetimeMs: KEY_LIFETIME_MS,
    person: {
      about: 'transaction',
      question: () => ({ code: 'persona.askTransaction' }),
      confirmedBy: 'record',
      compare: compareTransaction,
    },
  },
  [PERSONA_TRANSACTION_FOLLOW]: { payload: TransactionFollowPayload, size: 'small', repeat: 'read_only' },
  [PERSONA_INQUIRY_REDACT]: { payload: RedactPayload, size: 'small', repeat: 'idempotent' },
  [PERSONA_TRANSACTION_REDACT]: { payload: RedactPayload, size: 'small', repeat: 'idempotent' },
  [PERSONA_ACCOUNT_REDACT]: { payload: RedactPayload, size: 'small', repeat: 'idempotent' },
};

const PERFORMERS: Readonly<Record<PersonaKind, Provider['perform']>> = {
  [PERSONA_CREATE]: createDocument,
  [PERSONA_UPDATE]: updateDocument,
  [PERSONA_SUBMIT]: submitDocument,
  [PERSONA_FOLLOW]: followDocument,
  [PERSONA_ACCOUNT]: createAccount,
  [PERSONA_ACCOUNT_UPDATE]: updateAccount,
  [PERSONA_ACCOUNT_ATTACH]: createDocument,
  [PERSONA_INQUIRY]: createInquiry,
  [PERSONA_ATTACH]: createDocument,
  [PERSONA_INQUIRY_FOLLOW]: followInquiry,
  [PERSONA_TRANSACTION]: createTransaction,
  [PERSONA_TRANSACTION_FOLLOW]: followTransaction,
  [PERSONA_INQUIRY_REDACT]: redactRecord,
  [PERSONA_TRANSACTION_REDACT]: redactRecord,
  [PERSONA_ACCOUNT_REDACT]: redactAccount,
};

const LOOK_UPS: Partial<Record<PersonaKind, Provider['lookUp']>> = {
  [PERSONA_UPDATE]: lookUpDocumentUpdate,
  [PERSONA_SUBMIT]: lookUpSubmit,
  [PERSONA_ACCOUNT]: lookUpAccount,
  [PERSONA_ACCOUNT_UPDATE]: lookUpAccountUpdate,
  [PERSONA_ACCOUNT_ATTACH]: lookUpOfAccount,
  [PERSONA_INQUIRY]: lookUpInquiry,
  [PERSONA_ATTACH]: lookUpAttached,
  [PERSONA_TRANSACTION]: lookUpTransaction,
};

function isKind(kind: string): kind is PersonaKind {
  return Object.hasOwn(PERFORMERS, kind);
}

/**
 * Persona, API v1, by the flow's route: generic documents by themselves (perhaps of an account: create (or update) → submit → follow); account → inquiry →
 * documents attached to it → follow; or one transaction → follow. Holds no state.
 */
export const persona: Provider = {
  id: 'persona',
  operations,
  plan: planPersona,
  heldFields: heldByPersona,
  changes: personaChanges,
  asks: personaAsks,
  planRedaction,
  staysWhenPurged,
  perform(operation, context) {
    if (!isKind(operation.kind)) throw new Error(`no operation of Persona: ${operation.kind}`);
    return PERFORMERS[operation.kind](operation, context);
  },
  lookUp(operation, context) {
    const lookUp = isKind(operation.kind) ? LOOK_UPS[operation.kind] : undefined;
    if (lookUp === undefined) throw new Error(`nothing of Persona's to look up: ${operation.kind}`);
    return lookUp(operation, context);
  },
  test: testConnection,
};

/** A transaction is not changed afterwards, nor an account that may be another's; a document by itself names nobody. */
const HELD: readonly SubjectField[] = [
  'givenName',
  'familyName',
  'birthDate',
  'country',
  'email',
  'phone',
  'reference',
];

function heldByPersona(earlier: PlanInput['earlier']): readonly SubjectField[] {
  if (earlier.some(({ kind }) => kind === PERSONA_TRANSACTION)) return HELD;
  if (!earlier.some(({ kind }) => kind === PERSONA_ACCOUNT || kind === PERSONA_ACCOUNT_UPDATE)) return [];
  // What else is corrected goes to the account with the next release.
  return lastAccount(earlier)?.personMark === undefined ? HELD : ['reference'];
}
