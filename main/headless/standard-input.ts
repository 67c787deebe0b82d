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
