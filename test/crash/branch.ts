/**
 * A branch at work, until it is killed: the real composition root on a profile, importing, releasing and sending to the
 * practice server of the test. Says on standard output what the desk has been promised or shown; a line is written only
 * after the call that promises it has answered.
 *
 * | line | meaning |
 * |---|---|
 * | `OPENING`, `STARTED` | the composition root is being built; it works |
 * | `TAKE n`, `PAGE n id` | file n is handed over; it was acknowledged as page id |
 * | `RELEASING id`, `RELEASED id` | a release was asked for; it was acknowledged |
 * | `SHOWN id state` | the desk shows this submission as sent, in review or accepted |
 * | `CALL method path`, `ANSWERED path` | a request goes out; its answer is here |
 * | `REFUSED file code` | a file was not taken, with the reason that the desk shows |
 */
// First, because it wraps functions of node:fs that other modules take hold of when they load.
import { EMPTY_SUBJECT } from '../../shared/domain/index.ts';
import { step } from './kill-points.ts';
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSatchel } from '../../main/app/index.ts';
import { silentLog } from '../../main/logging/index.ts';
import { openUndiciHttp } from '../../main/network/index.ts';
import type { HttpPort } from '../../main/network/index.ts';
import { createFileKeyStore } from '../../main/vault/index.ts';
import { flowOf } from '../support/flow-of.ts';
import { connectionTo } from '../support/practice.ts';
import { AS_SENT } from './lines.ts';

const { values } = parseArgs({
  options: {
    profile: { type: 'string' },
    inbox: { type: 'string' },
    origin: { type: 'string' },
    /** Number of the first file to take. */
    first: { type: 'string' },
    /** After so many customers it waits until they are accepted and ends; 0: it goes on until it is killed. */
    customers: { type: 'string', default: '0' },
    /** How long it waits for that, in milliseconds. */
    patience: { type: 'string', default: '20000' },
  },
});
const { profile = '', inbox = '', origin = '', first = '0' } = values;
const isEndless = values.customers === '0';
const mostCustomers = isEndless ? Number.POSITIVE_INFINITY : Number(values.customers);

/** How long a customer may take to be checked before the branch goes on to the next one. */
const CHECK_MS = 5_000;
const FILES_OF_A_CUSTOMER = 2;

/** Written at once and whole, so that a kill right afterwards does not take the line back. */
const tell = (line: string): void => {
  try {
    writeSync(1, `${line}\n`);
  } catch {
    // A fault that was meant for the disk: then nothing was promised.
  }
};

const undici = await openUndiciHttp();
const http: HttpPort = {
  async send(request) {
    const { pathname } = new URL(request.url);
    tell(`CALL ${request.method} ${pathname}`);
    const response = await undici.send(request);
    tell(`ANSWERED ${pathname}`);
    step(`answer to ${request.method} ${pathname.replaceAll(/\/(?=[^/]*\d)[^/]{12,}/g, '/…')}`);
    return response;
  },
};

tell('OPENING');
const shown = new Map<string, string>();
const opened = await createSatchel({
  profile,
  keyStore: createFileKeyStore({ file: join(profile, 'insecure.key'), random: randomBytes }),
  http,
  operator: 'crash-test',
  samples: join(profile, 'no-samples'),
  freeBytes: () => Number.MAX_SAFE_INTEGER,
  log: silentLog,
  keptBytes: 256 * 1024,
  emit: (name, payload) => {
    if (name === 'changed' && 'submissionIds' in payload) look(payload.submissionIds);
  },
  workers: {
    vault: new URL('vault-worker.ts', import.meta.url),
    inspection: new URL('../../main/inspection/worker.ts', import.meta.url),
    practice: new URL('../../main/practice/worker.ts', import.meta.url),
    databaseCheck: new URL('../../main/database/check-worker.ts', import.meta.url),
  },
});
if (opened.kind === 'refused') {
  tell(`NOT OPENED ${opened.reason}`);
  process.exit(3);
}
const { satchel } = opened;
const { services } = satchel;
if (services === null) throw new Error('the vault is locked');
const { capture, connections, dispatcher } = services;

/** What a person at the window would see now. */
function look(submissionIds: readonly string[]): void {
  for (const id of submissionIds) {
    const { state } = capture.submission(id);
    if (!AS_SENT.has(state) || shown.get(id) === state) continue;
    shown.set(id, state);
    tell(`SHOWN ${id} ${state}`);
  }
}

await satchel.start();
const connectionIds = (['persona', 'personr'] as const).map(
  (provider) =>
    connections.list().find((known) => known.provider === provider && known.environment !== 'practice')?.id ??
    connections.create(connectionTo(provider, origin)),
);
tell('STARTED');

async function serve(number: number): Promise<string> {
  const isPersona = (number / FILES_OF_A_CUSTOMER) % 2 === 0;
  const batchId = capture.createBatch();
  const submissionId = capture.createSubmission({
    batchId,
    connectionId: connectionIds[isPersona ? 0 : 1] ?? '',
    flowId: flowOf(isPersona ? 'persona' : 'personr').id,
    subject: {
      ...EMPTY_SUBJECT,
      givenName: 'Crash',
      familyName: 'Test',
      country: 'AUS',
      email: 'crash@example.invalid',
      phone: '+61491570006',
      reference: `CRASH-${number}`,
    },
  });
  for (let part = number; part < number + FILES_OF_A_CUSTOMER; part += 1) {
    tell(`TAKE ${part}`);
    const report = await capture.importFiles([join(inbox, `${part}.jpg`)], { submissionId, slot: null }, 'drop');
    for (const page of report.imported) tell(`PAGE ${part} ${page.pageId}`);
    for (const { message } of report.refused) tell(`REFUSED ${part} ${message.code}`);
  }
  const ends = performance.now() + CHECK_MS;
  while (capture.submission(submissionId).state !== 'ready' && performance.now() < ends) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  tell(`RELEASING ${submissionId}`);
  const { released } = capture.releaseBatch(batchId);
  dispatcher.wake();
  if (released === 1) tell(`RELEASED ${submissionId}`);
  return submissionId;
}

const begun: string[] = [];
for (let number = Number(first); begun.length < mostCustomers; number += FILES_OF_A_CUSTOMER) {
  try {
    begun.push(await serve(number));
  } catch (error) {
    // With a disk that fails a deed may be refused; the desk is told, and goes on with the next customer.
    if (isEndless) throw error;
    begun.push('');
    tell(`FAILED ${error instanceof Error ? error.name : 'error'}`);
  }
}
const ends = performance.now() + Number(values.patience);
const isOpen = (id: string): boolean => id !== '' && capture.submission(id).state !== 'accepted';
while (begun.some(isOpen) && performance.now() < ends) await new Promise((resolve) => setTimeout(resolve, 20));
await satchel.stop();
await undici.close();
tell('ENDED');
