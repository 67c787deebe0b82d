import { z } from 'zod';
import { Cause } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';

const StoredMessage = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/** A pause of a whole connection, as stored in `connections.pause`. */
const Pause = z.object({
  cause: Cause,
  message: StoredMessage,
  /** Null: until a person acts. Once it is over, one operation is let through to test whether the reason is gone. */
  untilMs: z.number().nullable(),
  /** The operation that made the pause, or tested it last. */
  probeOperationId: z.string().nullable(),
  /** How often in a row a test has failed: the next one comes later. */
  failures: z.number().default(0),
});

export interface ConnectionPause {
  readonly cause: Cause;
  readonly message: Message;
  readonly untilMs: number | null;
  readonly probeOperationId: string | null;
  readonly failures: number;
}

/** The longest time between two tests of a connection that waits for the network. */
const LONGEST_PROBE_MS = 5 * 60_000;

/** When to test again: what the provider adapter said, doubled with each failed test, with up to a quarter of jitter. */
export function probeDelayMs(afterMs: number, failures: number, random: number): number {
  const grown = Math.min(afterMs * 2 ** Math.min(failures, 10), Math.max(afterMs, LONGEST_PROBE_MS));
  return Math.round(grown * (1 + random / 4));
}

export function pauses(db: ReadableDatabase): Map<string, ConnectionPause> {
  const found = new Map<string, ConnectionPause>();
  for (const row of db.all<{ id: string; pause: string }>(
    'SELECT id, pause FROM connections WHERE pause IS NOT NULL',
  )) {
    const pause = Pause.safeParse(JSON.parse(row.pause));
    // A pause that cannot be read must not let calls through with a refused credential: it waits for a person.
    found.set(
      row.id,
      pause.success
        ? pause.data
        : {
            cause: 'call_it',
            message: { code: 'sync.pauseUnreadable' },
            untilMs: null,
            probeOperationId: null,
            failures: 0,
          },
    );
  }
  return found;
}

/** Stores or (null) ends a pause, in the caller's transaction. */
export function setPause(db: WritableDatabase, connectionId: string, pause: ConnectionPause | null): void {
  db.transaction(() => {
    db.run('UPDATE connections SET pause = ? WHERE id = ?', [
      pause === null ? null : JSON.stringify(pause),
      connectionId,
    ]);
  });
}
