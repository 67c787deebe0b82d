import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { ingestFile } from '../../../main/vault/ingest.ts';
import { foldersMade, underStrace as runUnderStrace } from '../../support/strace.ts';
import { until } from '../../support/until.ts';
import { temporaryDirectory } from '../../unit/database/support.ts';
import { ANY_SIZE, codeOf, pageFiles, pattern, random, sha256, vaultForTest } from '../../unit/vault/support.ts';
import { ended, nextLine, smallDisk, startChild } from '../database/support.ts';

const CHILD = new URL('./children/ingest.ts', import.meta.url);
const MEGABYTE = 1024 * 1024;

describe('kill -9 while pages come in', () => {
  test.each([1, 7, 40])('after %i acknowledged pages: none of them is lost, the rest is swept', async (enough) => {
    const directory = join(temporaryDirectory(), 'vault');
    const vaultKey = random(32);
    const key = Buffer.from(vaultKey).toString('hex');
    const { child, lines } = startChild(CHILD, directory, key, '20', '300000', 'until-killed');
    const acknowledged = new Map<string, string>();
    const note = (line: string): void => {
      const [word, blobId = '', hash = ''] = line.split(' ');
      expect(word).toBe('ACK');
      acknowledged.set(blobId, hash);
    };
    while (acknowledged.size < enough) note(await nextLine(lines));
    child.kill('SIGKILL');
    expect(await ended(child)).toBe('SIGKILL');
    for (;;) {
      const line = await lines.next();
      if (line.done === true) break;
      note(line.value);
    }
    const { vault } = vaultForTest({ directory, vaultKey });
    const before = pageFiles(directory).length;
    const report = await vault.sweep(new Set(acknowledged.keys()));
    expect(report).toMatchObject({ missingFiles: [], orphanFiles: before - acknowledged.size });
    for (const [blobId, hash] of acknowledged) expect(sha256(await vault.readAll(blobId))).toBe(hash);
    expect(pageFiles(directory)).toHaveLength(acknowledged.size);
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
  });
});

describe('a full disk', () => {
  test('a write that the disk takes only in part is noticed; nothing of the page stays', async ({ skip }) => {
    const disk = smallDisk(4, skip);
    const { vault, directory } = vaultForTest({ directory: join(disk.directory, 'vault') });
    const first = await vault.ingest({ kind: 'bytes', bytes: pattern(MEGABYTE) }, ANY_SIZE);
    // The free space is told wrongly, so that the disk itself has to say it.
    const refused: unknown = await vault
      .ingest({ kind: 'bytes', bytes: pattern(6 * MEGABYTE) }, ANY_SIZE)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'IngestError', code: 'disk_full' });
    if (!(refused instanceof Error) || !('bytes' in refused)) throw new Error('no size');
    expect(refused.bytes).toBeGreaterThan(2 * MEGABYTE);
    expect(refused.bytes).toBeLessThan(6 * MEGABYTE);
    expect(pageFiles(directory)).toHaveLength(1);
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
    expect(sha256(await vault.readAll(first.blobId))).toBe(first.sha256);
    await vault.ingest({ kind: 'bytes', bytes: pattern(MEGABYTE) }, ANY_SIZE);
  });

  test('a read-only disk', async ({ skip }) => {
    const disk = smallDisk(4, skip);
    const { vault } = vaultForTest({ directory: join(disk.directory, 'vault') });
    const stored = await vault.ingest({ kind: 'bytes', bytes: pattern(1000) }, ANY_SIZE);
    disk.remount('ro');
    expect(await codeOf(vault.ingest({ kind: 'bytes', bytes: pattern(1000) }, ANY_SIZE))).toBe('read_only');
    expect(sha256(await vault.readAll(stored.blobId))).toBe(stored.sha256);
    const elsewhere = vaultForTest({ directory: join(disk.directory, 'another', 'vault') });
    expect(await codeOf(elsewhere.vault.ingest({ kind: 'bytes', bytes: pattern(1) }, ANY_SIZE))).toBe('read_only');
    disk.remount('rw');
  });
});

