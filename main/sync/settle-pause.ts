import type { Cause } from '../../shared/domain/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import { SYSTEM_OPERATOR, appendLedger } from '../ledger/index.ts';
import type { Evidence } from '../providers/port.ts';
import { explain } from '../submissions/index.ts';
import { endNetworkPauses, pauses, probeDelayMs, setPause, shareWithOthers } from './pause.ts';
import type { ConnectionPause } from './pause.ts';
import { GRACE_MS, note } from './settling.ts';
import type { Settling } from './settling.ts';

/** First test after a provider was found to be down; the next ones come later and later. */
const TROUBLE_MS = 15_000;

/** How many tests in a row have failed with this one. What was under way when the pause began met the same fault and tested nothing. */
export function failedTests(db: WritableDatabase, { claim, isProbe }: Settling): number {
  const before = pauses(db).get(claim.connectionId);
  if (before === undefined) return 0;
  return isProbe ? before.failures + 1 : before.failures;
}

/** The connection waits until then (null: until somebody changes it), and tells why once, however often it is tested meanwhile. */
export function pause(
  db: WritableDatabase,
  settling: Settling,
  cause: Cause,
  evidence: Evidence,
  untilMs: number | null,
): void {
  const { claim, now, seen } = settling;
  const before = pauses(db).get(claim.connectionId);
  const isSame = before?.cause === cause && before.message.code === evidence.message.code;
  const after: ConnectionPause = {
    cause,
    message: { code: evidence.message.code, params: { ...evidence.message.params } },
    untilMs,
    probeOperationId: claim.id,
    failures: failedTests(db, settling),
    sinceMs: (isSame ? before.sinceMs : null) ?? now,
    isNetworkWide: evidence.isNetworkWide === true,
    seen: seen === null ? null : { ...seen, requestId: evidence.requestId ?? seen.requestId },
  };
  setPause(db, claim.connectionId, after);
  if (after.isNetworkWide) shareWithOthers(db, claim.connectionId, after);
  else if (evidence.status !== null) endNetworkPauses(db, claim.connectionId);
  // Days offline must not fill the ledger with one row per test.
  if (isSame) return;
  note(db, settling, 'connection.paused', evidence, untilMs);
  explain(db, claim.submissionId, evidence.message, now);
}

/**
 * After an answer that is no pause: the test succeeded, so the connection opens; a provider that is in trouble as a whole
 * closes it until a test succeeds. Answers whether the stored pause changed.
 */
export function answered(db: WritableDatabase, settling: Settling, evidence: Evidence): boolean {
  const { claim, now, random } = settling;
  const before = pauses(db).get(claim.connectionId);
  if (settling.isTroubleCommon) {
    const untilMs = now + probeDelayMs(TROUBLE_MS, failedTests(db, settling), random.number());
    const message = evidence.status === null ? { code: 'sync.providerSilent' } : evidence.message;
    pause(db, settling, 'wait', { ...evidence, message }, untilMs);
    return true;
  }
  if (!settling.isProbe || before === undefined) return false;
  if (evidence.status === null) {
    setPause(db, claim.connectionId, {
      ...before,
      untilMs: now + probeDelayMs(GRACE_MS, before.failures + 1, random.number()),
      failures: before.failures + 1,
    });
    return true;
  }
  setPause(db, claim.connectionId, null);
  // Also when its own reason was another one by now: the others may still wait for the first.
  endNetworkPauses(db, claim.connectionId);
  appendLedger(db, {
    at: now,
    operator: SYSTEM_OPERATOR,
    submissionId: null,
    operationId: claim.id,
    kind: 'connection.open',
    data: { message: { code: 'sync.connectionOpen' }, requestId: evidence.requestId, nextAt: null },
  });
  return true;
}
