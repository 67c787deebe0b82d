/** What the provider has of a customer is removed there when the pages are purged here, where the connection wants it. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_SUBJECT, PersonaRoute } from '../../../shared/domain/index.ts';
import type { Flow } from '../../../shared/domain/index.ts';
import { systemTimers } from '../../../main/app/system.ts';
import { migrations } from '../../../main/database/index.ts';
import { inEnglish } from '../../../main/words/index.ts';
import { submissionReport } from '../../../shared/util/submission-report.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { callApi } from '../../support/practice-calls.ts';
import { QUICK_SWITCHES, connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { satchel as run } from '../../support/satchel-process.ts';
import { until } from '../../support/until.ts';
import { jpeg } from '../capture/files.ts';
import { at } from '../practice/bench.ts';

const HOUR_MS = 3_600_000;

let folder: string;
let practice: PracticeForTests;
let app: OpenedSatchel;
let connectionId: string;
let pageSeed: number;
/** How much time has passed beside the real one, here and at the provider, and the hourly timer. */
let aheadMs: number;
let hourly: (() => void)[];
const clock = { now: () => Date.now() + aheadMs, monotonic: () => performance.now() + aheadMs };

/** A proof of address and nothing else, by the way to Persona that a test wants. */
function flow(by: 'inquiry' | 'transaction' | 'documents'): Flow {
  return {
    id: by,
    name: by,
    requiredFields: [],
    requirements: [
      {
        id: 'address',
        label: 'Proof of address',
        isOptional: false,
        accepts: [{ documentType: 'utility_bill', providerType: 'proof_of_address', sides: ['single'] }],
      },
    ],
    route: PersonaRoute.parse({ by, templateId: 'itmpl_Practice', transactionTypeId: 'txntp_Practice' }),
  };
}

async function open(): Promise<void> {
  hourly = [];
  app = await openSatchel(join(folder, 'profile'), {
    clock,
    timers: {
      after: (delayMs, fire) => {
        if (delayMs !== HOUR_MS) return systemTimers.after(delayMs, fire);
        hourly.push(fire);
        return () => {
          hourly = hourly.filter((other) => other !== fire);
        };
      },
      soon: (fire) => {
        systemTimers.soon(fire);
      },
    },
  });
  await app.satchel.start();
  await until('the first look', () => hourly.length === 1);
}

beforeEach(async () => {
  // A command line has the real time, and comes after all that happens here.
  aheadMs = -80 * 24 * HOUR_MS;
  pageSeed = 70;
  folder = makeFolder('redaction');
  practice = await startPractice(folder, { 'persona.inquiryExpiresHours': 8760 }, clock);
  await open();
  const flows = [flow('inquiry'), flow('transaction'), flow('documents')];
  connectionId = app.services.connections.create(connectionTo('persona', practice.server.origin, { flows }));
});
afterEach(async () => {
  await app.close();
  await practice.close();
  removeFolder(folder);
});

/** The connection of this test; the first run has made another. */
const redaction = async () =>
  (await app.services.retention.view()).redactions.find((one) => one.connectionId === connectionId);
const detail = (submissionId: string) => app.services.capture.submission(submissionId);
const codes = (submissionId: string): string[] => detail(submissionId).timeline.map(({ message }) => message.code);
/** What is not named goes back to what it was. */
const switchTo = (switches: Readonly<Record<string, string>>): Promise<unknown> =>
  practice.admin('POST', '/switches', { ...QUICK_SWITCHES, 'persona.inquiryExpiresHours': 8760, ...switches });
const deletes = async (): Promise<string[]> =>
  (await practice.requests()).filter(({ method }) => method === 'DELETE').map(({ path }) => path);
const later = { everyMs: 20 };

async function released(by: 'inquiry' | 'transaction' | 'documents', reference: string): Promise<string> {
  const { capture, dispatcher } = app.services;
  const submissionId = capture.createSubmission({
    batchId: capture.createBatch(),
    connectionId,
    flowId: by,
    subject: { ...EMPTY_SUBJECT, givenName: 'Ana', familyName: reference, birthDate: '1990-02-03', reference },
  });
  pageSeed += 1;
  const bytes = await jpeg({ seed: pageSeed });
  await capture.importBytes({ name: 'page.jpg', bytes }, { submissionId, slot: null }, 'drop');
  await capture.whenInspected();
  capture.releaseSubmission(submissionId);
  dispatcher.wake();
  return submissionId;
}

