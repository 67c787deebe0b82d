function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** Whether every word of the query starts a word of the text; case and accents do not matter. */
export function fitsSearch(text: string, query: string): boolean {
  const words = plain(text).split(/\s+/);
  return plain(query)
    .split(/\s+/)
    .filter((part) => part !== '')
    .every((part) => words.some((word) => word.startsWith(part)));
}
