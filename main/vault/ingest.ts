import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, fsync, openSync, readSync, rename, unlinkSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CHUNK_BYTES, chunkCount, fileByteLength, release, sealChunk, sealHeader } from './format.ts';
import type { IngestedFile, IngestFailure, IngestJob } from './protocol.ts';
import { HEAD_BYTES, IngestError, TAIL_BYTES, type IngestErrorCode } from './types.ts';

const fsyncFile = promisify(fsync);
const renameFile = promisify(rename);

const RENAME_ATTEMPTS = 50;
const RENAME_PAUSE_MS = 100;

/** One buffer per worker: reading, hashing and encrypting a file is synchronous, so no two files use it at once. */
const plain = Buffer.allocUnsafeSlow(CHUNK_BYTES);

/** What a job says and asks while it runs. */
export interface IngestPort {
  /** Called after each piece that was read. */
  goesOn(): void;
  /** Resolves when there is room for a file of so many bytes; rejects with `IngestError`. */
  room(byteLength: number): Promise<void>;
}

/**
 * Takes one source into its place in the vault: read once, hash and encrypt, write to the temporary file, fsync, rename.
 * Only the fsync and the rename are waited for, so a worker reads the next file meanwhile. The directory's fsync is the
 * caller's. Rejects with `IngestError` and leaves nothing behind.
 */
export async function ingestFile(job: IngestJob, wrapKey: Uint8Array, port: IngestPort): Promise<IngestedFile> {
  try {
    return await attempt(job, wrapKey, port);
  } catch (error) {
    // After a failed fsync the kernel may have dropped the dirty pages and will call the next fsync good, so the same file
    // is never synced again (https://wiki.postgresql.org/wiki/Fsync_Errors): once more, from the source, into a new one.
    if (!(error instanceof IngestError) || error.code !== 'disk_error') throw error;
    return attempt(job, wrapKey, port);
  }
}

async function attempt(job: IngestJob, wrapKey: Uint8Array, port: IngestPort): Promise<IngestedFile> {
  const target = openTarget(job.temporaryFile);
  let isOpen = true;
  try {
    const stored =
      'path' in job.source
        ? await copyFromFile(job, job.source.path, target, { wrapKey, port })
        : copyFromBytes(job, job.source.bytes, target, { wrapKey, port });
    if (job.isDurable) await storing(() => fsyncFile(target));
    closeSync(target);
    isOpen = false;
    await storing(() => renameIntoPlace(job.temporaryFile, job.file));
    return stored;
  } catch (error) {
    if (isOpen) closeSync(target);
    removeIfThere(job.temporaryFile);
    throw error;
  }
}

function openTarget(temporaryFile: string): number {
  removeIfThere(temporaryFile);
  return storingSync(() => openSync(temporaryFile, 'wx', 0o600));
}

interface Means {
  readonly wrapKey: Uint8Array;
  readonly port: IngestPort;
}

