/**
 * Deals a stack out into customers of two pages each and takes it back; then as many commits of one small row, a turn of the
 * thread after each. Prints how long each took and the longest time that the thread was held meanwhile. Argument: `{pages}` as JSON.
 */
import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { openDesk } from '../../integration/capture/desk.ts';
import { fillStack, newStackByCount } from '../../support/full-stack.ts';
import { watchThread } from './heartbeat.ts';

const { pages } = z.object({ pages: z.number() }).parse(JSON.parse(process.argv[2] ?? ''));
const desk = await openDesk({ isProgram: true });
const { capture } = desk;
const stackId = newStackByCount(desk);
fillStack(desk, stackId, pages);

async function measured(work: () => unknown): Promise<{ milliseconds: number; longestMs: number; busyMs: number }> {
  const began = performance.now();
  const { longestBlockMs, longestBusyMs } = await watchThread(async () => work());
  const milliseconds = performance.now() - began;
  return { milliseconds, longestMs: longestBlockMs, busyMs: longestBusyMs };
}

const { fingerprint } = capture.stack(stackId);
const split = await measured(() => capture.splitStack(stackId, fingerprint));
const joined = await measured(() => capture.undoSplit(stackId));
/** About as many as both ways take for 500 pages. */
const COMMITS = 80;
async function commitBarely(): Promise<void> {
  for (let commit = 0; commit < COMMITS; commit += 1) {
    desk.db.transaction((transaction) => {
      transaction.run('UPDATE submissions SET updated_at = ? WHERE id = ?', [commit, stackId]);
    });
    await turn();
  }
}
const bare = await measured(commitBarely);
const { counts } = capture.stack(stackId);
if (counts.proposed !== pages) throw new Error(`bench: ${counts.proposed} of ${pages} pages came back`);
await desk.close();
process.stdout.write(JSON.stringify({ split, joined, bare }));
