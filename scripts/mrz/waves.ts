const STEPS = 1024;
const TABLE = Float32Array.from({ length: STEPS }, (_, index) => Math.sin((2 * Math.PI * index) / STEPS));

/** The sine of `turns` whole turns, from a table: drawing asks for millions. */
export function wave(turns: number): number {
  return TABLE[Math.floor(turns * STEPS) & (STEPS - 1)] ?? 0;
}
