import { createHash } from 'node:crypto';
import { SHAPES } from '../../main/inspection/mrz/network.ts';
import type { Weights } from '../../main/inspection/mrz/network.ts';
import type { Random } from './random.ts';

const NAMES = [
  'conv1',
  'bias1',
  'conv2',
  'bias2',
  'full',
  'fullBias',
  'out',
  'outBias',
] as const satisfies (keyof Weights)[];

function weightsOf(make: (name: keyof Weights, length: number) => Float32Array): Weights {
  const layer = (name: keyof Weights): Float32Array => make(name, SHAPES[name]);
  // In this order, because each layer takes its random numbers when its turn comes.
  const [conv1, bias1, conv2, bias2] = [layer('conv1'), layer('bias1'), layer('conv2'), layer('bias2')];
  const [full, fullBias, out, outBias] = [layer('full'), layer('fullBias'), layer('out'), layer('outBias')];
  return { conv1, bias1, conv2, bias2, full, fullBias, out, outBias };
}

export function emptyWeights(): Weights {
  return weightsOf((_, length) => new Float32Array(length));
}

/** He's initialisation: the deviation follows from how many inputs a neuron has; biases are zero. */
export function firstWeights(random: Random): Weights {
  const inputs: Partial<Record<keyof Weights, number>> = {
    conv1: 9,
    conv2: (SHAPES.conv2 / SHAPES.bias2) | 0,
    full: (SHAPES.full / SHAPES.fullBias) | 0,
    out: (SHAPES.out / SHAPES.outBias) | 0,
  };
  return weightsOf((name, length) => {
    const count = inputs[name];
    if (count === undefined) return new Float32Array(length);
    return Float32Array.from({ length }, () => random.normal() * Math.sqrt(2 / count));
  });
}

/** Adam: the step of each weight follows from its own history of gradients. */
export function adam(weights: Weights): (gradient: Weights, rate: number) => void {
  const mean = emptyWeights();
  const square = emptyWeights();
  let step = 0;
  return (gradient, rate) => {
    step += 1;
    const scale = (rate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
    for (const name of NAMES) {
      const [w, g, m, v] = [weights[name], gradient[name], mean[name], square[name]];
      for (let index = 0; index < w.length; index += 1) {
        const slope = g[index] ?? 0;
        const first = 0.9 * (m[index] ?? 0) + 0.1 * slope;
        const second = 0.999 * (v[index] ?? 0) + 0.001 * slope * slope;
        m[index] = first;
        v[index] = second;
        w[index] = (w[index] ?? 0) - (scale * first) / (Math.sqrt(second) + 1e-8);
      }
      g.fill(0);
    }
  };
}

/** Whole numbers of 16 bits, each layer with its own scale, one after the other as base64; and the SHA-256 of those bytes. */
export function packed(weights: Weights): { scales: number[]; data: string; sha256: string } {
  const scales: number[] = [];
  const parts = NAMES.map((name) => {
    const most = weights[name].reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-12);
    const scale = most / 32_767;
    scales.push(scale);
    return Buffer.from(Int16Array.from(weights[name], (value) => Math.round(value / scale)).buffer);
  });
  const bytes = Buffer.concat(parts);
  return { scales, data: bytes.toString('base64'), sha256: createHash('sha256').update(bytes).digest('hex') };
}
