import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { APPLICATION_ID, migrations, openDatabase, type Migration } from '../../../main/database/index.ts';
import { contentOf, openForTest, optionsFor, putSetting, setting, temporaryDirectory, testClock } from './support.ts';

const PAGE_BYTES = 4096;

/** The step after the newest one. */
const NEXT_VERSION = migrations.length + 1;

const next: Migration = {
  version: NEXT_VERSION,
  name: 'next',
  up(db) {
    db.exec('ALTER TABLE settings ADD COLUMN note TEXT');
  },
};

function zeroPage(file: string, page: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
  closeSync(handle);
}

/** A page that a table's rows lie on, so that zeroing it is damage in the middle of the data. */
function fillAndFindPage(file: string): number {
  const opened = openForTest(file);
  for (let index = 0; index < 300; index += 1) putSetting(opened, `key ${index}`, 'x'.repeat(100));
  opened.close();
  return pageOf(file, 'settings');
}

/** The last leaf page of a table or index. */
function pageOf(file: string, name: string): number {
  const plain = new Sqlite(file, { readonly: true });
  const page: unknown = plain
    .prepare("SELECT max(pageno) FROM dbstat WHERE name = ? AND pagetype = 'leaf'")
    .pluck()
    .get(name);
  plain.close();
  if (typeof page !== 'number') throw new Error('no leaf page');
  return page;
}

describe('a new file', () => {
  test('gets our application id, the newest schema and a mode for this user only', () => {
    const file = join(temporaryDirectory(), 'profile', 'satchel.sqlite');
    const opened = openForTest(file);
    expect(opened).toMatchObject({
      wasUnclean: false,
      quarantined: null,
      restoredFrom: null,
      setAside: [],
      migratedFrom: 0,
      backup: null,
      isDiskFull: false,
    });
    opened.close();
    const plain = new Sqlite(file, { readonly: true });
    expect(plain.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(plain.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(plain.pragma('journal_mode', { simple: true })).toBe('wal');
    plain.close();
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  test('a clean end leaves no log, and what was committed is there', () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'satchel.sqlite');
    const first = openForTest(file);
    putSetting(first, 'a', '1');
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    expect(existsSync(`${file}-shm`)).toBe(false);
    first.close();
    expect(readdirSync(directory)).toEqual(['satchel.sqlite']);
    const second = openForTest(file);
    expect(second.wasUnclean).toBe(false);
    expect(setting(second, 'a')).toBe('1');
  });

  test('a file that was created but never written is taken over', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    writeFileSync(file, '');
    expect(openForTest(file).migratedFrom).toBe(0);
  });

  test('is refused a second time in this process, and free again after closing', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const opened = openForTest(file);
    expect(openDatabase(optionsFor(file))).toMatchObject({ kind: 'refused', reason: 'in_use' });
    opened.close();
    openForTest(file);
  });
});

describe("somebody else's file", () => {
  test.each([0, 0x12345678])(
    "another program's file (application id %i) is refused without a changed byte",
    (applicationId) => {
      const directory = temporaryDirectory();
      const file = join(directory, 'satchel.sqlite');
      const foreign = new Sqlite(file);
      foreign.pragma(`application_id = ${applicationId}`);
      foreign.exec('CREATE TABLE theirs (a)');
      foreign.close();
      const before = contentOf(directory);
      expect(openDatabase(optionsFor(file))).toEqual({
        kind: 'refused',
        reason: 'foreign',
        foundVersion: null,
        code: null,
      });
      expect(contentOf(directory)).toEqual(before);
    },
  );

  test('a file of a later version is refused without a changed byte', () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'satchel.sqlite');
    openForTest(file, { migrations: [...migrations, next] }).close();
    const before = contentOf(directory);
    expect(openDatabase(optionsFor(file))).toEqual({
      kind: 'refused',
      reason: 'future',
      foundVersion: NEXT_VERSION,
      code: null,
    });
    expect(contentOf(directory)).toEqual(before);
  });

  test('a later version that stands in the log only is refused as well', () => {
    const source = temporaryDirectory();
    const file = join(source, 'satchel.sqlite');
    openForTest(file).close();
    const later = openForTest(file, { migrations: [...migrations, next] });
    // A copy of both files while they are open is what a power cut leaves.
    const directory = temporaryDirectory();
    const crashed = join(directory, 'satchel.sqlite');
    writeFileSync(crashed, readFileSync(file));
    writeFileSync(`${crashed}-wal`, readFileSync(`${file}-wal`));
    later.close();
    expect(readFileSync(crashed).readUInt32BE(60)).toBe(migrations.length);
    const before = contentOf(directory);
    expect(openDatabase(optionsFor(crashed))).toMatchObject({
      kind: 'refused',
      reason: 'future',
      foundVersion: NEXT_VERSION,
    });
    expect(contentOf(directory)).toEqual(before);
    expect(openForTest(crashed, { migrations: [...migrations, next] }).wasUnclean).toBe(true);
  });
});

