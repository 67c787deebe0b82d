/** The natural way: the whole file, its base64 text and the JSON text in memory, then `fetch`. No encryption at rest. */
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { forgetPeak, peakBytes } from '../../support/peak-memory.ts';

const input = z
  .object({ api: z.enum(['persona', 'personr']), url: z.string(), smallFile: z.string(), file: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));

async function send(path: string): Promise<void> {
  const text = (await readFile(path)).toString('base64');
  const body =
    input.api === 'persona'
      ? { data: { attributes: { kind: 'government_id', files: [{ filename: 'page.jpg', data: text }] } } }
      : {
          applicantId: 'applicant',
          docType: 'PASSPORT',
          docCountryISO: 'DEU',
          docFile: { filename: 'p.jpg', contents: text },
        };
  const answer = await fetch(input.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await answer.text();
  if (!answer.ok) throw new Error(`bench: ${answer.status}`);
}

await send(input.smallFile);
const beforeBytes = process.memoryUsage().rss;
forgetPeak();
const startedAt = performance.now();
await send(input.file);
const milliseconds = performance.now() - startedAt;
process.stdout.write(JSON.stringify({ growthBytes: peakBytes() - beforeBytes, milliseconds }));
process.exit(0);
