import type { Migration } from '../types.ts';

/** The day on which a document was issued, as somebody typed it. */
export const issueDates: Migration = {
  version: 16,
  name: 'issue-dates',
  up(db) {
    db.exec('ALTER TABLE documents ADD COLUMN issued_on_sealed BLOB');
  },
};
