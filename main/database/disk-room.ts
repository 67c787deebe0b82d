import { randomFillSync } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';

const PIECE_BYTES = 1024 * 1024;

/**
 * Room on the disk that is kept for the database: a file of noise beside it, given back when the disk is full. A full disk
 * is other programs' work (capturing stops long before), and what has been released must go on: acknowledgements are
 * small, and this is enough for some thousand of them.
 */
export class DiskRoom {
  readonly #file: string;
  #isLow = false;

  /** `file`: the database's. */
  constructor(file: string) {
    this.#file = `${file}.reserve`;
  }

  /** The disk did not take a write, or has no room to keep, and there has been none since. */
  get isLow(): boolean {
    return this.#isLow;
  }

  /** A write found no room. Answers whether some was made by giving up what was kept: then it is worth trying again. */
  give(): boolean {
    this.#isLow = true;
    if (!existsSync(this.#file)) return false;
    rmSync(this.#file);
    return true;
  }

  /** Takes the room again (or for the first time) when twice as much is free. Answers whether it is kept now. */
  async hold(bytes: number, freeBytes: number): Promise<boolean> {
    if (existsSync(this.#file)) {
      this.#isLow = false;
      return true;
    }
    if (freeBytes < 2 * bytes) {
      this.#isLow = true;
      return false;
    }
    const half = `${this.#file}.half`;
    try {
      await fill(half, bytes);
      renameSync(half, this.#file);
    } catch {
      rmSync(half, { force: true });
      return false;
    }
    this.#isLow = false;
    return true;
  }
}

async function fill(file: string, bytes: number): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, bytes));
    for (let written = 0; written < bytes; written += piece.length) {
      // Noise, so that a disk that compresses keeps the room as well.
      await handle.writeFile(randomFillSync(piece));
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
