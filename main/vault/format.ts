/**
 * The format of a page file, version 1. Numbers are little-endian unless said otherwise.
 *
 *   offset  bytes  header
 *        0      8  magic "SATPAGE\n"
 *        8      4  version, 1
 *       12      4  chunk size in bytes of the original, 262,144
 *       16      8  length of the original in bytes, at least 1
 *       24     16  blob id (UUID)
 *       40     12  nonce of the wrapped page key, random
 *       52     32  page key, random per file, encrypted with AES-256-GCM under the page-wrap key; the 40 bytes before the
 *                  nonce are its associated data, so that no field can be changed and no key can be moved to another blob
 *       84     16  tag of the wrapped page key
 *      100         chunks: ciphertext of up to 256 KiB of the original, then its 16-byte GCM tag; all but the last are full
 *
 * A chunk's nonce is its number, 11 bytes big-endian, followed by 1 for the last chunk and 0 for the others: the STREAM
 * construction, as age uses it (https://age-encryption.org/v1, "Payload"). A chunk that was reordered, repeated, dropped,
 * appended or taken from another file therefore does not open. Nonces never repeat, because each file has a key of its own.
 *
 * The page-wrap key is HKDF-SHA256 of the vault key with the info string "satchel page wrap v1".
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

export const CHUNK_BYTES = 256 * 1024;
export const TAG_BYTES = 16;
export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const HEADER_BYTES = 100;

const MAGIC = Buffer.from('SATPAGE\n', 'latin1');
const VERSION = 1;
const BOUND_BYTES = 40;
const KEY_OFFSET = BOUND_BYTES + NONCE_BYTES;
const TAG_OFFSET = KEY_OFFSET + KEY_BYTES;
const ALGORITHM = 'aes-256-gcm';

/** Where the wrapped key lies, nonce and tag included: what shredding overwrites. */
export const WRAPPED_KEY_RANGE = { offset: BOUND_BYTES, byteLength: HEADER_BYTES - BOUND_BYTES } as const;

/** A key for one purpose, so that no two kinds of ciphertext share a key. */
export function deriveKey(vaultKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', vaultKey, Buffer.alloc(0), purpose, KEY_BYTES));
}

export function pageWrapKey(vaultKey: Uint8Array): Buffer {
  return deriveKey(vaultKey, 'satchel page wrap v1');
}

export function chunkCount(byteLength: number): number {
  return Math.ceil(byteLength / CHUNK_BYTES);
}

/** Size of the page file for an original of this many bytes. */
export function fileByteLength(byteLength: number): number {
  return HEADER_BYTES + byteLength + chunkCount(byteLength) * TAG_BYTES;
}

export function chunkNonce(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  // Six bytes hold 2^48 chunks; the five before them stay 0.
  nonce.writeUIntBE(index, 5, 6);
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
  return nonce;
}

export interface HeaderParts {
  readonly blobId: string;
  readonly byteLength: number;
  readonly pageKey: Uint8Array;
  /** Random, `NONCE_BYTES` long. */
  readonly nonce: Uint8Array;
}

export function sealHeader(wrapKey: Uint8Array, { blobId, byteLength, pageKey, nonce }: HeaderParts): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32LE(VERSION, 8);
  header.writeUInt32LE(CHUNK_BYTES, 12);
  header.writeBigUInt64LE(BigInt(byteLength), 16);
  idBytes(blobId).copy(header, 24);
  header.set(nonce, BOUND_BYTES);
  const cipher = createCipheriv(ALGORITHM, wrapKey, nonce);
  cipher.setAAD(header.subarray(0, BOUND_BYTES));
  cipher.update(pageKey).copy(header, KEY_OFFSET);
  cipher.final();
  cipher.getAuthTag().copy(header, TAG_OFFSET);
  return header;
}

/** The page key and the length of the original; null when the header is not this blob's, not ours, or was changed. */
export function openHeader(
  wrapKey: Uint8Array,
  blobId: string,
  header: Buffer,
): { pageKey: Buffer; byteLength: number } | null {
  if (header.length !== HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  if (header.readUInt32LE(8) !== VERSION || header.readUInt32LE(12) !== CHUNK_BYTES) return null;
  if (!header.subarray(24, BOUND_BYTES).equals(idBytes(blobId))) return null;
  const decipher = createDecipheriv(ALGORITHM, wrapKey, header.subarray(BOUND_BYTES, KEY_OFFSET), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(header.subarray(0, BOUND_BYTES));
  decipher.setAuthTag(header.subarray(TAG_OFFSET));
  const pageKey = decipher.update(header.subarray(KEY_OFFSET, TAG_OFFSET));
  try {
    decipher.final();
  } catch {
    pageKey.fill(0);
    return null;
  }
  return { pageKey, byteLength: Number(header.readBigUInt64LE(16)) };
}

/** Ciphertext and tag of one chunk. The caller gives the ciphertext's memory back with `release` once it is written. */
export function sealChunk(
  pageKey: Uint8Array,
  index: number,
  isLast: boolean,
  plain: Uint8Array,
): { ciphertext: Buffer<ArrayBuffer>; tag: Buffer } {
  const cipher = createCipheriv(ALGORITHM, pageKey, chunkNonce(index, isLast));
  const ciphertext = cipher.update(plain);
  cipher.final();
  return { ciphertext, tag: cipher.getAuthTag() };
}

/** The original bytes of one stored chunk (ciphertext then tag), or null when it does not open. */
export function openChunk(
  pageKey: Uint8Array,
  index: number,
  isLast: boolean,
  stored: Uint8Array,
): Buffer<ArrayBuffer> | null {
  const decipher = createDecipheriv(ALGORITHM, pageKey, chunkNonce(index, isLast), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(stored.subarray(stored.length - TAG_BYTES));
  const plain = decipher.update(stored.subarray(0, stored.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    release(plain);
    return null;
  }
  return plain;
}

/**
 * Gives a buffer's memory back at once instead of at some garbage collection: Node's ciphers allocate every output, and a
 * long file would otherwise pile up tens of megabytes. The buffer is empty afterwards.
 */
export function release({ byteLength, buffer }: Uint8Array): void {
  if (byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

function idBytes(blobId: string): Buffer {
  const bytes = Buffer.from(blobId.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new Error('vault: a blob id is a UUID');
  return bytes;
}
