import { describe, expect, it } from 'vitest';
import { decode } from '../../../main/inspection/mrz/decode.ts';
import { zoneLines } from '../../../scripts/mrz/zones.ts';
import { SPECIMEN, TODAY, scoresFor, scoresHiding } from '../../support/mrz-scores.ts';

/** The specimen as a network sees it to which one character of the upper line looks likelier than the printed one, by `by`. */
const withSlip = (at: number, seen: string, by: number) =>
  decode(2, 44, scoresFor(SPECIMEN, [{ line: 0, at, seen, by }]), [], TODAY);

describe('judging a text', () => {
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
});
