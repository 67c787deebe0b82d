import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { PRACTICE_SWITCHES, problemOf, SWITCH_NAMES } from '../../main/practice/index.ts';
import { reasonOf } from './reasons.ts';

export type Switches = Readonly<Record<string, string | number>>;

/** The file cannot be used; the message says which switch, and what it may be. */
export class SwitchFileProblem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'SwitchFileProblem';
  }
}

const Values = z.record(z.string(), z.unknown(), {
  error: 'a switch file is one JSON object, for example {"persona.submitTwice": "422"}',
});
const Switchable = z.record(z.string(), z.union([z.string(), z.number()]));

/** Every switch with its assumed value: the file to begin with. */
export function exampleSwitches(): string {
  return `${JSON.stringify(Object.fromEntries(SWITCH_NAMES.map((name) => [name, PRACTICE_SWITCHES[name].default])), null, 2)}\n`;
}

/** Writes the example; throws `SwitchFileProblem` when there is a file already, which stays as it is. */
export async function writeExample(file: string): Promise<void> {
  await writeFile(file, exampleSwitches(), { flag: 'wx' }).catch((error: unknown) => {
    throw new SwitchFileProblem(`${file} was not written: ${reasonOf(error, 'its folder is not there')}`);
  });
}

/** The switches that a file sets. Throws `SwitchFileProblem` with every problem that it has, a line each. */
export async function readSwitches(file: string): Promise<Switches> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SwitchFileProblem(`${file} cannot be read: ${reasonOf(error, 'it is not there')}`);
  });
  const parsed = Values.safeParse(jsonOf(file, text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => [...path.map(String), message].join(': '));
    throw new SwitchFileProblem(lines(file, problems));
  }
  const problems = Object.entries(parsed.data).flatMap(([name, value]) => problemOf(name, value) ?? []);
  if (problems.length > 0) throw new SwitchFileProblem(lines(file, problems));
  return Switchable.parse(parsed.data);
}

/** Windows' editors begin a file with a mark that JSON does not know. */
const BYTE_ORDER_MARK = /^\uFEFF/;

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(BYTE_ORDER_MARK, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : 'unreadable';
    throw new SwitchFileProblem(`${file} is not JSON: ${why}`);
  }
}

function lines(file: string, problems: readonly string[]): string {
  return problems.map((problem) => `${file}: ${problem}`).join('\n');
}

const LOOK_EVERY_MS = 400;

/**
 * Looks at the file again and again (a watcher loses a file that an editor replaces) and hands over what it sets whenever that
 * changes; a switch that is taken out of it goes back to the assumed value. A file with a problem changes nothing. Answers what
 * ends it.
 */
export function followSwitches(
  file: string,
  first: Switches,
  does: { apply(switches: Switches): Promise<void>; refuse(problem: string): void },
): () => void {
  let current = first;
  let lastProblem = '';
  let isLooking = false;
  const look = async (): Promise<void> => {
    try {
      const wanted = await readSwitches(file);
      lastProblem = '';
      if (JSON.stringify(wanted) === JSON.stringify(current)) return;
      await does.apply({ ...assumedOf(current), ...wanted });
      current = wanted;
    } catch (error) {
      if (!(error instanceof SwitchFileProblem)) throw error;
      // Said once, not every time it is looked at.
      if (error.message !== lastProblem) does.refuse(error.message);
      lastProblem = error.message;
    }
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
    });
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
  };
}

function assumedOf(switches: Switches): Switches {
  return Object.fromEntries(
    SWITCH_NAMES.filter((name) => Object.hasOwn(switches, name)).map((name) => [name, PRACTICE_SWITCHES[name].default]),
  );
}
