import type { Migration } from '../types.ts';

/**
 * What is sent in place of an original whose form a provider's rule does not take. Its bytes are a blob of a kind of their
 * own: unlike a thumbnail it is sent, and unlike an original it is no page by itself. SQLite cannot change a CHECK, so the
 * table of blobs is made anew.
 */
export const renditions: Migration = {
  version: 6,
  name: 'renditions',
  up(db) {
    db.exec(`
      CREATE TABLE blobs_of_three_kinds (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('original', 'thumbnail', 'rendition')),
        byte_length INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO blobs_of_three_kinds SELECT id, kind, byte_length, sha256, created_at FROM blobs;
      DROP TABLE blobs;
      ALTER TABLE blobs_of_three_kinds RENAME TO blobs;
      CREATE INDEX blobs_by_sha256 ON blobs (sha256) WHERE kind = 'original';

      CREATE TABLE renditions (
        page_id TEXT PRIMARY KEY REFERENCES pages (id),
        blob_id TEXT NOT NULL REFERENCES blobs (id),
        media_type TEXT NOT NULL,
        -- The rule that wanted it, e.g. personr.sentAs.
        rule TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX renditions_by_blob ON renditions (blob_id);
    `);
  },
};
