import type { Failure } from '../ipc/contract.ts';

/**
 * An error that a person can do something about. Services throw it; the door of the window and the command line turn it
 * into words. Its text is the code only, so that nothing personal reaches a log through a stack trace.
 */
export class SatchelFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.code}: ${failure.message.code}`, options);
    this.name = 'SatchelFailure';
    this.failure = failure;
  }
}

/** The database or the system found no room for a write. What was stored before is safe, and reading goes on. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(String(error.code));
}

/** The database did not take a write or could not be read: a fault of the disk that may pass, not one of the work. */
export function isDatabaseFault(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY)/.test(String(error.code))
  );
}
