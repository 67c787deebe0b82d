import type { Migration } from '../types.ts';

/**
 * What inspection measured on a page's sheets (`SheetMeasures` as JSON), which the rules judge. How the page looks, for
 * comparing it with later ones, is derived from what a customer brought and therefore sealed. `alike_page_id` names the earlier
 * page that looks like this one: a hint for a person, so it may outlive that page.
 */
export const pageMeasures: Migration = {
  version: 7,
  name: 'page-measures',
  up(db) {
    db.exec(`
      ALTER TABLE pages ADD COLUMN measures TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE pages ADD COLUMN look_sealed BLOB;
      ALTER TABLE pages ADD COLUMN alike_page_id TEXT;
    `);
  },
};
