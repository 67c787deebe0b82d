/** The ledger and the end-of-day balance, end to end: a real day, then a stranger with the file, then the command line. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import { flowOf } from '../../support/flow-of.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { satchel } from '../../support/satchel-process.ts';
import { until } from '../../support/until.ts';
import { jpeg } from '../capture/files.ts';

const Verdict = z.object({
  isIntact: z.boolean(),
  rows: z.number(),
  firstBadSequence: z.number().nullable(),
  headHash: z.string(),
  problem: z.string().nullable(),
});
const Balance = z.object({
  captured: z.number(),
  sent: z.number(),
  isBalanced: z.boolean(),
  differing: z.number(),
  differences: z.array(z.object({ ledger: z.string().nullable(), outbox: z.string().nullable() })),
});
const Requests = z.object({
  requests: z.array(z.object({ requestId: z.string(), method: z.string(), path: z.string(), status: z.number() })),
});
const Attempt = z.object({
  at: z.number(),
  kind: z.string(),
  requestId: z.string().nullable(),
  status: z.number().nullable(),
});

let folder: string;
let profile: string;
let practice: PracticeForTests;
let copies = 0;

/** A day with one customer whose upload meets a 503, a lost answer and then a good one. */
beforeAll(async () => {
  folder = makeFolder('ledger');
  profile = join(folder, 'profile');
  practice = await startPractice(folder);
  const opened = await openSatchel(profile);
  const { capture, connections, dispatcher } = opened.services;
  await opened.satchel.start();
  const batchId = capture.createBatch();
  const submissionId = capture.createSubmission({
    batchId,
    connectionId: connections.create(connectionTo('persona', practice.server.origin)),
    flowId: flowOf('persona').id,
    subject: {
      ...EMPTY_SUBJECT,
      givenName: 'Led',
      familyName: 'Ger',
      country: 'AUS',
      reference: 'LEDGER-1',
    },
  });
  for (const seed of [801, 802]) {
    const path = join(folder, `${seed}.jpg`);
    writeFileSync(path, await jpeg({ width: 640, height: 620, seed }));
    await capture.importFiles([path], { submissionId, slot: null }, 'drop');
  }
  await capture.whenInspected();
  const upload = { api: 'persona', method: 'POST', path: '/document/generics' } as const;
  await practice.faults(
    { ...upload, action: { kind: 'status', status: 503 } },
    { ...upload, action: { kind: 'resetAfterStoring' } },
  );
  capture.releaseBatch(batchId);
  dispatcher.wake();
  await until('it to be accepted', () => {
    dispatcher.tryNow(null);
    return capture.submission(submissionId).state === 'accepted';
  });
  await opened.close();
});
afterAll(async () => {
  await practice.close();
  removeFolder(folder);
});

/** A copy of the profile in which somebody with SQLite has changed the ledger behind the triggers' back. */
function tampered(sql: string): string {
  copies += 1;
  const copy = join(folder, `copy-${copies}`);
  cpSync(profile, copy, { recursive: true });
  const plain = new Sqlite(join(copy, 'satchel.sqlite3'));
  const triggers = plain.prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").pluck().all().map(String);
  plain.exec('DROP TRIGGER ledger_is_append_only_update; DROP TRIGGER ledger_is_append_only_delete;');
  plain.exec(sql);
  for (const trigger of triggers) plain.exec(trigger);
  plain.close();
  return copy;
}

async function verify(directory: string, ...more: string[]) {
  const { code, out } = await satchel(directory, '--json', 'ledger', 'verify', ...more);
  return { code, ...Verdict.parse(JSON.parse(out)) };
}

async function balance(directory: string) {
  const { code, out } = await satchel(directory, '--json', 'balance');
  return { code, ...Balance.parse(JSON.parse(out)) };
}

