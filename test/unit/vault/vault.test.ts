import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlobDamaged, IngestError } from '../../../main/vault/index.ts';
import { temporaryDirectory } from '../database/support.ts';
import {
  ANY_SIZE,
  CHUNK_BYTES,
  codeOf,
  collect,
  fileOf,
  pageFiles,
  pattern,
  sha256,
  vaultForBlock,
  vaultForTest,
} from './support.ts';

const HEADER_BYTES = 100;
const TAG_BYTES = 16;

const stride = CHUNK_BYTES + TAG_BYTES;

function header(file: Buffer): Buffer {
  return file.subarray(0, HEADER_BYTES);
}

function chunk(file: Buffer, index: number): Buffer {
  return file.subarray(HEADER_BYTES + index * stride, Math.min(file.length, HEADER_BYTES + (index + 1) * stride));
}

function flip(file: Buffer, offset: number): Buffer {
  const copy = Buffer.from(file);
  copy[offset] = (copy[offset] ?? 0) ^ 1;
  return copy;
}

describe('what goes in comes out', () => {
  const block = vaultForBlock();

  const aroundBorders = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 2 }))
    .map(([chunks, offset]) => Math.max(1, chunks * CHUNK_BYTES + offset));
  const anySize = fc.oneof({ weight: 3, arbitrary: aroundBorders }, fc.integer({ min: 1, max: 700_000 }));

  test('for every size, from a file and from memory', async () => {
    const { vault } = block();
    const source = join(temporaryDirectory(), 'source');
    await fc.assert(
      fc.asyncProperty(anySize, fc.boolean(), async (byteLength, isFile) => {
        const bytes = pattern(byteLength);
        if (isFile) writeFileSync(source, bytes);
        const stored = await vault.ingest(isFile ? { kind: 'file', path: source } : { kind: 'bytes', bytes }, ANY_SIZE);
        expect(stored.byteLength).toBe(byteLength);
        expect(stored.sha256).toBe(sha256(bytes));
        expect(Buffer.from(stored.head).equals(bytes.subarray(0, 4100))).toBe(true);
        expect(Buffer.from(stored.tail).equals(bytes.subarray(-1024))).toBe(true);
        expect(Buffer.from(await vault.readAll(stored.blobId)).equals(bytes)).toBe(true);
        const body = await vault.open(stored.blobId);
        expect(body.byteLength).toBe(byteLength);
        expect((await collect(body.stream())).equals(bytes)).toBe(true);
      }),
      {
        numRuns: 30,
        examples: [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES].flatMap((size) => [
          [size, true],
          [size, false],
        ]),
      },
    );
  });

  test('a body can be streamed again from the start, in pieces of at most 256 KiB', async () => {
    const { vault } = block();
    const bytes = pattern(3 * CHUNK_BYTES + 5);
    const { blobId } = await vault.ingest({ kind: 'bytes', bytes }, ANY_SIZE);
    const body = await vault.open(blobId);
    const sizes: number[] = [];
    for await (const piece of body.stream()) sizes.push(piece.length);
    expect(sizes).toEqual([CHUNK_BYTES, CHUNK_BYTES, CHUNK_BYTES, 5]);
    for await (const piece of body.stream()) {
      expect(piece[0]).toBe(bytes[0]);
      break;
    }
    expect((await collect(body.stream())).equals(bytes)).toBe(true);
  });

  test('reading a page leaves no memory to the collector', async () => {
    const { vault } = block();
    const { blobId } = await vault.ingest({ kind: 'bytes', bytes: pattern(3 * CHUNK_BYTES) }, ANY_SIZE);
    const beforeBytes = process.memoryUsage().arrayBuffers;
    const body = await vault.open(blobId);
    for await (const piece of body.stream()) body.release?.(piece);
    expect(process.memoryUsage().arrayBuffers - beforeBytes).toBeLessThan(CHUNK_BYTES);
  });

  test('what can be made again is encrypted in the same way', async () => {
    const { vault } = block();
    const bytes = pattern(5000);
    const stored = await vault.storeDerived(bytes);
    expect(stored.sha256).toBe(sha256(bytes));
    expect(Buffer.from(await vault.readAll(stored.blobId)).equals(bytes)).toBe(true);
  });

  test('a hundred at once', async () => {
    const { vault } = block();
    const sizes = Array.from({ length: 100 }, (_, index) => 1 + index * 7919);
    const stored = await Promise.all(
      sizes.map((size) => vault.ingest({ kind: 'bytes', bytes: pattern(size) }, ANY_SIZE)),
    );
    expect(new Set(stored.map(({ blobId }) => blobId)).size).toBe(100);
    for (const [index, size] of sizes.entries()) {
      expect(stored[index]?.sha256).toBe(sha256(pattern(size)));
    }
    const last = stored.at(-1);
    expect(Buffer.from(await vault.readAll(last?.blobId ?? '')).equals(pattern(sizes.at(-1) ?? 0))).toBe(true);
  });
});

