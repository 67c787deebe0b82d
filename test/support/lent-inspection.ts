import { createInspection } from '../../main/inspection/index.ts';
import type { InspectionPort } from '../../main/inspection/index.ts';
import { LOOKS_FOLDER, rememberingLooks } from './remembered-looks.ts';

let pool: InspectionPort | undefined;

function openPool(): InspectionPort {
  const real = createInspection({ workers: 1 });
  const folder = process.env[LOOKS_FOLDER];
  return folder === undefined ? real : rememberingLooks(real, folder);
}

/**
 * The real inspection, of which all of a test file have one worker: a new one takes a second of the processor before it is warm. What a run has
 * looked at once it does not look at again (`rememberingLooks`).
 * `close` ends what was asked for through this one, as the real one would: what has not begun is given up. The worker stays until
 * the test file's process ends, so a program that ends by itself needs an inspection of its own.
 */
export function lendInspection(): InspectionPort {
  pool ??= openPool();
  const lender = pool;
  const asked = new Set<Promise<unknown>>();
  let isClosed = false;
  const lent =
    <Job extends { readonly read: () => Promise<Uint8Array> }, Result>(ask: (job: Job) => Promise<Result>) =>
    async (job: Job): Promise<Result> => {
      const read = (): Promise<Uint8Array> =>
        isClosed ? Promise.reject(new Error('this inspection was closed')) : job.read();
      const answer = ask({ ...job, read });
      asked.add(answer);
      try {
        return await answer;
      } finally {
        asked.delete(answer);
      }
    };
  return {
    inspect: lent((job) => lender.inspect(job)),
    preview: lent((job) => lender.preview(job)),
    convert: lent((job) => lender.convert(job)),
    async samplesAsPng(read) {
      return lent(({ read: again }) => lender.samplesAsPng(again))({ read });
    },
    part: lent((job) => lender.part(job)),
    async close() {
      isClosed = true;
      await Promise.allSettled(asked);
    },
  };
}
