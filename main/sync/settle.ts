import { parse as parseUuid, v7 as uuidV7 } from 'uuid';
import type { Cause } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import {
  again,
  answeredInARow,
  cancelForSubmission,
  complete,
  delayDependants,
  markUnknown,
  releaseClaim,
  replaceClaim,
  replaceKey,
  resolveUnknown,
  retryLater,
  toAttention,
} from '../outbox/index.ts';
import { isFollow, isNeverInDoubt, personOf } from '../providers/port.ts';
import type { Evidence, LookUpOutcome, Outcome } from '../providers/port.ts';
import { attentionOn, decide, explain, standing } from '../submissions/index.ts';
import { impossible } from './impossible.ts';
import { isKeyYoung } from './key-age.ts';
import { LONGEST_PROBE_MS, probeDelayMs } from './pause.ts';
import { advance, speakOfFirst, withProgress } from './progress.ts';
import { answered, failedTests, pause } from './settle-pause.ts';
import { GRACE_MS, NOT_MINE, because, bySystem, isNewAnswer, note, toError } from './settling.ts';
import type { Settled, Settling } from './settling.ts';

/** Waits at least this long before a status is asked again, whatever the adapter says. */
const MINIMUM_AGAIN_MS = 250;

/** Between two calls that may have time: the provider's limit is for what must be sent, and for decisions. */
const UNHURRIED_GAP_MS = 3_000;
/** One of them that failed so often in a row, and for so long, goes to a person. */
const MOST_FAILURES = 8;
const TRIED_FOR_MS = 24 * 3_600_000;

/** Answers that refuse the request itself: a replay of them proves that the first attempt was refused too. */
const DEFINITE_REFUSALS: ReadonlySet<number> = new Set([400, 404, 405, 410, 413, 415, 422]);

/** Writes what came of a claim: operation, submission, pages, connection, ledger; all in the caller's one transaction. */
export function settle(db: WritableDatabase, settling: Settling): Settled {
  return db.transaction(() => {
    const { verdict } = settling;
    switch (verdict.kind) {
      case 'performed':
        return settleOutcome(db, settling, verdict.outcome);
      case 'looked_up':
        return settleLookUp(db, settling, verdict.found);
      case 'undecidable':
        return attention(db, settling, 'call_it', { ...verdict.evidence, message: questionOf(settling) }, true);
      case 'broken':
        return attention(db, settling, verdict.cause, verdict.evidence, mayHaveArrived(settling));
      default:
        return impossible(verdict);
    }
  });
}

/** What the adapter asks a person about this call. */
function questionOf({ claim, rules }: Settling): Message {
  return personOf(rules)?.question(claim.payload) ?? { code: 'sync.personDecides' };
}

function settleLookUp(db: WritableDatabase, settling: Settling, found: LookUpOutcome): Settled {
  const { claim, rules, now, random } = settling;
  switch (found.kind) {
    case 'happened':
      return done(db, settling, found.outcome);
    case 'did_not_happen': {
      if (!resolveUnknown(db, { operationId: claim.id, leaseToken: claim.leaseToken, now })) return NOT_MINE;
      // The provider may have forgotten the old key, or forget it while the repeat is under way.
      const hasOldKey =
        rules?.repeat === 'look_up' && rules.keyLifetimeMs !== undefined && !isKeyYoung(rules, claim, now);
      if (hasOldKey) replaceKey(db, { operationId: claim.id, idempotencyKey: random.uuid() });
      note(db, settling, 'operation.didNotArrive', found.evidence, now, hasOldKey ? { isFreshKey: true } : {});
      explain(db, claim.submissionId, found.evidence.message, now);
      return { isMine: true, isSent: false, isPauseChanged: answered(db, settling, found.evidence) };
    }
    case 'cannot_tell':
      return attention(db, settling, 'call_it', found.evidence, true);
    case 'failed':
      return settleOutcome(db, settling, found.outcome);
    default:
      return impossible(found);
  }
}

/** An earlier attempt may have arrived, or this one: it passed the point of no return. */
function mayHaveArrived({ claim, rules, isCommitted }: Settling): boolean {
  return !isNeverInDoubt(rules) && (claim.isUnknown || isCommitted);
}

