import {
  CHANNELS_1,
  CLASSES,
  FEATURES,
  HEIGHT_1,
  HEIGHT_2,
  HIDDEN,
  PADDED_1,
  PADDED_WIDTH,
  PADDED_WIDTH_1,
  WIDTH_1,
  WIDTH_2,
} from '../../main/inspection/mrz/network.ts';
import type { Activations, Weights } from '../../main/inspection/mrz/network.ts';
import { CELL_WIDTH } from '../../main/inspection/mrz/strip.ts';

const TAPS = 9;

/** Room for the way back, used again for every character. */
export interface Scratch {
  readonly hidden: Float32Array;
  readonly features: Float32Array;
  readonly pooled1: Float32Array;
}

export function scratch(): Scratch {
  return {
    hidden: new Float32Array(HIDDEN),
    features: new Float32Array(FEATURES),
    pooled1: new Float32Array(CHANNELS_1 * PADDED_1),
  };
}

/**
 * Adds the gradient of the loss of one character to `gradient`. `acts` is what `forward` left; its `logits` already hold the
 * loss's own gradient (probability minus the wanted one). Only the places that the maxima let through carry anything, which
 * is a quarter at most: so the way back costs less than the way there.
 */
export function backward(weights: Weights, acts: Activations, gradient: Weights, work: Scratch): void {
  const { hidden, features, pooled1 } = work;
  hidden.fill(0);
  for (let row = 0; row < CLASSES; row += 1) {
    const delta = acts.logits[row] ?? 0;
    gradient.outBias[row] = (gradient.outBias[row] ?? 0) + delta;
    const at = row * HIDDEN;
    for (let column = 0; column < HIDDEN; column += 1) {
      gradient.out[at + column] = (gradient.out[at + column] ?? 0) + delta * (acts.hidden[column] ?? 0);
      hidden[column] = (hidden[column] ?? 0) + delta * (weights.out[at + column] ?? 0);
    }
  }
  features.fill(0);
  for (let row = 0; row < HIDDEN; row += 1) {
    if ((acts.hidden[row] ?? 0) <= 0) continue;
    const delta = hidden[row] ?? 0;
    gradient.fullBias[row] = (gradient.fullBias[row] ?? 0) + delta;
    const at = row * FEATURES;
    for (let column = 0; column < FEATURES; column += 1) {
      gradient.full[at + column] = (gradient.full[at + column] ?? 0) + delta * (acts.features[column] ?? 0);
      features[column] = (features[column] ?? 0) + delta * (weights.full[at + column] ?? 0);
    }
  }
  pooled1.fill(0);
  const perMap2 = WIDTH_2 * HEIGHT_2;
  for (let index = 0; index < FEATURES; index += 1) {
    const place = acts.argmax2[index] ?? -1;
    const delta = features[index] ?? 0;
    if (place < 0 || delta === 0) continue;
    const channel = Math.floor(index / perMap2);
    gradient.bias2[channel] = (gradient.bias2[channel] ?? 0) + delta;
    const corner = Math.floor(place / WIDTH_1) * PADDED_WIDTH_1 + (place % WIDTH_1);
    for (let from = 0; from < CHANNELS_1; from += 1) {
      const kernel = (channel * CHANNELS_1 + from) * TAPS;
      for (let tap = 0; tap < TAPS; tap += 1) {
        const at = from * PADDED_1 + corner + ((tap / 3) | 0) * PADDED_WIDTH_1 + (tap % 3);
        gradient.conv2[kernel + tap] = (gradient.conv2[kernel + tap] ?? 0) + delta * (acts.pooled1[at] ?? 0);
        pooled1[at] = (pooled1[at] ?? 0) + delta * (weights.conv2[kernel + tap] ?? 0);
      }
    }
  }
  const perMap1 = WIDTH_1 * HEIGHT_1;
  for (let index = 0; index < CHANNELS_1 * perMap1; index += 1) {
    const place = acts.argmax1[index] ?? -1;
    if (place < 0) continue;
    const channel = Math.floor(index / perMap1);
    const within = index % perMap1;
    const delta =
      pooled1[channel * PADDED_1 + (Math.floor(within / WIDTH_1) + 1) * PADDED_WIDTH_1 + (within % WIDTH_1) + 1] ?? 0;
    if (delta === 0) continue;
    gradient.bias1[channel] = (gradient.bias1[channel] ?? 0) + delta;
    const corner = Math.floor(place / CELL_WIDTH) * PADDED_WIDTH + (place % CELL_WIDTH);
    for (let tap = 0; tap < TAPS; tap += 1) {
      const at = corner + ((tap / 3) | 0) * PADDED_WIDTH + (tap % 3);
      const slot = channel * TAPS + tap;
      gradient.conv1[slot] = (gradient.conv1[slot] ?? 0) + delta * (acts.input[at] ?? 0);
    }
  }
}
