import { z } from 'zod';
import type { SubmissionDetail } from '../../../shared/domain/index.ts';
import { RecordId } from '../../../shared/ipc/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Services } from '../../app/index.ts';
import { inEnglish } from '../../words/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { withServices } from './with-services.ts';

/** At most one of them; none: only says what is asked. */
export const Decision = z
  .object({
    retry: z.boolean().default(false),
    arrived: z.boolean().default(false),
    notArrived: z.boolean().default(false),
    leave: z.boolean().default(false),
    record: RecordId.optional(),
  })
  .refine(
    ({ retry, arrived, notArrived, leave, record }) =>
      [retry, arrived, notArrived, leave, record !== undefined].filter(Boolean).length <= 1,
    {
      message: 'one of --retry, --arrived, --not-arrived, --leave and --record',
    },
  );

const OPTION = {
  retry: '--retry',
  confirm_delivered: '--arrived',
  send_again: '--not-arrived',
  leave: '--leave',
  confirm_record: '--record <id that the provider’s dashboard shows>',
} as const;

/**
 * What only a person can decide about a submission: without an option it says what is asked and which answers there are
 * (exit code 4), with one it decides. `--record` reads the record at the provider first.
 */
export function decide(
  { profile, output }: Invocation,
  options: z.output<typeof Decision>,
  name = '',
): Promise<number> {
  return withServices(profile, { isStarted: options.record !== undefined }, async ({ services }) => {
    const submission = await findSubmission(services, name);
    const { attention } = submission;
    if (attention === null || attention.choices.length === 0) {
      throw new SatchelFailure({ code: 'conflict', message: { code: 'app.nothingToDecide' } });
    }
    const { choices, doubt } = attention;
    const choice = options.retry
      ? 'retry'
      : options.arrived
        ? 'confirm_delivered'
        : options.notArrived
          ? 'send_again'
          : options.leave
            ? 'leave'
            : options.record === undefined
              ? null
              : 'confirm_record';
    if (choice === null) {
      // What was found out beside the question (the record is gone there) decides it as a rule.
      const said = new Set([attention.message, ...(doubt === null ? [] : [doubt.message])].map(inEnglish));
      output.result({ submissionId: submission.id, attention }, () => [
        ...said,
        ...choices.map((one) => `  ${OPTION[one]}`),
      ]);
      return EXIT.attention;
    }
    if (!choices.includes(choice)) {
      throw new SatchelFailure({
        code: 'conflict',
        message: {
          code: 'app.otherDecision',
          params: { why: inEnglish(attention.message), options: choices.map((one) => OPTION[one]).join(', ') },
        },
      });
    }
    if (choice !== 'confirm_record') services.decide(submission.id, choice, doubt?.operationId ?? null);
    else await services.confirmRecord(submission.id, doubt?.operationId ?? '', options.record ?? '');
    const after = services.capture.submission(submission.id);
    output.result({ submissionId: submission.id, attention: after.attention }, () => [
      `${after.reference || after.id}: ${inEnglish(after.explanation)}`,
    ]);
    return after.attention === null ? EXIT.ok : EXIT.attention;
  });
}

/** By its id, or by its reference when only one submission in attention has it. */
async function findSubmission({ capture }: Services, name: string): Promise<SubmissionDetail> {
  const { rows } = await capture.submissions({ filter: { tab: 'attention' }, offset: 0, limit: 500 });
  const found = rows.filter(({ id, reference }) => id === name || reference === name);
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new SatchelFailure({
      code: 'not_found',
      message: { code: found.length > 1 ? 'app.severalSubmissions' : 'app.notInAttention' },
    });
  }
  return capture.submission(only.id);
}
