import type { Migration } from '../types.ts';

/**
 * Claimed operations stand right before the waiting ones of their connection and size, in one index: taking the next one
 * and finishing the last then touch one page of it, where an index of their own cost a page more at each commit.
 */
export const claims: Migration = {
  version: 3,
  name: 'claims',
  up(db) {
    db.exec(`
      DROP INDEX operations_in_flight;
      DROP INDEX operations_runnable;
      CREATE INDEX operations_runnable ON operations (connection_id, byte_length > 32768, state DESC, run_at, id)
        WHERE state = 1 OR state = 2;
    `);
  },
};
