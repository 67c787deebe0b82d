import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_CREDENTIALS } from '../../../main/practice/index.ts';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { sumsubApplicant, sumsubLostAnswers } from '../../support/contract-cases/sumsub.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { operation, providerContext, type TestPage } from '../../support/provider-context.ts';
import { jpeg, licence, made, plan, FRONT_AND_BACK } from '../../support/provider-run.ts';

/** The adapter against the practice server: two readings of the same public material, made independently. */

const practice = useDatedPractice('contract-sumsub');
const { passed, run } = practice;

const openSumsub = (pages: Record<string, TestPage>) =>
  providerContext({
    http: practice.http,
    baseUrl: practice.server.sumsubBaseUrl,
    credential: DEFAULT_CREDENTIALS.sumsubTokens[0],
    pages,
  });

const Applicant = z.object({ applicantId: z.string() });

describe('Sumsub', () => {
  const { sumsub } = PROVIDERS;

  it.each<[string, Record<string, string | number>]>([
    ['the assumed defaults', {}],
    [
      'notices as tags, no file names, an unknown level as 400',
      {
        'sumsub.noticeElements': 'tag',
        'sumsub.imageFileNames': 'absent',
        'sumsub.unknownLevel': '400',
      },
    ],
  ])('applicant → uploads → start → approved, with %s', async (_name, switches) => {
    await practice.start(switches);
    const context = openSumsub({ front: jpeg('accept', 'f'), back: jpeg('upload-warning=expiredDoc', 'b') });
    const { progress, kinds } = await sumsubApplicant(context, {}, passed);
    expect(kinds).toEqual([
      'sumsub.applicant.create: sumsub.created',
      'sumsub.document.upload: sumsub.uploaded',
      'sumsub.document.upload: sumsub.uploadedWithWarnings',
      'sumsub.check.start: sumsub.started',
      'sumsub.check.follow: sumsub.decision.approved',
    ]);
    expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
    const unknown = operation('sumsub.applicant.create', { levelName: 'Nobody knows it' });
    expect(await sumsub.perform(unknown, context)).toMatchObject({
      kind: 'attention',
      evidence: { message: { code: 'sumsub.levelUnknown' } },
    });
  });

  it('a check that Sumsub has started by itself is not started twice', async () => {
    await practice.start({ 'sumsub.startsByItself': 'yes' });
    const context = openSumsub({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    const { kinds } = await run(sumsub, plan([licence(FRONT_AND_BACK, 'DRIVERS')]), context);
    expect(kinds.slice(-2)).toEqual([
      'sumsub.check.start: sumsub.startFound',
      'sumsub.check.follow: sumsub.decision.approved',
    ]);
  });

  it('a retake goes to the same applicant; the side that was good stays there and is not sent again', async () => {
    await practice.start();
    const context = openSumsub({
      front: jpeg('accept', 'f'),
      back: jpeg('reject=BLACK_AND_WHITE', 'b'),
      back2: jpeg('accept', 'b2'),
    });
    const first = await run(sumsub, plan([licence(FRONT_AND_BACK, 'DRIVERS')]), context);
    expect(first.progress.at(-1)).toMatchObject({
      state: 'retake',
      slots: [{ requirementId: 'identity', message: { code: 'sumsub.label.BLACK_AND_WHITE' } }],
    });
    const retaken = [
      { id: 'front', side: 'front', isDelivered: true },
      { id: 'back2', side: 'back' },
    ] as const;
    const second = await run(sumsub, plan([licence(retaken, 'DRIVERS')], { round: 1 }), context, first.done);
    expect(second.kinds).toEqual([
      'sumsub.document.upload: sumsub.sideStillThere',
      'sumsub.document.upload: sumsub.uploaded',
      'sumsub.check.start: sumsub.started',
      'sumsub.check.follow: sumsub.decision.approved',
    ]);
  });

  it.each<[string, string]>([
    ['conflict', 'attention sumsub.sideInactive'],
    ['accepted', 'done sumsub.uploaded'],
  ])('a refused back puts the front out of use; the same front again: %s', async (duplicateOfInactive, expected) => {
    await practice.start({ 'sumsub.duplicateOfInactive': duplicateOfInactive });
    const context = openSumsub({ front: jpeg('accept', 'f'), back: jpeg('upload-error=dataNotReadable', 'b') });
    const [create, front, back] = sumsub.plan(plan([licence(FRONT_AND_BACK, 'DRIVERS')]));
    if (create === undefined || front === undefined || back === undefined) throw new Error('no plan');
    const needed = [await made(sumsub, operation(create.kind, create.payload), context)];
    const taken = await made(sumsub, operation(front.kind, front.payload, { needed }), context);
    const key = { needed, idempotencyKey: 'another key' };
    expect(await sumsub.perform(operation(back.kind, back.payload, key), context)).toMatchObject({
      kind: 'attention',
      cause: 'rescan',
      evidence: { message: { code: 'sumsub.image.dataNotReadable' } },
    });

    const earlier = [...needed, taken];
    const again = sumsub.plan(
      plan(
        [
          licence(
            [
              { id: 'front', side: 'front', isDelivered: true },
              { id: 'back2', side: 'back' },
            ],
            'DRIVERS',
          ),
        ],
        {
          earlier,
        },
      ),
    );
    expect(again.map(({ ref }) => ref)).toEqual(['upload:front', 'upload:back2', 'start', 'follow']);
    const repeated = operation(front.kind, again[0]?.payload, { finished: () => earlier, idempotencyKey: 'a third' });
    const outcome = await sumsub.perform(repeated, context);
    expect(`${outcome.kind} ${outcome.evidence.message.code}`).toBe(expected);
  });

  it('a final rejection gives no reason', async () => {
    await practice.start();
    const context = openSumsub({ front: jpeg('final=FORGERY', 'f'), back: jpeg('accept', 'b') });
    const { done, progress } = await run(sumsub, plan([licence(FRONT_AND_BACK, 'DRIVERS')]), context);
    expect(progress.at(-1)).toEqual({ state: 'rejected', message: { code: 'sumsub.decision.finalPrivate' } });
    expect(JSON.stringify(done)).not.toMatch(/FORGERY|private remark/);
  });

  it('a start before everything is there is refused and says so', async () => {
    await practice.start();
    const context = openSumsub({ front: jpeg('accept', 'f') });
    const create = operation('sumsub.applicant.create', { levelName: 'Identity' });
    const { result } = await made(sumsub, create, context);
    const start = { ...Applicant.parse(result), check: 1, previousReview: null };
    expect(await sumsub.perform(operation('sumsub.check.start', start), context)).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      evidence: { message: { code: 'sumsub.documentsMissing' } },
    });
  });

  it('a lost page is told from another front of the same customer, and from itself', async () => {
    await practice.start();
    const context = openSumsub({ front: jpeg('accept', 'f'), other: jpeg('accept', 'o') });
    const create = operation('sumsub.applicant.create', { levelName: 'Identity' });
    const { applicantId } = Applicant.parse((await made(sumsub, create, context)).result);
    const [front, other] = ['front', 'other'].map((pageId) =>
      operation(
        'sumsub.document.upload',
        {
          applicantId,
          pageId,
          documentId: pageId,
          requirementId: pageId,
          idDocType: 'PASSPORT',
          idDocSubType: 'FRONT_SIDE',
          country: 'AUS',
          wasTaken: false,
        },
        { idempotencyKey: `key-of-${pageId}` },
      ),
    );
    if (front === undefined || other === undefined) throw new Error('no uploads');
    expect((await sumsub.perform(front, context)).kind).toBe('done');
    expect((await sumsub.lookUp(front, context)).kind).toBe('happened');
    expect((await sumsub.lookUp(other, context)).kind).toBe('did_not_happen');
  });

  it('a create that arrived is found by its reference, and a repeat of it too', async () => {
    await practice.start();
    const context = openSumsub({});
    const create = operation('sumsub.applicant.create', { levelName: 'Identity' });
    expect((await sumsub.lookUp(create, context)).kind).toBe('did_not_happen');
    const first = await sumsub.perform(create, context);
    expect((await sumsub.lookUp(create, context)).kind).toBe('happened');
    expect(await sumsub.perform(create, context)).toMatchObject({
      kind: 'done',
      result: first.kind === 'done' ? first.result : null,
      evidence: { message: { code: 'sumsub.createFound' } },
    });
  });

  it('an applicant and an upload are found after a lost answer, or not', async () => {
    await practice.start();
    const context = openSumsub({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    await expect(sumsubLostAnswers(context, {})).resolves.toBeUndefined();
  });
});
