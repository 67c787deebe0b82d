import { CELL_HEIGHT, CELL_WIDTH } from './strip.ts';

/** What the network tells apart: the characters of a zone, and last "none of them" (no class name). */
export const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<';
export const NONE = CHARACTERS.length;
export const CLASSES = CHARACTERS.length + 1;

/**
 * Two layers of 3×3 convolution, each with ReLU and 2×2 maximum, then two full layers. About 300,000 multiplications a
 * character: a page's zone takes some tens of milliseconds in plain JavaScript, so no native or wasm runtime is needed.
 */
export const CHANNELS_1 = 10;
export const CHANNELS_2 = 20;
export const HIDDEN = 64;
export const WIDTH_1 = CELL_WIDTH / 2;
export const HEIGHT_1 = CELL_HEIGHT / 2;
export const WIDTH_2 = WIDTH_1 / 2;
export const HEIGHT_2 = HEIGHT_1 / 2;
export const FEATURES = CHANNELS_2 * WIDTH_2 * HEIGHT_2;
const TAPS = 9;

/** The layers with how many numbers each holds, in the order of the file and of the trainer's random numbers. */
export const LAYERS = [
  { name: 'conv1', length: CHANNELS_1 * TAPS },
  { name: 'bias1', length: CHANNELS_1 },
  { name: 'conv2', length: CHANNELS_2 * CHANNELS_1 * TAPS },
  { name: 'bias2', length: CHANNELS_2 },
  { name: 'full', length: HIDDEN * FEATURES },
  { name: 'fullBias', length: HIDDEN },
  { name: 'out', length: CLASSES * HIDDEN },
  { name: 'outBias', length: CLASSES },
] as const satisfies { name: string; length: number }[];

export type LayerName = (typeof LAYERS)[number]['name'];
export type Weights = Readonly<Record<LayerName, Float32Array>>;

/** A network of the layers that `make` gives; it is asked for them in the order of `LAYERS`. */
export function networkOf(make: (name: LayerName, length: number) => Float32Array): Weights {
  const made = LAYERS.map(({ name, length }) => ({ name, numbers: make(name, length) }));
  const layer = (wanted: LayerName): Float32Array =>
    made.find(({ name }) => name === wanted)?.numbers ?? new Float32Array();
  return {
    conv1: layer('conv1'),
    bias1: layer('bias1'),
    conv2: layer('conv2'),
    bias2: layer('bias2'),
    full: layer('full'),
    fullBias: layer('fullBias'),
    out: layer('out'),
    outBias: layer('outBias'),
  };
}

/** What one forward pass leaves behind; the trainer needs it for the way back. Pictures have a border of one pixel of zeros. */
export interface Activations {
  readonly input: Float32Array;
  readonly map1: Float32Array;
  readonly pooled1: Float32Array;
  readonly argmax1: Int32Array;
  readonly map2: Float32Array;
  readonly features: Float32Array;
  readonly argmax2: Int32Array;
  readonly hidden: Float32Array;
  readonly logits: Float32Array;
}

export const PADDED_WIDTH = CELL_WIDTH + 2;
export const PADDED_WIDTH_1 = WIDTH_1 + 2;
export const PADDED_1 = PADDED_WIDTH_1 * (HEIGHT_1 + 2);

export function activations(): Activations {
  return {
    input: new Float32Array(PADDED_WIDTH * (CELL_HEIGHT + 2)),
    map1: new Float32Array(CELL_WIDTH * CELL_HEIGHT),
    pooled1: new Float32Array(CHANNELS_1 * PADDED_1),
    argmax1: new Int32Array(CHANNELS_1 * WIDTH_1 * HEIGHT_1),
    map2: new Float32Array(WIDTH_1 * HEIGHT_1),
    features: new Float32Array(FEATURES),
    argmax2: new Int32Array(FEATURES),
    hidden: new Float32Array(HIDDEN),
    logits: new Float32Array(CLASSES),
  };
}

