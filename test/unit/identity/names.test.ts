import { array, assert, boolean, constantFrom, nat, pre, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inNameCase, nameDisagreements, nameWords } from '../../../shared/identity/index.ts';
import type { PersonName } from '../../../shared/identity/index.ts';

const name = (givenName: string, familyName: string, mayGoOn = false): PersonName => ({
  givenName,
  familyName,
  mayGoOn,
});

describe('a name typed and a name read', () => {
  it.each([
    ['umlauts written in any of the ways that the zone allows', name('Jörg', 'Müller'), name('JOERG', 'MUELLER')],
    ['umlauts without their dots', name('Jörg', 'Müller'), name('JORG', 'MULLER')],
    ['umlauts as the old transliteration has them', name('Jörg', 'Müller'), name('JOERG', 'MUXXLLER')],
    ['two transliterations of one name', name('Joerg', 'Mueller'), name('JORG', 'MULLER')],
    ['a sharp s', name('Anna', 'Weiß'), name('ANNA', 'WEISS')],
    ['Scandinavian letters', name('Åse', 'Sørensen Ærø'), name('AASE', 'SOERENSEN AEROE')],
    ['Polish letters', name('Łucja', 'Dąbrowska'), name('LUCJA', 'DABROWSKA')],
    ['Icelandic letters', name('Þóra', 'Guðmundsdóttir'), name('THORA', 'GUDMUNDSDOTTIR')],
    ['Turkish letters', name('Işıl', 'İnönü'), name('ISIL', 'INONU')],
    ['Spanish letters', name('Íñigo', 'Peña'), name('INIGO', 'PENXXA')],
    ['apostrophes', name('Siobhán', "O'Connor"), name('SIOBHAN', 'OCONNOR')],
    ['hyphens', name('Hans-Peter', 'Meier-Huber'), name('HANS PETER', 'MEIER HUBER')],
    ['a name of several words in one', name('Anna', 'van der Berg'), name('ANNA', 'VANDERBERG')],
    ['capitals', name('ANNA', 'BERG'), name('Anna', 'Berg')],
    ['a middle name that was not typed', name('Anna', 'Berg'), name('ANNA MARIA', 'BERG')],
    ['a middle name that the zone lacks', name('Anna Maria', 'Berg'), name('ANNA', 'BERG')],
    ['given names in another order', name('Maria Anna', 'Berg'), name('ANNA MARIA', 'BERG')],
    ['a second family name', name('Juan', 'García'), name('JUAN', 'GARCIA LOPEZ')],
    ['given and family name in each other’s place', name('Nguyen', 'Thi Mai'), name('THI MAI', 'NGUYEN')],
    ['words on the other side of the comma', name('Anna van der', 'Berg'), name('ANNA', 'VAN DER BERG')],
    ['an initial', name('J.', 'Berg'), name('JOHN', 'BERG')],
    ['a name cut where the zone ends', name('Anna Wilhelmine', 'Berg'), name('ANNA WILH', 'BERG', true)],
    ['a family name cut, without a given one', name('Anna', 'Papandropoulous'), name('', 'PAPANDROPOU', true)],
    ['a document with one name only', name('Suharto', ''), name('', 'SUHARTO')],
    ['letters that cannot be compared', name('Иван', 'Петров'), name('IVAN', 'PETROV')],
    ['nothing typed', name('', ''), name('IVAN', 'PETROV')],
  ])('agree with %s', (_what, typed, read) => {
    expect(nameDisagreements(typed, read)).toEqual([]);
  });

  it.each([
    ['another person', name('Erika', 'Mustermann'), name('DAVID', 'SAMPLE'), ['givenName', 'familyName']],
    ['a brother', name('Max', 'Mustermann'), name('MORITZ', 'MUSTERMANN'), ['givenName']],
    ['another family', name('Max', 'Mustermann'), name('MAX', 'MUSTERFRAU'), ['familyName']],
    ['a letter mistaken', name('Max', 'Mustermann'), name('MAX', 'MUSTERMAM'), ['familyName']],
    ['a longer name that was not cut', name('Maximilian', 'Berg'), name('MAX', 'BERG'), ['givenName']],
    ['a cut name that begins otherwise', name('Anna Karoline', 'Berg'), name('EVA KARO', 'BERG', true), ['givenName']],
    ['only one name of each', name('', 'Berg'), name('ANNA', 'TAL'), ['familyName']],
    ['one name in common, in another place', name('Paul', 'Berg'), name('BERG', 'SIMON'), ['givenName', 'familyName']],
  ])('disagree with %s', (_what, typed, read, fields) => {
    expect(nameDisagreements(typed, read)).toEqual(fields);
  });

  it('is not compared where its letters are not Latin', () => {
    expect(nameWords('Петров')).toBeNull();
    expect(nameWords('王')).toBeNull();
  });
});

