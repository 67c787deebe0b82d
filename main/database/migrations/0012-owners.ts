import type { Migration } from '../types.ts';

/** The customers who own or direct a company. Each is a submission of its own, with documents and a check of its own. */
export const owners: Migration = {
  version: 12,
  name: 'owners',
  up(db) {
    db.exec(`
      CREATE TABLE owners (
        submission_id TEXT NOT NULL REFERENCES submissions (id),
        owner_submission_id TEXT NOT NULL REFERENCES submissions (id),
        position TEXT NOT NULL CHECK (position IN ('Director', 'Shareholder', 'Other')),
        PRIMARY KEY (submission_id, owner_submission_id),
        CHECK (submission_id <> owner_submission_id)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