function settleOutcome(db: WritableDatabase, settling: Settling, outcome: Outcome): Settled {
  const { claim, rules, now, random, isAttemptCounted } = settling;
  const mine = { operationId: claim.id, leaseToken: claim.leaseToken };
  const { evidence } = outcome;
  // Whatever the adapter calls it: past the point of no return and without an answer, it may have happened, unless the
  // network proves that there never was a connection.
  const isUnanswered = evidence.status === null || evidence.mayHaveArrived === true;
  const isInTheOpen = settling.isCommitted && isUnanswered && evidence.hasNotArrived !== true;
  const isLost = !isNeverInDoubt(rules) && isInTheOpen;
  const isUnknown = isLost || (claim.isUnknown && !isNeverInDoubt(rules));

  switch (outcome.kind) {
    case 'done':
      return done(db, settling, outcome);

    case 'again': {
      const runAt = now + Math.max(outcome.afterMs, settling.readAnywayMs, MINIMUM_AGAIN_MS);
      if (!again(db, { ...mine, runAt })) return NOT_MINE;
      const isNews = isNewAnswer(db, claim, evidence);
      if (isNews) note(db, settling, 'operation.again', evidence, runAt);
      const { isSent } = advance(db, {
        submissionId: claim.submissionId,
        provider: settling.provider,
        latest: outcome.progress,
        because: because(claim, evidence, runAt),
        by: bySystem(now),
      });
      if (isNews) explain(db, claim.submissionId, evidence.message, now);
      return { isMine: true, isSent, isPauseChanged: answered(db, settling, evidence) };
    }

    case 'retry': {
      if (isGivenUp(settling)) return attention(db, settling, 'call_it', evidence, false);
      const endless = withoutEnd(db, settling, outcome);
      if (endless !== null) return attention(db, settling, 'call_it', endless, isUnknown);
      if (isLost && !claim.isUnknown) return unknown(db, settling, evidence);
      if (settling.isStopping && evidence.status === null && !isUnknown) {
        return { isMine: giveBack(db, settling, evidence, false), isSent: false, isPauseChanged: false };
      }
      // A fresh key says that the adapter has made sure: the first request did not happen.
      const isStillUnknown = isUnknown && outcome.freshKey !== true;
      const next = retryLater(db, {
        ...mine,
        now,
        random: random.number(),
        error: toError(evidence),
        ...(outcome.afterMs === undefined ? {} : { minimumDelayMs: outcome.afterMs }),
        ...commonTrouble(settling),
        isUnknown: isStillUnknown,
      });
      if (next === null) return NOT_MINE;
      if (outcome.freshKey === true) replaceKey(db, { operationId: claim.id, idempotencyKey: random.uuid() });
      note(
        db,
        settling,
        'operation.retry',
        evidence,
        next.runAt,
        outcome.freshKey === true ? { isFreshKey: true } : {},
      );
      explain(db, claim.submissionId, evidence.message, now);
      return { isMine: true, isSent: false, isPauseChanged: answered(db, settling, evidence) };
    }

    case 'unknown': {
      if (isNeverInDoubt(rules) || !isAttemptCounted) {
        return settleOutcome(db, { ...settling, isCommitted: false }, { ...outcome, kind: 'retry' });
      }
      const endless = withoutEnd(db, settling, outcome);
      if (endless !== null) return attention(db, settling, 'call_it', endless, true);
      return unknown(db, settling, evidence);
    }

    case 'rate_limited': {
      if (!giveBack(db, settling, evidence, isUnknown)) return NOT_MINE;
      const untilMs =
        outcome.rateLimit?.remaining === 0
          ? Math.max(now + outcome.afterMs, settling.pacedUntil)
          : now + Math.round(outcome.afterMs * (1 + random.number() / 4));
      pause(db, settling, 'wait', evidence, untilMs);
      return { isMine: true, isSent: false, isPauseChanged: true };
    }

    case 'pause': {
      if (!giveBack(db, settling, evidence, isUnknown)) return NOT_MINE;
      const untilMs =
        outcome.afterMs === null
          ? null
          : now + probeDelayMs(outcome.afterMs, failedTests(db, settling), random.number());
      pause(db, settling, outcome.cause, evidence, untilMs);
      // What was refused and kept with the key would be refused for as long as the provider keeps it.
      if (outcome.freshKey === true && !isUnknown) {
        replaceKey(db, { operationId: claim.id, idempotencyKey: random.uuid() });
      }
      return { isMine: true, isSent: false, isPauseChanged: true };
    }

    case 'replaced':
      // What may have arrived is never made anew without a person.
      if (claim.isUnknown) return attention(db, settling, 'call_it', evidence, true);
      return replaced(db, settling, outcome);

    case 'attention': {
      const isRefused = evidence.status !== null && DEFINITE_REFUSALS.has(evidence.status) && isAttemptCounted;
      const isRecordGone = outcome.isRecordGone === true;
      const facts = isRecordGone ? { isRecordGone } : {};
      return attention(db, settling, outcome.cause, evidence, isUnknown && !isRefused && !isRecordGone, facts);
    }

    default:
      return impossible(outcome);
  }
}

