import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';

/** Unless told otherwise: no side of a run takes nearly as long, and a program that hangs must not hold the others. */
const LIMIT_MS = 120_000;

/**
 * Runs a program to its end and answers what it wrote to standard output. Rejects with its last words when it fails, so
 * that a broken side of a benchmark is never taken for a fast one.
 */
export function run(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
  limitMs = LIMIT_MS,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    let output = '';
    let errors = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else {
        const ending = code ?? signal ?? '?';
        reject(new Error(`bench: ${command} ${args[0] ?? ''} ended with ${ending}: ${errors.slice(-600)}`));
      }
    });
  });
}

/** The arguments that start one of the programs of this folder in a fresh Node. */
export function childArguments(name: string, input: unknown): string[] {
  return ['--no-warnings', new URL(`${name}.ts`, import.meta.url).pathname, JSON.stringify(input)];
}

/** Runs one of the programs of this folder and parses the JSON that it prints. */
export async function runChild<Schema extends z.ZodType>(
  name: string,
  input: unknown,
  schema: Schema,
  limitMs = LIMIT_MS,
): Promise<z.infer<Schema>> {
  return schema.parse(JSON.parse(await run(process.execPath, childArguments(name, input), {}, limitMs)));
}

/** How often a program of this folder calls fsync or fdatasync, with all its threads. Needs strace. */
export async function fsyncsOf(name: string, input: unknown): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-bench-trace-'));
  const trace = join(folder, 'trace');
  try {
    const command = [process.execPath, ...childArguments(name, input)];
    await run('strace', ['-f', '-c', '-o', trace, '-e', 'trace=fsync,fdatasync', ...command]);
    return readFileSync(trace, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns.at(-1) === 'fsync' || columns.at(-1) === 'fdatasync')
      .reduce((sum, columns) => sum + Number(columns[3]), 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
