import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Log, LogFields } from '../../../main/logging/index.ts';
import type { OpenedDatabase } from '../../../main/database/index.ts';
import { openForTest, putSetting, setting, temporaryDirectory } from './support.ts';

function open(log?: Log): OpenedDatabase {
  return openForTest(join(temporaryDirectory(), 'satchel.sqlite'), log === undefined ? {} : { log });
}

describe('reading', () => {
  test('takes parameters by place and by name', () => {
    const opened = open();
    putSetting(opened, 'a', '1');
    putSetting(opened, 'b', '2');
    expect(opened.db.get('SELECT value FROM settings WHERE key = ?', ['b'])).toEqual({ value: '2' });
    expect(opened.db.get('SELECT value FROM settings WHERE key = :key', { key: 'a' })).toEqual({ value: '1' });
    expect(opened.db.get('SELECT value FROM settings WHERE key = ?', ['c'])).toBeUndefined();
    expect(opened.db.all('SELECT key FROM settings ORDER BY key')).toEqual([{ key: 'a' }, { key: 'b' }]);
    expect([...opened.db.iterate('SELECT key FROM settings ORDER BY key')]).toEqual([{ key: 'a' }, { key: 'b' }]);
  });

  test.each([
    "UPDATE settings SET value = 'x' RETURNING key",
    'DELETE FROM settings RETURNING key',
    "INSERT INTO settings VALUES ('k', 'v') RETURNING key",
  ])('refuses a statement that writes: %s', (sql) => {
    const opened = open();
    putSetting(opened, 'a', '1');
    for (const read of [() => opened.db.get(sql), () => opened.db.all(sql), () => opened.db.iterate(sql)]) {
      expect(read).toThrow('a writing statement on a read path');
      expect(() => opened.db.transaction(read)).toThrow('a writing statement on a read path');
    }
    expect(opened.db.all('SELECT * FROM settings')).toEqual([{ key: 'a', value: '1' }]);
  });

  test.each([
    'PRAGMA synchronous = OFF',
    ' pragma user_version',
    "ATTACH 'x' AS y",
    'BEGIN',
    'COMMIT',
    "VACUUM INTO 'x'",
  ])('refuses what is not for callers: %s', (sql) => {
    const opened = open();
    expect(() => opened.db.get(sql)).toThrow('not for callers');
    expect(() => opened.db.transaction((db) => db.run(sql))).toThrow('not for callers');
  });
});

describe('writing', () => {
  test('outside a transaction is refused', () => {
    const opened = open();
    const sql = "INSERT INTO settings VALUES ('a', '1')";
    expect(() => opened.db.run(sql)).toThrow('outside a transaction');
    expect(() => opened.db.runReturning(`${sql} RETURNING key`)).toThrow('outside a transaction');
    expect(setting(opened, 'a')).toBeUndefined();
  });

  test('gives the number of changed rows, or the returned row', () => {
    const opened = open();
    putSetting(opened, 'a', '1');
    putSetting(opened, 'b', '1');
    opened.db.transaction((db) => {
      expect(db.run("UPDATE settings SET value = '2'")).toEqual({ changes: 2 });
      expect(db.runReturning("UPDATE settings SET value = '3' WHERE key = 'a' RETURNING key, value")).toEqual({
        key: 'a',
        value: '3',
      });
      expect(db.runReturning("UPDATE settings SET value = '3' WHERE key = 'z' RETURNING key")).toBeUndefined();
    });
  });

  test('an error rolls everything back', () => {
    const opened = open();
    expect(() =>
      opened.db.transaction((db) => {
        db.run("INSERT INTO settings VALUES ('a', '1')");
        db.run("INSERT INTO settings VALUES ('a', '2')");
      }),
    ).toThrow('UNIQUE');
    expect(setting(opened, 'a')).toBeUndefined();
    putSetting(opened, 'a', '3');
    expect(setting(opened, 'a')).toBe('3');
  });

  test('a promise is refused and rolled back', () => {
    const opened = open();
    expect(() =>
      opened.db.transaction(async (db) => {
        db.run("INSERT INTO settings VALUES ('a', '1')");
        await Promise.resolve();
      }),
    ).toThrow('must be synchronous');
    expect(setting(opened, 'a')).toBeUndefined();
  });

  test('a nested transaction joins the outer one', () => {
    const opened = open();
    expect(() =>
      opened.db.transaction((db) => {
        db.transaction((inner) => inner.run("INSERT INTO settings VALUES ('a', '1')"));
        throw new Error('after all');
      }),
    ).toThrow('after all');
    expect(setting(opened, 'a')).toBeUndefined();
    const result = opened.db.transaction((db) =>
      db.transaction((inner) => {
        inner.run("INSERT INTO settings VALUES ('a', '1')");
        return 7;
      }),
    );
    expect(result).toBe(7);
    expect(setting(opened, 'a')).toBe('1');
  });

  test('a nested failure that is swallowed commits nothing', () => {
    const opened = open();
    expect(() =>
      opened.db.transaction((db) => {
        try {
          db.transaction((inner) => {
            inner.run("INSERT INTO settings VALUES ('half', '1')");
            throw new Error('inner');
          });
        } catch {
          // Swallowed on purpose.
        }
      }),
    ).toThrow('a nested transaction failed');
    expect(setting(opened, 'half')).toBeUndefined();
    putSetting(opened, 'next', '1');
    expect(setting(opened, 'next')).toBe('1');
  });

  test('references are enforced and the ledger cannot be changed', () => {
    const opened = open();
    opened.db.transaction((db) => {
      db.run(`INSERT INTO ledger (sequence, at, operator, kind, data, previous_hash, hash)
              VALUES (1, 0, 'o', 'k', '{}', '', '')`);
    });
    expect(() => opened.db.transaction((db) => db.run('DELETE FROM ledger'))).toThrow('append-only');
    expect(() => opened.db.transaction((db) => db.run("UPDATE ledger SET operator = 'x'"))).toThrow('append-only');
    expect(() =>
      opened.db.transaction((db) => db.run("INSERT INTO operation_needs VALUES ('nobody', 'nothing')")),
    ).toThrow('FOREIGN KEY');
  });
});

test('a slow statement is reported by its text, never its parameters', () => {
  const lines: { event: string; fields: LogFields | undefined }[] = [];
  const write = (event: string, fields?: LogFields): void => {
    lines.push({ event, fields });
  };
  const opened = open({ info: write, warn: write, error: write });
  opened.db.get(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)
     SELECT max(i) AS found FROM n WHERE ? <> ''`,
    ['secret parameter'],
  );
  // On a busy machine one of those that open the database may be slow as well.
  const slow = lines.filter(
    ({ event, fields }) => event === 'database.slow' && String(fields?.['sql']).startsWith('WITH RECURSIVE n (i) AS'),
  );
  expect(slow).toHaveLength(1);
  expect(slow[0]?.fields?.['milliseconds']).toBeGreaterThan(40);
  expect(JSON.stringify(lines)).not.toContain('secret parameter');
});
