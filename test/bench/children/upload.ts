/**
 * Sends a page of the vault through a provider's own adapter and the network port, decrypted and encoded while it is sent.
 * Prints by how much the resident memory grew at its highest, and how long the uploads took.
 */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { openUndiciHttp } from '../../../main/network/index.ts';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { createVault } from '../../../main/vault/index.ts';
import { forgetPeak, peakBytes } from '../../support/peak-memory.ts';
import { operation, providerContext } from '../../support/provider-context.ts';

const input = z
  .object({
    api: z.enum(['persona', 'personr']),
    origin: z.string(),
    directory: z.string(),
    vaultKey: z.string(),
    smallBlobId: z.string(),
    blobId: z.string(),
    times: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const vault = createVault({
  directory: input.directory,
  vaultKey: Buffer.from(input.vaultKey, 'hex'),
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  random: randomBytes,
  freeBytes: () => Promise.resolve(Number.MAX_SAFE_INTEGER),
});
const http = await openUndiciHttp();
const isPersona = input.api === 'persona';
const context = {
  ...providerContext({
    http,
    baseUrl: `${input.origin}/${input.api}`,
    settings: isPersona ? { version: '2025-12-08', keyInflection: 'kebab' } : {},
    credential: isPersona ? { apiKey: 'persona_sandbox_bench' } : { email: 'bench@satchel.invalid', password: 'bench' },
    token: 'token',
  }),
  page: async (blobId: string) => ({
    fileName: 'page.jpg',
    mediaType: 'image/jpeg',
    body: await vault.open(blobId),
  }),
};

async function send(blobId: string): Promise<void> {
  const work = isPersona
    ? operation('persona.document.create', {
        documentId: 'document',
        requirementId: 'identity',
        kind: 'government_id',
        pageIds: [blobId],
        sides: ['single'],
      })
    : operation('personr.document.upload', {
        applicantId: 'applicant',
        pageId: blobId,
        documentId: 'document',
        requirementId: 'identity',
        docType: 'PASSPORT',
        docSubType: null,
        country: 'DEU',
        acknowledgedBefore: 0,
      });
  const outcome = await PROVIDERS[input.api].perform(work, context);
  if (outcome.kind !== 'done') throw new Error(`bench: the upload ended as ${outcome.kind}`);
}

// A small one first, so that what is loaded once is not counted.
await send(input.smallBlobId);
const beforeBytes = process.memoryUsage().rss;
forgetPeak();
const startedAt = performance.now();
for (let n = 0; n < input.times; n += 1) await send(input.blobId);
const milliseconds = performance.now() - startedAt;
const growthBytes = peakBytes() - beforeBytes;
await http.close();
await vault.close();
process.stdout.write(JSON.stringify({ growthBytes, milliseconds }));
process.exit(0);
