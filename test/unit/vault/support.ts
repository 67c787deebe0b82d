import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { createVault, type DiskVault, type VaultOptions } from '../../../main/vault/index.ts';
import { temporaryDirectory, testClock } from '../database/support.ts';

export const CHUNK_BYTES = 256 * 1024;
export const random = (byteLength: number): Uint8Array => randomBytes(byteLength);
export const ANY_SIZE = { maxBytes: Number.MAX_SAFE_INTEGER } as const;

export interface TestVault {
  readonly vault: DiskVault;
  readonly directory: string;
  readonly vaultKey: Uint8Array;
}

function makeVault(directory: string, changed: Partial<VaultOptions>): TestVault {
  const vaultKey = changed.vaultKey ?? random(32);
  const vault = createVault({
    directory,
    vaultKey,
    clock: testClock(),
    random,
    freeBytes: () => Promise.resolve(Number.MAX_SAFE_INTEGER),
    workers: 1,
    ...changed,
  });
  return { vault, directory, vaultKey };
}

/** A vault in a directory of its own, closed at the end of the test. */
export function vaultForTest(changed: Partial<VaultOptions> = {}): TestVault {
  const made = makeVault(changed.directory ?? join(temporaryDirectory(), 'vault'), changed);
  onTestFinished(() => made.vault.close());
  return made;
}

/** One vault for a whole block of tests: starting a worker takes longer than most of them. */
export function vaultForBlock(): () => TestVault {
  let made: TestVault | null = null;
  const profile = mkdtempSync(join(tmpdir(), 'satchel-vault-'));
  beforeAll(() => {
    made = makeVault(join(profile, 'vault'), { workers: 2 });
  });
  afterAll(async () => {
    await made?.vault.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return () => {
    if (made === null) throw new Error('used outside a test');
    return made;
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Bytes that differ everywhere and cost nothing to make. */
export function pattern(byteLength: number): Buffer {
  const bytes = Buffer.alloc(byteLength);
  for (let index = 0; index < byteLength; index += 1) bytes[index] = (index * 31 + (index >>> 8) * 7) & 0xff;
  return bytes;
}

export function pageFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.page'))
    .map((name) => join(directory, name));
}

export function fileOf(directory: string, blobId: string): string {
  const file = pageFiles(directory).find((name) => name.includes(blobId));
  if (file === undefined) throw new Error('no such page file');
  return file;
}

export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The code of the `IngestError` that a promise rejects with. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'no error';
}
