import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hasRowsAskew } from '../../../main/inspection/mrz/askew.ts';
import { DARKEST, INK, thingsIn } from '../../../main/inspection/mrz/components.ts';
import type { Component } from '../../../main/inspection/mrz/components.ts';
import { decode } from '../../../main/inspection/mrz/decode.ts';
import { fitCurve, fitCurves, slopeOn, valueOn } from '../../../main/inspection/mrz/fit.ts';
import { CHARACTERS, CLASSES, NONE } from '../../../main/inspection/mrz/network.ts';
import { partsOf } from '../../../main/inspection/mrz/parts.ts';
import { pyramidOf } from '../../../main/inspection/mrz/picture.ts';
import type { Grey } from '../../../main/inspection/mrz/picture.ts';
import { planOf } from '../../../main/inspection/mrz/plan.ts';
import { isInPicture } from '../../../main/inspection/mrz/read.ts';
import { readNetworks } from '../../../main/inspection/mrz/reader-file.ts';
import { pitchOf } from '../../../main/inspection/mrz/recognise.ts';
import type { Recognised } from '../../../main/inspection/mrz/recognise.ts';
import { search } from '../../../main/inspection/mrz/search.ts';
import { pointOn, reversed, sampleStrip } from '../../../main/inspection/mrz/strip.ts';
import type { LineShape } from '../../../main/inspection/mrz/strip.ts';
import { doubled, turnedBy } from '../../../main/inspection/mrz/turn.ts';
import { windowsOf } from '../../../main/inspection/mrz/windows.ts';
import { zonesAmong } from '../../../main/inspection/mrz/zones.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import { randomZone, zoneLines } from '../../../scripts/mrz/zones.ts';
import { LAYOUTS, parseMrz } from '../../../shared/mrz/index.ts';
import type { MrzFormat } from '../../../shared/mrz/index.ts';

const TODAY = '2026-11-26';
const FORMATS: readonly MrzFormat[] = ['TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B'];

/** Scores of a network that is sure of every character, but for those in `slips`: there the other one looks likelier. */
function scoresFor(
  lines: readonly string[],
  slips: readonly { line: number; at: number; seen: string; by: number }[] = [],
) {
  return (line: number, at: number): Float32Array => {
    const scores = new Float32Array(CLASSES).fill(-8);
    const truth = CHARACTERS.indexOf(lines[line]?.[at] ?? '');
    scores[truth] = -0.1;
    const slip = slips.find((each) => each.line === line && each.at === at);
    if (slip !== undefined) scores[CHARACTERS.indexOf(slip.seen)] = -0.1 + slip.by;
    return scores;
  };
}

/** The same, but to the network one of the characters is none. */
function scoresHiding(lines: readonly string[], hiddenLine: number, hiddenAt: number) {
  const scores = scoresFor(lines);
  return (line: number, at: number): Float32Array => {
    const here = scores(line, at);
    if (line === hiddenLine && at === hiddenAt) here[NONE] = 0;
    return here;
  };
}

const SPECIMEN = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];

