import { z } from 'zod';
import { Side } from '../../../shared/domain/index.ts';

/** Payloads and results of Persona's operations, as the outbox keeps them. Result ids are Persona's, the others are ours. */

export const CreatePayload = z.object({
  documentId: z.string(),
  requirementId: z.string(),
  kind: z.string().min(1),
  pageIds: z.array(z.string()).min(1),
  /** Side of each page, in the order of `pageIds`; only for the neutral file names. */
  sides: z.array(Side),
});
export type CreatePayload = z.infer<typeof CreatePayload>;
export const CreateResult = z.object({ providerDocumentId: z.string() });

/** A create, as it would be planned again. `byteLength` is that of all pages. */
const CreateAgain = z.object({
  kind: z.string().min(1),
  pageIds: z.array(z.string()).min(1),
  sides: z.array(Side),
  byteLength: z.number().int().min(0),
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

export const PERSONA_CREATE = 'persona.document.create';
export const PERSONA_SUBMIT = 'persona.document.submit';
export const PERSONA_FOLLOW = 'persona.document.follow';
export type PersonaKind = typeof PERSONA_CREATE | typeof PERSONA_SUBMIT | typeof PERSONA_FOLLOW;
