import type { WorkingView } from '../../../shared/rules/index.ts';
import type { FoundDocument } from './document.ts';
import { placesOf, rowEndsOf } from './regions.ts';
import { skewOf } from './skew.ts';
import type { Small } from './small.ts';

const QUARTER = Math.PI / 2;
/** Around the document, of its longer side: people must see whether its edges are whole. */
const MARGIN = 0.025;
/** A view that turns less (radians) and leaves out less of the sheet would only be another picture of the same. */
const LEAST_TURN = (0.4 * Math.PI) / 180;
const LEAST_LEFT_OUT = 0.12;
/** Sides more alike than this do not tell which way a document lies. */
const LEAST_SHAPE = 1.15;

/** From the nearest row or column. */
function fromAxis(angle: number): number {
  return angle - Math.round(angle / QUARTER) * QUARTER;
}

/** Where the rows of print go, radians clockwise from the picture's rows: all the way round only when a zone was read. */
function directionOf(small: Small, found: FoundDocument | null, reading: number | null): number {
  if (reading !== null) return reading;
  if (found === null) return skewOf(small);
  // What was cut off at the border has lost its shape, and with it what tells its angle.
  return found.touches > 0 || found.longer < LEAST_SHAPE * found.shorter ? 0 : fromAxis(found.angle);
}

interface Span {
  readonly least: number;
  readonly most: number;
}

function spanOf(places: Iterable<number>): Span {
  let [least, most] = [Infinity, -Infinity];
  for (const place of places) {
    if (place < least) least = place;
    if (place > most) most = place;
  }
  return { least, most };
}

/** The pixels whose extent is shown: the document's, or the sheet's corners. */
function shownOf({ width, height }: Small, found: FoundDocument | null): { x: number; y: number }[] {
  if (found === null) return [0, 1, 2, 3].map((at) => ({ x: at % 2 === 0 ? 0 : width, y: at < 2 ? 0 : height }));
  return rowEndsOf(placesOf(found.mask), width).flatMap(({ y, least, most }) =>
    [least, most].map((x) => ({ x: x + 0.5, y: y + 0.5 })),
  );
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/**
 * How people are best shown a sheet: what lies on it upright, straight, and without the glass around it. Null when that is
 * the sheet as it is.
 * @param reading the direction in which a machine-readable zone was read, radians clockwise from the picture's rows
 */
export function viewOf(small: Small, found: FoundDocument | null, reading: number | null): WorkingView | null {
  const direction = directionOf(small, found, reading);
  // A turn that nobody would see costs sharpness.
  const angle = Math.abs(fromAxis(direction)) < LEAST_TURN ? direction - fromAxis(direction) : direction;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const shown = shownOf(small, found);
  const along = spanOf(shown.map(({ x, y }) => x * cosine + y * sine));
  const across = spanOf(shown.map(({ x, y }) => y * cosine - x * sine));
  const margin = found === null ? 0 : 2 * MARGIN * found.longer;
  const [width, height] = [along.most - along.least + margin, across.most - across.least + margin];
  const leftOut = 1 - (width * height) / (small.width * small.height);
  if (Math.abs(angle) < LEAST_TURN && leftOut < LEAST_LEFT_OUT) return null;
  const [u, v] = [(along.least + along.most) / 2, (across.least + across.most) / 2];
  return {
    turn: rounded((-angle * 180) / Math.PI),
    x: rounded((u * cosine - v * sine) / small.width),
    y: rounded((u * sine + v * cosine) / small.width),
    width: rounded(width / small.width),
    height: rounded(height / small.width),
  };
}
