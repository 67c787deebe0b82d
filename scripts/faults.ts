/**
 * `npm run faults [-- --only fsync] [--from N] [--every N]`: a branch's day under strace, again and again, with each system
 * call on the profile in turn killing the process, failing with EIO, or failing with ENOSPC. Before that, the order of the
 * calls up to each acknowledgement.
 */
import { parseArgs } from 'node:util';
import { MUTANTS, plant } from '../test/crash/mutants.ts';
import { failAt, findDisorder, findSyscallPoints, whyNotTrace } from '../test/crash/syscall-faults.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    /** Goes on after a run that was interrupted. */
    from: { type: 'string', default: '0' },
    every: { type: 'string', default: '1' },
  },
});
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function order(): Promise<boolean> {
  const { pages, early } = await findDisorder();
  say(`order: ${pages} acknowledged pages, ${early.length} of them before everything was on the disk`);
  let isEachFound = true;
  for (const mutant of MUTANTS.filter(({ foundBy }) => foundBy === 'order')) {
    const planted = plant(mutant);
    const found = await findDisorder(planted.program);
    planted.remove();
    say(`"${mutant.name}": ${found.early.length > 0 ? 'found' : 'NOT FOUND'}`);
    isEachFound &&= found.early.length > 0;
  }
  return pages > 0 && early.length === 0 && isEachFound;
}

async function run(): Promise<boolean> {
  const points = (await findSyscallPoints()).filter(({ call }) => values.only === undefined || call === values.only);
  const ends = new Map<string, number>();
  let bad = 0;
  let happened = 0;
  let done = 0;
  for (let index = Number(values.from); index < points.length; index += Number(values.every)) {
    const point = points[index];
    if (point === undefined) break;
    const { hasHappened, end, problems, errors } = await failAt(point);
    done += 1;
    if (hasHappened) happened += 1;
    const name = `${point.call} ${point.fault.split('=')[1]}`;
    ends.set(`${name}: ${end}`, (ends.get(`${name}: ${end}`) ?? 0) + 1);
    if (end === 'threw') {
      const reason = /^\S*Error:.*$/m.exec(errors)?.[0] ?? 'no reason';
      ends.set(`  ${reason}`, (ends.get(`  ${reason}`) ?? 0) + 1);
    }
    if (problems.length > 0) {
      bad += 1;
      say(`  ${index}: ${JSON.stringify(point)}: ${JSON.stringify(problems)}`);
    }
    if (done % 100 === 0) say(`  ${done} of ${points.length} (at ${index})`);
  }
  for (const [end, count] of [...ends].sort(([a], [b]) => a.localeCompare(b))) say(`  ${end} ${count}`);
  say(`${done} of ${points.length} points tried, ${happened} happened, ${bad} with problems`);
  return bad === 0 && done > 0;
}

const missing = whyNotTrace();
if (missing === null) process.exitCode = (await order()) && (await run()) ? 0 : 1;
else {
  say(`faults: ${missing}`);
  process.exitCode = 78;
}
