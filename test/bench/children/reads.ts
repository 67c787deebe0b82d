/**
 * Opens a large profile and calls everything that the window reads from it, five times each. Prints, for each call, the
 * longest time that it held the thread. Argument: JSON, see `Input`.
 */
import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { openSatchel } from '../../support/open-satchel.ts';

const ROUNDS = 5;
const LIMIT = 60;
const DAY_MS = 24 * 60 * 60_000;

const { profile, customers } = z
  .object({ profile: z.string(), customers: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const { satchel, close } = await openSatchel(profile);
const { services } = satchel;
if (services === null) throw new Error('bench: the vault is locked');
const { capture, reports, activity } = services;
const { rows } = await capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: LIMIT });
const [first] = rows;
if (first === undefined) throw new Error('bench: the profile is empty');

const calls: Readonly<Record<string, () => unknown>> = {
  'submission.list': () => capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: LIMIT }),
  'submission.list, far down': () =>
    capture.submissions({ filter: { tab: 'decided' }, offset: Math.floor(customers * 0.7), limit: LIMIT }),
  'submission.list, search': () =>
    capture.submissions({ filter: { tab: 'all', search: 'family 7' }, offset: 0, limit: LIMIT }),
  'submission.get': () => capture.submission(first.id),
  'batch.list': () => capture.batches(),
  'today.get': () => reports.today(),
  'balance.get, one day': () => reports.balance(Date.now() - DAY_MS, Date.now()),
  'activity.list': () => activity.list({ search: '', offset: 0, limit: LIMIT }),
  'activity.list, far down': () => activity.list({ search: '', offset: customers, limit: LIMIT }),
  'activity.list, search': () => activity.list({ search: 'ref-12', offset: 0, limit: LIMIT }),
  'status.get': () => satchel.status(),
  'activity.verify': () => satchel.verifyLedger(),
};

/** The longest time between two turns of the event loop while `work` ran. */
async function longestTurnMs(work: () => unknown): Promise<number> {
  const state = { longest: 0, last: performance.now(), isOver: false };
  const beat = (): void => {
    const now = performance.now();
    state.longest = Math.max(state.longest, now - state.last);
    state.last = now;
  };
  const watching = (async () => {
    while (!state.isOver) {
      await turn();
      beat();
    }
  })();
  await turn();
  await work();
  state.isOver = true;
  await watching;
  return state.longest;
}

const longest: Record<string, number> = {};
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, call] of Object.entries(calls)) {
    const milliseconds = await longestTurnMs(call);
    // The best of five: other programs share these cores, and a turn in which one of them ran says nothing of ours.
    longest[name] = Math.min(longest[name] ?? Number.POSITIVE_INFINITY, milliseconds);
  }
}
await close();
process.stdout.write(JSON.stringify(longest));
