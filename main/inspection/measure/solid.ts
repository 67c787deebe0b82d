import { rowEndsOf } from './regions.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Twice the area of a triangle, negative when its corners run against the clock. */
function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** One side of the narrowest shape without dents around points that are in order. */
function chain(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    for (let last = kept.length - 1; last > 0; last -= 1) {
      const [before, at] = [kept[last - 1], kept[last]];
      if (before === undefined || at === undefined || turn(before, at, point) > 0) break;
      kept.pop();
    }
    kept.push(point);
  }
  return kept.slice(0, -1);
}

/** The corners of the leftmost and the rightmost pixel of each row, from the top. */
function endsOf(pixels: readonly number[], width: number): Point[] {
  return rowEndsOf(pixels, width).flatMap(({ y, least, most }) =>
    [least, most + 1].flatMap((x) => [
      { x, y },
      { x, y: y + 1 },
    ]),
  );
}

/** How much of the narrowest shape without dents around them pixels fill, 0 to 1. What the shape has inside counts as missing. */
export function solidityOf(pixels: readonly number[], width: number): number {
  const points = endsOf(pixels, width).toSorted((a, b) => a.x - b.x || a.y - b.y);
  const hull = [...chain(points), ...chain(points.toReversed())];
  const doubled = hull.reduce((sum, { x, y }, at) => {
    const next = hull[(at + 1) % hull.length] ?? { x, y };
    return sum + x * next.y - next.x * y;
  }, 0);
  return pixels.length / Math.max(1, Math.abs(doubled) / 2);
}
