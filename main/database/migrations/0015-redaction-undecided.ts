import type { Migration } from '../types.ts';

/** Whether nobody has said since an older copy took the place of the database whether a provider removes what it has of purged customers. */
export const redactionUndecided: Migration = {
  version: 15,
  name: 'redaction-undecided',
  up(db) {
    db.exec(`
      ALTER TABLE connections ADD COLUMN redaction_undecided INTEGER NOT NULL DEFAULT 0 CHECK (redaction_undecided IN (0, 1));
    `);
  },
};
