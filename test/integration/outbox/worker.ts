/**
 * A sender that dies: run by crash.test.ts as a process of its own, on a database that lies on the disk. It claims, passes
 * the point of no return, "sends" (a line in a file, which is the server), completes; and kills itself with SIGKILL after
 * the step it was told.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { APPLICATION_ID, migrations, openDatabase } from '../../../main/database/index.ts';
import {
  claimNext,
  claimUnknown,
  complete,
  markCommitted,
  recover,
  resolveUnknown,
} from '../../../main/outbox/index.ts';
import type { Claim } from '../../../main/outbox/index.ts';

const [file = '', server = '', dieAt = ''] = process.argv.slice(2);
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const opened = openDatabase({ file, applicationId: APPLICATION_ID, migrations, clock });
if (opened.kind !== 'opened') throw new Error(`refused: ${opened.reason}`);
const { db } = opened;
let steps = 0;

function step(): void {
  steps += 1;
  if (String(steps) === dieAt) process.kill(process.pid, 'SIGKILL');
}

let tokens = 0;
const lease = (): { now: number; leaseToken: string } => {
  tokens += 1;
  return { now: clock.now(), leaseToken: `${process.pid}-${tokens}` };
};
const received = (): string[] => readFileSync(server, 'utf8').split('\n').filter(Boolean);

recover(db, { now: clock.now() });
step();
for (;;) {
  const unknown = claimUnknown(db, lease());
  if (unknown === null) break;
  step();
  const mine = { operationId: unknown.id, leaseToken: unknown.leaseToken, now: clock.now() };
  if (received().includes(unknown.id)) complete(db, { ...mine, result: { found: true } });
  else resolveUnknown(db, mine);
  step();
}
let claim: Claim | null = claimNext(db, lease());
step();
while (claim !== null) {
  const mine = { operationId: claim.id, leaseToken: claim.leaseToken, now: clock.now() };
  if (!markCommitted(db, mine)) throw new Error('the lease was lost');
  step();
  appendFileSync(server, `${claim.id}\n`);
  step();
  // One commit for both, as the dispatcher does it.
  claim = db.transaction((transaction) => {
    complete(transaction, { ...mine, result: { sent: true } });
    return claimNext(transaction, lease());
  });
  step();
}
opened.close();
process.stdout.write(String(steps));
