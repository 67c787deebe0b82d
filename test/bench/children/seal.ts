/** Puts files into a vault and prints their blob ids, so that the upload's own process holds nothing of that work. */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { createVault } from '../../../main/vault/index.ts';

const input = z
  .object({ directory: z.string(), vaultKey: z.string(), files: z.array(z.string()) })
  .parse(JSON.parse(process.argv[2] ?? ''));
const vault = createVault({
  directory: input.directory,
  vaultKey: Buffer.from(input.vaultKey, 'hex'),
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  random: randomBytes,
  freeBytes: () => Promise.resolve(Number.MAX_SAFE_INTEGER),
});
const blobIds: string[] = [];
for (const path of input.files) {
  blobIds.push((await vault.ingest({ kind: 'file', path }, { maxBytes: 100_000_000 })).blobId);
}
await vault.close();
process.stdout.write(JSON.stringify(blobIds));
