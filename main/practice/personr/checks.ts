import type { ApiRequest } from '../answer.ts';
import type { PracticeState } from '../state.ts';
import { IDENTITY_SIDES, MAX_CHECKS, PRACTICE_FLOW_NAMES } from './catalogue.ts';
import { parametersOf, text } from './parameters.ts';
import { imagesOf, recordOf, statusOf, type ImageRow, type RecordRow } from './records.ts';
import { notRun } from './refusals.ts';

interface Review {
  /** `accept`, `retry`, `final`, `hold` or `status=<anything>`. */
  readonly outcome: string;
  readonly labels: readonly string[];
}

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

/** Judges the newest image of each side; what came later than the start of the check is not seen. */
function reviewApplicant(state: PracticeState, applicant: RecordRow): Review {
  const wanted = PRACTICE_FLOW_NAMES[applicant.flowName] ?? { identity: true, selfie: false, address: false };
  const images = imagesOf(state, applicant.applicantId).filter((image) => image.isActive === 1);
  const identityType = images.findLast((image) => Object.hasOwn(IDENTITY_SIDES, image.docType))?.docType;
  const newest = new Map<string, ImageRow>();
  for (const image of images) {
    const isOtherIdentity = Object.hasOwn(IDENTITY_SIDES, image.docType) && image.docType !== identityType;
    // A document without a back side is its front.
    if (!isOtherIdentity) newest.set(`${image.docType}/${image.docSubType ?? 'FRONT_SIDE'}`, image);
  }

  const labels: string[] = [];
  if (wanted.identity && identityType === undefined) labels.push('INCOMPLETE_DOC');
  if (wanted.identity && identityType !== undefined) {
    for (const side of IDENTITY_SIDES[identityType] ?? []) {
      if (!newest.has(`${identityType}/${side}`)) labels.push(`${side}_MISSING`);
    }
  }
  if (wanted.selfie && !newest.has('SELFIE/FRONT_SIDE')) labels.push('INCOMPLETE_DOC');
  if (wanted.address && !newest.has('UTILITY_BILL/FRONT_SIDE')) labels.push('INCOMPLETE_DOC');
  return judge([...newest.values()], labels);
}

/** Of a company: the newest file of each kind of document; it needs at least one. */
function reviewEntity(state: PracticeState, entity: RecordRow): Review {
  const newest = new Map(imagesOf(state, entity.applicantId).map((image) => [image.docSubType, image]));
  return judge([...newest.values()], newest.size === 0 ? ['INCOMPLETE_DOC'] : []);
}

/** What the markers in the files decide, when nothing is missing (`labels`) already. */
function judge(images: readonly ImageRow[], missing: readonly string[]): Review {
  const labels = [...missing];
  let outcome = labels.length > 0 ? 'retry' : 'accept';
  for (const { decision } of images) {
    const [kind = '', value = ''] = (decision ?? '').split('=', 2);
    if (kind === 'reject' || kind === 'final') labels.push(...value.split(','));
    if (kind === 'errored') labels.push('UNSATISFACTORY_PHOTOS');
    if (kind === 'final') outcome = 'final';
    else if ((kind === 'reject' || kind === 'errored') && outcome !== 'final') outcome = 'retry';
    else if ((kind === 'hold' || kind === 'status') && outcome === 'accept') outcome = decision ?? outcome;
  }
  return { outcome, labels: [...new Set(labels)] };
}

/** The customer has finished on the page behind a link: that submits by itself. */
export function finishByLink(state: PracticeState, applicantId: string, now: number): void {
  const record = recordOf(state, applicantId);
  beginCheck(state, record, now);
}
