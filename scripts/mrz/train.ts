import { activations, CLASSES, forward, logSoftmax } from '../../main/inspection/mrz/network.ts';
import type { Weights } from '../../main/inspection/mrz/network.ts';
import { CELL_HEIGHT, CELL_WIDTH } from '../../main/inspection/mrz/strip.ts';
import { backward, scratch } from './backward.ts';
import { drawCells } from './cells.ts';
import type { Cells } from './cells.ts';
import type { GlyphSet } from './glyphs.ts';
import { randomFrom } from './random.ts';
import type { Random } from './random.ts';
import { adam, emptyWeights, firstWeights } from './weights.ts';

const CELL = CELL_WIDTH * CELL_HEIGHT;
const BATCH = 48;
const FIRST_RATE = 2e-3;
/** The wanted probability of the true class: a little doubt keeps the network from being surer than it can be. */
const SURE = 0.98;

/** Cells of `sheets` sheets; every sheet has a seed of its own. */
export async function drawAll(
  seed: number,
  sheets: number,
  sets: readonly GlyphSet[],
  onSheet: (done: number) => void,
): Promise<Cells> {
  const all: Cells[] = [];
  while (all.length < sheets) {
    all.push(await drawCells(randomFrom(seed * 100_003 + all.length), sets));
    onSheet(all.length);
  }
  const count = all.reduce((sum, cells) => sum + cells.count, 0);
  const inputs = new Float32Array(count * CELL);
  const classes = new Uint8Array(count);
  let at = 0;
  for (const cells of all) {
    inputs.set(cells.inputs, at * CELL);
    classes.set(cells.classes, at);
    at += cells.count;
  }
  return { inputs, classes, count };
}

function shuffled(random: Random, count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index -= 1) {
    const other = random.integer(0, index);
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

/** Trains a network from nothing; the same seed and cells give the same weights. `onEpoch` hears the mean loss. */
export function train(
  cells: Cells,
  seed: number,
  epochs: number,
  onEpoch: (epoch: number, loss: number, weights: Weights) => void,
): Weights {
  const random = randomFrom(seed);
  const weights = firstWeights(random);
  const gradient = emptyWeights();
  const step = adam(weights);
  const acts = activations();
  const work = scratch();
  const steps = Math.ceil(cells.count / BATCH) * epochs;
  let taken = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = shuffled(random, cells.count);
    let loss = 0;
    let pending = 0;
    for (const index of order) {
      forward(weights, cells.inputs, index * CELL, acts);
      logSoftmax(acts.logits);
      const wanted = cells.classes[index] ?? 0;
      loss -= acts.logits[wanted] ?? 0;
      for (let kind = 0; kind < CLASSES; kind += 1) {
        const target = kind === wanted ? SURE : (1 - SURE) / (CLASSES - 1);
        acts.logits[kind] = (Math.exp(acts.logits[kind] ?? 0) - target) / BATCH;
      }
      backward(weights, acts, gradient, work);
      pending += 1;
      if (pending < BATCH) continue;
      // The rate falls along half a cosine to nothing.
      step(gradient, FIRST_RATE * (0.5 + 0.5 * Math.cos((Math.PI * taken) / steps)));
      taken += 1;
      pending = 0;
    }
    onEpoch(epoch + 1, loss / cells.count, weights);
  }
  return weights;
}

/** The share of cells whose most probable class is the true one. */
export function accuracy(weights: Weights, cells: Cells): number {
  const acts = activations();
  let right = 0;
  for (let index = 0; index < cells.count; index += 1) {
    forward(weights, cells.inputs, index * CELL, acts);
    let best = 0;
    for (let kind = 1; kind < CLASSES; kind += 1) if ((acts.logits[kind] ?? 0) > (acts.logits[best] ?? 0)) best = kind;
    if (best === cells.classes[index]) right += 1;
  }
  return right / cells.count;
}
