import { isChangeAllowed } from '../../shared/domain/index.ts';
import type { Finding } from '../../shared/domain/index.ts';
import { isClean, isOverridable, preflight } from '../../shared/rules/index.ts';
import type { RulePage } from '../../shared/rules/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import { toIncomplete, toReady } from '../submissions/index.ts';
import { asSent, readActivePages, readDocuments, readSubmission } from './records.ts';
import type { PageRecord } from './records.ts';
import type { CaptureOptions } from './types.ts';

const NOTHING_KNOWN = { fileName: '', duplicateReference: null, alike: null };

/** A page as preflight sees it; without names and other pages, which only colour warnings. */
export function toRulePage(
  page: PageRecord,
  known: Pick<RulePage, 'fileName' | 'duplicateReference' | 'alike'> = NOTHING_KNOWN,
): RulePage {
  const { mediaType, byteLength } = asSent(page);
  return { ...page, mediaType, byteLength, ...known };
}

/** True when nothing stops a release: every finding is clean, or what is left was overridden by a person. */
export function isReleasable(findings: readonly Finding[], isOverridden: boolean): boolean {
  return isClean(isOverridden ? findings.filter((found) => !isOverridable(found)) : findings);
}

/**
 * Runs preflight and moves the submission between `draft` (or `retake`) and `ready` accordingly. Names and duplicates only
 * colour warnings, so they are left out here: this runs after every change.
 */
export function recheck(
  options: Pick<CaptureOptions, 'cipher' | 'clock' | 'operator'>,
  db: WritableDatabase,
  submissionId: string,
): void {
  const submission = readSubmission(db, options.cipher, submissionId);
  const { state } = submission;
  if (submission.isVoided || !isChangeAllowed(state)) return;
  const findings = preflight({
    provider: submission.provider,
    flow: submission.flow,
    documents: readDocuments(db, submissionId, submission.flow),
    pages: readActivePages(db, submissionId).map((page) => toRulePage(page)),
    subject: submission.subject,
    retakeSlots: Object.keys(submission.retakeSlots),
    now: options.clock.now(),
  });
  const by = { now: options.clock.now(), operator: options.operator };
  const canGo = isReleasable(findings, submission.isOverridden);
  if (canGo && state !== 'ready') toReady(db, submissionId, by);
  if (!canGo && state === 'ready') toIncomplete(db, submissionId, by);
}
