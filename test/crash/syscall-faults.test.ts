/** Some of the points of `npm run faults`: a branch's day under strace with one system call that kills it or fails. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../support/virtual-clock.ts';
import { FAULTS, failAt, findSyscallPoints, whyNotTrace } from './syscall-faults.ts';

const SEED = Number(process.env['SATCHEL_CRASH_SEED'] ?? Date.now() % 1_000_000);

function orSkip(skip: (reason: string) => never): void {
  const missing = whyNotTrace();
  if (missing === null) return;
  console.log(`skipped: ${missing}`);
  skip(missing);
}

describe('a system call that fails', () => {
  it(`costs nothing that was acknowledged (one point of each kind, seed ${SEED})`, async ({ skip }) => {
    orSkip(skip);
    const points = await findSyscallPoints();
    expect(points.length).toBeGreaterThan(300);
    const random = seededRandom(SEED);
    for (const fault of FAULTS) {
      const fitting = points.filter((point) => point.fault === fault);
      const point = fitting[Math.floor(random.number() * fitting.length)];
      if (point === undefined) throw new Error(`there is no point for ${fault}`);
      const { hasHappened, end, problems } = await failAt(point);
      console.log(
        `faults: ${point.call} ${fault} at ${point.count}: ${hasHappened ? end : 'did not come to it'}; seed ${SEED}`,
      );
      expect({ point, problems }).toEqual({ point, problems: [] });
    }
  });
});
