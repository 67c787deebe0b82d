import { createCipheriv, createDecipheriv } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { KEY_BYTES, NONCE_BYTES, TAG_BYTES } from './format.ts';
import { systemCode } from './ingest.ts';
import type { KeyStore } from './types.ts';

const ALGORITHM = 'aes-256-gcm';

/**
 * A key in a file beside the data, for machines without a key store and for the command line. It keeps out nobody who can
 * read this user's files, and says so: `isSecure` is false. The file (32 random bytes, mode 0600) is made by the first
 * `wrap` and never replaced.
 */
export function createFileKeyStore(options: { file: string; random: (byteLength: number) => Uint8Array }): KeyStore {
  const { file, random } = options;
  return {
    kind: 'file',
    isSecure: false,
    isAvailable: () => true,
    wrap(secret) {
      const key = readKey(file) ?? createKey(file, random(KEY_BYTES));
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      const ciphertext = cipher.update(secret);
      cipher.final();
      key.fill(0);
      return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]);
    },
    unwrap(wrapped) {
      const key = readKey(file);
      if (key === null) throw new Error('vault: the key file is missing');
      const decipher = createDecipheriv(ALGORITHM, key, wrapped.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG_BYTES));
      const secret = decipher.update(wrapped.subarray(NONCE_BYTES, wrapped.length - TAG_BYTES));
      try {
        decipher.final();
      } catch {
        secret.fill(0);
        throw new Error('vault: the key file does not fit');
      } finally {
        key.fill(0);
      }
      return secret;
    },
  };
}

function readKey(file: string): Buffer | null {
  let key = Buffer.alloc(0);
  try {
    key = readFileSync(file);
  } catch (error) {
    // The system's own text quotes the path; an unreadable file is as unusable as a damaged one.
    if (systemCode(error) === 'ENOENT') return null;
  }
  if (key.length !== KEY_BYTES) throw new Error('vault: the key file cannot be used');
  return key;
}

function createKey(file: string, key: Uint8Array): Buffer {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const half = `${file}.half`;
  writeFileSync(half, key, { mode: 0o600, flush: true });
  renameSync(half, file);
  if (process.platform !== 'win32') {
    const directory = openSync(dirname(file), 'r');
    fsyncSync(directory);
    closeSync(directory);
  }
  return Buffer.from(key);
}
