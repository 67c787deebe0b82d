import { z } from 'zod';
import { tagsIn } from '../engine/notices.ts';
import { ReceivedNumber } from '../received.ts';

/**
 * Sumsub's answers. Its documentation says that fields may be added at any time, so nothing unknown is refused. Comments of a
 * reviewer are not even read: `clientComment` may hold what is for the organisation's administration only, and both are free text.
 */

const optionalText = z.string().min(1).nullable().catch(null);

const Failure = z.object({
  code: ReceivedNumber.optional().catch(undefined),
  description: z.string().catch(''),
  correlationId: optionalText,
  errorCode: ReceivedNumber.nullable().catch(null),
});

export interface SumsubFailure {
  /** Sumsub's own number (1000 duplicate-document, …); null: many errors have none. */
  readonly errorCode: number | null;
  /** In lower case, for telling cases apart. Never shown or kept: it may quote what was sent. */
  readonly text: string;
  /** What Sumsub's support asks for. */
  readonly correlationId: string | null;
}

/** `{code, description, correlationId, errorCode?, errorName?}`; null: not in Sumsub's own form. */
export function readFailure(json: unknown): SumsubFailure | null {
  const parsed = Failure.safeParse(json);
  if (!parsed.success || parsed.data.code === undefined) return null;
  const { description, correlationId, errorCode } = parsed.data;
  const isPlainId = correlationId !== null && /^[\w.:-]{1,100}$/.test(correlationId);
  return { errorCode, text: description.toLowerCase(), correlationId: isPlainId ? correlationId : null };
}

const Applicant = z.object({ id: z.string().min(1).max(200), externalUserId: optionalText });

/** Answer to a create and to a look-up by our reference. */
export function readApplicant(json: unknown): { applicantId: string; externalUserId: string | null } | null {
  const parsed = Applicant.safeParse(json);
  return parsed.success ? { applicantId: parsed.data.id, externalUserId: parsed.data.externalUserId } : null;
}

export interface UploadAnswer {
  readonly idDocType: string;
  /** Tags; not empty means that the image was not accepted. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const Upload = z.object({
  idDocType: z.string().min(1),
  errors: z.unknown().optional(),
  warnings: z.unknown().optional(),
});

export function readUpload(json: unknown): UploadAnswer | null {
  const parsed = Upload.safeParse(json);
  if (!parsed.success) return null;
  const { idDocType, errors, warnings } = parsed.data;
  return { idDocType, errors: tagsIn(errors), warnings: tagsIn(warnings) };
}

const Image = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  fileMetadata: z.object({ fileName: optionalText }).nullable().catch(null),
  deactivated: z.boolean().catch(false),
});
const Images = z.object({ items: z.array(z.unknown()) });

export interface StoredImage {
  readonly imageId: string;
  /** As it was uploaded; null when Sumsub does not show it. */
  readonly fileName: string | null;
  /** Put out of use, because its other side was refused. */
  readonly isInactive: boolean;
}

/** GET …/metadata/resources; null: not a list of images. */
export function readImages(json: unknown): StoredImage[] | null {
  const parsed = Images.safeParse(json);
  if (!parsed.success) return null;
  return parsed.data.items.flatMap((item) => {
    const image = Image.safeParse(item);
    if (!image.success) return [];
    const { id, fileMetadata, deactivated } = image.data;
    return [{ imageId: id, fileName: fileMetadata?.fileName ?? null, isInactive: deactivated }];
  });
}

/** `{"ok": 1}`. */
export function isStarted(json: unknown): boolean {
  return z.object({ ok: ReceivedNumber.pipe(z.literal(1)) }).safeParse(json).success;
}

export interface StatusAnswer {
  /** `init`, `pending`, `queued`, `prechecked`, `onHold`, `awaitingService`, `awaitingUser`, `completed`, or a word added since. */
  readonly reviewStatus: string;
  readonly reviewAnswer: string | null;
  /** `RETRY` or `FINAL`. */
  readonly reviewRejectType: string | null;
  readonly rejectLabels: readonly string[];
  /** Tells this review from the one before: attempt and time of its end. Null: Sumsub says neither. */
  readonly reviewMark: string | null;
}

const Result = z.object({
  reviewAnswer: optionalText,
  reviewRejectType: optionalText,
  rejectLabels: z.array(z.unknown()).catch([]),
});
const Status = z.object({
  reviewStatus: z.string().min(1),
  attemptId: optionalText,
  reviewDate: optionalText,
  reviewResult: Result.nullable().catch(null),
});

/** GET …/status. */
export function readStatus(json: unknown): StatusAnswer | null {
  const parsed = Status.safeParse(json);
  if (!parsed.success) return null;
  const { reviewStatus, attemptId, reviewDate, reviewResult } = parsed.data;
  const marks = [attemptId, reviewDate].filter((mark) => mark !== null);
  return {
    reviewStatus,
    reviewAnswer: reviewResult?.reviewAnswer ?? null,
    reviewRejectType: reviewResult?.reviewRejectType ?? null,
    rejectLabels: (reviewResult?.rejectLabels ?? []).filter((label) => typeof label === 'string'),
    reviewMark: marks.length === 0 ? null : marks.join(' '),
  };
}
