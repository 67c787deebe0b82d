import type { Region } from './regions.ts';

/** A pixel this near to the picture's border touches it. */
const NEAR = 2;

/** How a document lies at the picture's border. */
export interface BorderContact {
  /** Sides of the picture that it touches. */
  readonly touches: number;
  /** The longest stretch of one side of the picture that it takes up, in parts of its own shorter side. */
  readonly contact: number;
  /**
   * How deep a whole rectangle that lies like it would reach beyond that side for such a stretch, in parts of its shorter side: what lies askew and is whole
   * touches only with a corner. 0 for one that lies straight, which may end just there.
   */
  readonly beyond: number;
}

/** The stretches that pixels take up of the picture's left and right, and its upper and lower sides. */
function stretches(pixels: readonly number[], width: number, height: number): [number, number, number, number] {
  const taken = [new Set<number>(), new Set<number>(), new Set<number>(), new Set<number>()] as const;
  for (const at of pixels) {
    const x = at % width;
    const y = (at - x) / width;
    if (x < NEAR) taken[0].add(y);
    if (x >= width - NEAR) taken[1].add(y);
    if (y < NEAR) taken[2].add(x);
    if (y >= height - NEAR) taken[3].add(x);
  }
  return [taken[0].size, taken[1].size, taken[2].size, taken[3].size];
}

/** @param lie how the region lies: `angle` in radians, its sides in pixels */
export function borderContact(
  { pixels }: Region,
  { width, height }: { readonly width: number; readonly height: number },
  { angle, shorter }: { readonly angle: number; readonly shorter: number },
): BorderContact {
  const taken = stretches(pixels, width, height);
  const longest = Math.max(...taken);
  // A corner that reaches beyond a side by d takes up d / (sin · cos) of it. What is near counts as touching, so a little of it is not beyond.
  const askew = Math.abs(Math.sin(angle) * Math.cos(angle));
  return {
    touches: taken.filter((stretch) => stretch > 0).length,
    contact: longest / shorter,
    beyond: Math.max(0, longest * askew - NEAR) / shorter,
  };
}
