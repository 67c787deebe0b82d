import type { Migration } from '../types.ts';

/**
 * Order among what may go now. `lane`: 0 small calls, 1 uploads, 2 questions about decisions, so that ten thousand of those
 * stand in nobody's way. `turn_rank`: the time until which an operation should be sent, less 2^43 ms (before every real
 * time). `turn`: its place in the index; the rank while it may go, the due time while it waits, so that one seek finds what
 * may go and expires first. See main/outbox/types.ts.
 */
export const lanes: Migration = {
  version: 5,
  name: 'lanes',
  up(db) {
    db.exec(`
      ALTER TABLE operations ADD COLUMN lane INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE operations ADD COLUMN turn_rank INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE operations ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
      UPDATE operations SET
        lane = CASE WHEN byte_length > 32768 THEN 1 WHEN kind LIKE '%.follow' THEN 2 ELSE 0 END,
        turn_rank = created_at + 2592000000 - 8796093022208;
      UPDATE operations SET turn = CASE WHEN attempts > 0 OR lane = 2 THEN run_at ELSE turn_rank END;
      DROP INDEX operations_runnable;
      CREATE INDEX operations_runnable ON operations (connection_id, lane, state DESC, turn, id)
        WHERE state = 1 OR state = 2;
    `);
  },
};
