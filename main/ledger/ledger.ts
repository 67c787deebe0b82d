import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Message } from '../../shared/messages/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/index.ts';
import { canonicalJson } from './canonical-json.ts';

/** Nothing personal, no credential: the ledger outlives the pages it speaks of. */
export interface LedgerData {
  readonly message: Message;
  /** The provider's name for the call, for its support. */
  readonly requestId?: string | null;
  /** When something will be tried again, epoch milliseconds. */
  readonly nextAt?: number | null;
  /** Further facts for the audit: hashes, counts, ids. */
  readonly [fact: string]: unknown;
}

export interface LedgerEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly operator: string;
  readonly submissionId: string | null;
  readonly operationId: string | null;
  /** What happened, as `<thing>.<event>`. */
  readonly kind: string;
  readonly data: LedgerData;
}

export interface LedgerRow extends LedgerEntry {
  /** 1, 2, 3 … without gaps. */
  readonly sequence: number;
  /** Of the row before; 64 zeros for the first. */
  readonly previousHash: string;
  readonly hash: string;
}

export interface LedgerVerdict {
  readonly isIntact: boolean;
  /** Rows seen up to the first bad one. */
  readonly rows: number;
  readonly firstBadSequence: number | null;
  /**
   * Hash of the last good row. A chain cannot show by itself that its end was cut off: compare this with the one in an
   * earlier export, or pass that one to `verifyLedger`.
   */
  readonly headHash: string;
  /** altered: a row was changed, removed or put in. cut: every row is good, but the earlier head is not among them. */
  readonly problem: 'altered' | 'cut' | null;
}

export interface ReadLedgerOptions {
  /** One submission's rows; left out: the whole ledger. */
  readonly submissionId?: string;
  /** Rows after this sequence; 0 for the beginning. */
  readonly afterSequence?: number;
  /** At most this many rows. Default 200. */
  readonly limit?: number;
}

const BEFORE_THE_FIRST = '0'.repeat(64);
const VERIFY_PAGE_ROWS = 250;

const StoredData = z
  .looseObject({
    message: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
    requestId: z.string().nullish(),
    nextAt: z.number().nullish(),
  })
  .transform(({ message, requestId = null, nextAt = null, ...facts }): LedgerData => {
    const { code, params } = message;
    return { ...facts, message: params === undefined ? { code } : { code, params }, requestId, nextAt };
  });

interface StoredRow {
  sequence: number;
  at: number;
  operator: string;
  submission_id: string | null;
  operation_id: string | null;
  kind: string;
  data: string;
  previous_hash: string;
  hash: string;
}

/**
 * Appends one entry and returns its sequence. Call it inside the transaction of what it tells of, so that there is neither
 * a deed without its entry nor an entry without its deed.
 */
export function appendLedger(db: WritableDatabase, entry: LedgerEntry): number {
  return db.transaction(() => {
    const last = db.get<{ sequence: number; hash: string }>(
      'SELECT sequence, hash FROM ledger ORDER BY sequence DESC LIMIT 1',
    );
    const row = {
      sequence: (last?.sequence ?? 0) + 1,
      at: entry.at,
      operator: entry.operator,
      submission_id: entry.submissionId,
      operation_id: entry.operationId,
      kind: entry.kind,
      data: canonicalJson(entry.data),
      previous_hash: last?.hash ?? BEFORE_THE_FIRST,
    };
    db.run(
      `INSERT INTO ledger (sequence, at, operator, submission_id, operation_id, kind, data, previous_hash, hash)
       VALUES (:sequence, :at, :operator, :submission_id, :operation_id, :kind, :data, :previous_hash, :hash)`,
      { ...row, hash: hashOf(row) },
    );
    return row.sequence;
  });
}

/**
 * Walks the whole chain in pages, giving the event loop a turn after each. `earlierHead`: the hash that an earlier look had
 * at the end; a ledger that was cut off behind it, or written anew, has it no more and is not intact.
 */
