/** Starts branches, kills them, and keeps what they were promised: outside of everything that a kill or a cut destroys. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { jpeg } from '../integration/capture/files.ts';
import type { PracticeForTests } from '../support/practice.ts';
import type { Promises } from './checker.ts';

const FILES_AHEAD = 24;
const LONGEST_WAIT_MS = 6_000;
/** Whatever happens, a branch ends. */
const LONGEST_RUN_MS = 120_000;

/**
 * Kills `afterMs` after the `count`-th line that begins with `line`; or `LONGEST_WAIT_MS` after the branch has begun to work,
 * when that line has not come. Only lines count, no time: a slow machine makes the same run, only later.
 */
export interface KillMoment {
  readonly line: string;
  readonly count: number;
  readonly afterMs: number;
}

export interface RunOptions {
  /** The program: `branch.ts` of this folder, or of a copy of the sources with a mistake in it. */
  readonly program: string;
  readonly kill?: KillMoment;
  /**
   * What happens at that moment; left out: the branch is killed. It has to be dead soon after. What it says from then on
   * promises nothing: on a real PC nobody would be there to hear it.
   */
  readonly strike?: (kill: () => void) => void;
  readonly customers?: number;
  readonly patienceMs?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Command line in front of Node, e.g. strace with its options. */
  readonly before?: readonly string[];
  readonly onLine?: (line: string) => void;
}

export interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  /** What was under way at the end. */
  readonly phase: Phase;
  readonly errors: string;
  readonly lastLine: string;
}

export type Phase = 'start' | 'import' | 'release' | 'upload' | 'token' | 'call' | 'between';

/** Small pictures, all different, made once per process. */
const pictures = new Map<number, Promise<Buffer>>();
export function picture(number: number): Promise<Buffer> {
  const known = pictures.get(number);
  if (known !== undefined) return known;
  const made = jpeg({ width: 320, height: 240, seed: 10_000 + number });
  pictures.set(number, made);
  return made;
}

export class Branch implements Promises {
  readonly profile: string;
  readonly inbox: string;
  readonly pages = new Map<string, string>();
  readonly released = new Set<string>();
  readonly shown = new Map<string, string>();
  readonly refusals: string[] = [];
  readonly #practice: PracticeForTests;
  readonly #hashes = new Map<number, string>();
  #nextFile: number;

  /** `folder` for the inbox; the profile may lie elsewhere. Numbers of files start at `firstFile`. */
  constructor(options: { folder: string; profile?: string; practice: PracticeForTests; firstFile?: number }) {
    this.profile = options.profile ?? join(options.folder, 'profile');
    this.inbox = join(options.folder, 'inbox');
    this.#practice = options.practice;
    this.#nextFile = options.firstFile ?? 0;
  }

  get nextFile(): number {
    return this.#nextFile;
  }

  /** There are always some files ahead of the branch, all different. */
  async #fillInbox(): Promise<void> {
    await mkdir(this.inbox, { recursive: true });
    for (let number = this.#nextFile; number < this.#nextFile + FILES_AHEAD; number += 1) {
      if (this.#hashes.has(number)) continue;
      const bytes = await picture(number);
      this.#hashes.set(number, createHash('sha256').update(bytes).digest('hex'));
      await writeFile(join(this.inbox, `${number}.jpg`), bytes);
    }
  }

  /** Starts the branch, and notes what it was promised until it is gone. */
  async run(options: RunOptions): Promise<Ended> {
    await this.#fillInbox();
    const command = [
      ...(options.before ?? []),
      process.execPath,
      options.program,
      '--profile',
      this.profile,
      '--inbox',
      this.inbox,
      '--origin',
      this.#practice.server.origin,
      '--first',
      String(this.#nextFile),
      '--customers',
      String(options.customers ?? 0),
      '--patience',
      String(options.patienceMs ?? 20_000),
    ];
    const [program = '', ...parameters] = command;
    const child = spawn(program, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.environment },
    });
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    const gone = new Promise<{ signal: NodeJS.Signals | null; code: number | null }>((resolve) => {
      child.once('exit', (code, signal) => {
        resolve({ code, signal });
      });
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = `${errors}${text}`.slice(-20_000);
    });
    const timers = [setTimeout(kill, LONGEST_RUN_MS)];
    const phase = new PhaseOf();
    let seen = 0;
    let lastLine = '';
    let taken = this.#nextFile - 1;
    let isStruck = false;
    const strike = (): void => {
      if (isStruck) return;
      isStruck = true;
      if (options.strike === undefined) kill();
      else options.strike(kill);
    };
    for await (const line of createInterface({ input: child.stdout })) {
      options.onLine?.(line);
      lastLine = line;
      if (options.kill !== undefined && line === 'STARTED') timers.push(setTimeout(strike, LONGEST_WAIT_MS));
      if (options.kill !== undefined && line.startsWith(options.kill.line)) {
        seen += 1;
        if (seen === options.kill.count) timers.push(setTimeout(strike, options.kill.afterMs));
      }
      phase.take(line);
      const [word, first = '', second = ''] = line.split(' ');
      if (word === 'TAKE') taken = Number(first);
      if (isStruck) continue;
      if (word === 'PAGE') this.pages.set(second, this.#hashes.get(Number(first)) ?? '');
      if (word === 'RELEASED') this.released.add(first);
      if (word === 'SHOWN') this.shown.set(first, second);
      if (word === 'REFUSED') this.refusals.push(second);
    }
    const { signal, code } = await gone;
    for (const timer of timers) clearTimeout(timer);
    // Whole customers only: an odd file belongs to one that was cut short.
    this.#nextFile = Math.ceil((taken + 1) / 2) * 2;
    return { signal, code, phase: phase.now, errors, lastLine };
  }

  /** Files that a test hands over by another way than the branch. Answers their paths and hashes. */
  async takeFiles(count: number): Promise<{ path: string; sha256: string }[]> {
    await this.#fillInbox();
    const found = Array.from({ length: count }, (_, index) => {
      const number = this.#nextFile + index;
      return { path: join(this.inbox, `${number}.jpg`), sha256: this.#hashes.get(number) ?? '' };
    });
    this.#nextFile += count + (count % 2);
    return found;
  }
}

/** What is under way, by the lines so far: the most telling of everything that is. */
class PhaseOf {
  #isStarted = false;
  #isTaking = false;
  #isReleasing = false;
  readonly #calls: string[] = [];

  take(line: string): void {
    const [word, first = '', second = ''] = line.split(' ');
    if (word === 'STARTED') this.#isStarted = true;
    if (word === 'TAKE') this.#isTaking = true;
    if (word === 'PAGE' || word === 'REFUSED') this.#isTaking = false;
    if (word === 'RELEASING') this.#isReleasing = true;
    if (word === 'RELEASED') this.#isReleasing = false;
    if (word === 'CALL') this.#calls.push(second);
    if (word === 'ANSWERED') this.#calls.splice(this.#calls.indexOf(first), 1);
  }

  get now(): Phase {
    if (!this.#isStarted) return 'start';
    if (this.#isReleasing) return 'release';
    if (this.#calls.some((path) => path.endsWith('/api-basic-auth'))) return 'token';
    if (this.#calls.some((path) => /\/api-document-upload|\/document\/generics/.test(path))) return 'upload';
    if (this.#isTaking) return 'import';
    return this.#calls.length > 0 ? 'call' : 'between';
  }
}
