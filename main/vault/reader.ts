import { open, type FileHandle } from 'node:fs/promises';
import type { HttpBody } from '../network/index.ts';
import {
  CHUNK_BYTES,
  HEADER_BYTES,
  TAG_BYTES,
  chunkCount,
  fileByteLength,
  openChunk,
  openHeader,
  release,
} from './format.ts';
import { systemCode } from './ingest.ts';
import { BlobDamaged } from './types.ts';

const STORED_BYTES = CHUNK_BYTES + TAG_BYTES;

/** An opened page file whose header is good and whose size is right. */
interface OpenPage {
  readonly handle: FileHandle;
  readonly pageKey: Buffer;
  readonly byteLength: number;
}

/** Reads one blob. Holds no file and no key between calls. */
export class BlobReader {
  readonly #file: string;
  readonly #blobId: string;
  readonly #wrapKey: Uint8Array;

  constructor(file: string, blobId: string, wrapKey: Uint8Array) {
    this.#file = file;
    this.#blobId = blobId;
    this.#wrapKey = wrapKey;
  }

  /** Opens every chunk and throws the bytes away; gives the length of the original. */
  async verify(): Promise<number> {
    let byteLength = 0;
    for await (const piece of this.#pieces()) {
      byteLength += piece.length;
      release(piece);
    }
    return byteLength;
  }

  /** The original, in memory of its own. */
  async readAll(): Promise<Uint8Array> {
    let whole = new Uint8Array();
    let at = 0;
    const makeRoom = (byteLength: number): void => {
      whole = new Uint8Array(byteLength);
    };
    for await (const piece of this.#pieces(makeRoom)) {
      whole.set(piece, at);
      at += piece.length;
      release(piece);
    }
    return whole;
  }

  async body(): Promise<HttpBody> {
    const byteLength = await this.verify();
    return { byteLength, stream: () => this.#pieces(), release };
  }

  /**
   * The original in pieces of at most 256 KiB; the next one is read from the disk while the last one is used. `onLength`: called before
   * the first one with the length of them all.
   */
  async *#pieces(
    onLength: (byteLength: number) => void = () => {},
  ): AsyncGenerator<Buffer<ArrayBuffer>, void, undefined> {
    const { handle, pageKey, byteLength } = await this.#open();
    const count = chunkCount(byteLength);
    const buffers = [Buffer.allocUnsafeSlow(STORED_BYTES), Buffer.allocUnsafeSlow(STORED_BYTES)] as const;
    const read = (index: number): Promise<Buffer> => {
      const start = index * CHUNK_BYTES;
      const stored = Math.min(CHUNK_BYTES, byteLength - start) + TAG_BYTES;
      const buffer = buffers[index % 2 === 0 ? 0 : 1].subarray(0, stored);
      return this.#readExactly(handle, buffer, HEADER_BYTES + index * STORED_BYTES);
    };
    let next: Promise<Buffer> | null = read(0);
    try {
      onLength(byteLength);
      for (let index = 0; index < count; index += 1) {
        const stored = await (next ?? read(index));
        const isLast = index === count - 1;
        next = isLast ? null : read(index + 1);
        // Seen here as well, so that a consumer who stops early leaves no rejection behind.
        next?.catch(() => {});
        const piece = openChunk(pageKey, index, isLast, stored);
        if (piece === null) throw this.#damaged('altered');
        yield piece;
      }
    } finally {
      pageKey.fill(0);
      await next?.catch(() => {});
      buffers.forEach(release);
      await handle.close();
    }
  }

  async #open(): Promise<OpenPage> {
    let handle: FileHandle;
    try {
      handle = await open(this.#file, 'r');
    } catch (error) {
      if (systemCode(error) === 'ENOENT') throw this.#damaged('missing', error);
      throw error;
    }
    try {
      const { size } = await handle.stat();
      if (size < HEADER_BYTES) throw this.#damaged('truncated');
      const header = openHeader(
        this.#wrapKey,
        this.#blobId,
        await this.#readExactly(handle, Buffer.alloc(HEADER_BYTES), 0),
      );
      if (header === null) throw this.#damaged('altered');
      const expected = fileByteLength(header.byteLength);
      if (size !== expected) {
        header.pageKey.fill(0);
        throw this.#damaged(size < expected ? 'truncated' : 'altered');
      }
      return { handle, ...header };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async #readExactly(handle: FileHandle, into: Buffer, position: number): Promise<Buffer> {
    let done = 0;
    while (done < into.length) {
      const { bytesRead } = await handle.read(into, done, into.length - done, position + done);
      if (bytesRead === 0) throw this.#damaged('truncated');
      done += bytesRead;
    }
    return into;
  }

  #damaged(reason: BlobDamaged['reason'], cause?: unknown): BlobDamaged {
    return new BlobDamaged(this.#blobId, reason, { cause });
  }
}
