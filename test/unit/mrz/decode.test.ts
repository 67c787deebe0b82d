import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../main/inspection/mrz/decode.ts';
import { CHARACTERS, CLASSES } from '../../../main/inspection/mrz/network.ts';
import { planOf } from '../../../main/inspection/mrz/plan.ts';
import { search } from '../../../main/inspection/mrz/search.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import { randomZone, zoneLines } from '../../../scripts/mrz/zones.ts';
import { LAYOUTS, parseMrz } from '../../../shared/mrz/index.ts';
import type { MrzFormat } from '../../../shared/mrz/index.ts';
import { SPECIMEN, TODAY, scoresFor } from '../../support/mrz-scores.ts';

const FORMATS: readonly MrzFormat[] = ['TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B'];

describe('decoding', () => {
  it('gives back what the network is sure of, in every format and with long numbers', () => {
    assert(
      property(integer(), integer({ min: 0, max: FORMATS.length - 1 }), (seed, kind) => {
        const format = FORMATS[kind] ?? 'TD3';
        const lines = randomZone(randomFrom(seed), format);
        const { lineCount, lineLength } = LAYOUTS[format];
        const decoded = decode(lineCount, lineLength, scoresFor(lines), [], TODAY);
        expect(decoded?.mrz.lines).toEqual(lines);
        expect(decoded?.mrz.format).toBe(format);
        expect(decoded?.overruled).toBeCloseTo(0);
      }),
      { numRuns: 150 },
    );
  });

  it('lets check digits overrule a slip that they notice, and says what that cost', () => {
    const decoded = decode(2, 44, scoresFor(SPECIMEN, [{ line: 1, at: 1, seen: 'B', by: 1 }]), [], TODAY);
    expect(decoded?.mrz.lines).toEqual(SPECIMEN);
    expect(decoded?.overruled).toBeCloseTo(1);
  });

  it('is unsure where the look-alike has the same check digit, and where none covers', () => {
    // 8 and S differ by twenty: both are right as far as any check digit knows.
    const same = decode(2, 44, scoresFor(SPECIMEN, [{ line: 1, at: 1, seen: 'S', by: -0.2 }]), [], TODAY);
    expect(same?.margin).toBeLessThan(0.5);
    const name = decode(2, 44, scoresFor(SPECIMEN, [{ line: 0, at: 6, seen: 'P', by: -0.2 }]), [], TODAY);
    expect(name?.leastSure).toBeLessThan(0.5);
  });

  it('knows that two slips of one kind can cancel out in the check digits', () => {
    // Both texts have right check digits: O as D at these two places, or neither.
    const read = ['IDROUDYM3DFYJD8<<<<<<<<<<<<<<<', '0204059M3602014ROU672539858<<1', 'HANWOJKAZ<<CHONOOO<<<<<<<<<<<<'];
    const printed = read.with(0, 'IDROUOYM3OFYJD8<<<<<<<<<<<<<<<');
    expect(parseMrz(read, TODAY)?.isValid).toBe(true);
    expect(parseMrz(printed, TODAY)?.isValid).toBe(true);
    const [first, second] = [
      { line: 0, at: 5, seen: 'O', by: -2 },
      { line: 0, at: 9, seen: 'O', by: -2.5 },
    ];
    const doubted = decode(3, 30, scoresFor(read, [first, second]), [], TODAY);
    expect(doubted?.mrz.lines).toEqual(read);
    // The calibration of O in document numbers adds one for each.
    expect(doubted?.repeatedSlip).toBeCloseTo(6.5);
    const alone = decode(3, 30, scoresFor(read, [first]), [], TODAY);
    expect(alone?.repeatedSlip).toBeGreaterThan(9);
  });

  it('takes the O of a document number for what this zone prints as zero in its dates', () => {
    // A font whose zeros all look more like an O: the dates are digits all the same, and the number has two of them.
    const lines = ['P<UTOPETERS<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<<<<', '0145011<<0UTO6709121F2501257<<<<<<<<<<<<<<<2'];
    const slips = lines.flatMap((text, line) =>
      Array.from(text, (character, at) => ({ line, at, character }))
        .filter(({ character }) => character === '0')
        .map(({ at }) => ({ line, at, seen: 'O', by: 1.5 })),
    );
    const fixed = parseMrz(lines, TODAY);
    expect(fixed?.checks.filter(({ isRight, name }) => !isRight && name !== 'composite')).toEqual([]);
    const composite = Array.from('0123456789').find(
      (digit) => parseMrz([lines[0] ?? '', (lines[1] ?? '').slice(0, 43) + digit], TODAY)?.isValid,
    );
    const right = [lines[0] ?? '', (lines[1] ?? '').slice(0, 43) + (composite ?? '')];
    expect(decode(2, 44, scoresFor(right, slips), [], TODAY)?.mrz.lines).toEqual(right);
  });

  it("does not take an O of a document number for a D because this zone's zeros look like an O", () => {
    const lines = zoneLines('TD3', {
      documentCode: 'P<',
      issuer: 'UTO',
      names: 'PETERS<<ANNA',
      documentNumber: 'AOO451100',
      nationality: 'UTO',
      birthDate: '670912',
      sex: 'F',
      expiryDate: '250105',
    });
    const slips = Array.from(lines[1] ?? '', (character, at) => ({ line: 1, at, character })).flatMap(
      ({ line, at, character }) => {
        if (character === '0') return [{ line, at, seen: 'O', by: 1.5 }];
        return character === 'O' && at < 9 ? [{ line, at, seen: 'D', by: -2 }] : [];
      },
    );
    const decoded = decode(2, 44, scoresFor(lines, slips), [], TODAY);
    expect(decoded?.mrz.lines).toEqual(lines);
    // No check digit had to say so.
    expect(decoded?.overruled).toBeCloseTo(0);
  });

  it('reads a figure as the second character of a card, as on permanent resident cards', () => {
    const lines = zoneLines('TD1', {
      documentCode: 'C1',
      issuer: 'USA',
      names: 'SPECIMEN<<TEST<VOID',
      documentNumber: '000000700',
      optional: 'SRC0000000701',
      nationality: 'UTO',
      birthDate: '800101',
      sex: 'F',
      expiryDate: '351207',
    });
    const decoded = decode(3, 30, scoresFor(lines), [], TODAY);
    expect(decoded?.mrz.lines).toEqual(lines);
    expect(decoded?.leastLikely).toBeGreaterThan(3);
  });

  it('counts a text with a long number as a next best one of the text without', () => {
    // Both have right check digits: a zero behind a number of nine, or a filler and a number of ten.
    const fields = {
      issuer: 'UTO',
      names: 'PROBE<<ELENA',
      nationality: 'UTO',
      birthDate: '800101',
      sex: 'F',
      expiryDate: '351207',
    };
    const printed = Array.from({ length: 1000 }, (_, index) =>
      zoneLines('TD1', { ...fields, documentCode: 'I<', documentNumber: `1${String(index).padStart(8, '0')}5` }),
    ).find(
      ([upper = '', ...lower]) => parseMrz([`${upper.slice(0, 14)}0${upper.slice(15)}`, ...lower], TODAY)?.isValid,
    );
    expect(printed?.[0]?.[14]).toBe('<');
    const decoded = decode(3, 30, scoresFor(printed ?? [], [{ line: 0, at: 14, seen: '0', by: -0.3 }]), [], TODAY);
    expect(decoded?.mrz.lines).toEqual(printed);
    expect(decoded?.margin).toBeLessThan(0.5);
  });

  it('lets names and states begin with a letter', () => {
    const [ofState, ofName] = [2, 5].map((at) =>
      decode(2, 44, scoresFor(SPECIMEN, [{ line: 0, at, seen: '<', by: 1 }]), [], TODAY),
    );
    for (const decoded of [ofState, ofName]) expect(decoded?.mrz.lines).toEqual(SPECIMEN);
    expect(ofName?.leastSure).toBeCloseTo(-1);
  });

  it('finds nothing where no probable text has right check digits', () => {
    const broken = [SPECIMEN[0] ?? '', (SPECIMEN[1] ?? '').replace('7408122', '7408123')];
    const only = (line: number, at: number): Float32Array => {
      const scores = new Float32Array(CLASSES).fill(-40);
      scores[CHARACTERS.indexOf(broken[line]?.[at] ?? '')] = 0;
      return scores;
    };
    expect(decode(2, 44, only, [], TODAY)).toBeNull();
  });

  it('returns a text whose check digits are right whatever the scores are', () => {
    const plan = planOf(LAYOUTS.TD1);
    assert(
      property(integer(), (seed) => {
        const random = randomFrom(seed);
        const table = Array.from({ length: 3 * 30 }, () =>
          Float32Array.from({ length: CLASSES }, () => -random.between(0, 6)),
        );
        const found = search(plan, (line, at) => table[line * 30 + at] ?? new Float32Array(CLASSES));
        const cells = Array.from({ length: 3 }, () => Array.from<string>({ length: 30 }).fill('<'));
        for (const [index, { line, at }] of plan.entries()) {
          const row = cells[line];
          if (row !== undefined) row[at] = found?.text[index] ?? '';
        }
        const [first = [], second = []] = cells;
        // The name, the state and the sex are not part of the plan; fillers do for them.
        expect(parseMrz([`I<UTO${first.slice(5).join('')}`, second.join(''), '<'.repeat(30)], TODAY)?.isValid).toBe(
          true,
        );
        expect(found?.score).toBeGreaterThanOrEqual(found?.runnerUp ?? 0);
        expect(found?.free).toBeGreaterThanOrEqual((found?.score ?? 0) - 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});
