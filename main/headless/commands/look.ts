import type { LedgerVerdict } from '../../ledger/index.ts';
import { inEnglish } from '../../words/index.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../exit-codes.ts';
import { submissionReport } from '../../../shared/util/submission-report.ts';
import { removalLines, removalsOf } from './removals.ts';
import { everySubmission, findSubmission, needsAPerson, waitingLines } from './work.ts';
import { openProfile } from '../profile.ts';
import { reportFacts } from './report-facts.ts';
import { withServices } from './with-services.ts';

/** What waits, what is stuck and why. Starts nothing: it only reads. */
export function status({ profile, output }: Invocation): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ satchel, services }) => {
    const { capture } = services;
    const { tabCounts, total } = await capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: 1 });
    const submissions = await everySubmission(services);
    const stuck = submissions.filter(needsAPerson);
    const waiting = services.connections.views().filter(({ pause }) => pause !== null);
    const connections = waiting.map(({ id, name, pause }) => ({ id, name, pause }));
    const removals = await removalsOf(services);
    output.result({ status: satchel.status(), tabCounts, submissions, connections, removals }, () => [
      `submissions  ${total}`,
      ...Object.entries(tabCounts).map(([tab, count]) => `  ${tab.padEnd(10)} ${count}`),
      ...waitingLines(services),
      ...removalLines(removals),
      ...(stuck.length === 0 ? [] : ['needs a person:']),
      ...stuck.map((row) => `  ${row.reference || row.id}  ${row.state}  ${inEnglish(row.explanation)}`),
    ]);
    return stuck.length === 0 ? EXIT.ok : EXIT.attention;
  });
}

/** What IT may send to the provider about one customer: calls, times and request ids; nothing of the customer's. */
export function reportOnSubmission({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const detail = services.capture.submission(await findSubmission(services, name));
    const text = submissionReport(detail, reportFacts(), inEnglish);
    output.result({ submissionId: detail.id, report: text }, () => [text]);
    return EXIT.ok;
  });
}

/** The till balance of one local day. */
export function balance({ profile, output }: Invocation, options: { day: string | null }): Promise<number> {
  const day = options.day === null ? new Date() : new Date(`${options.day}T00:00:00`);
  const from = new Date(day.getFullYear(), day.getMonth(), day.getDate());
  const to = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1);
  return withServices(profile, { isStarted: false }, ({ services }) => {
    const sums = services.reports.balance(from.getTime(), to.getTime());
    output.result(sums, () => [
      `captured ${sums.captured} = sent ${sums.sent} + waiting ${sums.waiting} + refused ${sums.refused} + voided ${sums.voided}`,
      ...(sums.isBalanced
        ? ['It adds up.']
        : [
            `It does not add up: ledger and outbox differ about ${sums.differing} pages. Call IT.`,
            ...sums.differences.map(
              ({ pageId, submissionId, ledger, outbox }) =>
                `  page ${pageId} of ${services.capture.referenceOf(submissionId) || submissionId}: ${ledger ?? 'not there'} by the ledger, ${outbox ?? 'not there'} by the outbox`,
            ),
          ]),
    ]);
    return Promise.resolve(sums.isBalanced ? EXIT.ok : EXIT.failed);
  });
}

/**
 * Checks the hash chain of the ledger, which needs no key: also of a profile whose vault is locked. Exit code 1 when a row
 * was altered, removed or put in, and when `head` (of an earlier check) is not in it any more.
 */
export async function verify({ profile, output }: Invocation, options: { head: string | null }): Promise<number> {
  const { satchel, close } = await openProfile(profile);
  try {
    const verdict = await satchel.verifyLedger(options.head);
    output.result(verdict, () => [words(verdict)]);
    return verdict.isIntact ? EXIT.ok : EXIT.failed;
  } finally {
    await close();
  }
}

function words({ problem, rows, headHash, firstBadSequence }: LedgerVerdict): string {
  const at = firstBadSequence ?? '?';
  if (problem === 'altered') {
    return `The ledger was altered at row ${at}: it is missing, or not as it was written. The rows before it are. Call IT.`;
  }
  if (problem === 'cut')
    return `The ledger was cut off: its rows up to ${rows} are good, but the given head is not among them. Call IT.`;
  return `The ledger is intact: ${rows} rows, head ${headHash}.`;
}
