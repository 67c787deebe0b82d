import type { Component } from './components.ts';
import { findLines } from './lines.ts';
import type { Grey } from './picture.ts';
import { quarterTurned } from './zones.ts';

/** The box around a letter that lies askew is about a quarter larger than the letter. */
const LETTER_IN_BOX = 0.8;
/** Turned things are this much larger than in the picture: those of a small zone would count as too small for letters otherwise. */
const ENLARGED = 1.5;
/** A zone has two rows or three. */
const LEAST_ROWS = 2;

/** The things of a picture where they would lie if it were turned clockwise by `angle` (radians), standing upright, all within the picture that comes out. */
function turnedThings(things: readonly Component[], { width, height }: Grey, angle: number): Component[] {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const reach = Math.hypot(width, height);
  return things.map(({ left, top, right, bottom }) => {
    const [dx, dy] = [(left + right - width) / 2, (top + bottom - height) / 2];
    const [wide, high] = [right - left + 1, bottom - top + 1];
    const x = ENLARGED * (reach + dx * cosine - dy * sine);
    const y = ENLARGED * (reach + dx * sine + dy * cosine);
    const across = (ENLARGED * LETTER_IN_BOX * Math.min(wide, high) - 1) / 2;
    const up = (ENLARGED * LETTER_IN_BOX * Math.max(wide, high) - 1) / 2;
    return { left: x - across, right: x + across, top: y - up, bottom: y + up };
  });
}

/**
 * Whether things of a picture lie in rows as those of a zone do, if the picture were turned by `angle` or by a quarter more. Only what lies where
 * is asked, in a thirtieth of the time of turning the picture and looking at it.
 */
export function hasRowsAskew(things: readonly Component[], picture: Grey, angle: number): boolean {
  const turned = turnedThings(things, picture, angle);
  if (findLines(turned).length >= LEAST_ROWS) return true;
  return (
    findLines(quarterTurned(turned, 2 * ENLARGED * Math.hypot(picture.width, picture.height))).length >= LEAST_ROWS
  );
}
