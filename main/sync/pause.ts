import { StoredPause } from '../../shared/domain/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';

export type ConnectionPause = StoredPause;

/** The longest time between two tests of a connection that waits for the network. */
export const LONGEST_PROBE_MS = 5 * 60_000;
/** How much later than the connection that tests the network the others would test it, should that one not do it. */
const SHARED_DELAY_MS = 60_000;

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
    const pause = StoredPause.safeParse(JSON.parse(row.pause));
    // A pause that cannot be read must not let calls through with a refused credential: it waits for a person.
    found.set(row.id, pause.success ? pause.data : UNREADABLE);
  }
  return found;
}

const UNREADABLE: ConnectionPause = {
  cause: 'call_it',
  message: { code: 'sync.pauseUnreadable', params: {} },
  untilMs: null,
  probeOperationId: null,
  failures: 0,
  sinceMs: null,
  isNetworkWide: false,
  seen: null,
};

/** Stores or (null) ends a pause, in the caller's transaction. */
export function setPause(db: WritableDatabase, connectionId: string, pause: ConnectionPause | null): void {
  db.transaction(() => {
    db.run('UPDATE connections SET pause = ? WHERE id = ?', [
      pause === null ? null : JSON.stringify(pause),
      connectionId,
    ]);
  });
}

/**
 * Without a network no connection can send: the others that leave this PC wait with this one, and leave the testing to it.
 * What waits for a person goes on doing so.
 */
export function shareWithOthers(db: WritableDatabase, connectionId: string, pause: ConnectionPause): void {
  if (isPractice(db, connectionId)) return;
  const known = pauses(db);
  for (const { id } of db.all<{ id: string }>(
    `SELECT id FROM connections WHERE id <> ? AND environment <> 'practice' AND removed_at IS NULL`,
    [connectionId],
  )) {
    const own = known.get(id);
    if (own !== undefined && !own.isNetworkWide) continue;
    setPause(db, id, {
      ...pause,
      untilMs: pause.untilMs === null ? null : pause.untilMs + SHARED_DELAY_MS,
      probeOperationId: null,
    });
  }
}

/** One answer from a provider proves that the network works: ends every pause that was for want of it. */
export function endNetworkPauses(db: WritableDatabase, connectionId: string): boolean {
  if (isPractice(db, connectionId)) return false;
  let isChanged = false;
  for (const [id, pause] of pauses(db)) {
    if (!pause.isNetworkWide || id === connectionId || isPractice(db, id)) continue;
    setPause(db, id, null);
    isChanged = true;
  }
  return isChanged;
}

/** Pauses that fit are over now, so that one operation of each tests whether the reason is gone. Answers their connections. */
export function testPauses(
  db: WritableDatabase,
  now: number,
  fits: (connectionId: string, pause: ConnectionPause) => boolean,
): string[] {
  const opened: string[] = [];
  for (const [connectionId, pause] of pauses(db)) {
    if (!fits(connectionId, pause)) continue;
    setPause(db, connectionId, { ...pause, untilMs: now });
    opened.push(connectionId);
  }
  return opened;
}

/** The pause as a person should read it first: what takes a person before what passes, the network before one provider. */
export function worstPause(db: ReadableDatabase): ConnectionPause | null {
  const rank = (pause: ConnectionPause): number => (pause.isNetworkWide ? 0 : pause.cause === 'wait' ? 2 : 1);
  const all = [...pauses(db).values()].sort((a, b) => rank(a) - rank(b));
  return all[0] ?? null;
}

function isPractice(db: ReadableDatabase, connectionId: string): boolean {
  const row = db.get<{ environment: string }>('SELECT environment FROM connections WHERE id = ?', [connectionId]);
  return row?.environment === 'practice';
}

/** About how long apart the tests are after so many that failed, for what adapters say of a PC without a network. */
export function usualProbeMs(failures: number): number {
  return probeDelayMs(15_000, failures, 0.5);
}
