/** A side that Personr refuses at once while the other one was taken, from the desk to the decision: no check starts without both. */
import { describe, expect, it } from 'vitest';
import { BACK, FRONT, useCardDesk } from '../../support/card-desk.ts';

const desk = useCardDesk('personr', {
  givenName: 'Rita',
  familyName: 'Refused',
  email: 'rita@example.test',
  phone: '+61400000001',
  reference: 'SIDE-1',
});
const { customer, scan, release, shown } = desk;

/** Nothing but uploads and the start of the check, in the order in which they came. */
async function calls(): Promise<string[]> {
  const names = new Map([
    ['api-document-upload', 'page'],
    ['api-request-applicant-check', 'check'],
  ]);
  return (await desk.practice.requests()).flatMap(({ path }) => names.get(path.split('/').at(-1) ?? '') ?? []);
}

/** A customer whose back is refused at once, while the front was taken; then the back is scanned anew. */
async function withRefusedBack(switches: Record<string, string>): Promise<string> {
  await desk.practice.admin('POST', '/switches', switches);
  const submissionId = customer();
  await scan(submissionId, FRONT, 1);
  await scan(submissionId, BACK, 2, 'upload-error=dataNotReadable');
  await release(submissionId);
  expect(shown(submissionId)).toMatchObject({ state: 'retake', wanted: [BACK] });
  expect(await calls()).toEqual(['page', 'page']);
  // The refused image is no page of the slot any more: the customer stays, and nothing can be released with it.
  const { capture } = desk.app.services;
  const refused = capture.submission(submissionId);
  const old = refused.pages.find(({ slot }) => slot === BACK);
  expect(refused.light).toBe('red');
  expect(old?.findings).toMatchObject([{ rule: 'slot.wantsRetake', severity: 'blocking', slot: BACK }]);
  expect(refused.slots.find(({ key }) => key === BACK)?.wantsRetake?.previousPageId).toBe(old?.id);
  await scan(submissionId, BACK, 3);
  const { slots, pages } = capture.submission(submissionId);
  const fresh = slots.find(({ key }) => key === BACK);
  const retaken = pages.find(({ id }) => id === fresh?.pageId);
  expect(retaken).toMatchObject({ replacesPageId: old?.id, slot: BACK });
  // Released and taken back, nothing says any more what the provider wants: its place is empty, and not the refused page's again.
  capture.releaseSubmission(submissionId);
  capture.takeBack(submissionId);
  capture.removePage(retaken?.id ?? '');
  expect(capture.submission(submissionId)).toMatchObject({ state: 'draft', light: 'red' });
  expect(desk.app.services.reports.balance(0, Number.MAX_SAFE_INTEGER).differences).toEqual([]);
  capture.restorePage(retaken?.id ?? '');
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
