import type { EventName, Events } from '../../../shared/ipc/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Satchel, Services } from '../../app/index.ts';
import { inEnglish } from '../../words/index.ts';
import { EXIT } from '../exit-codes.ts';
import { openProfile } from '../profile.ts';

export interface Opened {
  readonly satchel: Satchel;
  readonly services: Services;
}

/**
 * Opens the profile, runs `work`, and always closes it again. `isStarted`: also starts the practice server and sending.
 * Throws `SatchelFailure` when the profile is in use or its vault is locked.
 */
export async function withServices(
  profile: string,
  options: {
    isStarted: boolean;
    listen?: <Name extends EventName>(name: Name, payload: Events[Name]) => void;
  },
  work: (opened: Opened) => Promise<number>,
): Promise<number> {
  const { satchel, close } = await openProfile(profile, options.listen);
  try {
    const { copy } = satchel.status();
    if (copy !== null) process.stderr.write(`satchel: ${inEnglish(copy.message)}\n`);
    for (const notice of satchel.status().notices) process.stderr.write(`satchel: ${inEnglish(notice)}\n`);
    if (satchel.services === null) {
      throw new SatchelFailure({ code: 'key_store', message: { code: 'start.keysLocked' } });
    }
    const interruption = interrupted();
    try {
      if (options.isStarted) await satchel.start();
      return await Promise.race([work({ satchel, services: satchel.services }), interruption.happened]);
    } finally {
      interruption.forget();
    }
  } finally {
    await close();
  }
}

/** Nothing is sent from a profile that may be a copy: says which command decides. Throws `SatchelFailure`. */
export function assertMaySend(satchel: Satchel): void {
  const { copy } = satchel.status();
  if (copy === null) return;
  const commands = copy.choices.map((choice) => `satchel profile ${choice.replace('_', '-')}`).join(', ');
  throw new SatchelFailure({ code: 'conflict', message: { code: 'installation.commands', params: { commands } } });
}

/** Ctrl+C or a service manager's stop: what is in flight is ended or given up safely, as when the window closes. */
function interrupted(): { happened: Promise<number>; forget: () => void } {
  const { promise, resolve } = Promise.withResolvers<number>();
  const stop = (): void => {
    resolve(EXIT.interrupted);
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, stop);
  return {
    happened: promise,
    forget: () => {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
