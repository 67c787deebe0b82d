import { atPart, median, quantile } from '../quantile.ts';
import { borderContact } from './contact.ts';
import type { BorderContact } from './contact.ts';
import { awayFrom, lightOf } from './light.ts';
import type { Light, Picture } from './light.ts';
import { eroded, placesOf, reached, regionsOf } from './regions.ts';
import type { Mask, Region } from './regions.ts';
import { solidityOf } from './solid.ts';
import type { Small } from './small.ts';

/** Where the document is in a small picture. */
export interface FoundDocument extends BorderContact {
  readonly mask: Mask;
  /** Its middle, and its own sides, whichever way it lies: the longer one lies at `angle`, in radians from the picture's rows. */
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly longer: number;
  readonly shorter: number;
}

/** How far a pixel of the border may be from the background's colour, in its worst channel. */
const BACKGROUND_TOLERANCE = 16;
/**
 * How far the background may be from the colour that the light over it tells, and in which steps it may change: more on a rough table than on
 * a lid, which a pale document hardly differs from.
 */
const DRIFT = { least: 5, most: 34, forRoughness: 3 };
const STEP = { least: 3, most: 7, forRoughness: 1 };
/** The part of the border by which its roughness is judged. */
const ROUGH_PART = 0.8;
/** A document may hide up to half of the border (it runs over two sides); what hides more has no background. */
const LEAST_BACKGROUND = 0.45;
/** Of the picture: less is a stamp, more has no background to speak of. */
const SMALLEST = 0.05;
const LARGEST = 0.97;
/** Of the rectangle that its spread tells; a hand beside a card, or two cards, fill less. */
const LEAST_FILLED = 0.8;
/** Of the narrowest shape without dents around it: a document has none, also in perspective; one with a piece of the table has. */
const LEAST_SOLID = 0.955;
/** How often the light over the border is estimated anew, each time from what was near to the last one. */
const LIGHT_ROUNDS = 5;
/** A pixel of the border that is this near to the light is background: so much in any case, and more where most others are farther from it. */
const NEAR_LIGHT = { least: 2, forMedian: 4 };
/** From this roughness on the table has a grain: it is followed in a picture whose pixels are means of their neighbours. */
const GRAIN = 5;
/** Of what is no background, the document is nearly everything: else it is a box on a page of print. */
const LEAST_OF_ALL = 0.9;
/** Longer side to shorter side of everything that is wanted: cards, passports closed and open, sheets. */
const LONGEST_SHAPE = 2.3;
/** How far two pixels' colours lie apart, in the worst channel. */
function difference(rgb: Uint8Array, a: number, b: number): number {
  return Math.max(
    Math.abs((rgb[3 * a] ?? 0) - (rgb[3 * b] ?? 0)),
    Math.abs((rgb[3 * a + 1] ?? 0) - (rgb[3 * b + 1] ?? 0)),
    Math.abs((rgb[3 * a + 2] ?? 0) - (rgb[3 * b + 2] ?? 0)),
  );
}

function borderOf(width: number, height: number): number[] {
  const border: number[] = [];
  for (let x = 0; x < width; x += 1) border.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y += 1) border.push(y * width, y * width + width - 1);
  return border;
}

/** The border pixel of the usual colour: the one with the middle brightness among those that most others resemble. */
function backgroundPixel({ rgb, grey }: Small, border: readonly number[]): number {
  const candidates = border.toSorted((a, b) => (grey[a] ?? 0) - (grey[b] ?? 0));
  let best = 0;
  let most = 0;
  for (const part of [0.1, 0.25, 0.5, 0.75, 0.9]) {
    const candidate = atPart(candidates, part);
    const alike = border.filter((at) => difference(rgb, at, candidate) <= BACKGROUND_TOLERANCE).length;
    if (alike <= most) continue;
    most = alike;
    best = candidate;
  }
  return best;
}

/**
 * How a filled rectangle lies, by the spread of its pixels: along a side of length n the variance of
 * the places is n² / 12, and the two sides are the directions in which it is largest and smallest.
 */
function lieOf(pixels: readonly number[], width: number): Omit<FoundDocument, 'mask' | keyof BorderContact> {
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (const at of pixels) {
    const column = at % width;
    const row = Math.floor(at / width);
    x += column;
    y += row;
    xx += column * column;
    yy += row * row;
    xy += column * row;
  }
  const count = pixels.length;
  const [a, b, c] = [
    xx / count - (x / count) ** 2,
    yy / count - (y / count) ** 2,
    xy / count - (x / count) * (y / count),
  ];
  const middle = (a + b) / 2;
  const apart = Math.hypot((a - b) / 2, c);
  return {
    x: x / count,
    y: y / count,
    angle: Math.atan2(2 * c, a - b) / 2,
    longer: Math.sqrt(12 * (middle + apart)),
    shorter: Math.sqrt(12 * (middle - apart)),
  };
}

