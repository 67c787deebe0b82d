import { StackEdits, StackSettings } from '../../shared/domain/index.ts';
import type { StackEdit, StackView } from '../../shared/domain/index.ts';
import { explain } from '../submissions/index.ts';
import { conflict } from './conflict.ts';
import { insertSubmission } from './customers.ts';
import type { NewSubmission } from './customers.ts';
import { readSubmission } from './records.ts';
import type { PageRecord, SubmissionRecord } from './records.ts';
import { settleBatch } from './settle-batch.ts';
import { dealOf, endWithoutReason, fingerprint, readDealtRows } from './stack-dealing.ts';
import { assertAtRest } from './stack-moves.ts';
import { readOpenStack, readStack } from './stack-pages.ts';
import type { StackRecord } from './stack-pages.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/** A stack to be made. Every customer of it has the same connection and flow. */
export type NewStack = Pick<NewSubmission, 'batchId' | 'connectionId' | 'flowId'> & {
  readonly settings: StackSettings;
};

function byId(pages: readonly PageRecord[]): ReadonlyMap<string, PageRecord> {
  return new Map(pages.map((page) => [page.id, page]));
}

/**
 * Stacks: a feeder full of several customers. Its pages come in as all others do, durable and with a row, into the tray of a draft
 * submission that is only a stack; who gets which is proposed, looked at by a person, and then dealt out (`createStackDealing`)
 * with a row of the ledger on either side. Until one of the customers is released it can be undone.
 */
export function createStacks(options: CaptureOptions) {
  const { db, cipher, clock } = options;

  function changed(submissionIds: readonly string[], batchId: string): void {
    options.events.changed({ submissionIds: [...submissionIds], batchIds: [batchId] });
  }

  function createStack({ settings, ...input }: NewStack): string {
    const submissionId = db.transaction((transaction) => {
      const id = insertSubmission(options, transaction, input);
      transaction.run('INSERT INTO stacks (submission_id, settings) VALUES (?, ?)', [
        id,
        JSON.stringify(StackSettings.parse(settings)),
      ]);
      explain(transaction, id, { code: 'submission.stack' }, clock.now());
      record(options, transaction, {
        submissionId: id,
        kind: 'stack.created',
        message: { code: 'ledger.stackCreated' },
      });
      return id;
    });
    changed([submissionId], input.batchId);
    return submissionId;
  }

  function setStack(submissionId: string, settings: StackSettings): void {
    const { batchId } = readOpenStack(db, cipher, submissionId);
    const json = JSON.stringify(StackSettings.parse(settings));
    db.transaction((transaction) => {
      assertAtRest(transaction, submissionId);
      transaction.run('UPDATE stacks SET settings = ? WHERE submission_id = ?', [json, submissionId]);
    });
    changed([submissionId], batchId);
  }

  /** Says something about pages against the proposal; null takes it back. Answers the proposal that follows. */
  function editStack(submissionId: string, edits: Readonly<Record<string, StackEdit | null>>): StackView {
    const { batchId } = readOpenStack(db, cipher, submissionId);
    db.transaction((transaction) => {
      assertAtRest(transaction, submissionId);
      const known = readStack(transaction, cipher, submissionId);
      const present = new Set(known.pages.map(({ id }) => id));
      const next: StackEdits = {};
      for (const [pageId, edit] of Object.entries({ ...known.edits, ...edits })) {
        if (edit !== null && present.has(pageId)) next[pageId] = edit;
      }
      transaction.run('UPDATE stacks SET edits = ? WHERE submission_id = ?', [
        JSON.stringify(StackEdits.parse(next)),
        submissionId,
      ]);
    });
    changed([submissionId], batchId);
    return stackView(submissionId);
  }

  /** The place of each page in the stack as it was fed, also of what is dealt out: ids are in the order of time. */
  function positionsOf(submissionId: string): ReadonlyMap<string, number> {
    const rows = db.all<{ id: string }>(
      `SELECT id FROM pages WHERE submission_id = ? AND state = 'active'
       UNION SELECT id FROM pages WHERE stack_id = ? ORDER BY id`,
      [submissionId, submissionId],
    );
    return new Map(rows.map(({ id }, index) => [id, index + 1]));
  }

  function pageViews(stack: StackRecord, submission: SubmissionRecord): StackView['pages'] {
    const known = byId(stack.pages);
    const inTray = new Map(stack.proposal.tray.map(({ pageId, why }) => [pageId, why]));
    const position = positionsOf(submission.id);
    const shown = (
      pageId: string,
    ): Pick<StackView['pages'][number], 'id' | 'position' | 'sheetCount' | 'isInspected' | 'edit'> => ({
      id: pageId,
      position: position.get(pageId) ?? 0,
      sheetCount: known.get(pageId)?.sheetCount ?? null,
      isInspected: known.get(pageId)?.isInspected ?? false,
      edit: stack.edits[pageId] ?? null,
    });
    const dealt = stack.proposal.groups.flatMap((group, number) => {
      const own = group.pageIds.flatMap((pageId) => known.get(pageId) ?? []);
      const { slots } = dealOf(own, submission);
      return group.pageIds.map((pageId, index) => ({
        ...shown(pageId),
        place: {
          kind: 'customer' as const,
          customer: number + 1,
          reason: index === 0 ? group.reason : null,
          slot: slots[index] ?? null,
        },
      }));
    });
    const left = [...inTray].map(([pageId, why]) => ({ ...shown(pageId), place: { kind: 'tray' as const, why } }));
    return [...dealt, ...left];
  }

  /** What is found, who would get it and why. */
  function stackView(submissionId: string): StackView {
    const submission = readSubmission(db, cipher, submissionId);
    const stack = readStack(db, cipher, submissionId);
    const { proposal, settings, pages } = stack;
    const dealt = readDealtRows(db, submissionId);
    const dealtPages = dealt.reduce((sum, { pageCount }) => sum + pageCount, 0);
    return {
      submissionId,
      batchId: submission.batchId,
      settings,
      pages: pageViews(stack, submission),
      counts: {
        found: pages.length + dealtPages,
        proposed: pages.length - proposal.tray.length,
        tray: proposal.tray.length,
        dealt: dealtPages,
        customers: proposal.groups.length + dealt.length,
        beingChecked: pages.filter(({ isInspected }) => !isInspected).length,
      },
      dealt,
      fingerprint: fingerprint(proposal),
    };
  }

  /**
   * Puts away what was left in the tray: the stack is voided, so that its pages stay accounted for and are never sent, and its
   * batch is released when it was the last of it at the desk. Throws `conflict` while a page of it is still proposed to somebody.
   */
  function putStackAway(submissionId: string): void {
    const { batchId } = readOpenStack(db, cipher, submissionId);
    db.transaction((transaction) => {
      assertAtRest(transaction, submissionId);
      const { pages, proposal } = readStack(transaction, cipher, submissionId);
      if (proposal.groups.length > 0 || pages.some(({ isInspected }) => !isInspected))
        throw conflict('stack.notDealtOut');
      endWithoutReason(options, transaction, submissionId);
      settleBatch(options, transaction, batchId);
    });
    changed([submissionId], batchId);
  }

  return { putStackAway, createStack, setStack, editStack, stack: stackView };
}
