import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { StackView } from '../../shared/domain/index.ts';
import { dealPages } from '../../shared/stacks/index.ts';
import type { Deal, StackProposal } from '../../shared/stacks/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { voidSubmission } from '../submissions/index.ts';
import { recheck } from './check.ts';
import { conflict } from './conflict.ts';
import { insertSubmission } from './customers.ts';
import { followFlow } from './following.ts';
import { forgetOffer } from './readings.ts';
import { readActivePages, readPage, readSubmission, sealContext } from './records.ts';
import type { PageRecord, SubmissionRecord } from './records.ts';
import { beginMoves, endMove, nextMove, stacksInMotion } from './stack-moves.ts';
import type { MoveKind, StackMove } from './stack-moves.ts';
import { isCardBack, readOpenStack, readStack } from './stack-pages.ts';
import { record } from './timeline.ts';
import { TURN_MS } from './turns.ts';
import type { CaptureOptions } from './types.ts';

/** What a person has looked at before accepting: another page or another edit makes it another one. */
export function fingerprint({ groups, tray }: StackProposal): string {
  const said = JSON.stringify([groups.map(({ pageIds }) => pageIds), tray.map(({ pageId }) => pageId)]);
  return createHash('sha256').update(said).digest('base64url');
}

/** Which documents the pages of one customer are, and the slot of each. */
export function dealOf(pages: readonly PageRecord[], { flow }: Pick<SubmissionRecord, 'flow'>): Deal {
  return dealPages(
    flow,
    pages.map((page) => ({ mediaType: page.mediaType, isCardBack: isCardBack(page) })),
  );
}

/** What a stack leaves behind needs no person's reason: its own row in the ledger says why. */
export function endWithoutReason(
  { cipher, clock, operator }: CaptureOptions,
  transaction: WritableDatabase,
  submissionId: string,
): void {
  const reason = cipher.seal('', sealContext.voidReason(submissionId));
  voidSubmission(transaction, submissionId, reason, { now: clock.now(), operator });
}

/** The pages of one customer that were dealt out of the stack, also those that were taken out since. */
function readDealt(db: ReadableDatabase, stackId: string, customerId: string): PageRecord[] {
  return db
    .all<{ id: string }>('SELECT id FROM pages WHERE stack_id = ? AND submission_id = ? ORDER BY id', [
      stackId,
      customerId,
    ])
    .map(({ id }) => readPage(db, id));
}

/** Everybody who has pages of this stack, and how many. */
export function readDealtRows(db: ReadableDatabase, stackId: string): StackView['dealt'] {
  return db.all<StackView['dealt'][number]>(
    `SELECT submission_id AS submissionId, count(*) AS pageCount FROM pages
     WHERE stack_id = ? GROUP BY submission_id ORDER BY submission_id`,
    [stackId],
  );
}

function isAnyReleased(db: ReadableDatabase, stackId: string): boolean {
  const row = db.get(
    `SELECT 1 FROM pages JOIN submissions ON submissions.id = submission_id
     WHERE stack_id = ? AND (voided_at IS NOT NULL OR round > 0 OR submissions.state NOT IN ('draft', 'ready')) LIMIT 1`,
    [stackId],
  );
  return row !== undefined;
}

/**
 * Dealing a stack out, and taking it back. What a person accepts is written down in one transaction and is from then on done
 * to its end: one customer after the other in short transactions, so that five hundred pages do not hold the thread; after a power
 * cut the next start goes on. Until it is done, nothing of it can be released, voided or changed against it.
 */
