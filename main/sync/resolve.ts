import type { Message } from '../../shared/messages/index.ts';
import { isDatabaseFault } from '../../shared/util/failure.ts';
import type { ReadableDatabase } from '../database/types.ts';
import { errorFields } from '../logging/index.ts';
import type { Log } from '../logging/index.ts';
import { rememberedArrival } from '../outbox/index.ts';
import type { Claim } from '../outbox/index.ts';
import { CredentialMissing, PageUnreadable } from '../providers/port.ts';
import type { OperationRules, OperationToPerform, PerformContext, Provider } from '../providers/port.ts';
import { impossible } from './impossible.ts';
import { isKeyYoung } from './key-age.ts';
import type { Verdict } from './settling.ts';

/** How an unknown operation is resolved: by repeating it, by asking the provider, or by a person. */
export type Resolution = 'repeat' | 'look_up' | 'person';

/**
 * The rule of the decision: a repeat only where it cannot happen twice. A key whose age cannot be told (the clock was set
 * back) counts as too old.
 */
export function resolutionOf(rules: OperationRules, claim: Claim, now: number): Resolution {
  switch (rules.repeat) {
    case 'read_only':
    case 'idempotent':
      return 'repeat';
    case 'person':
      return 'person';
    case 'look_up':
      return 'look_up';
    case 'idempotency_key':
      return isKeyYoung(rules, claim, now) ? 'repeat' : rules.afterwards;
    default:
      return impossible(rules);
  }
}

/**
 * Whether an earlier attempt of the same request may have arrived, also when a look-up or a person has said since that it
 * did not: the timeline remembers. A request made anew (a fresh key) has no earlier attempts.
 */
export function mayHaveArrivedBefore(db: ReadableDatabase, claim: Claim): boolean {
  const { submissionId, id: operationId } = claim;
  return claim.isUnknown || rememberedArrival(db, { submissionId, operationId }) !== 'none';
}

export interface Work {
  readonly provider: Provider;
  readonly operation: OperationToPerform;
  readonly context: PerformContext;
  readonly log: Log;
}

/**
 * Performs a call or looks it up. Rejects only when the database does not take what the call has to keep (a new token):
 * that waits for the disk. Whatever else an adapter throws is a fault of this program, told loudly, and never counts as
 * success.
 */
export async function work(way: 'perform' | 'look_up', { provider, operation, context, log }: Work): Promise<Verdict> {
  try {
    if (way === 'look_up') return { kind: 'looked_up', found: await provider.lookUp(operation, context) };
    return { kind: 'performed', outcome: await provider.perform(operation, context) };
  } catch (error) {
    if (error instanceof CredentialMissing) return paused({ code: 'sync.credentialMissing' });
    if (error instanceof PageUnreadable) {
      return { kind: 'broken', cause: 'rescan', evidence: bare({ code: 'sync.pageUnreadable' }) };
    }
    if (error instanceof LeaseLost) return { kind: 'broken', cause: 'call_it', evidence: bare({ code: 'sync.fault' }) };
    if (isDatabaseFault(error)) throw error;
    log.error('sync.providerThrew', { kind: operation.kind, ...errorFields(error) });
    return { kind: 'broken', cause: 'call_it', evidence: bare({ code: 'sync.fault' }) };
  }
}

/** Thrown into a call that may not go on: its claim belongs to somebody else, so its last byte must not leave. */
export class LeaseLost extends Error {
  constructor() {
    super('sync: the claim was taken away while its request was being sent');
    this.name = 'LeaseLost';
  }
}

function paused(message: Message): Verdict {
  return {
    kind: 'performed',
    outcome: { kind: 'pause', cause: 'sign_in', evidence: bare(message), afterMs: null },
  };
}

export function bare(message: Message): { status: null; requestId: null; message: Message } {
  return { status: null, requestId: null, message };
}
