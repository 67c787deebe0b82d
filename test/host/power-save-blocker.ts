/** `powerSaveBlocker`: keeps the list of who wants the system awake; no system is told. */

import { guardObject } from './guard.ts';

const TYPES: ReadonlySet<unknown> = new Set(['prevent-app-suspension', 'prevent-display-sleep']);
const started = new Set<number>();
let last = 0;

/** The host's `powerSaveBlocker`. */
export const powerSaveBlocker = guardObject('powerSaveBlocker', {
  start(type: unknown): number {
    if (!TYPES.has(type)) throw new TypeError('electron-host: powerSaveBlocker.start: unknown type');
    last += 1;
    started.add(last);
    return last;
  },
  stop(id: number): boolean {
    return started.delete(id);
  },
  isStarted(id: number): boolean {
    return started.has(id);
  },
});
