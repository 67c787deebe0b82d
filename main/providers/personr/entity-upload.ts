import { imageCode } from '../engine/notices.ts';
import { evidence } from '../http.ts';
import type { Confirmed, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { readUpload } from './answers.ts';
import { callPersonr } from './client.ts';
import { openFile } from './file.ts';
import { EntityUploadPayload } from './payloads.ts';
import { refusal } from './refusals.ts';
import { entityUploadRequest } from './requests.ts';
import { applicantOf, applicantUnknown, isSuccess } from './state.ts';
import { isDuplicate } from './upload.ts';

/**
 * POST /api-entity-document-upload-encoded, one page of a company's document. The other form of the call takes an address from which
 * Personr would fetch the file; a page in a vault has none, so it is not used.
 */
export async function uploadEntityPage(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = EntityUploadPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const file = await openFile(payload.pageId, 'page', context);
  if (file.kind === 'outcome') return file.outcome;
  const { docSubType } = payload;
  const reply = await callPersonr(context, {
    ...entityUploadRequest({ applicantId, docSubType, fileName: file.filename, docFile: file.contents }),
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const answer = isSuccess(reply) ? readUpload(reply.json) : null;
  const say = (code: string) => evidence(reply.status, null, { code });
  if (answer !== null && answer.applicantId !== applicantId) {
    return { kind: 'attention', cause: 'call_it', evidence: say('personr.otherApplicant') };
  }
  const uploaded = (code: string): Outcome => ({
    kind: 'done',
    result: { applicantId },
    evidence: say(code),
    deliveredPageIds: [payload.pageId],
  });
  if (operation.mayHaveArrived && isDuplicate(reply, answer)) return uploaded('personr.uploadFound');
  if (answer === null) return refusal(reply, 'upload');
  return answer.errors.length > 0
    ? { kind: 'attention', cause: 'rescan', evidence: say(imageCode('personr', answer.errors)) }
    : uploaded('personr.uploaded');
}

/** A person saw the page in Personr's dashboard. */
export function confirmedEntityUpload(operation: OperationToPerform): Confirmed {
  const { pageId } = EntityUploadPayload.parse(operation.payload);
  return { result: {}, deliveredPageIds: [pageId] };
}
