/**
 * A branch at work, until it is killed: the real composition root on a profile, importing, releasing and sending to the
 * practice server of the test. Says on standard output what it has been promised; a line is printed only after the call
 * that promises it has answered. Arguments: profile, folder with files, number of the first file to take, base URL of the
 * practice server, and a mistake to make (`none`, `rowBeforeBytes`, `newKeyPerAttempt`).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { createSatchel } from '../../main/app.ts';
import { silentLog } from '../../main/logging/index.ts';
import { openUndiciHttp } from '../../main/network/index.ts';
import type { HttpPort } from '../../main/network/index.ts';
import { createFileKeyStore } from '../../main/vault/index.ts';
import { connectionTo, flowOf } from '../support/practice.ts';

export const MISTAKES = ['none', 'rowBeforeBytes', 'newKeyPerAttempt'] as const;

const Arguments = z.tuple([z.string(), z.string(), z.coerce.number(), z.url(), z.enum(MISTAKES)]);
const [profile, inbox, firstFile, origin, mistake] = Arguments.parse(process.argv.slice(2));

/** How long a customer may take to be checked before the branch goes on to the next one. */
const CHECK_MS = 5_000;
const FILES_OF_A_CUSTOMER = 2;

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const undici = await openUndiciHttp();
/** The mistake: every attempt has a key of its own, so a repeat is a new request to the provider. */
const forgetful: HttpPort = {
  send: (request) =>
    undici.send({
      ...request,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [
          name,
          name.toLowerCase() === 'idempotency-key' ? randomUUID() : value,
        ]),
      ),
    }),
};

const opened = await createSatchel({
  profile,
  keyStore: createFileKeyStore({ file: join(profile, 'insecure.key'), random: randomBytes }),
  http: mistake === 'newKeyPerAttempt' ? forgetful : undici,
  operator: 'crash-test',
  samples: join(profile, 'no-samples'),
  freeBytes: () => Number.MAX_SAFE_INTEGER,
  log: silentLog,
  emit: () => {},
  ...(mistake === 'rowBeforeBytes'
    ? {
        workers: {
          vault: new URL('late-vault-worker.ts', import.meta.url),
          inspection: new URL('../../main/inspection/worker.ts', import.meta.url),
          practice: new URL('../../main/practice/worker.ts', import.meta.url),
          databaseCheck: new URL('../../main/database/check-worker.ts', import.meta.url),
        },
      }
    : {}),
});
if (opened.kind === 'refused') throw new Error(`the profile was refused: ${opened.reason}`);
const { satchel } = opened;
const { services } = satchel;
if (services === null) throw new Error('the vault is locked');
await satchel.start();

const connectionIds = (['persona', 'personr'] as const).map(
  (provider) =>
    services.connections.list().find((known) => known.provider === provider && known.environment !== 'practice')?.id ??
    services.connections.create(connectionTo(provider, origin)),
);
tell('STARTED');

for (let number = firstFile; ; number += FILES_OF_A_CUSTOMER) {
  const { capture, dispatcher } = services;
  const isPersona = (number / FILES_OF_A_CUSTOMER) % 2 === 0;
  const batchId = capture.createBatch();
  const submissionId = capture.createSubmission({
    batchId,
    connectionId: connectionIds[isPersona ? 0 : 1] ?? '',
    flowId: flowOf(isPersona ? 'persona' : 'personr').id,
    subject: {
      givenName: 'Crash',
      familyName: 'Test',
      birthDate: '',
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
  }
  const ends = performance.now() + CHECK_MS;
  while (capture.submission(submissionId).state !== 'ready' && performance.now() < ends) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { released } = capture.releaseBatch(batchId);
  dispatcher.wake();
  if (released === 1) tell(`RELEASED ${submissionId}`);
}
