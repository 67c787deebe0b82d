import { slopeOn, valueOn } from './fit.ts';
import { pointOn } from './strip.ts';
import type { LineShape, Point } from './strip.ts';
import type { FoundZone } from './zones.ts';

/** Places of a line that are asked about. */
const PLACES = 9;
/** So much of a capital's height, up and down from a line's middle, is the line's. */
const OWN_HEIGHT = 0.75;

/** Lines, and the characters of them that are a zone's. */
export type Place = Pick<FoundZone, 'lines' | 'first' | 'last'>;

/** Whether a point lies on a line, from its character `first` to `last`. */
function isOnLine({ x, y }: Point, line: LineShape, first: number, last: number): boolean {
  const [dx, dy] = [x - line.x, y - line.y];
  const [t, o] = [dx * line.ux + dy * line.uy, dy * line.ux - dx * line.uy];
  const [from, to] = [valueOn(line.t, first), valueOn(line.t, last)];
  const beyond = Math.abs(slopeOn(line.t, (first + last) / 2)) / 2;
  if (t < Math.min(from, to) - beyond || t > Math.max(from, to) + beyond) return false;
  return Math.abs(o - valueOn(line.o, t)) < OWN_HEIGHT * Math.abs(line.h[0] + line.h[1] * t);
}

/** Whether a point of the picture lies on the print of a zone. */
export function isOnZone(point: Point, { lines, first, last }: Place): boolean {
  return lines.some((line) => isOnLine(point, line, first, last));
}

/** Whether two zones that were found have print in common: then they are one, or one of them is made of a part of the other. */
export function isSharing(one: Place, other: Place): boolean {
  const places = Array.from({ length: PLACES }, (_, at) => one.first + (at / (PLACES - 1)) * (one.last - one.first));
  return one.lines.some((line) => places.some((at) => isOnZone(pointOn(line, at, 0), other)));
}
