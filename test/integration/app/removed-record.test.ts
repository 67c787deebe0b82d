/** A record that is no longer at the provider: no decision will come, so the desk can end it and capture the customer anew. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import type { ProviderId } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { flowOf } from '../../support/flow-of.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { until } from '../../support/until.ts';
import { jpeg } from '../capture/files.ts';

let folder: string;
let practice: PracticeForTests;
let app: OpenedSatchel;

beforeEach(async () => {
  folder = makeFolder('removed-record');
  practice = await startPractice(folder);
  app = await openSatchel(join(folder, 'profile'));
  await app.satchel.start();
});
afterEach(async () => {
  await app.close();
  await practice.close();
  removeFolder(folder);
});

const detail = (submissionId: string) => app.services.capture.submission(submissionId);
const Records = z.object({
  documents: z.array(z.object({ id: z.string() })),
  applicants: z.array(z.object({ id: z.string() })),
});

/** No two pages are the same picture. */
let pageSeed = 40;

/** A customer with everything that the practice flow wants, released. */
async function released(provider: ProviderId, connectionId: string): Promise<string> {
  const { capture, dispatcher } = app.services;
  const submissionId = capture.createSubmission({
    batchId: capture.createBatch(),
    connectionId,
    flowId: flowOf(provider).id,
    subject: {
      ...EMPTY_SUBJECT,
      givenName: 'Ana',
      familyName: 'Away',
      country: 'AUS',
      email: 'ana@example.invalid',
      phone: '+61400000000',
      reference: 'R-1',
    },
  });
  const { slots } = detail(submissionId);
  const wanted = slots.filter(
    (slot) =>
      !slot.isOptional &&
      slot.documentType === slots.find((one) => one.requirementId === slot.requirementId)?.documentType,
  );
  for (const { key } of wanted) {
    pageSeed += 1;
    await capture.importBytes(
      { name: 'page.jpg', bytes: await jpeg({ seed: pageSeed }) },
      { submissionId, slot: key },
      'drop',
    );
  }
  await capture.whenInspected();
  capture.releaseSubmission(submissionId);
  dispatcher.wake();
  return submissionId;
}

describe.each(['personr', 'persona', 'sumsub'] as const)('a record that was deleted at %s', (provider) => {
  it('comes to IT, can be voided with a reason, is asked for no more, and the customer can be captured anew', async () => {
    const { capture, connections, dispatcher } = app.services;
    await practice.admin('POST', '/decision', { api: provider, decision: 'hold' });
    await practice.admin('POST', '/decision', { api: provider, decision: 'hold' });
    const connectionId = connections.create(connectionTo(provider, practice.server.origin));
    const submissionId = await released(provider, connectionId);
    await until('the review', () => ['sent', 'in_review'].includes(detail(submissionId).state));
    // While the status is asked for, that is what stands in the way.
    await until('a moment between two questions', () => dispatcher.status().sending === 0);
    expect(() => {
      capture.voidSubmission(submissionId, 'nobody needs it');
    }).toThrow('capture.notPossibleNow');

    const { documents, applicants } = Records.parse(await practice.admin('GET', '/records'));
    for (const { id } of [...documents, ...applicants]) await practice.admin('POST', '/forget', { id });
    await until(
      'the trouble',
      () => {
        // Another document of the customer may be asked about at this moment.
        if (detail(submissionId).cause !== null) return dispatcher.status().sending === 0;
        dispatcher.tryNow(null);
        return false;
      },
      { everyMs: 200 },
    );
    expect(detail(submissionId)).toMatchObject({ cause: 'call_it', beside: ['attention'] });
    capture.voidSubmission(submissionId, 'deleted at the provider');
    expect(detail(submissionId)).toMatchObject({ beside: ['voided'], cause: null });
    const asked = (await practice.requests()).length;
    dispatcher.tryNow(null);
    dispatcher.tryNow(submissionId);
    const again = await released(provider, connectionId);
    await until('the new one', () => ['sent', 'in_review', 'accepted'].includes(detail(again).state));
    const gone = new Set([...documents, ...applicants].map(({ id }) => id));
    const later = (await practice.requests()).slice(asked);
    expect(later.length).toBeGreaterThan(0);
    expect(later.filter(({ path }) => [...gone].some((id) => path.includes(id)))).toEqual([]);
  });
});
