import type { HttpBody } from '../network/index.ts';

/** How much of a file's beginning and end is handed out to tell its type, and whether it is whole. */
export const HEAD_BYTES = 4_100;
export const TAIL_BYTES = 1_024;

/** One encrypted file of the vault, durable: its bytes and its directory entry were fsynced before this was returned. */
export interface StoredBlob {
  readonly blobId: string;
  readonly byteLength: number;
  /** SHA-256 of the original bytes, lower-case hex. */
  readonly sha256: string;
  /** The first bytes (at most 4,100) and the last (at most 1,024) of the original, for telling its type. */
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

export type BlobSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export type IngestErrorCode =
  | 'not_found'
  | 'not_a_file'
  | 'unreadable'
  | 'empty'
  | 'too_large'
  | 'changed_while_reading'
  /** Where it lies, nothing answers. */
  | 'no_answer'
  | 'disk_full'
  | 'disk_error'
  | 'read_only';

/** Why bytes could not be taken in. Nothing of them stays in the vault. Carries no path and no content. */
export class IngestError extends Error {
  readonly code: IngestErrorCode;
  /** `disk_full`: how many bytes are missing; `too_large`: the file's size. */
  readonly bytes: number | null;
  constructor(code: IngestErrorCode, bytes: number | null = null, options?: ErrorOptions) {
    super(`vault: ${code}`, options);
    this.name = 'IngestError';
    this.code = code;
    this.bytes = bytes;
  }
}

/** A blob is missing, truncated or altered. */
export class BlobDamaged extends Error {
  readonly blobId: string;
  readonly reason: 'missing' | 'truncated' | 'altered';
  constructor(blobId: string, reason: 'missing' | 'truncated' | 'altered', options?: ErrorOptions) {
    super(`vault: a blob is ${reason}`, options);
    this.name = 'BlobDamaged';
    this.blobId = blobId;
    this.reason = reason;
  }
}

export interface SweepReport {
  /** Files that no row names: removed (they were never acknowledged). */
  readonly orphanFiles: number;
  /** Rows whose file is missing: kept and reported. */
  readonly missingFiles: readonly string[];
  readonly temporaryFiles: number;
}

/**
 * Encrypted page bytes. Each blob has a random key of its own (AES-256-GCM in chunks, so that it streams and truncation is
 * noticed), wrapped by the vault key in the file's header. Original bytes never change.
 */
export interface Vault {
  /**
   * Takes bytes in. May be called many times at once: reading, hashing, encrypting and fsync run in workers, and
   * directory fsyncs are shared. Rejects with `IngestError`.
   */
  ingest(source: BlobSource, limits: { maxBytes: number }): Promise<StoredBlob>;
  /** Stores bytes that can be made again (thumbnails): encrypted, not fsynced. */
  storeDerived(bytes: Uint8Array): Promise<StoredBlob>;
  /** Verifies the whole blob, then gives a body that decrypts piece by piece. Rejects with `BlobDamaged`. */
  open(blobId: string): Promise<HttpBody>;
  /** All bytes of a blob, verified. Only for pictures shown and for inspection. */
  readAll(blobId: string): Promise<Uint8Array>;
  /** Overwrites the wrapped key, then unlinks. Missing files are not an error. */
  shred(blobId: string): Promise<void>;
  sweep(knownBlobIds: ReadonlySet<string>): Promise<SweepReport>;
  close(): Promise<void>;
}

/** Encrypts short texts of the database (the customer's fields, file names, tokens). `context` binds a value to its place. */
export interface FieldCipher {
  seal(plain: string, context: string): Uint8Array;
  open(sealed: Uint8Array, context: string): string;
  /** The same text in the same context gives the same 43 letters, by which it is found again; without the vault's key they say nothing. */
  tag(plain: string, context: string): string;
}

/** Wraps the vault key for this PC and user. The system's key store, or a file that is honestly called insecure. */
export interface KeyStore {
  readonly kind: 'os' | 'file';
  readonly isSecure: boolean;
  isAvailable(): boolean;
  wrap(secret: Uint8Array): Uint8Array;
  unwrap(wrapped: Uint8Array): Uint8Array;
}
