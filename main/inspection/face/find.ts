import { facesIn, fieldOf, withoutRepeats } from './detect.ts';
import type { Colours, Face } from './detect.ts';
import type { DetectorWeights } from './network.ts';

/**
 * Shorter sides at which every picture is looked at, in pixels, and one at which it is when nothing was seen in those: the detector sees faces of
 * some sizes in pixels better than others. One person's is large in a selfie, two people's are smaller (docs/capture.md has what each costs and sees).
 */
const LOOKS = [160, 224] as const;
const LOOK_FOR_LARGE = 96;
/** Longer side to shorter side at the most: of what is much longer than wide, a receipt say, less is seen. */
const LONGEST = 2;
/** How much a part of a picture must look like a face to be one. */
const LEAST_SCORE = 0.4;
/** A further face must be surer, and not much smaller: the portrait on a passport in somebody's hand is nobody beside them. */
const FURTHER_SCORE = 0.5;
const FURTHER_SIZE = 0.5;
/** Two looks draw their boxes around one face less alike than one look does. */
const SAME_IN_ANOTHER_LOOK = 0.25;
/**
 * What is darker than a well-lit picture is looked at as if it were one, since the detector learned from such: a fiftieth of the pixels is to be
 * at least so bright, as far as so many times the light makes it.
 */
const BRIGHT = 235;
const BRIGHT_PART = 0.02;
const MOST_GAIN = 4;

function gainOf(grey: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const value of grey) counts[value] = (counts[value] ?? 0) + 1;
  let brighter = 0;
  let level = 255;
  while (level > 1) {
    brighter += counts[level] ?? 0;
    if (brighter >= BRIGHT_PART * grey.length) break;
    level -= 1;
  }
  return Math.min(MOST_GAIN, Math.max(1, BRIGHT / level));
}

/** The faces in a picture that is upright, the surest first. Who they are is not asked, and nothing of them is kept. */
export function findFaces(weights: DetectorWeights, picture: Colours & { readonly grey: Uint8Array }): Face[] {
  const gain = gainOf(picture.grey);
  const shape = Math.min(LONGEST, Math.max(picture.width, picture.height) / Math.min(picture.width, picture.height));
  const look = (shorter: number): Face[] =>
    facesIn(weights, fieldOf(picture, Math.round(shorter * shape), gain), LEAST_SCORE);
  const seen = LOOKS.flatMap(look);
  const [first, ...others] = withoutRepeats(seen.length === 0 ? look(LOOK_FOR_LARGE) : seen, SAME_IN_ANOTHER_LOOK);
  if (first === undefined) return [];
  const isBeside = ({ score, height }: Face): boolean =>
    score >= FURTHER_SCORE && height >= FURTHER_SIZE * first.height;
  return [first, ...others.filter(isBeside)];
}
