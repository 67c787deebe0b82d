/** SANE with its own test backend, which is a scanner made of software, and a scanimage for what that cannot do. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sharp } from 'sharp';
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

/**
 * A picture as scanimage writes a device's samples: a TIFF without compression, whose directory stands before them (Satchel reads no
 * further for a page's resolution; libtiff writes it behind).
 */
export async function samplesOf(picture: Sharp, dpi: number): Promise<Buffer> {
  const { data, info } = await picture.clone().removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const isColour = channels === 3;
  const [short, long, fraction] = [3, 4, 5];
  const fields: readonly (readonly [tag: number, type: number, value: number])[] = [
    [0x0100, long, width],
    [0x0101, long, height],
    // Where one number for each channel does not fit into the field.
    [0x0102, short, isColour ? 0 : 8],
    [0x0103, short, 1],
    [0x0106, short, isColour ? 2 : 1],
    [0x0111, long, 0],
    [0x0115, short, channels],
    [0x0116, long, height],
    [0x0117, long, data.length],
    [0x011a, fraction, 0],
    [0x011b, fraction, 0],
    [0x0128, short, 2],
  ];
  const directory = 8;
  const extra = directory + 2 + fields.length * 12 + 4;
  const head = Buffer.alloc(extra + 16);
  head.write('MM\0*', 'latin1');
  head.writeUInt32BE(directory, 4);
  head.writeUInt16BE(fields.length, directory);
  for (const [index, [tag, type, value]] of fields.entries()) {
    const at = directory + 2 + index * 12;
    const count = tag === 0x0102 && isColour ? 3 : 1;
    head.writeUInt16BE(tag, at);
    head.writeUInt16BE(type, at + 2);
    head.writeUInt32BE(count, at + 4);
    if (count === 3) head.writeUInt32BE(extra, at + 8);
    else if (type === fraction) head.writeUInt32BE(extra + 8, at + 8);
    else if (tag === 0x0111) head.writeUInt32BE(head.length, at + 8);
    else if (type === short) head.writeUInt16BE(value, at + 8);
    else head.writeUInt32BE(value, at + 8);
  }
  for (const at of [0, 2, 4]) head.writeUInt16BE(8, extra + at);
  head.writeUInt32BE(dpi, extra + 8);
  head.writeUInt32BE(1, extra + 12);
  return Buffer.concat([head, data]);
}
