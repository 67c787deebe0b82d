import { SatchelFailure } from '../../shared/util/failure.ts';
import type { CancelReply } from '../outbox/index.ts';

/** What was asked does not go together with how things are now. `code`: of the message that says so. */
export const conflict = (code: string): SatchelFailure => new SatchelFailure({ code: 'conflict', message: { code } });

/** What a person wanted to end while something of the submission is under way, and why that cannot be called off. */
export function notCalledOff(
  because: Extract<CancelReply, { kind: 'refused' }>['because'],
  wanted: 'takeBack' | 'void',
): SatchelFailure {
  if (because === 'being_asked') return conflict('capture.beingAsked');
  return conflict(`capture.${wanted}While${because === 'in_flight' ? 'Sending' : 'Unknown'}`);
}
