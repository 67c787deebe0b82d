import { z } from 'zod';
import { RetentionRules } from '../../../shared/domain/index.ts';
import type { ProviderRedaction, RetentionDue, RetentionView } from '../../../shared/domain/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../exit-codes.ts';
import { findConnection } from './connections.ts';
import { withServices } from './with-services.ts';
import { counted } from './counted.ts';

const KeepDays = z.union([
  z.literal('for-good').transform(() => null),
  z.coerce.number().pipe(RetentionRules.shape.keepDays.unwrap()),
]);

/** Options of `retention`. */
export const RetentionOptions = z
  .object({
    keepDays: KeepDays.optional(),
    redact: z.string().optional(),
    keepRecords: z.string().optional(),
    yes: z.boolean().default(false),
  })
  .refine(({ redact, keepRecords }) => redact === undefined || keepRecords === undefined, {
    message: 'one of --redact and --keep-records',
  });

/** Options of `purge`. */
export const PurgeOptions = z.object({ dryRun: z.boolean().default(false) });

function periodOf({ keepDays }: Pick<RetentionView, 'keepDays'>): string {
  return keepDays === null
    ? 'Pages are kept for good.'
    : `Pages are kept for ${counted(keepDays, 'day')} after the decision.`;
}

function countsOf({ submissions, pages }: RetentionDue): string {
  return `${counted(submissions, 'customer')}, ${counted(pages, 'page')}`;
}

const WAITS = {
  copy: 'nothing is purged while this profile may be a copy of another one',
  clock_wrong: 'nothing is purged while a provider’s answer says that the clock of this PC is wrong',
  redaction_undecided:
    'nothing is purged before somebody says whether providers remove what they have too (--redact, --keep-records)',
  date_new: 'nothing is purged before the date of this PC has run for a day without a jump',
} as const;

function waitOf({ wait }: RetentionView): string[] {
  if (wait === null) return [];
  return [`  ${WAITS[wait.reason]}${wait.untilMs === null ? '' : `, at ${new Date(wait.untilMs).toISOString()}`}`];
}

function lineOf({ name, isOn, isUndecided, open }: ProviderRedaction): string {
  if (isUndecided)
    return `  ${name}: nobody has said since an older copy took over whether it removes the customer’s data too`;
  if (!isOn) return `  ${name}: keeps its records`;
  return `  ${name}: removes the customer’s data too${open === 0 ? '' : `; ${counted(open, 'record')} to go`}`;
}

/**
 * Shows the retention period, after changing it when `--keep-days` says so. A period that something is past already, and that a
 * provider removes what it has as well (`--redact`), is set only with `--yes`: neither can be brought back.
 */
export function retention({ profile, output }: Invocation, options: z.infer<typeof RetentionOptions>): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const { keepDays } = options;
    if (keepDays !== undefined) {
      const due = keepDays === null ? null : await services.retention.due(keepDays);
      if (due !== null && due.submissions > 0 && !options.yes) {
        throw new SatchelFailure({ code: 'conflict', message: { code: 'retention.wantsYes', params: { ...due } } });
      }
      services.retention.set({ keepDays });
    }
    const { redact, keepRecords } = options;
    if (redact !== undefined) {
      const { id } = findConnection(services, redact);
      if (!options.yes) throw new SatchelFailure({ code: 'conflict', message: { code: 'retention.redactWantsYes' } });
      await services.retention.setRedaction(id, true);
    }
    if (keepRecords !== undefined) {
      await services.retention.setRedaction(findConnection(services, keepRecords).id, false);
    }
    const view = await services.retention.view();
    output.result(view, () => [
      periodOf(view),
      ...(view.keepDays === null ? [] : [`  past it now: ${countsOf(view.due)}`]),
      ...waitOf(view),
      ...view.redactions.map(lineOf),
    ]);
    return EXIT.ok;
  });
}

/** Purges what is past the retention period, or says what it would take. Counts only, nobody's name. */
export function purge({ profile, output }: Invocation, { dryRun }: z.infer<typeof PurgeOptions>): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const purged = dryRun ? null : await services.retention.purge();
    const view = await services.retention.view();
    output.result({ ...view, purged }, () => [
      periodOf(view),
      ...(purged === null ? [] : [`  purged: ${countsOf(purged)}`]),
      ...(view.keepDays === null ? [] : [`  past it now: ${countsOf(view.due)}`]),
      ...waitOf(view),
    ]);
    return EXIT.ok;
  });
}
