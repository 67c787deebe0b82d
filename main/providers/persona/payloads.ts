import { z } from 'zod';
import { Side } from '../../../shared/domain/index.ts';

/** Payloads and results of Persona's operations, as the outbox keeps them. Result ids are Persona's, the others are ours. */

/** Where a document belongs. Absent in payloads of flows that send each document by itself. */
const Attachment = z.object({
  /** Of an earlier release; null: the inquiry that this plan creates. */
  inquiryId: z.string().nullable(),
  /** Null: a generic document. `country`: ISO 3166-1 alpha-2, '' when nobody entered one. */
  governmentId: z.object({ country: z.string(), idClass: z.string().nullable() }).nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

/** The customer's account, to which a document by itself belongs. Absent where it belongs to nobody. */
const Owner = z.object({
  /** Of an earlier release; null: the account in `needed`. */
  accountId: z.string().nullable(),
});

export const CreatePayload = z.object({
  documentId: z.string(),
  requirementId: z.string(),
  kind: z.string().min(1),
  pageIds: z.array(z.string()).min(1),
  /** Side of each page, in the order of `pageIds`; only for the neutral file names. */
  sides: z.array(Side),
  attachment: Attachment.nullable().default(null),
  owner: Owner.nullable().default(null),
});
export type CreatePayload = z.infer<typeof CreatePayload>;
export const CreateResult = z.object({ providerDocumentId: z.string() });

/** A document that an earlier release created with other pages and never submitted. */
export const UpdatePayload = CreatePayload.extend({ providerDocumentId: z.string() });
export type UpdatePayload = z.infer<typeof UpdatePayload>;
/** Null: Persona did not take the pages into it, so another document is made. */
export const UpdateResult = z.object({ providerDocumentId: z.string().nullable() });

/** A create, as it would be planned again. `byteLength` is that of all pages. */
const CreateAgain = z.object({
  kind: z.string().min(1),
  pageIds: z.array(z.string()).min(1),
  sides: z.array(Side),
  byteLength: z.number().int().min(0),
  attachment: Attachment.nullable().default(null),
  owner: Owner.nullable().default(null),
});

export const SubmitPayload = z.object({
  documentId: z.string(),
  requirementId: z.string(),
  /**
   * A document that an earlier release created with exactly these pages and never submitted (it was taken back, or another
   * document was refused first): it is submitted now instead of being delivered a second time. Null: the create in `needed`.
   */
  created: z
    .object({ providerDocumentId: z.string(), pageIds: z.array(z.string()).min(1) })
    .nullable()
    .default(null),
  /** Persona's typed paths differ; absent in older payloads, which knew generic documents only. */
  isGovernmentId: z.boolean().default(false),
  /** It belongs to an inquiry: then it is not created once more by itself. */
  isAttached: z.boolean().default(false),
  /** What is needed to create the document once more, should Persona not have it any more. Absent in older payloads. */
  create: CreateAgain.nullable().default(null),
});
export const SubmitResult = z.object({
  providerDocumentId: z.string(),
  documentId: z.string(),
  requirementId: z.string(),
  submittedAtMs: z.number(),
});
export type SubmitResult = z.infer<typeof SubmitResult>;

export const FollowPayload = SubmitPayload.extend({
  /** Of an earlier release, when nobody has seen the end of that document yet; null: the submit that this one needs. */
  submitted: SubmitResult.nullable(),
});
export const FollowResult = z.object({
  documentId: z.string(),
  status: z.string(),
  processedAt: z.string().nullable(),
});

export const AccountPayload = z.object({ accountTypeId: z.string().nullable() });
/** Short hashes of a customer's fields: of all together, and of each, too short to find a value by trying. */
const PersonMark = z.object({ all: z.string(), each: z.record(z.string(), z.string()) });
export type PersonMark = z.infer<typeof PersonMark>;
export const AccountResult = z.object({
  accountId: z.string(),
  referenceMark: z.string().exactOptional(),
  /** Its reference is of this submission alone. Absent in older results. */
  isOwn: z.boolean().exactOptional(),
  /** Of the fields as the desk had them. Only where the account was made here, or shown to be the same person's. */
  personMark: PersonMark.exactOptional(),
});
export type AccountResult = z.infer<typeof AccountResult>;
export const AccountUpdatePayload = z.object({ accountId: z.string() });

export const InquiryPayload = z.object({
  templateId: z.string(),
  /** Of an earlier release; null: the account in `needed`. */
  accountId: z.string().nullable(),
  /** As the connection had them when this was planned. Absent in older payloads. */
  tags: z.array(z.string()).default(['satchel']),
});
export const InquiryResult = z.object({
  inquiryId: z.string(),
  /** When it was opened here. Absent in older results, and where it was found: then it may have expired. */
  openedAtMs: z.number().exactOptional(),
});

/** One document as the status of its inquiry is read for it. */
const Watched = SubmitResult.omit({ submittedAtMs: true }).extend({ isGovernmentId: z.boolean() });
export type Watched = z.infer<typeof Watched>;

export const InquiryFollowPayload = z.object({
  /** Of an earlier release; null: the inquiry in `needed`. */
  inquiryId: z.string().nullable(),
  acceptedWhen: z.enum(['approved', 'completed', 'processed']),
  /** Documents of earlier releases; those of this one are in `needed`. */
  earlier: z.array(Watched),
  /** Which of this plan's documents are government ids, by our id. */
  governmentIds: z.array(z.string()),
});
export const InquiryFollowResult = z.object({
  inquiryId: z.string(),
  status: z.string(),
  /** False: only a document is wanted again, and the inquiry still takes it. */
  isOver: z.boolean(),
});

export const TransactionPayload = z.object({
  transactionTypeId: z.string(),
  documents: z.array(
    z.object({
      documentId: z.string(),
      requirementId: z.string(),
      /** Key of the field, or its stem for an identity document. */
      field: z.string().min(1),
      /** Null: no identity document. */
      governmentId: z.object({ country: z.string(), idClass: z.string() }).nullable(),
      pageIds: z.array(z.string()).min(1),
      sides: z.array(Side),
    }),
  ),
  /** Beside our own; as the connection had them when this was planned. Absent in older payloads. */
  tags: z.array(z.string()).default([]),
});
export type TransactionPayload = z.infer<typeof TransactionPayload>;
export const TransactionResult = z.object({ transactionId: z.string(), createdAtMs: z.number() });
export const TransactionFollowPayload = z.object({
  /** Of an earlier release whose end nobody has seen; null: the one in `needed`. */
  made: TransactionResult.nullable().default(null),
  /** What it holds, for telling which slot a check is about. Absent in older payloads. */
  documents: z
    .array(z.object({ requirementId: z.string(), isIdentity: z.boolean(), idClass: z.string().nullable() }))
    .default([]),
  /** Whether a workflow's "declined" may ask for better pictures. Absent in older payloads, which took it as final. */
  declined: z.enum(['final', 'checks']).default('final'),
  /** The transaction type's own status for that; '' where it has none. */
  retakeStatus: z.string().default(''),
});
export type TransactionFollowPayload = z.infer<typeof TransactionFollowPayload>;
export const TransactionFollowResult = z.object({ transactionId: z.string(), status: z.string() });

/** An inquiry, a transaction or an account, by its id. */
export const RedactPayload = z.object({ recordId: z.string().min(1) });

export const PERSONA_CREATE = 'persona.document.create';
export const PERSONA_ACCOUNT_ATTACH = 'persona.account.document.create';
export const PERSONA_UPDATE = 'persona.document.update';
export const PERSONA_SUBMIT = 'persona.document.submit';
export const PERSONA_FOLLOW = 'persona.document.follow';
export const PERSONA_ACCOUNT = 'persona.account.create';
export const PERSONA_ACCOUNT_UPDATE = 'persona.account.update';
export const PERSONA_INQUIRY = 'persona.inquiry.create';
export const PERSONA_ATTACH = 'persona.inquiry.document.create';
export const PERSONA_INQUIRY_FOLLOW = 'persona.inquiry.follow';
export const PERSONA_TRANSACTION = 'persona.transaction.create';
export const PERSONA_TRANSACTION_FOLLOW = 'persona.transaction.follow';
export const PERSONA_INQUIRY_REDACT = 'persona.inquiry.redact';
export const PERSONA_TRANSACTION_REDACT = 'persona.transaction.redact';
export const PERSONA_ACCOUNT_REDACT = 'persona.account.redact';
/** Each makes one document. */
export const DOCUMENT_CREATES: ReadonlySet<string> = new Set([PERSONA_CREATE, PERSONA_ACCOUNT_ATTACH, PERSONA_ATTACH]);
export type PersonaKind =
  | typeof PERSONA_CREATE
  | typeof PERSONA_ACCOUNT_ATTACH
  | typeof PERSONA_UPDATE
  | typeof PERSONA_SUBMIT
  | typeof PERSONA_FOLLOW
  | typeof PERSONA_ACCOUNT
  | typeof PERSONA_ACCOUNT_UPDATE
  | typeof PERSONA_INQUIRY
  | typeof PERSONA_ATTACH
  | typeof PERSONA_INQUIRY_FOLLOW
  | typeof PERSONA_TRANSACTION
  | typeof PERSONA_TRANSACTION_FOLLOW
  | typeof PERSONA_INQUIRY_REDACT
  | typeof PERSONA_TRANSACTION_REDACT
  | typeof PERSONA_ACCOUNT_REDACT;
