import { Cause, SubmissionState, isHoldAllowed, isMoveAllowed, isVoidAllowed } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { SqlValue, WritableDatabase } from '../database/types.ts';
import { appendLedger } from '../ledger/index.ts';

/** Who does it and when. `operator` is the operating system's account, or `system`. */
export interface By {
  readonly now: number;
  readonly operator: string;
}

/** What made a submission move: kept in its timeline. Nothing personal, nothing secret. */
export interface Because {
  readonly message: Message;
  readonly operationId?: string | null;
  readonly requestId?: string | null;
  readonly nextAt?: number | null;
}

/** The present place of a submission on the ladder and beside it. */
export interface Standing {
  readonly state: SubmissionState;
  readonly isHeld: boolean;
  readonly isAttention: boolean;
  readonly isVoided: boolean;
  /** Its pages are purged: it is over, and only the provider's own record of it may still need somebody. */
  readonly isPurged: boolean;
  readonly cause: Cause | null;
  readonly round: number;
}

/** A move that the ladder does not have, or of a submission that does not exist or is voided. Nothing was changed. */
export class IllegalMove extends Error {
  readonly submissionId: string;
  readonly from: SubmissionState | 'voided' | 'missing';
  readonly to: SubmissionState | 'held' | 'voided' | 'attention';
  constructor(submissionId: string, from: IllegalMove['from'], to: IllegalMove['to']) {
    super(`submissions: a submission cannot go from ${from} to ${to}`);
    this.name = 'IllegalMove';
    this.submissionId = submissionId;
    this.from = from;
    this.to = to;
  }
}

interface StandingRow {
  readonly state: string;
  readonly is_held: number;
  readonly is_attention: number;
  readonly voided_at: number | null;
  readonly purged_at: number | null;
  readonly cause: string | null;
  readonly round: number;
}

/** Where a submission stands, or null when there is none of that id. */
export function standing(db: Pick<WritableDatabase, 'get'>, submissionId: string): Standing | null {
  const row = db.get<StandingRow>(
    'SELECT state, is_held, is_attention, voided_at, purged_at, cause, round FROM submissions WHERE id = ?',
    [submissionId],
  );
  if (row === undefined) return null;
  return {
    state: SubmissionState.parse(row.state),
    isHeld: row.is_held === 1,
    isAttention: row.is_attention === 1,
    isVoided: row.voided_at !== null,
    isPurged: row.purged_at !== null,
    cause: row.cause === null ? null : Cause.parse(row.cause),
    round: row.round,
  };
}

/** The standing of a submission that may still change; throws `IllegalMove` for a missing one, or a voided one unless it needs somebody after its purge. */
function changeable(db: WritableDatabase, submissionId: string, to: IllegalMove['to']): Standing {
  const found = standing(db, submissionId);
  if (found === null) throw new IllegalMove(submissionId, 'missing', to);
  if (found.isVoided && !(found.isPurged && to === 'attention')) throw new IllegalMove(submissionId, 'voided', to);
  return found;
}

interface Move {
  readonly submissionId: string;
  readonly to: SubmissionState;
  readonly kind: string;
  readonly because: Because;
  readonly by: By;
  /** What the ledger says; by default the explanation. The provider's own words stand in the row of its answer already. */
  readonly entry?: Message;
  /** Further facts for the ledger. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Further columns, from this file only. */
  readonly columns?: Readonly<Record<string, SqlValue>>;
}

function move(db: WritableDatabase, { submissionId, to, kind, because, by, entry, facts, columns = {} }: Move): void {
  db.transaction(() => {
    const { state } = changeable(db, submissionId, to);
    if (!isMoveAllowed(state, to)) throw new IllegalMove(submissionId, state, to);
    const names = Object.keys(columns);
    db.run(
      `UPDATE submissions SET state = ?, explanation = ?, updated_at = ?${names.map((name) => `, ${name} = ?`).join('')}
       WHERE id = ?`,
      [to, JSON.stringify(because.message), by.now, ...Object.values(columns), submissionId],
    );
    record(db, submissionId, kind, entry === undefined ? because : { ...because, message: entry }, by, facts);
  });
}

function record(
  db: WritableDatabase,
  submissionId: string,
  kind: string,
  because: Because,
  by: By,
  more: Readonly<Record<string, unknown>> = {},
): void {
  appendLedger(db, {
    at: by.now,
    operator: by.operator,
    submissionId,
    operationId: because.operationId ?? null,
    kind,
    data: {
      message: because.message,
      requestId: because.requestId ?? null,
      nextAt: because.nextAt ?? null,
      ...more,
    },
  });
}

