/**
 * `npm run mrz:train [-- --seed N --sheets N --epochs N --out FILE]`: draws the training set, trains the reader's network from
 * nothing and writes assets/mrz/reader.json. The same seed gives the same file wherever the same fonts are installed; some
 * minutes on two cores. Nothing but drawn text goes in: no document of anybody.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { accuracy, drawAll, train } from './mrz/train.ts';
import { packed } from './mrz/weights.ts';
import { DEJAVU_FONTS, ensureInstalled, installCommand, OCR_B_FONT } from './system-packages.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '9303' },
    sheets: { type: 'string', default: '150' },
    epochs: { type: 'string', default: '6' },
    out: { type: 'string', default: fileURLToPath(new URL('../assets/mrz/reader.json', import.meta.url)) },
  },
});
const [seed, sheets, epochs] = [Number(values.seed), Number(values.sheets), Number(values.epochs)];
const TEST_SHEETS = 10;
/** Sheets of the test are drawn from another seed than those of the training. */
const TEST_SEED = seed + 1;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const fonts = [OCR_B_FONT, DEJAVU_FONTS];
const missing = ensureInstalled(fonts);
if (missing.length > 0) {
  process.stderr.write(`mrz:train needs ${missing.map((font) => font.name).join(', ')}: ${installCommand(missing)}\n`);
  process.exitCode = 1;
} else {
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(0)} s`;
  const cells = await drawAll(seed, sheets, (done) => {
    if (done % 25 === 0) say(`${done} of ${sheets} sheets drawn, ${seconds()}`);
  });
  const test = await drawAll(TEST_SEED, TEST_SHEETS, () => {});
  say(`${cells.count} characters to train on, ${test.count} to test with`);
  const weights = train(cells, seed, epochs, (epoch, loss, now) => {
    const share = ((1 - accuracy(now, test)) * 100).toFixed(2);
    say(`epoch ${epoch} of ${epochs}: loss ${loss.toFixed(4)}, ${share} % of the test wrong, ${seconds()}`);
  });
  const { scales, data, sha256 } = packed(weights);
  const right = Number(accuracy(weights, test).toFixed(5));
  await mkdir(dirname(values.out), { recursive: true });
  const about = { seed, sheets, epochs, characters: cells.count, rightInTest: right, sha256, scales, data };
  await writeFile(values.out, `${JSON.stringify(about, null, 1)}\n`);
  say(`${values.out}: sha256 ${sha256}`);
}
