import { StackEdits, StackSettings } from '../../shared/domain/index.ts';
import { CARD_BACK_RULE, isBlankPage, isOfTwoPeople } from '../../shared/rules/index.ts';
import { peopleOf, proposeStack } from '../../shared/stacks/index.ts';
import type { StackPage, StackProposal } from '../../shared/stacks/index.ts';
import type { ReadableDatabase } from '../database/types.ts';
import type { FieldCipher } from '../vault/types.ts';
import { assertEditable } from './importer.ts';
import { readNumbered } from './readings.ts';
import { notFound, readActivePages, readSubmission } from './records.ts';
import type { PageRecord, SubmissionRecord } from './records.ts';

/** A stack as it lies: what is still in it, how it is parted, and what a person said about that. */
export interface StackRecord {
  readonly settings: StackSettings;
  readonly edits: StackEdits;
  /** In the order in which they came. */
  readonly pages: readonly PageRecord[];
  readonly proposal: StackProposal;
}

function says({ facts }: PageRecord, rule: string): boolean {
  return facts.some((fact) => fact.rule === rule);
}

/** A sheet that parts two customers, or a file of nothing else (both its sides). */
export function isSeparator(page: PageRecord): boolean {
  return says(page, 'page.separator');
}

/** One file with documents of several people, or a separator among them, as a multifunction printer makes of a whole stack. A person parts it. */
export function isOfSeveral(page: PageRecord): boolean {
  return page.facts.some(({ rule }) => isOfTwoPeople(rule)) || says(page, 'page.separatorWithin');
}

export function isCardBack(page: PageRecord): boolean {
  return says(page, CARD_BACK_RULE);
}

/** A stack that may still change. Throws `not_found` when the submission is no stack, `conflict` when it was put away. */
export function readOpenStack(db: ReadableDatabase, cipher: FieldCipher, submissionId: string): SubmissionRecord {
  const submission = readSubmission(db, cipher, submissionId);
  if (!submission.isStack) throw notFound();
  assertEditable(submission);
  return submission;
}

/** Throws `not_found` when the submission is no stack. Reads every page once. */
export function readStack(db: ReadableDatabase, cipher: FieldCipher, submissionId: string): StackRecord {
  const row = db.get<{ settings: string; edits: string }>(
    'SELECT settings, edits FROM stacks WHERE submission_id = ?',
    [submissionId],
  );
  if (row === undefined) throw notFound();
  const settings = StackSettings.parse(JSON.parse(row.settings));
  const edits = StackEdits.parse(JSON.parse(row.edits));
  const pages = readActivePages(db, submissionId);
  // Opened only where they part the stack.
  const identities = peopleOf(settings.splitBy === 'identity' ? readNumbered(db, cipher, submissionId) : []);
  const seen = pages.map((page): StackPage => ({
    id: page.id,
    isSeparator: isSeparator(page),
    isBlank: isBlankPage(page),
    isOfSeveral: isOfSeveral(page),
    identity: identities.get(page.id) ?? null,
    isCardBack: isCardBack(page),
  }));
  return { settings, edits, pages, proposal: proposeStack(seen, settings, edits) };
}
