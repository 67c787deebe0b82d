import { open, readdir, unlink } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { v7 } from 'uuid';
import type { Clock } from '../../shared/util/clock.ts';
import type { HttpBody } from '../network/index.ts';
import { ANSWER_LIMIT_MS } from './answering.ts';
import { DirectorySync, makeDirectoryDurably } from './directory-sync.ts';
import { DiskSpace } from './disk-space.ts';
import { KEY_BYTES, NONCE_BYTES, WRAPPED_KEY_RANGE, fileByteLength, pageWrapKey } from './format.ts';
import { assertSize, storageError, systemCode } from './ingest.ts';
import { WorkerPool } from './pool.ts';
import { BlobReader } from './reader.ts';
import { IngestError, type BlobSource, type StoredBlob, type SweepReport, type Vault } from './types.ts';

export interface VaultOptions {
  /** Holds `ab/<blobId>.page` and `tmp/`. Made when the first page comes. */
  readonly directory: string;
  /** Copied into keys for one purpose each; the caller may wipe it afterwards. */
  readonly vaultKey: Uint8Array;
  readonly clock: Clock;
  readonly random: (byteLength: number) => Uint8Array;
  readonly freeBytes: () => Promise<number>;
  /** Default 256 MiB. */
  readonly reserveBytes?: number;
  /** Threads that read, hash and encrypt; default by the machine, 2 to 4. */
  readonly workers?: number;
  /** The compiled worker's file; default `worker.ts` beside this one. */
  readonly workerUrl?: URL;
  /** How long a source may say nothing, in milliseconds; default `ANSWER_LIMIT_MS`. */
  readonly answerLimitMs?: number;
}

/** A vault on the disk of this PC. */
export interface DiskVault extends Vault {
  /** A source has not answered. Its call holds a thread of this process, and a process waits for its threads when it exits. */
  isHung(): boolean;
}

/** Left free by whatever is taken in, unless the options say otherwise. */
export const VAULT_RESERVE_BYTES = 256 * 1024 * 1024;
const ENDING = '.page';
const TEMPORARY = 'tmp';
const BLOB_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BUCKET = /^[0-9a-f]{2}$/;

export function createVault(options: VaultOptions): DiskVault {
  return new FileVault(options);
}

class FileVault implements DiskVault {
  readonly #options: VaultOptions;
  readonly #wrapKey: Buffer;
  readonly #pool: WorkerPool;
  readonly #space: DiskSpace;
  readonly #directories: DirectorySync;
  readonly #madeDirectories = new Map<string, Promise<void>>();
  /** Blobs of this run: their rows may still be on their way, so a sweep leaves them alone. */
  readonly #ofThisRun = new Set<string>();
  readonly #active = new Set<Promise<unknown>>();
  #durableActive = 0;
  #nextJobId = 1;
  #isClosed = false;

