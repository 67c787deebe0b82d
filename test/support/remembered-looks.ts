import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { InspectionPort, LookJob } from '../../main/inspection/index.ts';

/** Names the folder in which a run remembers what it has looked at; unset outside of a run. */
export const LOOKS_FOLDER = 'SATCHEL_TEST_LOOKS';

/** Another worker of the run may have answered meanwhile: one file takes the other's place whole. */
async function keep(file: string, ask: () => Promise<unknown>): Promise<Buffer> {
  const answer = serialize(await ask());
  const half = `${file}.${randomUUID()}`;
  writeFileSync(half, answer);
  renameSync(half, file);
  return answer;
}

/**
 * The same inspection, which is asked once in a run for the same bytes and the same job: most suites need pages that were looked at, the same
 * specimens again and again, and are about something else. What it answers then stands in `folder`, which begins empty with every run, so nothing is
 * older than the code that said it. A job's `read` is called as ever. Each answer is a copy of its own.
 */
export function rememberingLooks(port: InspectionPort, folder: string): InspectionPort {
  mkdirSync(folder, { recursive: true });
  const underWay = new Map<string, Promise<Buffer>>();

  async function once<Result>(what: unknown, bytes: Uint8Array, ask: () => Promise<Result>): Promise<Result> {
    // The century of a zone's dates follows from the day.
    const day = new Date().toISOString().slice(0, 10);
    const name = createHash('sha256')
      .update(JSON.stringify([what, day]))
      .update(bytes)
      .digest('hex');
    const file = join(folder, name);
    let answer = underWay.get(file) ?? known(file);
    if (answer === null) {
      answer = keep(file, ask);
      underWay.set(file, answer);
    }
    try {
      // What comes out lies in the bytes that went in. It is what `ask` gave to this very module, in this run.
      // oxlint-disable-next-line typescript/no-unsafe-assignment
      const copy: Result = deserialize(Buffer.from(await answer));
      return copy;
    } finally {
      underWay.delete(file);
    }
  }

  return {
    async inspect(job: LookJob) {
      const { mediaType, onThumbnail } = job;
      const bytes = await job.read();
      let isShown = false;
      const { early, seen } = await once(['inspect', mediaType], bytes, async () => {
        const shown: { early: Uint8Array | null } = { early: null };
        const answer = await port.inspect({
          ...job,
          ...given(bytes),
          onThumbnail: (thumbnail) => {
            shown.early = thumbnail;
            isShown = true;
            onThumbnail?.(thumbnail);
          },
        });
        return { ...shown, seen: answer };
      });
      if (early !== null && !isShown) onThumbnail?.(early);
      return seen;
    },
    async preview(job) {
      const { read, ...what } = job;
      const bytes = await read();
      return once(['preview', what], bytes, () => port.preview({ ...job, ...given(bytes) }));
    },
    async convert(job) {
      const { read, ...what } = job;
      const bytes = await read();
      return once(['convert', what], bytes, () => port.convert({ ...job, ...given(bytes) }));
    },
    async samplesAsPng(read) {
      const bytes = await read();
      return once(['samplesAsPng'], bytes, () => port.samplesAsPng(given(bytes).read));
    },
    async part(job) {
      const { read, ...what } = job;
      const bytes = await read();
      return once(['part', what], bytes, () => port.part({ ...job, ...given(bytes) }));
    },
    close: () => port.close(),
  };
}

/** What a job reads, once it was read: for as often as it is asked for. */
function given(bytes: Uint8Array): Pick<LookJob, 'read' | 'givesAway'> {
  return { read: () => Promise.resolve(bytes), givesAway: false };
}

function known(file: string): Promise<Buffer> | null {
  try {
    return Promise.resolve(readFileSync(file));
  } catch {
    return null;
  }
}
