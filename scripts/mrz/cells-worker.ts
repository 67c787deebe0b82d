/** Draws sheets of training cells, one for each seed it is sent. */
import { parentPort } from 'node:worker_threads';
import { drawCells } from './cells.ts';
import { DEJAVU_MONO, DEJAVU_MONO_BOLD, drawGlyphs, OCR_B } from './glyphs.ts';
import { randomFrom } from './random.ts';

// Mostly OCR-B, as zones are printed; a little of another font keeps the network from learning one drawing by heart.
// OCR-B Sharp and Liberation Mono are held out: the bench reads them without the network ever having seen them.
const ocrB = await drawGlyphs(OCR_B);
const others = await Promise.all([DEJAVU_MONO, DEJAVU_MONO_BOLD].map(drawGlyphs));
const sets = [...Array.from({ length: 8 }, () => ocrB), ...others];

async function draw(seed: number): Promise<void> {
  const { inputs, classes, count } = await drawCells(randomFrom(seed), sets);
  parentPort?.postMessage({ inputs, classes, count }, []);
}

parentPort?.on('message', (seed: number) => {
  void draw(seed);
});
