import type { Migration } from '../types.ts';

/** Whether a provider removes what it has of a customer whose pages are purged, and what of that is still to be done, in an index of its own. */
export const redaction: Migration = {
  version: 14,
  name: 'redaction',
  up(db) {
    db.exec(`
      ALTER TABLE connections ADD COLUMN redacts_when_purged INTEGER NOT NULL DEFAULT 0 CHECK (redacts_when_purged IN (0, 1));
      CREATE INDEX operations_redacting ON operations (connection_id, id)
        WHERE kind GLOB '*.redact' AND state NOT IN (4, 6);
    `);
  },
};
