import { valueAt } from '../mrz/index.ts';
import type { Grey } from '../mrz/index.ts';
import { median, quantile } from '../quantile.ts';
import type { Region } from './bars.ts';

/** How far the direction of the edges is off at most, and the steps in which the rest is looked for; radians. */
const MOST_OFF = 0.04;
const STEP = 0.004;

/** What is cut out around a region, in parts of its height: blurred ends are not in it, and a code must not touch the edge. */
const MARGIN = 0.5;

/**
 * Cuts a region out and turns it level, `turn` radians further than its own angle, `scale` times as large; what is outside of
 * the picture is white.
 */
export function levelled(picture: Grey, region: Region, turn: number, scale: number): Grey {
  const margin = 2 * region.halfHeight * MARGIN;
  const width = Math.ceil(2 * (region.halfLength + margin) * scale);
  const height = Math.ceil(2 * (region.halfHeight + margin) * scale);
  const data = new Uint8Array(width * height).fill(255);
  const [cosine, sine] = [Math.cos(region.angle + turn), Math.sin(region.angle + turn)];
  for (let y = 0; y < height; y += 1) {
    const across = (y + 0.5 - height / 2) / scale;
    for (let x = 0; x < width; x += 1) {
      const along = (x + 0.5 - width / 2) / scale;
      const px = region.x + along * cosine - across * sine - 0.5;
      const py = region.y + along * sine + across * cosine - 0.5;
      if (px < 0 || py < 0 || px >= picture.width - 1 || py >= picture.height - 1) continue;
      data[y * width + x] = valueAt(picture.data, picture.width, px, py);
    }
  }
  return { data, width, height };
}

/** The middle of a region in its cut-out, in parts of the cut-out's sides: away from what is around it. */
const MIDDLE = { left: 0.15, right: 0.85, top: 0.34, bottom: 0.66 };

/**
 * How even the rows of a cut-out are: the edges in one of the weakest, in parts of those in the usual one, 0 to 1. Every row of
 * a PDF417 code has as many as the others; between lines of text there are none.
 */
export function evennessOf({ data, width, height }: Grey): number {
  const [first, last] = [Math.ceil(MIDDLE.left * width), Math.floor(MIDDLE.right * width)];
  const rows: number[] = [];
  for (let y = Math.ceil(MIDDLE.top * height); y < MIDDLE.bottom * height; y += 1) {
    let edges = 0;
    for (let at = y * width + first; at < y * width + last; at += 1) {
      edges += Math.abs((data[at + 1] ?? 0) - (data[at] ?? 0));
    }
    rows.push(edges);
  }
  return quantile(rows, 0.1) / Math.max(1, median(rows));
}

/** The same place in a picture of `factor` times the size. */
export function enlarged(region: Region, factor: number): Region {
  return {
    x: region.x * factor,
    y: region.y * factor,
    halfLength: region.halfLength * factor,
    halfHeight: region.halfHeight * factor,
    angle: region.angle,
  };
}

/**
 * How much further a cut-out must be turned for the bars to stand upright (radians): then the sums of its columns differ most
 * from one to the next. The direction of the edges alone is off by about a degree, since the rows of a code have edges too.
 */
export function remainingTurn({ data, width, height }: Grey): number {
  let best = { turn: 0, sharpness: -1 };
  const sums = new Float64Array(width);
  for (let turn = -MOST_OFF; turn <= MOST_OFF; turn += STEP) {
    sums.fill(0);
    for (let y = 0; y < height; y += 2) {
      const shift = Math.round((y - height / 2) * turn);
      const first = Math.max(0, shift);
      const last = Math.min(width, width + shift);
      for (let x = first; x < last; x += 1) sums[x] = (sums[x] ?? 0) + (data[y * width + x - shift] ?? 0);
    }
    let sharpness = 0;
    for (let x = 1; x < width; x += 1) sharpness += ((sums[x] ?? 0) - (sums[x - 1] ?? 0)) ** 2;
    if (sharpness > best.sharpness) best = { turn, sharpness };
  }
  return best.turn;
}