function done(db: WritableDatabase, settling: Settling, outcome: Extract<Outcome, { kind: 'done' }>): Settled {
  const { claim, provider, now } = settling;
  const { evidence } = outcome;
  const isMine = complete(db, {
    operationId: claim.id,
    leaseToken: claim.leaseToken,
    result: withProgress(outcome.result, outcome.progress),
    now,
  });
  if (!isMine) return NOT_MINE;
  if (settling.rules?.repeat === 'idempotent') {
    delayDependants(db, { operationId: claim.id, runAt: now + UNHURRIED_GAP_MS });
  }
  const pageIds = outcome.deliveredPageIds ?? [];
  for (const pageId of pageIds) markDelivered(db, claim.submissionId, pageId, now);
  note(db, settling, 'operation.done', evidence, null, { pageIds });
  const { isSent } = advance(db, {
    submissionId: claim.submissionId,
    provider,
    latest: outcome.progress,
    because: because(claim, evidence, null),
    by: bySystem(now),
  });
  return { isMine: true, isSent, isPauseChanged: answered(db, settling, evidence) };
}

/**
 * What has time goes one after the other, so one that fails again and again would hold up all others without anybody knowing. Not
 * while the provider as a whole is in trouble.
 */
function isGivenUp({ claim, rules, now, isTroubleCommon, isStopping }: Settling): boolean {
  const hasTried = claim.failures + 1 >= MOST_FAILURES && now - (claim.firstAttemptAt ?? now) >= TRIED_FOR_MS;
  return rules?.repeat === 'idempotent' && hasTried && !isTroubleCommon && !isStopping;
}

/** What a person is told when a provider answers so for as long as it is believed to pass; null: it still may. */
function withoutEnd(
  db: WritableDatabase,
  { claim }: Settling,
  { evidence, patience }: Extract<Outcome, { kind: 'retry' | 'unknown' }>,
): Evidence | null {
  const { status } = evidence;
  if (patience === undefined || status === null) return null;
  const before = answeredInARow(db, { submissionId: claim.submissionId, operationId: claim.id, status });
  return before + 1 >= patience.inARow ? { ...evidence, message: patience.message } : null;
}

/** What this operation built on is gone: it and what waits for it are called off, and made anew from the beginning. */
function replaced(db: WritableDatabase, settling: Settling, outcome: Extract<Outcome, { kind: 'replaced' }>): Settled {
  const { claim, now, random } = settling;
  const { evidence } = outcome;
  // Ids sort by the time of making, and within it by their place in the plan.
  const idOf = new Map(
    outcome.by.map(({ ref }, seq) => [ref, uuidV7({ msecs: now, seq, random: parseUuid(random.uuid()) })]),
  );
  const known = (ref: string): string => {
    const id = idOf.get(ref);
    if (id === undefined) throw new Error('sync: a replacement needs an operation that it does not contain');
    return id;
  };
  const operations = outcome.by.map((planned) => ({
    id: known(planned.ref),
    submissionId: claim.submissionId,
    connectionId: claim.connectionId,
    pageId: planned.pageId,
    kind: planned.kind,
    payload: planned.payload,
    idempotencyKey: random.uuid(),
    needs: planned.needs.map(known),
    byteLength: planned.byteLength,
    runAt: now,
    isFollow: isFollow(settling.provider, planned.kind),
  }));
  if (!replaceClaim(db, { operationId: claim.id, leaseToken: claim.leaseToken, operations, now })) return NOT_MINE;
  note(db, settling, 'operation.replaced', evidence, now);
  explain(db, claim.submissionId, evidence.message, now);
  return { isMine: true, isSent: false, isPauseChanged: answered(db, settling, evidence) };
}

/** A page counts as delivered from the provider's first acknowledgement on. */
export function markDelivered(db: WritableDatabase, submissionId: string, pageId: string, now: number): void {
  db.run('UPDATE pages SET delivered_at = ? WHERE id = ? AND submission_id = ? AND delivered_at IS NULL', [
    now,
    pageId,
    submissionId,
  ]);
}

/**
 * While a provider is down, every operation is its turn's test, and the ladder of each would be climbed for hours that were
 * not its own fault. So none waits much longer than for the next two tests; long enough that another one has its turn.
 */
