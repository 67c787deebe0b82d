/** The whole app without a window, in the test's own process. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createSatchel } from '../../main/app/index.ts';
import type { Satchel, SatchelOptions, Services } from '../../main/app/index.ts';
import { silentLog } from '../../main/logging/index.ts';
import { openUndiciHttp } from '../../main/network/index.ts';
import type { RoadOptions } from '../../main/network/index.ts';
import { createFileKeyStore } from '../../main/vault/index.ts';
import { lendInspection } from './lent-inspection.ts';

export interface OpenedSatchel {
  readonly satchel: Satchel;
  /** Throws while the vault is locked. */
  readonly services: Services;
  readonly close: () => Promise<void>;
}

/**
 * Opens a profile as the command line does; its work begins with `satchel.start()`. Whatever `options` leave out: a key in a
 * file, HTTP by undici, room on the disk, nobody who listens. Throws when the profile is refused.
 */
export async function openSatchel(
  profile: string,
  { network, ...options }: Partial<SatchelOptions> & { network?: RoadOptions } = {},
): Promise<OpenedSatchel> {
  const http = await openUndiciHttp(network);
  const opened = await createSatchel({
    profile,
    keyStore: createFileKeyStore({ file: join(profile, 'insecure.key'), random: randomBytes }),
    http,
    operator: 'kim',
    samples: '',
    freeBytes: () => 1e12,
    log: silentLog,
    emit: () => {},
    // A bench is a program that has to end by itself.
    ...(process.env['VITEST'] === undefined ? {} : { inspection: lendInspection() }),
    ...options,
  });
  if (opened.kind === 'refused') throw new Error(`the profile was refused: ${opened.reason}`);
  const { satchel } = opened;
  return {
    satchel,
    get services() {
      if (satchel.services === null) throw new Error('the vault is locked');
      return satchel.services;
    },
    close: async () => {
      await satchel.stop();
      await http.close();
    },
  };
}
