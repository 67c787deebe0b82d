import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrations } from '../../../main/database/index.ts';
import { claimNext, counts, recover } from '../../../main/outbox/index.ts';
import type { SizeClass } from '../../../main/outbox/index.ts';
import { CLAIMED } from '../../../main/outbox/rows.ts';
import { openForTest, temporaryDirectory } from '../../unit/database/support.ts';

const root = join(import.meta.dirname, '../../..');

/** Text of each shipped migration. A changed one is a new one: append it to main/database/migrations instead. */
const FROZEN: Readonly<Record<string, string>> = {
  '0001-foundation': '1b14e83e3e1e344bb449f2ea1fd002691bceffb87c1791822fa420c78fccfe4b',
  '0002-lists': '0830199d760b08270c3874397b8b03ff524a6a522d2c45c3804f157eed4629ef',
  '0003-claims': '5c0582961567f07be32dfdfdd8499a5e1897e3e44962e6ce31a993ba435b1c45',
  '0004-page-times': '676a808dc62a00f5a74ed09df461f09489306f667f3ff86e70eb64784b07428c',
  '0005-lanes': '4504e2813ce62c609c36d5a25422d3c3fb0307061289bcac5f8aaf3334a0d689',
  '0006-renditions': '0fb024b856fd1f89970fe555101f7e3d7f167f63cfaa714c82cb7630e90c9634',
  '0007-readings': '6fe8b1b2f77f51053278a85622e5cd94e6c492106eba2288059f52b87451964b',
  '0008-page-measures': '706ee8f0ae986e16951e78f517d0405bd42dd18cde5bdc423d759e0344f240c5',
  '0009-stacks': '19436468e1ea36dc2dcb1d01e42c6ea500e8c5f7586dc677504b09093e7c1c5e',
  '0010-stack-moves': 'bbe8f19d626083e1dea5a714dcbded1c28059df55a984a65402b010f0bb3afc6',
  '0011-described-providers': '47c4c5c752f78d68c9044b0fbacd63b21015cdfab36f23e79e24390d304cac11',
  '0012-owners': 'e4513570127d7e7d2a51d47ffc7befb1612474948f1054f13028c0b8c337802f',
  '0013-retention': '3cced34a39f6568b43939e44bc1176efedffc2a7f4571396fcec4b62ec67e40f',
  '0014-redaction': 'bdb936034e2e45b853d546894a499afadbf2ad9338e61d72f45b720397621955',
  '0015-redaction-undecided': '128a79ad13c300578592807a1292dfef3807260b7758f758785f467a44d5e0fd',
  '0016-issue-dates': 'c93d6d9a7528686697980bc04532c50e9aac558fc0be4c34a5f2f9662ab07f97',
  '0017-flow-ids': '01b8cbc347c2456aa1d175dd8273eea21f43d8dbebe3a896f54e4b78ef174f12',
};

describe('the schema', () => {
  test('is what schema.snapshot.sql says (write it anew with `vitest -u` and look at the difference)', async () => {
    const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
    const statements = db
      .all<{ sql: string }>(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'table' DESC, type, name",
      )
      .map(({ sql }) => `${sql.replace(/^ {6}/gm, '')};\n`);
    await expect(statements.join('\n')).toMatchFileSnapshot(join(root, 'test/migrations/schema.snapshot.sql'));
  });

  test.each(Object.entries(FROZEN))('migration %s is frozen', (name, sha256) => {
    const text = readFileSync(join(root, `main/database/migrations/${name}.ts`));
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
  });

  test('every migration has its hash here', () => {
    const names = migrations.map(({ version, name }) => `${String(version).padStart(4, '0')}-${name}`);
    expect(Object.keys(FROZEN)).toEqual(names);
  });
});

