/**
 * A provider that capture, outbox, sync and the window never heard of: from the desk to the decision, with a side that is refused
 * while the other one was taken.
 */
import { describe, expect, it } from 'vitest';
import { PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import { BACK, FRONT, useCardDesk } from '../../support/card-desk.ts';

const desk = useCardDesk('sumsub', { givenName: 'Tilda', familyName: 'Third', reference: 'THIRD-1' });
const { customer, scan, release, shown } = desk;

/** A customer whose back is refused at once, while the front was taken; then the back is scanned anew. */
async function withRefusedBack(duplicateOfInactive: 'conflict' | 'accepted'): Promise<string> {
  await desk.practice.admin('POST', '/switches', { 'sumsub.duplicateOfInactive': duplicateOfInactive });
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
    expect((await desk.practice.files()).map(({ received, stored }) => [received, stored])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect((await desk.practice.requests()).every(({ api }) => api === 'sumsub')).toBe(true);
    // What a report for IT is made of.
    const { operations, timeline } = desk.app.services.capture.submission(submissionId);
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
    expect((await desk.practice.files()).map(({ received }) => received)).toEqual([1, 1, 1]);
  });
});

it('a first run makes no connection to it, and one that somebody made to the practice server follows its port', async () => {
  const { connections } = desk.app.services;
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
  await desk.restart();
  const after = desk.app.services.connections.views().find(({ provider }) => provider === 'sumsub');
  expect(after).toMatchObject({ nameKey: 'practiceSumsub' });
  expect(await desk.app.services.testConnection(after?.id ?? '')).toMatchObject({ isOk: true });
});
