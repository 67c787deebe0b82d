import { z } from 'zod';
import { FollowDocument } from '../engine/labels.ts';

/** Payloads and results of Sumsub's operations, as the outbox keeps them. */

export const SUMSUB_CREATE = 'sumsub.applicant.create';
export const SUMSUB_UPLOAD = 'sumsub.document.upload';
export const SUMSUB_START = 'sumsub.check.start';
export const SUMSUB_FOLLOW = 'sumsub.check.follow';
export type SumsubKind = typeof SUMSUB_CREATE | typeof SUMSUB_UPLOAD | typeof SUMSUB_START | typeof SUMSUB_FOLLOW;

/** `levelName`: the verification level's exact name, which is the flow's. */
export const CreatePayload = z.object({ levelName: z.string().min(1) });
export const CreateResult = z.object({ applicantId: z.string() });

/** `applicantId`: of an earlier release; null when this plan creates the applicant. */
const applicantId = z.string().nullable();

export const UploadPayload = z.object({
  applicantId,
  pageId: z.string(),
  documentId: z.string(),
  requirementId: z.string(),
  idDocType: z.string().min(1),
  idDocSubType: z.enum(['FRONT_SIDE', 'BACK_SIDE']).nullable(),
  /** ISO 3166-1 alpha-3, or '' to take the customer's. */
  country: z.string(),
  /**
   * Sumsub took this very page before, and may have put it out of use when the other side of the document was refused: it is
   * asked first, and the page is sent again only when that has happened.
   */
  wasTaken: z.boolean(),
});
export type UploadPayload = z.infer<typeof UploadPayload>;
/** `imageId`: Sumsub's id of the image; null when the answer did not say. */
export const UploadResult = z.object({ applicantId: z.string(), imageId: z.string().nullable() });

export const StartPayload = z.object({
  applicantId,
  /** 1 for the first check of this applicant. */
  check: z.number().int().min(1),
  /** Which review was the last before this check (`reviewMark`); null for the first, or when Sumsub did not say. */
  previousReview: z.string().nullable(),
});
export type StartPayload = z.infer<typeof StartPayload>;
export const StartResult = z.object({ applicantId: z.string(), startedAtMs: z.number() });

export const FollowPayload = StartPayload.extend({ documents: z.array(FollowDocument) });
export type FollowPayload = z.infer<typeof FollowPayload>;
export const FollowResult = z.object({ review: z.string().nullable() });
