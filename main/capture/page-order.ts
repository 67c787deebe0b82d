/** The last bits of a version 7 UUID are chance (RFC 9562, 5.7); before them stand the time and the place within it. */
const CHANCE_BITS = 40n;
const MOST_CHANCE = (1n << CHANCE_BITS) - 1n;

/**
 * Ids that come right after `id` in the order of pages, which is the order of their ids, and before whatever was made after it. Empty
 * where there is no room between the two, which would take chance of one in a thousand million.
 */
export function idsAfter(id: string, count: number): string[] {
  const value = BigInt(`0x${id.replaceAll('-', '')}`);
  const step = (MOST_CHANCE - (value & MOST_CHANCE)) / BigInt(count + 1);
  if (step === 0n) return [];
  return Array.from({ length: count }, (_, index) => {
    const hex = (value + step * BigInt(index + 1)).toString(16).padStart(32, '0');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  });
}
