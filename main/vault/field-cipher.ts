import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { NONCE_BYTES, TAG_BYTES, deriveKey } from './format.ts';
import type { FieldCipher } from './types.ts';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 1;

/**
 * A sealed field: one byte of version (1), a random nonce, the ciphertext, a 16-byte tag. The key is HKDF-SHA256 of the
 * vault key with the info string "satchel field v1"; the context is associated data, so that a value copied into another
 * row or column does not open. A tag is HMAC-SHA256 under a key of its own ("satchel tag v1") over context, zero byte and text.
 */
export function createFieldCipher(vaultKey: Uint8Array, random: (byteLength: number) => Uint8Array): FieldCipher {
  const key = deriveKey(vaultKey, 'satchel field v1');
  const tagKey = deriveKey(vaultKey, 'satchel tag v1');
  return {
    seal(plain, context) {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      cipher.setAAD(Buffer.from(context, 'utf8'));
      const ciphertext = cipher.update(plain, 'utf8');
      cipher.final();
      return Buffer.concat([Buffer.of(VERSION), nonce, ciphertext, cipher.getAuthTag()]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) throw unreadable();
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(1, 1 + NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(context, 'utf8'));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const plain = decipher.update(bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES));
      try {
        decipher.final();
      } catch {
        plain.fill(0);
        throw unreadable();
      }
      return plain.toString('utf8');
    },
    tag(plain, context) {
      return createHmac('sha256', tagKey)
        .update(context, 'utf8')
        .update('\0')
        .update(plain, 'utf8')
        .digest('base64url');
    },
  };
}

function unreadable(): Error {
  return new Error('vault: a sealed field does not open');
}