describe('a damaged file', () => {
  test('is set aside whole; without a backup an empty one takes its place', () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'satchel.sqlite');
    const page = fillAndFindPage(file);
    zeroPage(file, page);
    const damaged = readFileSync(file);
    const opened = openForTest(file);
    expect(opened.quarantined).toBe(`${file}.damaged-20261122T030000000Z`);
    expect(opened).toMatchObject({ restoredFrom: null, setAside: [opened.quarantined], migratedFrom: 0 });
    expect(readFileSync(`${file}.damaged-20261122T030000000Z`).equals(damaged)).toBe(true);
    expect(setting(opened, 'key 1')).toBeUndefined();
    opened.close();
    const next = openForTest(file);
    expect(next.quarantined).toBeNull();
    expect(next.setAside).toEqual([`${file}.damaged-20261122T030000000Z`]);
  });

  test('gives its place to the newest sound backup, and says so', async () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const clock = testClock();
    const first = openForTest(file, { clock });
    putSetting(first, 'kept', 'yes');
    const good = await first.backUp();
    clock.advance(1000);
    putSetting(first, 'late', 'lost');
    const bad = (await first.backUp()) ?? '';
    first.close();
    zeroPage(bad, 2);
    zeroPage(file, 2);
    const opened = openForTest(file, { clock });
    expect(opened.restoredFrom).toBe(good);
    expect(setting(opened, 'kept')).toBe('yes');
    expect(setting(opened, 'late')).toBeUndefined();
    // The damaged file and the damaged copy of the newer backup both stay.
    expect(opened.setAside).toHaveLength(2);
    expect(existsSync(bad)).toBe(true);
  });

  test.each([
    ['a zeroed first page', (file: string) => zeroPage(file, 1)],
    ['bytes that are no database', (file: string) => writeFileSync(file, 'not a database at all')],
    ['a file cut short', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 50))],
  ])('%s is set aside too', (_name, damage) => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    openForTest(file).close();
    damage(file);
    const damaged = readFileSync(file);
    const opened = openForTest(file);
    expect(opened.quarantined).not.toBeNull();
    expect(readFileSync(opened.quarantined ?? '').equals(damaged)).toBe(true);
  });

  test('keeps its log beside it', () => {
    const source = temporaryDirectory();
    const live = join(source, 'satchel.sqlite');
    const page = fillAndFindPage(live);
    const opened = openForTest(live);
    putSetting(opened, 'in the log', 'yes');
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    writeFileSync(file, readFileSync(live));
    writeFileSync(`${file}-wal`, readFileSync(`${live}-wal`));
    opened.close();
    zeroPage(file, page - 1);
    const log = readFileSync(`${file}-wal`);
    const restarted = openForTest(file);
    expect(restarted.wasUnclean).toBe(true);
    expect(readFileSync(`${restarted.quarantined ?? ''}-wal`).equals(log)).toBe(true);
  });

  test('a log without its database is set aside, not thrown away', () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'satchel.sqlite');
    writeFileSync(`${file}-wal`, 'left over');
    openForTest(file);
    expect(readFileSync(`${file}.damaged-20261122T030000000Z-wal`, 'utf8')).toBe('left over');
  });
});

describe('migrations', () => {
  test('an existing file is backed up first, and the last three backups are kept', async () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const clock = testClock();
    const first = openForTest(file, { clock });
    putSetting(first, 'before', 'yes');
    for (let count = 0; count < 4; count += 1) {
      await first.backUp();
      clock.advance(1000);
    }
    first.close();
    const opened = openForTest(file, { clock, migrations: [...migrations, next] });
    expect(opened.migratedFrom).toBe(migrations.length);
    expect(readdirSync(join(file, '..')).filter((name) => name.includes('.backup-'))).toHaveLength(3);
    const backup = new Sqlite(opened.backup ?? '', { readonly: true });
    expect(backup.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(backup.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(backup.prepare("SELECT value FROM settings WHERE key = 'before'").pluck().get()).toBe('yes');
    backup.close();
    expect(statSync(opened.backup ?? '').mode & 0o077).toBe(0);
  });

  test('one that fails is rolled back whole and refused', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    openForTest(file).close();
    const broken: Migration = {
      version: NEXT_VERSION,
      name: 'broken',
      up(db) {
        db.exec('CREATE TABLE half (a)');
        db.exec('CREATE TABLE half (a)');
      },
    };
    expect(openDatabase(optionsFor(file, { migrations: [...migrations, broken] }))).toMatchObject({
      kind: 'refused',
      reason: 'migration_failed',
    });
    const opened = openForTest(file);
    expect(opened.db.get("SELECT 1 FROM sqlite_schema WHERE name = 'half'")).toBeUndefined();
  });

  test('one that would leave a broken reference is refused', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const careless: Migration = {
      version: NEXT_VERSION,
      name: 'careless',
      up(db) {
        db.run(`INSERT INTO pages (id, submission_id, blob_id, state, media_type, file_name_sealed, source, captured_at)
                VALUES ('p', 'nobody', 'nothing', 'active', 'image/png', x'00', 'file', 0)`);
      },
    };
    expect(openDatabase(optionsFor(file, { migrations: [...migrations, careless] }))).toMatchObject({
      reason: 'migration_failed',
    });
  });

  test('numbers with a gap are a mistake of the program', () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    expect(() => openDatabase(optionsFor(file, { migrations: [next] }))).toThrow('not numbered');
    expect(existsSync(file)).toBe(false);
  });
});

