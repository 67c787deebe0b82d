import { spawn } from 'node:child_process';
import { join } from 'node:path';

const RUN = join(import.meta.dirname, '..', '..', 'scripts', 'run.mjs');

/**
 * The command line on this profile, in a process of its own. Not `spawnSync`: a practice server in the test's process has
 * to answer meanwhile.
 */
export function satchel(
  profile: string,
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [RUN, 'satchel', '--profile', profile, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}