  constructor(options: VaultOptions) {
    this.#options = options;
    this.#wrapKey = pageWrapKey(options.vaultKey);
    const workerUrl = options.workerUrl ?? new URL('./worker.ts', import.meta.url);
    const workers = options.workers ?? Math.min(4, Math.max(2, availableParallelism()));
    const limitMs = options.answerLimitMs ?? ANSWER_LIMIT_MS;
    this.#pool = new WorkerPool(workerUrl, { wrapKey: this.#wrapKey }, { size: workers, limitMs });
    this.#space = new DiskSpace({
      freeBytes: options.freeBytes,
      reserveBytes: options.reserveBytes ?? VAULT_RESERVE_BYTES,
      clock: options.clock,
    });
    this.#directories = new DirectorySync((waiting) => this.#durableActive > waiting);
  }

  ingest(source: BlobSource, limits: { maxBytes: number }): Promise<StoredBlob> {
    return this.#track(this.#ingestDurably(source, limits.maxBytes));
  }

  storeDerived(bytes: Uint8Array): Promise<StoredBlob> {
    return this.#track(this.#store({ kind: 'bytes', bytes }, Number.MAX_SAFE_INTEGER, false));
  }

  async open(blobId: string): Promise<HttpBody> {
    return this.#reader(blobId).body();
  }

  async readAll(blobId: string): Promise<Uint8Array> {
    return this.#reader(blobId).readAll();
  }

  async shred(blobId: string): Promise<void> {
    const file = this.#fileOf(blobId);
    try {
      const handle = await open(file, 'r+');
      try {
        await handle.write(Buffer.alloc(WRAPPED_KEY_RANGE.byteLength), 0, undefined, WRAPPED_KEY_RANGE.offset);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await unlink(file);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return;
      throw error;
    }
    await this.#directories.sync(dirname(file));
  }

  async sweep(knownBlobIds: ReadonlySet<string>): Promise<SweepReport> {
    const present = new Set<string>();
    let orphanFiles = 0;
    for (const bucket of await namesIn(this.#options.directory)) {
      if (!BUCKET.test(bucket)) continue;
      for (const name of await namesIn(join(this.#options.directory, bucket))) {
        const blobId = name.slice(0, -ENDING.length);
        if (!name.endsWith(ENDING) || !BLOB_ID.test(blobId)) continue;
        present.add(blobId);
        if (knownBlobIds.has(blobId) || this.#ofThisRun.has(blobId)) continue;
        await unlink(join(this.#options.directory, bucket, name));
        orphanFiles += 1;
      }
    }
    let temporaryFiles = 0;
    for (const name of await namesIn(join(this.#options.directory, TEMPORARY))) {
      if (this.#ofThisRun.has(name.replace(/\++$/, ''))) continue;
      await unlink(join(this.#options.directory, TEMPORARY, name));
      temporaryFiles += 1;
    }
    return { orphanFiles, missingFiles: [...knownBlobIds].filter((blobId) => !present.has(blobId)), temporaryFiles };
  }

  isHung(): boolean {
    return this.#pool.isHung();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#active);
    await this.#pool.close();
    this.#wrapKey.fill(0);
  }

  #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#active.add(work);
    const forget = (): void => {
      this.#active.delete(work);
    };
    work.then(forget, forget);
    return work;
  }

  async #ingestDurably(source: BlobSource, maxBytes: number): Promise<StoredBlob> {
    this.#durableActive += 1;
    try {
      const stored = await this.#store(source, maxBytes, true);
      const file = this.#fileOf(stored.blobId);
      try {
        await this.#directories.sync(dirname(file));
      } catch (error) {
        await unlink(file).catch(() => {});
        throw withoutPath(storageError(error, null));
      }
      return stored;
    } finally {
      this.#durableActive -= 1;
      this.#directories.reconsider();
    }
  }

  async #store(source: BlobSource, maxBytes: number, isDurable: boolean): Promise<StoredBlob> {
    if (this.#isClosed) throw new Error('vault: closed');
    if (source.kind === 'bytes') assertSize(source.bytes.length, maxBytes);
    const blobId = v7({ msecs: this.#options.clock.now(), random: Uint8Array.from(this.#options.random(16)) });
    const file = this.#fileOf(blobId);
    const temporaryFile = join(this.#options.directory, TEMPORARY, blobId);
    await this.#make(dirname(temporaryFile));
    await this.#make(dirname(file));
    let taken: Promise<() => void> | null = null;
    const giveBack = async (): Promise<void> => {
      try {
        (await taken)?.();
      } catch {
        // It was not given.
      }
    };
    const room = async (byteLength: number): Promise<void> => {
      void giveBack();
      taken = this.#space.take(fileByteLength(byteLength));
      await taken;
    };
    this.#ofThisRun.add(blobId);
    try {
      if (source.kind === 'bytes') await room(source.bytes.length);
      const job = {
        id: this.#nextJobId++,
        blobId,
        pageKey: this.#options.random(KEY_BYTES),
        nonce: this.#options.random(NONCE_BYTES),
        source: source.kind === 'bytes' ? { bytes: source.bytes } : { path: source.path },
        maxBytes,
        temporaryFile,
        file,
        isDurable,
      };
      return { blobId, ...(await this.#pool.run(job, room)) };
    } finally {
      void giveBack();
    }
  }

  /** A directory of the vault, made durably once per run. */
  #make(directory: string): Promise<void> {
    let made = this.#madeDirectories.get(directory);
    if (made === undefined) {
      made = makeDirectory(directory);
      this.#madeDirectories.set(directory, made);
      made.catch(() => this.#madeDirectories.delete(directory));
    }
    return made;
  }

  #reader(blobId: string): BlobReader {
    return new BlobReader(this.#fileOf(blobId), blobId, this.#wrapKey);
  }

  /**
   * The two digits of a UUID v7 that change every 17.5 minutes: what is captured in one sitting lies in one directory and
   * shares its fsync, and over some days all 256 directories fill evenly.
   */
  #fileOf(blobId: string): string {
    if (!BLOB_ID.test(blobId)) throw new Error('vault: a blob id is a UUID');
    return join(this.#options.directory, blobId.slice(5, 7), `${blobId}${ENDING}`);
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await makeDirectoryDurably(directory);
  } catch (error) {
    throw withoutPath(storageError(error, null));
  }
}

/** The same error with the system's code as its cause: the system's own text quotes the path. */
function withoutPath(error: IngestError): IngestError {
  const code = systemCode(error.cause);
  return new IngestError(error.code, error.bytes, code === null ? {} : { cause: new Error(`vault: ${code}`) });
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
