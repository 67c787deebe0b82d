import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Files that share one fsync of their directory at most; more would only make the first of them wait longer. */
const GROUP_SIZE = 24;
const LONGEST_WAIT_MS = 100;

interface Waiter {
  readonly directory: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes names durable, many at once. Files that are renamed within a moment of each other share one fsync of their
 * directory: a group is closed when it is large enough, when nothing else is on its way (a single file never waits), or
 * after a short while.
 */
export class DirectorySync {
  readonly #isMoreComing: (waiting: number) => boolean;
  #waiting: Waiter[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** `isMoreComing` is told how many wait here and says whether other files are still being written. */
  constructor(isMoreComing: (waiting: number) => boolean) {
    this.#isMoreComing = isMoreComing;
  }

  /** Resolves when every name that the directory has now is on the disk. */
  sync(directory: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ directory, resolve, reject });
      this.reconsider();
    });
  }

  /** To be called when a file that was on its way will not come. */
  reconsider(): void {
    if (this.#waiting.length === 0) return;
    if (this.#waiting.length >= GROUP_SIZE || !this.#isMoreComing(this.#waiting.length)) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), LONGEST_WAIT_MS);
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const group = Map.groupBy(this.#waiting, (waiter) => waiter.directory);
    this.#waiting = [];
    for (const [directory, waiters] of group) void syncFor(directory, waiters);
  }
}

async function syncFor(directory: string, waiters: readonly Waiter[]): Promise<void> {
  try {
    await syncDirectory(directory);
    for (const waiter of waiters) waiter.resolve();
  } catch (error) {
    for (const waiter of waiters) waiter.reject(error);
  }
}

/** Windows has no such call and needs none. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Also when it is there already: whoever made it may have died before its name was on the disk. With missing parents. Node's own `recursive` calls
 * a read-only disk ENOENT, so it is done step by step.
 */
export async function makeDirectoryDurably(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'EEXIST') {
      if (code !== 'ENOENT' || dirname(directory) === directory) throw error;
      await makeDirectoryDurably(dirname(directory));
      await mkdir(directory, { mode: 0o700 });
    }
  }
  await syncDirectory(dirname(directory));
}
