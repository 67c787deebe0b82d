import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OwnerPosition, PERSONR_DOC_TYPE } from '../../../shared/domain/index.ts';
import type { Flow } from '../../../shared/domain/index.ts';
import { FollowDocument } from '../engine/labels.ts';
import { SelfService } from '../self-service.ts';

/** Payloads and results of Personr's operations, as the outbox keeps them. */

export const PERSONR_CREATE = 'personr.applicant.create';
export const PERSONR_UPLOAD = 'personr.document.upload';
export const PERSONR_START = 'personr.check.start';
export const PERSONR_FOLLOW = 'personr.check.follow';
export const PERSONR_ENTITY_CREATE = 'personr.entity.create';
export const PERSONR_ENTITY_UPLOAD = 'personr.entity.upload';
export const PERSONR_ENTITY_OWNER = 'personr.entity.owner';
export const PERSONR_ENTITY_START = 'personr.entity.start';
export const PERSONR_ENTITY_FOLLOW = 'personr.entity.follow';
export type PersonrKind =
  | typeof PERSONR_CREATE
  | typeof PERSONR_UPLOAD
  | typeof PERSONR_START
  | typeof PERSONR_FOLLOW
  | typeof PERSONR_ENTITY_CREATE
  | typeof PERSONR_ENTITY_UPLOAD
  | typeof PERSONR_ENTITY_OWNER
  | typeof PERSONR_ENTITY_START
  | typeof PERSONR_ENTITY_FOLLOW;

/** Personr ends an applicant after this many checks, started through the API or a link. */
export const MAX_CHECKS = 5;

/**
 * `flowName`: as the flow was called when the submission was released; `flowId`: what the connection's settings know it by; `wanted`: what
 * it asked for then (`wantedBy`). The last two are missing in plans of older versions.
 */
export const CreatePayload = z.object({
  flowName: z.string().min(1),
  flowId: z.string().exactOptional(),
  wanted: z.string().exactOptional(),
});
export type CreatePayload = z.infer<typeof CreatePayload>;
/** What a flow asks for, as one value to compare: two of one value take the same pages under the same words. */
export function wantedBy({ requirements = [] }: Partial<Pick<Flow, 'requirements'>>): string {
  const pages = requirements.map(({ id, accepts }) => [
    id,
    accepts.map(({ documentType, sides, providerType }) => [documentType, sides, providerType]),
  ]);
  return createHash('sha256').update(JSON.stringify(pages)).digest('hex');
}

export const CreateResult = z.object({ applicantId: z.string() });

/** `applicantId`: of an earlier release; null when this plan creates the applicant. */
const applicantId = z.string().nullable();

/** A flow may have been saved when its words were not looked at yet: `drivers` can only be `DRIVERS`. */
export function inCapitals(providerType: string): string {
  const capitals = providerType.toUpperCase();
  return PERSONR_DOC_TYPE.test(capitals) ? capitals : providerType;
}
const docType = z.string().min(1).transform(inCapitals);

export const UploadPayload = z.object({
  applicantId,
  pageId: z.string(),
  documentId: z.string(),
  requirementId: z.string(),
  docType,
  docSubType: z.enum(['FRONT_SIDE', 'BACK_SIDE']).nullable(),
  /** ISO 3166-1 alpha-3, or '' to take the customer's. */
  country: z.string(),
  /** Uploads of this docType that Personr had acknowledged before this plan; those of this plan are in `needed`. */
  acknowledgedBefore: z.number().int().min(0),
  /** The other side of this document was taken before: it is looked whether that is still in use before this one is sent. */
  looksFirst: z.literal(true).exactOptional(),
  /**
   * Personr took this very page before, and may have put it out of use when the other side was refused. It is in use when the
   * status named the `docType` at least so often before the other side went; otherwise it is sent again.
   */
  keptFrom: z.number().int().min(1).exactOptional(),
});
export type UploadPayload = z.infer<typeof UploadPayload>;
/** What counting needs of an upload. Its payload has it too when a person confirmed the upload and there is no result. */
export const UploadedType = z.object({ docType });
/**
 * `listedBefore`: how often the status named the `docType` before this upload, where it was looked at. `isKept`: nothing was sent.
 * `isForm`: Personr took the page as a form and not as JSON.
 */
export const UploadResult = z.object({
  listedBefore: z.number().exactOptional(),
  isKept: z.literal(true).exactOptional(),
  isForm: z.literal(true).exactOptional(),
});
export type UploadResult = z.infer<typeof UploadResult>;

export const EntityUploadPayload = z.object({
  applicantId,
  pageId: z.string(),
  documentId: z.string(),
  requirementId: z.string(),
  /** As Personr shows it, in words for people: "Certificate of incorporation". */
  docSubType: z.string().min(1),
});

export const OwnerPayload = z.object({
  applicantId,
  /** The submission of the owner, which has an applicant of its own. */
  ownerSubmissionId: z.string(),
  position: OwnerPosition,
});
export const AddedOwner = OwnerPayload.pick({ ownerSubmissionId: true });

export const StartPayload = z.object({
  applicantId,
  /** 1 for the first check of this applicant. */
  check: z.number().int().min(1),
  /** When the check before this one was reviewed, as Personr said; null for the first, or when it did not say. */
  previousReviewMs: z.number().nullable(),
});
export const StartResult = z.object({ applicantId: z.string(), startedAtMs: z.number() });

export const FollowPayload = StartPayload.extend({ documents: z.array(FollowDocument), ...SelfService.shape });
export type FollowPayload = z.infer<typeof FollowPayload>;
/** `isUnused`: the customer never came to the link, so there was no check. */
export const FollowResult = z.object({ reviewedAtMs: z.number().nullable(), isUnused: z.literal(true).optional() });