describe('on the disk', () => {
  test('nothing of the original is readable, and only this user can open it', async () => {
    const { vault, directory } = vaultForTest();
    const marker = 'P<UTOERIKSSON<<ANNA<MARIA<<<';
    const { blobId } = await vault.ingest({ kind: 'bytes', bytes: Buffer.from(marker.repeat(1000)) }, ANY_SIZE);
    const file = fileOf(directory, blobId);
    expect(readFileSync(file).includes(marker)).toBe(false);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(join(file, '..')).mode & 0o077).toBe(0);
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
  });

  test('the same bytes twice are two files that share nothing', async () => {
    const { vault, directory } = vaultForTest();
    const bytes = pattern(1000);
    const first = await vault.ingest({ kind: 'bytes', bytes }, ANY_SIZE);
    const second = await vault.ingest({ kind: 'bytes', bytes }, ANY_SIZE);
    const [a, b] = [first, second].map(({ blobId }) => readFileSync(fileOf(directory, blobId)));
    expect(a?.subarray(HEADER_BYTES).equals(b?.subarray(HEADER_BYTES) ?? Buffer.alloc(0))).toBe(false);
  });
});

describe('a changed file is noticed before a byte leaves', () => {
  const block = vaultForBlock();

  test.each<[string, 'altered' | 'truncated', (file: Buffer, other: Buffer) => Buffer]>([
    ['a bit of the first chunk', 'altered', (file) => flip(file, HEADER_BYTES)],
    ['a bit of the last chunk', 'altered', (file) => flip(file, file.length - TAG_BYTES - 1)],
    ['a bit of the last tag', 'altered', (file) => flip(file, file.length - 1)],
    ['a bit of the magic', 'altered', (file) => flip(file, 0)],
    ['the version', 'altered', (file) => flip(file, 8)],
    ['the chunk size', 'altered', (file) => flip(file, 13)],
    ['the length', 'altered', (file) => flip(file, 16)],
    ['the blob id', 'altered', (file) => flip(file, 30)],
    ['the nonce of the key', 'altered', (file) => flip(file, 40)],
    ['the wrapped key', 'altered', (file) => flip(file, 60)],
    ['the tag of the key', 'altered', (file) => flip(file, 99)],
    [
      'two chunks in each other’s place',
      'altered',
      (file) => Buffer.concat([header(file), chunk(file, 1), chunk(file, 0), chunk(file, 2)]),
    ],
    [
      'a chunk repeated',
      'altered',
      (file) => Buffer.concat([header(file), chunk(file, 0), chunk(file, 0), chunk(file, 2)]),
    ],
    ['the last chunk dropped', 'truncated', (file) => file.subarray(0, HEADER_BYTES + 2 * stride)],
    ['one byte dropped', 'truncated', (file) => file.subarray(0, file.length - 1)],
    ['only half a header', 'truncated', (file) => file.subarray(0, 50)],
    ['nothing left', 'truncated', () => Buffer.alloc(0)],
    ['a byte appended', 'altered', (file) => Buffer.concat([file, Buffer.of(0)])],
    ['a chunk appended', 'altered', (file) => Buffer.concat([file, chunk(file, 2)])],
    ["another blob's file", 'altered', (_file, other) => other],
    ["another blob's chunks", 'altered', (file, other) => Buffer.concat([header(file), other.subarray(HEADER_BYTES)])],
    [
      "another blob's chunks and key",
      'altered',
      (file, other) => Buffer.concat([file.subarray(0, 40), other.subarray(40)]),
    ],
  ])('%s', async (_name, reason, change) => {
    const { vault, directory } = block();
    const bytes = pattern(2 * CHUNK_BYTES + 1000);
    const [mine, other] = await Promise.all([
      vault.ingest({ kind: 'bytes', bytes }, ANY_SIZE),
      vault.ingest({ kind: 'bytes', bytes }, ANY_SIZE),
    ]);
    const file = fileOf(directory, mine.blobId);
    writeFileSync(file, change(readFileSync(file), readFileSync(fileOf(directory, other.blobId))));
    for (const read of [() => vault.open(mine.blobId), () => vault.readAll(mine.blobId)]) {
      const error: unknown = await read().catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(BlobDamaged);
      expect(error).toMatchObject({ reason, blobId: mine.blobId });
    }
  });

  test('a file that is gone', async () => {
    const { vault } = vaultForTest();
    await expect(vault.open('01a20000-0000-7000-8000-000000000000')).rejects.toMatchObject({ reason: 'missing' });
  });

  test('the wrong vault key', async () => {
    const { vault, directory } = vaultForTest();
    const { blobId } = await vault.ingest({ kind: 'bytes', bytes: pattern(10) }, ANY_SIZE);
    const stranger = vaultForTest({ directory }).vault;
    await expect(stranger.open(blobId)).rejects.toMatchObject({ name: 'BlobDamaged', reason: 'altered' });
  });

  test('damage that comes after the check stops the stream', async () => {
    const { vault, directory } = vaultForTest();
    const { blobId } = await vault.ingest({ kind: 'bytes', bytes: pattern(2 * CHUNK_BYTES) }, ANY_SIZE);
    const body = await vault.open(blobId);
    const file = fileOf(directory, blobId);
    writeFileSync(file, flip(readFileSync(file), HEADER_BYTES + CHUNK_BYTES + 100));
    await expect(collect(body.stream())).rejects.toBeInstanceOf(BlobDamaged);
  });

  test('an id that is no id cannot name a file elsewhere', async () => {
    const { vault } = vaultForTest();
    await expect(vault.open('../../etc/passwd')).rejects.toThrow('a blob id is a UUID');
    await expect(vault.shred('..')).rejects.toThrow('a blob id is a UUID');
  });
});

