import { describe, expect, it } from 'vitest';
import { PROVIDERS, type PlanDocument } from '../../../main/providers/index.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { BILL, ID, INQUIRY, openDesk, photo } from '../../support/persona-inquiry.ts';
import { jpeg, licence, plan, run, type Done } from '../../support/provider-run.ts';

/** What the desk is told of a document whose verification failed. */

const { persona } = PROVIDERS;
const practice = useDatedPractice('checks');

const delivered = (document: PlanDocument): PlanDocument => ({
  ...document,
  pages: document.pages.map((page) => ({ ...page, isDelivered: true })),
});
const retaken = (name: string): PlanDocument =>
  licence(
    [
      { id: `front${name}`, side: 'front' },
      { id: 'back', side: 'back', isDelivered: true },
    ],
    'id',
  );
const wants = (check: string) => ({
  state: 'retake',
  message: { code: 'persona.inquiryWantsAgain' },
  slots: [{ requirementId: 'identity', sides: [], message: { code: `persona.check.${check}` } }],
});

describe('a check that failed because the document could not be read', () => {
  it.each([
    ['id_expired_detection', 'persona.check.id_expired_detection'],
    ['id_expired_detection.no_expiration_date', 'persona.check.no_expiration_date'],
    ['id_disallowed_type_detection', 'persona.check.id_disallowed_type_detection'],
    ['id_disallowed_type_detection.type_not_detected', 'persona.check.type_not_detected'],
    ['id_disallowed_country_detection', 'persona.check.id_disallowed_country_detection'],
    ['id_disallowed_country_detection.no_country', 'persona.check.no_country'],
    // A reason that changes nothing for the desk, and one that belongs to another check.
    ['id_portrait_detection.portrait_not_found', 'persona.check.id_portrait_detection'],
    ['id_expired_detection.no_country', 'persona.check.id_expired_detection'],
  ])('%s: %s', async (label, code) => {
    await practice.start();
    const context = openDesk(practice, { front: photo(`reject=${label}`, 'f'), back: photo('accept', 'b') });
    const { progress } = await run(persona, plan([ID], { flow: INQUIRY }), context, [], practice.passed);
    expect(progress.at(-1)).toEqual({
      state: 'retake',
      message: { code: 'persona.inquiryFailed' },
      slots: [{ requirementId: 'identity', sides: [], message: { code } }],
    });
  });
});

describe('a verification that wants its document again while the inquiry is open', () => {
  const RETRY = {
    'persona.failedVerification': 'requires_retry',
    // All that an inquiry holds are through at once.
    'persona.processingMinMs': 3000,
    'persona.processingMaxMs': 3000,
  };
  it('opens its slot alone; the new pages go into the same inquiry, and the old verification is not told again', async () => {
    await practice.start(RETRY);
    const context = openDesk(practice, {
      front: photo('reject=id_glare_detection', 'f'),
      front2: photo('reject=id_blur_detection', 'f2'),
      front3: photo('accept', 'f3'),
      back: photo('accept', 'b'),
      bill: jpeg('accept', 'bill'),
    });
    const input = { flow: INQUIRY };
    const first = await run(persona, plan([ID, BILL], input), context, [], practice.passed);
    expect(first.progress).toEqual([wants('id_glare_detection')]);
    let earlier: Done[] = first.done;
    const rounds: string[][] = [];
    for (const [round, name] of ['2', '3'].entries()) {
      const again = plan([retaken(name), delivered(BILL)], { ...input, round: round + 1 });
      const { done, kinds, progress } = await run(persona, again, context, earlier, practice.passed);
      expect(progress).toEqual([
        name === '2' ? wants('id_blur_detection') : { state: 'accepted', message: { code: 'persona.inquiryApproved' } },
      ]);
      rounds.push(kinds);
      earlier = [...earlier, ...done];
    }
    expect(rounds[0]).toEqual([
      'persona.account.update: persona.accountUnchanged',
      'persona.inquiry.document.create: persona.created',
      'persona.document.submit: persona.submitted',
      'persona.inquiry.follow: persona.inquiryWantsAgain',
    ]);
  });

  it('is told for a document that goes as a generic one too, with one that could not be processed beside it', async () => {
    await practice.start(RETRY);
    const context = openDesk(practice, {
      front: photo('errored', 'f'),
      back: photo('accept', 'b'),
      bill: jpeg('reject=document_expired_detection', 'bill'),
    });
    const { progress } = await run(persona, plan([ID, BILL], { flow: INQUIRY }), context, [], practice.passed);
    expect(progress.at(-1)).toMatchObject({
      state: 'retake',
      slots: [
        { requirementId: 'address', message: { code: 'persona.check.document_expired_detection' } },
        { requirementId: 'identity', message: { code: 'persona.errored' } },
      ],
    });
  });

  it.each(['id_tamper_detection', 'id_glare_detection,id_fabrication_detection'])(
    'a reason that is not for the counter (%s) is neither told nor stored',
    async (labels) => {
      await practice.start(RETRY);
      const context = openDesk(practice, { front: photo(`reject=${labels}`, 'f'), back: photo('accept', 'b') });
      const { done, progress } = await run(persona, plan([ID], { flow: INQUIRY }), context, [], practice.passed);
      expect(progress.at(-1)).toMatchObject({ slots: [{ message: { code: 'persona.retryWanted' } }] });
      expect(JSON.stringify([done, progress])).not.toMatch(/tamper|fabrication|glare/);
    },
  );
});
