/** One world of sending for each test of a file, which ends with it; and what is done in it again and again. */
import { afterEach, beforeEach } from 'vitest';
import { park, unpark } from '../../main/outbox/index.ts';
import type { Outcome } from '../../main/providers/port.ts';
import { hold } from '../../main/submissions/index.ts';
import { World, evidence } from './sync-world.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** The world of the test that runs. */
export let world: World;

/** To be called once in a file, before its tests. */
export function worldForEach(): void {
  beforeEach(() => {
    world = new World();
  });
  afterEach(async () => {
    world.isDiskFull = false;
    const stopping = world.dispatcher.stop();
    await world.clock.advance(10_000);
    await stopping;
    world.dispose();
  });
}

export const desk = () => ({
  db: world.db,
  providers: new Map([['persona' as const, world.provider]]),
  connections: world.connections,
  random: world.random,
});
/** As capture holds a submission: on the ladder and in the queue. */
export function holdIt(submissionId: string, isHeld: boolean): void {
  world.db.transaction((db) => {
    hold(db, submissionId, isHeld, kim());
    (isHeld ? park : unpark)(db, { submissionId });
  });
}
export const kim = () => ({ now: world.clock.now(), operator: 'kim' });
export const offline = {
  kind: 'pause',
  cause: 'wait',
  evidence: evidence('test.offline', null),
  afterMs: 10_000,
} as const satisfies Outcome;
export const refused = {
  kind: 'attention',
  cause: 'correct_data',
  evidence: evidence('test.refused', 422),
} as const satisfies Outcome;

/** A released submission with one operation. */
export function one(kind = 'small', byteLength = 0): { id: string; operationId: string } {
  const id = world.submission();
  const operation = world.newOperation(id, { kind, byteLength });
  world.release(id, operation);
  return { id, operationId: operation.id };
}
