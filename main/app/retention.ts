import { setImmediate } from 'node:timers/promises';
import { PROVIDER_DESCRIPTORS } from '../../shared/domain/index.ts';
import type { ProviderRedaction, RetentionDue, RetentionRules, RetentionView } from '../../shared/domain/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import type { Capture } from '../capture/index.ts';
import type { WritableDatabase } from '../database/index.ts';
import { appendLedger } from '../ledger/index.ts';
import { connectionNameKey } from '../../shared/domain/practice-flows.ts';
import { errorFields } from '../logging/index.ts';
import type { Log } from '../logging/index.ts';
import { callOffRedactions, countRedactions, nextRedactions } from '../outbox/index.ts';
import type { NextRedaction } from '../outbox/index.ts';
import { RETENTION, STEADY_DATE, readSetting, writeSetting } from '../settings/index.ts';
import type { Connection, Connections } from '../settings/index.ts';
import { attentionOff } from '../submissions/index.ts';
import type { Timers } from '../sync/index.ts';
import { lookAtDate, trustedFrom } from './steady-date.ts';

/** How often the date is looked at, and what is due then goes. */
const LOOK_EVERY_MS = 60 * 60_000;
/** Redactions called off in one commit. */
const CALLED_OFF_AT_ONCE = 100;

export interface RetentionOptions {
  readonly db: WritableDatabase;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly operator: string;
  readonly capture: Pick<Capture, 'retention'>;
  readonly connections: Connections;
  /** Submissions and settings that look otherwise now. */
  readonly onChange: (submissionIds: readonly string[]) => void;
  /** Pages were purged: what is to be removed at providers with them is due. */
  readonly onPurged: () => void;
  /** By what a provider's answer says the clock is wrong; null: by nothing worth telling, or no answer has said. */
  readonly clockOffByMs: () => number | null;
  /** The profile may be a copy of another one. */
  readonly isCopy: () => boolean;
}

/** The retention period: what is set, what is due, and the purging itself. */
export interface Retention {
  rules(): RetentionRules;
  view(): Promise<RetentionView>;
  /** There is a period, and nothing goes before somebody says whether providers remove what they have as well. */
  isUndecided(): boolean;
  /** What a period of so many days would take now. */
  due(keepDays: number): Promise<RetentionDue>;
  /** Nothing is purged by it for a day, so that what was set by mistake can be put right. */
  set(rules: RetentionRules): void;
  /**
   * Whether the provider of a connection removes what it has of customers that are purged from now on. On: nothing is purged for a
   * day. Off: what is not removed yet stays there.
   */
  setRedaction(connectionId: string, isOn: boolean): Promise<void>;
  /** What has its turn to be removed at providers. */
  nextRedactions(): readonly NextRedaction[];
  /** Purges what is due, unless the view says that it has to wait; answers what it took. */
  purge(): Promise<RetentionDue>;
}

export type RunningRetention = Retention & { start(): void; stop(): Promise<void> };

const NOTHING: RetentionDue = { submissions: 0, pages: 0 };

/**
 * Decides when pages are purged. A date far in the future must not empty the vault: nothing goes before the date has run
 * for a day without a jump, nor while a provider's answer says that it is wrong.
 */
