import type { Migration } from '../types.ts';

/**
 * What a person has accepted of a stack and is not done yet: hundreds of customers are made, or taken back, in short transactions
 * one after the other, and each strikes out its row. A start finishes what a power cut left here.
 */
export const stackMoves: Migration = {
  version: 10,
  name: 'stack-moves',
  up(db) {
    db.exec(`
      CREATE TABLE stack_moves (
        stack_id TEXT NOT NULL REFERENCES stacks (submission_id),
        position INTEGER NOT NULL,
        -- deal: a customer is made of these pages; join: the pages of this customer come back.
        kind TEXT NOT NULL CHECK (kind IN ('deal', 'join')),
        -- Ids of pages, or of one customer.
        ids TEXT NOT NULL CHECK (json_valid(ids)),
        PRIMARY KEY (stack_id, position)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
