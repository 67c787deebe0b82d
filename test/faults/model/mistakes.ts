/** Known ways to get it wrong, each of which the model must find. */
import { randomUUID } from 'node:crypto';
import { PERSONR_START } from '../../../main/providers/personr/payloads.ts';
import { SUMSUB_START } from '../../../main/providers/sumsub/payloads.ts';
import type { Outcome } from '../../../main/providers/index.ts';
import type { Mistake } from './world.ts';

/** Every attempt goes out under a key of its own. */
const newKeyPerAttempt: Mistake = {
  wrapProvider: (adapter) => ({
    ...adapter,
    perform: (operation, context) => adapter.perform({ ...operation, idempotencyKey: randomUUID() }, context),
  }),
};

/** Every attempt at Sumsub names the customer anew, so that nothing there tells that they are known. */
const newReferencePerAttempt: Mistake = {
  wrapProvider: (adapter) =>
    adapter.id === 'sumsub' ? (newKeyPerAttempt.wrapProvider?.(adapter) ?? adapter) : adapter,
};

/** Whoever once held an operation writes to it, whoever holds it now. */
const staleWorkerWritesBack: Mistake = {
  rewrite: (sql) => sql.replaceAll(/lease_token = \? AND state = 2/g, 'coalesce(?, 1) IS NOT NULL'),
};

/** An answer that never came counts as the one that was hoped for. */
const doneWithoutAnAnswer: Mistake = {
  wrapProvider: (adapter) => ({
    ...adapter,
    async perform(operation, context) {
      const outcome = await adapter.perform(operation, context);
      if (outcome.kind !== 'unknown' || !/upload|submit|start/.test(operation.kind)) return outcome;
      const done: Outcome = { kind: 'done', result: {}, evidence: outcome.evidence };
      return done;
    },
  }),
};

/** The check does not wait for the pages it is about. */
const submitBeforeItsPages: Mistake = {
  wrapProvider: (adapter) => ({
    ...adapter,
    plan: (input) =>
      adapter
        .plan(input)
        .map((operation) =>
          operation.kind === PERSONR_START || operation.kind === SUMSUB_START
            ? { ...operation, needs: operation.needs.filter((ref) => !ref.startsWith('upload:')) }
            : operation,
        ),
  }),
};

/** What may have arrived is simply sent again. */
const repeatedWithoutResolution: Mistake = {
  wrapProvider: (adapter) => ({
    ...adapter,
    operations: Object.fromEntries(
      Object.entries(adapter.operations).map(([kind, rules]) => [
        kind,
        rules.repeat === 'look_up' || rules.repeat === 'person'
          ? {
              ...rules,
              repeat: 'idempotency_key' as const,
              keyLifetimeMs: Number.MAX_SAFE_INTEGER,
              afterwards: 'person' as const,
            }
          : rules,
      ]),
    ),
  }),
};

/** The point of no return is not written down: after a kill nobody knows that the request had left. */
const doubtNotWrittenDown: Mistake = {
  rewrite: (sql) =>
    sql.replace('UPDATE operations SET committed_at = ? WHERE', 'UPDATE operations SET committed_at = NULL * ? WHERE'),
};

export const MISTAKES: Readonly<Record<string, Mistake>> = {
  newKeyPerAttempt,
  newReferencePerAttempt,
  staleWorkerWritesBack,
  doneWithoutAnAnswer,
  submitBeforeItsPages,
  repeatedWithoutResolution,
  doubtNotWrittenDown,
};
