const WEIGHTS = [7, 3, 1] as const;

/** The weight of the character at `index` of what a check digit covers: 7, 3, 1, 7, 3, 1, … (Doc 9303-3, 4.9). */
export function weightAt(index: number): number {
  return WEIGHTS[index % WEIGHTS.length] ?? 0;
}

/** What a character counts: digits as they are, A to Z as 10 to 35, the filler 0; null for anything else. */
export function valueOf(character: string): number | null {
  if (character === '<') return 0;
  return /^[0-9A-Z]$/.test(character) ? Number.parseInt(character, 36) : null;
}

/**
 * The check digit of `text` (Doc 9303-3, 4.9), or null when it holds a character that no zone may hold. Two characters whose
 * values differ by a multiple of ten have the same check digit (`1`, `B`, `L` and `V` for example): no zone can tell them
 * apart by arithmetic.
 */
export function checkDigit(text: string): string | null {
  let sum = 0;
  for (const [index, character] of Array.from(text).entries()) {
    const value = valueOf(character);
    if (value === null) return null;
    sum += value * weightAt(index);
  }
  return String(sum % 10);
}
