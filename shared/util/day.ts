/** `iso` (YYYY-MM-DD) when there is such a day, else null. */
export function existingDay(iso: string): string | null {
  const day = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== iso ? null : iso;
}
