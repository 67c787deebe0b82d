import type { Message } from '../../shared/messages/index.ts';

/** Faults of the line whose sentences promise the next attempt, as is true of what waits in the outbox. */
const PROMISES_ANOTHER: ReadonlySet<string> = new Set([
  'network.reset',
  'network.silence',
  'network.truncated',
  'network.tooLarge',
  'network.other',
  'network.aborted',
]);

/** Why a question that a person asked came to nothing. Nobody but they can ask it again. */
export function askedOnce(message: Message): Message {
  return PROMISES_ANOTHER.has(message.code) ? { code: 'app.askUnanswered' } : message;
}
