import { assert, constantFrom, integer, nat, pre, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import { randomZone, zoneLines } from '../../../scripts/mrz/zones.ts';
import { repairMrz } from '../../bench/mrz/repair.ts';
import { birthDateOf, checkDigit, expiryDateOf, LAYOUTS, parseMrz, valueOf } from '../../../shared/mrz/index.ts';
import type { MrzFormat } from '../../../shared/mrz/index.ts';

const TODAY = '2026-11-26';
const FORMATS: readonly MrzFormat[] = ['TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B'];

/** The specimens printed in ICAO Doc 9303, parts 4 to 7: people of Utopia. */
const SPECIMENS: Readonly<Record<MrzFormat | 'long', readonly string[]>> = {
  TD3: ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'],
  TD1: ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'],
  TD2: ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'],
  'MRV-A': ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<'],
  'MRV-B': ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L8988901C4XXX4009078F9612109<<<<<<<<'],
  long: ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<'],
};

describe('the specimens of Doc 9303', () => {
  it.each(FORMATS)('reads %s with every check digit right', (format) => {
    const mrz = parseMrz(SPECIMENS[format], TODAY);
    expect(mrz).toMatchObject({
      format,
      issuer: 'UTO',
      familyName: 'ERIKSSON',
      givenNames: 'ANNA MARIA',
      isValid: true,
    });
    expect(mrz?.sex).toBe('female');
    expect(mrz?.checks).toHaveLength(LAYOUTS[format].checks.length);
  });

  it('reads the fields of the passport', () => {
    expect(parseMrz(SPECIMENS.TD3, TODAY)).toMatchObject({
      documentCode: 'P',
      documentNumber: 'L898902C3',
      nationality: 'UTO',
      birthDate: { printed: '740812', iso: '1974-08-12' },
      expiryDate: { printed: '120415', iso: '2012-04-15' },
      optional: ['ZE184226B'],
      isNameCut: false,
    });
  });

  it('reads a document number that runs over into the optional data', () => {
    const mrz = parseMrz(SPECIMENS.long, TODAY);
    expect(mrz).toMatchObject({ documentNumber: 'D23145890734', optional: [], isValid: true });
    const wrong = SPECIMENS.long.with(0, 'I<UTOD23145890<7359<<<<<<<<<<<');
    expect(
      parseMrz(wrong, TODAY)
        ?.checks.filter((check) => !check.isRight)
        .map((check) => check.name),
    ).toEqual(['documentNumber', 'composite']);
    // Only one that fills its nine places can run over.
    const short = parseMrz(SPECIMENS.long.with(0, 'I<UTOD23<<<<<<<7349<<<<<<<<<<<'), TODAY);
    expect(short).toMatchObject({ documentNumber: 'D23', optional: ['7349'] });
  });
});

describe('shapes', () => {
  it('refuses lines of other lengths, other numbers of lines and characters that no zone holds', () => {
    const [first = '', second = ''] = SPECIMENS.TD3;
    expect(parseMrz([], TODAY)).toBeNull();
    expect(parseMrz([first], TODAY)).toBeNull();
    expect(parseMrz([first, second.slice(1)], TODAY)).toBeNull();
    expect(parseMrz([first, second.slice(0, 43).concat('É')], TODAY)).toBeNull();
    expect(parseMrz([first, second, second], TODAY)).toBeNull();
    expect(parseMrz([first, second.toLowerCase()], TODAY)).toBeNull();
  });

  it('keeps one name only, a missing sex and an unknown birthday as they are printed', () => {
    const lines = zoneLines('TD2', {
      documentCode: 'I<',
      issuer: 'D<<',
      names: 'ARKFREITH',
      documentNumber: 'D23145890',
      nationality: 'D<<',
      birthDate: '74<<<<',
      expiryDate: '300101',
    });
    expect(parseMrz(lines, TODAY)).toMatchObject({
      familyName: 'ARKFREITH',
      givenNames: '',
      issuer: 'D',
      sex: 'unspecified',
      birthDate: { printed: '74<<<<', iso: null },
      isValid: true,
    });
  });

  it('says when the names fill their field to its end', () => {
    const names = 'NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<KRASUANG';
    const lines = zoneLines('TD3', { documentCode: 'P<', issuer: 'UTO', names, birthDate: '740812', sex: 'M' });
    expect(parseMrz(lines, TODAY)).toMatchObject({ isNameCut: true, familyName: 'NILAVADHANANANDA' });
  });
});

describe('centuries', () => {
  it('takes the latest birthday that is not in the future', () => {
    expect(birthDateOf('261126', TODAY).iso).toBe('2026-11-26');
    expect(birthDateOf('261127', TODAY).iso).toBe('1926-11-27');
    expect(birthDateOf('000229', TODAY).iso).toBe('2000-02-29');
    expect(birthDateOf('990230', TODAY).iso).toBeNull();
  });

  it('takes an expiry at most 49 years ahead', () => {
    expect(expiryDateOf('751231', TODAY).iso).toBe('2075-12-31');
    expect(expiryDateOf('760101', TODAY).iso).toBe('1976-01-01');
    expect(expiryDateOf('120415', '1998-01-01').iso).toBe('2012-04-15');
    expect(expiryDateOf('<<<<<<', TODAY).iso).toBeNull();
  });
});

const zone = record({ seed: integer(), format: constantFrom(...FORMATS) }).map(({ seed, format }) => ({
  format,
  lines: randomZone(randomFrom(seed), format),
}));

describe('any zone', () => {
  it('comes back with its format and right check digits', () => {
    assert(
      property(zone, ({ format, lines }) => {
        const mrz = parseMrz(lines, TODAY);
        expect(mrz).toMatchObject({ format, isValid: true });
        expect(mrz?.birthDate.iso).not.toBeNull();
      }),
    );
  });

  it('is refused when one covered character changes to one of another value modulo ten', () => {
    const change = record({
      zone,
      place: nat(),
      other: constantFrom(...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<')),
    });
    assert(
      property(change, ({ zone: { format, lines }, place, other }) => {
        const covered = LAYOUTS[format].checks.flatMap((check) =>
          check.covers.flatMap(({ line, start, end }) =>
            Array.from({ length: end - start }, (_, index) => ({ line, at: start + index })),
          ),
        );
        const { line, at } = covered[place % covered.length] ?? { line: 0, at: 0 };
        const old = lines[line]?.[at] ?? '';
        pre(((valueOf(old) ?? 0) - (valueOf(other) ?? 0)) % 10 !== 0);
        // A filler in the check digit's place makes a number a long one: then other characters are covered.
        const changed = lines.with(line, (lines[line] ?? '').slice(0, at) + other + (lines[line] ?? '').slice(at + 1));
        expect(parseMrz(changed, TODAY)?.isValid).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('has right check digits by the rule itself', () => {
    // Doc 9303-3, appendix A: the worked examples.
    expect(checkDigit('520727')).toBe('3');
    expect(checkDigit('AB2134<<<')).toBe('5');
    expect(checkDigit('ab')).toBeNull();
  });
});

describe('look-alikes of another reader', () => {
  it('leaves a right zone alone and undoes letters among digits', () => {
    expect(repairMrz(SPECIMENS.TD3, TODAY)).toEqual(SPECIMENS.TD3);
    const slipped = SPECIMENS.TD3.with(1, 'L898902C36UTO74O8I22F12O4159ZE184226B<<<<<10');
    expect(repairMrz(slipped, TODAY)).toEqual(SPECIMENS.TD3);
  });

  it('undoes one slip in a document number when one repair alone is right', () => {
    const slipped = SPECIMENS.TD1.with(0, 'I<UTOD2314S8907<<<<<<<<<<<<<<<');
    expect(repairMrz(slipped, TODAY)).toEqual(SPECIMENS.TD1);
  });

  it('does not touch names, and gives up where no repair is right', () => {
    const named = SPECIMENS.TD1.with(2, 'ER1KSSON<<ANNA<MARIA<<<<<<<<<<');
    expect(repairMrz(named, TODAY)).toEqual(named);
    expect(repairMrz(SPECIMENS.TD1.with(0, 'I<UTOD231499907<<<<<<<<<<<<<<<'), TODAY)).toBeNull();
    expect(repairMrz(['P<UTO'], TODAY)).toBeNull();
  });
});
