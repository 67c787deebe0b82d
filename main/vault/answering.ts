/**
 * How long a folder or a file may say nothing. A mount whose server has gone keeps every call, some for ever, and none can be taken
 * back: it holds a thread of this process, which waits for its threads when it exits.
 */
export const ANSWER_LIMIT_MS = 15_000;

/** The time is counted in these parts, so that a PC that slept meanwhile misses one of them and not all. */
const PARTS = 5;

/** A folder or a file has said nothing for too long. */
export class NoAnswer extends Error {
  constructor() {
    super('no answer');
    this.name = 'NoAnswer';
  }
}

/** Calls `run` after `limitMs` in which `goesOn` was not called; `stop` ends that. */
export function afterSilence(limitMs: number, run: () => void): { goesOn(): void; stop(): void } {
  let silentParts = 0;
  const timer = setInterval(() => {
    silentParts += 1;
    if (silentParts < PARTS) return;
    clearInterval(timer);
    run();
  }, limitMs / PARTS);
  return {
    goesOn: () => {
      silentParts = 0;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

export interface Answering {
  /**
   * What `work` answers. Rejects with `NoAnswer` when it neither ends nor calls `goesOn` for the limit; it is left to itself then, so it
   * may only read, or do what does no harm when it ends late.
   */
  whileItAnswers<Result>(work: (goesOn: () => void) => Promise<Result>): Promise<Result>;
  /** Something has not ended, whether somebody still waits for it or not. */
  isHung(): boolean;
}

export function createAnswering(limitMs = ANSWER_LIMIT_MS): Answering {
  let underWay = 0;
  return {
    whileItAnswers: (work) =>
      new Promise((resolve, reject) => {
        const silence = afterSilence(limitMs, () => {
          reject(new NoAnswer());
        });
        underWay += 1;
        void work(() => {
          silence.goesOn();
        })
          .then(resolve, reject)
          .finally(() => {
            underWay -= 1;
            silence.stop();
          });
      }),
    isHung: () => underWay > 0,
  };
}
