import { createHash } from 'node:crypto';
import { StackEdits, StackSettings, isChangeAllowed } from '../../shared/domain/index.ts';
import type { StackEdit, StackView } from '../../shared/domain/index.ts';
import { dealPages } from '../../shared/stacks/index.ts';
import type { Deal, StackGroup, StackProposal } from '../../shared/stacks/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { explain, voidSubmission } from '../submissions/index.ts';
import { recheck } from './check.ts';
import { conflict } from './conflict.ts';
import { insertSubmission } from './customers.ts';
import type { NewSubmission } from './customers.ts';
import { assertEditable } from './importer.ts';
import { forgetOffer } from './readings.ts';
import { notFound, readActivePages, readPage, readSubmission, sealContext } from './records.ts';
import type { PageRecord, SubmissionRecord } from './records.ts';
import { settleBatch } from './settle-batch.ts';
import { isCardBack, readStack } from './stack-pages.ts';
import type { StackRecord } from './stack-pages.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/** A stack to be made. Every customer of it has the same connection and flow. */
export type NewStack = Pick<NewSubmission, 'batchId' | 'connectionId' | 'flowId'> & {
  readonly settings: StackSettings;
};

/** What a person has looked at before accepting: another page or another edit makes it another one. */
function fingerprint({ groups, tray }: StackProposal): string {
  const said = JSON.stringify([groups.map(({ pageIds }) => pageIds), tray.map(({ pageId }) => pageId)]);
  return createHash('sha256').update(said).digest('base64url');
}

function dealOf(group: StackGroup, pages: ReadonlyMap<string, PageRecord>, { flow }: SubmissionRecord): Deal {
  const own = group.pageIds.flatMap((pageId) => pages.get(pageId) ?? []);
  return dealPages(
    flow,
    own.map((page) => ({ mediaType: page.mediaType, isCardBack: isCardBack(page) })),
  );
}

function byId(pages: readonly PageRecord[]): ReadonlyMap<string, PageRecord> {
  return new Map(pages.map((page) => [page.id, page]));
}

/** Every page that was dealt out of a stack, also one that was taken out since. */
function readDealt(database: ReadableDatabase, submissionId: string): PageRecord[] {
  return database
    .all<{ id: string }>('SELECT id FROM pages WHERE stack_id = ? ORDER BY id', [submissionId])
    .map(({ id }) => readPage(database, id));
}

interface DealtRow {
  readonly submissionId: string;
  readonly pageCount: number;
}

/**
 * Stacks: a feeder full of several customers. Its pages come in as all others do, durable and with a row, into the tray of a draft
 * submission that is only a stack; who gets which is proposed, looked at by a person, and then done in one transaction with
 * a row of the ledger on either side. Until one of the customers is released it can be undone.
 */
