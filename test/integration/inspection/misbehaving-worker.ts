/**
 * Does what the page's text says: hangs as PDFium can, ends as a thread without memory does, takes long for many sheets, answers how many
 * megabytes its young heap may have (as a width), or just answers.
 */
import { setTimeout } from 'node:timers/promises';
import { parentPort, resourceLimits } from 'node:worker_threads';
import { z } from 'zod';

const Request = z.object({ bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) });

async function answer(message: unknown): Promise<void> {
  const wish = new TextDecoder().decode(Request.parse(message).bytes);
  if (wish === 'crash') throw new Error('the worker was told to crash');
  if (wish === 'hang') for (;;);
  const sheets = wish === 'many sheets' ? 4 : 0;
  for (let sheet = 1; sheet <= sheets; sheet += 1) {
    await setTimeout(1_000);
    parentPort?.postMessage({ kind: 'sheetDone' }, []);
  }
  parentPort?.postMessage(
    {
      kind: 'inspected',
      widthPixels: wish === 'young heap' ? (resourceLimits.maxYoungGenerationSizeMb ?? 0) : 7,
      heightPixels: 7,
      sheetCount: 1,
      thumbnail: null,
      facts: [],
      measures: [],
      look: null,
    },
    [],
  );
}

parentPort?.on('message', (message: unknown) => {
  void answer(message);
});