describe('a source that does not hold still', () => {
  test('a file that is written to while it is read is refused', async () => {
    const { vault, directory } = vaultForTest();
    const source = join(temporaryDirectory(), 'source');
    writeFileSync(source, pattern(30 * MEGABYTE));
    const ingest = vault.ingest({ kind: 'file', path: source }, ANY_SIZE).then(
      ({ byteLength }) => byteLength,
      (error: unknown) => error,
    );
    const changes = setInterval(() => {
      writeFileSync(source, 'x', { flag: 'a' });
    }, 1);
    expect(await ingest).toMatchObject({ code: 'changed_while_reading' });
    clearInterval(changes);
    expect(pageFiles(directory)).toEqual([]);
  });
});

test('a worker that dies is replaced, and its pages are taken once more', async () => {
  process.env['SATCHEL_TEST_MARKER'] = join(temporaryDirectory(), 'died');
  const { vault, directory } = vaultForTest({ workerUrl: new URL('./children/dies-once.ts', import.meta.url) });
  const stored = await Promise.all(
    [1000, 2000, 3000].map((size) => vault.ingest({ kind: 'bytes', bytes: pattern(size) }, ANY_SIZE)),
  );
  expect(existsSync(process.env['SATCHEL_TEST_MARKER'])).toBe(true);
  for (const { blobId, sha256: hash } of stored) expect(sha256(await vault.readAll(blobId))).toBe(hash);
  expect(pageFiles(directory)).toHaveLength(3);
});

test('files where nothing answers are given up; a page in memory that shared their worker is taken by another one', async () => {
  const folder = temporaryDirectory();
  const pipe = join(folder, 'pipe');
  process.env['SATCHEL_TEST_MARKER'] = pipe;
  const { vault, directory } = vaultForTest({
    workerUrl: new URL('./children/hangs-once.ts', import.meta.url),
    answerLimitMs: 2_000,
  });
  const bytes = pattern(2 * MEGABYTE);
  const first = vault.ingest({ kind: 'bytes', bytes }, ANY_SIZE);
  await until('a worker that has it', () => existsSync(pipe));
  // One worker takes four; the last two wait for it.
  const others = [1, 2, 3, 4, 5].map(async (name) => {
    const path = join(folder, `${name}.jpg`);
    writeFileSync(path, pattern(1000));
    return vault.ingest({ kind: 'file', path }, ANY_SIZE);
  });
  const [page, ...files] = await Promise.allSettled([first, ...others]);
  expect(files).toMatchObject(Array.from({ length: 5 }, () => ({ reason: { code: 'no_answer' } })));
  expect(vault.isHung()).toBe(true);
  if (page.status === 'rejected') throw page.reason;
  expect(sha256(await vault.readAll(page.value.blobId))).toBe(sha256(bytes));
  expect(pageFiles(directory)).toHaveLength(1);
  // The lost worker's temporary file is left to it, and a sweep leaves the one beside it, too.
  const temporary = join(directory, 'tmp');
  expect(readdirSync(temporary)).toEqual([page.value.blobId]);
  writeFileSync(join(temporary, `${page.value.blobId}+`), '');
  expect(await vault.sweep(new Set())).toMatchObject({ temporaryFiles: 0 });
  writeFileSync(pipe, '');
  await until('the worker to end', () => !vault.isHung());
});

test('every piece that is stored says that it goes on, from a file and from memory', async () => {
  const folder = temporaryDirectory();
  const bytes = pattern(MEGABYTE);
  const path = join(folder, 'page.jpg');
  writeFileSync(path, bytes);
  const said = await Promise.all(
    [{ path }, { bytes }].map(async (source, index) => {
      let count = 0;
      const goesOn = (): void => {
        count += 1;
      };
      const at = (name: string): string => join(folder, `${name}-${index}`);
      const job = { id: 1, blobId: v7(), pageKey: random(32), nonce: random(12), source, isDurable: true };
      const places = { maxBytes: MEGABYTE, temporaryFile: at('temporary'), file: at('file') };
      await ingestFile({ ...job, ...places }, random(32), { goesOn, room: () => Promise.resolve() });
      return count;
    }),
  );
  expect(said).toEqual([4, 4]);
});