/** Doc 9303-3, 6 A, written here once more: what a zone may print for a letter. The first is the recommended one. */
const PRINTED: Readonly<Record<string, readonly string[]>> = {
  ä: ['AE', 'A'],
  ö: ['OE', 'O'],
  ü: ['UE', 'U', 'UXX'],
  ß: ['SS'],
  é: ['E'],
  ç: ['C'],
  ñ: ['N', 'NXX'],
  å: ['AA', 'A'],
  ø: ['OE'],
  æ: ['AE'],
  ł: ['L'],
  š: ['S'],
  þ: ['TH'],
};
const letter = constantFrom(...Array.from('abcdefghijklmnoprstuvwyz'), ...Object.keys(PRINTED));
const word = array(letter, { minLength: 2, maxLength: 9 }).map((letters) => letters.join(''));
const words = array(word, { minLength: 1, maxLength: 3 });

/** A word as some zone prints it: `choices` picks among the writings of each letter. */
function printed(text: string, choices: readonly number[]): string {
  return Array.from(text, (each, index) => {
    const writings = PRINTED[each] ?? [each.toUpperCase()];
    return writings[(choices[index] ?? 0) % writings.length];
  }).join('');
}
const choices = array(nat(2), { minLength: 9, maxLength: 9 });

/** Names of these letters only. */
function wordsOf(letters: string) {
  const some = array(constantFrom(...Array.from(letters)), { minLength: 3, maxLength: 8 });
  return array(some, { minLength: 1, maxLength: 3 }).map((parts) => parts.map((part) => part.join('')).join(' '));
}

describe('whatever the name is', () => {
  it('agrees with its zone, whichever writing, order and middle names that zone has', () => {
    assert(
      property(words, words, choices, nat(2), boolean(), (given, family, how, dropped, isTurned) => {
        const kept = given.length > 1 ? given.filter((_each, index) => index !== dropped) : given;
        const ordered = isTurned ? kept.toReversed() : kept;
        const read = name(
          ordered.map((each) => printed(each, how)).join(' '),
          family.map((each) => printed(each, how)).join(' '),
        );
        expect(nameDisagreements(name(given.join(' '), family.join('-')), read)).toEqual([]);
        expect(nameDisagreements(read, name(given.join(' '), family.join('-')))).toEqual([]);
      }),
    );
  });

  it('agrees with what was left of it where the zone ended', () => {
    assert(
      property(words, words, choices, nat(8), (given, family, how, cut) => {
        const last = printed(given.at(-1) ?? '', how);
        // A cut in the midst of AE or SS leaves a letter that no name begins with; two letters of each word stay whole.
        const end = last.slice(0, Math.max(2, last.length - cut));
        const whole = nameWords(last)?.[0] ?? '';
        pre(whole.startsWith(nameWords(end)?.[0] ?? '-'));
        const read = name(
          [...given.slice(0, -1).map((each) => printed(each, how)), end].join(' '),
          family.map((each) => printed(each, how)).join(' '),
          true,
        );
        expect(nameDisagreements(name(given.join(' '), family.join(' ')), read)).toEqual([]);
      }),
    );
  });

  it('disagrees with a name that has no word and no beginning in common', () => {
    assert(
      property(
        wordsOf('bcdfg'),
        wordsOf('bcdfg'),
        wordsOf('klmnp'),
        wordsOf('klmnp'),
        (given, family, given2, family2) => {
          expect(nameDisagreements(name(given, family), name(given2, family2))).toEqual(['givenName', 'familyName']);
        },
      ),
    );
  });
});

describe('a name in the writing of a form', () => {
  it.each([
    ['AMELIE ROSE', 'Amelie Rose'],
    ['VAN DER BERG', 'van der Berg'],
    ['DE LA CRUZ', 'de la Cruz'],
    ['LE', 'Le'],
    ['O', 'O'],
  ])('%s', (zone, form) => {
    expect(inNameCase(zone)).toBe(form);
  });
});