/** Every required slot is filled and preflight blocks nothing. */
export function toReady(db: WritableDatabase, submissionId: string, by: By): void {
  move(db, {
    submissionId,
    to: 'ready',
    kind: 'submission.ready',
    because: { message: { code: 'submission.ready' } },
    by,
  });
}

/** Something required was taken out of a `ready` submission. One whose slots the provider wanted again goes to `retake`. */
export function toIncomplete(db: WritableDatabase, submissionId: string, by: By): void {
  db.transaction(() => {
    const row = db.get<{ retake_slots: string | null }>('SELECT retake_slots FROM submissions WHERE id = ?', [
      submissionId,
    ]);
    const to = typeof row?.retake_slots === 'string' ? 'retake' : 'draft';
    move(db, {
      submissionId,
      to,
      kind: `submission.${to}`,
      because: { message: { code: to === 'retake' ? 'submission.retakeIncomplete' : 'submission.draft' } },
      by,
    });
  });
}

/** Handed to the outbox: the caller enqueues the operations in the same transaction. `message`: why, when it is no release of pages. */
export function toReleased(
  db: WritableDatabase,
  submissionId: string,
  by: By,
  message: Message = { code: 'submission.released' },
): void {
  move(db, {
    submissionId,
    to: 'released',
    kind: 'submission.released',
    because: { message },
    by,
    columns: { released_at: by.now, retake_slots: null, cause: null, is_attention: 0, decided_at: null },
  });
}

/** The first operation is about to be attempted. `isQuestion`: it sends nothing and only asks for the outcome. */
export function toSending(db: WritableDatabase, submissionId: string, by: By, isQuestion = false): void {
  move(db, {
    submissionId,
    to: 'sending',
    kind: 'submission.sending',
    because: { message: { code: isQuestion ? 'submission.asked' : 'submission.sending' } },
    by,
  });
}

/**
 * Every operation was acknowledged by the provider, or (`isByWord`) some by a person who looked there; the caller has checked that in the same
 * transaction.
 */
export function toSent(db: WritableDatabase, submissionId: string, by: By, { isByWord = false } = {}): void {
  move(db, {
    submissionId,
    to: 'sent',
    kind: 'submission.sent',
    because: { message: { code: isByWord ? 'submission.sentByWord' : 'submission.sent' } },
    by,
    columns: { sent_at: by.now },
  });
}

/** The provider said that it is working on it. */
export function toInReview(db: WritableDatabase, submissionId: string, because: Because, by: By): void {
  const entry = { code: 'submission.inReview' };
  move(db, { submissionId, to: 'in_review', kind: 'submission.inReview', entry, because, by });
}

/** The provider's decision. A retake names the slots it wants again; the pages stay, and the next round begins. */
export type Decision =
  | { readonly state: 'accepted' | 'rejected' }
  | { readonly state: 'retake'; readonly slots: Readonly<Record<string, Message>> };

export function decide(db: WritableDatabase, submissionId: string, decision: Decision, because: Because, by: By): void {
  db.transaction(() => {
    const { round } = changeable(db, submissionId, decision.state);
    const isRetake = decision.state === 'retake';
    move(db, {
      submissionId,
      to: decision.state,
      kind: `submission.${decision.state}`,
      entry: { code: `submission.${decision.state}` },
      because,
      by,
      ...(isRetake ? { facts: { pageIds: deliveredIn(db, submissionId, Object.keys(decision.slots)) } } : {}),
      columns: {
        decided_at: by.now,
        is_attention: 0,
        cause: isRetake ? 'rescan' : null,
        retake_slots: isRetake ? JSON.stringify(decision.slots) : null,
        round: isRetake ? round + 1 : round,
      },
    });
  });
}

/** The pages in these slots that the provider has and wants anew. */
function deliveredIn(db: WritableDatabase, submissionId: string, slots: readonly string[]): string[] {
  return db
    .all<{ id: string }>(
      `SELECT id FROM pages WHERE submission_id = ? AND state = 'active' AND delivered_at IS NOT NULL
         AND slot IN (SELECT value FROM json_each(?)) ORDER BY id`,
      [submissionId, JSON.stringify(slots)],
    )
    .map(({ id }) => id);
}

/**
 * Taken back by a person before everything was sent; the caller cancels the open operations in the same transaction. From
 * `sending` the next release is a new round: what the provider holds already is not planned again.
 */
export function backToReady(db: WritableDatabase, submissionId: string, by: By): void {
  db.transaction(() => {
    const { state, round } = changeable(db, submissionId, 'ready');
    if (state !== 'released' && state !== 'sending') throw new IllegalMove(submissionId, state, 'ready');
    move(db, {
      submissionId,
      to: 'ready',
      kind: 'submission.takenBack',
      because: { message: { code: 'submission.takenBack' } },
      by,
      columns: { is_attention: 0, cause: null, released_at: null, round: state === 'sending' ? round + 1 : round },
    });
  });
}

