import type { Outcome } from '../providers/port.ts';
import type { Verdict } from './settling.ts';

/** So many failures of a connection in a row … */
const COMMON_FROM = 3;
/** … or, when it is the service as a whole that answers so (502, 503, 504 and their kin), so many. */
const GATEWAY_COMMON_FROM = 2;
const GATEWAY_STATUS = 502;

const FAULTS_ON_THE_WAY: ReadonlySet<string> = new Set([
  'network.reset',
  'network.silence',
  'network.truncated',
  'network.answerLost',
  'network.other',
]);

/**
 * Tells a provider that is down from one customer whose calls fail: only failures of several customers in a row, with no
 * success between them, are common. In memory: after a restart a few more calls tell again.
 */
export class TroubleWatch {
  readonly #inARow = new Map<string, { count: number; submissionIds: Set<string> }>();

  /** Whether the whole connection should wait after this. Call once for each verdict. */
  isCommon(claim: { connectionId: string; submissionId: string }, verdict: Verdict, isProbe: boolean): boolean {
    const outcome = troubleOf(verdict);
    if (outcome === null) {
      this.#inARow.delete(claim.connectionId);
      return false;
    }
    const row = this.#inARow.get(claim.connectionId) ?? { count: 0, submissionIds: new Set<string>() };
    this.#inARow.set(claim.connectionId, row);
    row.count += 1;
    row.submissionIds.add(claim.submissionId);
    const isGateway = (outcome.evidence.status ?? 0) >= GATEWAY_STATUS;
    const isMany = row.submissionIds.size > 1 && row.count >= (isGateway ? GATEWAY_COMMON_FROM : COMMON_FROM);
    return isProbe || isMany;
  }
}

function troubleOf(verdict: Verdict): Outcome | null {
  const outcome =
    verdict.kind === 'performed'
      ? verdict.outcome
      : verdict.kind === 'looked_up' && verdict.found.kind === 'failed'
        ? verdict.found.outcome
        : null;
  if (outcome?.kind !== 'retry' && outcome?.kind !== 'unknown') return null;
  const { status, message } = outcome.evidence;
  return (status ?? 0) >= 500 || (status === null && FAULTS_ON_THE_WAY.has(message.code)) ? outcome : null;
}
