/**
 * Compares what the branch was promised with what its profile holds and with what the practice server counted. Knows
 * nothing of how Satchel does it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createSatchel } from '../../main/app.ts';
import type { Satchel, Services } from '../../main/app.ts';
import { silentLog } from '../../main/logging/index.ts';
import { openUndiciHttp } from '../../main/network/index.ts';
import { createFileKeyStore } from '../../main/vault/index.ts';
import type { PracticeForTests } from '../support/practice.ts';

/** What the branch was told: pages that were taken (with the hash of the file that was handed over), and releases. */
export interface Promises {
  readonly pages: ReadonlyMap<string, string>;
  readonly released: ReadonlySet<string>;
}

export interface Problem {
  readonly kind: 'lost' | 'altered' | 'doubled' | 'falselySent' | 'releaseForgotten' | 'ledger';
  readonly what: string;
}

/** Opens the profile as the app does at its next start. With `isStarted` it also recovers and goes on sending. */
export async function withProfile<Result>(
  profile: string,
  options: { isStarted: boolean },
  work: (satchel: Satchel, services: Services) => Promise<Result>,
): Promise<Result> {
  const http = await openUndiciHttp();
  const opened = await createSatchel({
    profile,
    keyStore: createFileKeyStore({ file: join(profile, 'insecure.key'), random: randomBytes }),
    http,
    operator: 'crash-test',
    samples: join(profile, 'no-samples'),
    freeBytes: () => Number.MAX_SAFE_INTEGER,
    log: silentLog,
    emit: () => {},
  });
  if (opened.kind === 'refused') throw new Error(`the profile was refused: ${opened.reason}`);
  const { satchel } = opened;
  try {
    if (satchel.services === null) throw new Error('the vault is locked');
    if (options.isStarted) await satchel.start();
    return await work(satchel, satchel.services);
  } finally {
    await satchel.stop();
    await http.close();
  }
}

const AS_SENT: ReadonlySet<string> = new Set(['sent', 'in_review', 'accepted']);

export async function check(
  satchel: Satchel,
  services: Services,
  promises: Promises,
  practice: PracticeForTests,
): Promise<Problem[]> {
  const { capture } = services;
  const problems: Problem[] = [];
  const list = await capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: 500 });
  const submissions = list.rows.map(({ id }) => capture.submission(id));
  // The desk is read before the server is asked: what the desk calls sent must be there by then.
  const counted = new Map((await practice.files()).map(({ sha256, stored }) => [sha256, stored]));

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
    if (promises.released.has(submission.id) && (submission.state === 'draft' || submission.state === 'ready')) {
      problems.push({ kind: 'releaseForgotten', what: submission.reference });
    }
  }
  const verdict = await satchel.verifyLedger();
  if (!verdict.isIntact) problems.push({ kind: 'ledger', what: `row ${verdict.firstBadSequence ?? 0}` });
  return problems;
}
