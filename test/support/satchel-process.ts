/** Satchel's command line in processes of its own, and what they print. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** `npm test` has built it before. By itself a suite takes the sources, which are never older than themselves. */
const PROGRAM =
  process.env['SATCHEL_TEST_BUILT'] === '1'
    ? [join(import.meta.dirname, 'compiled-satchel.ts'), join(ROOT, 'dist', 'main', 'satchel.js')]
    : [join(ROOT, 'scripts', 'run.mjs'), 'satchel'];

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Starts a program with pipes to it. Not `spawnSync`: a practice server in the test's process has to answer meanwhile.
 * `env` is added to the environment of the test.
 */
export function startProcess(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
}

/** The command line with these arguments. */
export function startSatchel(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return startProcess(process.execPath, [...PROGRAM, ...args], env);
}

/** Gives it `input`, which ends there, and waits for its end. */
export function ended(child: ChildProcess, input = ''): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin?.end(input);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

/** The command line on this profile, from start to end. */
export function satchel(profile: string, ...args: string[]): Promise<Ended> {
  return ended(startSatchel(['--profile', profile, ...args]));
}
