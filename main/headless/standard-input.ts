import { z } from 'zod';

/** Everything on standard input as text. Credentials come this way and never as an argument, which others can read. */
export async function readStandardInput(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(z.instanceof(Buffer).parse(piece));
  return Buffer.concat(pieces).toString('utf8');
}
