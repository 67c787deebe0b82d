/** Draws the training set of one network and trains it, in a thread of its own; tells what it does and gives the packed weights. */
import { parentPort } from 'node:worker_threads';
import { FREE_MONO_BOLD, DEJAVU_MONO, DEJAVU_MONO_BOLD, drawGlyphs, NOTO_MONO, OCR_B } from './glyphs.ts';
import { TrainingJob } from './training-messages.ts';
import type { TrainingNews } from './training-messages.ts';
import { accuracy, drawAll, train } from './train.ts';
import { packed } from './weights.ts';

const TEST_SHEETS = 10;
const EVERY = 25;

const tell = (news: TrainingNews): void => {
  parentPort?.postMessage(news, []);
};

async function work({ seed, testSeed, sheets, epochs }: TrainingJob): Promise<void> {
  // Mostly OCR-B, as zones are printed; a little of other fonts keeps the network from learning one drawing by heart.
  // OCR-B Sharp and Liberation Mono are held out: the bench reads them without the network ever having seen them.
  const ocrB = await drawGlyphs(OCR_B);
  const others = await Promise.all([DEJAVU_MONO, DEJAVU_MONO_BOLD, NOTO_MONO, FREE_MONO_BOLD].map(drawGlyphs));
  const sets = [...Array.from({ length: 12 }, () => ocrB), ...others];
  const cells = await drawAll(seed, sheets, sets, (done) => {
    if (done % EVERY === 0) tell({ kind: 'progress', text: `${done} of ${sheets} sheets drawn` });
  });
  const test = await drawAll(testSeed, TEST_SHEETS, sets, () => {});
  tell({ kind: 'progress', text: `${cells.count} characters to train on, ${test.count} to test with` });
  const weights = train(cells, seed, epochs, (epoch, loss, now) => {
    const wrong = ((1 - accuracy(now, test)) * 100).toFixed(2);
    tell({
      kind: 'progress',
      text: `epoch ${epoch} of ${epochs}: loss ${loss.toFixed(4)}, ${wrong} % of the test wrong`,
    });
  });
  const rightInTest = Number(accuracy(weights, test).toFixed(5));
  tell({ kind: 'trained', network: { seed, characters: cells.count, rightInTest, ...packed(weights) } });
}

parentPort?.on('message', (message: unknown) => {
  void work(TrainingJob.parse(message));
});
