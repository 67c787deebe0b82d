import { resolve } from 'node:path';
import { z } from 'zod';
import { allFindings, needsPerson } from '../../../shared/domain/index.ts';
import type { Finding, SubmissionDetail, SubmissionRow } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { RULES } from '../../../shared/rules/index.ts';
import type { RuleSource } from '../../../shared/rules/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Services } from '../../app/index.ts';
import { inEnglish } from '../../words/index.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { findConnection } from './connections.ts';
import { counted } from './counted.ts';
import { RemovalsTried, removalLines, removalsOf } from './removals.ts';
import { assertMaySend, withServices } from './with-services.ts';

const PAGE_ROWS = 500;
/** How often the states are read while sending; they are printed only when they change. */
const LOOK_EVERY_MS = 150;

/** Imports a folder with its manifest into a new batch. Exit code 3 when something of it was refused. */
export function importFolder(
  { profile, output }: Invocation,
  options: { connection: string[]; dryRun: boolean; missing: boolean; again: boolean },
  folder = '',
): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const report = await services.capture.importManifest(resolve(folder), {
      connectionIds: options.connection.map((name) => findConnection(services, name).id),
      isDryRun: options.dryRun,
      before: options.missing ? 'missing' : options.again ? 'twice' : 'refuse',
    });
    await services.capture.whenInspected();
    const noticed = report.customers.flatMap(({ submissionId }) =>
      submissionId === null ? [] : noticedIn(services.capture.submission(submissionId)),
    );
    const wanted = report.customers.reduce((sum, { files }) => sum + files, 0);
    output.result({ ...report, noticed }, () => [
      ...report.problems.map(({ message }) => `problem: ${inEnglish(message)}`),
      ...report.files.refused.map(
        ({ line, reference, message }) => `refused: Line ${line}, ${reference}: ${inEnglish(message)}`,
      ),
      ...noticed.map(
        ({ reference, message, next }) => `noticed: ${reference}: ${inEnglish(message)} ${inEnglish(next)}`,
      ),
      [
        counted(report.customers.length, 'customer'),
        options.dryRun
          ? `${counted(wanted, 'page')} would come in`
          : `${counted(report.files.imported.length, 'page')} imported`,
        `${counted(report.files.refused.length, 'file')} refused`,
        `${counted(report.problems.length, 'problem')}${options.dryRun ? ' (dry run: nothing was imported)' : ''}`,
      ].join(', '),
    ]);
    return report.problems.length + report.files.refused.length > 0 ? EXIT.partly : EXIT.ok;
  });
}

/** Something about an imported page, or a field that it filled, that a person should look at before it is released. */
interface Noticed extends Pick<Finding, 'rule' | 'severity'> {
  readonly reference: string;
  /** Providers, or `all`. */
  readonly mattersTo: RuleSource['mattersTo'];
  readonly message: Message;
  readonly next: Message;
}

function sentences({ rule, params }: Finding): { message: Message; next: Message } {
  return { message: { code: `finding.${rule}`, params }, next: { code: `finding.${rule}.next`, params } };
}

function noticedIn({ id, reference, pages, findings: own }: SubmissionDetail): Noticed[] {
  const onPages = pages.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'info');
  return [...onPages, ...own.filter(({ severity }) => severity === 'warning')].map((finding) => ({
    reference: reference || id,
    rule: finding.rule,
    severity: finding.severity,
    mattersTo: RULES[finding.rule]?.mattersTo ?? 'all',
    ...sentences(finding),
  }));
}

/** What holds a submission back, each with its next step. */
function missing(detail: SubmissionDetail): string[] {
  return allFindings(detail)
    .filter(({ severity }) => severity === 'blocking')
    .map(sentences)
    .map(({ message, next }) => `${inEnglish(message)} ${inEnglish(next)}`);
}

/** Why a customer of a half dealt out stack stays. */
const NOT_FINISHED: Message = { code: 'stack.notFinished' };

const AtTheDesk = z.enum(['draft', 'ready']);

/**
 * Releases what is ready. Stacks that an earlier run left half dealt out are finished first. Exit code 3 when something stays behind, with the
 * reason.
 */