describe('satchel ledger verify', () => {
  it('passes the day as it was, also with the head of an earlier look', async () => {
    const whole = await verify(profile);
    expect(whole).toMatchObject({ code: 0, isIntact: true, firstBadSequence: null, problem: null });
    expect(whole.rows).toBeGreaterThan(10);
    expect(await verify(profile, '--head', whole.headHash)).toMatchObject({ code: 0, isIntact: true });
  });

  it('finds an altered row and a removed one, each at its number, and says so in words', async () => {
    const altered = tampered(`UPDATE ledger SET data = replace(data, '503', '200') WHERE data LIKE '%"status":503%'`);
    const plain = new Sqlite(join(profile, 'satchel.sqlite3'), { readonly: true });
    const sequence = Number(
      plain.prepare(`SELECT sequence FROM ledger WHERE data LIKE '%"status":503%'`).pluck().get(),
    );
    plain.close();
    expect(await verify(altered)).toMatchObject({ code: 1, firstBadSequence: sequence, problem: 'altered' });
    expect((await satchel(altered, 'ledger', 'verify')).out).toContain(`The ledger was altered at row ${sequence}`);
    const removed = tampered('DELETE FROM ledger WHERE sequence = 7');
    expect(await verify(removed)).toMatchObject({ code: 1, firstBadSequence: 7, rows: 6 });
  });

  it('finds an end that was cut off by the head of an earlier look', async () => {
    const { headHash, rows } = await verify(profile);
    const cut = tampered(`DELETE FROM ledger WHERE sequence > ${rows - 3}`);
    expect(await verify(cut)).toMatchObject({ code: 0, rows: rows - 3 });
    expect(await verify(cut, '--head', headHash)).toMatchObject({ code: 1, problem: 'cut' });
  });
});

describe('attempts', () => {
  it('every one stands in the ledger with its time, its answer and the server’s id of the request', async () => {
    const plain = new Sqlite(join(profile, 'satchel.sqlite3'), { readonly: true });
    const attempts = z.array(Attempt).parse(
      plain
        .prepare(
          `SELECT at, kind, json_extract(data, '$.requestId') AS requestId, json_extract(data, '$.status') AS status
           FROM ledger WHERE kind LIKE 'operation.%' OR kind LIKE 'connection.%' ORDER BY sequence`,
        )
        .all(),
    );
    plain.close();
    const { requests } = Requests.parse(await practice.admin('GET', '/requests'));
    const created = requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/document/generics'));
    const kinds = attempts.map(({ kind }) => kind);
    expect(kinds).toContain('operation.unknown');
    expect(kinds).toContain('operation.done');
    // The one whose answer was lost has no id: nobody told it.
    const [refused] = created;
    expect(refused?.status).toBe(503);
    expect(attempts).toContainEqual(expect.objectContaining({ requestId: refused?.requestId, status: 503 }));
    const known = new Set(requests.map(({ requestId }) => requestId));
    const ids = attempts.flatMap(({ requestId }) => (requestId === null ? [] : [requestId]));
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
    expect(ids.length).toBeGreaterThan(3);
  });
});

describe('satchel balance', () => {
  it('adds up after the day', async () => {
    expect(await balance(profile)).toMatchObject({ code: 0, captured: 2, sent: 2, isBalanced: true, differing: 0 });
  });

  it('shows what ledger and outbox do not agree about', async () => {
    const noAnswer = tampered(`DELETE FROM ledger WHERE kind = 'operation.done'`);
    expect(await balance(noAnswer)).toMatchObject({
      code: 1,
      sent: 0,
      differing: 2,
      differences: [
        { ledger: 'waiting', outbox: 'sent' },
        { ledger: 'waiting', outbox: 'sent' },
      ],
    });
    expect((await satchel(noAnswer, 'balance')).out).toMatch(
      /It does not add up: .* 2 pages.*\n {2}page \S+ of LEDGER-1: waiting by the ledger, sent by the outbox/,
    );
    const notTaken = tampered(`DELETE FROM ledger WHERE kind = 'page.captured' AND sequence IN
      (SELECT min(sequence) FROM ledger WHERE kind = 'page.captured')`);
    expect(await balance(notTaken)).toMatchObject({ code: 1, captured: 1, differences: [{ ledger: null }] });
    const noPage = tampered(`PRAGMA foreign_keys = OFF;
      DELETE FROM pages WHERE id IN (SELECT min(id) FROM pages)`);
    expect(await balance(noPage)).toMatchObject({ code: 1, captured: 2, differences: [{ outbox: null }] });
  });
});