function backups(file: string): string[] {
  return readdirSync(dirname(file)).filter((name) => name.includes('.backup-'));
}

test('the full check leaves the thread free, a stop gives it up, and a copy that a crash left unfinished goes', async () => {
  const file = join(temporaryDirectory(), 'satchel.sqlite');
  const opened = openForTest(file);
  opened.db.transaction((db) => {
    for (let n = 0; n < 20_000; n += 1) {
      db.run('INSERT INTO settings VALUES (?, ?)', [`key ${n}`, 'x'.repeat(400)]);
    }
  });
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  expect(await opened.integrityCheck()).toEqual({ isIntact: true, problems: [] });
  clearInterval(turning);
  expect(turns).toBeGreaterThan(5);
  expect(backups(file)).toHaveLength(1);
  const given = opened.backUp();
  opened.stopCopying();
  await expect(given).rejects.toThrow(/aborted|without an answer/);
  expect(backups(file)).toHaveLength(1);
  opened.close();
  writeFileSync(`${file}.backup-20261122T030000000Z-v1.half`, 'unfinished');
  openForTest(file);
  expect(backups(file)).toHaveLength(1);
});

test('the full check finds an index that disagrees with its table, which the check at the start does not', async () => {
  const file = join(temporaryDirectory(), 'satchel.sqlite');
  const opened = openForTest(file);
  const sha256 = 'a'.repeat(64);
  opened.db.transaction((db) => {
    db.run("INSERT INTO blobs (id, kind, byte_length, sha256, created_at) VALUES ('blob', 'original', 1, ?, 0)", [
      sha256,
    ]);
  });
  expect(await opened.integrityCheck()).toEqual({ isIntact: true, problems: [] });
  opened.close();
  const bytes = readFileSync(file);
  const page = pageOf(file, 'blobs_by_sha256');
  bytes.write('b', bytes.indexOf(sha256, (page - 1) * PAGE_BYTES));
  writeFileSync(file, bytes);
  const restarted = openForTest(file);
  expect(restarted.quarantined).toBeNull();
  const verdict = await restarted.integrityCheck();
  expect(verdict.isIntact).toBe(false);
  expect(verdict.problems.join()).toContain('blobs_by_sha256');
  // Such a copy would push a sound one out of the last three.
  const sound = backups(file);
  expect(await restarted.backUp()).toBeNull();
  expect(backups(file)).toEqual(sound);
});

test('takes away what a death in the middle of a copy left, and nothing else', () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'satchel.sqlite');
  openForTest(file).close();
  const stamp = '20261122T030000000Z-v3';
  const left = [`.backup-${stamp}.half`, `.backup-${stamp}.half-journal`, '.restoring', '.reserve.half'];
  const kept = [`.backup-${stamp}`, '.damaged-20261122T030000000Z', '.half'];
  for (const ending of [...left, ...kept]) writeFileSync(`${file}${ending}`, 'x');
  openForTest(file);
  const names = readdirSync(directory).map((name) => name.replace('satchel.sqlite', ''));
  expect(names.filter((name) => left.includes(name))).toEqual([]);
  expect(names.filter((name) => kept.includes(name)).sort()).toEqual(kept.toSorted());
});

test('a death while a new file gets its application id does not make it another program’s at the start after next', () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'satchel.sqlite');
  const finished = new Sqlite(file);
  finished.pragma(`application_id = ${APPLICATION_ID}`);
  finished.close();
  // https://www.sqlite.org/fileformat.html#the_rollback_journal: back to a file of no pages.
  const journal = Buffer.alloc(512);
  Buffer.from('d9d505f920a163d7', 'hex').copy(journal);
  journal.writeUInt32BE(512, 20);
  journal.writeUInt32BE(4096, 24);
  writeFileSync(`${file}-journal`, journal);
  const first = openForTest(file);
  expect(first.migratedFrom).toBe(0);
  putSetting(first, 'a', 'kept');
  first.close();
  expect(setting(openForTest(file), 'a')).toBe('kept');
});