export async function verifyLedger(db: ReadableDatabase, earlierHead: string | null = null): Promise<LedgerVerdict> {
  let rows = 0;
  let isEarlierHeadThere = earlierHead === null || earlierHead === BEFORE_THE_FIRST;
  let headHash = BEFORE_THE_FIRST;
  const bad = (problem: 'altered' | 'cut'): LedgerVerdict => ({
    isIntact: false,
    rows,
    firstBadSequence: rows + 1,
    headHash,
    problem,
  });
  for (;;) {
    const page = db.all<StoredRow>('SELECT * FROM ledger WHERE sequence > ? ORDER BY sequence LIMIT ?', [
      rows,
      VERIFY_PAGE_ROWS,
    ]);
    for (const row of page) {
      const isGood = row.sequence === rows + 1 && row.previous_hash === headHash && row.hash === hashOf(row);
      // A gap is reported at the first number that is missing.
      if (!isGood) return bad('altered');
      rows += 1;
      headHash = row.hash;
      if (row.hash === earlierHead) isEarlierHeadThere = true;
    }
    if (page.length < VERIFY_PAGE_ROWS) {
      if (!isEarlierHeadThere) return bad('cut');
      return { isIntact: true, rows, firstBadSequence: null, headHash, problem: null };
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Rows in the order they were written, a page at a time: pass the last `sequence` seen as `afterSequence`. */
export function readLedger(db: ReadableDatabase, options: ReadLedgerOptions = {}): LedgerRow[] {
  const after = options.afterSequence ?? 0;
  const limit = options.limit ?? 200;
  const rows =
    options.submissionId === undefined
      ? db.all<StoredRow>('SELECT * FROM ledger WHERE sequence > ? ORDER BY sequence LIMIT ?', [after, limit])
      : db.all<StoredRow>('SELECT * FROM ledger WHERE submission_id = ? AND sequence > ? ORDER BY sequence LIMIT ?', [
          options.submissionId,
          after,
          limit,
        ]);
  return rows.map(toLedgerRow);
}

/** The sequence of the last entry, 0 while there is none. Sequences have no gaps, so it is also how many there are. */
export function newestSequence(db: ReadableDatabase): number {
  return db.get<{ sequence: number | null }>('SELECT max(sequence) AS sequence FROM ledger')?.sequence ?? 0;
}

/** The given entries, newest first. */
export function readLedgerRows(db: ReadableDatabase, sequences: readonly number[]): LedgerRow[] {
  return db
    .all<StoredRow>('SELECT * FROM ledger WHERE sequence IN (SELECT value FROM json_each(?)) ORDER BY sequence DESC', [
      JSON.stringify(sequences),
    ])
    .map(toLedgerRow);
}

/**
 * Sequences after `after` up to `upTo`, newest first, of entries that concern one of `submissionIds` or whose operator or
 * request id holds `text` (in lower case).
 */
export function searchLedger(
  db: ReadableDatabase,
  where: { text: string; submissionIds: readonly string[]; after: number; upTo: number },
): number[] {
  return db
    .all<{ sequence: number }>(
      `SELECT sequence FROM ledger WHERE sequence > ? AND sequence <= ? AND (
         submission_id IN (SELECT value FROM json_each(?)) OR instr(lower(operator), ?) > 0
         OR instr(lower(json_extract(data, '$.requestId')), ?) > 0)
       ORDER BY sequence DESC`,
      [where.after, where.upTo, JSON.stringify(where.submissionIds), where.text, where.text],
    )
    .map(({ sequence }) => sequence);
}

/** A page of the whole ledger, newest first. */
export function readLedgerBackwards(db: ReadableDatabase, page: { offset: number; limit: number }): LedgerRow[] {
  const newest = newestSequence(db);
  // Sequences have no gaps, so an offset is a subtraction and a deep page costs no more than the first.
  return db
    .all<StoredRow>('SELECT * FROM ledger WHERE sequence <= ? ORDER BY sequence DESC LIMIT ?', [
      newest - page.offset,
      page.limit,
    ])
    .map(toLedgerRow);
}

function toLedgerRow(row: StoredRow): LedgerRow {
  return {
    sequence: row.sequence,
    at: row.at,
    operator: row.operator,
    submissionId: row.submission_id,
    operationId: row.operation_id,
    kind: row.kind,
    data: StoredData.parse(JSON.parse(row.data)),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** SHA-256 over the previous row's hash and this row's canonical JSON, lower-case hex. `data` counts as its text. */
function hashOf(row: Omit<StoredRow, 'hash'>): string {
  const { previous_hash: previousHash, sequence, at, operator, submission_id, operation_id, kind, data } = row;
  const text = canonicalJson({ sequence, at, operator, submission_id, operation_id, kind, data });
  return createHash('sha256').update(previousHash).update('\n').update(text).digest('hex');
}
