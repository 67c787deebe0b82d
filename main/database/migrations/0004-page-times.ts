import type { Migration } from '../types.ts';

/**
 * Pages by the time they came and were acknowledged: the day's figures must not walk over the pages of years. And by their
 * thumbnail: removing a thumbnail's row makes SQLite look for a page that names it.
 */
export const pageTimes: Migration = {
  version: 4,
  name: 'page-times',
  up(db) {
    db.exec(`
      CREATE INDEX pages_by_capture ON pages (captured_at);
      CREATE INDEX pages_by_delivery ON pages (delivered_at) WHERE delivered_at IS NOT NULL;
      CREATE INDEX pages_by_thumbnail ON pages (thumbnail_blob_id) WHERE thumbnail_blob_id IS NOT NULL;
    `);
  },
};
