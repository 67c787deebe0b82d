import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrations, openDatabase } from '../../../main/database/index.ts';
import { foldersMade, underStrace } from '../../support/strace.ts';
import { openForTest, optionsFor, putSetting, setting, temporaryDirectory } from '../../unit/database/support.ts';
import { ended, nextLine, smallDisk, startChild } from './support.ts';

const CHILD = new URL('./children/open.ts', import.meta.url);

describe('two processes', () => {
  test('the second opener is refused, and gets the file when the first one ends', async () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const { child, lines } = startChild(CHILD, file, 'hold');
    expect(await nextLine(lines)).toBe('opened');
    expect(openDatabase(optionsFor(file))).toMatchObject({ kind: 'refused', reason: 'in_use', code: 'SQLITE_BUSY' });
    child.kill('SIGKILL');
    await ended(child);
    expect(openForTest(file).wasUnclean).toBe(true);
  });

  test('the first opener keeps its lock while others look at the file', async () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const opened = openForTest(file);
    expect(openDatabase(optionsFor(file)).kind).toBe('refused');
    const { lines } = startChild(CHILD, file, 'hold');
    expect(await nextLine(lines)).toBe('refused in_use');
    putSetting(opened, 'a', '1');
    expect(setting(opened, 'a')).toBe('1');
  });
});

describe('kill -9', () => {
  test('every row that was reported as committed is there', async () => {
    const file = join(temporaryDirectory(), 'satchel.sqlite');
    const { child, lines } = startChild(CHILD, file, 'write');
    let acknowledged = 0;
    await nextLine(lines);
    while (acknowledged < 200) acknowledged = Number((await nextLine(lines)).split(' ')[1]);
    child.kill('SIGKILL');
    expect(await ended(child)).toBe('SIGKILL');
    for (;;) {
      const line = await lines.next();
      if (line.done === true) break;
      acknowledged = Number(line.value.split(' ')[1]);
    }
    const opened = openForTest(file);
    expect(opened).toMatchObject({ wasUnclean: true, quarantined: null });
    const rows = opened.db.get<{ count: number }>('SELECT count(*) AS count FROM settings')?.count ?? 0;
    expect(rows).toBeGreaterThanOrEqual(acknowledged);
    expect(rows).toBeLessThanOrEqual(acknowledged + 1);
    expect(await opened.integrityCheck()).toEqual({ isIntact: true, problems: [] });
  });

  test('in the middle of a migration leaves the old schema and a backup', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'satchel.sqlite');
    const first = openForTest(file);
    putSetting(first, 'a', 'as it was');
    first.close();
    const { child } = startChild(CHILD, file, 'migrate');
    expect(await ended(child)).toBe('SIGKILL');
    const opened = openForTest(file);
    expect(opened).toMatchObject({ quarantined: null, migratedFrom: migrations.length });
    expect(setting(opened, 'a')).toBe('as it was');
    expect(opened.db.get("SELECT 1 FROM sqlite_schema WHERE name = 'half_a_migration'")).toBeUndefined();
    const backup = readdirSync(directory).find(
      (name) => name.endsWith(`-v${migrations.length}`) && name.includes('.backup-'),
    );
    const plain = new Sqlite(join(directory, backup ?? 'none'), { readonly: true });
    expect(plain.prepare("SELECT value FROM settings WHERE key = 'a'").pluck().get()).toBe('as it was');
    plain.close();
  });
});

