import type { LookUpOutcome, OperationRules, OperationToPerform, Outcome, PerformContext, Provider } from '../port.ts';
import { compareApplicant, createApplicant } from './applicant.ts';
import { followCheck, lookUpStart, startCheck } from './check.ts';
import { recordAtPersonr } from './details.ts';
import { heldByPersonr, readEarlier } from './earlier.ts';
import { confirmedEntityUpload, uploadEntityPage } from './entity-upload.ts';
import { compareEntity, createEntity } from './entity.ts';
import {
  CreatePayload,
  EntityUploadPayload,
  FollowPayload,
  OwnerPayload,
  PERSONR_CREATE,
  PERSONR_ENTITY_CREATE,
  PERSONR_ENTITY_FOLLOW,
  PERSONR_ENTITY_OWNER,
  PERSONR_ENTITY_START,
  PERSONR_ENTITY_UPLOAD,
  PERSONR_FOLLOW,
  PERSONR_START,
  PERSONR_UPLOAD,
  StartPayload,
  UploadPayload,
} from './payloads.ts';
import type { PersonrKind } from './payloads.ts';
import { keptDocuments } from './kept.ts';
import { planSelfService, verificationLink } from './link.ts';
import { addOwner } from './owner.ts';
import { planPersonr } from './plan.ts';
import { testConnection } from './test.ts';
import { foundOf, outcomeOf, traced } from './trace.ts';
import { confirmedUpload, lookUpUpload, uploadPage } from './upload.ts';

const start: OperationRules = {
  payload: StartPayload,
  size: 'small',
  repeat: 'look_up',
  person: {
    about: 'check',
    question: () => ({ code: 'personr.cannotTellStart' }),
    confirmedBy: 'word',
    confirmed: () => ({ result: {}, deliveredPageIds: [] }),
  },
};

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
  [PERSONR_START]: start,
  [PERSONR_FOLLOW]: { payload: FollowPayload, size: 'small', repeat: 'read_only' },
  [PERSONR_ENTITY_CREATE]: {
    payload: CreatePayload,
    size: 'small',
    repeat: 'person',
    person: {
      about: 'applicant',
      question: () => ({ code: 'personr.askEntity' }),
      confirmedBy: 'record',
      compare: compareEntity,
    },
  },
  [PERSONR_ENTITY_UPLOAD]: {
    payload: EntityUploadPayload,
    size: 'upload',
    // No call lists what Personr has of a company.
    repeat: 'person',
    person: {
      about: 'page',
      question: () => ({ code: 'personr.cannotTellUpload' }),
      confirmedBy: 'word',
      confirmed: confirmedEntityUpload,
    },
  },
  [PERSONR_ENTITY_OWNER]: {
    payload: OwnerPayload,
    size: 'small',
    repeat: 'person',
    person: {
      about: 'owner',
      question: () => ({ code: 'personr.cannotTellOwner' }),
      confirmedBy: 'word',
      confirmed: () => ({ result: {}, deliveredPageIds: [] }),
    },
  },
  [PERSONR_ENTITY_START]: start,
  [PERSONR_ENTITY_FOLLOW]: { payload: FollowPayload, size: 'small', repeat: 'read_only' },
};

/** Personr: applicant or entity → uploads, owners → start → follow. Holds no state; the token lives in the connection's store. */
export const personr: Provider = {
  id: 'personr',
  operations,
  plan: planPersonr,
  heldFields: heldByPersonr,
  linkedOwners: (earlier) => [...readEarlier(earlier).ownerSubmissionIds],
  perform: (operation, context) => traced(context, (watched) => perform(operation, watched), outcomeOf),
  lookUp: (operation, context) => traced(context, (watched) => lookUp(operation, watched), foundOf),
  asks: { planSelfService, link: verificationLink, kept: keptDocuments, record: recordAtPersonr },
  test: (context) => traced(context, testConnection, (test, requestId) => ({ ...test, requestId })),
};

function perform(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  switch (operation.kind) {
    case PERSONR_CREATE:
      return createApplicant(operation, context);
    case PERSONR_UPLOAD:
      return uploadPage(operation, context);
    case PERSONR_START:
    case PERSONR_ENTITY_START:
      return startCheck(operation, context);
    case PERSONR_FOLLOW:
    case PERSONR_ENTITY_FOLLOW:
      return followCheck(operation, context);
    case PERSONR_ENTITY_CREATE:
      return createEntity(operation, context);
    case PERSONR_ENTITY_UPLOAD:
      return uploadEntityPage(operation, context);
    case PERSONR_ENTITY_OWNER:
      return addOwner(operation, context);
    default:
      throw new Error(`no operation of Personr: ${operation.kind}`);
  }
}

function lookUp(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  if (operation.kind === PERSONR_UPLOAD) return lookUpUpload(operation, context);
  if (operation.kind === PERSONR_START || operation.kind === PERSONR_ENTITY_START) {
    return lookUpStart(operation, context);
  }
  throw new Error(`nothing of Personr's to look up: ${operation.kind}`);
}