/** Adds the 3×3 convolution of one padded plane of `source` to `target` (`width` × `height`, no border). */
function convolve(
  source: Float32Array,
  sourceAt: number,
  target: Float32Array,
  width: number,
  height: number,
  weights: Float32Array,
  at: number,
): void {
  const stride = width + 2;
  const w0 = weights[at] ?? 0;
  const w1 = weights[at + 1] ?? 0;
  const w2 = weights[at + 2] ?? 0;
  const w3 = weights[at + 3] ?? 0;
  const w4 = weights[at + 4] ?? 0;
  const w5 = weights[at + 5] ?? 0;
  const w6 = weights[at + 6] ?? 0;
  const w7 = weights[at + 7] ?? 0;
  const w8 = weights[at + 8] ?? 0;
  let out = 0;
  for (let y = 0; y < height; y += 1) {
    let a = sourceAt + y * stride;
    // Three columns slide along the row: each pixel is read once per row of the kernel.
    let a0 = source[a] ?? 0;
    let a1 = source[a + 1] ?? 0;
    let b0 = source[a + stride] ?? 0;
    let b1 = source[a + stride + 1] ?? 0;
    let c0 = source[a + 2 * stride] ?? 0;
    let c1 = source[a + 2 * stride + 1] ?? 0;
    for (let x = 0; x < width; x += 1) {
      const a2 = source[a + 2] ?? 0;
      const b2 = source[a + stride + 2] ?? 0;
      const c2 = source[a + 2 * stride + 2] ?? 0;
      target[out] =
        (target[out] ?? 0) +
        (a0 * w0 + a1 * w1 + a2 * w2 + (b0 * w3 + b1 * w4 + b2 * w5) + (c0 * w6 + c1 * w7 + c2 * w8));
      a0 = a1;
      a1 = a2;
      b0 = b1;
      b1 = b2;
      c0 = c1;
      c1 = c2;
      a += 1;
      out += 1;
    }
  }
}

/** ReLU and the maximum of each 2×2 block of `map`; `argmax` remembers where it was, or -1 where nothing was above zero. */
function pool(
  map: Float32Array,
  width: number,
  height: number,
  target: Float32Array,
  targetAt: number,
  targetStride: number,
  argmax: Int32Array,
  argmaxAt: number,
): void {
  let block = argmaxAt;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const at = y * width + x;
      const upper = (map[at] ?? 0) >= (map[at + 1] ?? 0) ? at : at + 1;
      const lower = (map[at + width] ?? 0) >= (map[at + width + 1] ?? 0) ? at + width : at + width + 1;
      const place = (map[upper] ?? 0) >= (map[lower] ?? 0) ? upper : lower;
      const value = map[place] ?? 0;
      const isOn = value > 0;
      target[targetAt + (y >> 1) * targetStride + (x >> 1)] = isOn ? value : 0;
      argmax[block] = isOn ? place : -1;
      block += 1;
    }
  }
}

/** One character through the network; `acts.logits` holds the result. `cells[offset…]` as `normalizedCell` writes it. */
export function forward(weights: Weights, cells: Float32Array, offset: number, acts: Activations): void {
  for (let row = 0; row < CELL_HEIGHT; row += 1) {
    const start = offset + row * CELL_WIDTH;
    acts.input.set(cells.subarray(start, start + CELL_WIDTH), (row + 1) * PADDED_WIDTH + 1);
  }
  for (let channel = 0; channel < CHANNELS_1; channel += 1) {
    acts.map1.fill(weights.bias1[channel] ?? 0);
    convolve(acts.input, 0, acts.map1, CELL_WIDTH, CELL_HEIGHT, weights.conv1, channel * TAPS);
    const inside = channel * PADDED_1 + PADDED_WIDTH_1 + 1;
    pool(
      acts.map1,
      CELL_WIDTH,
      CELL_HEIGHT,
      acts.pooled1,
      inside,
      PADDED_WIDTH_1,
      acts.argmax1,
      channel * WIDTH_1 * HEIGHT_1,
    );
  }
  for (let channel = 0; channel < CHANNELS_2; channel += 1) {
    acts.map2.fill(weights.bias2[channel] ?? 0);
    for (let from = 0; from < CHANNELS_1; from += 1) {
      const at = (channel * CHANNELS_1 + from) * TAPS;
      convolve(acts.pooled1, from * PADDED_1, acts.map2, WIDTH_1, HEIGHT_1, weights.conv2, at);
    }
    const first = channel * WIDTH_2 * HEIGHT_2;
    pool(acts.map2, WIDTH_1, HEIGHT_1, acts.features, first, WIDTH_2, acts.argmax2, first);
  }
  full(acts.features, weights.full, weights.fullBias, acts.hidden, true);
  full(acts.hidden, weights.out, weights.outBias, acts.logits, false);
}

function full(
  input: Float32Array,
  weights: Float32Array,
  bias: Float32Array,
  output: Float32Array,
  isReLU: boolean,
): void {
  const count = input.length;
  for (let row = 0; row < output.length; row += 1) {
    const at = row * count;
    let sum = bias[row] ?? 0;
    for (let column = 0; column < count; column += 1) sum += (input[column] ?? 0) * (weights[at + column] ?? 0);
    output[row] = isReLU && sum < 0 ? 0 : sum;
  }
}

/** Logarithms of the probabilities, written over the logits. */
export function logSoftmax(logits: Float32Array): void {
  let most = -Infinity;
  for (const value of logits) if (value > most) most = value;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - most);
  const total = most + Math.log(sum);
  for (let index = 0; index < logits.length; index += 1) logits[index] = (logits[index] ?? 0) - total;
}
