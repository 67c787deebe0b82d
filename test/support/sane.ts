/** SANE with its own test backend, which is a scanner made of software, and a scanimage for what that cannot do. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCANIMAGE, installCommand, isInstalled } from '../../scripts/system-packages.ts';

export const hasScanimage = isInstalled(SCANIMAGE);

/** Behind the name of what is skipped without it. */
export const WITHOUT_SCANIMAGE = hasScanimage
  ? ''
  : ` (skipped: no scanimage here; install it with: ${installCommand([SCANIMAGE])})`;

/** Settings of the test backend (test.conf, sane-test(5)) that differ from its own. Lengths in millimetres. */
export type TestScanner = Readonly<Record<string, string | number | boolean>>;

/** A glass and a feeder that hold A4. */
const A4_SCANNER: TestScanner = {
  number_of_devices: 1,
  geometry_max: 300,
  'test-picture': '"Color pattern"',
};

/** A scanner that gives so many bytes at a time, with so long a pause between them. */
export function slowScanner(bytes: number, pauseMicroseconds: number): TestScanner {
  return {
    'read-limit': true,
    'read-limit-size': bytes,
    'read-delay': true,
    'read-delay-duration': pauseMicroseconds,
  };
}

/** For `fakeScanimage`: two real pages, then what `then` does; and what a jam at the third looks like. */
export const twoPagesThen = (then: string): string => `real_scan "$@" --batch-count=2 2>/dev/null\n${then}`;
export const JAM = "echo 'scanimage: sane_read: Document feeder jammed' >&2\nexit 6";

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
real=${SCANIMAGE.candidates[0] ?? ''}
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
