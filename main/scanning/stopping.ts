import { setTimeout as wait } from 'node:timers/promises';
import { ScanStopped } from './port.ts';

/** What `answer` becomes, unless the scan is stopped before: a device can take seconds. Then it rejects with `ScanStopped`. */
export function unlessStopped<Answer>(answer: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new ScanStopped('cancelled'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([stopped, answer]);
}

/** Waits so many milliseconds. Rejects with `ScanStopped` as soon as the scan is stopped. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => {
    throw new ScanStopped('cancelled');
  });
}
