import { dirname, resolve, sep } from 'node:path';
import { NoAnswer } from '../vault/index.ts';
import type { Answering } from '../vault/index.ts';

interface Look {
  readonly paths: readonly string[];
  readonly folders: ReadonlySet<string>;
  /** Resolves when it has ended, or has said nothing for too long. */
  answered: Promise<unknown>;
}

export type LookAt = <Result>(
  paths: readonly string[],
  work: (goesOn: () => void) => Promise<Result>,
) => Promise<Result>;

/**
 * Runs `work`, which looks at `paths`, as `Answering` does. A look that hangs holds one of the few threads of this process, and the next one
 * at the same place would hold another: it waits for the one under way, and rejects with `NoAnswer` at once while that hangs. The same
 * place: the same folder, or one of the paths lies within the other.
 */
export function createLookAt(answering: Answering): LookAt {
  const underWay = new Set<Look>();

  return async (asked, work) => {
    const paths = asked.map((path) => resolve(path));
    const look: Look = { paths, folders: new Set(paths.map((path) => dirname(path))), answered: Promise.resolve() };
    for (;;) {
      const other = [...underWay].find((one) => isSamePlace(one, look));
      if (other === undefined) break;
      await other.answered;
      if (underWay.has(other)) throw new NoAnswer();
    }
    const result = answering.whileItAnswers(async (goesOn) => {
      try {
        return await work(goesOn);
      } finally {
        underWay.delete(look);
      }
    });
    look.answered = Promise.allSettled([result]);
    underWay.add(look);
    return result;
  };
}

function isSamePlace(one: Look, other: Look): boolean {
  return [...one.folders].some((folder) => other.folders.has(folder)) || isWithin(one, other) || isWithin(other, one);
}

function isWithin({ folders }: Look, { paths }: Look): boolean {
  return [...folders].some((folder) => paths.some((path) => `${folder}${sep}`.startsWith(`${path}${sep}`)));
}
