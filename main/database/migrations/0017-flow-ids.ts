import type { Migration } from '../types.ts';

/** Who is under a flow of a connection, by the flow's id, without reading the copies of everybody else. */
export const flowIds: Migration = {
  version: 17,
  name: 'flow-ids',
  up(db) {
    db.exec(`
      CREATE INDEX submissions_by_flow ON submissions (connection_id, json_extract(flow, '$.id'), state)
        WHERE voided_at IS NULL;
    `);
  },
};