async function accepted(by: 'inquiry' | 'transaction' | 'documents', reference: string): Promise<string> {
  const submissionId = await released(by, reference);
  await until(
    `${reference} is accepted`,
    () => {
      app.services.dispatcher.tryNow(null);
      return detail(submissionId).state === 'accepted';
    },
    later,
  );
  return submissionId;
}

/** The date runs on by so many days, hour by hour. */
async function passDays(days: number): Promise<void> {
  for (let hour = 0; hour < days * 24; hour += 12) {
    // A call that is under way meanwhile would be one of half a day, and what comes after it would be waited for in real time.
    await until('nothing under way', () => app.services.dispatcher.status().sending === 0, { everyMs: 2 });
    aheadMs += 12 * HOUR_MS;
    hourly.splice(0, 1)[0]?.();
    await until('the next look', () => hourly.length === 1, { everyMs: 2 });
  }
}

/** A month over everything that is there: its pages are purged, and no longer than it takes, for what is removed there begins with it. */
async function purgeAll(...submissionIds: string[]): Promise<void> {
  const pages = () => submissionIds.flatMap((submissionId) => detail(submissionId).pages);
  for (let days = 0; days < 32 && pages().some(({ purgedAt }) => purgedAt === null); days += 0.5) await passDays(0.5);
  expect(pages().map(({ purgedAt }) => purgedAt)).not.toContain(null);
}

/** Two purged customers, of whom the first is refused: the key may not redact. */
async function refused(): Promise<[first: string, second: string]> {
  const first = await accepted('inquiry', 'FIRST');
  const second = await accepted('inquiry', 'SECOND');
  await switchTo({ 'persona.redaction': '403' });
  app.services.retention.set({ keepDays: 30 });
  await app.services.retention.setRedaction(connectionId, true);
  await purgeAll(first, second);
  // Which of the two is asked about first is nobody's promise.
  const asked = await until('the refusal', () => [first, second].find((id) => detail(id).attention !== null), later);
  return asked === first ? [first, second] : [second, first];
}

async function recordAt(path: string): Promise<unknown> {
  return at(await callApi(practice, 'GET', path), 'data', 'attributes', 'redacted-at');
}

