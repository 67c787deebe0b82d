/** Debian's sane-airscan: an eSCL client that nobody here wrote, driven by `scanimage`. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SANE_AIRSCAN, SCANIMAGE, installCommand, isInstalled } from '../../../scripts/system-packages.ts';

export const hasAirscan = isInstalled(SANE_AIRSCAN) && isInstalled(SCANIMAGE);

/** Behind the name of what is skipped without it. */
export const WITHOUT_AIRSCAN = hasAirscan
  ? ''
  : ` (skipped: no sane-airscan here; install it with: ${installCommand([SCANIMAGE, SANE_AIRSCAN])})`;

export const AIRSCAN_DEVICE = 'airscan:e0:simulated';

/** Writes a configuration in which SANE knows one network scanner and nothing else; answers the environment for it. */
export function airscanEnvironment(folder: string, address: string): Record<string, string> {
  const directory = join(folder, 'sane');
  mkdirSync(join(directory, 'dll.d'), { recursive: true });
  writeFileSync(join(directory, 'dll.conf'), 'airscan\n');
  writeFileSync(
    join(directory, 'airscan.conf'),
    `[devices]\n"simulated" = ${address}, eSCL\n[options]\ndiscovery = disable\n`,
  );
  return { SANE_CONFIG_DIR: directory };
}

/** Scans with `scanimage` into `folder`. The server must run in another turn of this process's loop, so nothing waits in it. */
export function scanimage(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly out: string; readonly complaints: string }> {
  const child = spawn(SCANIMAGE.candidates[0] ?? '', [`--device-name=${AIRSCAN_DEVICE}`, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, out, complaints });
    });
  });
}
