import type { FoundDocument } from './document.ts';
import type { Small } from './small.ts';

/** Cells of a look along the document's longer and shorter side. */
const ACROSS = 32;
const DOWN = 24;
/** Places looked at along each side of a cell. */
const SAMPLES = 8;
/** Cells around one whose mean is its surroundings: how bright a document is as a whole says nothing about which one it is. */
const AROUND = 2;
/** A document with less structure than this (deviation in grey levels) looks like any other. */
const LEAST_STRUCTURE = 2;
/** The middle of what a byte holds. */
const ZERO = 128;

/** Where a document lies: its middle, and its longer side's direction in radians. */
interface Lie {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly longer: number;
  readonly shorter: number;
}

function lieOf({ width, height }: Small, found: FoundDocument | null): Lie {
  if (found !== null) return found;
  const angle = width >= height ? 0 : Math.PI / 2;
  return { x: width / 2, y: height / 2, angle, longer: Math.max(width, height), shorter: Math.min(width, height) };
}

function cellMean({ grey, width, height }: Small, lie: Lie, column: number, row: number): number {
  const [cosine, sine] = [Math.cos(lie.angle), Math.sin(lie.angle)];
  let sum = 0;
  for (let v = 0; v < SAMPLES; v += 1) {
    for (let u = 0; u < SAMPLES; u += 1) {
      const along = ((column + (u + 0.5) / SAMPLES) / ACROSS - 0.5) * lie.longer;
      const across = ((row + (v + 0.5) / SAMPLES) / DOWN - 0.5) * lie.shorter;
      const x = Math.min(width - 1, Math.max(0, Math.round(lie.x + along * cosine - across * sine)));
      const y = Math.min(height - 1, Math.max(0, Math.round(lie.y + along * sine + across * cosine)));
      sum += grey[y * width + x] ?? 0;
    }
  }
  return sum / (SAMPLES * SAMPLES);
}

function meanAround(cells: Float64Array, column: number, row: number): number {
  let [sum, count] = [0, 0];
  for (let y = Math.max(0, row - AROUND); y <= Math.min(DOWN - 1, row + AROUND); y += 1) {
    for (let x = Math.max(0, column - AROUND); x <= Math.min(ACROSS - 1, column + AROUND); x += 1) {
      sum += cells[y * ACROSS + x] ?? 0;
      count += 1;
    }
  }
  return sum / count;
}

/**
 * How a document looks from far: 32 × 24 bytes, each a cell's brightness against its surroundings, scaled so that two looks are
 * compared by their product alone (`main/capture/alike.ts`). The same for a document wherever it lies, save for half a turn.
 * Null when there is hardly anything to see.
 */
export function lookOf(small: Small, found: FoundDocument | null): Uint8Array | null {
  const lie = lieOf(small, found);
  const cells = Float64Array.from({ length: ACROSS * DOWN }, (_, at) =>
    cellMean(small, lie, at % ACROSS, Math.floor(at / ACROSS)),
  );
  const against = cells.map((cell, at) => cell - meanAround(cells, at % ACROSS, Math.floor(at / ACROSS)));
  const deviation = Math.sqrt(against.reduce((sum, value) => sum + value * value, 0) / against.length);
  if (deviation < LEAST_STRUCTURE) return null;
  return Uint8Array.from(against, (value) => Math.min(255, Math.max(0, Math.round(ZERO + (32 * value) / deviation))));
}