export function createStackDealing(options: CaptureOptions) {
  const { db, cipher, clock } = options;
  const running = new Set<Promise<unknown>>();

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

  /** Makes a customer of these pages, without those that were taken out of the stack meanwhile. Null when none is left. */
  function deal(transaction: WritableDatabase, stack: SubmissionRecord, pageIds: readonly string[]): string | null {
    const pages = pageIds
      .map((pageId) => readPage(transaction, pageId))
      .filter((page) => page.submissionId === stack.id && page.state === 'active');
    if (pages.length === 0) return null;
    const { documents, slots } = dealOf(pages, stack);
    const submissionId = insertSubmission(options, transaction, {
      batchId: stack.batchId,
      connectionId: stack.connectionId,
      flowId: stack.flow.id,
      flow: stack.flow,
      documents,
    });
    for (const [index, page] of pages.entries()) {
      const slot = slots[index] ?? null;
      transaction.run('UPDATE pages SET submission_id = ?, slot = ?, stack_id = ? WHERE id = ?', [
        submissionId,
        slot,
        stack.id,
        page.id,
      ]);
      recordMove(transaction, page, submissionId, slot);
    }
    // The flow may have been changed since the first of them was dealt out.
    if (!followFlow(options, transaction, submissionId)) recheck(options, transaction, submissionId);
    return submissionId;
  }

  /** Takes the pages of a customer back. Nothing is left of the customer, unless it was given other pages meanwhile. */
  function join(transaction: WritableDatabase, stack: SubmissionRecord, customerId: string): void {
    for (const page of readDealt(transaction, stack.id, customerId)) {
      transaction.run(
        `UPDATE pages SET submission_id = ?, slot = NULL, stack_id = NULL, state = 'active', removed_at = NULL
         WHERE id = ?`,
        [stack.id, page.id],
      );
      forgetOffer(transaction, page.id);
      recordMove(transaction, page, stack.id, null);
    }
    recheck(options, transaction, customerId);
    if (readActivePages(transaction, customerId).length === 0) endWithoutReason(options, transaction, customerId);
  }

  /** One step; answers the customer that it made or took back. */
  function move(transaction: WritableDatabase, stack: SubmissionRecord, { kind, ids }: StackMove): string | null {
    if (kind === 'deal') return deal(transaction, stack, ids);
    const [customerId = ''] = ids;
    join(transaction, stack, customerId);
    return customerId;
  }

  /** As many steps as fit into one turn of the thread, in one transaction. Answers their customers; `isDone` when nothing is left. */
  function moveForOneTurn(stack: SubmissionRecord): { customerIds: string[]; isDone: boolean } {
    return db.transaction((transaction) => {
      const began = clock.monotonic();
      const customerIds: string[] = [];
      do {
        const next = nextMove(transaction, stack.id);
        if (next === null) return { customerIds, isDone: true };
        const customerId = move(transaction, stack, next);
        if (customerId !== null) customerIds.push(customerId);
        endMove(transaction, stack.id, next);
      } while (clock.monotonic() - began < TURN_MS);
      return { customerIds, isDone: false };
    });
  }

  /** Does what is written down for the stack, to its end. Answers the customers. What fails stays written down. */
  async function finish(stack: SubmissionRecord): Promise<string[]> {
    const customerIds: string[] = [];
    try {
      for (;;) {
        await setImmediate();
        const turn = moveForOneTurn(stack);
        customerIds.push(...turn.customerIds);
        if (turn.isDone) return customerIds;
      }
    } finally {
      options.events.changed({ submissionIds: [stack.id, ...customerIds], batchIds: [stack.batchId] });
    }
  }

  async function tracked<Result>(work: Promise<Result>): Promise<Result> {
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  }

  /**
   * Begins with what `begin` writes down. What is left of an earlier time (a disk that was full) comes first: it is all there
   * is to do when it is of the same kind; else the stack is not what the person looked at.
   */
  async function carryOut(
    submissionId: string,
    kind: MoveKind,
    begin: (transaction: WritableDatabase) => void,
  ): Promise<string[]> {
    const stack = readOpenStack(db, cipher, submissionId);
    const left = nextMove(db, submissionId);
    if (left === null) db.transaction(begin);
    const customerIds = await tracked(finish(stack));
    if (left !== null && left.kind !== kind) throw conflict('stack.changed');
    return customerIds;
  }

  /**
   * Makes a customer of every group of the proposal; what lies in the tray stays in the stack. Answers the customers. Throws
   * `conflict` while a page is still being checked, and when the stack is no longer what the person has `seen`.
   */
  function splitStack(submissionId: string, seen: string): Promise<string[]> {
    return carryOut(submissionId, 'deal', (transaction) => {
      const { pages, proposal } = readStack(transaction, cipher, submissionId);
      if (pages.some(({ isInspected }) => !isInspected)) throw conflict('stack.stillChecking');
      if (proposal.groups.length === 0) throw conflict('stack.nothingToSplit');
      if (fingerprint(proposal) !== seen) throw conflict('stack.changed');
      const groups = proposal.groups.map(({ pageIds }) => pageIds);
      beginMoves(transaction, submissionId, 'deal', groups);
      record(options, transaction, {
        submissionId,
        kind: 'stack.split',
        message: { code: 'ledger.stackSplit', params: { customers: groups.length, left: proposal.tray.length } },
        facts: { pages: pages.length },
      });
    });
  }

  /**
   * Takes every page back into the stack, those that were taken out meanwhile as well; customers that have no other page are voided.
   * Throws `conflict` once one of them was released.
   */
  async function undoSplit(submissionId: string): Promise<void> {
    await carryOut(submissionId, 'join', (transaction) => {
      const customers = readDealtRows(transaction, submissionId);
      if (customers.length === 0) throw conflict('stack.nothingToUndo');
      if (isAnyReleased(transaction, submissionId)) throw conflict('stack.isReleased');
      beginMoves(
        transaction,
        submissionId,
        'join',
        customers.map((customer) => [customer.submissionId]),
      );
      record(options, transaction, {
        submissionId,
        kind: 'stack.joined',
        message: { code: 'ledger.stackJoined', params: { customers: customers.length } },
        facts: { pages: customers.reduce((sum, { pageCount }) => sum + pageCount, 0) },
      });
    });
  }

  /** Once at start: what a power cut left half done is done to its end. Answers how many stacks that were. */
  async function finishStacks(): Promise<number> {
    const stackIds = stacksInMotion(db);
    for (const stackId of stackIds) await tracked(finish(readSubmission(db, cipher, stackId)));
    return stackIds.length;
  }

  /** Resolves when no page is being moved. */
  async function whenAtRest(): Promise<void> {
    await Promise.allSettled(running);
  }

  return { splitStack, undoSplit, finishStacks, whenAtRest };
}
