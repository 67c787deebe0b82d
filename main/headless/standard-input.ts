import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { z } from 'zod';

/**
 * A secret from standard input: everything that a pipe or a file brings, or the line that a person types at a terminal, where
 * `question` is asked and nothing of the answer is shown. Never an argument, which other programs can read.
 */
export async function readSecret(question: string): Promise<string> {
  if (process.stdin.isTTY) return typed(question);
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(z.instanceof(Buffer).parse(piece));
  return Buffer.concat(pieces).toString('utf8');
}

/**
 * Several secrets, in the order of the questions: a line each of what a pipe brings, or one after the other at a terminal. '' for what
 * does not come.
 */
export async function readSecrets(questions: readonly string[]): Promise<string[]> {
  if (!process.stdin.isTTY) {
    const lines = (await readSecret('')).split('\n').map((line) => line.trim());
    return questions.map((_question, index) => lines[index] ?? '');
  }
  const answers: string[] = [];
  for (const question of questions) answers.push((await typed(question)).trim());
  return answers;
}

function typed(question: string): Promise<string> {
  const nowhere = new Writable({
    write: (_text, _encoding, done) => {
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // Only now does the terminal show nothing any more.
  process.stderr.write(`${question}: `);
  return new Promise((resolve) => {
    reader.once('line', (text) => {
      resolve(text);
      reader.close();
    });
    reader.once('SIGINT', () => {
      reader.close();
      process.kill(process.pid, 'SIGINT');
    });
    reader.once('close', () => {
      process.stderr.write('\n');
      // The end of the input without a line (Ctrl+D) is no answer.
      resolve('');
    });
  });
}
