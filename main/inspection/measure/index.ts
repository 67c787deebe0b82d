import type { SheetMeasures } from '../../../shared/rules/index.ts';
import { atPart } from '../quantile.ts';
import type { Sheet } from '../sheet.ts';
import { findDocument } from './document.ts';
import { edgesOf } from './edges.ts';
import { glareOf } from './glare.ts';
import { lookOf } from './look.ts';
import { eroded, placesOf } from './regions.ts';
import type { Mask } from './regions.ts';
import type { Small } from './small.ts';
import { viewOf } from './view.ts';

export { smallOf } from './small.ts';
export type { Small } from './small.ts';

/** Shorter side in pixels: nothing can be said of a smaller picture but that it is too small. */
const LEAST_PIXELS = 240;
/** Side of the squares, in pixels of the small picture, in which anything counts as print; and how much darker it has to be. */
const TILE = 8;
const PRINT = 18;
/** Of each side: scanners leave shadows there, and paper has holes. */
const MARGIN = 0.04;

/** Share of the small squares, away from the margins, in which there is anything. */
function inkOf({ grey, width, height }: Small): number {
  const [marginX, marginY] = [Math.ceil(MARGIN * width), Math.ceil(MARGIN * height)];
  let [tiles, printed] = [0, 0];
  for (let top = marginY; top + TILE <= height - marginY; top += TILE) {
    for (let left = marginX; left + TILE <= width - marginX; left += TILE) {
      let [darkest, brightest] = [255, 0];
      for (let y = top; y < top + TILE; y += 1) {
        for (let x = left; x < left + TILE; x += 1) {
          const value = grey[y * width + x] ?? 0;
          if (value < darkest) darkest = value;
          if (value > brightest) brightest = value;
        }
      }
      tiles += 1;
      if (brightest - darkest >= PRINT) printed += 1;
    }
  }
  return printed / Math.max(1, tiles);
}

/** The usual proportion of one channel to green: the tint of the light, which colours what is bright more than what is dark. */
function tintOf(rgb: Uint8Array, inside: readonly number[], channel: 0 | 2): number {
  const proportions = new Float64Array(
    inside.map((at) => (rgb[3 * at + channel] ?? 0) / Math.max(1, rgb[3 * at + 1] ?? 0)),
  );
  return atPart(proportions.toSorted(), 0.5);
}

/** Distances from grey under the light's own tint: a picture in black and white has none. */
function colourOf(rgb: Uint8Array, inside: readonly number[]): number {
  const [red, blue] = [tintOf(rgb, inside, 0), tintOf(rgb, inside, 2)];
  const distances = new Float64Array(
    inside.map((at) => {
      const green = rgb[3 * at + 1] ?? 0;
      const inRed = (rgb[3 * at] ?? 0) - red * green;
      const inBlue = (rgb[3 * at + 2] ?? 0) - blue * green;
      return Math.sqrt(inRed * inRed + inBlue * inBlue);
    }),
  );
  return Math.min(255, atPart(distances.toSorted(), 0.99));
}

/** So many pixels, evenly spread, have the same usual tint and the same most colourful hundredth as all of them. */
const COLOURS_LOOKED_AT = 20_000;

function sampled(places: readonly number[]): number[] {
  const step = Math.max(1, Math.floor(places.length / COLOURS_LOOKED_AT));
  return places.filter((_at, index) => index % step === 0);
}

function saturatedShare(grey: readonly number[]): number {
  return grey.filter((value) => value >= 252).length / Math.max(1, grey.length);
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** A sheet in numbers, and how it looks from far, for comparing it with other pages; null where there is hardly anything on it. */
export interface Measured {
  readonly measures: SheetMeasures;
  readonly look: Uint8Array | null;
}

/** What a machine-readable zone tells of its sheet. */
export interface ZoneLie {
  /** Dots of the file per inch. */
  readonly dpi: number;
  /** Where reading goes, in radians clockwise from the sheet's rows; null when nothing was read, and it may be upside down. */
  readonly direction: number | null;
}

/**
 * Measures a sheet. Null when it is too small for that.
 * @param small the same sheet (`smallOf`)
 */
export function measure(sheet: Sheet, small: Small, zone: ZoneLie | null): Measured | null {
  if (Math.min(sheet.width, sheet.height) < LEAST_PIXELS) return null;
  const found = findDocument(small);
  const inside: Mask = found === null ? new Uint8Array(small.width * small.height).fill(1) : found.mask;
  // The rim of what was found is half background.
  const kernel = found === null ? inside : eroded(inside, small.width, small.height);
  const places = placesOf(kernel);
  const values = places.map((at) => small.grey[at] ?? 0);
  const sorted = Uint8Array.from(values).toSorted();
  const isInside = (x: number, y: number): boolean => {
    const [column, row] = [Math.floor(x / small.factor), Math.floor(y / small.factor)];
    return kernel[Math.min(row, small.height - 1) * small.width + Math.min(column, small.width - 1)] === 1;
  };
  const view = viewOf(small, found, zone?.direction ?? null);
  const edge = edgesOf(sheet.pyramid().level(0), isInside);
  const { reduction } = sheet;
  const inFile = (pixels: number): number => Math.round(pixels * small.factor * reduction);
  const measures: SheetMeasures = {
    sheet: sheet.number,
    width: Math.round(sheet.width * reduction),
    height: Math.round(sheet.height * reduction),
    document: found && {
      longer: inFile(found.longer),
      shorter: inFile(found.shorter),
      touches: found.touches,
      contact: rounded(found.contact),
      beyond: rounded(found.beyond),
    },
    ink: rounded(inkOf(small)),
    edgePixels: edge.pixels && rounded(edge.pixels * reduction),
    bright: atPart(sorted, 0.9),
    contrast: rounded(edge.contrast),
    saturated: rounded(saturatedShare(values)),
    glare: rounded(
      glareOf(small, kernel, { middle: atPart(sorted, 0.5), angle: found?.angle ?? 0, edge: edge.pixels }),
    ),
    colour: rounded(colourOf(small.rgb, sampled(places))),
    zoneDpi: zone && rounded(zone.dpi),
    ...(view === null ? {} : { view }),
  };
  return { measures, look: lookOf(small, found) };
}
