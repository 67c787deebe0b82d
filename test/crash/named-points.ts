/** Every named point between two durable steps of a branch's whole day: first start, import, release, sending. */
import { join } from 'node:path';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { startStrictPractice } from './strict-practice.ts';
import { Branch } from './branch-runner.ts';
import { BRANCH } from './campaign.ts';
import { checkAfter, settleAll } from './checker.ts';
import type { Problem } from './checker.ts';

const CUSTOMERS = 2;

export interface Point {
  readonly name: string;
  /** Which of this name. */
  readonly count: number;
}

/** The points of a run that nothing interrupts: of each name the first, one in the middle and the last. */
export async function findPoints(): Promise<Point[]> {
  const folder = makeFolder('points');
  const practice = await startStrictPractice(folder);
  const counts = new Map<string, number>();
  try {
    const ended = await new Branch({ folder, practice }).run({
      program: BRANCH,
      customers: CUSTOMERS,
      environment: { SATCHEL_TEST_STEPS: 'list' },
      onLine: (line) => {
        if (!line.startsWith('STEP ')) return;
        counts.set(line.slice(5), (counts.get(line.slice(5)) ?? 0) + 1);
      },
    });
    if (ended.code !== 0) throw new Error(`the run to be interrupted did not end: ${ended.errors}`);
  } finally {
    await practice.close();
    removeFolder(folder);
  }
  return [...counts].flatMap(([name, most]) =>
    [...new Set([1, Math.ceil(most / 2), most])].map((count) => ({ name, count })),
  );
}

/** One day on a new profile that dies at `point`; then a start that is not killed. `hasDied` false: it never came there. */
export async function dieAt(point: Point, program = BRANCH): Promise<{ hasDied: boolean; problems: Problem[] }> {
  const folder = makeFolder('point');
  const practice = await startStrictPractice(folder);
  try {
    const branch = new Branch({ folder: join(folder), practice });
    const { signal } = await branch.run({
      program,
      customers: CUSTOMERS,
      environment: { SATCHEL_TEST_STEPS: `${point.name}#${point.count}` },
    });
    const problems = await checkAfter(branch, practice);
    return {
      hasDied: signal === 'SIGKILL',
      problems: problems.length > 0 ? problems : await settleAll(branch, practice),
    };
  } finally {
    await practice.close();
    removeFolder(folder);
  }
}
