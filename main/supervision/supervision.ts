import { z } from 'zod';
import type { PinProof, SupervisionView, SupervisorAction, SupervisorWay } from '../../shared/domain/index.ts';
import type { Failure } from '../../shared/ipc/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import type { WritableDatabase } from '../database/index.ts';
import { appendLedger } from '../ledger/index.ts';
import { errorFields } from '../logging/index.ts';
import type { Log } from '../logging/index.ts';
import type { FoundPolicy, Policy } from '../policy/index.ts';
import { readSetting, writeSetting } from '../settings/index.ts';
import type { Setting } from '../settings/index.ts';
import type { FieldCipher, RecoveryRefusal } from '../vault/index.ts';
import { isNamed } from './account.ts';
import type { Account } from './account.ts';
import { Grant } from './grant.ts';
import { PIN_COST, PinRecord, isPin, recordPin } from './pin.ts';
import type { PinCost } from './pin.ts';
import { waitsUntil } from './waits.ts';
import type { Attempts } from './waits.ts';

export interface SupervisionOptions {
  readonly db: WritableDatabase;
  readonly cipher: FieldCipher;
  readonly clock: Clock;
  readonly random: (byteLength: number) => Uint8Array;
  /** Account name of the operating system. */
  readonly operator: string;
  /** The policy of this PC as it is now. */
  readonly policy: () => Promise<FoundPolicy>;
  /** What the system says of the account; asked only where a policy names somebody. */
  readonly account: () => Promise<Account>;
  /** Whether this is the vault's recovery key; otherwise why not. */
  readonly checkRecoveryKey: (recoveryKey: string) => Promise<'fits' | RecoveryRefusal>;
  readonly log: Log;
  /** Default: `PIN_COST`. */
  readonly cost?: PinCost;
}

/** Who may do what only a supervisor may. */
export interface Supervision {
  view(): Promise<SupervisionView>;
  /**
   * A supervisor's word for one action on one thing, for the service that does it. `pin`: what was entered, null for nothing.
   * Throws `SatchelFailure` (not_allowed) that says who may, or what is wrong with the PIN.
   */
  grant(action: SupervisorAction, about: string, pin: string | null): Promise<Grant>;
  /** Sets the PIN, the first one or another. Throws `SatchelFailure`. */
  setPin(pin: string, proof: PinProof): Promise<void>;
  /** Somebody has set a PIN: from then on, what could be used to set another one is a supervisor's as well. */
  hasPin(): boolean;
}

/** The sealed `PinRecord`, in base64; null: nobody has set a PIN. */
const PIN: Setting<string | null> = { key: 'supervisor.pin', schema: z.string().nullable(), fallback: null };
const PIN_CONTEXT = 'settings/supervisor.pin';

const NO_ATTEMPTS: Attempts = { wrong: 0, lastAtMs: 0 };
const ATTEMPTS: Setting<Attempts> = {
  key: 'supervisor.attempts',
  schema: z.object({ wrong: z.number().int().min(0), lastAtMs: z.number() }),
  fallback: NO_ATTEMPTS,
};

const MINUTE_MS = 60_000;

const notAllowed = (code: string, more: Pick<Failure, 'field'> & { params?: Failure['message']['params'] } = {}) => {
  const { params, field } = more;
  return new SatchelFailure({
    code: 'not_allowed',
    message: params === undefined ? { code } : { code, params },
    ...(field === undefined ? {} : { field }),
  });
};

/**
 * Supervisors are the accounts and groups that the policy of the PC names; where there is none, whoever knows the PIN. A policy
 * that is there and is not believed makes nobody a supervisor: whoever can spoil it must not gain by it.
 */