async function copyFromFile(
  job: IngestJob,
  path: string,
  target: number,
  { wrapKey, port }: Means,
): Promise<IngestedFile> {
  // Without O_NONBLOCK opening a named pipe would wait for a writer for ever.
  const source = readingSync(() => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  try {
    const before = readingSync(() => fstatSync(source, { bigint: true }));
    if (!before.isFile()) throw new IngestError('not_a_file');
    const byteLength = Number(before.size);
    assertSize(byteLength, job.maxBytes);
    await port.room(byteLength);
    const stored = seal(job, byteLength, target, wrapKey, (into, position) => {
      const count = readingSync(() => readSync(source, into, 0, into.length, position));
      port.goesOn();
      return count;
    });
    const after = readingSync(() => fstatSync(source, { bigint: true }));
    if (after.size !== before.size || after.mtimeNs !== before.mtimeNs) throw new IngestError('changed_while_reading');
    return stored;
  } finally {
    closeSync(source);
  }
}

function copyFromBytes(job: IngestJob, bytes: Uint8Array, target: number, { wrapKey, port }: Means): IngestedFile {
  return seal(job, bytes.length, target, wrapKey, (into, position) => {
    const piece = bytes.subarray(position, position + into.length);
    into.set(piece);
    // A slow disk of the vault holds this thread, too.
    port.goesOn();
    return piece.length;
  });
}

/** Throws `IngestError` for what is not taken in because of its size alone. */
export function assertSize(byteLength: number, maxBytes: number): void {
  if (byteLength === 0) throw new IngestError('empty');
  if (byteLength > maxBytes) throw new IngestError('too_large', byteLength);
}

type Read = (into: Buffer, position: number) => number;

function seal(job: IngestJob, byteLength: number, target: number, wrapKey: Uint8Array, read: Read): IngestedFile {
  const hash = createHash('sha256');
  const count = chunkCount(byteLength);
  const total = fileByteLength(byteLength);
  let written = 0;
  const write = (bytes: Uint8Array): void => {
    written += writeFully(target, bytes, total - written);
  };
  const { blobId, pageKey, nonce } = job;
  write(sealHeader(wrapKey, { blobId, byteLength, pageKey, nonce }));
  const head = Buffer.alloc(Math.min(HEAD_BYTES, byteLength));
  let tail: Buffer = Buffer.alloc(0);
  for (let index = 0; index < count; index += 1) {
    const start = index * CHUNK_BYTES;
    const chunk = plain.subarray(0, Math.min(CHUNK_BYTES, byteLength - start));
    readFully(read, chunk, start);
    hash.update(chunk);
    if (index === 0) chunk.copy(head);
    if (index >= count - 2) tail = Buffer.concat([tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
    const { ciphertext, tag } = sealChunk(pageKey, index, index === count - 1, chunk);
    write(ciphertext);
    write(tag);
    release(ciphertext);
  }
  plain.fill(0);
  if (storingSync(() => fstatSync(target)).size !== total) throw new IngestError('disk_full', total - written);
  return { byteLength, sha256: hash.digest('hex'), head, tail: Buffer.from(tail) };
}

function readFully(read: Read, into: Buffer, position: number): void {
  let done = 0;
  while (done < into.length) {
    const count = read(into.subarray(done), position + done);
    // The source ended before the size it had when it was opened.
    if (count === 0) throw new IngestError('changed_while_reading');
    done += count;
  }
}

/** On a full disk a write may take only some bytes and report no error; the next one tells. */
function writeFully(target: number, bytes: Uint8Array, missing: number): number {
  let done = 0;
  while (done < bytes.length) {
    const offset = done;
    const count = storingSync(() => writeSync(target, bytes, offset, bytes.length - offset), missing - done);
    if (count === 0) throw new IngestError('disk_full', missing - done);
    done += count;
  }
  return done;
}

/** A virus scanner on Windows may hold a new file for a moment. */
async function renameIntoPlace(from: string, to: string): Promise<void> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      await renameFile(from, to);
      return;
    } catch (error) {
      const isHeld = process.platform === 'win32' && ['EBUSY', 'EPERM', 'EACCES'].includes(systemCode(error) ?? '');
      if (!isHeld || attempts === RENAME_ATTEMPTS) throw error;
    }
    await wait(RENAME_PAUSE_MS);
  }
}

function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    // What stays behind is removed by the sweep at the next start.
    if (systemCode(error) === 'ENOENT') return;
  }
}

/** An error of a job as it goes from one thread to another. */
export function asFailure(error: unknown): IngestFailure {
  if (!(error instanceof IngestError)) return { code: 'disk_error', bytes: null, systemCode: systemCode(error) };
  return { code: error.code, bytes: error.bytes, systemCode: systemCode(error.cause) };
}

/** The error that such a failure was. */
export function asError({ code, bytes, systemCode: system }: IngestFailure): IngestError {
  return new IngestError(code, bytes, { cause: system === null ? undefined : new Error(`vault: ${system}`) });
}

export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function readingSync<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new IngestError(sourceCode(error), null, { cause: error });
  }
}

/** What a fault of the source means. */
function sourceCode(error: unknown): IngestErrorCode {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'not_found';
  return code === 'EISDIR' || code === 'ENXIO' ? 'not_a_file' : 'unreadable';
}

function storingSync<Result>(work: () => Result, missing: number | null = null): Result {
  try {
    return work();
  } catch (error) {
    throw storageError(error, missing);
  }
}

async function storing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error, null);
  }
}

/** What a fault of the vault's disk means. */
export function storageError(error: unknown, missing: number | null): IngestError {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new IngestError('disk_full', missing, { cause: error });
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new IngestError('read_only', null, { cause: error });
  }
  return new IngestError('disk_error', null, { cause: error });
}
