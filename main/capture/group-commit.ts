import type { WritableDatabase } from '../database/types.ts';

/** The most pieces of work that share one durable commit. */
const MAX_GROUP = 20;
/** How long the first piece waits for company. Below what a person notices, above what a disk needs for a flush. */
const MAX_DELAY_MS = 15;

interface Piece {
  readonly submissionId: string;
  readonly run: (db: WritableDatabase) => void;
  readonly settle: () => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommit {
  /**
   * Runs `work` together with others in one transaction, in the order of the calls. Resolves after the commit: what it
   * did is on the disk. Rejects when this piece, also tried alone, could not be committed.
   */
  add<Result>(submissionId: string, work: (db: WritableDatabase) => Result): Promise<Result>;
  /** Commits what waits without further delay. */
  flush(): void;
}

/**
 * One flush of the disk for up to 20 pages instead of one each. `afterwards` runs once per submission at the end of each
 * transaction.
 */
export function createGroupCommit(
  db: WritableDatabase,
  afterwards: (db: WritableDatabase, submissionId: string) => void,
): GroupCommit {
  let waiting: Piece[] = [];
  let timer: NodeJS.Timeout | undefined;

  function commit(pieces: readonly Piece[]): void {
    db.transaction((transaction) => {
      for (const piece of pieces) piece.run(transaction);
      for (const submissionId of new Set(pieces.map((piece) => piece.submissionId))) {
        afterwards(transaction, submissionId);
      }
    });
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    try {
      commit(group);
    } catch (error) {
      const [only] = group;
      if (only !== undefined && group.length === 1) {
        only.reject(error);
        return;
      }
      // One bad piece must not take the others with it.
      for (const piece of group) {
        try {
          commit([piece]);
        } catch (alone) {
          piece.reject(alone);
          continue;
        }
        piece.settle();
      }
      return;
    }
    for (const piece of group) piece.settle();
  }

  return {
    add<Result>(submissionId: string, work: (transaction: WritableDatabase) => Result): Promise<Result> {
      return new Promise<Result>((resolve, reject) => {
        let done: { result: Result } | undefined;
        waiting.push({
          submissionId,
          run: (transaction) => {
            done = { result: work(transaction) };
          },
          settle: () => {
            if (done !== undefined) resolve(done.result);
          },
          reject,
        });
        if (waiting.length >= MAX_GROUP) flush();
        else timer ??= setTimeout(flush, MAX_DELAY_MS);
      });
    },
    flush,
  };
}
