import { decode } from './decode.ts';
import type { Decoded } from './decode.ts';
import { CLASSES } from './network.ts';
import type { LineScores, Recognised } from './recognise.ts';
import type { Scores } from './search.ts';
import { windowsOf } from './windows.ts';
import type { Window } from './windows.ts';

/** Windows whose score is so much worse than the best one's are not tried. */
const WORSE_WINDOW = 6;

/**
 * When a zone with right check digits is believed. One text in ten has a right check digit by chance, so they alone do not
 * suffice: what they overruled, the next best text, slips that cancel out, the characters that none covers, one by one and all
 * together, and whether the networks agree all count. Found by trying on drawn pages other than those of the bench; see docs/capture.md.
 */
const ACCEPT = {
  margin: 2.8,
  overruled: 3,
  leastSure: 0.5,
  leastAgreed: 0,
  expectedSlips: 0.8,
  leastLikely: 0,
  lag: 3.7,
  repeatedSlip: 4,
};

function isBelieved(decoded: Decoded): boolean {
  // What check digits had to overrule must be outweighed by what speaks against the next best text.
  if (decoded.margin < ACCEPT.margin + decoded.overruled || decoded.overruled > ACCEPT.overruled) return false;
  if (decoded.leastSure < ACCEPT.leastSure || decoded.leastAgreed < ACCEPT.leastAgreed) return false;
  if (decoded.expectedSlips > ACCEPT.expectedSlips || decoded.leastLikely < ACCEPT.leastLikely) return false;
  if (decoded.lag > ACCEPT.lag || decoded.repeatedSlip < ACCEPT.repeatedSlip) return false;
  const { birthDate, expiryDate } = decoded.mrz;
  return [birthDate, expiryDate].every(({ printed, iso }) => iso !== null || printed.includes('<'));
}

function decodeWindow(read: Recognised, window: Window, today: string): Decoded | null {
  const offset = window.start - read.first;
  const scoresOf =
    (lines: readonly LineScores[]): Scores =>
    (line, at) => {
      const cells = lines[line] ?? new Float32Array();
      return cells.subarray((offset + at) * CLASSES, (offset + at + 1) * CLASSES);
    };
  return decode(read.lines.length, window.length, scoresOf(read.lines), read.networks.map(scoresOf), today);
}

/** A text that can be believed, and where it stands. */
export interface Believed {
  readonly decoded: Decoded;
  readonly window: Window;
}

/** The first window whose text can be believed. */
export function firstBelieved(read: Recognised, today: string): Believed | null {
  const [best, ...others] = windowsOf(read);
  if (best === undefined) return null;
  for (const window of [best, ...others.filter(({ score }) => score > best.score - WORSE_WINDOW)]) {
    const decoded = decodeWindow(read, window, today);
    if (decoded !== null && isBelieved(decoded)) return { decoded, window };
  }
  return null;
}