export function createRetention(options: RetentionOptions): RunningRetention {
  const { db, clock, timers, log } = options;
  let cancelTimer: (() => void) | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let isStopping = false;

  const rules = (): RetentionRules => readSetting(db, RETENTION);

  /** Connections whose provider can be asked to remove what it has. */
  function redacting(): Connection[] {
    return options.connections
      .list()
      .filter(({ provider }) => PROVIDER_DESCRIPTORS[provider].redactionHintKey !== null);
  }

  /** Nobody has said yet whether one of them does. */
  function isUnsaid(): boolean {
    return redacting().some(({ isRedactionUndecided }) => isRedactionUndecided);
  }

  /** Why nothing goes now, by the date as it was last looked at. */
  function wait(): RetentionView['wait'] {
    if (options.isCopy()) return { reason: 'copy', untilMs: null };
    if (isUnsaid()) return { reason: 'redaction_undecided', untilMs: null };
    if (options.clockOffByMs() !== null) return { reason: 'clock_wrong', untilMs: null };
    const untilMs = trustedFrom(lookAtDate(readSetting(db, STEADY_DATE), clock.now()));
    return untilMs > clock.now() ? { reason: 'date_new', untilMs } : null;
  }

  function redactions(): ProviderRedaction[] {
    return redacting().map((connection) => ({
      connectionId: connection.id,
      name: connection.name,
      nameKey: connectionNameKey(connection),
      provider: connection.provider,
      isOn: connection.redactsWhenPurged,
      isUndecided: connection.isRedactionUndecided,
      open: countRedactions(db, connection.id),
    }));
  }

  /** What is planned and not done stays at the provider. In short turns: there may be thousands. */
  async function callOff(connectionId: string): Promise<void> {
    for (;;) {
      const submissionIds = db.transaction((transaction) => {
        const called = callOffRedactions(transaction, { connectionId, limit: CALLED_OFF_AT_ONCE });
        const by = { now: clock.now(), operator: options.operator };
        const message = { code: 'ledger.redactionCalledOff' };
        for (const submissionId of called) {
          attentionOff(transaction, submissionId, { message: { code: 'sync.attentionOver' } }, by);
          appendLedger(transaction, {
            at: by.now,
            operator: by.operator,
            submissionId,
            operationId: null,
            kind: 'redaction.calledOff',
            data: { message },
          });
        }
        return called;
      });
      if (submissionIds.length === 0 || isStopping) return;
      options.onChange(submissionIds);
      await setImmediate();
    }
  }

  /** What a turning off left when the program ended in the middle of it. */
  async function finishCallingOff(): Promise<void> {
    try {
      for (const { connectionId, isOn, open } of redactions()) if (!isOn && open > 0) await callOff(connectionId);
    } catch (error) {
      // Whatever is left ends by itself when its turn comes, without a call.
      log.error('purge.notCalledOff', errorFields(error));
    }
  }

  async function purge(): Promise<RetentionDue> {
    const { keepDays } = rules();
    if (keepDays === null) return NOTHING;
    writeSetting(db, STEADY_DATE, lookAtDate(readSetting(db, STEADY_DATE), clock.now()));
    const why = wait();
    if (why !== null) {
      log.info('purge.waits', { reason: why.reason });
      return NOTHING;
    }
    // Asked again before each submission: the setting and the clock may change while it runs.
    const taken = await options.capture.retention.purge(
      keepDays,
      () => !isStopping && rules().keepDays === keepDays && wait() === null,
    );
    if (taken.submissions > 0) {
      log.info('purge.done', { submissions: taken.submissions, pages: taken.pages });
      options.onPurged();
    }
    return taken;
  }

  async function look(): Promise<void> {
    if (isStopping) return;
    try {
      await purge();
    } catch (error) {
      // Whatever was marked is finished at the next look; what was not is still due then.
      log.error('purge.failed', errorFields(error));
    }
    if (isStopping) return;
    cancelTimer = timers.after(LOOK_EVERY_MS, () => {
      running = look();
    });
  }

  return {
    rules,
    isUndecided: () => rules().keepDays !== null && isUnsaid(),
    due: (keepDays) => options.capture.retention.due(keepDays),
    async view() {
      const { keepDays } = rules();
      return keepDays === null
        ? { keepDays, due: NOTHING, redactions: redactions(), wait: null }
        : { keepDays, due: await options.capture.retention.due(keepDays), redactions: redactions(), wait: wait() };
    },
    set({ keepDays }) {
      if (rules().keepDays === keepDays) return;
      const now = clock.now();
      db.transaction((transaction) => {
        writeSetting(transaction, RETENTION, { keepDays });
        writeSetting(transaction, STEADY_DATE, { sinceMs: now, lastMs: now });
        appendLedger(transaction, {
          at: now,
          operator: options.operator,
          submissionId: null,
          operationId: null,
          kind: 'retention.set',
          data: {
            message:
              keepDays === null
                ? { code: 'ledger.retentionOff' }
                : { code: 'ledger.retentionSet', params: { count: keepDays } },
          },
        });
      });
    },
    async setRedaction(connectionId, isOn) {
      const connection = options.connections.get(connectionId);
      if (connection.isRemoved || PROVIDER_DESCRIPTORS[connection.provider].redactionHintKey === null) {
        throw new SatchelFailure({ code: 'conflict', message: { code: 'retention.noRedaction' } });
      }
      if (connection.redactsWhenPurged !== isOn || connection.isRedactionUndecided) {
        const now = clock.now();
        db.transaction((transaction) => {
          options.connections.setRedaction(connectionId, isOn);
          if (isOn) writeSetting(transaction, STEADY_DATE, { sinceMs: now, lastMs: now });
          appendLedger(transaction, {
            at: now,
            operator: options.operator,
            submissionId: null,
            operationId: null,
            kind: 'retention.redactionSet',
            data: { message: { code: isOn ? 'ledger.redactionOn' : 'ledger.redactionOff' }, connectionId },
          });
        });
      }
      if (!isOn) await callOff(connectionId);
      options.onChange([]);
    },
    nextRedactions: () => nextRedactions(db),
    purge,
    start() {
      running = finishCallingOff().then(look);
    },
    async stop() {
      isStopping = true;
      cancelTimer?.();
      await running;
      cancelTimer?.();
    },
  };
}
