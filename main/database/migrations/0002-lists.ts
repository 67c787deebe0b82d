import type { Migration } from '../types.ts';

/**
 * Indexes for the lists of the desk. A row of `submissions` carries a whole flow and the sealed subject, so whatever counts
 * or filters many submissions must find everything it needs in an index.
 */
export const lists: Migration = {
  version: 2,
  name: 'lists',
  up(db) {
    db.exec(`
      DROP INDEX submissions_by_batch;
      CREATE INDEX submissions_by_batch ON submissions (batch_id, state, is_held, voided_at, id);
      CREATE INDEX submissions_for_lists ON submissions
        (id, state, is_held, is_attention, voided_at, cause, connection_id, batch_id, operator, created_at);
      DROP INDEX pages_by_submission;
      CREATE INDEX pages_by_submission ON pages (submission_id, state, id);
    `);
  },
};
