/**
 * `safeStorage` with a key that lies in a file beside the data. It keeps nothing secret from anyone who can read the
 * user's files and says so through getSelectedStorageBackend; it exists so that the app's code path runs.
 */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app } from './app.ts';
import { guardObject } from './guard.ts';

const PREFIX = Buffer.from('eh1');
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function loadKey(): Buffer {
  const folder = app.getPath('userData');
  const file = path.join(folder, 'electron-host-safe-storage.key');
  mkdirSync(folder, { recursive: true });
  try {
    // Fails when the file is there already, so that two starts can never have two keys.
    writeFileSync(file, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file);
}

const DAMAGED = 'Error while decrypting the ciphertext provided to safeStorage.decryptString.';

function encryptString(plainText: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', loadKey(), nonce);
  const body = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
  return Buffer.concat([PREFIX, nonce, cipher.getAuthTag(), body]);
}

function decryptString(encrypted: Buffer): string {
  const isOurs = Buffer.isBuffer(encrypted) && encrypted.subarray(0, PREFIX.length).equals(PREFIX);
  const rest = isOurs ? encrypted.subarray(PREFIX.length) : Buffer.alloc(0);
  if (rest.length < NONCE_BYTES + TAG_BYTES) throw new Error(DAMAGED);
  const decipher = createDecipheriv('aes-256-gcm', loadKey(), rest.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(rest.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(rest.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    throw new Error(DAMAGED);
  }
}

/** The host's `safeStorage`. */
export const safeStorage = guardObject('safeStorage', {
  isEncryptionAvailable: () => app.isReady(),
  isAsyncEncryptionAvailable: async () => app.isReady(),
  getSelectedStorageBackend: () => 'basic_text' as const,
  /** Nothing to switch: the key is as good as plain text already. */
  setUsePlainTextEncryption: (_usePlainText: boolean) => {},
  encryptString,
  decryptString,
  encryptStringAsync: async (plainText: string) => encryptString(plainText),
  decryptStringAsync: async (encrypted: Buffer) => ({ result: decryptString(encrypted), shouldReEncrypt: false }),
} satisfies Electron.SafeStorage);
