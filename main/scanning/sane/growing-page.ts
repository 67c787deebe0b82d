import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createPngOfSamples } from './png-of-samples.ts';
import type { PngOfSamples } from './png-of-samples.ts';
import { readSamplesLayout } from './samples-layout.ts';
import type { SamplesLayout } from './samples-layout.ts';

/** A page that is being scanned: its PNG is made of the rows that are there already. */
export interface GrowingPage {
  /** To be called once, when the page is whole. Its PNG; null: these samples are made a PNG of elsewhere, or they are not whole. */
  finish(): Promise<Uint8Array | null>;
  /** Nobody asks for its PNG any more. */
  stop(): void;
}

/** How often it is looked whether rows have come. */
const EVERY_MS = 50;
/** More than scanimage writes before the samples. */
const HEAD_BYTES = 4_096;
/** What is read at once, unless one row has more. */
const PIECE_BYTES = 1024 * 1024;
/** The system reads into so many places at once (IOV_MAX). */
const MOST_ROWS = 1_000;
/** A row has less than this at 600 dpi across A3, in colour. */
const LONGEST_ROW = 64 * 1024;

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path);
  } catch {
    return null;
  }
}

/** Rows of samples as they lie in a file, each read to where the PNG wants it. */
class Rows {
  readonly #handle: FileHandle;
  readonly #layout: SamplesLayout;
  readonly #png: PngOfSamples;
  readonly #memory: Buffer;
  readonly #places: Buffer[];
  #done = 0;

  constructor(handle: FileHandle, layout: SamplesLayout) {
    this.#handle = handle;
    this.#layout = layout;
    this.#png = createPngOfSamples(layout);
    const { rowBytes } = this.#png;
    const count = Math.min(layout.height, MOST_ROWS, Math.max(1, Math.floor(PIECE_BYTES / rowBytes)));
    // The byte before each row stays nothing: it is not filtered.
    this.#memory = Buffer.alloc(count * rowBytes);
    this.#places = Array.from({ length: count }, (_, row) =>
      this.#memory.subarray(row * rowBytes + 1, (row + 1) * rowBytes),
    );
  }

  /** Takes what is whole of a file of so many bytes. */
  async take(fileBytes: number): Promise<void> {
    const { offset, height, width, channels } = this.#layout;
    const samples = width * channels;
    const there = Math.min(height, Math.floor((fileBytes - offset) / samples));
    while (this.#done < there) {
      const places = this.#places.slice(0, there - this.#done);
      const { bytesRead } = await this.#handle.readv(places, offset + this.#done * samples);
      if (bytesRead !== places.length * samples) throw new Error('scanning: rows are missing');
      await this.#png.add(this.#memory.subarray(0, places.length * this.#png.rowBytes));
      this.#done += places.length;
    }
  }

  /** Null: rows are missing. */
  async finish(): Promise<Uint8Array | null> {
    return this.#done === this.#layout.height ? this.#png.finish() : null;
  }
}

async function layoutOf(handle: FileHandle): Promise<SamplesLayout | null> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const layout = readSamplesLayout(buffer.subarray(0, bytesRead));
  return layout === null || layout.width * layout.channels > LONGEST_ROW ? null : layout;
}

/**
 * Follows a page that scanimage writes, so that its PNG is there as soon as the page is, and nobody waits for it then.
 * @param unfinished where it lies until it is whole; then it lies at `path`
 */
export function followPage(unfinished: string, path: string): GrowingPage {
  const ended = new AbortController();
  const { signal } = ended;
  let isStopped = false;

  /** Sooner when it ends. */
  const pause = (): Promise<void> => wait(EVERY_MS, undefined, { signal }).catch(() => {});

  async function openWhenThere(): Promise<FileHandle | null> {
    for (;;) {
      const isLast = signal.aborted;
      const handle = (await openIfThere(unfinished)) ?? (await openIfThere(path));
      if (handle !== null || isLast) return handle;
      await pause();
    }
  }

  async function readToItsEnd(handle: FileHandle): Promise<Uint8Array | null> {
    let rows: Rows | null = null;
    while (!isStopped) {
      // Asked before the size: what is there afterwards is all of it.
      const isLast = signal.aborted;
      const { size } = await handle.stat();
      if (rows === null && (isLast || size >= HEAD_BYTES)) {
        const layout = await layoutOf(handle);
        if (layout === null) return null;
        rows = new Rows(handle, layout);
      }
      await rows?.take(size);
      if (isLast) return rows?.finish() ?? null;
      await pause();
    }
    return null;
  }

  async function follow(): Promise<Uint8Array | null> {
    const handle = await openWhenThere();
    if (handle === null) return null;
    try {
      return await readToItsEnd(handle);
    } finally {
      await handle.close();
    }
  }

  // Whatever keeps it from being made here, it is made where others are.
  const made = follow().catch(() => null);
  return {
    finish() {
      ended.abort();
      return made;
    },
    stop() {
      isStopped = true;
      ended.abort();
    },
  };
}