export function createStacks(options: CaptureOptions) {
  const { db, cipher, clock, operator } = options;

  function readOpenStack(database: ReadableDatabase, submissionId: string): SubmissionRecord {
    const submission = readSubmission(database, cipher, submissionId);
    if (!submission.isStack) throw notFound();
    assertEditable(submission);
    return submission;
  }

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
    const { batchId } = readOpenStack(db, submissionId);
    const json = JSON.stringify(StackSettings.parse(settings));
    db.transaction((transaction) => {
      transaction.run('UPDATE stacks SET settings = ? WHERE submission_id = ?', [json, submissionId]);
    });
    changed([submissionId], batchId);
  }

  /** Says something about pages against the proposal; null takes it back. Answers the proposal that follows. */
  function editStack(submissionId: string, edits: Readonly<Record<string, StackEdit | null>>): StackView {
    const { batchId } = readOpenStack(db, submissionId);
    db.transaction((transaction) => {
      const known = readStack(transaction, submissionId);
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

  /** Both sides of a page's move, in the ledger. `to` and `from` are submissions. */
  function recordMove(transaction: WritableDatabase, page: PageRecord, to: string, slot: string | null): void {
    const from = page.submissionId;
    record(options, transaction, {
      submissionId: from,
      kind: 'page.handedOver',
      message: { code: 'ledger.pageHandedOver' },
      facts: { pageId: page.id, to },
    });
    record(options, transaction, {
      submissionId: to,
      kind: 'page.received',
      message: { code: 'ledger.pageReceived' },
      facts: { pageId: page.id, from, slot, sha256: page.sha256, capturedAt: page.capturedAt },
    });
  }

  /** One customer with the pages of its group, inside the caller's transaction. */
  function makeCustomer(
    transaction: WritableDatabase,
    stack: SubmissionRecord,
    group: StackGroup,
    pages: ReadonlyMap<string, PageRecord>,
  ): string {
    const { documents, slots } = dealOf(group, pages, stack);
    const submissionId = insertSubmission(options, transaction, {
      batchId: stack.batchId,
      connectionId: stack.connectionId,
      flowId: stack.flow.id,
      documents,
    });
    for (const [index, pageId] of group.pageIds.entries()) {
      const page = pages.get(pageId);
      if (page === undefined) throw notFound();
      const slot = slots[index] ?? null;
      transaction.run('UPDATE pages SET submission_id = ?, slot = ?, stack_id = ? WHERE id = ?', [
        submissionId,
        slot,
        stack.id,
        pageId,
      ]);
      recordMove(transaction, page, submissionId, slot);
    }
    recheck(options, transaction, submissionId);
    return submissionId;
  }

  /**
   * Makes a customer of every group of the proposal, all of them or none; what lies in the tray stays in the stack. Throws
   * `conflict` while a page is still being checked, and when the stack is no longer what the person has `seen`.
   */
  function splitStack(submissionId: string, seen: string): string[] {
    const stack = readOpenStack(db, submissionId);
    const submissionIds = db.transaction((transaction) => {
      const { pages, proposal } = readStack(transaction, submissionId);
      if (pages.some(({ isInspected }) => !isInspected)) throw conflict('stack.stillChecking');
      if (proposal.groups.length === 0) throw conflict('stack.nothingToSplit');
      if (fingerprint(proposal) !== seen) throw conflict('stack.changed');
      const known = byId(pages);
      const made = proposal.groups.map((group) => makeCustomer(transaction, stack, group, known));
      record(options, transaction, {
        submissionId,
        kind: 'stack.split',
        message: { code: 'ledger.stackSplit', params: { customers: made.length, left: proposal.tray.length } },
        facts: { pages: pages.length },
      });
      return made;
    });
    changed([submissionId, ...submissionIds], stack.batchId);
    return submissionIds;
  }

  function assertNotReleased(transaction: WritableDatabase, customerIds: readonly string[]): void {
    for (const customerId of customerIds) {
      const { state, isVoided, round } = readSubmission(transaction, cipher, customerId);
      if (isVoided || !isChangeAllowed(state) || state === 'retake' || round > 0) throw conflict('stack.isReleased');
    }
  }

  /** What a stack leaves behind needs no person's reason: its own row in the ledger says why. */
  function endWithoutReason(transaction: WritableDatabase, submissionId: string): void {
    const reason = cipher.seal('', sealContext.voidReason(submissionId));
    voidSubmission(transaction, submissionId, reason, { now: clock.now(), operator });
  }

  /** What is left of a customer whose pages went back: nothing, unless it was given other pages meanwhile. */
  function endCustomer(transaction: WritableDatabase, customerId: string): void {
    recheck(options, transaction, customerId);
    if (readActivePages(transaction, customerId).length > 0) return;
    endWithoutReason(transaction, customerId);
  }

  /**
   * Takes every page back into the stack, those that were taken out meanwhile as well; customers that have no other page are voided.
   * Throws `conflict` once one of them was released.
   */
  function undoSplit(submissionId: string): void {
    const stack = readOpenStack(db, submissionId);
    const customerIds = db.transaction((transaction) => {
      const pages = readDealt(transaction, submissionId);
      const customers = [...new Set(pages.map((page) => page.submissionId))];
      if (customers.length === 0) throw conflict('stack.nothingToUndo');
      assertNotReleased(transaction, customers);
      for (const page of pages) {
        transaction.run(
          `UPDATE pages SET submission_id = ?, slot = NULL, stack_id = NULL, state = 'active', removed_at = NULL
           WHERE id = ?`,
          [submissionId, page.id],
        );
        forgetOffer(transaction, page.id);
        recordMove(transaction, page, submissionId, null);
      }
      for (const customerId of customers) endCustomer(transaction, customerId);
      record(options, transaction, {
        submissionId,
        kind: 'stack.joined',
        message: { code: 'ledger.stackJoined', params: { customers: customers.length } },
        facts: { pages: pages.length },
      });
      return customers;
    });
    changed([submissionId, ...customerIds], stack.batchId);
  }

  function dealtOf(submissionId: string): DealtRow[] {
    return db.all<DealtRow>(
      `SELECT submission_id AS submissionId, count(*) AS pageCount FROM pages
       WHERE stack_id = ? GROUP BY submission_id ORDER BY submission_id`,
      [submissionId],
    );
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
      const { slots } = dealOf(group, known, submission);
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
    const stack = readStack(db, submissionId);
    const { proposal, settings, pages } = stack;
    const dealt = dealtOf(submissionId);
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
    const { batchId } = readOpenStack(db, submissionId);
    db.transaction((transaction) => {
      const { pages, proposal } = readStack(transaction, submissionId);
      if (proposal.groups.length > 0 || pages.some(({ isInspected }) => !isInspected))
        throw conflict('stack.notDealtOut');
      endWithoutReason(transaction, submissionId);
      settleBatch(options, transaction, batchId);
    });
    changed([submissionId], batchId);
  }

  return { putStackAway, createStack, setStack, editStack, splitStack, undoSplit, stack: stackView };
}
