/**
 * The tiny face detector of face-api (TinyYolov2 with separable convolutions; source: `src/tinyYolov2` and
 * `src/tinyFaceDetector` of the package that assets/face/detector.json names). A convolution of 3×3 without a border, five that are
 * separable with one, each followed by the maximum of 2×2; then for each cell what five boxes of usual shapes say.
 */

/** Channels between the layers: colours, then after each convolution. */
export const CHANNELS = [3, 16, 32, 64, 128, 256, 512] as const;
/** Of a box: how far its middle lies from the cell's corner, its sides, and whether it is a face. */
export const BOX_NUMBERS = 5;
export const ANCHORS = 5;
/** Pixels of the input along a side of a cell; the input's sides are multiples of it. */
export const CELL_PIXELS = 32;

const TAPS = 9;
/** What a negative value is worth behind a layer. */
const LEAK = 0.1;

/** A convolution: for each channel that it makes, its weights in the order of what it reads (`[made][read]`). */
export interface Mixing {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
  readonly reads: number;
  readonly makes: number;
}

/** A separable convolution: 3×3 for each channel by itself (`[tap][channel]`), then across them. */
export interface Separable {
  readonly taps: Float64Array;
  readonly mixing: Mixing;
}

export interface DetectorWeights {
  /** Reads 3 × 3 × 3 values: rows, columns, colours. */
  readonly first: Mixing;
  readonly separable: readonly Separable[];
  readonly last: Mixing;
}

/** Values of each pixel beside each other, rows from the top. In doubles, which the processor reads without converting them. */
export interface Planes {
  readonly data: Float64Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export function planes(width: number, height: number, channels: number): Planes {
  return { data: new Float64Array(width * height * channels), width, height, channels };
}

/**
 * `pixels` products of what `from` holds (`reads` values each) with the weights, without bias. Two pixels and four channels at a time:
 * each value that was read is used so often.
 */
function mix(
  from: Float64Array,
  pixels: number,
  { weights, reads, makes }: Mixing,
  to: Float64Array,
  at: number,
): void {
  for (let pixel = 0; pixel < pixels; pixel += 2) {
    const a = pixel * reads;
    // Of an odd number the last one is read twice.
    const b = pixel + 1 < pixels ? a + reads : a;
    for (let made = 0; made < makes; made += 4) {
      let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
      let w0 = made * reads;
      let w1 = w0 + reads;
      let w2 = w1 + reads;
      let w3 = w2 + reads;
      for (let read = 0; read < reads; read += 1) {
        const left = from[a + read] ?? 0;
        const right = from[b + read] ?? 0;
        const first = weights[w0++] ?? 0;
        const second = weights[w1++] ?? 0;
        const third = weights[w2++] ?? 0;
        const fourth = weights[w3++] ?? 0;
        a0 += left * first;
        a1 += left * second;
        a2 += left * third;
        a3 += left * fourth;
        b0 += right * first;
        b1 += right * second;
        b2 += right * third;
        b3 += right * fourth;
      }
      const out = at + pixel * makes + made;
      to[out] = a0;
      to[out + 1] = a1;
      to[out + 2] = a2;
      to[out + 3] = a3;
      if (b === a) continue;
      to[out + makes] = b0;
      to[out + makes + 1] = b1;
      to[out + makes + 2] = b2;
      to[out + makes + 3] = b3;
    }
  }
}

/** The first convolution: three rows of three pixels each lie beside each other as they are. */
function convolve(input: Planes, mixing: Mixing): Planes {
  const out = planes(input.width - 2, input.height - 2, mixing.makes);
  const stride = input.width * input.channels;
  const rowOfTaps = 3 * input.channels;
  const row = new Float64Array(out.width * mixing.reads);
  for (let y = 0; y < out.height; y += 1) {
    for (let x = 0; x < out.width; x += 1) {
      for (let tap = 0; tap < 3; tap += 1) {
        const from = (y + tap) * stride + x * input.channels;
        const to = x * mixing.reads + tap * rowOfTaps;
        for (let at = 0; at < rowOfTaps; at += 1) row[to + at] = input.data[from + at] ?? 0;
      }
    }
    mix(row, out.width, mixing, out.data, y * out.width * mixing.makes);
  }
  return out;
}

/** A separable convolution; beyond the border all is zero. */
function convolveApart(input: Planes, { taps, mixing }: Separable): Planes {
  const { width, height, channels, data } = input;
  const out = planes(width, height, mixing.makes);
  const row = new Float64Array(width * channels);
  for (let y = 0; y < height; y += 1) {
    row.fill(0);
    for (let tap = 0; tap < TAPS; tap += 1) {
      const sourceRow = y + Math.floor(tap / 3) - 1;
      if (sourceRow < 0 || sourceRow >= height) continue;
      const shift = (tap % 3) - 1;
      const firstPixel = Math.max(0, -shift);
      const lastPixel = Math.min(width, width - shift);
      const taken = tap * channels;
      for (let x = firstPixel; x < lastPixel; x += 1) {
        const from = (sourceRow * width + x + shift) * channels;
        const to = x * channels;
        for (let channel = 0; channel < channels; channel += 1) {
          row[to + channel] = (row[to + channel] ?? 0) + (data[from + channel] ?? 0) * (taps[taken + channel] ?? 0);
        }
      }
    }
    mix(row, width, mixing, out.data, y * width * mixing.makes);
  }
  return out;
}

/**
 * The maximum of each 2×2 pixels, every `step` pixels, then bias and leak, which change nothing about which one is largest. At the
 * right and lower border there may be fewer than four.
 */
function pooled(input: Planes, bias: Float64Array, step: 1 | 2): Planes {
  const { width, height, channels, data } = input;
  const out = planes(Math.ceil(width / step), Math.ceil(height / step), channels);
  for (let y = 0; y < out.height; y += 1) {
    const upper = y * step * width;
    const lower = Math.min(y * step + 1, height - 1) * width;
    for (let x = 0; x < out.width; x += 1) {
      const left = x * step;
      const right = Math.min(left + 1, width - 1);
      const a = (upper + left) * channels;
      const b = (upper + right) * channels;
      const c = (lower + left) * channels;
      const d = (lower + right) * channels;
      const to = (y * out.width + x) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        const above = Math.max(data[a + channel] ?? 0, data[b + channel] ?? 0);
        const below = Math.max(data[c + channel] ?? 0, data[d + channel] ?? 0);
        const value = Math.max(above, below) + (bias[channel] ?? 0);
        out.data[to + channel] = value < 0 ? LEAK * value : value;
      }
    }
  }
  return out;
}

/** What the boxes of each cell say: `ANCHORS` times `BOX_NUMBERS` channels (and some that mean nothing, see `Mixing`). */
export function forward({ first, separable, last }: DetectorWeights, input: Planes): Planes {
  let current = pooled(convolve(input, first), first.bias, 2);
  for (const [index, layer] of separable.entries()) {
    const step = index === separable.length - 1 ? 1 : 2;
    current = pooled(convolveApart(current, layer), layer.mixing.bias, step);
  }
  const out = planes(current.width, current.height, last.makes);
  mix(current.data, current.width * current.height, last, out.data, 0);
  for (let at = 0; at < out.data.length; at += 1)
    out.data[at] = (out.data[at] ?? 0) + (last.bias[at % last.makes] ?? 0);
  return out;
}