/** Such a look would hold one of the few threads that everything else in the process waits for, too. */
test('where a file lies, only its worker asks', ({ skip }) => {
  const folder = temporaryDirectory();
  const path = join(folder, 'page.jpg');
  writeFileSync(path, pattern(1000));
  const key = Buffer.alloc(32, 7).toString('hex');
  const { output, trace } = underStrace(
    skip,
    ['-P', path, '-e', 'trace=%file'],
    [join(folder, 'vault'), key, '1', path],
  );
  expect(output).toMatch(/^ACK /);
  expect(trace.match(/\w+(?=\([^\n]*page\.jpg)/g)).toEqual(['openat']);
});

function underStrace(skip: (reason: string) => never, options: readonly string[], parameters: readonly string[]) {
  return runUnderStrace(skip, options, [CHILD.pathname, ...parameters]);
}

describe('fsync', () => {
  const key = Buffer.alloc(32, 7).toString('hex');

  /** strace counts per thread, so there is only one; the three fsyncs before the page's own are of new directories. */
  test('one that fails throws the temporary file away and starts again with a new one', ({ skip }) => {
    const directory = join(temporaryDirectory(), 'vault');
    const { output, trace } = underStrace(
      skip,
      ['-E', 'UV_THREADPOOL_SIZE=1', '-y', '-e', 'trace=fsync,openat', '-e', 'inject=fsync:error=EIO:when=4'],
      [directory, key, '1', '1000'],
    );
    expect(trace).toMatch(/fsync\(\d+<[^>]*\/vault\/tmp\/[^>]*>\)\s+= -1 EIO .*INJECTED/);
    expect(trace.match(/openat\([^\n]*\/vault\/tmp\/[^\n]*O_CREAT\|O_EXCL/g)).toHaveLength(2);
    expect(output).toMatch(/^ACK /);
    expect(pageFiles(directory)).toHaveLength(1);
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
  });

  test('one that keeps failing refuses the page and leaves nothing', ({ skip }) => {
    const directory = join(temporaryDirectory(), 'vault');
    const { output } = underStrace(
      skip,
      ['-E', 'UV_THREADPOOL_SIZE=1', '-e', 'trace=fsync', '-e', 'inject=fsync:error=EIO:when=4+'],
      [directory, key, '1', '1000'],
    );
    expect(output).toBe('FAILED disk_error vault: EIO\n');
    expect(pageFiles(directory)).toEqual([]);
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
  });

  test('60 pages at once cost at most 1.2 each', ({ skip }) => {
    const directory = join(temporaryDirectory(), 'vault');
    const { output, trace } = underStrace(skip, ['-e', 'trace=fsync,fdatasync'], [directory, key, '60', '100000']);
    expect(output.match(/^ACK /gm)).toHaveLength(60);
    const count = trace.match(/\bf(data)?sync\(\d+/g)?.length ?? 0;
    expect(count).toBeGreaterThanOrEqual(60 + 1);
    expect(count).toBeLessThanOrEqual(60 * 1.2);
  });

  test('a page is written, synced, renamed and its directory synced before it is acknowledged', ({ skip }) => {
    const directory = join(temporaryDirectory(), 'vault');
    const { trace } = underStrace(
      skip,
      ['-y', '-e', 'trace=write,pwrite64,fsync,rename'],
      [directory, key, '1', '400000'],
    );
    const lines = trace.split('\n');
    const at = (step: RegExp): number => lines.findIndex((line) => step.test(line));
    const steps = [
      at(/p?write(64)?\(\d+<[^>]*\/vault\/tmp\//),
      at(/fsync\(\d+<[^>]*\/vault\/tmp\//),
      at(/rename\("[^"]*\/vault\/tmp\/[^"]*", "[^"]*\.page"/),
      at(/fsync\(\d+<[^>]*\/vault\/[0-9a-f]{2}>/),
      at(/write\(1<.*"ACK /),
    ];
    expect(steps).not.toContain(-1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  test('every new folder has its name on the disk before a page in it is acknowledged', ({ skip }) => {
    const above = temporaryDirectory();
    const directory = join(above, 'profile', 'vault');
    const { trace } = underStrace(skip, ['-y', '-e', 'trace=write,mkdir,fsync'], [directory, key, '1', '1000']);
    const { made, unnamed } = foldersMade(trace.slice(0, trace.search(/write\(1<.*"ACK /)), above);
    expect(made).toHaveLength(4);
    expect(unnamed).toEqual([]);
  });
});
