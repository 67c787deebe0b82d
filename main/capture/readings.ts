import { DocumentReading } from '../../shared/domain/index.ts';
import { numberKey } from '../../shared/identity/index.ts';
import type { StackReading } from '../../shared/stacks/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import type { FieldCipher } from '../vault/types.ts';
import { findOtherPage, sealContext } from './records.ts';
import type { OtherPage } from './records.ts';

/** What one active page says of its holder. */
export interface ReadingRecord {
  readonly pageId: string;
  readonly slot: string | null;
  /** Among the readings of its page. */
  readonly key: string;
  readonly reading: DocumentReading;
  /** Its fields were offered to the customer's empty ones. */
  readonly isOffered: boolean;
}

const NUMBER_TAG = 'readings/number';

function tagOf(cipher: FieldCipher, { fields }: DocumentReading): string | null {
  const number = fields.documentNumber?.value;
  return number === undefined ? null : cipher.tag(numberKey(number), NUMBER_TAG);
}

/** By what a reading is known among those of its page: `mrz` or `barcode`, and `mrz/2` for a second zone. */
function keyOf({ source }: DocumentReading, before: readonly DocumentReading[]): string {
  const others = before.filter((other) => other.source === source).length;
  return others === 0 ? source : `${source}/${others + 1}`;
}

/** Inside the caller's transaction, once for each page: everything that it says, in the order in which it was read. */
export function insertReadings(
  db: WritableDatabase,
  cipher: FieldCipher,
  pageId: string,
  readings: readonly DocumentReading[],
): void {
  for (const [index, reading] of readings.entries()) {
    const key = keyOf(reading, readings.slice(0, index));
    db.run('INSERT INTO readings (page_id, source, reading_sealed, number_tag) VALUES (?, ?, ?, ?)', [
      pageId,
      key,
      cipher.seal(JSON.stringify(reading), sealContext.reading(pageId, key)),
      tagOf(cipher, reading),
    ]);
  }
}

function openReading(cipher: FieldCipher, pageId: string, key: string, sealed: Uint8Array): DocumentReading {
  return DocumentReading.parse(JSON.parse(cipher.open(sealed, sealContext.reading(pageId, key))));
}

/** The readings of a submission's active pages, in the order of their capture, those of a page in the order of their keys. */
export function readReadings(db: ReadableDatabase, cipher: FieldCipher, submissionId: string): ReadingRecord[] {
  return db
    .all<{ id: string; slot: string | null; source: string; reading_sealed: Uint8Array; offered_at: number | null }>(
      `SELECT pages.id, slot, readings.source, reading_sealed, offered_at
       FROM pages JOIN readings ON page_id = pages.id
       WHERE submission_id = ? AND state = 'active' ORDER BY pages.id, readings.source`,
      [submissionId],
    )
    .map((row) => ({
      pageId: row.id,
      slot: row.slot,
      key: row.source,
      reading: openReading(cipher, row.id, row.source, row.reading_sealed),
      isOffered: row.offered_at !== null,
    }));
}

/** Of each active page that says the number of a document, one reading with the number's keyed hash, in the order of the pages. */
export function readNumbered(db: ReadableDatabase, cipher: FieldCipher, submissionId: string): StackReading[] {
  return db
    .all<{ id: string; source: string; tag: string; reading_sealed: Uint8Array }>(
      `SELECT pages.id, readings.source, min(number_tag) AS tag, reading_sealed FROM pages JOIN readings ON page_id = pages.id
       WHERE submission_id = ? AND state = 'active' AND number_tag IS NOT NULL GROUP BY pages.id ORDER BY pages.id`,
      [submissionId],
    )
    .map(({ id, source, tag, reading_sealed: sealed }) => ({
      pageId: id,
      number: tag,
      reading: openReading(cipher, id, source, sealed),
    }));
}

/** `at`: epoch milliseconds. */
export function setOffered(db: WritableDatabase, { pageId, key }: ReadingRecord, at: number): void {
  db.run('UPDATE readings SET offered_at = ? WHERE page_id = ? AND source = ?', [at, pageId, key]);
}

/** Readings of pages that are no longer active are offered again when their page comes back. */
export function forgetOffer(db: WritableDatabase, pageId: string): void {
  db.run('UPDATE readings SET offered_at = NULL WHERE page_id = ?', [pageId]);
}

/** An active page of another customer, not released yet, that says the same document number: the earliest. */
export function findSameNumber(
  db: ReadableDatabase,
  cipher: FieldCipher,
  submissionId: string,
  readings: readonly DocumentReading[],
): OtherPage | null {
  for (const reading of readings) {
    const tag = tagOf(cipher, reading);
    if (tag === null) continue;
    const found = findOtherPage(
      db,
      `FROM readings JOIN pages ON pages.id = page_id JOIN submissions ON submissions.id = submission_id
       JOIN batches ON batches.id = batch_id
       WHERE number_tag = ? AND submission_id <> ? AND pages.state = 'active' AND voided_at IS NULL
         AND batches.state <> 'released'`,
      [tag, submissionId],
    );
    if (found !== null) return found;
  }
  return null;
}
