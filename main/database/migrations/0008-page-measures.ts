import type { Migration } from '../types.ts';

/**
 * What inspection measured on a page's sheets (`SheetMeasures` as JSON), which the rules judge. How the page looks, for
 * comparing it with later ones, is derived from what a customer brought and therefore sealed. `alike_page_id` names the earlier
 * page that looks like this one: a hint for a person, so it may outlive that page. A table of its own, since a look is larger
 * than all the rest of a page's row.
 */
export const pageMeasures: Migration = {
  version: 8,
  name: 'page-measures',
  up(db) {
    db.exec(`
      CREATE TABLE page_measures (
        page_id TEXT PRIMARY KEY REFERENCES pages (id),
        measures TEXT NOT NULL CHECK (json_valid(measures)),
        look_sealed BLOB,
        alike_page_id TEXT
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
