import { isChangeAllowed, isForEntity } from '../../shared/domain/index.ts';
import type { Disagreement, DocumentReading, Finding } from '../../shared/domain/index.ts';
import { disagreementsOf } from '../../shared/identity/index.ts';
import { isClean, isOverridden, preflight } from '../../shared/rules/index.ts';
import type { PreflightInput, RuleDocument, RulePage } from '../../shared/rules/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { toIncomplete, toReady } from '../submissions/index.ts';
import type { FieldCipher } from '../vault/types.ts';
import { fillFromPages } from './filling.ts';
import { hasVoidedOwner } from './owners.ts';
import { readReadings } from './readings.ts';
import type { ReadingRecord } from './readings.ts';
import {
  asSent,
  findAlike,
  issuedOn,
  readActivePages,
  readPagesToReplace,
  readDocuments,
  readSubmission,
} from './records.ts';
import type { PageRecord, SubmissionRecord } from './records.ts';
import type { CaptureOptions } from './types.ts';

/** What a list for people adds to a page; it colours warnings only. */
export type PageWords = Pick<RulePage, 'fileName' | 'duplicateReference' | 'sameNumberReference' | 'alike'>;

const NO_WORDS: PageWords = { fileName: '', duplicateReference: null, sameNumberReference: null, alike: null };

/** Without names, and without what is about other customers. That two sides of one customer are one image may stop them. */
function wordless(db: ReadableDatabase, page: PageRecord): PageWords {
  const other = findAlike(db, page);
  if (other === null || other.submissionId !== page.submissionId) return NO_WORDS;
  return { ...NO_WORDS, alike: { pageId: other.pageId, reference: '', isSameCustomer: true } };
}

function toRulePage(
  page: PageRecord,
  readings: readonly DocumentReading[],
  words: PageWords,
  isRefused: boolean,
): RulePage {
  const { mediaType, byteLength } = asSent(page);
  return { ...page, mediaType, byteLength, readings, ...words, isRefused };
}

type CheckOptions = Pick<CaptureOptions, 'cipher' | 'clock' | 'operator'>;

/** The chosen documents, with the days that were typed for them. */
export function datedDocuments(
  { cipher }: Pick<CaptureOptions, 'cipher'>,
  db: ReadableDatabase,
  { id, flow }: Pick<SubmissionRecord, 'id' | 'flow'>,
): RuleDocument[] {
  return readDocuments(db, id, flow).map((document) => {
    const { requirementId, documentType, country } = document;
    return { requirementId, documentType, country, issuedOn: issuedOn(cipher, document) };
  });
}

/** Everything that preflight looks at, from the rows. `wordsOf`: without it there are no names, and no warnings of other customers' pages. */
export function checkInput(
  options: Pick<CaptureOptions, 'cipher' | 'clock'>,
  db: ReadableDatabase,
  submission: SubmissionRecord,
  {
    pages = readActivePages(db, submission.id),
    readings: all = readReadings(db, options.cipher, submission.id),
    wordsOf = (page) => wordless(db, page),
  }: {
    readonly pages?: readonly PageRecord[];
    readonly readings?: readonly ReadingRecord[];
    readonly wordsOf?: (page: PageRecord, readings: readonly DocumentReading[]) => PageWords;
  } = {},
): PreflightInput {
  const toReplace = readPagesToReplace(db, submission);
  return {
    provider: submission.provider,
    flow: submission.flow,
    documents: datedDocuments(options, db, submission),
    pages: pages.map((page) => {
      const readings = all.filter(({ pageId }) => pageId === page.id).map(({ reading }) => reading);
      return toRulePage(page, readings, wordsOf(page, readings), !page.isDelivered && toReplace.has(page.id));
    }),
    subject: submission.subject,
    unconfirmed: submission.unconfirmed,
    decided: submission.decided,
    retakeSlots: Object.keys(submission.retakeSlots),
    hasVoidedOwner: isForEntity(submission.flow) && hasVoidedOwner(db, submission.id),
    now: options.clock.now(),
  };
}

/** Where the pages of a submission and its fields do not agree. */
export function identityOf(db: ReadableDatabase, cipher: FieldCipher, submission: SubmissionRecord): Disagreement[] {
  const { subject, unconfirmed, decided } = submission;
  const pages = readReadings(db, cipher, submission.id).map(({ pageId: id, slot, reading }) => ({
    id,
    slot,
    readings: [reading],
  }));
  return disagreementsOf({ subject, unconfirmed, decided, pages });
}

/** True when nothing stops a release: every finding is clean, or what is left was overridden by a person (`overridden`: these rules). */
export function isReleasable(findings: readonly Finding[], overridden: ReadonlySet<string>): boolean {
  return isClean(findings.filter((found) => !isOverridden(found, overridden)));
}

/**
 * Lets the customer's fields follow the pages, then runs preflight and moves the submission between `draft` (or `retake`) and
 * `ready` accordingly. Names, and what is about other customers, only colour warnings, so they are left out here: this runs after every change. Answers what
 * it found; nothing of a submission that may not change.
 */
export function recheck(options: CheckOptions, db: WritableDatabase, submissionId: string): readonly Finding[] {
  const before = readSubmission(db, options.cipher, submissionId);
  const { state } = before;
  if (before.isVoided || before.isStack || !isChangeAllowed(state)) return [];
  const readings = readReadings(db, options.cipher, submissionId);
  const isFilled = fillFromPages(options, db, before, readings);
  const submission = isFilled ? readSubmission(db, options.cipher, submissionId) : before;
  const findings = preflight(checkInput(options, db, submission, { readings }));
  const by = { now: options.clock.now(), operator: options.operator };
  const canGo = isReleasable(findings, submission.overridden);
  if (canGo && state !== 'ready') toReady(db, submissionId, by);
  if (!canGo && state === 'ready') toIncomplete(db, submissionId, by);
  return findings;
}
