import type { ApiRequest } from '../answer.ts';
import type { PracticeState } from '../state.ts';
import { judge, judgeMarked, PRACTICE_FLOW_NAMES, type Review } from '../review.ts';
import { MAX_CHECKS } from './catalogue.ts';
import { parametersOf, text } from './parameters.ts';
import { imagesOf, recordOf, statusOf, type RecordRow } from './records.ts';
import { notRun } from './refusals.ts';

export function startCheck(state: PracticeState, request: ApiRequest): unknown {
  const record = recordOf(state, text(parametersOf(request), 'applicantId', 'api-request-applicant-check'));
  const isOver = isEnded(state, record, request.now);
  if (isOver && record.outcome !== 'accept' && state.switches['personr.attemptsExhausted'] === 'reject') {
    throw notRun('The applicant has no attempts left.');
  }
  if (!isOver) beginCheck(state, record, request.now);
  return { response: 'success' };
}

function isEnded(state: PracticeState, record: RecordRow, now: number): boolean {
  const isOver = record.outcome === 'final' || record.outcome === 'accept';
  return (isOver && statusOf(state, record, now) === 'Reviewed') || record.checksUsed >= MAX_CHECKS;
}

/** Uses up an attempt, unless a check is under way. The customer's own submission by a link does the same. */
export function beginCheck(state: PracticeState, record: RecordRow, now: number): void {
  if (isEnded(state, record, now)) return;
  if (record.startedAt !== null && statusOf(state, record, now) !== 'Reviewed') return;
  const { switches } = state;
  const attempt = record.checksUsed + 1;
  const judged = record.isEntity === 1 ? reviewEntity(state, record) : reviewApplicant(state, record);
  const stage = () => state.between(switches['personr.stageMinMs'], switches['personr.stageMaxMs']);
  const pendingAt = now + stage();
  state.db.run(
    `UPDATE applicants SET checks_used = ?, started_at = ?, pending_at = ?, reviewed_at = ?, outcome = ?,
       reject_labels = ? WHERE applicant_id = ?`,
    [
      attempt,
      now,
      pendingAt,
      pendingAt + stage(),
      // The fifth rejection is the last.
      judged.outcome === 'retry' && attempt >= MAX_CHECKS ? 'final' : judged.outcome,
      JSON.stringify(judged.labels),
      record.applicantId,
    ],
  );
}

/** What came later than the start of the check is not seen. */
function reviewApplicant(state: PracticeState, applicant: RecordRow): Review {
  const wanted = PRACTICE_FLOW_NAMES[applicant.flowName] ?? { identity: true, selfie: false, address: false };
  const images = imagesOf(state, applicant.applicantId).filter((image) => image.isActive === 1);
  return judge(images, wanted, { incomplete: 'INCOMPLETE_DOC', addressTypes: ['UTILITY_BILL'] });
}

/** Of a company: the newest file of each kind of document; it needs at least one. */
function reviewEntity(state: PracticeState, entity: RecordRow): Review {
  const newest = new Map(imagesOf(state, entity.applicantId).map((image) => [image.docSubType, image]));
  return judgeMarked([...newest.values()], newest.size === 0 ? ['INCOMPLETE_DOC'] : []);
}

/** The customer has finished on the page behind a link: that submits by itself. */
export function finishByLink(state: PracticeState, applicantId: string, now: number): void {
  const record = recordOf(state, applicantId);
  beginCheck(state, record, now);
}
