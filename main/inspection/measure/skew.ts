import type { Small } from './small.ts';

/** How far a feeder or a hand lays a sheet askew, and in which steps it is looked for (radians). */
const MOST = (7 * Math.PI) / 180;
const STEP = (0.5 * Math.PI) / 180;
const FINE_STEP = (0.1 * Math.PI) / 180;
/** From one pixel to the next across the lines: where print begins or ends. What is dark as a whole tells nothing of lines. */
const EDGE = 24;
/** Fewer are no lines of print. */
const LEAST_EDGES = 400;
/** How much clearer the lines must stand out than at the usual angle: pictures and forms without lines have no such angle. */
const CLEARNESS = 2.5;

interface Edges {
  readonly along: Float64Array;
  readonly across: Float64Array;
  /** More than the longest distance across, in pixels, however the lines are turned. */
  readonly extent: number;
}

/** The places where print begins or ends, along and across the lines, of which `isSideways` says that they run down the picture. */
function edgesOf({ grey, width, height }: Small, isSideways: boolean): Edges | null {
  const next = isSideways ? 1 : width;
  const places: number[] = [];
  for (let at = 0; at + next < grey.length; at += 1) {
    if (Math.abs((grey[at + next] ?? 0) - (grey[at] ?? 0)) > EDGE) places.push(at);
  }
  if (places.length < LEAST_EDGES) return null;
  const columns = Float64Array.from(places, (at) => at % width);
  const rows = Float64Array.from(places, (at) => Math.floor(at / width));
  const [along, across] = isSideways ? [rows, columns.map((x) => width - x)] : [columns, rows];
  return { along, across, extent: width + height };
}

/** How clearly lines at `angle` stand out: the steps between neighbouring rows of edges. */
function clearness({ along, across, extent }: Edges, angle: number): number {
  const slope = Math.tan(angle);
  const rows = new Float64Array(3 * extent);
  for (let at = 0; at < along.length; at += 1) {
    const row = Math.round((across[at] ?? 0) - (along[at] ?? 0) * slope) + extent;
    rows[row] = (rows[row] ?? 0) + 1;
  }
  return rows.reduce((sum, count, row) => sum + (count - (rows[row - 1] ?? 0)) ** 2, 0);
}

function around(middle: number, most: number, step: number): number[] {
  const steps = Math.round(most / step);
  return Array.from({ length: 2 * steps + 1 }, (_, index) => middle + (index - steps) * step);
}

function clearest(edges: Edges, angles: readonly number[]): { angle: number; clearness: number; usual: number } {
  const found = angles.map((angle) => ({ angle, clearness: clearness(edges, angle) }));
  const sorted = found.toSorted((a, b) => b.clearness - a.clearness);
  const [best = { angle: 0, clearness: 0 }] = sorted;
  return { ...best, usual: sorted[Math.floor(sorted.length / 2)]?.clearness ?? 0 };
}

/**
 * How far a sheet's lines of print lie from its rows (or, of a sheet that lies sideways, from its columns), in radians clockwise
 * and at most 7 degrees. Zero where no angle stands out.
 */
export function skewOf(small: Small): number {
  let skew = 0;
  let best = 0;
  for (const isSideways of [false, true]) {
    const edges = edgesOf(small, isSideways);
    if (edges === null) continue;
    const coarse = clearest(edges, around(0, MOST, STEP));
    if (coarse.clearness < CLEARNESS * coarse.usual || coarse.clearness <= best) continue;
    best = coarse.clearness;
    skew = clearest(edges, around(coarse.angle, STEP, FINE_STEP)).angle;
  }
  return skew;
}
