/**
 * A provider that capture, outbox, sync and the window never heard of: from the desk to the decision, with a side that is refused
 * while the other one was taken.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Flow, Subject } from '../../../shared/domain/index.ts';
import { EMPTY_SUBJECT, PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { withComment } from '../../support/pictures.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { until } from '../../support/until.ts';
import { jpeg } from '../capture/files.ts';

const CARD: Flow = {
  id: 'card',
  name: 'Identity',
  requiredFields: ['country'],
  requirements: [
    {
      id: 'identity',
      label: 'Identity card',
      isOptional: false,
      accepts: [{ documentType: 'id_card', sides: ['front', 'back'], providerType: 'ID_CARD' }],
    },
  ],
};
const FRONT = 'identity/id_card/front';
const BACK = 'identity/id_card/back';

const SUBJECT: Subject = {
  ...EMPTY_SUBJECT,
  givenName: 'Tilda',
  familyName: 'Third',
  country: 'AUS',
  reference: 'THIRD-1',
};

let profile: string;
let folder: string;
let practice: PracticeForTests;
let app: OpenedSatchel;

beforeEach(async () => {
  profile = makeFolder('third-provider');
  folder = makeFolder('third-provider-practice');
  practice = await startPractice(folder);
  app = await openSatchel(profile);
  await app.satchel.start();
});
afterEach(async () => {
  await app.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(folder);
});

/** Puts a picture of its own into a slot; the practice server decides about it as `decision` says. */
async function scan(submissionId: string, slot: string, seed: number, decision = 'accept'): Promise<void> {
  const bytes = withComment(await jpeg({ seed }), `satchel-practice:${decision}`);
  const { capture } = app.services;
  // What is there and was never taken makes room; what was taken is replaced by the import itself.
  const there = capture.submission(submissionId).pages.find((page) => page.slot === slot);
  if (there !== undefined && !there.isDelivered) capture.removePage(there.id);
  await capture.importBytes({ name: `page-${seed}.jpg`, bytes }, { submissionId, slot }, 'drop');
  await capture.whenInspected();
}

function customer(): string {
  const { connections, capture } = app.services;
  return capture.createSubmission({
    batchId: capture.createBatch(),
    connectionId: connections.create(connectionTo('sumsub', practice.server.origin, { flows: [CARD] })),
    flowId: CARD.id,
    subject: SUBJECT,
  });
}

async function release(submissionId: string): Promise<void> {
  expect(app.services.capture.submission(submissionId).state).toBe('ready');
  app.services.capture.releaseSubmission(submissionId);
  app.services.dispatcher.wake();
  const { capture, dispatcher } = app.services;
  await until(
    'an end',
    () => {
      // Not after the usual pause between two looks at the status.
      dispatcher.tryNow(null);
      return /^(accepted|rejected|retake)$/.test(capture.submission(submissionId).state);
    },
    { everyMs: 200 },
  );
}

const shown = (submissionId: string) => {
  const { state, slots, timeline } = app.services.capture.submission(submissionId);
  return {
    state,
    wanted: slots.filter(({ wantsRetake }) => wantsRetake !== null).map(({ key }) => key),
    said: timeline.map(({ message }) => message.code),
  };
};

/** A customer whose back is refused at once, while the front was taken; then the back is scanned anew. */
async function withRefusedBack(duplicateOfInactive: 'conflict' | 'accepted'): Promise<string> {
  await practice.admin('POST', '/switches', { 'sumsub.duplicateOfInactive': duplicateOfInactive });
  const submissionId = customer();
  await scan(submissionId, FRONT, 1);
  await scan(submissionId, BACK, 2, 'upload-error=dataNotReadable');
  await release(submissionId);
  expect(shown(submissionId)).toMatchObject({ state: 'retake', wanted: [BACK] });
  await scan(submissionId, BACK, 3);
  await release(submissionId);
  return submissionId;
}

describe('a customer at a third provider', () => {
  it('goes all the way, and nothing arrives twice', async () => {
    const submissionId = customer();
    await scan(submissionId, FRONT, 1);
    await scan(submissionId, BACK, 2);
    await release(submissionId);
    expect(shown(submissionId)).toMatchObject({ state: 'accepted', wanted: [] });
    expect((await practice.files()).map(({ received, stored }) => [received, stored])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect((await practice.requests()).every(({ api }) => api === 'sumsub')).toBe(true);
    // What a report for IT is made of.
    const { operations, timeline } = app.services.capture.submission(submissionId);
    const made = operations.find(({ kind }) => kind === 'sumsub.applicant.create')?.recordIds ?? [];
    expect(made).toHaveLength(1);
    const uploads = operations.filter(({ kind }) => kind === 'sumsub.document.upload');
    expect(uploads.map(({ recordIds }) => [recordIds[0], recordIds.length])).toEqual([
      [made[0], 2],
      [made[0], 2],
    ]);
    const answers = timeline.filter(({ kind }) => kind === 'provider');
    expect(answers.filter(({ message }) => message.code === 'sumsub.uploaded').map((entry) => entry.status)).toEqual([
      200, 200,
    ]);
  });

  it('whose back is refused: the front, out of use with it, is sent again by itself where it is taken', async () => {
    expect(shown(await withRefusedBack('accepted'))).toMatchObject({ state: 'accepted', wanted: [] });
  });

  it('whose back is refused: the front is asked for too where its image is not taken a second time', async () => {
    const submissionId = await withRefusedBack('conflict');
    expect(shown(submissionId)).toMatchObject({ state: 'retake', wanted: [FRONT] });
    expect(shown(submissionId).said).toContain('sumsub.sideInactive');
    await scan(submissionId, FRONT, 4);
    await release(submissionId);
    expect(shown(submissionId)).toMatchObject({ state: 'accepted', wanted: [] });
  });

  it('who comes back after the review: the good side stays where it is', async () => {
    const submissionId = customer();
    await scan(submissionId, FRONT, 1);
    await scan(submissionId, BACK, 2, 'reject=BACK_SIDE_MISSING');
    await release(submissionId);
    expect(shown(submissionId)).toMatchObject({ state: 'retake', wanted: [BACK] });
    await scan(submissionId, BACK, 3);
    await release(submissionId);
    expect(shown(submissionId)).toMatchObject({ state: 'accepted' });
    expect(shown(submissionId).said).toContain('sumsub.sideStillThere');
    expect((await practice.files()).map(({ received }) => received)).toEqual([1, 1, 1]);
  });
});

it('a first run makes no connection to it, and one that somebody made to the practice server follows its port', async () => {
  const { connections } = app.services;
  const ofPractice = () => connections.list().filter(({ environment }) => environment === 'practice');
  expect(ofPractice().map(({ provider }) => provider)).toEqual(['persona', 'personr']);
  const { name, credential, flows } = PROVIDER_DESCRIPTORS.sumsub.practice;
  connections.create({
    provider: 'sumsub',
    name,
    environment: 'practice',
    baseUrl: 'http://127.0.0.1:1/sumsub',
    settings: {},
    credential,
    flows: [...flows],
  });
  await app.close();
  app = await openSatchel(profile);
  await app.satchel.start();
  const after = app.services.connections.views().find(({ provider }) => provider === 'sumsub');
  expect(after).toMatchObject({ nameKey: 'practiceSumsub' });
  expect(await app.services.testConnection(after?.id ?? '')).toMatchObject({ isOk: true });
});
