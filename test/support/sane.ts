/** SANE with its own test backend, which is a scanner made of software, and a scanimage for what that cannot do. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SCANIMAGE = '/usr/bin/scanimage';

export const hasScanimage = existsSync(SCANIMAGE);

/** Behind the name of what is skipped without it. */
export const WITHOUT_SCANIMAGE = hasScanimage
  ? ''
  : ' (skipped: no scanimage here; install it with: sudo apt-get install -y sane-utils)';

/** Settings of the test backend (test.conf, sane-test(5)) that differ from its own. Lengths in millimetres. */
export type TestScanner = Readonly<Record<string, string | number | boolean>>;

/** A glass and a feeder that hold A4. */
const A4_SCANNER: TestScanner = {
  number_of_devices: 1,
  geometry_max: 300,
  'test-picture': '"Color pattern"',
};

/** Writes a configuration in which SANE knows its test backend and nothing else; answers the environment for it. */
export function saneEnvironment(folder: string, scanner: TestScanner = {}): Record<string, string> {
  const directory = join(folder, 'sane');
  mkdirSync(join(directory, 'dll.d'), { recursive: true });
  writeFileSync(join(directory, 'dll.conf'), scanner['number_of_devices'] === 0 ? '' : 'test\n');
  const lines = Object.entries({ ...A4_SCANNER, ...scanner }).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(join(directory, 'test.conf'), lines.join(''));
  return { SANE_CONFIG_DIR: directory };
}

/**
 * A scanimage that answers questions as the real one does and runs `script` (sh) instead of scanning. `$@` are the
 * arguments of the scan; pages are made in the working directory by `real_scan`, which runs the real program (`$real`). `options`: what it
 * lists of the device instead of what the test scanner has.
 */
export function fakeScanimage(folder: string, script: string, options: string | null = null): string {
  const program = join(folder, 'scanimage');
  writeFileSync(
    program,
    `#!/bin/sh
real=${SCANIMAGE}
real_scan() { $real "$@"; }
for argument in "$@"; do
  case "$argument" in -f|-A) ${options === null ? '' : `[ "$argument" = -A ] && exec cat "$0.options"; `}exec $real "$@";; esac
done
${script}
`,
  );
  if (options !== null) writeFileSync(`${program}.options`, options);
  chmodSync(program, 0o755);
  return program;
}
