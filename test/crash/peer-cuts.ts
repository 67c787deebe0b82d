import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { seededRandom } from '../support/virtual-clock.ts';
import { CutDisk } from './cut-disk.ts';
import type { FileSystem } from './cut-disk.ts';

const PROGRAM = join(import.meta.dirname, 'peer-queue.ts');

export interface PeerFigures {
  cuts: number;
  acknowledged: number;
  lost: number;
  cutsWithLoss: number;
}

/** The same cuts on a queue of others: a disk on which nobody loses anything shows nothing. */
export async function runPeerCuts(fileSystem: FileSystem, cuts: number, seed: number): Promise<PeerFigures> {
  const random = seededRandom(seed);
  const figures: PeerFigures = { cuts: 0, acknowledged: 0, lost: 0, cutsWithLoss: 0 };
  const folder = makeFolder('peer');
  const disk = new CutDisk(folder, fileSystem);
  try {
    while (figures.cuts < cuts) {
      figures.cuts += 1;
      const file = join(disk.directory, `jobs-${figures.cuts}.sqlite3`);
      const child = spawn(process.execPath, [PROGRAM, file], { stdio: ['ignore', 'pipe', 'ignore'] });
      const gone = new Promise((resolve) => child.once('exit', resolve));
      let added = 0;
      let isCut = false;
      for await (const line of createInterface({ input: child.stdout })) {
        // What is said after the cut promises nothing: on a real PC nobody would be there to hear it.
        if (isCut) continue;
        added = Number(line.split(' ')[1]);
        if (added !== 1) continue;
        setTimeout(
          () => {
            isCut = true;
            void disk.cut().then(() => child.kill('SIGKILL'));
          },
          300 + Math.floor(random.number() * 700),
        );
      }
      await gone;
      await disk.unmount();
      disk.mount();
      const kept = Number(execFileSync(process.execPath, [PROGRAM, 'count', file], { encoding: 'utf8' }));
      figures.acknowledged += added;
      figures.lost += Math.max(0, added - kept);
      if (kept < added) figures.cutsWithLoss += 1;
    }
  } finally {
    await disk.remove();
    removeFolder(folder);
  }
  return figures;
}
