import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { IngestedFile, IngestJob, RoomAnswer, WorkerAnswer, WorkerSettings } from './protocol.ts';
import { afterSilence } from './answering.ts';
import { asError, asFailure } from './ingest.ts';
import { IngestError } from './types.ts';

/** Enough to read the next file while the last ones wait for their fsync, few enough to share the files fairly. */
const JOBS_PER_WORKER = 4;

interface Task {
  job: IngestJob;
  readonly room: (byteLength: number) => Promise<void>;
  readonly resolve: (stored: IngestedFile) => void;
  readonly reject: (error: unknown) => void;
  /** A worker died while it had this file. The second time the file is given up. */
  hasFailedOnce: boolean;
}

interface Member {
  readonly worker: Worker;
  readonly tasks: Map<number, Task>;
  /** While it has tasks: gives it up when it says nothing any more. */
  silence: ReturnType<typeof afterSilence> | null;
}

/** Workers that take files in. They start when there is work and do not keep the process alive without it. */
export class WorkerPool {
  readonly #url: URL;
  readonly #settings: WorkerSettings;
  readonly #size: number;
  readonly #limitMs: number;
  /** Workers whose source has stopped answering. Such a thread cannot be ended from outside. */
  readonly #lost = new Set<Member>();
  readonly #members: Member[] = [];
  readonly #waiting: Task[] = [];
  #isClosed = false;

  constructor(url: URL, settings: WorkerSettings, { size, limitMs }: { size: number; limitMs: number }) {
    this.#url = url;
    this.#settings = settings;
    this.#size = size;
    this.#limitMs = limitMs;
  }

  /** A worker waits for a source that does not answer. */
  isHung(): boolean {
    return this.#lost.size > 0;
  }

  /** `room`: called when the size of a file is known, and again when it is taken once more; rejects when there is no room for it. */
  run(job: IngestJob, room: (byteLength: number) => Promise<void>): Promise<IngestedFile> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, room, resolve, reject, hasFailedOnce: false });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#members.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#waiting.length > 0 && !this.#isClosed) {
      const member = this.#leastBusy();
      if (member === null) return;
      const task = this.#waiting.shift();
      if (task === undefined) return;
      member.tasks.set(task.job.id, task);
      member.worker.ref();
      member.silence ??= afterSilence(this.#limitMs, () => {
        this.#lose(member);
      });
      // The page key is copied, not transferred: after a worker's death the job is given to another one.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      member.worker.postMessage(task.job);
    }
  }

  #leastBusy(): Member | null {
    let best: Member | null = null;
    for (const member of this.#members) {
      if (best === null || member.tasks.size < best.tasks.size) best = member;
    }
    if (best !== null && best.tasks.size === 0) return best;
    if (this.#members.length < this.#size) return this.#start();
    return best !== null && best.tasks.size < JOBS_PER_WORKER ? best : null;
  }

  #start(): Member {
    const worker = new Worker(this.#url, { workerData: this.#settings, execArgv: [], name: 'vault' });
    const member: Member = { worker, tasks: new Map(), silence: null };
    this.#members.push(member);
    worker.on('message', (answer: WorkerAnswer) => {
      this.#settle(member, answer);
    });
    // An uncaught error is followed by the exit.
    worker.on('error', () => {});
    worker.on('exit', () => {
      member.silence?.stop();
      if (!this.#lost.delete(member)) this.#replace(member);
    });
    return member;
  }

  #settle(member: Member, answer: WorkerAnswer): void {
    member.silence?.goesOn();
    if (answer.kind === 'goesOn') return;
    const task = member.tasks.get(answer.id);
    if (task === undefined) return;
    if (answer.kind === 'needs') {
      void answerRoom(member, task, answer.byteLength);
      return;
    }
    member.tasks.delete(answer.id);
    if (member.tasks.size === 0) {
      member.worker.unref();
      member.silence?.stop();
      member.silence = null;
    }
    task.job.pageKey.fill(0);
    if (answer.kind === 'stored') task.resolve(answer.stored);
    else task.reject(asError(answer.failure));
    this.#dispatch();
  }

  /**
   * Its files are given up, and those that wait beside them: they would hold the next worker. Should it still end one, no row names what it
   * stored, and the sweep of the next start removes it. What is in memory has only shared the worker and is taken by another one.
   */
  #lose(member: Member): void {
    this.#members.splice(this.#members.indexOf(member), 1);
    this.#lost.add(member);
    member.worker.unref();
    const tasks = [...member.tasks.values()];
    member.tasks.clear();
    const silent = new Set(tasks.flatMap((task) => folderOf(task) ?? []));
    const isSilent = (task: Task): boolean => silent.has(folderOf(task) ?? '');
    for (const task of [...tasks, ...this.#waiting.splice(0)]) {
      if (isSilent(task)) giveUp(task, new IngestError('no_answer'));
      else if (tasks.includes(task)) this.#takeAgain(task, silent.size === 0);
      else this.#waiting.push(task);
    }
    // Ends it should its source answer after all.
    void member.worker.terminate();
    this.#dispatch();
  }

  #replace(dead: Member): void {
    this.#members.splice(this.#members.indexOf(dead), 1);
    for (const task of dead.tasks.values()) this.#takeAgain(task, true);
    dead.tasks.clear();
    this.#dispatch();
  }

  /** `isCounted`: it may have been at fault itself, so that it is given up the second time. */
  #takeAgain(task: Task, isCounted: boolean): void {
    if (task.hasFailedOnce || this.#isClosed) {
      giveUp(task, new IngestError('disk_error', null, { cause: new Error('vault: the worker ended') }));
      return;
    }
    task.hasFailedOnce = isCounted;
    // A worker that was given up may still hold the temporary file, and remove it.
    task.job = { ...task.job, temporaryFile: `${task.job.temporaryFile}+` };
    this.#waiting.unshift(task);
  }
}

/** Where the file of a task lies; null when its bytes are in memory. */
function folderOf({ job: { source } }: Task): string | null {
  return 'path' in source ? dirname(source.path) : null;
}

function giveUp(task: Task, error: IngestError): void {
  task.job.pageKey.fill(0);
  task.reject(error);
}

async function answerRoom({ worker }: Member, { job, room }: Task, byteLength: number): Promise<void> {
  const answer: RoomAnswer = await room(byteLength).then(
    () => ({ roomFor: job.id, failure: null }),
    (error: unknown) => ({ roomFor: job.id, failure: asFailure(error) }),
  );
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
  worker.postMessage(answer);
}
