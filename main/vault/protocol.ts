import type { IngestErrorCode } from './types.ts';

/** What the vault tells its workers, and what they answer. Page keys travel between threads of one process only. */
export interface IngestJob {
  readonly id: number;
  readonly blobId: string;
  readonly pageKey: Uint8Array;
  readonly nonce: Uint8Array;
  readonly source: { readonly path: string } | { readonly bytes: Uint8Array };
  readonly maxBytes: number;
  readonly temporaryFile: string;
  readonly file: string;
  /** False for what can be made again: it is not fsynced. */
  readonly isDurable: boolean;
}

export interface IngestedFile {
  readonly byteLength: number;
  readonly sha256: string;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

export interface IngestFailure {
  readonly code: IngestErrorCode;
  readonly bytes: number | null;
  /** Code of the system, for a report; never a path. */
  readonly systemCode: string | null;
}

/** `goesOn`: a job is under way, and its source or the disk has answered since. */
export type WorkerAnswer =
  | { readonly kind: 'goesOn' }
  | { readonly id: number; readonly kind: 'stored'; readonly stored: IngestedFile }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: IngestFailure };

export interface WorkerSettings {
  readonly wrapKey: Uint8Array;
}
