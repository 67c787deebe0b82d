import { statfs } from 'node:fs/promises';
import type { Clock } from '../../shared/util/clock.ts';
import { IngestError } from './types.ts';

const MEASUREMENT_LIFE_MS = 250;

/** Bytes that this user may still write on the disk of `directory`. */
export async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

export interface DiskSpaceOptions {
  readonly freeBytes: () => Promise<number>;
  /** Kept free, so that the database can still write what it must and people can still work. */
  readonly reserveBytes: number;
  readonly clock: Clock;
}

/** Refuses a file before its first byte is written when it would not fit beside those that are on their way. */
export class DiskSpace {
  readonly #options: DiskSpaceOptions;
  #measured: { readonly free: Promise<number>; readonly at: number } | null = null;
  /** Bytes of files that may not be in the measurement yet: it errs towards refusing early. */
  #promised = 0;
  #finishedSinceMeasured = 0;

  constructor(options: DiskSpaceOptions) {
    this.#options = options;
  }

  /** Rejects with `disk_full` and the missing bytes. The answer gives the place back once the file is written or gone. */
  async take(bytes: number): Promise<() => void> {
    this.#promised += bytes;
    const giveBack = (): void => {
      this.#promised -= bytes;
      this.#finishedSinceMeasured += bytes;
    };
    try {
      const free = await this.#measure();
      const missing = this.#promised + this.#finishedSinceMeasured + this.#options.reserveBytes - free;
      if (missing > 0) throw new IngestError('disk_full', missing);
      return giveBack;
    } catch (error) {
      this.#promised -= bytes;
      throw error;
    }
  }

  #measure(): Promise<number> {
    const now = this.#options.clock.monotonic();
    if (this.#measured === null || now - this.#measured.at > MEASUREMENT_LIFE_MS) {
      this.#finishedSinceMeasured = 0;
      this.#measured = { free: this.#options.freeBytes(), at: now };
      // A failed measurement is not kept.
      this.#measured.free.catch(() => {
        this.#measured = null;
      });
    }
    return this.#measured.free;
  }
}
