/** The second person: the PIN and its waits on a real database, the policy, and the word that capture takes of them. */
import { userInfo } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../main/ledger/index.ts';
import type { FoundPolicy } from '../../../main/policy/index.ts';
import { systemAccount } from '../../../main/supervision/index.ts';
import type { Supervision, SupervisionOptions } from '../../../main/supervision/index.ts';
import { PIN_COST } from '../../../main/supervision/pin.ts';
import type { PinProof } from '../../../shared/domain/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import { newCustomer, openDesk } from '../capture/desk.ts';
import type { Desk } from '../capture/desk.ts';
import { jpeg } from '../capture/files.ts';
import { supervisionOn } from '../../support/supervisor.ts';

const PIN = '482915';
const OTHER = '770133';
const MINUTE_MS = 60_000;
const RECOVERY_KEY = 'AGE-SECRET-KEY-1OF-THIS-TEST';

let desk: Desk;
let policy: FoundPolicy;
let supervision: Supervision;
beforeEach(async () => {
  desk = await openDesk();
  policy = { kind: 'none' };
  supervision = open();
});
afterEach(async () => {
  await desk.close();
});

/** As after a start: nothing is kept but what lies in the database. */
function open(options: Partial<SupervisionOptions> = {}): Supervision {
  return supervisionOn(desk, {
    policy: () => Promise.resolve(policy),
    checkRecoveryKey: (key) => Promise.resolve(key === RECOVERY_KEY ? 'fits' : 'does_not_fit'),
    ...options,
  });
}

const first: PinProof = { kind: 'first' };
/** The code of the refusal, with its minutes where it names some; `allowed`. */
async function answerOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    const { message } = failureIn(error);
    return [message.code, ...Object.values(message.params ?? {})].join(' ');
  }
}
function failureIn(error: unknown) {
  if (!(error instanceof SatchelFailure)) throw error;
  return error.failure;
}
const enter = (pin: string | null, by = supervision) => answerOf(by.grant('override', 'customer', pin));
const ledgerOf = (kind: string) =>
  desk.db.all<{ operator: string; code: string }>(
    "SELECT operator, data ->> '$.message.code' AS code FROM ledger WHERE kind LIKE ?",
    [kind],
  );

const named = (accounts: string[], groups: string[] = []): FoundPolicy => ({
  kind: 'policy',
  policy: { supervisors: { accounts, groups } },
});