describe('0 → 1, foundation', () => {
  test('makes every table from nothing', () => {
    const opened = openForTest(join(temporaryDirectory(), 'satchel.sqlite'), { migrations: migrations.slice(0, 1) });
    expect(opened.migratedFrom).toBe(0);
    const tables = opened.db.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    expect(tables.map(({ name }) => name)).toEqual([
      'batches',
      'blobs',
      'connections',
      'documents',
      'ledger',
      'operation_needs',
      'operations',
      'pages',
      'settings',
      'submissions',
    ]);
  });

  test.each([
    [
      `SELECT * FROM operations
       WHERE state = 1 AND connection_id = ? AND lane = 0 AND turn <= ? ORDER BY turn, id LIMIT 1`,
      ['SEARCH operations USING INDEX operations_runnable (connection_id=? AND lane=? AND state=? AND turn<?)'],
    ],
    [
      'SELECT * FROM operations WHERE state = 3 AND run_at <= ? ORDER BY run_at, id LIMIT 1',
      ['SEARCH operations USING INDEX operations_unknown (run_at<?)'],
    ],
    [
      'SELECT * FROM operations WHERE state = 2 AND connection_id = ? AND lane = 1',
      ['SEARCH operations USING INDEX operations_runnable (connection_id=? AND lane=? AND state=?)'],
    ],
    [
      'SELECT * FROM operations WHERE submission_id = ? ORDER BY id',
      ['SEARCH operations USING INDEX operations_by_submission (submission_id=?)'],
    ],
    [
      'SELECT * FROM operation_needs WHERE needs_id = ?',
      ['SEARCH operation_needs USING COVERING INDEX operation_needs_by_needed (needs_id=?)'],
    ],
    [
      'SELECT * FROM submissions WHERE is_attention = 1 AND id < ? ORDER BY id DESC LIMIT 60',
      ['SEARCH submissions USING INDEX submissions_needing_a_person (id<?)'],
    ],
    [
      'SELECT * FROM submissions WHERE state = ? AND id < ? ORDER BY id DESC LIMIT 60',
      ['SEARCH submissions USING INDEX submissions_by_state (state=? AND id<?)'],
    ],
    [
      'SELECT * FROM submissions WHERE id < ? ORDER BY id DESC LIMIT 60',
      ['SEARCH submissions USING PRIMARY KEY (id<?)'],
    ],
    [
      `SELECT state IN ('draft', 'ready') AS isAtDesk, count(*) FROM submissions WHERE connection_id = ? AND flow_id = ?
         AND voided_at IS NULL AND state IN ('draft', 'released') AND retake_slots IS NULL GROUP BY isAtDesk`,
      [
        'SEARCH submissions USING COVERING INDEX submissions_by_flow (connection_id=? AND flow_id=? AND voided_at=? AND state=? AND retake_slots=?)',
        'USE TEMP B-TREE FOR GROUP BY',
      ],
    ],
    [
      "SELECT * FROM blobs WHERE kind = 'original' AND sha256 = ?",
      ['SEARCH blobs USING INDEX blobs_by_sha256 (sha256=?)'],
    ],
    [
      "SELECT * FROM pages WHERE inspected_at IS NULL AND state = 'active' ORDER BY id LIMIT 1",
      ['SCAN pages USING INDEX pages_not_inspected'],
    ],
    [
      'SELECT * FROM pages WHERE captured_at >= ? AND captured_at < ?',
      ['SEARCH pages USING INDEX pages_by_capture (captured_at>? AND captured_at<?)'],
    ],
    [
      'SELECT * FROM pages WHERE delivered_at >= ? AND delivered_at < ?',
      ['SEARCH pages USING INDEX pages_by_delivery (delivered_at>? AND delivered_at<?)'],
    ],
    [
      'SELECT 1 FROM pages WHERE thumbnail_blob_id = ?',
      ['SEARCH pages USING COVERING INDEX pages_by_thumbnail (thumbnail_blob_id=?)'],
    ],
    [
      'SELECT * FROM ledger WHERE submission_id = ? AND sequence > ? ORDER BY sequence LIMIT ?',
      ['SEARCH ledger USING INDEX ledger_by_submission (submission_id=? AND sequence>?)'],
    ],
    [
      `SELECT pages.id FROM readings JOIN pages ON pages.id = page_id JOIN submissions ON submissions.id = submission_id
       WHERE number_tag = ? AND submission_id <> ? AND pages.state = 'active' ORDER BY page_id LIMIT 1`,
      [
        'SEARCH readings USING COVERING INDEX readings_by_number (number_tag=?)',
        'SEARCH pages USING PRIMARY KEY (id=?)',
        'SEARCH submissions USING PRIMARY KEY (id=?)',
      ],
    ],
    [
      `SELECT pages.id FROM pages JOIN readings ON page_id = pages.id
       WHERE submission_id = ? AND state = 'active' ORDER BY pages.id`,
      [
        'SEARCH pages USING COVERING INDEX pages_by_submission (submission_id=? AND state=?)',
        'SEARCH readings USING PRIMARY KEY (page_id=?)',
      ],
    ],
    ['SELECT sequence, hash FROM ledger ORDER BY sequence DESC LIMIT 1', ['SCAN ledger']],
  ])('finds its rows without sorting or looking at others: %s', (sql, plan) => {
    const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
    const parameters = Array.from(sql.matchAll(/\?/g), () => 1);
    const steps = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    expect(steps.map(({ detail }) => detail)).toEqual(plan);
  });
});

