import type { Migration } from '../types.ts';

/** Whether a provider removed what it has of purged customers until an older copy took the place of the database, and nobody has said since whether it still does. */
export const redactionUndecided: Migration = {
  version: 15,
  name: 'redaction-undecided',
  up(db) {
    db.exec(`
      ALTER TABLE connections ADD COLUMN redaction_undecided INTEGER NOT NULL DEFAULT 0 CHECK (redaction_undecided IN (0, 1));
    `);
  },
};
