import { CLASSES, NONE } from './network.ts';
import type { Weights } from './network.ts';
import type { Pyramid } from './picture.ts';
import { AS_IS, combined, likeliestAt, meanOf, moved, scoresAt, scoresIn } from './recognise.ts';
import type { LineScores, Move, Recognised } from './recognise.ts';
import { sharpen } from './sharpen.ts';
import { CELL_HEIGHT, sampleStrip } from './strip.ts';
import type { LineShape, Strip } from './strip.ts';

/** What a line that was found may be off by; the ways to where its characters are, tried one after the other. */
const CORRECTIONS: readonly Move[] = [
  { along: 0.04 },
  { along: -0.04 },
  { down: 0.06 },
  { down: -0.06 },
  { height: 1.05 },
  { height: 0.95 },
  { shear: 0.06 },
  { shear: -0.06 },
  { stretch: 0.08 },
  { tilt: 0.08 },
  { stretch: -0.08 },
  { tilt: -0.08 },
].map((correction) => ({ ...AS_IS, ...correction }));
/** The corrections are tried once as they are, and then half of each. */
const STEPS = [1, 0.5];
/** Every second character is asked about each, the networks in turn. */
const ASKED = 2;
/** No character says more than this against a place (a logarithm): dirt on one of them moves no line. */
const MOST_AGAINST = -3;
/** More probable than this a cell holds no character. */
const NO_CHARACTER = Math.log(0.5);
/** Sharpened by halos around what is dark: how wide, in a strip's pixels, and how strong. */
const HALO = { sigma: 1.5, amount: 1.5 };

function partOf({ along, down, height, shear, stretch, tilt }: Move, share: number): Move {
  return {
    along: along * share,
    down: down * share,
    height: 1 + (height - 1) * share,
    shear: shear * share,
    stretch: stretch * share,
    tilt: tilt * share,
  };
}

/**
 * The line moved to where its characters are surest, step by step: marks of blurred print, and of print that hangs together, are not
 * quite where the characters are.
 * @param own each network's scores of the line where it is
 */
function settled(
  pyramid: Pyramid,
  networks: readonly Weights[],
  shape: LineShape,
  own: readonly LineScores[],
  { first, count }: Recognised,
): LineShape {
  const asked = Array.from({ length: count }, (_, index) => index)
    .filter((index) => own.every((scores) => (scores[index * CLASSES + NONE] ?? 0) < NO_CHARACTER))
    .filter((_, place) => place % ASKED === 0);
  const surenessOf = (strip: Strip): number =>
    asked.reduce((sum, index, turn) => {
      const weights = networks[turn % networks.length];
      return weights === undefined
        ? sum
        : sum + Math.max(MOST_AGAINST, likeliestAt(scoresAt(weights, strip, index), 0));
    }, 0);
  const middle = first + count / 2;
  let best = shape;
  let most = surenessOf(sampleStrip(pyramid, shape, first, count));
  for (const correction of STEPS.flatMap((share) => CORRECTIONS.map((each) => partOf(each, share)))) {
    const tried = moved(best, correction, middle, count / 2);
    const sureness = surenessOf(sampleStrip(pyramid, tried, first, count));
    if (sureness > most) [best, most] = [tried, sureness];
  }
  return best;
}

function sharpened(strip: Strip): Strip {
  const data = strip.data.slice();
  sharpen(data, strip.width, CELL_HEIGHT, HALO.sigma, HALO.amount);
  return { ...strip, data };
}

/**
 * Reads characters that were not sure once more from where they are surest, as they are and sharpened, and takes the mean with what was read
 * before: what blur made alike differs more then.
 * @param before what was made of the same lines
 */
export function recogniseSettled(
  pyramid: Pyramid,
  networks: readonly Weights[],
  lines: readonly LineShape[],
  before: Recognised,
): Recognised {
  const byLine = lines.map((shape, line) => {
    const own = before.networks.map((scores) => scores[line] ?? new Float32Array());
    const strip = sampleStrip(pyramid, settled(pyramid, networks, shape, own, before), before.first, before.count);
    const looks = [own, scoresIn(networks, strip), scoresIn(networks, sharpened(strip))];
    return networks.map((_, network) => meanOf(looks.flatMap((scores) => scores[network] ?? [])));
  });
  return combined(
    before.first,
    before.count,
    networks.map((_, network) => byLine.flatMap((scores) => scores[network] ?? [])),
  );
}
