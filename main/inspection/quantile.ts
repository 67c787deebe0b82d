/** The value that `part` (0 to 1) of the others lie below; 0 for none. */
export function atPart(sorted: ArrayLike<number>, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

/** The same of values in any order. */
export function quantile(values: readonly number[], part: number): number {
  return atPart(
    values.toSorted((a, b) => a - b),
    part,
  );
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
