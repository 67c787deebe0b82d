import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ANCHORS, BOX_NUMBERS, CHANNELS } from './network.ts';
import type { DetectorWeights, Mixing } from './network.ts';

const Layer = z.object({
  name: z.string(),
  shape: z.array(z.number().int().positive()),
  /** A byte `n` stands for `min + n * scale`. */
  scale: z.number(),
  min: z.number(),
});

/** assets/face/detector.json: where the weights come from, and how to read the file beside it, layer after layer. */
const DetectorFile = z.object({
  package: z.string(),
  version: z.string(),
  licence: z.string(),
  file: z.string(),
  sha256: z.string(),
  weights: z.array(Layer),
});

/** Channels are made four at a time. */
const AT_ONCE = 4;

/**
 * From the file's order, in which the channels that are made come last (`[read][made]`), to `Mixing`'s. What is missing to a multiple of four
 * is filled with channels of nothing.
 */
function mixingOf(weights: Float64Array, bias: Float64Array, reads: number): Mixing {
  const own = bias.length;
  const makes = Math.ceil(own / AT_ONCE) * AT_ONCE;
  const turned = new Float64Array(makes * reads);
  for (let made = 0; made < own; made += 1) {
    for (let read = 0; read < reads; read += 1) turned[made * reads + read] = weights[read * own + made] ?? 0;
  }
  const filled = new Float64Array(makes);
  filled.set(bias);
  return { weights: turned, bias: filled, reads, makes };
}

/** Reads the detector's weights. Throws when a file is missing, is not what was published, or does not fit the network. */
export function readDetector(description: URL): DetectorWeights {
  const { file, sha256, weights } = DetectorFile.parse(JSON.parse(readFileSync(description, 'utf8')));
  const bytes = readFileSync(new URL(file, description));
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error('the face detector file is damaged');
  const read = new Map<string, Float64Array>();
  let at = 0;
  for (const { name, shape, scale, min } of weights) {
    const length = shape.reduce((product, side) => product * side, 1);
    // As single-precision numbers, which is what the published detector computes with.
    read.set(
      name,
      Float64Array.from(bytes.subarray(at, at + length), (value) => Math.fround(value * scale + min)),
    );
    at += length;
  }
  if (at !== bytes.length) throw new Error('the face detector file has another length');
  const layer = (name: string, length: number): Float64Array => {
    const numbers = read.get(name);
    if (numbers?.length !== length) throw new Error(`the face detector file has no ${name} of ${length} numbers`);
    return numbers;
  };
  const [colours, first] = CHANNELS;
  const deepest = CHANNELS.at(-1) ?? 0;
  const answers = ANCHORS * BOX_NUMBERS;
  return {
    first: mixingOf(layer('conv0/filters', 9 * colours * first), layer('conv0/bias', first), 9 * colours),
    separable: CHANNELS.slice(2).map((made, index) => {
      const reads = CHANNELS[index + 1] ?? 0;
      const own = `conv${index + 1}`;
      return {
        taps: layer(`${own}/depthwise_filter`, 9 * reads),
        mixing: mixingOf(layer(`${own}/pointwise_filter`, reads * made), layer(`${own}/bias`, made), reads),
      };
    }),
    last: mixingOf(layer('conv8/filters', deepest * answers), layer('conv8/bias', answers), deepest),
  };
}
