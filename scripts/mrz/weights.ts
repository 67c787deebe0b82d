import { createHash } from 'node:crypto';
import { LAYERS, networkOf } from '../../main/inspection/mrz/network.ts';
import type { LayerName, Weights } from '../../main/inspection/mrz/network.ts';
import type { Random } from './random.ts';

export function emptyWeights(): Weights {
  return networkOf((_, length) => new Float32Array(length));
}

/** The layer that holds the biases of each layer of weights: it has one number for each neuron. */
const BIASES: Partial<Record<LayerName, LayerName>> = {
  conv1: 'bias1',
  conv2: 'bias2',
  full: 'fullBias',
  out: 'outBias',
};

/** He's initialisation: the deviation follows from how many inputs a neuron has; biases are zero. */
export function firstWeights(random: Random): Weights {
  return networkOf((name, length) => {
    const neurons = LAYERS.find((layer) => layer.name === BIASES[name])?.length;
    if (neurons === undefined) return new Float32Array(length);
    return Float32Array.from({ length }, () => random.normal() * Math.sqrt((2 * neurons) / length));
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
    for (const { name } of LAYERS) {
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
  const parts = LAYERS.map(({ name }) => {
    const most = weights[name].reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-12);
    const scale = most / 32_767;
    scales.push(scale);
    return Buffer.from(Int16Array.from(weights[name], (value) => Math.round(value / scale)).buffer);
  });
  const bytes = Buffer.concat(parts);
  return { scales, data: bytes.toString('base64'), sha256: createHash('sha256').update(bytes).digest('hex') };
}
