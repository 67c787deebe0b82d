/** When to ask again how a review stands, by its age: typically about two minutes, hours when a person looks. */
export function pollAfterMs(ageMs: number): number {
  if (ageMs < 30_000) return 5_000;
  if (ageMs < 300_000) return 15_000;
  if (ageMs < 3_600_000) return 60_000;
  if (ageMs < 86_400_000) return 300_000;
  return 900_000;
}
