/**
 * Compares what the branch was promised with what its profile holds, with its ledger, and with what the practice server
 * counted. Knows nothing of how Satchel does it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSatchel } from '../../main/app/index.ts';
import type { Satchel, Services } from '../../main/app/index.ts';
import { APPLICATION_ID, migrations, openDatabase } from '../../main/database/index.ts';
import { silentLog } from '../../main/logging/index.ts';
import type { Log } from '../../main/logging/index.ts';
import { openUndiciHttp } from '../../main/network/index.ts';
import { createFileKeyStore } from '../../main/vault/index.ts';
import type { SubmissionDetail } from '../../shared/domain/index.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { AS_SENT } from './lines.ts';

/** What the branch was told: pages that were taken (with the hash of the file that was handed over), releases, states. */
export interface Promises {
  readonly profile: string;
  readonly pages: ReadonlyMap<string, string>;
  readonly released: ReadonlySet<string>;
  /** Submissions that the desk has shown as sent. */
  readonly shown: ReadonlyMap<string, string>;
}

export interface Problem {
  readonly kind:
    | 'notOpened'
    | 'notSound'
    | 'lost'
    | 'altered'
    | 'doubled'
    | 'falselySent'
    | 'sentForgotten'
    | 'releaseForgotten'
    | 'stuck'
    | 'ledger'
    | 'balance'
    | 'leftOver';
  readonly what: string;
}

class NotOpened extends Error {}

export type CreateSatchel = typeof createSatchel;

/**
 * Opens the profile as the app does at its next start. With `isStarted` it also recovers and goes on sending. `create` is
 * the product's composition root, or that of a copy with a mistake in it.
 */
async function withProfile<Result>(
  profile: string,
  options: { isStarted: boolean; create?: CreateSatchel },
  work: (satchel: Satchel, services: Services) => Promise<Result>,
): Promise<Result> {
  const http = await openUndiciHttp();
  let code = '';
  const log: Log = {
    ...silentLog,
    error: (_event, fields) => {
      code ||= String(fields?.['code'] ?? '');
    },
  };
  try {
    const opened = await (options.create ?? createSatchel)({
      profile,
      keyStore: createFileKeyStore({ file: join(profile, 'insecure.key'), random: randomBytes }),
      http,
      operator: 'crash-test',
      samples: join(profile, 'no-samples'),
      freeBytes: () => Number.MAX_SAFE_INTEGER,
      log,
      keptBytes: 256 * 1024,
      emit: () => {},
    });
    if (opened.kind === 'refused') throw new NotOpened(`the profile was refused: ${opened.reason} (${code})`);
    const { satchel } = opened;
    try {
      if (satchel.services === null) throw new NotOpened('the vault is locked');
      if (options.isStarted) await satchel.start();
      return await work(satchel, satchel.services);
    } finally {
      await satchel.stop();
    }
  } finally {
    await http.close();
  }
}

const PAGE_ROWS = 500;
const LOOK_EVERY_MS = 400;
const FEWEST_LOOKS = 20;
const DAY_MS = 86_400_000;

async function everySubmission({ capture }: Services): Promise<SubmissionDetail[]> {
  const found: SubmissionDetail[] = [];
  for (;;) {
    const { rows } = await capture.submissions({ filter: { tab: 'all' }, offset: found.length, limit: PAGE_ROWS });
    found.push(...rows.map(({ id }) => capture.submission(id)));
    if (rows.length < PAGE_ROWS) return found;
  }
}

