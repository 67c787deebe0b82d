import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { appendLedger, readLedger, verifyLedger, type LedgerEntry } from '../../../main/ledger/index.ts';
import { openForTest, START_MS, temporaryDirectory } from '../database/support.ts';

function entry(changed: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    at: START_MS,
    operator: 'desk',
    submissionId: null,
    operationId: null,
    kind: 'page.captured',
    data: { message: { code: 'ledger.pageCaptured' } },
    ...changed,
  };
}

/** A ledger of ten rows in a closed file, so that a stranger can change it. */
async function tenRows(): Promise<string> {
  const file = join(temporaryDirectory(), 'satchel.sqlite');
  const opened = openForTest(file);
  opened.db.transaction((db) => {
    for (let index = 1; index <= 10; index += 1) appendLedger(db, entry({ at: START_MS + index }));
  });
  expect(await verifyLedger(opened.db)).toMatchObject({ isIntact: true, rows: 10, firstBadSequence: null });
  opened.close();
  return file;
}

/** Somebody with the file and SQLite, who removes the triggers, works, and puts them back. */
function tamper(file: string, sql: string): void {
  const plain = new Sqlite(file);
  const triggers: unknown[] = plain.prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  plain.exec('DROP TRIGGER ledger_is_append_only_update; DROP TRIGGER ledger_is_append_only_delete;');
  plain.exec(sql);
  for (const trigger of triggers) plain.exec(String(trigger));
  plain.close();
}

describe('appending', () => {
  test('numbers the rows without gaps and chains them', () => {
    const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
    expect(appendLedger(db, entry())).toBe(1);
    expect(appendLedger(db, entry())).toBe(2);
    const [first, second] = readLedger(db);
    expect(first?.previousHash).toBe('0'.repeat(64));
    expect(first?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.previousHash).toBe(first?.hash);
    expect(second?.hash).not.toBe(first?.hash);
  });

  test("goes with the caller's transaction", async () => {
    const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
    expect(() =>
      db.transaction(() => {
        appendLedger(db, entry());
        throw new Error('the deed failed');
      }),
    ).toThrow('the deed failed');
    expect(readLedger(db)).toEqual([]);
    expect(await verifyLedger(db)).toEqual({
      isIntact: true,
      rows: 0,
      firstBadSequence: null,
      headHash: '0'.repeat(64),
      problem: null,
    });
  });

  test('the order of the members does not matter to the hash', () => {
    const hashes = [
      { message: { code: 'c', params: { a: 1, b: 'two' } }, requestId: 'r', nextAt: null, pages: 2 },
      { pages: 2, nextAt: null, requestId: 'r', message: { params: { b: 'two', a: 1 }, code: 'c' } },
    ].map((data) => {
      const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
      appendLedger(db, entry({ data }));
      return readLedger(db)[0]?.hash;
    });
    expect(hashes[0]).toBe(hashes[1]);
  });
});

describe('reading', () => {
  test('gives the whole ledger, or one submission, page by page', () => {
    const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
    db.transaction(() => {
      for (let index = 0; index < 25; index += 1) {
        appendLedger(db, entry({ submissionId: index % 2 === 0 ? 'even' : 'odd' }));
      }
    });
    expect(readLedger(db, { limit: 10 }).map((row) => row.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(readLedger(db, { limit: 10, afterSequence: 20 }).map((row) => row.sequence)).toEqual([21, 22, 23, 24, 25]);
    const odd = readLedger(db, { submissionId: 'odd', limit: 3 });
    expect(odd.map((row) => row.sequence)).toEqual([2, 4, 6]);
    expect(readLedger(db, { submissionId: 'odd', afterSequence: 22 }).map((row) => row.sequence)).toEqual([24]);
  });

  test('gives back what was written', () => {
    const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
    const written = entry({
      submissionId: 's',
      operationId: 'o',
      data: { message: { code: 'x', params: { count: 2 } }, requestId: 'req_1', nextAt: 5, sha256: 'ab' },
    });
    appendLedger(db, written);
    expect(readLedger(db)[0]).toMatchObject(written);
  });
});

describe('a ledger that was tampered with', () => {
  test.each([
    ['an operator', "UPDATE ledger SET operator = 'somebody' WHERE sequence = 4", 4],
    ['a time', 'UPDATE ledger SET at = at + 1 WHERE sequence = 1', 1],
    ['a submission', "UPDATE ledger SET submission_id = 'other' WHERE sequence = 5", 5],
    ['the data', `UPDATE ledger SET data = '{"message":{"code":"nothing"}}' WHERE sequence = 10`, 10],
    ['a hash', "UPDATE ledger SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE sequence = 7", 7],
    ['a removed row', 'DELETE FROM ledger WHERE sequence = 6', 6],
    ['a removed first row', 'DELETE FROM ledger WHERE sequence = 1', 1],
    [
      'two rows in each other’s place',
      'UPDATE ledger SET sequence = 99 WHERE sequence = 2; UPDATE ledger SET sequence = 2 WHERE sequence = 3; UPDATE ledger SET sequence = 3 WHERE sequence = 99',
      2,
    ],
    [
      'an invented row',
      'INSERT INTO ledger SELECT 11, at, operator, submission_id, operation_id, kind, data, hash, hash FROM ledger WHERE sequence = 10',
      11,
    ],
  ])('%s is found', async (_name, sql, firstBadSequence) => {
    const file = await tenRows();
    tamper(file, sql);
    const { db } = openForTest(file);
    expect(await verifyLedger(db)).toMatchObject({ isIntact: false, firstBadSequence, rows: firstBadSequence - 1 });
  });

  test('a cut-off end shows in the head', async () => {
    const file = await tenRows();
    const before = openForTest(file);
    const { headHash } = await verifyLedger(before.db);
    before.close();
    tamper(file, 'DELETE FROM ledger WHERE sequence = 10');
    const verdict = await verifyLedger(openForTest(file).db);
    expect(verdict).toMatchObject({ isIntact: true, rows: 9 });
    expect(verdict.headHash).not.toBe(headHash);
  });

  test('a cut-off end is found by the head of an earlier look, and an end that grew is not taken for one', async () => {
    const file = await tenRows();
    const before = openForTest(file);
    const { headHash } = await verifyLedger(before.db);
    before.db.transaction((db) => appendLedger(db, entry()));
    expect(await verifyLedger(before.db, headHash)).toMatchObject({ isIntact: true, rows: 11 });
    before.close();
    tamper(file, 'DELETE FROM ledger WHERE sequence >= 10');
    const after = openForTest(file);
    expect(await verifyLedger(after.db, headHash)).toMatchObject({
      isIntact: false,
      problem: 'cut',
      firstBadSequence: 10,
    });
  });
});

test('a ledger longer than one page is verified to its end', async () => {
  const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
  db.transaction(() => {
    for (let index = 0; index < 1001; index += 1) appendLedger(db, entry());
  });
  expect(await verifyLedger(db)).toMatchObject({ isIntact: true, rows: 1001 });
});
