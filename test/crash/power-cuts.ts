/**
 * Power cuts while a branch works. Its profile lies on the disk that is cut; the practice server, the files and the list of
 * what was acknowledged lie elsewhere.
 */
import { join } from 'node:path';
import type { FaultInput } from '../../main/practice/index.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { startStrictPractice } from './strict-practice.ts';
import { seededRandom } from '../support/virtual-clock.ts';
import { Branch } from './branch-runner.ts';
import type { Phase } from './branch-runner.ts';
import { BRANCH, someFaults, someMoment } from './campaign.ts';
import { checkAfter, settleAll } from './checker.ts';
import type { Problem } from './checker.ts';
import { CutDisk } from './cut-disk.ts';
import type { FileSystem } from './cut-disk.ts';

export interface PowerOptions {
  readonly fileSystem: FileSystem;
  readonly cuts: number;
  readonly seed: number;
  readonly program?: string;
  readonly faults?: (random: () => number) => FaultInput[];
  readonly cutsOfADisk?: number;
  readonly onDisk?: (figures: PowerFigures) => void;
}

export interface PowerFigures {
  readonly fileSystem: FileSystem;
  cuts: number;
  phases: Partial<Record<Phase, number>>;
  pages: number;
  released: number;
  shown: number;
  problems: { cut: number; problem: Problem }[];
}

/** Cuts on one disk before everything of it must come to its end and a new one is made. */
const CUTS_OF_A_DISK = 30;

export async function runPowerCuts(options: PowerOptions): Promise<PowerFigures> {
  const random = seededRandom(options.seed);
  const { fileSystem } = options;
  const figures: PowerFigures = { fileSystem, cuts: 0, phases: {}, pages: 0, released: 0, shown: 0, problems: [] };
  while (figures.cuts < options.cuts && figures.problems.length === 0) {
    const folder = makeFolder('power');
    const practice = await startStrictPractice(folder);
    const disk = new CutDisk(folder, fileSystem);
    try {
      const branch = new Branch({ folder, profile: join(disk.directory, 'profile'), practice });
      const last = Math.min(options.cuts, figures.cuts + (options.cutsOfADisk ?? CUTS_OF_A_DISK));
      while (figures.cuts < last && figures.problems.length === 0) {
        figures.cuts += 1;
        await practice.clearFaults();
        await practice.faults(...(options.faults ?? someFaults)(() => random.number()));
        let cut = Promise.resolve();
        const ended = await branch.run({
          program: options.program ?? BRANCH,
          kill: someMoment(() => random.number()),
          strike: (kill) => {
            cut = disk.cut().finally(kill);
          },
        });
        await cut;
        figures.phases[ended.phase] = (figures.phases[ended.phase] ?? 0) + 1;
        await disk.unmount();
        disk.mount();
        for (const problem of await checkAfter(branch, practice)) figures.problems.push({ cut: figures.cuts, problem });
      }
      if (figures.problems.length === 0) {
        for (const problem of await settleAll(branch, practice)) figures.problems.push({ cut: figures.cuts, problem });
      }
      figures.pages += branch.pages.size;
      figures.released += branch.released.size;
      figures.shown += branch.shown.size;
      options.onDisk?.(figures);
    } finally {
      await disk.remove();
      await practice.close();
      removeFolder(folder);
    }
  }
  return figures;
}

export function describePower(figures: PowerFigures): string {
  const phases = Object.entries(figures.phases).map(([phase, count]) => `${phase} ${count}`);
  return `${figures.fileSystem}: ${figures.cuts} cuts (${phases.join(', ')}), ${figures.pages} pages and ${figures.released} releases acknowledged, ${figures.shown} customers shown as sent, ${figures.problems.length} problems`;
}
