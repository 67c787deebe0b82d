import { randomBytes } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventName, Events } from '../../shared/ipc/index.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { createSatchel } from '../app/index.ts';
import type { Satchel } from '../app/index.ts';
import { systemPlace } from '../installation/index.ts';
import { processIsHeld } from './ending.ts';
import { createFileLog } from '../logging/index.ts';
import { networkLooks, openUndiciHttp } from '../network/index.ts';
import { readPolicy, systemPolicyFile } from '../policy/index.ts';
import { createFileKeyStore } from '../vault/index.ts';

/** Where the window keeps its profile, so that both work on the same one unless told otherwise. */
export function defaultProfile(): string {
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? homedir(), 'Satchel');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Satchel');
  return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Satchel');
}

/** The build puts the workers beside this program; from source they run as they are. */
const WORKERS = import.meta.url.endsWith('.js')
  ? {
      vault: new URL('vault-worker.js', import.meta.url),
      inspection: new URL('inspection-worker.js', import.meta.url),
      practice: new URL('practice-worker.js', import.meta.url),
      databaseCheck: new URL('database-check-worker.js', import.meta.url),
    }
  : undefined;

/**
 * Opens a profile with the composition root of the window, but with a key file (there is no system key store to ask) and
 * undici. `listen` gets the same events as the window.
 */
export async function openProfile(
  directory: string,
  listen: <Name extends EventName>(name: Name, payload: Events[Name]) => void = () => {},
): Promise<{ readonly satchel: Satchel; readonly close: () => Promise<void> }> {
  const http = await openUndiciHttp();
  const opened = await createSatchel({
    profile: directory,
    keyStore: createFileKeyStore({ file: join(directory, 'insecure.key'), random: randomBytes }),
    http,
    operator: userInfo().username,
    ...(WORKERS === undefined ? {} : { workers: WORKERS }),
    samples: fileURLToPath(new URL('../../assets/samples', import.meta.url)),
    freeBytes: (path) => {
      const disk = statfsSync(path);
      return disk.bavail * disk.bsize;
    },
    log: createFileLog(join(directory, 'logs'), Date.now),
    emit: listen,
    networkLooks,
    place: systemPlace(),
    policy: () => readPolicy(systemPolicyFile()),
  });
  if (opened.kind === 'refused') {
    await http.close();
    throw new SatchelFailure({ code: opened.reason === 'in_use' ? 'conflict' : 'storage', message: opened.message });
  }
  return {
    satchel: opened.satchel,
    close: async () => {
      await opened.satchel.stop();
      await http.close();
      if (opened.satchel.isHung()) processIsHeld();
    },
  };
}
