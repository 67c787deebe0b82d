import { spawn } from 'node:child_process';
import type { z } from 'zod';

/** No side of a run takes nearly as long; a program that hangs must not hold the others. */
const LIMIT_MS = 120_000;

/**
 * Runs a program to its end and answers what it wrote to standard output. Rejects with its last words when it fails, so
 * that a broken side of a benchmark is never taken for a fast one.
 */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
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
): Promise<z.infer<Schema>> {
  return schema.parse(JSON.parse(await run(process.execPath, childArguments(name, input))));
}