async function check(
  satchel: Satchel,
  services: Services,
  promises: Promises,
  practice: PracticeForTests,
): Promise<Problem[]> {
  const { capture } = services;
  const problems: Problem[] = [];
  const submissions = await everySubmission(services);
  // The desk is read before the server is asked: what the desk calls sent must be there by then.
  const counted = new Map((await practice.files()).map(({ sha256, stored }) => [sha256, stored]));

  for (const { code } of satchel.status().notices) problems.push({ kind: 'notSound', what: code });
  const known = new Set(submissions.flatMap(({ pages }) => pages.map(({ id }) => id)));
  for (const [pageId, sha256] of promises.pages) {
    if (!known.has(pageId)) {
      problems.push({ kind: 'lost', what: `page ${pageId} has no row` });
      continue;
    }
    try {
      const hash = createHash('sha256');
      const { body } = await capture.pageForDelivery(pageId);
      for await (const piece of body.stream()) hash.update(piece);
      if (hash.digest('hex') !== sha256) problems.push({ kind: 'altered', what: `page ${pageId}` });
    } catch (error) {
      problems.push({ kind: 'lost', what: `page ${pageId}: ${error instanceof Error ? error.name : 'unreadable'}` });
    }
  }
  for (const [sha256, stored] of counted) {
    if (stored > 1) problems.push({ kind: 'doubled', what: `${sha256} is there ${stored} times` });
  }
  const states = new Map(submissions.map(({ id, state }) => [id, state]));
  for (const submission of submissions) {
    for (const page of submission.pages) {
      const isCalledSent = page.isDelivered || AS_SENT.has(submission.state);
      if (isCalledSent && (counted.get(page.sha256) ?? 0) === 0) {
        problems.push({
          kind: 'falselySent',
          what: `page ${page.id} of ${submission.reference} (${submission.state})`,
        });
      }
    }
    const isOnItsWay = submission.state !== 'draft' && submission.state !== 'ready';
    if (promises.released.has(submission.id) && !isOnItsWay) {
      problems.push({ kind: 'releaseForgotten', what: submission.reference });
    }
    if (isOnItsWay && submission.operations.length === 0) {
      problems.push({ kind: 'stuck', what: `${submission.reference} is ${submission.state} without any operation` });
    }
  }
  for (const id of promises.released) {
    if (!states.has(id)) problems.push({ kind: 'releaseForgotten', what: `submission ${id} has no row` });
  }
  for (const [id, state] of promises.shown) {
    if (!AS_SENT.has(states.get(id) ?? '')) {
      problems.push({ kind: 'sentForgotten', what: `shown as ${state}, now ${states.get(id) ?? 'gone'}` });
    }
  }
  const verdict = await satchel.verifyLedger();
  if (!verdict.isIntact) problems.push({ kind: 'ledger', what: `row ${verdict.firstBadSequence ?? 0}` });
  const { isBalanced } = services.reports.balance(Date.now() - DAY_MS, Date.now() + DAY_MS);
  if (!isBalanced) problems.push({ kind: 'balance', what: 'the ledger and the outbox differ' });
  return problems;
}

/** Opens the profile after a death, looks, and closes it again. */
export async function checkAfter(promises: Promises, practice: PracticeForTests): Promise<Problem[]> {
  try {
    return await withProfile(promises.profile, { isStarted: false }, (satchel, services) =>
      check(satchel, services, promises, practice),
    );
  } catch (error) {
    if (error instanceof NotOpened) return [{ kind: 'notOpened', what: error.message }];
    throw error;
  }
}

/**
 * Personr cannot be asked whether it took a customer whose answer was lost, so the desk asks a person. This one looks at
 * the provider, as the sentence says: a page that is there is confirmed, everything else goes again.
 */
async function decideAsAPerson(services: Services, practice: PracticeForTests): Promise<void> {
  const stored = new Set((await practice.files()).filter((file) => file.stored > 0).map(({ sha256 }) => sha256));
  const { rows } = await services.capture.submissions({ filter: { tab: 'attention' }, offset: 0, limit: PAGE_ROWS });
  for (const row of rows) {
    const { attention, operations, pages } = services.capture.submission(row.id);
    if (attention?.choices.includes('send_again') !== true) continue;
    const doubtful = operations.find(({ state }) => state === 'attention');
    const page = pages.find(({ id }) => id === doubtful?.pageId);
    services.decide(row.id, page !== undefined && stored.has(page.sha256) ? 'confirm_delivered' : 'send_again');
  }
}

/** Longer than the two minutes for which a lost start at Personr is looked at before another one is made. */
const PATIENCE_MS = 180_000;

/**
 * A start that nothing interrupts: everything that was released comes to its end, each page once, and afterwards rows and
 * files agree and nothing half written lies about.
 */
