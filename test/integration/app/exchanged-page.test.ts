/** Pages that are exchanged between Persona's create and its submit, from the desk to the decision: no copy of the earlier ones stays. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BACK, FRONT, useCardDesk } from '../../support/card-desk.ts';

const desk = useCardDesk('persona', { reference: 'PAGE-1' });
const { customer, scan, release, shown } = desk;

const Records = z.object({ documents: z.array(z.object({ isSubmitted: z.boolean(), files: z.array(z.string()) })) });

describe('pages that are exchanged before the submit', () => {
  it.each([
    ['replace', 'persona.documentUpdated', [[true, 2]]],
    [
      'append',
      'persona.documentNotExact',
      [
        [false, 4],
        [true, 2],
      ],
    ],
  ])('where the files of an update %s', async (updateFiles, code, documents) => {
    await desk.practice.admin('POST', '/switches', { 'persona.updateFiles': updateFiles });
    const faults = [{ api: 'persona', path: '/submit', action: { kind: 'status', status: 422 } }];
    await desk.practice.admin('POST', '/faults', { faults });
    const submissionId = customer();
    await scan(submissionId, FRONT, 1);
    await scan(submissionId, BACK, 2);
    await release(submissionId);
    const { state, wanted } = shown(submissionId);
    expect(state).toBe('retake');
    for (const [index, slot] of wanted.entries()) await scan(submissionId, slot, 3 + index);
    await release(submissionId);
    expect(shown(submissionId)).toMatchObject({ state: 'accepted', wanted: [] });
    expect(shown(submissionId).said).toContain(code);
    const records = Records.parse(await desk.practice.admin('GET', '/records'));
    const held = records.documents.map(({ isSubmitted, files }) => [isSubmitted, files.length]);
    expect(held.toSorted()).toEqual(documents);
  });
});
