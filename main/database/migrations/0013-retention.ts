import type { Migration } from '../types.ts';

/**
 * What the retention period has done. Rows of purged submissions and pages stay, and so do the rows of their originals and
 * renditions, whose size and hash the record names; only bytes go. `blobs_to_shred` is what was marked and lies on the disk
 * yet: a start finishes it. No reference to `blobs`, because a thumbnail's row goes with the mark.
 */
export const retention: Migration = {
  version: 13,
  name: 'retention',
  up(db) {
    db.exec(`
      ALTER TABLE submissions ADD COLUMN purged_at INTEGER;
      ALTER TABLE pages ADD COLUMN purged_at INTEGER;
      ALTER TABLE blobs ADD COLUMN purged_at INTEGER;
      CREATE TABLE blobs_to_shred (
        blob_id TEXT PRIMARY KEY
      ) STRICT, WITHOUT ROWID;
      -- By the time since which a submission is over. One that was decided without a time is never due.
      CREATE INDEX submissions_over ON submissions
        (CASE WHEN voided_at IS NULL THEN decided_at ELSE max(voided_at, coalesce(decided_at, 0)) END, id)
        WHERE purged_at IS NULL AND (voided_at IS NOT NULL OR state IN ('accepted', 'rejected'));
    `);
  },
};
