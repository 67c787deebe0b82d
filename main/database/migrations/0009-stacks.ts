import type { Migration } from '../types.ts';

/**
 * A stack is a draft submission whose pages lie in its tray until a person accepts who gets which. `stack_id` of a page: the
 * stack that it was dealt out of, so that found and dealt can be counted against each other, and the deal undone.
 */
export const stacks: Migration = {
  version: 9,
  name: 'stacks',
  up(db) {
    db.exec(`
      CREATE TABLE stacks (
        submission_id TEXT PRIMARY KEY REFERENCES submissions (id),
        -- {splitBy, pagesEach, expectedCustomers}
        settings TEXT NOT NULL CHECK (json_valid(settings)),
        -- {pageId: edit}: what a person said against the proposal.
        edits TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(edits))
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE pages ADD COLUMN stack_id TEXT REFERENCES submissions (id);
      CREATE INDEX pages_by_stack ON pages (stack_id, id) WHERE stack_id IS NOT NULL;
    `);
  },
};
