import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { seededRandom } from '../support/virtual-clock.ts';
import { CutDisk } from './cut-disk.ts';
import type { FileSystem } from './cut-disk.ts';

const PROGRAM = join(import.meta.dirname, 'control-writer.ts');
const WRITERS = 3;
const NANOSECONDS_PER_MS = 1_000_000;

export interface ControlFigures {
  cuts: number;
  acknowledged: number;
  /** Lost although it had been acknowledged before the order to cut: the disk would be no judge. */
  lostBefore: number;
  /** Lost, and acknowledged when the order had been given: an fsync under way then may still answer "done". */
  lostAfter: number;
  /** How long after the order the last of those was acknowledged. */
  latestMs: number;
}

/** The same cuts on a program that does nothing but append and flush: what is lost here is the disk's doing, not Satchel's. */
export async function runControlCuts(fileSystem: FileSystem, cuts: number, seed: number): Promise<ControlFigures> {
  const random = seededRandom(seed);
  const figures: ControlFigures = { cuts: 0, acknowledged: 0, lostBefore: 0, lostAfter: 0, latestMs: 0 };
  const folder = makeFolder('control');
  const disk = new CutDisk(folder, fileSystem);
  try {
    while (figures.cuts < cuts) {
      figures.cuts += 1;
      const writers = Array.from(
        { length: WRITERS },
        (_, n) => new Writer(join(disk.directory, `${figures.cuts}-${n}`)),
      );
      await Promise.all(writers.map(({ hasBegun }) => hasBegun));
      await new Promise((resolve) => setTimeout(resolve, 50 + random.number() * 200));
      const orderedAt = process.hrtime.bigint();
      await disk.cut();
      await Promise.all(writers.map((writer) => writer.kill()));
      await disk.unmount();
      disk.mount();
      for (const { file, said } of writers) {
        const kept = readFileSync(file).byteLength;
        figures.acknowledged += said.length;
        for (const { length, at } of said) {
          if (length <= kept) continue;
          const afterMs = Number(at - orderedAt) / NANOSECONDS_PER_MS;
          if (afterMs < 0) figures.lostBefore += 1;
          else figures.lostAfter += 1;
          figures.latestMs = Math.max(figures.latestMs, afterMs);
        }
      }
    }
  } finally {
    await disk.remove();
    removeFolder(folder);
  }
  return figures;
}

class Writer {
  readonly file: string;
  readonly said: { length: number; at: bigint }[] = [];
  readonly hasBegun: Promise<void>;
  readonly #child;
  readonly #gone: Promise<unknown>;

  constructor(file: string) {
    this.file = file;
    const child = spawn(process.execPath, [PROGRAM, file], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#child = child;
    this.#gone = new Promise((resolve) => child.once('close', resolve));
    const lines = createInterface({ input: child.stdout });
    this.hasBegun = new Promise((resolve) => {
      lines.on('line', (line) => {
        const [length = '', at = ''] = line.split(' ');
        this.said.push({ length: Number(length), at: BigInt(at) });
        resolve();
      });
    });
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }
}