/** Of a purged submission the explanation stays the one of its end, whatever becomes of the provider's record. */
const EXPLAIN_UNLESS_PURGED = 'explanation = CASE WHEN purged_at IS NULL THEN ? ELSE explanation END';

/** Something needs a person; `because.message` says what, `cause` says which next step. */
export function attentionOn(db: WritableDatabase, submissionId: string, cause: Cause, because: Because, by: By): void {
  db.transaction(() => {
    changeable(db, submissionId, 'attention');
    db.run(
      `UPDATE submissions SET is_attention = 1, cause = ?, ${EXPLAIN_UNLESS_PURGED}, updated_at = ? WHERE id = ?`,
      [cause, JSON.stringify(because.message), by.now, submissionId],
    );
    record(db, submissionId, 'submission.attention', because, by, { cause });
  });
}

/** Several calls need a person, and the row speaks of another one of them now: also its next step is that one's. */
export function attentionFor(db: WritableDatabase, submissionId: string, cause: Cause, by: By): void {
  db.run('UPDATE submissions SET cause = ?, updated_at = ? WHERE id = ? AND is_attention = 1 AND cause <> ?', [
    cause,
    by.now,
    submissionId,
    cause,
  ]);
}

/** A person did what was needed. Does nothing when nothing was. */
export function attentionOff(db: WritableDatabase, submissionId: string, because: Because, by: By): void {
  db.transaction(() => {
    const { isAttention } = changeable(db, submissionId, 'attention');
    if (!isAttention) return;
    db.run(
      `UPDATE submissions SET is_attention = 0, cause = NULL, ${EXPLAIN_UNLESS_PURGED}, updated_at = ? WHERE id = ?`,
      [JSON.stringify(because.message), by.now, submissionId],
    );
    record(db, submissionId, 'submission.attentionOver', because, by);
  });
}

/** Held by a person, or let go on. Does nothing when it is so already. */
export function hold(db: WritableDatabase, submissionId: string, isHeld: boolean, by: By): void {
  db.transaction(() => {
    const before = changeable(db, submissionId, 'held');
    if (before.isHeld === isHeld) return;
    if (isHeld && !isHoldAllowed(before.state)) throw new IllegalMove(submissionId, before.state, 'held');
    const message: Message = { code: isHeld ? 'submission.held' : `submission.${wordOf(before.state)}` };
    db.run(
      `UPDATE submissions SET is_held = ?, updated_at = ?,
         explanation = CASE is_attention WHEN 1 THEN explanation ELSE ? END WHERE id = ?`,
      [isHeld ? 1 : 0, by.now, JSON.stringify(message), submissionId],
    );
    record(
      db,
      submissionId,
      isHeld ? 'submission.held' : 'submission.letGo',
      { message: { code: isHeld ? 'ledger.held' : 'ledger.letGo' } },
      by,
    );
  });
}

function wordOf(state: SubmissionState): string {
  return state === 'in_review' ? 'inReview' : state;
}

/**
 * Voided by a person; the caller cancels the open operations in the same transaction (which is refused while something is
 * in flight). The reason may name the customer, so it comes sealed by the vault's field cipher.
 */
export function voidSubmission(db: WritableDatabase, submissionId: string, sealedReason: Uint8Array, by: By): void {
  db.transaction(() => {
    const { state, cause } = changeable(db, submissionId, 'voided');
    if (!isVoidAllowed(state, cause)) throw new IllegalMove(submissionId, state, 'voided');
    const message: Message = { code: 'submission.voided' };
    db.run(
      `UPDATE submissions SET voided_at = ?, is_held = 0, is_attention = 0, cause = NULL, explanation = ?, updated_at = ?
       WHERE id = ?`,
      [by.now, JSON.stringify(message), by.now, submissionId],
    );
    record(db, submissionId, 'submission.voided', { message }, by, {
      sealedReason: Buffer.from(sealedReason).toString('base64'),
    });
  });
}

/** Says anew why a submission is where it is, without moving it and without a row of its own in the ledger. */
export function explain(db: WritableDatabase, submissionId: string, message: Message, now: number): void {
  db.transaction(() => {
    db.run(
      `UPDATE submissions SET explanation = ?, updated_at = ?
       WHERE id = ? AND is_attention = 0 AND is_held = 0 AND purged_at IS NULL`,
      [JSON.stringify(message), now, submissionId],
    );
  });
}