/** What it does until it says that it has opened the database. */
function traceOpening(file: string, skip: (reason: string) => never): string {
  const { output, trace } = underStrace(skip, ['-y', '-e', 'trace=write,mkdir,fsync'], [CHILD.pathname, file]);
  expect(output).toBe('opened\n');
  return trace.slice(0, trace.search(/write\(1<.*"opened/));
}

describe('a new profile', () => {
  test('has the names of its folders on the disk before it is used', ({ skip }) => {
    const above = temporaryDirectory();
    const { made, unnamed } = foldersMade(traceOpening(join(above, 'bank', 'profile', 'satchel.sqlite'), skip), above);
    expect(made).toEqual([join(above, 'bank'), join(above, 'bank', 'profile')]);
    expect(unnamed).toEqual([]);
  });

  test('has it also when somebody else has just made its folder', ({ skip }) => {
    const above = temporaryDirectory();
    mkdirSync(join(above, 'profile'));
    const trace = traceOpening(join(above, 'profile', 'satchel.sqlite'), skip);
    expect(trace).toMatch(new RegExp(`fsync\\(\\d+<${above}>\\)`));
  });
});

describe('the disk', () => {
  test('full: opens, reads, refuses to write, and goes on when there is room', ({ skip }) => {
    const disk = smallDisk(2, skip);
    const file = join(disk.directory, 'satchel.sqlite');
    const first = openForTest(file);
    putSetting(first, 'a', '1');
    first.close();
    fill(join(disk.directory, 'ballast'));
    const opened = openForTest(file);
    expect(opened).toMatchObject({ isDiskFull: true, quarantined: null });
    expect(setting(opened, 'a')).toBe('1');
    expect(() => putSetting(opened, 'b', 'x'.repeat(10_000))).toThrow('full');
    writeFileSync(join(disk.directory, 'ballast'), '');
    putSetting(opened, 'b', '2');
    expect(setting(opened, 'b')).toBe('2');
  });

  test('full: writing goes on in the room that was kept, once, and it is kept again when there is room', async ({
    skip,
  }) => {
    const disk = smallDisk(8, skip);
    const file = join(disk.directory, 'satchel.sqlite');
    const opened = openForTest(file);
    const kept = 1024 * 1024;
    expect(await opened.keepRoom(kept, 2 * kept - 1)).toBe(false);
    expect(await opened.keepRoom(kept, 2 * kept)).toBe(true);
    expect(readFileSync(`${file}.reserve`).length).toBe(kept);
    fill(join(disk.directory, 'ballast'));
    expect(opened.isDiskFull).toBe(false);
    let runs = 0;
    opened.db.transaction((db) => {
      runs += 1;
      db.run('INSERT INTO settings (key, value) VALUES (?, ?)', ['a', 'x'.repeat(200_000)]);
    });
    expect([runs, opened.isDiskFull, setting(opened, 'a')?.length]).toEqual([2, true, 200_000]);
    expect(() => putSetting(opened, 'b', 'x'.repeat(2_000_000))).toThrow('full');
    writeFileSync(join(disk.directory, 'ballast'), '');
    expect(await opened.keepRoom(kept, 4 * kept)).toBe(true);
    expect(opened.isDiskFull).toBe(false);
  });

  test('full: a crashed database opens without a -shm file', async ({ skip }) => {
    const disk = smallDisk(4, skip);
    const file = join(disk.directory, 'satchel.sqlite');
    const { child, lines } = startChild(CHILD, file, 'write');
    for (let line = 0; line < 50; line += 1) await nextLine(lines);
    child.kill('SIGKILL');
    await ended(child);
    fill(join(disk.directory, 'ballast'));
    const opened = openForTest(file);
    expect(opened).toMatchObject({ wasUnclean: true, quarantined: null });
    expect(setting(opened, 'row 49')).toBeDefined();
  });

  test('full: a new file is refused', ({ skip }) => {
    const disk = smallDisk(1, skip);
    fill(join(disk.directory, 'ballast'));
    expect(openDatabase(optionsFor(join(disk.directory, 'satchel.sqlite')))).toMatchObject({ reason: 'disk_full' });
  });

  test('read-only: refused without a changed byte', ({ skip }) => {
    const disk = smallDisk(2, skip);
    const file = join(disk.directory, 'satchel.sqlite');
    openForTest(file).close();
    const before = readFileSync(file);
    disk.remount('ro');
    expect(openDatabase(optionsFor(file))).toMatchObject({ kind: 'refused', reason: 'read_only', code: 'EROFS' });
    const elsewhere = join(disk.directory, 'new', 'satchel.sqlite');
    expect(openDatabase(optionsFor(elsewhere))).toMatchObject({ kind: 'refused', reason: 'read_only' });
    expect(readFileSync(file).equals(before)).toBe(true);
    disk.remount('rw');
  });

  test('a folder where the file should be', () => {
    expect(openDatabase(optionsFor(temporaryDirectory()))).toMatchObject({ kind: 'refused', reason: 'disk' });
  });
});

/** Writes until the disk takes no more. */
function fill(file: string): void {
  expect(() => {
    writeFileSync(file, Buffer.alloc(64 * 1024 * 1024));
  }).toThrow('ENOSPC');
}