function within({ least, most, forRoughness }: typeof DRIFT, roughness: number): number {
  return Math.min(most, least + forRoughness * roughness);
}

/** Each pixel the mean of itself and its eight neighbours: evens out a grain. */
function evened({ rgb, width, height }: Picture): Uint8Array {
  const even = Uint8Array.from(rgb);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let row = y - 1; row <= y + 1; row += 1) {
          const at = 3 * (row * width + x) + channel;
          sum += (rgb[at - 3] ?? 0) + (rgb[at] ?? 0) + (rgb[at + 3] ?? 0);
        }
        even[3 * (y * width + x) + channel] = sum / 9;
      }
    }
  }
  return even;
}

/** The light over the background, and how rough that is, by those pixels of the border that are like most others of them. */
interface Lit {
  readonly light: Light;
  readonly roughness: number;
  /** The part of the border that is like that. */
  readonly share: number;
}

/** The document may lie on a part of the border: only what is about as near to the light as most others decides about it. */
function litBorder(picture: Picture, border: readonly number[], usual: number): Lit {
  let light: Light = [0, 1, 2].map((channel) => [picture.rgb[3 * usual + channel] ?? 0]);
  let alike: readonly number[] = [];
  for (let round = 0; round < LIGHT_ROUNDS; round += 1) {
    const away = awayFrom(picture, light);
    const distances = border.map(away);
    const near = distances.filter((distance) => distance <= BACKGROUND_TOLERANCE);
    const tolerance = Math.min(BACKGROUND_TOLERANCE, NEAR_LIGHT.least + NEAR_LIGHT.forMedian * median(near));
    alike = border.filter((_at, index) => (distances[index] ?? 0) <= tolerance);
    light = lightOf(picture, alike);
  }
  const roughness = quantile(alike.map(awayFrom(picture, light)), ROUGH_PART);
  return { light, roughness, share: alike.length / border.length };
}

/** Where the background is, as far as it can be followed from the border. */
function followed(picture: Picture, border: readonly number[], { light, roughness }: Lit): Mask {
  const { rgb, width, height } = picture;
  const away = awayFrom(picture, light);
  const [drift, step] = [within(DRIFT, roughness), within(STEP, roughness)];
  const seeds = border.filter((at) => away(at) <= Math.min(BACKGROUND_TOLERANCE, drift));
  return reached(width, height, seeds, (from, to) => difference(rgb, from, to) <= step && away(to) <= drift);
}

/** What is no background, without the specks that a grain leaves. Null where there is no background. */
function othersOf(small: Small): Mask | null {
  const { width, height } = small;
  const border = borderOf(width, height);
  const usual = backgroundPixel(small, border);
  const first = litBorder(small, border, usual);
  const hasGrain = first.roughness > GRAIN;
  const picture = hasGrain ? { rgb: evened(small), width, height } : small;
  const lit = hasGrain ? litBorder(picture, border, usual) : first;
  if (lit.share < LEAST_BACKGROUND) return null;
  // Away from the border the light is better known by the background itself.
  const light = lightOf(picture, placesOf(followed(picture, border, lit)));
  const background = followed(picture, border, { ...lit, light });
  const others = background.map((is) => 1 - is);
  return hasGrain ? eroded(others, width, height) : others;
}

/** Whether a region can be a document by its size and its shape. */
function isDocument(
  { pixels }: Region,
  { width, height }: Small,
  { longer, shorter }: { readonly longer: number; readonly shorter: number },
): boolean {
  const share = pixels.length / (width * height);
  if (share < SMALLEST || share > LARGEST) return false;
  if (pixels.length < LEAST_FILLED * longer * shorter || longer > LONGEST_SHAPE * shorter) return false;
  return solidityOf(pixels, width) >= LEAST_SOLID;
}

/**
 * Finds the one thing on a plain background: a card on glass, a passport on a table, whatever light falls on it. Null for a sheet of
 * print, whose background is the paper itself, and for a photograph that the document fills.
 */
export function findDocument(small: Small): FoundDocument | null {
  const { width, height } = small;
  const others = othersOf(small);
  if (others === null) return null;
  const regions = regionsOf(others, width);
  const [largest] = regions;
  if (largest === undefined) return null;
  const all = regions.reduce((sum, { pixels }) => sum + pixels.length, 0);
  const lie = lieOf(largest.pixels, width);
  if (largest.pixels.length < LEAST_OF_ALL * all || !isDocument(largest, small, lie)) return null;
  const mask = new Uint8Array(width * height);
  for (const at of largest.pixels) mask[at] = 1;
  const contact = borderContact(largest, small, lie);
  // What touches every side has no background around it, only some in its corners.
  return contact.touches === 4 ? null : { mask, ...lie, ...contact };
}
