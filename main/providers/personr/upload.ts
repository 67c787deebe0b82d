import { PERSONR_DOC_TYPE } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { imageCode, saysDuplicate, shownTags } from '../engine/notices.ts';
import { evidence, type Reply } from '../http.ts';
import type { Confirmed, LookUpOutcome, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { readFailure, readUpload } from './answers.ts';
import type { UploadAnswer } from './answers.ts';
import { callAgain, callPersonr, type PersonrCall } from './client.ts';
import { withAcknowledged } from './earlier.ts';
import { openFile } from './file.ts';
import { PERSONR_UPLOAD, UploadPayload, UploadResult, UploadedType } from './payloads.ts';
import { refusal, wantsOtherEncoding, type Answered } from './refusals.ts';
import { uploadFormRequest, uploadRequest } from './requests.ts';
import { applicantOf, applicantUnknown, isSuccess, readApplicant, type Done } from './state.ts';
import { effectiveStatus } from './token.ts';

/** POST /api-document-upload, one page. */
export async function uploadPage(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = UploadPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  if (!PERSONR_DOC_TYPE.test(payload.docType)) return notAsWritten(payload.docType);
  const country = payload.country === '' ? context.subject().country : payload.country;
  if (!/^[A-Z]{3}$/.test(country)) {
    return {
      kind: 'attention',
      cause: 'correct_data',
      evidence: evidence(null, null, { code: 'personr.fieldMissing', params: { field: 'country' } }),
    };
  }
  const side = await otherSide(payload, operation, applicantId, context);
  if (side.kind === 'outcome') return side.outcome;
  const file = await openFile(payload.pageId, stemOf(payload), context);
  if (file.kind === 'outcome') return file.outcome;
  const fields = {
    applicantId,
    docType: payload.docType,
    ...(payload.docSubType === null ? {} : { docSubType: payload.docSubType }),
    docCountryISO: country,
    docFile: { filename: file.filename, contents: file.contents },
  };
  const { reply, isForm } = await sendPage(fields, file.mediaType, operation, context);
  if (reply.kind === 'failed') return reply.outcome;
  const noted = isForm ? { ...side.noted, isForm } : side.noted;
  const answer = isSuccess(reply) ? readUpload(reply.json) : null;
  if (answer !== null && answer.applicantId !== applicantId) {
    return {
      kind: 'attention',
      cause: 'call_it',
      evidence: evidence(reply.status, null, { code: 'personr.otherApplicant' }),
    };
  }
  if (isDuplicate(reply, answer)) {
    const found = evidence(reply.status, null, { code: 'personr.uploadFound' });
    // When an earlier attempt may have arrived, "I have these very bytes" is its lost acknowledgement; else it is another page.
    if (operation.mayHaveArrived) return uploaded(payload, applicantId, found, noted);
    // Of a side that was put out of use it is the end. Of one that was sent before it says that it is still in use.
    if (side.isInactive) return rescan(reply, 'personr.sideInactive');
    if (payload.keptFrom !== undefined) return uploaded(payload, applicantId, found, { isKept: true });
  }
  if (answer === null) return refusal(reply, 'upload');
  if (answer.errors.length > 0) return rescan(reply, imageCode('personr', answer.errors));
  return uploaded(payload, applicantId, evidence(reply.status, null, taken(answer, payload, operation, side)), noted);
}

/**
 * As JSON, as every sample of the documentation has it; where Personr says that this cannot be read, which stores nothing, once more as
 * the form that its table of headers names. What it took of this customer as a form begins with the form. The other encoding is tried
 * after such an answer only, never after a lost one, so no page arrives by both in one attempt. A lost form that was looked for and not found
 * begins with JSON again; should it have arrived all the same, Personr knows the very bytes (duplicate-document).
 */
async function sendPage(
  fields: Parameters<typeof uploadRequest>[0],
  mediaType: string,
  operation: OperationToPerform,
  context: PerformContext,
): Promise<{ readonly reply: Reply; readonly isForm: boolean }> {
  const send = (request: PersonrCall): Promise<Reply> => callPersonr(context, request);
  const onTheWay = { beforeLastByte: context.beforeLastByte, onProgress: context.onProgress };
  const asJson = { ...uploadRequest(fields), ...onTheWay };
  const asForm = { ...uploadFormRequest(fields, mediaType, operation.idempotencyKey), ...onTheWay };
  const isFormFirst = tookForms(operation);
  const first = await send(isFormFirst ? asForm : asJson);
  if (first.kind === 'failed' || !wantsOtherEncoding(first)) return { reply: first, isForm: isFormFirst };
  const reply = await callAgain(effectiveStatus(first), isFormFirst ? asJson : asForm, send);
  return { reply, isForm: !isFormFirst };
}

/** Whether the last page that was sent of this customer went as a form. */
function tookForms(operation: OperationToPerform): boolean {
  const sent = operation.finished().flatMap(({ kind, result }) => {
    const noted = kind === PERSONR_UPLOAD ? UploadResult.safeParse(result).data : undefined;
    return noted === undefined || noted.isKept === true ? [] : noted;
  });
  return sent.at(-1)?.isForm === true;
}

/** What the timeline says of an image that Personr took just now. */
function taken(
  { warnings }: UploadAnswer,
  { keptFrom }: UploadPayload,
  { mayHaveArrived }: OperationToPerform,
  { isInactive }: Extract<OtherSide, { kind: 'looked' }>,
): Message {
  if (warnings.length > 0) {
    return { code: 'personr.uploadedWithWarnings', params: { tags: shownTags(warnings).join(', ') } };
  }
  if (mayHaveArrived) return { code: 'personr.uploadedNow' };
  // It was taken before, and no call tells before a review whether it is still there: then the same picture is there twice.
  return { code: keptFrom !== undefined && !isInactive ? 'personr.uploadedAgain' : 'personr.uploaded' };
}

/** Neither Personr nor a repeat can make anything of it: the flow must say another word. */
function notAsWritten(type: string): Outcome {
  const message = { code: 'personr.docTypeForm', params: { type } };
  return { kind: 'attention', cause: 'call_it', evidence: evidence(null, null, message) };
}

/** `isInactive`: this page was taken before and is not in use any more. `noted`: goes into the upload's result. */
type OtherSide =
  | { readonly kind: 'looked'; readonly isInactive: boolean; readonly noted: UploadResult }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

/**
 * Whether a side that Personr took before is still in use. How often its type was named before the new side went, and whether
 * that one is named now, tells; so the new side looks and the old one compares. Where nothing is named at all before a review, the
 * very same bytes go again: the engine behind Personr refuses what it has.
 */
async function otherSide(
  payload: UploadPayload,
  operation: OperationToPerform,
  applicantId: string,
  context: PerformContext,
): Promise<OtherSide> {
  const { keptFrom, looksFirst, docType } = payload;
  const unknown: OtherSide = { kind: 'looked', isInactive: false, noted: {} };
  if (keptFrom !== undefined) {
    const before = listedBefore(operation, docType);
    if (before === null) return unknown;
    if (before >= keptFrom) {
      const proof = evidence(null, null, { code: 'personr.sideStillThere' });
      return { kind: 'outcome', outcome: uploaded(payload, applicantId, proof, { isKept: true }) };
    }
    if (before > 0) return unknown;
  } else if (looksFirst === undefined || operation.mayHaveArrived) {
    // What may have arrived may be the very image that is named.
    return unknown;
  }
  const found = await readApplicant(applicantId, operation.idempotencyKey, context);
  if (found.kind === 'failed') return { kind: 'outcome', outcome: found.outcome };
  const { documents } = found.status;
  if (documents === null) return unknown;
  const listed = documents.filter((type) => type === docType).length;
  return keptFrom === undefined
    ? { kind: 'looked', isInactive: false, noted: { listedBefore: listed } }
    : { kind: 'looked', isInactive: listed > 0, noted: {} };
}

/** How often the type was named before the first new image of this plan went; null: nobody looked, or nothing was shown. */
function listedBefore({ needed }: OperationToPerform, docType: string): number | null {
  for (const { kind, payload, result } of needed) {
    const isOfType = kind === PERSONR_UPLOAD && UploadedType.safeParse(payload).data?.docType === docType;
    const listed = isOfType ? UploadResult.safeParse(result).data?.listedBefore : undefined;
    if (listed !== undefined) return listed;
  }
  return null;
}

/** "I have these very bytes", as an error or in errors[]. */
export function isDuplicate(reply: Answered, answer: UploadAnswer | null): boolean {
  if (answer !== null) return answer.errors.length > 0 && answer.errors.every(saysDuplicate);
  const failure = reply.kind === 'json' ? readFailure(reply.status, reply.json) : null;
  return failure !== null && failure.status < 500 && failure.text.includes('duplicate');
}

/**
 * After a lost answer to an upload: the status' `documents` is compared with what Personr has acknowledged so far. Uploads
 * of one type follow one another, so it is known how many there were before.
 *
 * Whether the list is kept up to date before the review, and whether it names a type once per image, is not documented. So
 * it is believed only as far as it proves itself: it must name everything that was acknowledged, and pages of other types
 * are, while this one waits. As long as nothing was, an empty list proves nothing; then the very same bytes are sent again to the same applicant, which can neither make a second
 * customer nor start a check, and which the engine behind Personr refuses as a duplicate when it has them (`uploadPage`
 * takes that for the lost acknowledgement). Everything else is for a person.
 */
export async function lookUpUpload(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const payload = UploadPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return { kind: 'failed', outcome: applicantUnknown() };
  const found = await readApplicant(applicantId, operation.idempotencyKey, context);
  if (found.kind === 'failed') return { kind: 'failed', outcome: found.outcome };
  const { documents } = found.status;
  const say = (code: string) => evidence(found.answer.status, null, { code });
  const cannotTell: LookUpOutcome = { kind: 'cannot_tell', evidence: say('personr.cannotTellUpload') };
  if (documents === null) return cannotTell;
  const listed = documents.filter((docType) => docType === payload.docType).length;
  const before = acknowledgedSoFar(operation, payload);
  if (listed > before) {
    return { kind: 'happened', outcome: uploaded(payload, applicantId, say('personr.uploadFound')) };
  }
  const missing = acknowledgedTypes(operation).filter((docType) => !documents.includes(docType));
  if (listed < before || missing.length > 0) return cannotTell;
  const namesEveryImage = new Set(documents).size < documents.length;
  if (before > 0 && !namesEveryImage) return cannotTell;
  return {
    kind: 'did_not_happen',
    evidence: say(documents.length === 0 ? 'personr.uploadNotListed' : 'personr.uploadDidNotHappen'),
  };
}

/** A person saw the page in Personr's dashboard. */
export function confirmedUpload(operation: OperationToPerform): Confirmed {
  const { docType, pageId } = UploadPayload.parse(operation.payload);
  return { result: { docType }, deliveredPageIds: [pageId] };
}

/** Types of which Personr has acknowledged at least one image for this applicant. */
function acknowledgedTypes(operation: OperationToPerform): string[] {
  return operation.finished().flatMap(({ kind, payload }) => {
    const parsed = kind === PERSONR_UPLOAD ? UploadedType.safeParse(payload) : null;
    return parsed?.success === true ? [parsed.data.docType] : [];
  });
}

function acknowledgedSoFar({ needed }: OperationToPerform, { docType, acknowledgedBefore }: UploadPayload): number {
  return needed
    .filter(({ kind, payload }) => {
      const parsed = kind === PERSONR_UPLOAD ? UploadedType.safeParse(payload) : null;
      return parsed?.success === true && parsed.data.docType === docType;
    })
    .reduce((count, { result }) => withAcknowledged(count, result), acknowledgedBefore);
}

function uploaded(
  payload: UploadPayload,
  applicantId: string,
  proof: Done['evidence'],
  noted: UploadResult = {},
): Done {
  return {
    kind: 'done',
    result: { applicantId, docType: payload.docType, ...noted },
    evidence: proof,
    deliveredPageIds: [payload.pageId],
  };
}

function rescan(reply: Answered, code: string): Extract<Outcome, { kind: 'attention' }> {
  return { kind: 'attention', cause: 'rescan', evidence: evidence(reply.status, null, { code }) };
}

function stemOf({ docSubType }: UploadPayload): string {
  if (docSubType === null) return 'selfie';
  return docSubType === 'BACK_SIDE' ? 'back' : 'front';
}
