import { inEnglish } from '../words/index.ts';
import type { Message } from '../../shared/messages/index.ts';

/** Text for people, or one JSON document for programs; progress goes to standard error in JSON mode. */
export interface Output {
  readonly isJson: boolean;
  line(text: string): void;
  message(message: Message): void;
  /** The result of the command: printed as JSON in JSON mode, otherwise by `asText`. */
  result(value: unknown, asText: () => readonly string[]): void;
}

/**
 * Whoever reads may stop before the end (`satchel status | head`). The rest is said to nobody, and the command goes on to its end and its exit code:
 * it may be in the middle of its work.
 */
export function goOnUnread(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(unlessUnread)) stream.on('error', unlessUnread);
  }
}

function unlessUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

export function createOutput(isJson: boolean): Output {
  const line = (text: string): void => {
    (isJson ? process.stderr : process.stdout).write(`${text}\n`);
  };
  return {
    isJson,
    line,
    message: (message) => {
      line(inEnglish(message));
    },
    result: (value, asText) => {
      if (isJson) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
      else for (const text of asText()) line(text);
    },
  };
}
