import { openPicture } from '../pictures.ts';
import type { Weights } from './network.ts';
import type { Grey } from './picture.ts';
import { readZone } from './read.ts';
import type { ZoneResult } from './read.ts';

/** The longer side of the picture that is looked at first lies below this; a JPEG is cheap to decode at half or a quarter. */
const FIRST_PIXELS = 2500;

/** The page in grey, upright, on white. `width`: of the result; null for its own. */
export async function decodeGrey(bytes: Uint8Array, width: number | null): Promise<Grey> {
  let picture = openPicture(bytes);
  if (width !== null) picture = picture.resize({ width });
  const { data, info } = await picture
    .flatten({ background: '#ffffff' })
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/**
 * Looks for a zone on a page and reads it, in the pixels of the page after its own orientation was applied; null when there is
 * none. A large picture is looked at in half or a quarter of its size; where a zone is seen but not read, in twice that size too.
 * @param bytes of an image; of several sheets the first
 * @param today YYYY-MM-DD
 */
export async function readPage(bytes: Uint8Array, weights: Weights, today: string): Promise<ZoneResult | null> {
  const { autoOrient } = await openPicture(bytes).metadata();
  let factor = 1;
  while (Math.max(autoOrient.width, autoOrient.height) / factor > FIRST_PIXELS) factor *= 2;
  const width = factor === 1 ? null : Math.ceil(autoOrient.width / factor);
  const first = readZone(await decodeGrey(bytes, width), weights, today);
  if (factor === 1 || first === null) return first;
  if (first.kind === 'seen') {
    const full = readZone(await decodeGrey(bytes, Math.ceil((2 * autoOrient.width) / factor)), weights, today);
    if (full?.kind === 'read') return enlarged(full, factor / 2);
  }
  return enlarged(first, factor);
}

function enlarged(zone: ZoneResult, factor: number): ZoneResult {
  const [a, b, c, d] = zone.corners;
  const point = ({ x, y }: { x: number; y: number }): { x: number; y: number } => ({ x: x * factor, y: y * factor });
  return { ...zone, corners: [point(a), point(b), point(c), point(d)], dpi: zone.dpi * factor };
}
