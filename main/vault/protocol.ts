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

/**
 * `goesOn`: a job is under way, and its source or the disk has answered since. `needs`: the source is open and has so many bytes; they are
 * read once the worker is told that there is room.
 */
export type WorkerAnswer =
  | { readonly kind: 'goesOn' }
  | { readonly id: number; readonly kind: 'needs'; readonly byteLength: number }
  | { readonly id: number; readonly kind: 'stored'; readonly stored: IngestedFile }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: IngestFailure };

/** The answer to `needs`; null: there is room. */
export interface RoomAnswer {
  readonly roomFor: number;
  readonly failure: IngestFailure | null;
}

export interface WorkerSettings {
  readonly wrapKey: Uint8Array;
}