describe('the PIN', () => {
  it('is asked for once it is set, by whoever is first', async () => {
    expect(await supervision.view()).toEqual({ kind: 'pin', operator: 'kim', isSet: false, untilMs: null });
    expect(await enter(PIN)).toBe('supervision.notSet');
    await supervision.setPin(PIN, first);
    expect(await supervision.view()).toMatchObject({ isSet: true });
    expect(await enter(null)).toBe('supervision.pinWanted');
    expect(await enter(OTHER)).toBe('supervision.wrongPin');
    expect(await enter(PIN)).toBe('allowed');
    expect(await answerOf(supervision.setPin(OTHER, first))).toBe('supervision.isSet');
    expect(await enter(PIN, open())).toBe('allowed');
  });

  it('is set by one of two who are first at once', async () => {
    const answers = await Promise.all([PIN, OTHER].map((pin) => answerOf(supervision.setPin(pin, first))));
    expect(answers.toSorted()).toEqual(['allowed', 'supervision.isSet']);
  });

  it('is changed with the old one and set anew with the recovery key, and the ledger says by which', async () => {
    await supervision.setPin(PIN, first);
    expect(await answerOf(supervision.setPin(OTHER, { kind: 'pin', pin: OTHER }))).toBe('supervision.wrongPin');
    await supervision.setPin(OTHER, { kind: 'pin', pin: PIN });
    expect([await enter(PIN), await enter(OTHER)]).toEqual(['supervision.wrongPin', 'allowed']);
    const reset = (recoveryKey: string) => answerOf(supervision.setPin(PIN, { kind: 'recoveryKey', recoveryKey }));
    expect(await reset('AGE-SECRET-KEY-1OF-ANOTHER')).toBe('recovery.does_not_fit');
    expect(await enter(OTHER)).toBe('allowed');
    expect(await reset(RECOVERY_KEY)).toBe('allowed');
    expect(await enter(PIN)).toBe('allowed');
    expect(ledgerOf('supervision.%')).toEqual(
      ['Set', 'Wrong', 'Changed', 'Wrong', 'Reset'].map((what) => ({
        operator: 'kim',
        code: `ledger.supervisorPin${what}`,
      })),
    );
    expect(await verifyLedger(desk.db)).toMatchObject({ isIntact: true });
  });

  it('lies nowhere in the database, not as what can be tried without the vault’s key either', async () => {
    const logged: unknown[] = [];
    const log = (...line: unknown[]): void => void logged.push(line);
    const real = open({ cost: PIN_COST, log: { info: log, warn: log, error: log } });
    await real.setPin(PIN, first);
    expect([await enter(OTHER, real), await enter(PIN, real)]).toEqual(['supervision.wrongPin', 'allowed']);
    const stored =
      desk.db.get<{ value: string }>("SELECT value FROM settings WHERE key = 'supervisor.pin'")?.value ?? '';
    expect(Buffer.from(stored, 'base64').toString('latin1')).not.toMatch(/salt|hash|version/);
    expect(logged).toHaveLength(1);
    const rows = [desk.db.all('SELECT * FROM settings'), desk.db.all('SELECT data FROM ledger'), logged];
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${PIN}|${OTHER}`));
  });

  it('that does not open is one all the same: only the recovery key sets another', async () => {
    await supervision.setPin(PIN, first);
    desk.db.transaction((db) => {
      db.run(`UPDATE settings SET value = '"AAAA"' WHERE key = 'supervisor.pin'`);
    });
    expect(await enter(PIN)).toBe('supervision.pinUnreadable');
    expect(await answerOf(supervision.setPin(PIN, first))).toBe('supervision.isSet');
    expect(await answerOf(supervision.setPin(PIN, { kind: 'recoveryKey', recoveryKey: RECOVERY_KEY }))).toBe('allowed');
    expect(await enter(PIN)).toBe('allowed');
  });
});

/** Guesses wrongly until a wait begins or goes on, and waits it out. Answers the minutes of each wait. */
async function waitsOf(guesses: number): Promise<number[]> {
  const minutes: number[] = [];
  while (minutes.length < guesses) {
    const answer = await enter(OTHER, open());
    const wait = Number(/^supervision\.wrongPinWait (\d+)$/.exec(answer)?.[1] ?? 0);
    minutes.push(wait);
    desk.clock.at += wait * MINUTE_MS;
  }
  return minutes;
}

describe('guessing', () => {
  beforeEach(async () => {
    await supervision.setPin(PIN, first);
  });

  it('is slowed down more and more, whether the app is started anew or not, and never for more than an hour', async () => {
    expect(await waitsOf(11)).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(await enter(PIN)).toBe('allowed');
    expect(await waitsOf(3)).toEqual([0, 0, 1]);
  });

  it('during a wait does not even look at the right one, and says how long', async () => {
    for (const _ of [1, 2, 3]) await enter(OTHER);
    expect(await supervision.view()).toMatchObject({ untilMs: desk.clock.at + MINUTE_MS });
    expect(await enter(PIN)).toBe('supervision.wait 1');
    expect(await enter(PIN, open())).toBe('supervision.wait 1');
    expect(await answerOf(open().setPin(OTHER, { kind: 'pin', pin: PIN }))).toBe('supervision.wait 1');
    desk.clock.at += MINUTE_MS - 1;
    expect(await enter(PIN)).toBe('supervision.wait 1');
    desk.clock.at += 1;
    expect(await supervision.view()).toMatchObject({ untilMs: null });
    expect(await enter(PIN)).toBe('allowed');
  });

  it('by a hundred at once gets three looks', async () => {
    const guesses = Array.from({ length: 100 }, (_, index) => enter(String(100_000 + index * 7)));
    const answers = await Promise.all([...guesses, enter(PIN)]);
    expect(answers.filter((answer) => answer.startsWith('supervision.wrongPin'))).toHaveLength(3);
    expect(answers.filter((answer) => answer === 'supervision.wait 1')).toHaveLength(98);
    expect(ledgerOf('supervision.wrongPin')).toHaveLength(3);
  });

  it('gains nothing by ending the app before the answer: a look counts before it is made', async () => {
    const ended: Promise<string>[] = [];
    for (const _ of [1, 2, 3]) {
      ended.push(enter(OTHER, open()));
      // As far as the look goes before it waits for scrypt; the process dies there.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await enter(PIN, open())).toBe('supervision.wait 1');
    await Promise.all(ended);
  });

  it('is not shut out for years by a clock that ran ahead', async () => {
    desk.clock.at += 10 * 365 * 24 * 60 * MINUTE_MS;
    for (const _ of [1, 2, 3]) await enter(OTHER);
    desk.clock.at -= 10 * 365 * 24 * 60 * MINUTE_MS;
    expect(await enter(PIN)).toBe('supervision.wait 1');
    desk.clock.at += MINUTE_MS;
    expect(await enter(PIN)).toBe('allowed');
  });
});

describe('the policy of the PC', () => {
  it('says who may, as it is now, and the PIN is out of use', async () => {
    await supervision.setPin(PIN, first);
    policy = named(['ada'], ['managers']);
    expect(await supervision.view()).toEqual({
      kind: 'policy',
      operator: 'kim',
      isSupervisor: false,
      accounts: ['ada'],
      groups: ['managers'],
    });
    expect(await enter(PIN)).toBe('supervision.notNamed kim');
    expect(await answerOf(supervision.setPin(OTHER, { kind: 'pin', pin: PIN }))).toBe('supervision.pinOutOfUse');
    policy = named([], ['counter']);
    expect(await supervision.view()).toMatchObject({ isSupervisor: true });
    expect(await enter(null)).toBe('allowed');
    policy = { kind: 'none' };
    expect(await enter(null)).toBe('supervision.pinWanted');
  });

  it('that is not believed or not understood makes nobody a supervisor, not by the PIN either', async () => {
    await supervision.setPin(PIN, first);
    for (const problem of ['notTrusted', 'unreadable', 'malformed'] as const) {
      policy = { kind: 'refused', problem };
      expect(await enter(PIN)).toBe(`supervision.policy.${problem}`);
      expect(await supervision.view()).toMatchObject({ message: { code: `supervision.policy.${problem}` } });
    }
  });

  it('names nobody where the system does not say who is in front', async () => {
    policy = named(['kim']);
    const blind = open({ account: () => Promise.reject(new Error('no such program')) });
    expect(await enter(null, blind)).toBe('supervision.notNamed kim');
  });

  it('asks the system itself for the groups of this account', async () => {
    const { username } = userInfo();
    const { names, groups } = await systemAccount(username);
    expect(names).toContain(username);
    expect(groups.length).toBeGreaterThan(0);
    policy = named([], [groups[0] ?? '']);
    expect(await enter(null, open({ account: () => systemAccount(username) }))).toBe('allowed');
  });
});

it('capture overrides with a supervisor’s word, and the ledger says whose', async () => {
  const { submissionId } = newCustomer(desk, 'personr');
  const path = await desk.file('page.jpg', await jpeg({ seed: 1 }));
  for (const _ of [1, 2]) await desk.capture.importFiles([path], { submissionId, slot: null }, 'drop');
  await desk.capture.whenInspected();
  await supervision.setPin(PIN, first);
  desk.capture.override(
    submissionId,
    'the manager has seen it',
    await supervision.grant('override', submissionId, PIN),
  );
  desk.capture.setSubject(submissionId, { ...desk.capture.subjectOf(submissionId), givenName: 'Eva' });
  policy = { kind: 'policy', policy: { supervisors: { accounts: ['kim'], groups: [] } } };
  desk.capture.override(submissionId, 'once more', await supervision.grant('override', submissionId, null));
  const { timeline } = desk.capture.submission(submissionId);
  const said = new Map(timeline.map(({ message, reason }) => [message.code, reason]));
  expect(said.get('ledger.overriddenByPin')).toBe('the manager has seen it');
  expect(said.get('ledger.overriddenByAccount')).toBe('once more');
});