/** The specimen as a network sees it to which one character of the upper line looks likelier than the printed one, by `by`. */
const withSlip = (at: number, seen: string, by: number) =>
  decode(2, 44, scoresFor(SPECIMEN, [{ line: 0, at, seen, by }]), [], TODAY);

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

  it('says when one of the networks would read another name', () => {
    const mean = scoresFor(SPECIMEN, [{ line: 0, at: 6, seen: 'P', by: -2.5 }]);
    const alike = decode(2, 44, mean, [scoresFor(SPECIMEN), scoresFor(SPECIMEN)], TODAY);
    expect(alike?.leastAgreed).toBeGreaterThan(2);
    const other = scoresFor(SPECIMEN, [{ line: 0, at: 6, seen: 'P', by: 0.3 }]);
    const apart = decode(2, 44, mean, [scoresFor(SPECIMEN), other], TODAY);
    expect(apart?.mrz.lines).toEqual(SPECIMEN);
    expect(apart?.leastAgreed).toBeCloseTo(-0.3);
  });

  it('asks each network about covered characters only where the check digits cannot tell', () => {
    // S counts 28 and 8 counts 8: the same modulo ten. B counts 11, which the check digit notices.
    const mean = scoresFor(SPECIMEN);
    const agreed = (seen: string) => {
      const other = scoresFor(SPECIMEN, [{ line: 1, at: 1, seen, by: 0.3 }]);
      return decode(2, 44, mean, [mean, other], TODAY)?.leastAgreed;
    };
    expect(agreed('S')).toBeCloseTo(-0.3);
    expect(agreed('B')).toBeGreaterThan(2);
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

  it('doubts a state where another state is near, not where the letters are no state', () => {
    const swiss = (SPECIMEN[0] ?? '').replace('UTO', 'CHE');
    const leastSure = (seen: string, at: number) =>
      decode(2, 44, scoresFor([swiss, SPECIMEN[1] ?? ''], [{ line: 0, at, seen, by: -0.2 }]), [], TODAY)?.leastSure;
    // CHL is Chile, and there is no CME.
    expect(leastSure('L', 4)).toBeCloseTo(0.2);
    expect(leastSure('M', 3)).toBeGreaterThan(3);
    // Something else altogether may still stand there.
    expect(decode(2, 44, scoresFor([swiss.replace('CHE', 'CME'), SPECIMEN[1] ?? '']), [], TODAY)?.mrz.issuer).toBe(
      'CME',
    );
  });

  it('adds up what many unsure letters make, though each stands out', () => {
    const slips = [6, 8, 10, 12].map((at) => ({ line: 0, at, seen: 'X', by: -1.5 }));
    const decoded = decode(2, 44, scoresFor(SPECIMEN, slips), [], TODAY);
    expect(decoded?.leastSure).toBeCloseTo(1.5);
    expect(decoded?.expectedSlips).toBeCloseTo(4 / (1 + Math.exp(1.5)));
    expect(decode(2, 44, scoresFor(SPECIMEN), [], TODAY)?.expectedSlips).toBeCloseTo(0);
  });

  it('doubts a letter of a name that looks more like a figure, unless the figure is its look-alike', () => {
    // The I of ERIKSSON.
    expect(withSlip(7, '7', 0.5)?.leastLikely).toBeCloseTo(-0.5);
    expect(withSlip(7, '1', 0.5)?.leastLikely).toBeGreaterThan(2);
  });

  it('doubts every character that no check digit covers where something else was printed, or nothing is to be seen', () => {
    expect(withSlip(6, 'P', -4)?.leastLikely).toBeGreaterThan(3);
    // Of a state, of the sex and of a name; and a letter at the end of it, where a filler would be likeliest.
    for (const [line, at] of [
      [0, 3],
      [1, 12],
      [1, 20],
      [0, 23],
    ] as const) {
      const hidden = decode(2, 44, scoresHiding(SPECIMEN, line, at), [], TODAY);
      expect(hidden?.mrz.lines).toEqual(SPECIMEN);
      expect(hidden?.leastLikely, `${line}, ${at}`).toBeCloseTo(-0.1);
    }
    // An X for the sex is none of those that may stand there. A letter that looks like an F is one.
    const [asX, asE] = ['X', 'E'].map((seen) =>
      decode(2, 44, scoresFor(SPECIMEN, [{ line: 1, at: 20, seen, by: 1 }]), [], TODAY),
    );
    expect(asX?.leastLikely).toBeCloseTo(-1);
    expect(asE?.leastLikely).toBeGreaterThan(3);
  });

  it('takes no filler for the first character of a document number that is hidden, though the check digits are the same', () => {
    // U counts 30, the filler nothing.
    const lines = zoneLines('TD3', {
      documentCode: 'P<',
      issuer: 'UTO',
      names: 'SAMPLE<<DAVID',
      documentNumber: 'U5503918C',
      nationality: 'UTO',
      birthDate: '690723',
      sex: 'M',
      expiryDate: '350114',
    });
    const scores = scoresFor(lines, [{ line: 1, at: 0, seen: '<', by: 5 }]);
    expect(decode(2, 44, scores, [], TODAY)?.mrz.documentNumber).not.toBe('5503918C');
    // And where nothing is to be seen of another one, which may be any of four.
    expect(decode(2, 44, scoresHiding(lines, 1, 3), [], TODAY)?.leastLikely).toBeCloseTo(-0.1);
  });

  it('doubts one letter that is less clear than all others, unless the two are hard to tell apart', () => {
    expect(withSlip(6, 'P', -7)?.lag).toBeLessThan(1);
    expect(withSlip(6, 'P', -3)?.lag).toBeCloseTo(4.9);
    // The O of ERIKSSON.
    expect(withSlip(11, 'D', -3)?.lag).toBeLessThan(1);
    expect(withSlip(11, 'C', -3)?.lag).toBeCloseTo(4.9);
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
    for (const at of [2, 5]) expect(withSlip(at, '<', 1)?.mrz.lines).toEqual(SPECIMEN);
    expect(withSlip(5, '<', 1)?.leastSure).toBeCloseTo(-1);
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

/** The middle of what is dark in a picture. */
function darkest(of: Grey): { x: number; y: number } {
  const shares = Array.from(of.data, (value) => Math.max(0, 90 - value));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const mean = (place: (at: number) => number): number =>
    shares.reduce((sum, share, at) => sum + share * place(at), 0) / total;
  return { x: mean((at) => at % of.width), y: mean((at) => Math.floor(at / of.width)) };
}

/** What a sure network makes of two lines, of which a space is nothing. */
const seen = (lines: readonly string[]): Recognised => {
  const scored = lines.map((line) =>
    Float32Array.from(
      Array.from(line).flatMap((character) => {
        const scores = new Float32Array(CLASSES).fill(-8);
        scores[character === ' ' ? NONE : CHARACTERS.indexOf(character)] = -0.1;
        return [...scores];
      }),
    ),
  );
  return { first: 0, count: lines[0]?.length ?? 0, lines: scored, networks: [scored] };
};

describe('where a zone begins and ends', () => {
  const VISA = ['V<AUTIVAANMARXEN<OKS<<TAN<ZIEELO<UWENO<<<<<<', 'IG979873<5AUT6003210M3507289<<<<<<<<<<<<<<<<'];

  it('is where nothing stands beside it', () => {
    expect(windowsOf(seen(VISA.map((line) => `  ${line}  `)))[0]).toMatchObject({ start: 2, length: 44 });
    expect(windowsOf(seen(VISA.map((line) => `  ${line.slice(0, 36)}  `)))[0]).toMatchObject({ start: 2, length: 36 });
  });

  it('is not where the text goes on, though the check digits would be right', () => {
    // Blur took the fillers, and with them the end of the zone: what is left is no visa with 36 characters.
    expect(windowsOf(seen(VISA.map((line) => `  ${line.slice(0, 38)}`)))).toEqual([]);
  });

  it('is not where one line goes on by more than a speck', () => {
    const [upper = '', lower = ''] = VISA.map((line) => line.slice(0, 36));
    expect(windowsOf(seen([`  ${upper}   `, `  ${lower}<< `]))).toEqual([]);
    expect(windowsOf(seen([`  ${upper}   `, `  ${lower}<  `]))[0]).toMatchObject({ start: 2, length: 36 });
  });
});

const roundedAll = (values: readonly number[]): number[] => values.map((value) => Math.round(value * 1e6) / 1e6 + 0);
const bent = (x: number): number => 1e-3 * x * x - 2e-6 * x ** 3;

describe('geometry', () => {
  const shape: LineShape = {
    x: 300,
    y: 200,
    ux: 0.96,
    uy: 0.28,
    t: [-120, 9, 0.02, -0.0003],
    o: [3, 0.01, 0.0001, 0.000001],
    h: [9, 0.003],
    shear: [0.07, 0.0002],
  };

  it('a line read from its other end is the same line', () => {
    const back = reversed(shape, 29);
    for (const [index, v] of [
      [0, 0.4],
      [11, -0.7],
      [29, 0],
    ] as const) {
      const [there, here] = [pointOn(shape, index, v), pointOn(back, 29 - index, -v)];
      expect(here.x).toBeCloseTo(there.x, 6);
      expect(here.y).toBeCloseTo(there.y, 6);
    }
  });

  it('fits a curve through its own points, whose bend may change', () => {
    const xs = Array.from({ length: 12 }, (_, index) => index * 7 - 20);
    const at = (curve: readonly [number, number, number, number]): number[] => xs.map((x) => valueOn(curve, x));
    expect(roundedAll(fitCurve(xs, at([4, -0.3, 0.02, 0]), 2))).toEqual([4, -0.3, 0.02, 0]);
    expect(roundedAll(fitCurve(xs, at([4, -0.3, 0.02, 0.001]), 3))).toEqual([4, -0.3, 0.02, 0.001]);
    expect(slopeOn([4, -0.3, 0.02, 0.001], 10)).toBeCloseTo(0.4, 9);
    expect(roundedAll(fitCurve([5, 5, 5], [1, 2, 3], 3))).toEqual([2, 0, 0, 0]);
    expect(fitCurve([], [], 2)).toEqual([0, 0, 0, 0]);
  });

  it('fits curves of one bend, also where there are points of a part only', () => {
    const whole = Array.from({ length: 40 }, (_, index) => 10 * index);
    const part = whole.slice(0, 12);
    const [upper, lower] = fitCurves(
      [
        { xs: whole, ys: whole.map((x) => 50 + 0.1 * x + bent(x)) },
        // Each a quarter off in turn, which would lead a bend of their own far astray.
        { xs: part, ys: part.map((x, index) => 80 + 0.12 * x + bent(x) + (index % 2 === 0 ? 0.25 : -0.25)) },
      ],
      3,
    );
    if (upper === undefined || lower === undefined) throw new Error('a curve is missing');
    expect(valueOn(upper, 390)).toBeCloseTo(50 + 39 + bent(390), 0);
    expect(Math.abs(valueOn(lower, 390) - (80 + 0.12 * 390 + bent(390)))).toBeLessThan(2.5);
  });

  it('finds the way back from a picture that was turned or doubled', () => {
    const [width, height] = [160, 100];
    const dot = { x: 120, y: 31 };
    const picture = { data: new Uint8Array(width * height).fill(220), width, height };
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const)
      picture.data[(dot.y + dy) * width + dot.x + dx] = 0;
    for (const angle of [0.5, -0.5]) {
      const turned = turnedBy(picture, angle);
      if (turned === null) throw new Error('too large to be turned');
      const { picture: askew, back } = turned;
      const found = back({ ...shape, ...darkest(askew), ux: Math.cos(angle), uy: Math.sin(angle) });
      expect(found.x).toBeCloseTo(dot.x + 0.5, 0);
      expect(found.y).toBeCloseTo(dot.y + 0.5, 0);
      // What runs along x in the picture runs along the angle in the turned one.
      expect(found.ux).toBeCloseTo(1, 6);
      expect(found.uy).toBeCloseTo(0, 6);
    }
    const twice = darkest(doubled(picture));
    expect((twice.x + 0.5) / 2 - 0.5).toBeCloseTo(dot.x + 0.5, 1);
    expect((twice.y + 0.5) / 2 - 0.5).toBeCloseTo(dot.y + 0.5, 1);
  });

  it('is not turned where it is a long strip, whose turn would take gigabytes', () => {
    expect(turnedBy({ data: new Uint8Array(9_000_000), width: 100, height: 90_000 }, Math.PI / 6)).toBeNull();
  });

  it('of a zone is in the picture when the middles of its outer characters are', () => {
    const picture = pyramidOf({ data: new Uint8Array(100 * 40), width: 100, height: 40 });
    const line: LineShape = {
      x: 5,
      y: 10,
      ux: 1,
      uy: 0,
      t: [0, 10, 0, 0],
      o: [0, 0, 0, 0],
      h: [10, 0],
      shear: [0, 0],
    };
    const isIn = (moved: Partial<LineShape>, window: { start: number; length: number }): boolean =>
      isInPicture(picture, [line, { ...line, y: 30, ...moved }], { score: 0, ...window });
    expect(isIn({}, { start: 0, length: 10 })).toBe(true);
    expect(isIn({ x: -1 }, { start: 0, length: 10 })).toBe(false);
    expect(isIn({}, { start: 0, length: 11 })).toBe(false);
    expect(isIn({ y: 38 }, { start: 0, length: 10 })).toBe(false);
    // Leaning letters of the lower line.
    expect(isIn({ x: 2, shear: [-1, 0] }, { start: 0, length: 9 })).toBe(false);
  });

  it('samples a line that leaves the picture without leaving its memory', () => {
    const picture = { data: new Uint8Array(80 * 80).fill(200), width: 80, height: 80 };
    const strip = sampleStrip(pyramidOf(picture), { ...shape, x: 70, y: 5 }, -3, 40);
    expect(Math.min(...strip.data)).toBeGreaterThan(199);
  });
});

/** Letters as dark boxes of 8 by 12 pixels, `rows` lines of 30, turned clockwise around the picture's middle by `degrees`. */
function lettersAskew(rows: number, degrees: number, distanceOf: () => number = () => 12): Component[] {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return Array.from({ length: rows }, (_, row) => {
    let along = -180;
    return Array.from({ length: 30 }, (): Component => {
      along += distanceOf();
      const across = 26 * (row - (rows - 1) / 2);
      const [x, y] = [500 + along * cosine - across * sine, 400 + along * sine + across * cosine];
      const [halfWidth, halfHeight] = [
        (8 * Math.abs(cosine) + 12 * Math.abs(sine)) / 2,
        (8 * Math.abs(sine) + 12 * Math.abs(cosine)) / 2,
      ];
      return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
    });
  }).flat();
}

describe('a zone among dark things', () => {
  const WIDTH = 1000;
  const heightOf = (degrees: number): number => zonesAmong(lettersAskew(3, degrees), WIDTH)[0]?.lines[0]?.h[0] ?? 0;

  it('has the height of its capitals, however it leans', () => {
    // Figures are taller than capitals: of 12 pixels (13 with both edges) a capital has 11 or a little more.
    expect(heightOf(0)).toBeGreaterThan(10.8);
    expect(heightOf(0)).toBeLessThan(11.8);
    expect(heightOf(15) / heightOf(0)).toBeCloseTo(Math.cos(Math.PI / 12), 1.5);
  });

  it('tells the distance of its characters along its lines, however they lie', () => {
    const [zone] = zonesAmong(lettersAskew(3, 15), WIDTH);
    if (zone === undefined) throw new Error('no zone was found');
    expect(pitchOf(zone)).toBeCloseTo(12, 1);
  });

  it('has lines that bend alike, also where marks were found of half a line only', () => {
    const [upper, lower] = [0, 26].map((down) =>
      Array.from({ length: 36 }, (_, index): Component => {
        const [x, y] = [200 + 12 * index, 300 + down];
        return { left: x - 4, right: x + 4, top: y - 6, bottom: y + 6 };
      }),
    );
    // The marks of the upper line end early, and its middle sags by a pixel.
    const half = (upper ?? []).slice(0, 20).map((mark, index) => {
      const sag = 1 - ((index - 9.5) / 9.5) ** 2;
      return { ...mark, top: mark.top + sag, bottom: mark.bottom + sag };
    });
    const [zone] = zonesAmong([...half, ...(lower ?? [])], WIDTH);
    const [line] = zone?.lines ?? [];
    if (zone === undefined || line === undefined) throw new Error('no zone was found');
    expect(pointOn(line, zone.last, 0).x).toBeCloseTo(200 + 12 * 35, 0);
    expect(Math.abs(pointOn(line, zone.last, 0).y - 300)).toBeLessThan(1.5);
  });
});

/** Letters of a zone's rows, where `place` says; `rows`: characters of each. */
function letters(
  rows: readonly number[],
  place: (at: number, row: number) => { x: number; y: number; size?: number },
): Component[] {
  return rows.flatMap((count, row) =>
    Array.from({ length: count }, (_, at): Component => {
      const { x, y, size = 1 } = place(at, row);
      return { left: x - 4.5 * size, right: x + 4.5 * size, top: y - 7 * size, bottom: y + 7 * size };
    }),
  );
}

const shrinking = (at: number): number => 1.25 - (0.5 * at) / 43;

/** Before a camera that was tilted both ways. */
function tilted(at: number, row: number): { x: number; y: number; size: number } {
  const away = 1 + (0.6 * at) / 29;
  return { x: 300 + (30 * at) / away, y: 300 + (240 + 76 * row) / away, size: 1.6 / away };
}

describe('a zone whose rows are not straight and level', () => {
  const WIDTH = 1400;
  const BEGIN = 300;
  const PITCH = 14;

  function found(things: readonly Component[]) {
    const [zone] = zonesAmong(things, WIDTH);
    if (zone === undefined) throw new Error('no zone was found');
    return zone;
  }

  it.each([
    ['like a bow', (share: number) => 45 * Math.sin(Math.PI * share)],
    ['like an S', (share: number) => 10 * Math.sin(2 * Math.PI * share)],
    ['up at one side', (share: number) => 60 * Math.exp(-share / 0.25)],
  ])('is followed where its page is bent %s', (_name, bend) => {
    const place = (at: number, row: number) => ({ x: BEGIN + PITCH * at, y: 400 + 32 * row - bend(at / 43) });
    const zone = found(letters([44, 44], place));
    expect([zone.first, zone.last]).toEqual([0, 43]);
    for (const at of [0, 8, 21, 35, 43]) {
      for (const row of [0, 1]) {
        const [line, truth] = [zone.lines[row], place(at, row)];
        if (line === undefined) throw new Error('a line is missing');
        const { x, y } = pointOn(line, at, 0);
        expect(Math.abs(x - truth.x), `across, ${at}`).toBeLessThan(2);
        expect(Math.abs(y - truth.y), `down, ${at}`).toBeLessThan(3);
      }
    }
  });

  it('has whole rows that begin together, however the camera was tilted', () => {
    // A character stands 20 pixels to the right of the one above it, nearly one and a half places.
    const zone = found(letters([44, 44], (at, row) => ({ x: BEGIN + PITCH * at + 20 * row, y: 400 + 36 * row })));
    expect([zone.first, zone.last]).toEqual([0, 43]);
    expect(zone.lines[0]?.shear[0]).toBeCloseTo(20 / 36, 2);
  });

  it('has letters that get smaller where its rows come nearer to each other', () => {
    const things = letters([44, 44], (at, row) => ({
      x: BEGIN + PITCH * at,
      y: 400 + 34 * (row - 0.5) * shrinking(at),
      size: shrinking(at),
    }));
    const [line] = found(things).lines;
    if (line === undefined) throw new Error('no line was found');
    const heightAt = (at: number): number => line.h[0] + line.h[1] * valueOn(line.t, at);
    expect(heightAt(0) / heightAt(43)).toBeCloseTo(1.25 / 0.75, 1);
  });

  it('is followed where the camera was tilted so much that letters at its end are half as far from each other', () => {
    const zone = found(letters([30, 30, 30], tilted));
    expect(zone.lines).toHaveLength(3);
    expect([zone.first, zone.last]).toEqual([0, 29]);
    for (const [row, line] of zone.lines.entries()) {
      for (const at of [0, 15, 29]) expect(Math.abs(pointOn(line, at, 0).x - tilted(at, row).x)).toBeLessThan(3);
    }
  });

  it('ends where its document ends, though other print beside it lies on its rows', () => {
    const things = letters([30, 30, 30], (at, row) => ({ x: BEGIN + PITCH * at, y: 400 + 34 * row }));
    const strays = [4, 5, 6].map((at, row): Component => {
      const [x, y] = [BEGIN + PITCH * (29 + at), 400 + 34 * row];
      return { left: x - 4, right: x + 4, top: y - 7, bottom: y + 7 };
    });
    const zone = found([...things, ...strays]);
    expect(zone.lines).toHaveLength(3);
    expect([zone.first, zone.last]).toEqual([0, 29]);
  });
});

describe('the parts of a large picture', () => {
  it('are what lies on an empty table, not all of it, and not specks', () => {
    const [width, height] = [4000, 3000];
    const data = new Uint8Array(width * height).fill(180);
    const print = (left: number, top: number, across: number, down: number): void => {
      for (let y = top; y < top + down; y += 1)
        for (let x = left; x < left + across; x += 1)
          if ((x >> 3) % 3 === 0 && (y >> 3) % 3 === 0) data[y * width + x] = 30;
    };
    print(2400, 500, 500, 320);
    print(300, 2000, 40, 40);
    const [part, ...others] = partsOf(pyramidOf({ data, width, height }));
    expect(others).toEqual([]);
    if (part === undefined) throw new Error('no part was found');
    expect(part.left).toBeLessThan(2400);
    expect(part.top).toBeLessThan(500);
    expect(part.left + part.width).toBeGreaterThan(2900);
    expect(part.top + part.height).toBeGreaterThan(820);
    expect(part.width * part.height).toBeLessThan(2.2 * 500 * 320);
    print(0, 0, width, height);
    expect(partsOf(pyramidOf({ data, width, height }))).toEqual([]);
  });
});

describe('dark things', () => {
  it('are seen in deep shadow too, where ink and paper are few levels apart', () => {
    const [width, height] = [200, 60];
    const data = new Uint8Array(width * height).fill(24);
    for (let y = 22; y < 36; y += 1)
      for (let left = 20; left < 180; left += 20) data.fill(17, y * width + left, y * width + left + 3);
    expect(thingsIn({ data, width, height })).toHaveLength(8);
    // By daylight so little is noise.
    expect(thingsIn({ data: data.map((value) => value + 150), width, height })).toEqual([]);
  });

  it('are told from the lines of security print by being darkest', () => {
    const [width, height] = [240, 60];
    const data = new Uint8Array(width * height).fill(220);
    // Fine lines every six pixels from side to side, and ten faint letters over them.
    for (let y = 0; y < height; y += 6) data.fill(180, y * width, (y + 1) * width);
    for (let letter = 0; letter < 10; letter += 1) {
      for (let y = 22; y < 36; y += 1) {
        const left = y * width + 20 + 20 * letter;
        data.fill(130, left, left + 2);
        data.fill(130, left + 8, left + 10);
      }
    }
    const letters = (deviations: number): number =>
      thingsIn({ data, width, height }, deviations).filter(({ top, bottom }) => bottom - top > 10).length;
    expect(letters(INK)).toBe(0);
    expect(letters(DARKEST)).toBe(20);
  });
});

describe('a look at a turned picture', () => {
  const picture = { data: new Uint8Array(), width: 1000, height: 800 };
  const isWorthIt = (things: readonly Component[]): boolean =>
    [Math.PI / 6, -Math.PI / 6].some((angle) => hasRowsAskew(things, picture, angle));

  it.each([16, 30, 45, 60, 74, 105, 120, 135, 150, 165])('is worth it for a zone turned by %i degrees', (degrees) => {
    expect(isWorthIt(lettersAskew(2, degrees))).toBe(true);
    expect(isWorthIt(lettersAskew(3, degrees))).toBe(true);
  });

  it('is not for an upright page, a single row, or letters at other distances from each other', () => {
    const random = randomFrom(30);
    expect(isWorthIt(lettersAskew(12, 0))).toBe(false);
    expect(isWorthIt(lettersAskew(1, 30))).toBe(false);
    expect(isWorthIt(lettersAskew(2, 30, () => random.between(9, 28)))).toBe(false);
    expect(isWorthIt([])).toBe(false);
  });
});

describe('the network file', () => {
  const file = new URL('../../../assets/mrz/reader.json', import.meta.url);

  it('is the one that was trained, and smaller than 300 kB', () => {
    expect(() => readNetworks(file)).not.toThrow();
    expect(readFileSync(file).byteLength).toBeLessThan(300_000);
  });

  it('is refused when a byte of it changed', () => {
    const File = z.looseObject({ networks: z.array(z.looseObject({ data: z.string() })).nonempty() });
    const about = File.parse(JSON.parse(readFileSync(file, 'utf8')));
    const at = 5000;
    const damaged = about.networks.map(({ data, ...network }) => ({
      ...network,
      data: data.slice(0, at) + (data[at] === 'A' ? 'B' : 'A') + data.slice(at + 1),
    }));
    const changed = { ...about, networks: [...about.networks.slice(0, -1), ...damaged.slice(-1)] };
    const folder = mkdtempSync(join(tmpdir(), 'satchel-mrz-'));
    const copy = join(folder, 'reader.json');
    writeFileSync(copy, JSON.stringify(changed));
    expect(() => readNetworks(pathToFileURL(copy))).toThrow(/damaged/);
    writeFileSync(copy, JSON.stringify(about));
    expect(() => readNetworks(pathToFileURL(copy))).not.toThrow();
    rmSync(folder, { recursive: true });
  });
});