describe('pages are purged here', () => {
  it('and nothing is removed at the provider, until somebody turns that on', async () => {
    const submissionId = await accepted('inquiry', 'OFF');
    app.services.retention.set({ keepDays: 30 });
    expect(await redaction()).toMatchObject({ connectionId, isOn: false, open: 0 });
    await purgeAll(submissionId);
    await app.services.retention.setRedaction(connectionId, true);
    await passDays(2);
    app.services.dispatcher.tryNow(null);
    await passDays(1);
    expect(await deletes()).toEqual([]);
    expect(codes(submissionId).at(-1)).toBe('ledger.purged');
  });

  it('then inquiry and transaction are redacted, also of a voided customer; their decisions stand as before', async () => {
    const inquiry = await accepted('inquiry', 'INQUIRY');
    const transaction = await accepted('transaction', 'TRANSACTION');
    const documents = await accepted('documents', 'DOCUMENTS');
    await switchTo({ 'persona.inquiryWithoutMarker': 'pending' });
    const voided = await released('inquiry', 'VOIDED');
    await until('the review', () => ['sent', 'in_review'].includes(detail(voided).state), later);
    const made = detail(voided).operations.flatMap(({ recordIds }) => recordIds);
    await practice.admin('POST', '/forget', { id: made.find((id) => id.startsWith('inq_')) ?? '' });
    await until(
      'the trouble',
      () => {
        app.services.dispatcher.tryNow(null);
        return detail(voided).cause === 'call_it' && app.services.dispatcher.status().sending === 0;
      },
      later,
    );
    app.services.capture.voidSubmission(voided, 'gone there');
    const before = [inquiry, transaction, documents].map((id) => detail(id).explanation);

    app.services.retention.set({ keepDays: 30 });
    await app.services.retention.setRedaction(connectionId, true);
    await purgeAll(inquiry, transaction, documents, voided);
    await until(
      'all were asked for',
      async () => {
        app.services.dispatcher.tryNow(null);
        return (await deletes()).length >= 3;
      },
      later,
    );
    await until('the end', () => detail(voided).beside.includes('attention'), later);

    const paths = await deletes();
    expect(paths).toHaveLength(3);
    const [first = '', second = ''] = paths.map((path) => path.replace('/persona/api/v1', ''));
    expect([first, second].map((path) => path.split('/')[1])).toEqual(['inquiries', 'transactions']);
    for (const path of [first, second]) expect(await recordAt(path)).toEqual(expect.any(String));
    // The account is of the organisation's own reference, and this connection keeps every one.
    expect(codes(inquiry).slice(-3)).toEqual(['ledger.purged', 'persona.accountKept', 'persona.redacted']);
    expect(codes(transaction).slice(-2)).toEqual(['ledger.purged', 'persona.redacted']);
    for (const submissionId of [inquiry, transaction]) {
      expect(detail(submissionId).timeline.at(-1)?.requestId).toMatch(/^req_/);
    }
    // What no call removes is named, beside the decision that stands as before.
    expect(codes(documents).slice(-2)).toEqual(['ledger.purged', 'persona.documentsStay']);
    expect(detail(documents).timeline.at(-1)?.message.params?.['ids']).toMatch(/^doc_\w+$/);
    expect(codes(inquiry)).not.toContain('persona.documentsStay');
    expect([inquiry, transaction, documents].map((id) => detail(id).explanation)).toEqual(before);
    expect(detail(inquiry)).toMatchObject({ state: 'accepted', beside: [], cause: null });

    // The record of the voided one is not there any more: that is for a person, who leaves it.
    expect(detail(voided)).toMatchObject({
      beside: ['attention', 'voided'],
      attention: { cause: 'call_it', message: { code: 'persona.redactionMissing' }, choices: ['retry', 'leave'] },
    });
    app.services.decide(voided, 'leave');
    expect(detail(voided)).toMatchObject({
      beside: ['voided'],
      attention: null,
      explanation: { code: 'submission.voided' },
    });
    expect(app.services.dispatcher.status().attention).toBe(0);
    expect(await app.satchel.verifyLedger()).toMatchObject({ isIntact: true });
  });

  it('a key that may not redact brings one customer to a person, not each; sending goes on', async () => {
    const [first, second] = await refused();
    expect(detail(first)).toMatchObject({
      state: 'accepted',
      attention: { cause: 'call_it', message: { code: 'persona.redactionRefused' }, choices: ['retry', 'leave'] },
    });
    expect(
      (await app.services.capture.submissions({ filter: { tab: 'attention' }, offset: 0, limit: 9 })).rows,
    ).toMatchObject([{ id: first, explanation: { code: 'persona.redactionRefused' } }]);
    // Another customer is taken meanwhile, and no other redaction is tried.
    const third = await released('inquiry', 'THIRD');
    await until('it is sent', () => ['sent', 'in_review'].includes(detail(third).state), later);
    expect(await deletes()).toHaveLength(1);
    expect(detail(second).attention).toBeNull();
    expect(await redaction()).toMatchObject({ isOn: true, open: 2 });

    await switchTo({ 'persona.redaction': 'works' });
    app.services.decide(first, 'retry');
    await until('both', async () => (await redaction())?.open === 0, later);
    expect(codes(first)).toEqual(expect.arrayContaining(['ledger.decided.retry', 'persona.redacted']));
    expect(codes(second).at(-1)).toBe('persona.redacted');
    expect(detail(first)).toMatchObject({ attention: null, explanation: { code: 'persona.inquiryApproved' } });
  });

  it('what is not removed yet stays there when it is turned off, and the timeline says so', async () => {
    const [first, second] = await refused();
    expect(() => {
      app.services.connections.remove(connectionId);
    }).toThrow(/connection\.redact/);
    await switchTo({ 'persona.redaction': 'works' });
    await app.services.retention.setRedaction(connectionId, false);
    expect(await redaction()).toMatchObject({ isOn: false, open: 0 });
    app.services.dispatcher.tryNow(null);
    await passDays(1);
    expect(await deletes()).toHaveLength(1);
    for (const submissionId of [first, second]) {
      expect(codes(submissionId)).toContain('ledger.redactionCalledOff');
      const facts = { nowMs: clock.now(), version: 'test', runtime: 'test' };
      expect(submissionReport(detail(submissionId), facts, inEnglish)).toContain('ledger.redactionCalledOff');
      expect(detail(submissionId)).toMatchObject({ attention: null, explanation: { code: 'persona.inquiryApproved' } });
    }
    app.services.connections.remove(connectionId);
  });

  it('a customer that was voided when it was released anew stops nothing', async () => {
    await switchTo({ 'persona.inquiryWithoutMarker': 'pending' });
    await practice.admin('POST', '/decision', { api: 'persona', decision: 'reject=document_not_readable' });
    const submissionId = await released('inquiry', 'AGAIN');
    await until(
      'the retake',
      () => {
        app.services.dispatcher.tryNow(null);
        return detail(submissionId).state === 'retake';
      },
      later,
    );
    // Released once more while nothing is sent, and voided before the first call.
    app.services.dispatcher.setPaused(true);
    pageSeed += 1;
    const slot = detail(submissionId).slots[0]?.key ?? '';
    const bytes = await jpeg({ seed: pageSeed });
    await app.services.capture.importBytes({ name: 'new.jpg', bytes }, { submissionId, slot }, 'drop');
    await app.services.capture.whenInspected();
    app.services.capture.releaseSubmission(submissionId);
    expect(detail(submissionId).state).toBe('released');
    app.services.capture.voidSubmission(submissionId, 'not wanted any more');
    app.services.dispatcher.setPaused(false);

    app.services.retention.set({ keepDays: 30 });
    await app.services.retention.setRedaction(connectionId, true);
    await purgeAll(submissionId);
    await until('the redaction', async () => (await redaction())?.open === 0, later);
    expect(codes(submissionId).at(-1)).toBe('persona.redacted');
    expect(detail(submissionId)).toMatchObject({ state: 'released', beside: ['voided'] });
    // Sending goes on.
    await switchTo({ 'persona.inquiryWithoutMarker': 'approved' });
    await accepted('inquiry', 'NEXT');
  });

  it('nothing is removed by the wish of an older copy that took the place of the database', async () => {
    const submissionId = await accepted('inquiry', 'COPY');
    const other = app.services.connections.create(connectionTo('persona', practice.server.origin));
    app.services.retention.set({ keepDays: 30 });
    await app.services.retention.setRedaction(connectionId, true);
    app.services.dispatcher.setPaused(true);
    await purgeAll(submissionId);
    expect(await redaction()).toMatchObject({ isOn: true, open: 1 });
    await app.close();
    const file = join(folder, 'profile', 'satchel.sqlite3');
    copyFileSync(file, `${file}.backup-20260101T000000000Z-v${migrations.length}`);
    writeFileSync(file, 'no database any more');
    await open();
    app.services.dispatcher.setPaused(false);
    expect(await redaction()).toMatchObject({ isOn: false, isUndecided: true, open: 0 });
    // It may have been turned on elsewhere since the copy was made; the practice server keeps nothing that matters.
    const undecidedAt = (await app.services.retention.view()).redactions.filter(({ isUndecided }) => isUndecided);
    expect(undecidedAt.map((each) => each.connectionId)).toEqual([connectionId, other]);
    expect(codes(submissionId).at(-1)).toBe('ledger.redactionCalledOff');
    const { entries } = await app.services.activity.list({ search: '', offset: 0, limit: 20 });
    expect(entries.map(({ message }) => message.code)).toContain('ledger.redactionForgotten');
    await passDays(1);
    app.services.dispatcher.tryNow(null);
    const next = await accepted('inquiry', 'AFTER');
    expect(await deletes()).toEqual([]);

    // Nor is anything purged here whose record at the provider would be kept by that, until somebody has said so.
    const undecided = { code: 'start.redactionUndecided' };
    await passDays(40);
    expect((await app.services.retention.view()).wait).toEqual({ reason: 'redaction_undecided', untilMs: null });
    expect(detail(next).pages.every(({ purgedAt }) => purgedAt === null)).toBe(true);
    expect(app.satchel.status().notices).toContainEqual(undecided);
    await app.services.retention.setRedaction(connectionId, false);
    expect(app.satchel.status().notices).toContainEqual(undecided);
    await app.services.retention.setRedaction(other, false);
    expect(app.satchel.status().notices).not.toContainEqual(undecided);
    expect(await redaction()).toMatchObject({ isOn: false, isUndecided: false });
    await purgeAll(next);
    expect(await deletes()).toEqual([]);
  });

  it('one that fails for a day goes to a person, and the next one has its turn', async () => {
    const first = await accepted('inquiry', 'FIRST');
    const second = await accepted('inquiry', 'SECOND');
    await practice.faults({ api: 'persona', method: 'DELETE', times: 1_000, action: { kind: 'status', status: 503 } });
    app.services.retention.set({ keepDays: 30 });
    await app.services.retention.setRedaction(connectionId, true);
    await purgeAll(first, second);
    const tries = (number: number) =>
      until(
        `${number} tries`,
        async () => {
          app.services.dispatcher.tryNow(null);
          return (await deletes()).length >= number;
        },
        later,
      );
    // Often is not long: somebody may only have pressed "try now".
    await tries(12);
    expect(detail(first).attention).toBeNull();
    await passDays(1);
    await tries((await deletes()).length + 1);
    await until('a person is asked', () => detail(first).attention !== null, later);
    expect(detail(first).attention).toMatchObject({ cause: 'call_it', choices: ['retry', 'leave'] });
    await practice.clearFaults();
    app.services.decide(first, 'leave');
    await until('the next one', () => codes(second).at(-1) === 'persona.redacted', later);
  });

  it('an end without an answer is asked for again at the next start, and is done once', async () => {
    const submissionId = await accepted('inquiry', 'KILLED');
    app.services.retention.set({ keepDays: 30 });
    await app.services.retention.setRedaction(connectionId, true);
    await practice.faults({ api: 'persona', method: 'DELETE', action: { kind: 'resetAfterStoring' } });
    await purgeAll(submissionId);
    await app.close();
    await open();
    await until(
      'the second answer',
      () => {
        app.services.dispatcher.tryNow(null);
        return codes(submissionId).at(-1)?.startsWith('persona.redacted') === true;
      },
      later,
    );
    expect(codes(submissionId).at(-1)).toBe('persona.redactedBefore');
  });

  it('on the command line: shown, each tried once by a sync, turned on with a yes only, and turned off', async () => {
    const [first] = await refused();
    await app.close();
    const profile = join(folder, 'profile');
    expect((await run(profile, 'status')).out).toContain(
      'to be removed: Branch Persona: 2 records of purged customers',
    );
    expect((await run(profile, 'decide', first, '--retry')).code).toBe(0);
    await switchTo({ 'persona.redaction': 'works' });
    // The one behind a failure waits for it, and no run does.
    await practice.faults({ api: 'persona', method: 'DELETE', action: { kind: 'status', status: 500 } });
    const failed = await run(profile, '--json', 'sync', '--timeout', '60');
    expect([failed.code, JSON.parse(failed.out)]).toMatchObject([
      0,
      { removals: [{ connectionId, name: 'Branch Persona', open: 2 }] },
    ]);
    expect(await deletes()).toHaveLength(2);
    const synced = await run(profile, '--json', 'sync', '--timeout', '60');
    expect([synced.code, JSON.parse(synced.out)]).toMatchObject([0, { removals: [] }]);
    expect(await deletes()).toHaveLength(4);
    const refusedThen = await run(profile, 'retention', '--redact', 'Branch Persona');
    expect(refusedThen.code).not.toBe(0);
    expect(JSON.stringify(refusedThen)).toContain('--yes');
    expect((await run(profile, 'retention', '--redact', 'Branch Persona', '--yes')).out).toContain(
      'Branch Persona: removes the customer’s data too',
    );
    expect((await run(profile, 'retention', '--keep-records', 'Branch Persona')).out).toContain(
      'Branch Persona: keeps its records',
    );
    await open();
  });
});
