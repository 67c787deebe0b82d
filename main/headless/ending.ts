/** What this process still waits for when its command has ended: see `endProcess`. */
let isHeld = false;

/** A call to a share that does not answer holds a thread of this process. */
export function processIsHeld(): void {
  isHeld = true;
}

/**
 * Ends the process with this exit code. `process.exit` waits for every thread, and one that a dead share holds never ends, so the process
 * becomes another one that ends at once (POSIX keeps the exit code so), or is ended from outside (Windows: exit code 1). Everything is
 * closed and on the disk by then.
 */
export function endProcess(exitCode: number): void {
  process.exitCode = exitCode;
  if (!isHeld) return;
  if (process.platform !== 'win32' && process.execve !== undefined) {
    process.execve('/bin/sh', ['sh', '-c', `exit ${exitCode}`], {});
  }
  process.kill(process.pid, 'SIGKILL');
}
