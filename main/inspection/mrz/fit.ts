/** `c0 + c1·x + c2·x² + c3·x³`. */
export type Curve = readonly [number, number, number, number];

export function valueOn([c0, c1, c2, c3]: Curve, x: number): number {
  return c0 + x * (c1 + x * (c2 + x * c3));
}

export function slopeOn([, c1, c2, c3]: Curve, x: number): number {
  return c1 + x * (2 * c2 + 3 * x * c3);
}

/** The curve whose value at x is that of this one at `x + by`. */
export function shiftedBy(curve: Curve, by: number): Curve {
  const [, , c2, c3] = curve;
  return [valueOn(curve, by), slopeOn(curve, by), c2 + 3 * c3 * by, c3];
}

/** Points that lie on one curve. */
export interface Points {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** With fewer points than this a curve is a straight line. */
const LEAST_FOR_BEND = 6;

/** Solves the symmetric equations `matrix · solution = right`; null when they do not say enough. */
function solved(matrix: Float64Array[], right: Float64Array): Float64Array | null {
  const size = right.length;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[pivot]?.[column] ?? 0)) pivot = row;
    const [own, other] = [matrix[column], matrix[pivot]];
    if (own === undefined || other === undefined || Math.abs(other[column] ?? 0) < 1e-9) return null;
    [matrix[column], matrix[pivot]] = [other, own];
    [right[column], right[pivot]] = [right[pivot] ?? 0, right[column] ?? 0];
    for (let row = column + 1; row < size; row += 1) {
      const below = matrix[row];
      if (below === undefined) continue;
      const share = (below[column] ?? 0) / (other[column] ?? 1);
      for (let at = column; at < size; at += 1) below[at] = (below[at] ?? 0) - share * (other[at] ?? 0);
      right[row] = (right[row] ?? 0) - share * (right[column] ?? 0);
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = right[row] ?? 0;
    for (let at = row + 1; at < size; at += 1) sum -= (matrix[row]?.[at] ?? 0) * (right[at] ?? 0);
    right[row] = sum / (matrix[row]?.[row] ?? 1);
  }
  return right;
}

/** Sums of the powers of x (up to 6), and of their products with y (up to x³), x from -1 to 1. */
function momentsOf({ xs, ys }: Points, middle: number, half: number): { powers: Float64Array; products: Float64Array } {
  const [powers, products] = [new Float64Array(7), new Float64Array(4)];
  for (let index = 0; index < xs.length; index += 1) {
    const x = ((xs[index] ?? 0) - middle) / half;
    const y = ys[index] ?? 0;
    for (let power = 0, term = 1; power < 7; power += 1, term *= x) {
      powers[power] = (powers[power] ?? 0) + term;
      if (power < 4) products[power] = (products[power] ?? 0) + term * y;
    }
  }
  return { powers, products };
}

/**
 * The curves nearest to the points of each set (least squares), all of them with the same bend: only value and slope are each
 * curve's own. Straight lines where there are too few points.
 * @param degree 1 straight, 2 with one bend, 3 with a bend that may change
 */
export function fitCurves(sets: readonly Points[], degree: 1 | 2 | 3): Curve[] {
  let [count, least, most] = [0, Infinity, -Infinity];
  for (const { xs } of sets) {
    count += xs.length;
    for (const x of xs) [least, most] = [Math.min(least, x), Math.max(most, x)];
  }
  const highest = count < LEAST_FOR_BEND + degree ? 1 : degree;
  const [middle, half] = [(least + most) / 2, (most - least) / 2 || 1];
  const size = 2 * sets.length + highest - 1;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  for (const [set, points] of sets.entries()) {
    const { powers, products } = momentsOf(points, middle, half);
    const at = [2 * set, 2 * set + 1, 2 * sets.length, 2 * sets.length + 1].slice(0, highest + 1);
    for (const [one, row] of at.entries()) {
      const sums = matrix[row];
      for (const [two, column] of at.entries())
        if (sums !== undefined) sums[column] = (sums[column] ?? 0) + (powers[one + two] ?? 0);
      right[row] = (right[row] ?? 0) + (products[one] ?? 0);
    }
  }
  const solution = solved(matrix, right);
  if (solution === null) return degree > 1 ? fitCurves(sets, 1) : sets.map(({ ys }) => [meanOf(ys), 0, 0, 0]);
  const shared = 2 * sets.length;
  return sets.map((_, set) => {
    const value = solution[2 * set] ?? 0;
    const slope = (solution[2 * set + 1] ?? 0) / half;
    const bend = highest < 2 ? 0 : (solution[shared] ?? 0) / half ** 2;
    const change = highest < 3 ? 0 : (solution[shared + 1] ?? 0) / half ** 3;
    return shiftedBy([value, slope, bend, change], -middle);
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The curve nearest to some points; see `fitCurves`. */
export function fitCurve(xs: readonly number[], ys: readonly number[], degree: 1 | 2 | 3): Curve {
  return fitCurves([{ xs, ys }], degree)[0] ?? [0, 0, 0, 0];
}
