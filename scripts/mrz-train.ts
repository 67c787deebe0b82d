/**
 * `npm run mrz:train [-- --seed N --networks N --sheets N --epochs N --out FILE]`: draws the training sets, trains the reader's
 * networks from nothing, each in its own thread, and writes assets/mrz/reader.json. The same seed gives the same file wherever
 * the same fonts are installed. Nothing but drawn text goes in: no document of anybody.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { TrainingNews } from './mrz/training-messages.ts';
import type { TrainingJob } from './mrz/training-messages.ts';
import { ensureInstalled, installCommand, TRAINING_FONTS } from './system-packages.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261' },
    networks: { type: 'string', default: '2' },
    sheets: { type: 'string', default: '640' },
    epochs: { type: 'string', default: '7' },
    out: { type: 'string', default: fileURLToPath(new URL('../assets/mrz/reader.json', import.meta.url)) },
  },
});
const [seed, count, sheets, epochs] = [
  Number(values.seed),
  Number(values.networks),
  Number(values.sheets),
  Number(values.epochs),
];

type Network = Extract<TrainingNews, { kind: 'trained' }>['network'];

/** One network in a thread; `say` hears how far it is. */
async function trainOne(job: TrainingJob, say: (text: string) => void): Promise<Network> {
  const worker = new Worker(new URL('./mrz/train-worker.ts', import.meta.url));
  try {
    return await new Promise<Network>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (message: unknown) => {
        const news = TrainingNews.parse(message);
        if (news.kind === 'trained') resolve(news.network);
        else say(news.text);
      });
      worker.postMessage(job, []);
    });
  } finally {
    await worker.terminate();
  }
}

const missing = ensureInstalled(TRAINING_FONTS);
if (missing.length > 0) {
  process.stderr.write(`mrz:train needs ${missing.map((font) => font.name).join(', ')}: ${installCommand(missing)}\n`);
  process.exitCode = 1;
} else {
  const started = performance.now();
  const say = (text: string): void => {
    process.stdout.write(`${text}, ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  };
  // The networks differ in their first weights and in every sheet that they saw: so they err in different places.
  const jobs = Array.from({ length: count }, (_, index) => ({
    seed: seed + index,
    testSeed: seed + count,
    sheets,
    epochs,
  }));
  const networks = await Promise.all(
    jobs.map((job) =>
      trainOne(job, (text) => {
        say(`network ${job.seed}: ${text}`);
      }),
    ),
  );
  await mkdir(dirname(values.out), { recursive: true });
  await writeFile(values.out, `${JSON.stringify({ seed, sheets, epochs, networks }, null, 1)}\n`);
  say(`${values.out}: sha256 ${networks.map(({ sha256 }) => sha256).join(', ')}`);
}
