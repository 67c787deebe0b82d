/** What a person asks Personr about one customer: a retake by link, the documents it keeps, how the record stands. */
import { readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import type { OperationView } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { until } from '../../support/until.ts';
import { jpeg } from '../capture/files.ts';

let folder: string;
let profile: string;
let practice: PracticeForTests;
let app: OpenedSatchel;

beforeEach(async () => {
  folder = makeFolder('by-link');
  profile = join(folder, 'profile');
  practice = await startPractice(folder);
  app = await openSatchel(profile);
  await app.satchel.start();
});
afterEach(async () => {
  await app.close();
  await practice.close();
  removeFolder(folder);
});

const detail = (submissionId: string) => app.services.capture.submission(submissionId);
const codes = (submissionId: string) => detail(submissionId).timeline.map(({ message }) => message.code);
const isOnItsWay = ({ state }: OperationView): boolean => state === 'claimed';
const becomes = (submissionId: string, state: string) =>
  until(
    state,
    () => {
      // Not after the usual pause between two looks at the status.
      app.services.dispatcher.tryNow(null);
      return detail(submissionId).state === state;
    },
    { everyMs: 200 },
  );
const link = (submissionId: string) => app.services.asking.link(submissionId);

/** A customer whose first check wants new pictures. */
async function retaken(): Promise<string> {
  const { capture, connections, dispatcher } = app.services;
  const submissionId = capture.createSubmission({
    batchId: capture.createBatch(),
    connectionId: connections.create(connectionTo('personr', practice.server.origin)),
    flowId: 'identity-selfie',
    subject: {
      ...EMPTY_SUBJECT,
      givenName: 'Ana',
      familyName: 'Away',
      country: 'AUS',
      email: 'ana@example.invalid',
      phone: '+61400000000',
      reference: 'L-1',
    },
  });
  const paths = ['passport.jpg', 'selfie.jpg'].map((name) => join(folder, name));
  for (const [seed, path] of paths.entries()) await writeFile(path, await jpeg({ seed: seed + 40 }));
  await practice.admin('POST', '/decision', { api: 'personr', decision: 'reject=LOW_QUALITY' });
  await capture.importFiles(paths, { submissionId, slot: null }, 'dialog');
  await capture.whenInspected();
  await expect(link(submissionId)).rejects.toThrow('capture.linkOnlyForRetake');
  capture.releaseSubmission(submissionId);
  dispatcher.wake();
  await becomes(submissionId, 'retake');
  return submissionId;
}

/** Every byte of the profile, as a search for what must not be in it. */
function profileHolds(text: string): boolean {
  return readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text));
}

describe('a retake at the customer’s own phone', () => {
  it('is waited for, decided, and the link is nowhere on the disk', async () => {
    const submissionId = await retaken();
    expect(detail(submissionId).selfService).toBe('offered');
    const url = await link(submissionId);
    expect(url).toMatch(/\/personr\/verification\/\d+x\d+$/);
    await until('the waiting', () => codes(submissionId).includes('personr.linkAwaited'));
    expect(detail(submissionId)).toMatchObject({ state: 'sent', selfService: 'awaited' });
    await expect(link(submissionId)).rejects.toThrow('capture.linkIsOut');
    // Nothing was released and nothing is sent.
    const since = codes(submissionId);
    expect(since.slice(since.lastIndexOf('ledger.handedOver'))).toEqual([
      'ledger.handedOver',
      'submission.asked',
      'personr.linkAwaited',
      'submission.sent',
    ]);

    const [applicant] = detail(submissionId).operations;
    expect(applicant?.kind).toBe('personr.applicant.create');
    // What they do there is not the same pictures again.
    const id = url.split('/').at(-1) ?? '';
    expect((await fetch(url, { method: 'POST' })).status).toBe(200);
    await practice.admin('POST', '/decision', { id, decision: 'accept' });
    await becomes(submissionId, 'accepted');
    expect(detail(submissionId).selfService).toBeNull();
    expect(codes(submissionId)).toContain('ledger.handedOver');
    expect(profileHolds('/personr/verification/')).toBe(false);

    // Nobody but the person who asked will ask again.
    const cut = { api: 'personr', path: '/api-document-download', action: { kind: 'cutAnswer' } };
    await practice.admin('POST', '/faults', { faults: [cut] });
    await expect(app.services.asking.kept(submissionId)).rejects.toThrow('app.askUnanswered');
    const documents = await app.services.asking.kept(submissionId);
    expect(documents.map(({ providerType }) => providerType)).toEqual(['PASSPORT', 'SELFIE']);
    expect(await app.services.asking.record(submissionId)).toMatchObject({
      recordId: id,
      status: 'Reviewed',
      flow: 'Identity and selfie',
      differing: [],
    });
    expect(codes(submissionId)).toEqual(expect.arrayContaining(['ledger.keptRead', 'ledger.recordRead']));
  }, 60_000);

  it('comes back to the desk with what was wanted, and costs no attempt', async () => {
    const { capture, asking } = app.services;
    const submissionId = await retaken();
    const wanted = detail(submissionId).slots.map(({ key, wantsRetake }) => [key, wantsRetake?.message.code]);
    expect(wanted).toContainEqual(['identity/passport/single', 'personr.label.LOW_QUALITY']);
    await link(submissionId);
    await until('the waiting', () => codes(submissionId).includes('personr.linkAwaited'));
    const back = (): void => {
      asking.backFromCustomer(submissionId);
    };
    const slow = { api: 'personr', path: '/api-applicant-status', action: { kind: 'delay', ms: 1_000 } };
    await practice.admin('POST', '/faults', { faults: [slow] });
    app.services.dispatcher.tryNow(submissionId);
    await until('the question to be on its way', () => detail(submissionId).operations.some(isOnItsWay));
    expect(back).toThrow('capture.beingAsked');
    await until('the answer', () => !detail(submissionId).operations.some(isOnItsWay));
    back();
    expect(detail(submissionId).state).toBe('retake');
    expect(detail(submissionId).slots.map(({ key, wantsRetake }) => [key, wantsRetake?.message.code])).toEqual(wanted);
    expect(() => asking.backFromCustomer(submissionId)).toThrow('capture.noLinkAwaited');

    const path = join(folder, 'again.jpg');
    await writeFile(path, await jpeg({ seed: 99 }));
    await capture.importFiles([path], { submissionId, slot: 'identity/passport/single' }, 'dialog');
    await capture.whenInspected();
    await expect(link(submissionId)).rejects.toThrow(/capture\.(linkOnlyForRetake|linkAndPages)/);
    capture.releaseSubmission(submissionId);
    app.services.dispatcher.wake();
    await becomes(submissionId, 'accepted');
    const starts = (await practice.requests()).filter(({ path: call }) => call.endsWith('applicant-check'));
    expect(starts).toHaveLength(2);
  }, 60_000);
});
