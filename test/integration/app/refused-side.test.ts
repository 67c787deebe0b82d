/** A side that Personr refuses at once while the other one was taken, from the desk to the decision: no check starts without both. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Flow, Subject } from '../../../shared/domain/index.ts';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
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
  requiredFields: ['country', 'email', 'phone'],
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
  givenName: 'Rita',
  familyName: 'Refused',
  country: 'AUS',
  email: 'rita@example.test',
  phone: '+61400000001',
  reference: 'SIDE-1',
};

let profile: string;
let folder: string;
let practice: PracticeForTests;
let app: OpenedSatchel;

beforeEach(async () => {
  profile = makeFolder('refused-side');
  folder = makeFolder('refused-side-practice');
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

async function scan(submissionId: string, slot: string, seed: number, decision = 'accept'): Promise<void> {
  const bytes = withComment(await jpeg({ seed }), `satchel-practice:${decision}`);
  const { capture } = app.services;
  // What is there and was never taken makes room; what was taken is replaced by the import itself.
  const there = capture.submission(submissionId).pages.find((page) => page.slot === slot);
  if (there !== undefined && !there.isDelivered) capture.removePage(there.id);
  await capture.importBytes({ name: `page-${seed}.jpg`, bytes }, { submissionId, slot }, 'drop');
  await capture.whenInspected();
}

async function release(submissionId: string): Promise<void> {
  const { capture, dispatcher } = app.services;
  expect(capture.submission(submissionId).state).toBe('ready');
  capture.releaseSubmission(submissionId);
  dispatcher.wake();
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

/** Nothing but uploads and the start of the check, in the order in which they came. */
async function calls(): Promise<string[]> {
  const names = new Map([
    ['api-document-upload', 'page'],
    ['api-request-applicant-check', 'check'],
  ]);
  return (await practice.requests()).flatMap(({ path }) => names.get(path.split('/').at(-1) ?? '') ?? []);
}

/** A customer whose back is refused at once, while the front was taken; then the back is scanned anew. */
async function withRefusedBack(switches: Record<string, string>): Promise<string> {
  await practice.admin('POST', '/switches', switches);
  const { connections, capture } = app.services;
  const submissionId = capture.createSubmission({
    batchId: capture.createBatch(),
    connectionId: connections.create(connectionTo('personr', practice.server.origin, { flows: [CARD] })),
    flowId: CARD.id,
    subject: SUBJECT,
  });
  await scan(submissionId, FRONT, 1);
  await scan(submissionId, BACK, 2, 'upload-error=dataNotReadable');
  await release(submissionId);
  expect(shown(submissionId)).toMatchObject({ state: 'retake', wanted: [BACK] });
  expect(await calls()).toEqual(['page', 'page']);
  await scan(submissionId, BACK, 3);
  await release(submissionId);
  return submissionId;
}

describe('a back that Personr refuses', () => {
  it('leaves the front in use: it is not sent again, and one check is enough', async () => {
    const submissionId = await withRefusedBack({ 'personr.failedSide': 'this_image' });
    expect(shown(submissionId)).toMatchObject({ state: 'accepted', wanted: [] });
    expect(shown(submissionId).said).toContain('personr.sideStillThere');
    expect(await calls()).toEqual(['page', 'page', 'page', 'check']);
  });

  it('puts the front out of use with it: it is sent again before the one check', async () => {
    const submissionId = await withRefusedBack({
      'personr.failedSide': 'both_sides',
      'personr.duplicateUpload': 'accepted',
    });
    expect(shown(submissionId)).toMatchObject({ state: 'accepted', wanted: [] });
    expect(await calls()).toEqual(['page', 'page', 'page', 'page', 'check']);
  });

  it('puts the front out of use, and its image is not taken again: it is asked for, before any check', async () => {
    const submissionId = await withRefusedBack({ 'personr.failedSide': 'both_sides' });
    expect(shown(submissionId)).toMatchObject({ state: 'retake', wanted: [FRONT] });
    expect(shown(submissionId).said).toContain('personr.sideInactive');
    expect(await calls()).not.toContain('check');
    await scan(submissionId, FRONT, 4);
    await release(submissionId);
    expect(shown(submissionId)).toMatchObject({ state: 'accepted', wanted: [] });
    expect((await calls()).filter((call) => call === 'check')).toHaveLength(1);
  });
});