describe('2 → 3, claims', () => {
  test('what was claimed and what waited is still found, without a walk over what waits', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const before = openForTest(file, { migrations: migrations.slice(0, 2) });
    before.db.transaction((db) => {
      db.run(
        `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
         VALUES ('c', 'persona', 'c', 'practice', 'http://127.0.0.1', '{}', '[]', 0)`,
      );
      db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'o', 0)`);
      db.run(
        `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator,
           created_at, updated_at) VALUES ('s', 'b', 'c', '{}', 'released', '{}', x'00', 'o', 0, 0)`,
      );
      for (const [id, state, bytes] of [
        ['claimed', 2, 10],
        ['waiting', 1, 10],
        ['large', 1, 100_000],
        ['done', 4, 10],
      ] as const) {
        db.run(
          `INSERT INTO operations (id, submission_id, connection_id, kind, payload, state, idempotency_key, run_at,
             byte_length, created_at) VALUES (?, 's', 'c', 'k', '{}', ?, 'key', 0, ?, 0)`,
          [id, state, bytes],
        );
      }
    });
    before.close();
    const { db, migratedFrom } = openForTest(file);
    expect(migratedFrom).toBe(2);
    expect(counts(db)).toMatchObject({ pending: 2, claimed: 1 });
    expect(claimNext(db, { now: 0, leaseToken: 'x', size: 'upload' })?.id).toBe('large');
    expect(recover(db, { now: 0 }).map(({ operationId }) => operationId)).toEqual(['claimed', 'large']);
    const plan = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN SELECT count(*) FROM ${CLAIMED}`);
    expect(plan.map(({ detail }) => detail)).toContain(
      'SEARCH operations USING COVERING INDEX operations_runnable (connection_id=? AND lane=? AND state=?)',
    );
  });
});

describe('4 → 5, lanes', () => {
  test('what waited keeps its order, in its lane; what was tried before waits for its time', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const before = openForTest(file, { migrations: migrations.slice(0, 4) });
    before.db.transaction((db) => {
      db.run(
        `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
         VALUES ('c', 'persona', 'c', 'practice', 'http://127.0.0.1', '{}', '[]', 0)`,
      );
      db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'o', 0)`);
      db.run(
        `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator,
           created_at, updated_at) VALUES ('s', 'b', 'c', '{}', 'released', '{}', x'00', 'o', 0, 0)`,
      );
      for (const [id, kind, bytes, attempts, runAt, createdAt] of [
        ['new', 'persona.document.submit', 10, 0, 20, 20],
        ['old', 'persona.document.submit', 10, 0, 10, 10],
        ['tried', 'persona.document.submit', 10, 1, 5_000, 1],
        ['large', 'persona.document.create', 100_000, 0, 10, 10],
        ['question', 'persona.document.follow', 0, 0, 10, 10],
      ] as const) {
        db.run(
          `INSERT INTO operations (id, submission_id, connection_id, kind, payload, state, idempotency_key, run_at,
             byte_length, attempts, created_at) VALUES (?, 's', 'c', ?, '{}', 1, 'key', ?, ?, ?, ?)`,
          [id, kind, runAt, bytes, attempts, createdAt],
        );
      }
    });
    before.close();
    const { db } = openForTest(file);
    const next = (size: SizeClass, now: number): string | undefined =>
      claimNext(db, { now, leaseToken: `${size}${now}`, size })?.id;
    expect([next('small', 100), next('small', 101), next('small', 102)]).toEqual(['old', 'new', undefined]);
    expect([next('small', 5_000), next('upload', 100), next('follow', 100)]).toEqual(['tried', 'large', 'question']);
  });
});

describe('6 → 7, readings', () => {
  test('customers of before have nothing unconfirmed and nothing decided', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const before = openForTest(file, { migrations: migrations.slice(0, 6) });
    before.db.transaction((db) => {
      db.run(
        `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
         VALUES ('c', 'persona', 'c', 'practice', 'http://127.0.0.1', '{}', '[]', 0)`,
      );
      db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'o', 0)`);
      db.run(
        `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator,
           created_at, updated_at) VALUES ('s', 'b', 'c', '{}', 'draft', '{}', x'00', 'o', 0, 0)`,
      );
    });
    before.close();
    const { db } = openForTest(file);
    expect(db.all('SELECT unconfirmed_fields, same_customer_sealed FROM submissions')).toEqual([
      { unconfirmed_fields: '{}', same_customer_sealed: null },
    ]);
    expect(db.all('SELECT * FROM readings')).toEqual([]);
  });
});

