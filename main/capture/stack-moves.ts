import { z } from 'zod';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { conflict } from './conflict.ts';

/** `deal`: a customer is made of pages; `join`: the pages of a customer come back into the stack. */
export type MoveKind = 'deal' | 'join';

/** One step of what a person has accepted: it is done wholly or not at all. */
export interface StackMove {
  readonly position: number;
  readonly kind: MoveKind;
  /** Of pages for `deal`; of one customer for `join`. */
  readonly ids: readonly string[];
}

const Row = z.object({ position: z.number(), kind: z.enum(['deal', 'join']), ids: z.string() });
const Ids = z.array(z.string());

/** Writes down what was accepted, inside the caller's transaction; from its commit on it will be done. */
export function beginMoves(
  db: WritableDatabase,
  stackId: string,
  kind: MoveKind,
  moves: readonly (readonly string[])[],
): void {
  for (const [position, ids] of moves.entries()) {
    db.run('INSERT INTO stack_moves (stack_id, position, kind, ids) VALUES (?, ?, ?, ?)', [
      stackId,
      position,
      kind,
      JSON.stringify(ids),
    ]);
  }
}

/** The next step of a stack, or null when nothing of it is left to do. */
export function nextMove(db: ReadableDatabase, stackId: string): StackMove | null {
  const row = db.get('SELECT position, kind, ids FROM stack_moves WHERE stack_id = ? ORDER BY position LIMIT 1', [
    stackId,
  ]);
  if (row === undefined) return null;
  const { position, kind, ids } = Row.parse(row);
  return { position, kind, ids: Ids.parse(JSON.parse(ids)) };
}

/** Strikes a step out, in the transaction that does it. */
export function endMove(db: WritableDatabase, stackId: string, { position }: StackMove): void {
  db.run('DELETE FROM stack_moves WHERE stack_id = ? AND position = ?', [stackId, position]);
}

/** Stacks of which something is left to do. */
export function stacksInMotion(db: ReadableDatabase): string[] {
  return db.all<{ id: string }>('SELECT DISTINCT stack_id AS id FROM stack_moves').map(({ id }) => id);
}

/** The same in SQL, for a query over `submissions`. */
export const IN_MOTION = `EXISTS (SELECT 1 FROM stack_moves WHERE stack_moves.stack_id = submissions.id
    UNION ALL SELECT 1 FROM pages JOIN stack_moves USING (stack_id) WHERE pages.submission_id = submissions.id)`;

/** Whether pages are just being moved out of or into this stack, or the stack that this customer came from. */
export function isInMotion(db: ReadableDatabase, submissionId: string): boolean {
  return db.get(`SELECT 1 FROM submissions WHERE id = ? AND ${IN_MOTION}`, [submissionId]) !== undefined;
}

/** Throws `conflict` while pages of the stack, or of the customer's stack, are being moved. */
export function assertAtRest(db: ReadableDatabase, submissionId: string): void {
  if (isInMotion(db, submissionId)) throw conflict('stack.isMoving');
}
