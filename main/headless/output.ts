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
