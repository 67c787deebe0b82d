/**
 * node ingest.ts <vault directory> <key in hex> <files> <bytes, or a file> <until-killed|once>: takes pages in, many at
 * once, and prints `ACK <blobId> <sha256>` for each one after `ingest` resolved, or `FAILED <code>`.
 */
import { randomBytes } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { createVault, freeBytesOf, IngestError } from '../../../../main/vault/index.ts';

const [directory = '', key = '', files = '1', bytes = '1', until = 'once'] = process.argv.slice(2);
const vault = createVault({
  directory,
  vaultKey: Buffer.from(key, 'hex'),
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  random: (byteLength) => randomBytes(byteLength),
  freeBytes: () => freeBytesOf('/'),
  reserveBytes: 0,
  workers: 2,
});

async function takeOne(): Promise<void> {
  try {
    const stored = await vault.ingest(
      isAbsolute(bytes) ? { kind: 'file', path: bytes } : { kind: 'bytes', bytes: randomBytes(Number(bytes)) },
      { maxBytes: 1e9 },
    );
    process.stdout.write(`ACK ${stored.blobId} ${stored.sha256}\n`);
  } catch (error) {
    const { code, cause } = error instanceof IngestError ? error : { code: 'other', cause: null };
    process.stdout.write(`FAILED ${code} ${cause instanceof Error ? cause.message : ''}\n`);
  }
}

const rounds = until === 'until-killed' ? Number.POSITIVE_INFINITY : 1;
for (let round = 1; round <= rounds; round += 1) {
  await Promise.all(Array.from({ length: Number(files) }, takeOne));
}
await vault.close();