describe('10 → 11, described providers', () => {
  test('connections keep everything, submissions keep their connection, and a provider of tomorrow fits', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const before = openForTest(file, { migrations: migrations.slice(0, 10) });
    before.db.transaction((db) => {
      for (const id of ['c', 'gone']) {
        db.run(
          `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, credential_sealed, token_sealed,
             token_expires_at, pause, created_at, removed_at)
           VALUES (?, 'personr', 'n', 'sandbox', 'http://127.0.0.1', '{}', '[1]', x'01', x'02', 3, '{"cause":"wait"}', 4, ?)`,
          [id, id === 'gone' ? 5 : null],
        );
      }
      db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'o', 0)`);
      db.run(
        `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator,
           created_at, updated_at) VALUES ('s', 'b', 'c', '{}', 'draft', '{}', x'00', 'o', 0, 0)`,
      );
    });
    const rows = before.db.all<Record<string, unknown>>('SELECT * FROM connections ORDER BY id');
    before.close();
    const { db } = openForTest(file);
    // What later steps add says that nothing is redacted.
    const kept = rows.map((row) => ({ ...row, redacts_when_purged: 0, redaction_undecided: 0 }));
    expect(db.all('SELECT * FROM connections ORDER BY id')).toEqual(kept);
    const insert = (id: string, provider: string) =>
      db.transaction((handle) =>
        handle.run(
          `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
           VALUES (?, ?, 'n', 'sandbox', 'http://127.0.0.1', '{}', '[]', 0)`,
          [id, provider],
        ),
      );
    insert('t', 'tomorrow');
    expect(() => db.transaction((handle) => handle.run(`DELETE FROM connections WHERE id = 'c'`))).toThrow(
      /FOREIGN KEY/,
    );
    expect(() =>
      db.transaction((handle) => handle.run(`UPDATE submissions SET connection_id = 'nobody' WHERE id = 's'`)),
    ).toThrow(/FOREIGN KEY/);
  });
});

describe('12 → 13, retention', () => {
  test('nothing of before is purged or marked, and its index finds what is over', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const before = openForTest(file, { migrations: migrations.slice(0, 12) });
    before.db.transaction((db) => {
      db.run(
        `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
         VALUES ('c', 'persona', 'c', 'practice', 'http://127.0.0.1', '{}', '[]', 0)`,
      );
      db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'o', 0)`);
      db.run(
        `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator,
           created_at, updated_at, decided_at) VALUES ('s', 'b', 'c', '{}', 'accepted', '{}', x'00', 'o', 0, 0, 1)`,
      );
      db.run("INSERT INTO blobs (id, kind, byte_length, sha256, created_at) VALUES ('x', 'original', 1, '', 0)");
      db.run(
        `INSERT INTO pages (id, submission_id, blob_id, state, media_type, file_name_sealed, source, captured_at)
         VALUES ('p', 's', 'x', 'active', 'image/jpeg', x'00', 'drop', 0)`,
      );
    });
    before.close();
    const { db } = openForTest(file);
    for (const table of ['submissions', 'pages', 'blobs']) {
      expect(db.all(`SELECT purged_at FROM ${table}`)).toEqual([{ purged_at: null }]);
    }
    expect(db.all('SELECT * FROM blobs_to_shred')).toEqual([]);
    const over = db.all(
      `SELECT id FROM submissions INDEXED BY submissions_over
       WHERE purged_at IS NULL AND (voided_at IS NOT NULL OR state IN ('accepted', 'rejected'))`,
    );
    expect(over).toEqual([{ id: 's' }]);
  });
});

describe('16 → 17, flow ids', () => {
  test('takes the id of everybody’s flow from their copy', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const before = openForTest(file, { migrations: migrations.slice(0, 16) });
    before.db.transaction((db) => {
      db.run(
        "INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at) VALUES ('c', 'persona', 'c', 'sandbox', 'https://a', '{}', '[]', 1)",
      );
      db.run("INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'kim', 1)");
      db.run(
        `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator, created_at, updated_at)
         VALUES ('s', 'b', 'c', '{"id":"customer"}', 'draft', '{}', X'00', 'kim', 1, 1)`,
      );
    });
    before.close();
    const { db } = openForTest(file);
    expect(db.all('SELECT id, flow_id FROM submissions')).toEqual([{ id: 's', flow_id: 'customer' }]);
  });
});
