import { z } from 'zod';
import { tagsIn } from '../engine/notices.ts';
import { ReceivedNumber } from '../received.ts';

/**
 * Personr's answers. Three envelopes mean success (`{status, response: {…}}`, flat, `{response: "success"}`), three shapes
 * mean failure (`{statusCode, message}`, `{statusCode, body: {status, message}}`, `{status, message}`), and a failure may
 * come with HTTP 200. Values may be `null`, `{}` or missing.
 */

const Failure = z.object({
  statusCode: ReceivedNumber.optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  body: z
    .object({
      status: z.string().optional().catch(undefined),
      message: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

export interface PersonrFailure {
  readonly status: number;
  /** Code and message in lower case, for telling cases apart. Never shown or kept: it may quote what was sent. */
  readonly text: string;
}

/** Null: the answer does not say that it failed. A failure inside an answer with HTTP 200 counts as 400. */
export function readFailure(httpStatus: number, json: unknown): PersonrFailure | null {
  const parsed = Failure.safeParse(json);
  const { statusCode, status, message, body } = parsed.success ? parsed.data : {};
  const text = [status, message, body?.status, body?.message]
    .filter((part) => part !== undefined)
    .join(' ')
    .toLowerCase();
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 600) return { status: statusCode, text };
  if (httpStatus >= 400) return { status: httpStatus, text };
  const isRefusal = status !== undefined && status.toLowerCase() !== 'success' && message !== undefined;
  return isRefusal ? { status: 400, text } : null;
}

const Envelope = z.object({ response: z.record(z.string(), z.unknown()) });

/** What is inside the envelope, or the answer itself when it is flat. Null: no object at all. */
export function unwrap(json: unknown): Record<string, unknown> | null {
  const enveloped = Envelope.safeParse(json);
  if (enveloped.success) return enveloped.data.response;
  const flat = z.record(z.string(), z.unknown()).safeParse(json);
  return flat.success ? flat.data : null;
}

const Token = z.object({
  token: z.string().min(1),
  expires: ReceivedNumber.pipe(z.number().positive()).catch(31_536_000),
});

/** `expires` is in seconds (a year). */
export function readToken(json: unknown): { token: string; expiresInMs: number } | null {
  const parsed = Token.safeParse(unwrap(json));
  return parsed.success ? { token: parsed.data.token, expiresInMs: parsed.data.expires * 1000 } : null;
}

const Workspace = z.object({ currentWorkspace: z.string().min(1) });

/** The workspace that is current from now on; null: the answer does not say. */
export function readWorkspace(json: unknown): string | null {
  const parsed = Workspace.safeParse(unwrap(json));
  return parsed.success ? parsed.data.currentWorkspace : null;
}

const optionalText = z.string().min(1).nullable().catch(null);

const Created = z.looseObject({
  applicantId: z.string().min(1).max(200),
  applicantStatus: optionalText,
});

/** Of a create: the record's id, its status (null where that is not shown), and what it repeats of the customer. */
export function readCreated(json: unknown): z.infer<typeof Created> | null {
  const parsed = Created.safeParse(unwrap(json));
  return parsed.success ? parsed.data : null;
}

export interface UploadAnswer {
  readonly applicantId: string;
  /** Tags; not empty means that the image was not accepted. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const Upload = z.object({
  applicantId: z.string().min(1),
  errors: z.unknown().optional(),
  warnings: z.unknown().optional(),
});

export function readUpload(json: unknown): UploadAnswer | null {
  const parsed = Upload.safeParse(unwrap(json));
  if (!parsed.success) return null;
  const { applicantId, errors, warnings } = parsed.data;
  return { applicantId, errors: tagsIn(errors), warnings: tagsIn(warnings) };
}

const Started = z.union([z.object({ response: z.literal('success') }), z.object({ status: z.literal('success') })]);

/** `{"response":"success"}`, without a `status`; also the usual envelope. */
export function isStarted(json: unknown): boolean {
  return Started.safeParse(json).success;
}

export interface StatusAnswer {
  /** `Created`, `Pre-Checked`, `Pending`, `Reviewed`, or a word added since. */
  readonly applicantStatus: string;
  readonly reviewAnswer: string | null;
  /** `RETRY` or `FINAL`; not in the published shape, but in that of Personr's own connector. */
  readonly reviewRejectType: string | null;
  readonly rejectLabels: readonly string[];
  /** `Modified Date` of the result, epoch milliseconds; null when absent. */
  readonly reviewedAtMs: number | null;
  /** Provider types of the documents that Personr holds; null when it does not say. */
  readonly documents: readonly string[] | null;
  /** What the create gave as its source; null when it is not shown. */
  readonly sourceKey: string | null;
  /** References of ours that the create gave; empty when they are not shown. */
  readonly externalUserIds: readonly string[];
}

const Result = z.object({
  reviewAnswer: optionalText,
  reviewRejectType: optionalText,
  rejectLabels: z.array(z.unknown()).catch([]),
  'Modified Date': ReceivedNumber.nullable().catch(null),
});
const Status = z.object({
  applicantStatus: z.string().min(1),
  result: Result.nullable().catch(null),
  documents: z.array(z.string()).nullable().catch(null),
  sourceKey: optionalText,
  externalUserId: z
    .union([z.array(z.string()), z.string().transform(listIn)])
    .catch([])
    .transform((ids) => ids.filter((id) => id !== '')),
});

const EntityStatus = Status.pick({ applicantStatus: true, sourceKey: true, externalUserId: true }).extend({
  reviewAnswer: optionalText,
  reviewRejectType: optionalText,
  rejectLabels: z.array(z.unknown()).catch([]),
  entityName: optionalText,
  registrationNumber: optionalText,
});

export interface EntityStatusAnswer extends StatusAnswer {
  readonly entityName: string | null;
  readonly registrationNumber: string | null;
}

/**
 * Of a company the review stands beside the status. Its `createdDate` is text as "12/09/2024", in an order of day and month that
 * nothing tells, and no other date is known: none is read.
 */
export function readEntityStatus(json: unknown): EntityStatusAnswer | null {
  const parsed = EntityStatus.safeParse(unwrap(json));
  if (!parsed.success) return null;
  const { rejectLabels, externalUserId, ...rest } = parsed.data;
  return {
    ...rest,
    rejectLabels: rejectLabels.filter((label) => typeof label === 'string'),
    externalUserIds: externalUserId,
    reviewedAtMs: null,
    documents: null,
  };
}

const Owners = z.object({
  applicantId: z.string().min(1),
  ubos: z.array(z.unknown()).catch([]),
  errors: z.unknown().optional(),
});
const Owner = z.object({ applicantId: z.string() });

export interface OwnersAnswer {
  readonly applicantId: string;
  readonly ownerIds: readonly string[];
  readonly hasErrors: boolean;
}

/** `ubos` of POST /api-add-ubo, which lies beside `status` and not in an envelope. */
export function readOwners(json: unknown): OwnersAnswer | null {
  const parsed = Owners.safeParse(unwrap(json));
  if (!parsed.success) return null;
  const { applicantId, ubos, errors } = parsed.data;
  const ownerIds = ubos.flatMap((owner) => Owner.safeParse(owner).data?.applicantId ?? []);
  return { applicantId, ownerIds, hasErrors: tagsIn(errors).length > 0 };
}

const Link = z.object({ verificationLink: z.url(), customLink: z.url().nullable().catch(null) });

/** The organisation's own address where there is one: newer answers have it beside Personr's. */
export function readLink(json: unknown): string | null {
  const parsed = Link.safeParse(unwrap(json));
  return parsed.success ? (parsed.data.customLink ?? parsed.data.verificationLink) : null;
}

const Details = z.object({
  email: optionalText,
  phone: optionalText,
  nameFirst: optionalText,
  nameLast: optionalText,
  flowName: optionalText,
  status: optionalText,
});

/** Of POST /api-applicant-details; null when it says nothing at all. Its shape is known from Personr's own connector only. */
export function readDetails(json: unknown): z.infer<typeof Details> | null {
  const parsed = Details.safeParse(unwrap(json));
  if (!parsed.success) return null;
  return Object.values(parsed.data).every((value) => value === null) ? null : parsed.data;
}

const texts = z
  .union([z.array(z.unknown()), z.string().transform((text) => [text])])
  .nullable()
  .transform((list): string[] =>
    (list ?? []).flatMap((item) => (typeof item === 'string' && item !== '' ? [item] : [])),
  );
const Kept = z.object({ IdDocType: texts.optional(), base64: texts });

/** `IdDocType` and `base64` of a download, which need not be of the same length. */
export function readKept(json: unknown): { types: string[]; images: string[] } | null {
  const parsed = Kept.safeParse(unwrap(json));
  if (!parsed.success) return null;
  const { IdDocType: types = [], base64: images } = parsed.data;
  return { types, images };
}

/** A list may come as the text of one, as it was sent. */
function listIn(text: string): string[] {
  try {
    return z.array(z.string()).catch([text]).parse(JSON.parse(text));
  } catch {
    return [text];
  }
}

export function readStatus(json: unknown): StatusAnswer | null {
  const parsed = Status.safeParse(unwrap(json));
  if (!parsed.success) return null;
  const { applicantStatus, result, documents, sourceKey, externalUserId } = parsed.data;
  return {
    applicantStatus,
    reviewAnswer: result?.reviewAnswer ?? null,
    reviewRejectType: result?.reviewRejectType ?? null,
    rejectLabels: (result?.rejectLabels ?? []).filter((label) => typeof label === 'string'),
    reviewedAtMs: result?.['Modified Date'] ?? null,
    documents,
    sourceKey,
    externalUserIds: externalUserId,
  };
}
