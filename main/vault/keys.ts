import { createHmac, timingSafeEqual } from 'node:crypto';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Decrypter, Encrypter, armor, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { Clock } from '../../shared/util/clock.ts';
import { removeHalf, writeAtomically } from './atomic-file.ts';
import { makeDirectoryDurably } from './directory-sync.ts';
import { KEY_BYTES, deriveKey } from './format.ts';
import { systemCode } from './ingest.ts';
import type { KeyStore } from './types.ts';

export interface OpenKeysOptions {
  /** The vault's directory; `keys.json` lies beside the pages it opens. */
  readonly directory: string;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly random: (byteLength: number) => Uint8Array;
  /** False when the caller knows of data that an older vault key sealed, so that no new key may be made. Default true. */
  readonly mayCreate?: boolean;
}

/**
 * key_store_unavailable: it cannot be asked now (not unlocked, not installed); starting again later may help.
 * key_store_lost: it does not give our key back (another user, a new PC, a reset keychain): the recovery key opens.
 * keys_missing, keys_damaged: there are pages but no readable key file; a copy of `keys.json` opens.
 */
export type LockedReason = 'key_store_unavailable' | 'key_store_lost' | 'keys_missing' | 'keys_damaged';

export interface UnlockedKeys {
  readonly kind: 'unlocked';
  readonly vaultId: string;
  /** 32 bytes. Whoever no longer needs it overwrites it. */
  readonly vaultKey: Uint8Array;
  readonly hasRecoveryKey: boolean;
  /**
   * Makes a recovery key and wraps the vault key for it; an earlier recovery key stops working. The answer,
   * `AGE-SECRET-KEY-1…`, is to be shown once: it is not kept anywhere.
   */
  createRecoveryKey(): Promise<string>;
  /** Whether this is the recovery key that opens the vault now; nothing is changed. */
  checkRecoveryKey(identity: string): Promise<'fits' | RecoveryRefusal>;
}

export interface LockedKeys {
  readonly kind: 'locked';
  readonly reason: LockedReason;
  readonly hasRecoveryKey: boolean;
  /** Opens with the administrator's recovery key and wraps the vault key anew for the present key store. */
  unlockWithRecoveryKey(identity: string): Promise<UnlockedKeys | { kind: 'refused'; reason: RecoveryRefusal }>;
}

/** `malformed`: not an age key at all. `does_not_fit`: another vault's. `none`: this vault has no recovery key. */
export type RecoveryRefusal = 'malformed' | 'does_not_fit' | 'none' | 'key_store_unavailable';

const KeyFile = z.object({
  version: z.literal(1),
  vaultId: z.uuid(),
  createdAt: z.string(),
  /** HMAC-SHA256 of the vault id under a key derived from the vault key: tells a wrong key before it is used. */
  check: z.base64(),
  wraps: z.object({
    keyStore: z.object({ kind: z.enum(['os', 'file']), wrapped: z.base64() }),
    /** `file` is an armored age file that holds the 32 bytes of the vault key: the age tool opens it as well. */
    recovery: z.object({ recipient: z.string(), file: z.string() }).nullable(),
  }),
});
type KeyFile = z.infer<typeof KeyFile>;

const KEY_FILE = 'keys.json';
/** Losing the key file would lose every page, so there are two. */
const KEY_FILE_COPY = 'keys.copy.json';

/**
 * Unlocks the vault, or says why not. The first run makes a random vault key; over an existing vault a new key is never
 * made, whatever is missing.
 */
export async function openKeys(options: OpenKeysOptions): Promise<UnlockedKeys | LockedKeys> {
  const { directory, keyStore } = options;
  const found = await readKeyFiles(options);
  if (found.kind !== 'found') {
    const isFirstRun = found.kind === 'missing' && (options.mayCreate ?? true) && !(await hasPages(directory));
    if (!isFirstRun) return locked(options, found.kind === 'missing' ? 'keys_missing' : 'keys_damaged', null);
    if (!keyStore.isAvailable()) return locked(options, 'key_store_unavailable', null);
    return createKeys(options);
  }
  if (!keyStore.isAvailable()) return locked(options, 'key_store_unavailable', found.keyFile);
  const vaultKey = unwrapByKeyStore(keyStore, found.keyFile);
  if (vaultKey === null) return locked(options, 'key_store_lost', found.keyFile);
  return unlocked(options, vaultKey, found.keyFile);
}

async function createKeys(options: OpenKeysOptions): Promise<UnlockedKeys> {
  const vaultKey = Buffer.from(options.random(KEY_BYTES));
  const vaultId = v7({ msecs: options.clock.now(), random: Uint8Array.from(options.random(16)) });
  const keyFile: KeyFile = {
    version: 1,
    vaultId,
    createdAt: new Date(options.clock.now()).toISOString(),
    check: checkOf(vaultKey, vaultId).toString('base64'),
    wraps: { keyStore: wrapForKeyStore(options.keyStore, vaultKey), recovery: null },
  };
  await writeKeyFiles(options.directory, keyFile);
  return unlocked(options, vaultKey, keyFile);
}

function unlocked(options: OpenKeysOptions, vaultKey: Buffer, keyFile: KeyFile): UnlockedKeys {
  let current = keyFile;
  // The caller may wipe its key; making a recovery key later still needs one.
  const kept = Buffer.from(vaultKey);
  return {
    kind: 'unlocked',
    vaultId: keyFile.vaultId,
    vaultKey,
    get hasRecoveryKey() {
      return current.wraps.recovery !== null;
    },
    async createRecoveryKey() {
      const identity = await generateX25519Identity();
      const recipient = await identityToRecipient(identity);
      const encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      const recovery = { recipient, file: armor.encode(await encrypter.encrypt(kept)) };
      const changed: KeyFile = { ...current, wraps: { ...current.wraps, recovery } };
      await writeKeyFiles(options.directory, changed);
      current = changed;
      return identity;
    },
    async checkRecoveryKey(identity) {
      const opened = await openWithRecoveryKey(current, identity);
      if (typeof opened === 'string') return opened;
      opened.fill(0);
      return 'fits';
    },
  };
}

