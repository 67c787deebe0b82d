/** Letters that do not decompose, as Doc 9303-3, 6 A transliterates them. */
const LETTERS: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'OE',
  Þ: 'TH',
  Ð: 'D',
  Đ: 'D',
  Ł: 'L',
  Ħ: 'H',
  Ŧ: 'T',
  Ŋ: 'N',
  Ĳ: 'IJ',
  ẞ: 'SS',
};

/**
 * A name's words in a form in which every writing that Doc 9303-3, 6 A allows is the same: MÜLLER, MUELLER, MULLER and MUXXLLER
 * all become MULLER. It takes some different names for the same one (Michael and Michal), which the other fields tell apart.
 * Apostrophes are left out, hyphens part words (Doc 9303-3, 4.6). Null for a name in other letters than Latin ones: whether
 * it agrees cannot be told.
 */
export function nameWords(name: string): string[] | null {
  const plain = name
    .toUpperCase()
    .replaceAll(/['’‘ʼ`´]/g, '')
    .replaceAll(/[ÆŒØÞÐĐŁĦŦŊĲẞ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '');
  const words = plain.split(/[^\p{L}]+/u).filter((word) => word !== '');
  if (words.some((word) => !/^[A-Z]+$/.test(word))) return null;
  return words.map((word) =>
    word
      .replaceAll(/([UN])XX/g, '$1')
      .replaceAll(/([AOU])E+/g, '$1')
      .replaceAll(/A+/g, 'A'),
  );
}

/** A word, or an initial of it; `mayGoOn`: the second is cut, so the first may be longer. */
function isSameWord(word: string, read: string, mayGoOn: boolean): boolean {
  if (word === read || (mayGoOn && word.startsWith(read))) return true;
  return word.length === 1 ? read.startsWith(word) : read.length === 1 && word.startsWith(read);
}

/** Every word of the shorter list stands in the longer one, in any order; a name of several words may be written as one. */
function areSameWords(words: readonly string[], read: readonly string[], mayGoOn: boolean): boolean {
  if (words.join('') === read.join('')) return true;
  const pairs = (word: string, index: number): boolean => {
    const other = read[index] ?? '';
    return isSameWord(word, other, mayGoOn && index === read.length - 1);
  };
  const left = new Set(read.keys());
  let matched = 0;
  for (const word of words) {
    const found = [...left].find((index) => pairs(word, index));
    if (found === undefined) continue;
    left.delete(found);
    matched += 1;
  }
  return matched > 0 && matched === Math.min(words.length, read.length);
}

/** The words of a name that is known, or null. */
function wordsOf(name: string): string[] | null {
  return name === '' ? null : nameWords(name);
}

/** All words of a name, whichever part they stand in. */
function sorted(...parts: readonly string[][]): string {
  return parts.flat().toSorted().join(' ');
}

export interface PersonName {
  /** Either may be '' for not known. */
  readonly givenName: string;
  readonly familyName: string;
  /** The last word may be cut. */
  readonly mayGoOn?: boolean;
}

/**
 * Which parts of two names cannot be the same person's. Tolerated are the writings of `nameWords`, words in another order, given
 * and family name in each other's place, names that only one of the two has (middle names, a second family name), initials, and
 * words that the second lost because it had no room. A part that one of them lacks, or that is not in Latin letters, agrees.
 */
export function nameDisagreements(first: PersonName, second: PersonName): ('givenName' | 'familyName')[] {
  const mayGoOn = second.mayGoOn === true;
  const same = (one: string[] | null, other: string[] | null, isLast: boolean): boolean =>
    one === null || other === null || areSameWords(one, other, mayGoOn && isLast);
  const [given, family] = [wordsOf(first.givenName), wordsOf(first.familyName)];
  const [otherGiven, otherFamily] = [wordsOf(second.givenName), wordsOf(second.familyName)];
  const fields: ('givenName' | 'familyName')[] = [];
  if (!same(given, otherGiven, true)) fields.push('givenName');
  if (!same(family, otherFamily, otherGiven === null)) fields.push('familyName');
  if (fields.length === 0) return [];
  const isComplete = given !== null && family !== null && otherGiven !== null && otherFamily !== null;
  if (!isComplete) return fields;
  if (same(given, otherFamily, false) && same(family, otherGiven, true)) return [];
  return sorted(given, family) === sorted(otherGiven, otherFamily) ? [] : fields;
}

/** Words that stay small within a family name. */
const PARTICLES: ReadonlySet<string> = new Set(
  'AF AL AV BIN DA DAS DE DEL DELLA DEN DER DI DO DOS DU EL LA LE TEN TER VAN VOM VON ZU ZUM ZUR'.split(' '),
);

/**
 * A name of a zone in the writing of a form: `VAN DER BERG` becomes `van der Berg`. What the zone does not say does not come
 * back: MUELLER stays Mueller, and MCDONALD becomes Mcdonald.
 */
export function inNameCase(printed: string): string {
  const words = printed.split(' ');
  return words
    .map((word, index) =>
      PARTICLES.has(word) && index < words.length - 1
        ? word.toLowerCase()
        : word.slice(0, 1) + word.slice(1).toLowerCase(),
    )
    .join(' ');
}
