/** The parabola `c0 + c1·x + c2·x²` nearest to the points (least squares); a straight line when `isStraight` or under 6 points. */
export function fitParabola(
  xs: readonly number[],
  ys: readonly number[],
  isStraight = false,
): [number, number, number] {
  const count = xs.length;
  if (count === 0) return [0, 0, 0];
  const middle = xs.reduce((sum, x) => sum + x, 0) / count;
  let [s2, s3, s4, sy, sxy, sxxy] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const x = (xs[index] ?? 0) - middle;
    const y = ys[index] ?? 0;
    s2 += x * x;
    s3 += x * x * x;
    s4 += x * x * x * x;
    sy += y;
    sxy += x * y;
    sxxy += x * x * y;
  }
  if (s2 === 0) return [sy / count, 0, 0];
  let [a, b, c] = [sy / count, sxy / s2, 0];
  if (!isStraight && count >= 6) {
    // The normal equations with the x centred: [n 0 s2; 0 s2 s3; s2 s3 s4]·[a b c] = [sy sxy sxxy].
    const determinant = count * (s2 * s4 - s3 * s3) - s2 * s2 * s2;
    if (Math.abs(determinant) > 1e-9) {
      c = (count * (s2 * sxxy - s3 * sxy) - s2 * s2 * sy) / determinant;
      b = (sxy - s3 * c) / s2;
      a = (sy - s2 * c) / count;
    }
  }
  return [a - b * middle + c * middle * middle, b - 2 * c * middle, c];
}
