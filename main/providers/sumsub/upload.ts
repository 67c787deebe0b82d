import type { FilePart } from '../../network/index.ts';
import { imageCode, shownTags } from '../engine/notices.ts';
import { evidence, neutralFileName, unreadablePage, type FailedOutcome } from '../http.ts';
import { PageUnreadable } from '../port.ts';
import type { Confirmed, LookUpOutcome, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { readImages, readUpload } from './answers.ts';
import type { StoredImage } from './answers.ts';
import { applicantOf, applicantUnknown, pathOf } from './applicant.ts';
import { callSumsub } from './client.ts';
import { SUMSUB_UPLOAD, UploadPayload, UploadResult } from './payloads.ts';
import { refusal, saysSameBytes, type Answered } from './refusals.ts';
import { idDocBody } from './requests.ts';

type Done = Extract<Outcome, { kind: 'done' }>;

/** POST …/info/idDoc: a form of the document's metadata and one image. The answer says at once what is wrong with it. */
export async function uploadPage(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = UploadPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const country = payload.country === '' ? context.subject().country : payload.country;
  if (!/^[A-Z]{3}$/.test(country)) return needs('country');
  const before = payload.wasTaken ? await imageBefore(payload, operation, applicantId, context) : NO_IMAGE;
  if (before.kind === 'failed' || before.kind === 'kept') return before.outcome;
  const file = await openFile(payload, operation.idempotencyKey, context);
  if ('kind' in file) return file;
  const metadata = {
    idDocType: payload.idDocType,
    ...(payload.idDocSubType === null ? {} : { idDocSubType: payload.idDocSubType }),
    country,
  };
  const reply = await callSumsub(context, {
    method: 'POST',
    path: `${pathOf(applicantId)}/info/idDoc`,
    ...idDocBody(metadata, file, operation.idempotencyKey),
    headers: { 'x-return-doc-warnings': 'true' },
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  if (!saysSameBytes(reply)) return judged(reply, payload, applicantId, operation, context);
  // Of a side that was put out of use, "I have these very bytes" is the end. Of one that was sent before it is the acknowledgement.
  if (before.kind === 'inactive') return rescan(reply, 'sumsub.sideInactive');
  return operation.mayHaveArrived || payload.wasTaken
    ? uploaded(payload, applicantId, null, evidence(reply.status, null, { code: 'sumsub.uploadFound' }))
    : refusal(reply, 'upload', context.clock.now());
}

/** The image was looked at: taken, taken with remarks, or refused. */
function judged(
  reply: Answered,
  payload: UploadPayload,
  applicantId: string,
  { mayHaveArrived }: OperationToPerform,
  { clock }: PerformContext,
): Outcome {
  const answer = reply.kind === 'json' && reply.status < 300 ? readUpload(reply.json) : null;
  if (answer === null || answer.idDocType !== payload.idDocType) return refusal(reply, 'upload', clock.now());
  if (answer.errors.length > 0) return rescan(reply, imageCode('sumsub', answer.errors));
  const message =
    answer.warnings.length > 0
      ? { code: 'sumsub.uploadedWithWarnings', params: { tags: shownTags(answer.warnings).join(', ') } }
      : { code: mayHaveArrived ? 'sumsub.uploadedNow' : 'sumsub.uploaded' };
  return uploaded(payload, applicantId, imageIdOf(reply), evidence(reply.status, null, message));
}

/**
 * After a lost answer: the list of images names each by the file name it came with, and ours is of this operation alone. Where
 * names are not shown nothing is proved, and the very same bytes go again: Sumsub refuses bytes that it has (error 1000), which
 * `uploadPage` takes for the lost acknowledgement.
 */
export async function lookUpUpload(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const payload = UploadPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return { kind: 'failed', outcome: applicantUnknown() };
  const list = await readList(applicantId, context);
  if (list.kind === 'failed') return { kind: 'failed', outcome: list.outcome };
  const { images, answer } = list;
  const say = (code: string) => evidence(answer.status, null, { code });
  const stem = stemOf(payload, operation.idempotencyKey);
  const ours = images.find(({ fileName }) => fileName?.startsWith(`${stem}.`) === true);
  if (ours?.isInactive === true) return { kind: 'failed', outcome: rescan(answer, imageCode('sumsub', [])) };
  if (ours !== undefined) {
    return { kind: 'happened', outcome: uploaded(payload, applicantId, ours.imageId, say('sumsub.uploadFound')) };
  }
  const isNamed = images.every(({ fileName }) => fileName !== null);
  return {
    kind: 'did_not_happen',
    evidence: say(isNamed ? 'sumsub.uploadDidNotHappen' : 'sumsub.uploadNotNamed'),
  };
}

/** A person saw the page in Sumsub's dashboard. */
export function confirmedUpload(operation: OperationToPerform): Confirmed {
  const { pageId } = UploadPayload.parse(operation.payload);
  return { result: { imageId: null }, deliveredPageIds: [pageId] };
}

/** `inactive`: the image of an earlier upload is there, out of use. `unknown`: it is not known which one it is. */
type ImageBefore =
  | { readonly kind: 'kept'; readonly outcome: Done }
  | { readonly kind: 'inactive' | 'unknown' }
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

const NO_IMAGE: ImageBefore = { kind: 'unknown' };

/** What has become of the image that an earlier upload of this page made. */
async function imageBefore(
  payload: UploadPayload,
  operation: OperationToPerform,
  applicantId: string,
  context: PerformContext,
): Promise<ImageBefore> {
  const list = await readList(applicantId, context);
  if (list.kind === 'failed') return list;
  const ids = operation.finished().flatMap(({ kind, payload: earlier, result }) => {
    const page = kind === SUMSUB_UPLOAD ? UploadPayload.safeParse(earlier) : null;
    const done = page?.data?.pageId === payload.pageId ? UploadResult.safeParse(result) : null;
    return done?.data?.imageId ?? [];
  });
  const images = list.images.filter(({ imageId }) => ids.includes(imageId));
  const kept = images.find(({ isInactive }) => !isInactive);
  if (kept === undefined) return images.length === 0 ? NO_IMAGE : { kind: 'inactive' };
  const proof = evidence(list.answer.status, null, { code: 'sumsub.sideStillThere' });
  return { kind: 'kept', outcome: uploaded(payload, applicantId, kept.imageId, proof) };
}

type ImageList =
  | { readonly kind: 'read'; readonly images: readonly StoredImage[]; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

/** GET …/metadata/resources */
async function readList(applicantId: string, context: PerformContext): Promise<ImageList> {
  const reply = await callSumsub(context, { method: 'GET', path: `${pathOf(applicantId)}/metadata/resources` });
  if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
  const images = reply.kind === 'json' && reply.status < 300 ? readImages(reply.json) : null;
  return images === null
    ? { kind: 'failed', outcome: refusal(reply, 'read', context.clock.now()) }
    : { kind: 'read', images, answer: reply };
}

function uploaded(payload: UploadPayload, applicantId: string, imageId: string | null, proof: Done['evidence']): Done {
  return {
    kind: 'done',
    result: { applicantId, imageId },
    evidence: proof,
    deliveredPageIds: [payload.pageId],
  };
}

function rescan(answer: Answered, code: string): Extract<Outcome, { kind: 'attention' }> {
  return { kind: 'attention', cause: 'rescan', evidence: evidence(answer.status, null, { code }) };
}

function needs(field: string): Outcome {
  return {
    kind: 'attention',
    cause: 'correct_data',
    evidence: evidence(null, null, { code: 'sumsub.fieldMissing', params: { field } }),
  };
}

function imageIdOf({ headers }: Answered): string | null {
  return /^[\w-]{1,80}$/.exec(headers['x-image-id'] ?? '')?.[0] ?? null;
}

/** What the page shows, and a piece of the operation's random key: a name of its own without anything of the customer. */
function stemOf({ idDocSubType }: UploadPayload, idempotencyKey: string): string {
  const side = idDocSubType === null ? 'page' : idDocSubType === 'BACK_SIDE' ? 'back' : 'front';
  return `${side}-${idempotencyKey.replaceAll(/[^\w]/g, '').slice(-16)}`;
}

async function openFile(
  payload: UploadPayload,
  idempotencyKey: string,
  context: PerformContext,
): Promise<FilePart | Outcome> {
  try {
    const { mediaType, body } = await context.page(payload.pageId);
    const fileName = neutralFileName(stemOf(payload, idempotencyKey), mediaType);
    if (fileName !== null) return { name: 'content', fileName, mediaType, body };
    return { kind: 'attention', cause: 'rescan', evidence: evidence(null, null, { code: 'provider.mediaType' }) };
  } catch (error) {
    if (error instanceof PageUnreadable) return unreadablePage();
    throw error;
  }
}
