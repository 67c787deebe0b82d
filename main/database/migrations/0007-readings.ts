import type { Migration } from '../types.ts';

/**
 * What pages say of their holders, and which of the customer's fields hold it without a person's word. Readings are sealed; the tag
 * is a keyed hash of the document's number, so that the same document is found again without its number lying there.
 */
export const readings: Migration = {
  version: 7,
  name: 'readings',
  up(db) {
    db.exec(`
      CREATE TABLE readings (
        page_id TEXT NOT NULL REFERENCES pages (id),
        -- mrz or barcode: one page may have both.
        source TEXT NOT NULL,
        reading_sealed BLOB NOT NULL,
        number_tag TEXT,
        -- When it was offered to the customer's empty fields. NULL: not yet, or what it filled went with its page.
        offered_at INTEGER,
        PRIMARY KEY (page_id, source)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX readings_by_number ON readings (number_tag, page_id) WHERE number_tag IS NOT NULL;

      -- {field: {pageId, source, confidence, …}} without the values.
      ALTER TABLE submissions ADD COLUMN unconfirmed_fields TEXT NOT NULL DEFAULT '{}'
        CHECK (json_valid(unconfirmed_fields));
      -- The disagreements that a person decided to be of one customer, with the reason.
      ALTER TABLE submissions ADD COLUMN same_customer_sealed BLOB;
    `);
  },
};
