import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueAfter, dueNow, overBefore } from '../../../main/capture/due.ts';
import type { WritableDatabase } from '../../../main/database/index.ts';
import { appendLedger } from '../../../main/ledger/index.ts';
import { SubmissionState } from '../../../shared/domain/index.ts';
import { openForTest, temporaryDirectory } from '../database/support.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 27, 9);

interface Told {
  readonly id: string;
  readonly state: SubmissionState;
  /** Days ago. */
  readonly decided: number | null;
  readonly voided: number | null;
  /** What the ledger says of the end, and when; days ago. */
  readonly told: number | null;
  readonly isHeld: boolean;
  readonly isAttention: boolean;
  readonly isPurged: boolean;
  readonly hasPage: boolean;
  readonly operation: number | null;
}

function open(): WritableDatabase {
  const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
  db.transaction(() => {
    db.run(
      `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
       VALUES ('c', 'persona', 'c', 'practice', 'http://127.0.0.1', '{}', '[]', 0)`,
    );
    db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'o', 0)`);
  });
  return db;
}

const ago = (days: number | null): number | null => (days === null ? null : NOW - Math.round(days * DAY_MS));

function insert(db: WritableDatabase, one: Told): void {
  const { id } = one;
  db.transaction(() => {
    db.run(
      `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator, created_at,
         updated_at, decided_at, voided_at, is_held, is_attention, purged_at)
       VALUES (?, 'b', 'c', '{}', ?, '{}', x'00', 'o', 0, 0, ?, ?, ?, ?, ?)`,
      [
        id,
        one.state,
        ago(one.decided),
        ago(one.voided),
        Number(one.isHeld),
        Number(one.isAttention),
        one.isPurged ? NOW : null,
      ],
    );
    if (one.hasPage) {
      db.run("INSERT INTO blobs (id, kind, byte_length, sha256, created_at) VALUES (?, 'original', 1, '', 0)", [id]);
      db.run(
        `INSERT INTO pages (id, submission_id, blob_id, state, media_type, file_name_sealed, source, captured_at)
         VALUES (?, ?, ?, 'active', 'image/jpeg', x'00', 'drop', 0)`,
        [id, id, id],
      );
    }
    if (one.operation !== null) {
      db.run(
        `INSERT INTO operations (id, submission_id, connection_id, kind, payload, state, idempotency_key, run_at, created_at)
         VALUES (?, ?, 'c', 'k', '{}', ?, 'k', 0, 0)`,
        [id, id, one.operation],
      );
    }
    const at = ago(one.told);
    if (at === null) return;
    appendLedger(db, {
      at,
      operator: 'o',
      submissionId: id,
      operationId: null,
      kind: one.voided === null ? `submission.${one.state}` : 'submission.voided',
      data: { message: { code: 'x' } },
    });
  });
}

const base: Told = {
  id: 's',
  state: 'accepted',
  decided: 31,
  voided: null,
  told: 31,
  isHeld: false,
  isAttention: false,
  isPurged: false,
  hasPage: true,
  operation: 4,
};

function idsDue(db: WritableDatabase, keepDays: number): string[] {
  return dueAfter(db, overBefore(NOW, keepDays), null).map(({ id }) => id);
}

describe('what is past a period of 30 days', () => {
  test.each<[string, Partial<Told>, boolean]>([
    ['accepted 31 days ago', {}, true],
    ['accepted exactly 30 days ago', { decided: 30, told: 30 }, true],
    ['accepted 29.99 days ago', { decided: 29.99, told: 29.99 }, false],
    ['rejected 31 days ago', { state: 'rejected' }, true],
    ['voided as a draft 31 days ago', { state: 'draft', decided: null, voided: 31 }, true],
    ['voided yesterday', { state: 'draft', decided: null, voided: 1, told: 1 }, false],
    ['wanted again 40 days ago, voided yesterday', { state: 'retake', decided: 40, voided: 1, told: 1 }, false],
    ['wanted again 40 days ago', { state: 'retake', decided: 40 }, false],
    ['in review', { state: 'in_review' }, false],
    ['accepted without a time', { decided: null }, false],
    ['accepted tomorrow, by a clock that was wrong', { decided: -1 }, false],
    ['accepted while the date stood years too early: the ledger knows better', { decided: 4_000, told: 2 }, false],
    ['of whose end the ledger says nothing', { told: null }, false],
    ['held', { isHeld: true }, false],
    ['needing a person', { isAttention: true }, false],
    ['purged already', { isPurged: true }, false],
    ['without a page', { hasPage: false }, false],
    ['with a call that waits', { operation: 1 }, false],
    ['with a call in flight', { operation: 2 }, false],
    ['with a call that nobody knows of', { operation: 3 }, false],
    ['with a call that waits for a person', { operation: 5 }, false],
    ['with calls that were called off', { operation: 6 }, true],
  ])('one %s', (_name, change, isDue) => {
    const db = open();
    insert(db, { ...base, ...change });
    expect(idsDue(db, 30)).toEqual(isDue ? ['s'] : []);
    expect(dueNow(db, overBefore(NOW, 30), 's') !== null).toBe(isDue);
  });

  test('what ended while the date stood too early is not old: the rows before it are younger', () => {
    const db = open();
    db.transaction(() => {
      appendLedger(db, {
        at: NOW - 5 * DAY_MS,
        operator: 'o',
        submissionId: null,
        operationId: null,
        kind: 'batch.created',
        data: { message: { code: 'x' } },
      });
    });
    insert(db, { ...base, decided: 4_000, told: 4_000 });
    expect(idsDue(db, 30)).toEqual([]);
  });

  test('is found by its index, in the order of the ends', () => {
    const db = open();
    for (const days of [50, 90, 70]) insert(db, { ...base, id: `s${days}`, decided: days, told: 90 });
    expect(idsDue(db, 30)).toEqual(['s90', 's70', 's50']);
    const plan = db.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id FROM submissions WHERE purged_at IS NULL
         AND (voided_at IS NOT NULL OR state IN ('accepted', 'rejected'))
         AND CASE WHEN voided_at IS NULL THEN decided_at ELSE max(voided_at, coalesce(decided_at, 0)) END <= ?
       ORDER BY CASE WHEN voided_at IS NULL THEN decided_at ELSE max(voided_at, coalesce(decided_at, 0)) END, id`,
      [1],
    );
    expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH submissions USING INDEX submissions_over (<expr><?)']);
  });

  test('is never anything that is not over, or younger, whatever the rows say', () => {
    const days = fc.option(fc.integer({ min: -40, max: 400 }));
    const seldom = fc.constantFrom(false, false, false, false, true);
    const told = fc.record({
      state: fc.constantFrom(...SubmissionState.options),
      decided: days,
      voided: days,
      told: days,
      isHeld: seldom,
      isAttention: seldom,
      isPurged: seldom,
      hasPage: seldom.map((isSo) => !isSo),
      operation: fc.constantFrom(null, 4, 6, 0, 1, 2, 3, 5),
    });
    let count = 0;
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(told, { minLength: 20, maxLength: 40 }),
        fc.integer({ min: 1, max: 200 }),
        (rows, keepDays) => {
          const made = rows.map((row): Told => ({ ...row, id: `s${(count += 1)}` }));
          const db = open();
          // The ledger is written as time goes on.
          for (const row of made.toSorted((a, b) => (b.told ?? 0) - (a.told ?? 0))) insert(db, row);
          const due = new Set(idsDue(db, keepDays));
          found += made.filter(({ id }) => due.has(id)).length;
          for (const row of made.filter(({ id }) => due.has(id))) {
            expect(row.voided !== null || row.state === 'accepted' || row.state === 'rejected').toBe(true);
            const ends = row.voided === null ? [row.decided] : [row.voided, row.decided ?? row.voided];
            expect(ends.every((end) => end !== null && end >= keepDays)).toBe(true);
            expect(row.told).toBeGreaterThanOrEqual(keepDays);
            expect([row.isHeld, row.isAttention, row.isPurged, row.hasPage]).toEqual([false, false, false, true]);
            expect([null, 4, 6]).toContain(row.operation);
          }
        },
      ),
      { numRuns: 25 },
    );
    expect(found).toBeGreaterThan(3);
  });
});
