import { z } from 'zod';
import { Reason } from '../../../shared/ipc/index.ts';
import type { Services } from '../../app/index.ts';
import { inEnglish } from '../../words/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { withServices } from './with-services.ts';
import { findSubmission } from './work.ts';

/** What a person does to one submission, of which it says where it is afterwards. Nothing is sent meanwhile. */
function corrected(
  { profile, output }: Invocation,
  name: string,
  correct: (capture: Services['capture'], submissionId: string) => void,
): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services: { capture }, services }) => {
    const submissionId = await findSubmission(services, name);
    correct(capture, submissionId);
    const { reference, state, explanation } = capture.submission(submissionId);
    output.result({ submissionId, state }, () => [`${reference || submissionId}: ${inEnglish(explanation)}`]);
    return EXIT.ok;
  });
}

/** Takes a submission back that was not sent whole: it is ready again, under the flow as it is now, until the next release. */
export function takeBack(invocation: Invocation, _options: unknown, name = ''): Promise<number> {
  return corrected(invocation, name, (capture, submissionId) => {
    capture.takeBack(submissionId);
  });
}

/** Options of `void`. */
export const VoidOptions = z.object({ reason: Reason });

/** Ends a submission without a decision, for a reason that stands in the ledger. */
export function voidSubmission(
  invocation: Invocation,
  { reason }: z.output<typeof VoidOptions>,
  name = '',
): Promise<number> {
  return corrected(invocation, name, (capture, submissionId) => {
    capture.voidSubmission(submissionId, reason);
  });
}