function commonTrouble({ isTroubleCommon }: Settling): { longestBackoffMs?: number } {
  return isTroubleCommon ? { longestBackoffMs: 2 * LONGEST_PROBE_MS } : {};
}

function unknown(db: WritableDatabase, settling: Settling, evidence: Evidence): Settled {
  const { claim, now } = settling;
  const runAt = now + GRACE_MS;
  const mine = { operationId: claim.id, leaseToken: claim.leaseToken };
  if (claim.isUnknown) {
    // Once more without an answer: the ladder, so that a provider that never answers is not asked every ten seconds.
    const next = retryLater(db, {
      ...mine,
      now,
      random: settling.random.number(),
      error: toError(evidence),
      minimumDelayMs: GRACE_MS,
      ...commonTrouble(settling),
      isUnknown: true,
    });
    if (next === null) return NOT_MINE;
    note(db, settling, 'operation.unknown', evidence, next.runAt);
  } else {
    if (!markUnknown(db, { ...mine, runAt, error: toError(evidence), now })) return NOT_MINE;
    note(db, settling, 'operation.unknown', evidence, runAt);
  }
  explain(db, claim.submissionId, { code: 'sync.unknown' }, now);
  return { isMine: true, isSent: false, isPauseChanged: answered(db, settling, evidence) };
}

function attention(
  db: WritableDatabase,
  settling: Settling,
  cause: Cause,
  evidence: Evidence,
  isUnknown: boolean,
  facts: { readonly isRecordGone?: true } = {},
): Settled {
  const { claim, now } = settling;
  const isMine = toAttention(db, {
    operationId: claim.id,
    leaseToken: claim.leaseToken,
    error: { ...toError(evidence), cause },
    isUnknown,
    now,
  });
  if (!isMine) return NOT_MINE;
  note(db, settling, 'operation.attention', evidence, null, facts);
  const found = standing(db, claim.submissionId);
  const isRetake =
    cause === 'rescan' &&
    !isUnknown &&
    found?.state === 'sending' &&
    !found.isVoided &&
    askForPages(db, settling, evidence);
  if (found !== null && (!found.isVoided || found.isPurged) && !isRetake) {
    attentionOn(db, claim.submissionId, cause, because(claim, evidence, null), bySystem(now));
    speakOfFirst(db, claim.submissionId, bySystem(now));
  }
  return { isMine: true, isSent: false, isPauseChanged: answered(db, settling, evidence) };
}

/**
 * A page that cannot be sent as it is (refused, damaged, of the wrong kind) needs a new scan, and a new scan has its place on
 * the ladder: what was not sent is called off, and the slots of the pages that this call named are opened: of its own page, even
 * if the provider had taken that before, otherwise of those that are still to be delivered. Answers false, and changes nothing,
 * when it names none, or when another call may have arrived.
 */
function askForPages(db: WritableDatabase, { claim, now }: Settling, evidence: Evidence): boolean {
  const slots = db
    .all<{ slot: string }>(
      `SELECT pages.slot FROM operations JOIN pages ON pages.submission_id = operations.submission_id
       WHERE operations.id = ? AND pages.state = 'active' AND pages.slot IS NOT NULL
         AND (pages.id = operations.page_id
           OR (pages.delivered_at IS NULL AND instr(operations.payload, json_quote(pages.id)) > 0))
       ORDER BY pages.slot`,
      [claim.id],
    )
    .map(({ slot }) => [slot, evidence.message] as const);
  if (slots.length === 0) return false;
  if (cancelForSubmission(db, { submissionId: claim.submissionId }).kind === 'refused') return false;
  const decision = { state: 'retake', slots: Object.fromEntries(slots) } as const;
  decide(db, claim.submissionId, decision, because(claim, evidence, null), bySystem(now));
  return true;
}

/** The claim goes back: the connection waits, not the operation. No attempt is spent, unless it may have arrived. */
function giveBack(db: WritableDatabase, settling: Settling, evidence: Evidence, isUnknown: boolean): boolean {
  const { claim, now, isAttemptCounted } = settling;
  const runAt = isUnknown && !claim.isUnknown ? now + GRACE_MS : null;
  const isMine = releaseClaim(db, {
    operationId: claim.id,
    leaseToken: claim.leaseToken,
    runAt,
    isUnknown,
    // An attempt that may have arrived was one.
    isAttemptCounted: isAttemptCounted && !isUnknown,
  });
  // A row of its own: the one of the pause is not written for each, and later attempts have to know.
  if (isMine && runAt !== null) note(db, settling, 'operation.unknown', evidence, runAt);
  return isMine;
}
