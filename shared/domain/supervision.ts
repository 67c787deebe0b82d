import { z } from 'zod';
import type { Message } from '../messages/types.ts';

/** What only a supervisor may do. */
export type SupervisorAction = 'override' | 'recoveryKey' | 'connection';

/** By what somebody is known as a supervisor: an account that the policy of the PC names, or the PIN. */
export type SupervisorWay = 'account' | 'pin';

/** The same digit over and over, or digits in a row up or down: the first that anybody tries. */
function isTooSimple(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0)));
  const [only] = steps;
  return steps.size === 1 && (only === 0 || only === 1 || only === -1);
}

/** A PIN that somebody sets. Digits only, so that no keyboard layout is in its way. */
export const SupervisorPin = z
  .string()
  .regex(/^\d{6,12}$/)
  .refine((pin) => !isTooSimple(pin));

/** A PIN as somebody entered it, right or wrong. */
export const EnteredPin = z.string().min(1).max(64);

/** Why somebody may set the PIN: there is none yet, they know it, or they have the vault's recovery key. */
export const PinProof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('first') }),
  z.object({ kind: z.literal('pin'), pin: EnteredPin }),
  z.object({ kind: z.literal('recoveryKey'), recoveryKey: z.string().trim().min(20).max(200) }),
]);
export type PinProof = z.infer<typeof PinProof>;

/**
 * Who is a supervisor on this PC. `operator`: the account that Satchel runs as. `policy`: those whom the policy of the PC
 * names, and the PIN is out of use. `refused`: a policy is there that is not believed or not understood, so nobody is.
 */
export type SupervisionView =
  | { kind: 'policy'; operator: string; isSupervisor: boolean; accounts: string[]; groups: string[] }
  | { kind: 'refused'; operator: string; message: Message }
  | {
      kind: 'pin';
      operator: string;
      isSet: boolean;
      /** Until when no PIN is looked at, because it was wrong too often; null: one is looked at now. */
      untilMs: number | null;
    };

/** Somebody has set a PIN, and it counts. */
export function asksForPin(view: SupervisionView | undefined): boolean {
  return view?.kind === 'pin' && view.isSet;
}

/** Nobody is a supervisor yet: no policy of the PC says who, and no PIN is set. */
export function isUnsupervised(view: SupervisionView | undefined): boolean {
  return view?.kind === 'pin' && !view.isSet;
}