function locked(options: OpenKeysOptions, reason: LockedReason, keyFile: KeyFile | null): LockedKeys {
  return {
    kind: 'locked',
    reason,
    hasRecoveryKey: keyFile !== null && keyFile.wraps.recovery !== null,
    async unlockWithRecoveryKey(identity) {
      if (keyFile === null) return { kind: 'refused', reason: 'none' };
      const opened = await openWithRecoveryKey(keyFile, identity);
      if (typeof opened === 'string') return { kind: 'refused', reason: opened };
      if (!options.keyStore.isAvailable()) return { kind: 'refused', reason: 'key_store_unavailable' };
      const wraps = { ...keyFile.wraps, keyStore: wrapForKeyStore(options.keyStore, opened) };
      const changed: KeyFile = { ...keyFile, wraps };
      await writeKeyFiles(options.directory, changed);
      return unlocked(options, opened, changed);
    },
  };
}

/** The vault key, opened with the administrator's recovery key; otherwise why not. */
async function openWithRecoveryKey(keyFile: KeyFile, identity: string): Promise<Buffer | RecoveryRefusal> {
  if (keyFile.wraps.recovery === null) return 'none';
  const opened = await openRecoveryFile(keyFile.wraps.recovery.file, identity.trim().toUpperCase());
  if (typeof opened === 'string' || fits(opened, keyFile)) return opened;
  opened.fill(0);
  return 'does_not_fit';
}

async function openRecoveryFile(file: string, identity: string): Promise<Buffer | 'malformed' | 'does_not_fit'> {
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
  } catch {
    // The library's text may quote what was typed.
    return 'malformed';
  }
  try {
    return Buffer.from(await decrypter.decrypt(armor.decode(file)));
  } catch {
    return 'does_not_fit';
  }
}

function wrapForKeyStore(keyStore: KeyStore, vaultKey: Uint8Array): KeyFile['wraps']['keyStore'] {
  return { kind: keyStore.kind, wrapped: Buffer.from(keyStore.wrap(vaultKey)).toString('base64') };
}

function unwrapByKeyStore(keyStore: KeyStore, keyFile: KeyFile): Buffer | null {
  let vaultKey: Uint8Array;
  try {
    vaultKey = keyStore.unwrap(Buffer.from(keyFile.wraps.keyStore.wrapped, 'base64'));
  } catch {
    return null;
  }
  if (fits(vaultKey, keyFile)) return Buffer.from(vaultKey);
  vaultKey.fill(0);
  return null;
}

function checkOf(vaultKey: Uint8Array, vaultId: string): Buffer {
  return createHmac('sha256', deriveKey(vaultKey, 'satchel key check v1')).update(vaultId).digest();
}

function fits(vaultKey: Uint8Array, keyFile: KeyFile): boolean {
  if (vaultKey.length !== KEY_BYTES) return false;
  const expected = Buffer.from(keyFile.check, 'base64');
  const actual = checkOf(vaultKey, keyFile.vaultId);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

type Found = { kind: 'found'; keyFile: KeyFile } | { kind: 'missing' } | { kind: 'damaged' };

/** The key file; from its copy when the first is missing or damaged. Whichever is not sound is put right again. */
async function readKeyFiles({ directory, clock }: OpenKeysOptions): Promise<Found> {
  const first = await readKeyFile(join(directory, KEY_FILE));
  const copy = await readKeyFile(join(directory, KEY_FILE_COPY));
  const sound = first.kind === 'found' ? first : copy;
  if (sound.kind !== 'found') return first.kind === 'damaged' ? first : copy;
  // Two vaults' files, put together by hand: neither may be overwritten.
  if (first.kind === 'found' && copy.kind === 'found' && first.keyFile.vaultId !== copy.keyFile.vaultId) return first;
  const isAlike = first.kind === 'found' && copy.kind === 'found' && isDeepStrictEqual(first.keyFile, copy.keyFile);
  try {
    if (first.kind === 'damaged') {
      const stamp = new Date(clock.now()).toISOString().replace(/[-:.]/g, '');
      await rename(join(directory, KEY_FILE), join(directory, `${KEY_FILE}.damaged-${stamp}`));
    }
    // A death between the two leaves one behind; they must not part for longer than that.
    if (!isAlike) await writeKeyFiles(directory, sound.keyFile);
    else for (const file of [KEY_FILE, KEY_FILE_COPY]) await removeHalf(join(directory, file));
  } catch {
    // A full or read-only disk: one sound file opens the vault, and the next start puts the other one right.
  }
  return sound;
}

async function readKeyFile(file: string): Promise<Found> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { kind: 'missing' };
    return { kind: 'damaged' };
  }
  try {
    const parsed = KeyFile.safeParse(JSON.parse(text));
    return parsed.success ? { kind: 'found', keyFile: parsed.data } : { kind: 'damaged' };
  } catch {
    return { kind: 'damaged' };
  }
}

async function writeKeyFiles(directory: string, keyFile: KeyFile): Promise<void> {
  await makeDirectoryDurably(directory);
  const text = `${JSON.stringify(keyFile, null, 2)}\n`;
  await writeAtomically(join(directory, KEY_FILE), text);
  await writeAtomically(join(directory, KEY_FILE_COPY), text);
}

async function hasPages(directory: string): Promise<boolean> {
  try {
    const names = await readdir(directory, { recursive: true });
    return names.some((name) => name.endsWith('.page'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