export function release({ profile, output }: Invocation, options: { batch: string | null }): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const { capture } = services;
    const open = capture
      .openBatches()
      .filter(({ number }) => options.batch === null || String(number) === options.batch);
    if (options.batch !== null && open.length === 0) {
      throw new SatchelFailure({ code: 'not_found', message: { code: 'app.notFound' } });
    }
    await capture.finishStacks();
    const done = open.map((batch) => ({ batch: batch.number, ...capture.releaseBatch(batch.id) }));
    const kept = (await everySubmission(services)).filter(
      ({ state, batchId, beside }) =>
        AtTheDesk.safeParse(state).success && !beside.includes('voided') && open.some((batch) => batch.id === batchId),
    );
    output.result({ batches: done, kept }, () => [
      ...(done.length === 0 ? ['No batch is open, so there is nothing to release.'] : []),
      ...done.map(({ batch, released, kept: left }) => `batch ${batch}: ${released} released, ${left} kept`),
      ...kept.flatMap((row) => [
        `  ${row.reference || row.id}: ${inEnglish(capture.isMoving(row.id) ? NOT_FINISHED : row.explanation)}`,
        ...missing(capture.submission(row.id)).map((sentence) => `    ${sentence}`),
      ]),
    ]);
    return done.some((batch) => batch.kept > 0) ? EXIT.partly : EXIT.ok;
  });
}

/** Options of `sync`. */
export const SyncOptions = z.object({
  timeout: z.number(),
  sent: z.boolean().default(false),
  connection: z.string().nullable().default(null),
  submission: z.string().nullable().default(null),
});

/**
 * Sends and follows until nothing moves by itself any more, and until what providers are to remove of purged customers was tried once. Whoever
 * asks for it may have put right what the queue waits for, so everything that waits is tried at once: all of it, or what `--connection` or
 * `--submission` names.
 */
export function sync({ profile, output }: Invocation, options: z.infer<typeof SyncOptions>): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ satchel, services }) => {
    assertMaySend(satchel);
    const { dispatcher, connections } = services;
    const submissionId = options.submission === null ? null : await findSubmission(services, options.submission);
    const connectionId = options.connection === null ? null : findConnection(services, options.connection).id;
    // What waits for a person would end the run before its test was over: the person is here, so it opens.
    for (const { id, pause } of submissionId === null ? connections.views() : []) {
      if (pause !== null && needsPerson(pause) && (connectionId ?? id) === id) dispatcher.resumeConnection(id);
    }
    dispatcher.tryNow(submissionId, connectionId);
    // Whoever only wants it sent does not wait for what comes after a decision.
    const removals = options.sent ? null : new RemovalsTried(services, { submissionId, connectionId });
    return follow(services, output, { timeoutMs: options.timeout * 1_000, isSentEnough: options.sent, removals });
  });
}

/** The submission of that id or reference. Throws `SatchelFailure`. */
export async function findSubmission(services: Services, wanted: string): Promise<string> {
  const found = (await everySubmission(services)).find(({ id, reference }) => id === wanted || reference === wanted);
  if (found === undefined) throw new SatchelFailure({ code: 'not_found', message: { code: 'app.notFound' } });
  return found.id;
}

/** The main job on the specimen documents: what `npm start` shows where there is no display. */
export function demo({ profile, output }: Invocation, options: { timeout: number }): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ satchel, services }) => {
    assertMaySend(satchel);
    const { capture } = services;
    const batchId = await satchel.loadSamples();
    await capture.whenInspected();
    const batch = capture.batches().find(({ id }) => id === batchId);
    output.line(
      `Batch ${batch?.number ?? '?'}: ${batch?.submissionCount ?? 0} customers, ${batch?.pageCount ?? 0} pages captured and encrypted.`,
    );
    const { released, kept } = capture.releaseBatch(batchId);
    services.dispatcher.wake();
    output.line(`Released ${released}${kept > 0 ? `, kept ${kept}` : ''}. Sending to the practice server on this PC.`);
    const code = await follow(services, output, {
      timeoutMs: options.timeout * 1_000,
      isSentEnough: false,
      removals: null,
    });
    output.line('');
    output.line(`Profile (database, vault, ledger): ${profile}`);
    output.line(`Look closer: npm run satchel -- --profile ${profile} status`);
    // A retake or a rejection is part of the lesson: the specimen batch contains both.
    return code === EXIT.attention ? EXIT.ok : code;
  });
}