export async function settleAll(
  promises: Promises,
  practice: PracticeForTests,
  /** `patienceMs`: how long nothing more may come to its end. */
  options: { patienceMs?: number; create?: CreateSatchel } = {},
): Promise<Problem[]> {
  const { patienceMs = PATIENCE_MS, ...root } = options;
  await practice.clearFaults();
  let problems: Problem[];
  try {
    problems = await withProfile(promises.profile, { isStarted: true, ...root }, async (satchel, services) => {
      const unfinished = () =>
        [...promises.released]
          .map((id) => services.capture.submission(id))
          .filter(({ state }) => state !== 'accepted')
          .map(({ reference, state, beside, explanation, operations }) => ({
            reference,
            state,
            beside,
            explanation,
            operations: operations.filter((operation) => operation.state !== 'done'),
          }));
      let fewest = Number.POSITIVE_INFINITY;
      let looks = 0;
      let movedAt = performance.now();
      for (;;) {
        await decideAsAPerson(services, practice);
        services.dispatcher.tryNow(null);
        const left = unfinished();
        if (left.length === 0) break;
        looks += 1;
        if (left.length < fewest) {
          fewest = left.length;
          looks = 0;
          movedAt = performance.now();
        }
        // Questions about decisions have a share of the limit, so many customers take their time; a machine that stood still is
        // no evidence either.
        if (looks >= FEWEST_LOOKS && performance.now() - movedAt > patienceMs) {
          const pauses = services.connections.views().map(({ name, pause }) => [name, pause?.message.code ?? null]);
          return [{ kind: 'stuck', what: JSON.stringify({ pauses, status: satchel.status(), left }) }];
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
      await services.capture.whenInspected();
      const found = await check(satchel, services, promises, practice);
      const counted = new Map((await practice.files()).map(({ sha256, stored }) => [sha256, stored]));
      for (const id of promises.released) {
        const { pages, reference } = services.capture.submission(id);
        const missing = pages.filter(({ sha256 }) => counted.get(sha256) !== 1);
        if (missing.length > 0) found.push({ kind: 'falselySent', what: `${reference}: ${missing.length} pages` });
      }
      return found;
    });
  } catch (error) {
    if (error instanceof NotOpened) return [{ kind: 'notOpened', what: error.message }];
    throw error;
  }
  return [...problems, ...leftOvers(promises.profile)];
}

/** What lies in a profile of Satchel's that was closed properly; everything else was left behind by a death. */
const BELONGS =
  /^(satchel\.sqlite3|satchel\.sqlite3\.(reserve|backup-\d{8}T\d{9}Z-v\d+)|practice\.sqlite3(\.backup-\d{8}T\d{9}Z-v\d+)?|insecure\.key|logs\/satchel(\.1)?\.log|vault\/keys(\.copy)?\.json|vault\/[0-9a-f]{2}\/[0-9a-f-]{36}\.page)$/;

export function leftOvers(profile: string): Problem[] {
  const database = openDatabase({
    file: join(profile, 'satchel.sqlite3'),
    applicationId: APPLICATION_ID,
    migrations,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
  });
  if (database.kind === 'refused') return [{ kind: 'notOpened', what: database.reason }];
  const rows = new Set(
    database.db.all<{ id: string }>('SELECT id FROM blobs WHERE purged_at IS NULL').map(({ id }) => id),
  );
  database.close();
  const problems: Problem[] = [];
  const names = readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(profile.length + 1));
  for (const name of names) {
    if (!BELONGS.test(name)) problems.push({ kind: 'leftOver', what: name });
    const [, blobId = null] = /([0-9a-f-]{36})\.page$/.exec(name) ?? [];
    if (blobId !== null && !rows.delete(blobId)) problems.push({ kind: 'leftOver', what: `${name} has no row` });
  }
  for (const id of rows) problems.push({ kind: 'lost', what: `blob ${id} has no file` });
  for (const copy of ['keys.json', 'keys.copy.json']) {
    if (!existsSync(join(profile, 'vault', copy))) problems.push({ kind: 'lost', what: copy });
  }
  return problems;
}
