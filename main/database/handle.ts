// The columns of a row are named in the SQL beside the call, and `Row` repeats them: this file is the one place that trusts it.
// oxlint-disable typescript/no-unnecessary-type-parameters, typescript/no-unsafe-type-assertion
import type Sqlite from 'better-sqlite3';
import { isDiskFull } from '../../shared/util/failure.ts';
import type { Log } from '../logging/index.ts';
import type { MigrationDatabase, SqlParameters, WritableDatabase } from './types.ts';

type Statement = Sqlite.Statement;

/** Longer than this on the main thread is felt in the window. */
const SLOW_STATEMENT_MS = 40;
/** Statements are written out in the code, so this is never reached unless somebody builds SQL from values. */
const MAX_CACHED_STATEMENTS = 500;
const FULL = 2;

/**
 * The one writing handle of a connection. Reads refuse statements that write, writes refuse to run outside a transaction,
 * and whatever is slow is reported by its SQL text (never its parameters).
 */
export class DatabaseHandle implements MigrationDatabase {
  readonly #sqlite: Sqlite.Database;
  readonly #log: Log;
  readonly #makeRoom: () => boolean;
  readonly #statements = new Map<string, Statement>();
  readonly #beginImmediate: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;
  #depth = 0;
  #hasNestedFailure = false;
  #isDurabilityProven = false;

  /** `makeRoom`: the disk is full; answers whether there is room now, so that the transaction is worth a second try. */
  constructor(sqlite: Sqlite.Database, log: Log, makeRoom: () => boolean = () => false) {
    this.#sqlite = sqlite;
    this.#log = log;
    this.#makeRoom = makeRoom;
    this.#beginImmediate = sqlite.prepare('BEGIN IMMEDIATE');
    this.#commit = sqlite.prepare('COMMIT');
    this.#rollback = sqlite.prepare('ROLLBACK');
  }

  get<Row extends object>(sql: string, parameters: SqlParameters = []): Row | undefined {
    const statement = this.#reading(sql);
    return this.#timed(sql, () => statement.get(parameters) as Row | undefined);
  }

  all<Row extends object>(sql: string, parameters: SqlParameters = []): Row[] {
    const statement = this.#reading(sql);
    return this.#timed(sql, () => statement.all(parameters) as Row[]);
  }

  iterate<Row extends object>(sql: string, parameters: SqlParameters = []): IterableIterator<Row> {
    return this.#reading(sql).iterate(parameters) as IterableIterator<Row>;
  }

  run(sql: string, parameters: SqlParameters = []): { changes: number } {
    const statement = this.#writing(sql);
    return this.#timed(sql, () => ({ changes: statement.run(parameters).changes }));
  }

  runReturning<Row extends object>(sql: string, parameters: SqlParameters = []): Row | undefined {
    const statement = this.#writing(sql);
    // `all`, because a statement that is not stepped to its end would leave its write unfinished.
    return this.#timed(sql, () => (statement.all(parameters) as Row[])[0]);
  }

  exec(sql: string): void {
    if (this.#depth === 0) throw new Error('database: a write outside a transaction');
    this.#timed(sql, () => this.#sqlite.exec(sql));
  }

  transaction<Result>(work: (db: WritableDatabase) => Result): Result {
    if (this.#depth > 0) return this.#join(work);
    try {
      return this.#begin(work);
    } catch (error) {
      // SQLite has rolled everything back, so the same work can be done once more.
      if (!isDiskFull(error) || !this.#makeRoom()) throw error;
      this.#log.warn('database.reserveUsed');
      return this.#begin(work);
    }
  }

  #join<Result>(work: (db: WritableDatabase) => Result): Result {
    this.#depth += 1;
    try {
      return refusePromise(work(this));
    } catch (error) {
      // Half of the inner work may stand. Whoever swallows this error must not commit it.
      this.#hasNestedFailure = true;
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  #begin<Result>(work: (db: WritableDatabase) => Result): Result {
    this.#beginImmediate.run();
    this.#depth = 1;
    this.#hasNestedFailure = false;
    try {
      const result = refusePromise(work(this));
      if (this.#hasNestedFailure) throw new Error('database: a nested transaction failed, nothing is committed');
      this.#timed('COMMIT', () => this.#commit.run());
      this.#proveDurability();
      return result;
    } catch (error) {
      // SQLite has already rolled back by itself after SQLITE_FULL and SQLITE_IOERR.
      if (this.#sqlite.inTransaction) this.#rollback.run();
      throw error;
    } finally {
      this.#depth = 0;
    }
  }

  /** In WAL mode some builds fall back to NORMAL at the first write; so it is read back after it, not before. */
  #proveDurability(): void {
    if (this.#isDurabilityProven) return;
    const level = this.#sqlite.pragma('synchronous', { simple: true });
    if (level !== FULL) throw new Error('database: synchronous is not FULL after the first write');
    this.#isDurabilityProven = true;
  }

  #reading(sql: string): Statement {
    const statement = this.#checked(sql);
    if (!statement.readonly) throw new Error('database: a writing statement on a read path');
    return statement;
  }

  #writing(sql: string): Statement {
    if (this.#depth === 0) throw new Error('database: a write outside a transaction');
    return this.#checked(sql);
  }

  #checked(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      // A prepared PRAGMA takes effect while it is prepared, and transactions belong to `transaction`.
      if (/^\s*(pragma|begin|commit|end|rollback|savepoint|release|attach|detach|vacuum)\b/i.test(sql)) {
        throw new Error('database: this kind of statement is not for callers');
      }
      statement = this.#sqlite.prepare(sql);
      if (this.#statements.size >= MAX_CACHED_STATEMENTS) {
        const [oldest] = this.#statements.keys();
        if (oldest !== undefined) this.#statements.delete(oldest);
      }
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #timed<Result>(sql: string, work: () => Result): Result {
    const startedAt = performance.now();
    try {
      return work();
    } finally {
      const milliseconds = performance.now() - startedAt;
      if (milliseconds > SLOW_STATEMENT_MS) {
        this.#log.warn('database.slow', {
          sql: sql.replace(/\s+/g, ' ').trim(),
          milliseconds: Math.round(milliseconds),
        });
      }
    }
  }
}

function refusePromise<Result>(result: Result): Result {
  if (typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function') {
    throw new TypeError('database: a transaction must be synchronous');
  }
  return result;
}
