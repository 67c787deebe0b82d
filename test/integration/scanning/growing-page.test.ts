/** A page of samples that is followed while scanimage writes it. */
import { closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { followPage } from '../../../main/scanning/sane/growing-page.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { samplesOf } from '../../support/sane.ts';

const DPI = 300;
const [WIDTH, HEIGHT] = [331, 470];

let folder: string;
let pages = 0;

beforeAll(() => {
  folder = makeFolder('growing');
});
afterAll(() => {
  removeFolder(folder);
});

/** No two rows are alike. */
const pixelsOf = (channels: 1 | 3): Uint8Array =>
  Uint8Array.from({ length: WIDTH * HEIGHT * channels }, (_, at) => (at * 2654435761) >> 13);

const spaceOf = (channels: 1 | 3): 'b-w' | 'srgb' => (channels === 1 ? 'b-w' : 'srgb');

const picture = (channels: 1 | 3): Sharp =>
  sharp(pixelsOf(channels), { raw: { width: WIDTH, height: HEIGHT, channels } }).toColourspace(spaceOf(channels));

/** Where a page lies until it is whole, and then. */
function newPlace(): { readonly unfinished: string; readonly path: string } {
  pages += 1;
  const path = join(folder, `p${pages}.tiff`);
  return { unfinished: `${path}.part`, path };
}

/** What becomes of a file of which `before` comes first and `after` when it has been looked at for a while. */
async function follow(before: Uint8Array, after: Uint8Array, pauseMs = 0): Promise<Uint8Array | null> {
  const { unfinished, path } = newPlace();
  const page = followPage(unfinished, path);
  const file = openSync(unfinished, 'w');
  writeSync(file, before);
  await wait(pauseMs);
  writeSync(file, after);
  closeSync(file);
  renameSync(unfinished, path);
  return page.finish();
}

it.each([1, 3] as const)('becomes a PNG of the same pixels and resolution: %i samples a pixel', async (channels) => {
  const scan = await samplesOf(picture(channels), DPI);
  const half = scan.length >> 1;
  const png = await follow(scan.subarray(0, half), scan.subarray(half), 100);
  if (png === null) throw new Error('nothing was made');
  const { format, density, channels: kept, exif, xmp, icc } = await sharp(png).metadata();
  expect([format, density, kept, exif, xmp, icc]).toEqual(['png', DPI, channels, undefined, undefined, undefined]);
  const { data, info } = await sharp(png).toColourspace(spaceOf(channels)).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([WIDTH, HEIGHT]);
  expect(data.equals(pixelsOf(channels))).toBe(true);
});

it('is taken row by row as it comes', async () => {
  const scan = await samplesOf(picture(3), DPI);
  const half = scan.length >> 1;
  /** Whether rows that were written over when they had lain there for so long are in the PNG as they came. */
  async function isTakenWithin(milliseconds: number): Promise<boolean> {
    const { unfinished, path } = newPlace();
    const page = followPage(unfinished, path);
    const file = openSync(unfinished, 'w');
    writeSync(file, scan, 0, half, 0);
    await wait(milliseconds);
    writeSync(file, Buffer.alloc(10_000), 0, 10_000, 10_000);
    writeSync(file, scan, half, scan.length - half, half);
    closeSync(file);
    renameSync(unfinished, path);
    const png = await page.finish();
    return png !== null && (await sharp(png).raw().toBuffer()).equals(pixelsOf(3));
  }
  // On a busy machine it may take its time.
  expect((await isTakenWithin(400)) || (await isTakenWithin(5_000))).toBe(true);
});

it('that is whole before it was looked at is taken from its place', async () => {
  const { unfinished, path } = newPlace();
  writeFileSync(path, await samplesOf(picture(3), DPI));
  expect(await followPage(unfinished, path).finish()).not.toBeNull();
});

it('that ends too early, never comes or has other samples becomes nothing here', async () => {
  const scan = await samplesOf(picture(3), DPI);
  expect(await follow(scan.subarray(0, -5_000), new Uint8Array())).toBeNull();
  expect(await follow(scan.subarray(0, 100), new Uint8Array())).toBeNull();
  const { unfinished, path } = newPlace();
  expect(await followPage(unfinished, path).finish()).toBeNull();
  const bits = await picture(1).tiff({ compression: 'none', bitdepth: 1 }).toBuffer();
  const deep = await picture(3).toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer();
  const packed = await picture(3).withDensity(DPI).tiff({ compression: 'lzw' }).toBuffer();
  for (const other of [bits, deep, packed]) expect(await follow(other, new Uint8Array())).toBeNull();
  // It says more rows than it has.
  const lying = Buffer.from(scan);
  lying.writeUInt32BE(HEIGHT + 1, 8 + 2 + 12 + 8);
  expect(await follow(lying, new Uint8Array())).toBeNull();
});

it('ends when it is stopped', async () => {
  const { unfinished, path } = newPlace();
  const page = followPage(unfinished, path);
  writeFileSync(unfinished, await samplesOf(picture(3), DPI));
  page.stop();
  expect(await page.finish()).toBeNull();
});
