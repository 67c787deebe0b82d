// A row's shape is the caller's claim and stands only in the answer.
// oxlint-disable typescript/no-unnecessary-type-parameters
/** Values that SQLite takes and gives. Booleans travel as 0 and 1. */
export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlParameters = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

/**
 * A handle for reading. A different type from the writable one, so that a write on a read path does not compile; a
 * statement that writes is refused at run time as well. Statements are cached by their text.
 */
export interface ReadableDatabase {
  /** First row or undefined. `Row` is the caller's claim about the columns it named. */
  get<Row extends object>(sql: string, parameters?: SqlParameters): Row | undefined;
  all<Row extends object>(sql: string, parameters?: SqlParameters): Row[];
  iterate<Row extends object>(sql: string, parameters?: SqlParameters): IterableIterator<Row>;
}

/** A handle for writing; one exists per process. Every write goes through `transaction`. */
export interface WritableDatabase extends ReadableDatabase {
  run(sql: string, parameters?: SqlParameters): { changes: number };
  /** First row of a writing statement with RETURNING, or undefined. */
  runReturning<Row extends object>(sql: string, parameters?: SqlParameters): Row | undefined;
  /**
   * Runs `work` in BEGIN IMMEDIATE … COMMIT with synchronous=FULL: when it returns, it is on the disk. Nested calls join
   * the outer transaction. `work` must be synchronous; a promise is refused and rolled back. When the disk is full and
   * room could be made, `work` is run a second time.
   */
  transaction<Result>(work: (db: WritableDatabase) => Result): Result;
}

/** What a migration may use: everything runs inside one transaction that also sets `user_version`. */
export interface MigrationDatabase extends WritableDatabase {
  exec(sql: string): void;
}

/** One step of the schema. Once shipped it is frozen. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  up(db: MigrationDatabase): void;
}