export function createSupervision(options: SupervisionOptions): Supervision {
  const { db, cipher, clock, operator, log, cost = PIN_COST } = options;

  const hasPin = (): boolean => readSetting(db, PIN) !== null;

  /** Null: none is set. A record that does not open is one all the same, which only a recovery key replaces. */
  function storedPin(): PinRecord | 'unreadable' | null {
    const sealed = readSetting(db, PIN);
    if (sealed === null) return null;
    try {
      return PinRecord.parse(JSON.parse(cipher.open(Buffer.from(sealed, 'base64'), PIN_CONTEXT)));
    } catch {
      return 'unreadable';
    }
  }

  /** A row about the PIN itself; never what was entered. */
  function note(kind: string, code: string): void {
    appendLedger(db, {
      at: clock.now(),
      operator,
      submissionId: null,
      operationId: null,
      kind,
      data: { message: { code }, requestId: null, nextAt: null },
    });
  }

  /** Until when no PIN is looked at. Where the clock was set back, the wait begins anew and lasts no longer than it may. */
  function currentWait(): number | null {
    const attempts = readSetting(db, ATTEMPTS);
    const now = clock.now();
    if (attempts.lastAtMs > now) writeSetting(db, ATTEMPTS, { ...attempts, lastAtMs: now });
    return waitsUntil(attempts, now);
  }

  const minutesUntil = (untilMs: number): number => Math.ceil((untilMs - clock.now()) / MINUTE_MS);

  /**
   * Throws unless it is the PIN. Each look is counted before it is made, so that neither ending the app nor asking a hundred times
   * at once saves one.
   */
  async function look(pin: string | null): Promise<void> {
    const stored = storedPin();
    if (stored === null) throw notAllowed('supervision.notSet');
    if (stored === 'unreadable') throw notAllowed('supervision.pinUnreadable');
    const untilMs = currentWait();
    if (untilMs !== null) {
      throw notAllowed('supervision.wait', { field: 'pin', params: { count: minutesUntil(untilMs) } });
    }
    if (pin === null) throw notAllowed('supervision.pinWanted', { field: 'pin' });
    writeSetting(db, ATTEMPTS, { wrong: readSetting(db, ATTEMPTS).wrong + 1, lastAtMs: clock.now() });
    if (await isPin(pin, stored)) {
      writeSetting(db, ATTEMPTS, NO_ATTEMPTS);
      return;
    }
    db.transaction(() => {
      note('supervision.wrongPin', 'ledger.supervisorPinWrong');
    });
    log.warn('supervision.wrongPin', { wrong: readSetting(db, ATTEMPTS).wrong });
    const waitMs = currentWait();
    throw waitMs === null
      ? notAllowed('supervision.wrongPin', { field: 'pin' })
      : notAllowed('supervision.wrongPinWait', { field: 'pin', params: { count: minutesUntil(waitMs) } });
  }

  async function isSupervisor(policy: Policy): Promise<boolean> {
    try {
      return isNamed(policy, await options.account());
    } catch (error) {
      // Who is not known is nobody's supervisor.
      log.error('supervision.accountUnknown', errorFields(error));
      return false;
    }
  }

  /** By what the person in front is a supervisor. Throws `SatchelFailure` when they are none. */
  async function recognise(pin: string | null): Promise<SupervisorWay> {
    const found = await options.policy();
    if (found.kind === 'refused') throw notAllowed(`supervision.policy.${found.problem}`);
    if (found.kind === 'none') {
      await look(pin);
      return 'pin';
    }
    if (!(await isSupervisor(found.policy))) throw notAllowed('supervision.notNamed', { params: { operator } });
    return 'account';
  }

  async function assertMaySet(proof: PinProof): Promise<void> {
    if (proof.kind === 'pin') {
      await look(proof.pin);
      return;
    }
    if (proof.kind === 'first') {
      if (hasPin()) throw notAllowed('supervision.isSet');
      return;
    }
    const answer = await options.checkRecoveryKey(proof.recoveryKey);
    if (answer !== 'fits') throw notAllowed(`recovery.${answer}`, { field: 'recoveryKey' });
  }

  return {
    async view() {
      const found = await options.policy();
      if (found.kind === 'refused') {
        return { kind: 'refused', operator, message: { code: `supervision.policy.${found.problem}` } };
      }
      if (found.kind === 'none') {
        return { kind: 'pin', operator, isSet: hasPin(), untilMs: currentWait() };
      }
      const { accounts, groups } = found.policy.supervisors;
      return { kind: 'policy', operator, isSupervisor: await isSupervisor(found.policy), accounts, groups };
    },
    async grant(action, about, pin) {
      return new Grant(action, about, await recognise(pin));
    },
    async setPin(pin, proof) {
      if ((await options.policy()).kind !== 'none') throw notAllowed('supervision.pinOutOfUse');
      await assertMaySet(proof);
      const record = await recordPin(pin, options.random, cost);
      db.transaction(() => {
        // Two windows may have asked for the first one at once.
        if (proof.kind === 'first' && hasPin()) throw notAllowed('supervision.isSet');
        const sealed = cipher.seal(JSON.stringify(record), PIN_CONTEXT);
        writeSetting(db, PIN, Buffer.from(sealed).toString('base64'));
        writeSetting(db, ATTEMPTS, NO_ATTEMPTS);
        note(...SET_BY[proof.kind]);
      });
    },
    hasPin,
  };
}

/** What the ledger says of a PIN that was set, by the proof. */
const SET_BY: Readonly<Record<PinProof['kind'], readonly [kind: string, code: string]>> = {
  first: ['supervision.pinSet', 'ledger.supervisorPinSet'],
  pin: ['supervision.pinChanged', 'ledger.supervisorPinChanged'],
  recoveryKey: ['supervision.pinReset', 'ledger.supervisorPinReset'],
};
