import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';

/** The two switches of the desk, kept over restarts in `settings`. */
export interface Switches {
  /** False: the person wants to work without the network. */
  readonly isOnlineWanted: boolean;
  readonly isPaused: boolean;
}

const ONLINE = 'sync.isOnlineWanted';
const PAUSED = 'sync.isPaused';

export function readSwitches(db: ReadableDatabase): Switches {
  const value = (key: string): string | undefined =>
    db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [key])?.value;
  return { isOnlineWanted: value(ONLINE) !== 'false', isPaused: value(PAUSED) === 'true' };
}

export function writeSwitch(db: WritableDatabase, name: keyof Switches, isOn: boolean): void {
  db.transaction(() => {
    db.run('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
      name === 'isPaused' ? PAUSED : ONLINE,
      String(isOn),
    ]);
  });
}