describe('what is refused', () => {
  test('leaves nothing behind and says why', async () => {
    const { vault, directory } = vaultForTest();
    const place = temporaryDirectory();
    const empty = join(place, 'empty');
    writeFileSync(empty, '');
    const large = join(place, 'large');
    writeFileSync(large, pattern(2000));
    const pipe = join(place, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const ingest = (path: string) => codeOf(vault.ingest({ kind: 'file', path }, { maxBytes: 1000 }));
    expect(await ingest(empty)).toBe('empty');
    expect(await codeOf(vault.ingest({ kind: 'bytes', bytes: new Uint8Array() }, ANY_SIZE))).toBe('empty');
    expect(await ingest(join(place, 'nothing'))).toBe('not_found');
    expect(await ingest(join(large, 'below a file'))).toBe('not_found');
    expect(await ingest(place)).toBe('not_a_file');
    expect(await ingest(pipe)).toBe('not_a_file');
    expect(await ingest(large)).toBe('too_large');
    expect(existsSync(directory) ? pageFiles(directory) : []).toEqual([]);
  });

  test('a size over the limit is named', async () => {
    const { vault } = vaultForTest();
    const refused = vault.ingest({ kind: 'bytes', bytes: pattern(11) }, { maxBytes: 10 });
    await expect(refused).rejects.toMatchObject({ code: 'too_large', bytes: 11 });
  });

  test('a page that would not leave the reserve free is refused before writing, with the missing bytes', async () => {
    const { vault, directory } = vaultForTest({ freeBytes: () => Promise.resolve(10_000), reserveBytes: 9000 });
    const refused = vault.ingest({ kind: 'bytes', bytes: pattern(2000) }, ANY_SIZE);
    await expect(refused).rejects.toMatchObject({ code: 'disk_full', bytes: 2000 + HEADER_BYTES + TAG_BYTES - 1000 });
    const path = join(temporaryDirectory(), 'file');
    writeFileSync(path, pattern(2000));
    await expect(vault.ingest({ kind: 'file', path }, ANY_SIZE)).rejects.toMatchObject({
      code: 'disk_full',
      bytes: 2000 + HEADER_BYTES + TAG_BYTES - 1000,
    });
    await vault.ingest({ kind: 'bytes', bytes: pattern(500) }, ANY_SIZE);
    expect(pageFiles(directory)).toHaveLength(1);
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
  });

  test.each(['bytes', 'file'] as const)(
    'pages (%s) that fit one by one but not together are not all taken',
    async (kind) => {
      const { vault } = vaultForTest({ freeBytes: () => Promise.resolve(10_000), reserveBytes: 0 });
      const bytes = pattern(4000);
      const path = join(temporaryDirectory(), 'file');
      writeFileSync(path, bytes);
      const source = kind === 'file' ? { kind, path } : { kind, bytes };
      const results = await Promise.allSettled([1, 2, 3].map(() => vault.ingest(source, ANY_SIZE)));
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    },
  );

  test('its words name no path', async () => {
    const { vault } = vaultForTest();
    const path = join(temporaryDirectory(), 'Anna Eriksson passport.jpg');
    const error: unknown = await vault.ingest({ kind: 'file', path }, ANY_SIZE).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(IngestError);
    if (!(error instanceof Error)) return;
    expect(`${error.stack ?? ''} ${String(error.cause)} ${JSON.stringify(error)}`).not.toContain('Anna');
  });
});

describe('shredding and sweeping', () => {
  test('a shredded blob is gone, and its key was overwritten', async () => {
    const { vault, directory } = vaultForTest();
    const { blobId } = await vault.ingest({ kind: 'bytes', bytes: pattern(1000) }, ANY_SIZE);
    const file = fileOf(directory, blobId);
    // A second name keeps the bytes reachable, as an undelete tool would.
    execFileSync('ln', [file, `${directory}/undeleted`]);
    await vault.shred(blobId);
    expect(pageFiles(directory)).toEqual([]);
    expect(readFileSync(`${directory}/undeleted`).subarray(40, 100).equals(Buffer.alloc(60))).toBe(true);
    await expect(vault.open(blobId)).rejects.toMatchObject({ reason: 'missing' });
    await vault.shred(blobId);
  });

  test('removes what no row names, reports what is missing, keeps the rest', async () => {
    const first = vaultForTest();
    const stored = await Promise.all(
      [1, 2, 3].map((size) => first.vault.ingest({ kind: 'bytes', bytes: pattern(size) }, ANY_SIZE)),
    );
    await first.vault.close();
    const { directory, vaultKey } = first;
    writeFileSync(join(directory, 'tmp', 'left over'), 'half');
    mkdirSync(join(directory, 'keep'));
    writeFileSync(join(directory, 'keep', 'notes.txt'), 'not ours');
    const { vault } = vaultForTest({ directory, vaultKey });
    const fresh = await vault.ingest({ kind: 'bytes', bytes: pattern(4) }, ANY_SIZE);
    const lost = '01a20000-0000-7000-8000-000000000000';
    const [kept, ...orphans] = stored.map(({ blobId }) => blobId);
    expect(await vault.sweep(new Set([kept ?? '', lost]))).toEqual({
      orphanFiles: orphans.length,
      missingFiles: [lost],
      temporaryFiles: 1,
    });
    expect(await vault.readAll(kept ?? '')).toHaveLength(1);
    // Its row may still be on its way.
    expect(await vault.readAll(fresh.blobId)).toHaveLength(4);
    expect(readFileSync(join(directory, 'keep', 'notes.txt'), 'utf8')).toBe('not ours');
    expect(await vault.sweep(new Set([kept ?? '']))).toMatchObject({ orphanFiles: 0, temporaryFiles: 0 });
  });

  test('an empty vault is swept without a word', async () => {
    expect(await vaultForTest().vault.sweep(new Set())).toEqual({
      orphanFiles: 0,
      missingFiles: [],
      temporaryFiles: 0,
    });
  });
});

test('closing waits for what is on its way and refuses what comes later', async () => {
  const { vault, directory } = vaultForTest();
  const onTheWay = vault.ingest({ kind: 'bytes', bytes: pattern(500_000) }, ANY_SIZE);
  await vault.close();
  expect((await onTheWay).byteLength).toBe(500_000);
  expect(pageFiles(directory)).toHaveLength(1);
  await expect(vault.ingest({ kind: 'bytes', bytes: pattern(1) }, ANY_SIZE)).rejects.toThrow('closed');
});

test('a worker that cannot start fails its pages instead of keeping them waiting', async () => {
  const { vault } = vaultForTest({ workerUrl: new URL('file:///nowhere/worker.js') });
  const results = await Promise.all(
    [1, 2, 3].map(() => codeOf(vault.ingest({ kind: 'bytes', bytes: pattern(9) }, ANY_SIZE))),
  );
  expect(results).toEqual(['disk_error', 'disk_error', 'disk_error']);
});
