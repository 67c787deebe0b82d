import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What the first bytes of a database file say, read without SQLite and without changing a byte. */
export type DatabaseHeader =
  | { readonly kind: 'absent' }
  /** Nothing was ever committed to it: a file that was created and then lost its process. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'not_a_database' }
  | { readonly kind: 'database'; readonly applicationId: number; readonly userVersion: number };

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const HEADER_BYTES = 100;
const USER_VERSION_OFFSET = 60;
const APPLICATION_ID_OFFSET = 68;
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/**
 * Reads the header fields of https://www.sqlite.org/fileformat.html#the_database_header. After a crash the newest page 1
 * may still lie in the write-ahead log, so the log's frames are looked at too: a file that a later version migrated just
 * before a power cut must be recognised before SQLite would replay that log.
 */
export function readDatabaseHeader(file: string): DatabaseHeader {
  const handle = openIfPresent(file);
  if (handle === null) return { kind: 'absent' };
  try {
    if (fstatSync(handle).size === 0) return { kind: 'empty' };
    const header = Buffer.alloc(HEADER_BYTES);
    if (readSync(handle, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return { kind: 'not_a_database' };
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return { kind: 'not_a_database' };
    const newest = newestFirstPage(`${file}-wal`) ?? header;
    return {
      kind: 'database',
      applicationId: newest.readUInt32BE(APPLICATION_ID_OFFSET),
      userVersion: newest.readUInt32BE(USER_VERSION_OFFSET),
    };
  } finally {
    closeSync(handle);
  }
}

/** Size of the write-ahead log in bytes; 0 when there is none. A clean end removes it. */
export function walByteLength(file: string): number {
  const handle = openIfPresent(`${file}-wal`);
  if (handle === null) return 0;
  try {
    return fstatSync(handle).size;
  } finally {
    closeSync(handle);
  }
}

/**
 * The first 100 bytes of page 1 in its newest committed frame, or null. Frames of an earlier round of the log carry other
 * salts (https://www.sqlite.org/fileformat.html#the_write_ahead_log) and end the walk. Checksums are left to SQLite: a
 * torn frame can only lie behind the last commit, and is not counted because no commit frame follows it.
 */
function newestFirstPage(walFile: string): Buffer | null {
  const handle = openIfPresent(walFile);
  if (handle === null) return null;
  try {
    const walHeader = Buffer.alloc(WAL_HEADER_BYTES);
    if (readSync(handle, walHeader, 0, WAL_HEADER_BYTES, 0) < WAL_HEADER_BYTES) return null;
    const pageBytes = walHeader.readUInt32BE(8);
    if (pageBytes < 512 || pageBytes > 65_536) return null;
    const salts = walHeader.subarray(16, 24);
    const frame = Buffer.alloc(FRAME_HEADER_BYTES + HEADER_BYTES);
    let written: Buffer | null = null;
    let committed: Buffer | null = null;
    for (let offset = WAL_HEADER_BYTES; ; offset += FRAME_HEADER_BYTES + pageBytes) {
      if (readSync(handle, frame, 0, frame.length, offset) < frame.length) return committed;
      if (!frame.subarray(8, 16).equals(salts)) return committed;
      if (frame.readUInt32BE(0) === 1) written = Buffer.from(frame.subarray(FRAME_HEADER_BYTES));
      const isCommit = frame.readUInt32BE(4) !== 0;
      if (isCommit) committed = written;
    }
  } finally {
    closeSync(handle);
  }
}

function openIfPresent(file: string): number | null {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