/** Every row of the list, however long it is. */
export async function everySubmission(services: Services): Promise<SubmissionRow[]> {
  const rows: SubmissionRow[] = [];
  for (;;) {
    const page = await services.capture.submissions({ filter: { tab: 'all' }, offset: rows.length, limit: PAGE_ROWS });
    rows.push(...page.rows);
    if (page.rows.length < PAGE_ROWS) return rows;
  }
}

const Moving = z.enum(['released', 'sending', 'sent', 'in_review']);

/** On its way, but its connection is stopped until a person acts: the next step is theirs. */
function waitsForPerson(row: SubmissionRow): boolean {
  return Moving.safeParse(row.state).success && row.cause !== null && row.cause !== 'wait';
}

const isVoided = ({ beside }: SubmissionRow): boolean => beside.includes('voided');

/** In attention, wanted again, or behind a connection that is stopped. Of one that was voided only what the provider still has of it. */
export function needsAPerson(row: SubmissionRow): boolean {
  if (row.beside.includes('attention')) return true;
  return !isVoided(row) && (row.state === 'retake' || waitsForPerson(row));
}

/**
 * Prints each change of state, and ends when nothing is on its way, a person is needed for all that is left, or time is up. `removals`: those
 * that are waited for as well.
 */
async function follow(
  services: Services,
  output: Output,
  options: { timeoutMs: number; isSentEnough: boolean; removals: RemovalsTried | null },
): Promise<number> {
  const seen = new Map<string, string>();
  const ends = performance.now() + options.timeoutMs;
  for (;;) {
    const rows = await everySubmission(services);
    for (const row of rows) {
      const words = `${row.state}${row.beside.length > 0 ? ` (${row.beside.join(', ')})` : ''}: ${inEnglish(row.explanation)}`;
      if (seen.get(row.id) === words) continue;
      if (row.state !== 'draft' && row.state !== 'ready')
        output.line(
          `${clockTime()}  ${(row.reference || row.id).padEnd(12)} ${row.connectionName.padEnd(18)} ${words}`,
        );
      seen.set(row.id, words);
    }
    const moving = rows.filter(
      (row) =>
        row.beside.length === 0 &&
        !waitsForPerson(row) &&
        (options.isSentEnough
          ? row.state === 'released' || row.state === 'sending'
          : Moving.safeParse(row.state).success),
    );
    if (moving.length === 0 && options.removals?.isOneLeft() !== true) {
      const needsPerson = rows.filter(needsAPerson);
      const removals = await removalsOf(services);
      output.result({ submissions: rows, removals }, () => [...summary(rows), ...removalLines(removals)]);
      return needsPerson.length > 0 ? EXIT.attention : EXIT.ok;
    }
    if (performance.now() > ends) {
      const removals = await removalsOf(services);
      output.result({ submissions: rows, removals }, () => [
        ...summary(rows),
        ...waitingLines(services),
        ...removalLines(removals),
        'The time is over; what waits is kept and goes on at the next sync.',
      ]);
      return EXIT.timeout;
    }
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}

function summary(rows: readonly SubmissionRow[]): string[] {
  if (rows.length === 0) return ['There is no submission, so there is nothing to send.'];
  const counts = new Map<string, number>();
  for (const row of rows) {
    const word = isVoided(row) ? 'voided' : row.state;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return ['', `Result: ${[...counts].map(([state, count]) => `${count} ${state}`).join(', ')}`];
}

/** Which connections wait, why, and when each is tried again by itself. */
export function waitingLines({ connections }: Services): string[] {
  return connections.views().flatMap(({ name, pause }) => {
    if (pause === null) return [];
    const next = pause.untilMs === null ? '' : ` Next try: ${clockTime(pause.untilMs)}.`;
    return [`waits: ${name}: ${inEnglish(pause.message)}${next}`];
  });
}

function clockTime(atMs = Date.now()): string {
  return new Date(atMs).toTimeString().slice(0, 8);
}
