import type { Operation } from '../outbox/index.ts';
import type { OperationRules } from '../providers/port.ts';

/**
 * A key is trusted only while it is younger than the provider keeps it by this much: the call itself takes time, and the
 * wall clock of a branch PC may have been moved by an hour (a wrong time zone) without our seeing it.
 */
export const KEY_MARGIN_MS = 60 * 60_000;

/** The provider still knows the key of this operation for certain. */
export function isKeyYoung(rules: OperationRules, operation: Pick<Operation, 'firstAttemptAt'>, now: number): boolean {
  const lifetimeMs = 'keyLifetimeMs' in rules ? (rules.keyLifetimeMs ?? 0) : 0;
  const ageMs = operation.firstAttemptAt === null ? -1 : now - operation.firstAttemptAt;
  return ageMs >= 0 && ageMs < lifetimeMs - KEY_MARGIN_MS;
}
