import { z } from 'zod';
import { SupervisorPin, asksForPin } from '../../../shared/domain/index.ts';
import type { PinProof } from '../../../shared/domain/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Services } from '../../app/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { readSecrets } from '../standard-input.ts';
import { withServices } from './with-services.ts';

const PIN_QUESTION = 'Supervisor PIN (not shown)';

/** The supervisor's PIN from standard input, for what only a supervisor may do; null where none is set, or none came. */
export async function readSupervisorPin(services: Services): Promise<string | null> {
  if (!asksForPin(await services.supervision.view())) return null;
  const [pin = ''] = await readSecrets([PIN_QUESTION]);
  return pin === '' ? null : pin;
}

export const PinOptions = z.object({ recoveryKey: z.boolean().default(false) });

/** How somebody shows that they may set the PIN, from what they entered. */
function proofOf(kind: PinProof['kind'], secret: string): PinProof {
  if (kind === 'first') return { kind };
  if (secret === '') {
    const code = kind === 'pin' ? 'supervision.pinWanted' : 'recovery.malformed';
    throw new SatchelFailure({ code: 'not_allowed', message: { code } });
  }
  return kind === 'pin' ? { kind, pin: secret } : { kind, recoveryKey: secret };
}

const PROOF_QUESTIONS: Readonly<Record<PinProof['kind'], readonly string[]>> = {
  first: [],
  pin: ['Present PIN (not shown)'],
  recoveryKey: ['Recovery key (not shown)'],
};

/**
 * Sets the supervisor's PIN, the first one or another: by the rules of the window, wrong ones cost the same time. A person at a
 * terminal enters the new one twice.
 */
export function setSupervisorPin(
  { profile, output }: Invocation,
  { recoveryKey }: z.infer<typeof PinOptions>,
): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const kind = recoveryKey ? 'recoveryKey' : services.supervision.hasPin() ? 'pin' : 'first';
    const proofs = PROOF_QUESTIONS[kind];
    const again = process.stdin.isTTY ? ['New PIN once more (not shown)'] : [];
    const answers = await readSecrets([...proofs, 'New PIN, 6 to 12 digits (not shown)', ...again]);
    const [pin = '', ...repeated] = answers.slice(proofs.length);
    if (!SupervisorPin.safeParse(pin).success) {
      throw new SatchelFailure({ code: 'invalid_input', message: { code: 'supervision.pinForm' } });
    }
    if (repeated.some((other) => other !== pin)) {
      throw new SatchelFailure({ code: 'invalid_input', message: { code: 'supervision.pinsDiffer' } });
    }
    await services.supervision.setPin(pin, proofOf(kind, answers[0] ?? ''));
    output.line('The supervisor PIN is set.');
    return EXIT.ok;
  });
}
