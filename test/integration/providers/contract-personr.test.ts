import { describe, expect, it } from 'vitest';
import { DEFAULT_CREDENTIALS } from '../../../main/practice/index.ts';
import { PROVIDERS } from '../../../main/providers/index.ts';
import type { Flow } from '../../../shared/domain/index.ts';
import {
  personrApplicant,
  personrAsks,
  personrCompany,
  personrCreated,
  personrKept,
  personrLostCompany,
  personrLostCreate,
  personrLostUpload,
} from '../../support/contract-cases/personr.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { operation, providerContext, type TestPage } from '../../support/provider-context.ts';
import { jpeg, licence, made, plan, FRONT_AND_BACK } from '../../support/provider-run.ts';

/** The adapter against the practice server: two readings of the same public material, made independently. */

const practice = useDatedPractice('contract-personr');
const { passed, run } = practice;

const openPersonr = (pages: Record<string, TestPage>) =>
  providerContext({
    http: practice.http,
    baseUrl: practice.server.personrBaseUrl,
    credential: DEFAULT_CREDENTIALS.personrUsers[0],
    subject: {
      email: 'ana@example.invalid',
      phone: '+61400000000',
      country: 'AUS',
      companyName: 'Specimen Ltd',
      registrationNumber: '12 345',
    },
    pages,
  });

const COMPANY: Flow = {
  id: 'company',
  name: 'Company',
  subjectKind: 'entity',
  requiredFields: [],
  requirements: [],
};

describe('Personr', () => {
  it.each<[string, Record<string, string | number>]>([
    ['the assumed defaults', {}],
    [
      'errors with HTTP 200, notices as objects, an empty 401',
      { 'personr.errorHttpStatus': '200', 'personr.noticeElements': 'object', 'personr.unauthorizedBody': 'empty' },
    ],
    [
      'no reject type, result null before the review, JSON only',
      {
        'personr.reviewRejectType': 'absent',
        'personr.resultBeforeReviewed': 'null',
        'personr.uploadEncoding': 'json',
      },
    ],
    ['uploads as a form only', { 'personr.uploadEncoding': 'multipart' }],
  ])('applicant → uploads → start → approved, with %s', async (_name, switches) => {
    await practice.start(switches);
    const context = openPersonr({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    const { progress, kinds } = await personrApplicant(context, {}, passed);
    expect(kinds).toEqual([
      'personr.applicant.create: personr.created',
      'personr.document.upload: personr.uploaded',
      'personr.document.upload: personr.uploaded',
      'personr.check.start: personr.started',
      'personr.check.follow: personr.decision.approved',
    ]);
    expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
  });

  it.each(['present', 'absent'])(
    'a retake goes to the same applicant and is approved (reject type %s)',
    async (reviewRejectType) => {
      await practice.start({ 'personr.reviewRejectType': reviewRejectType });
      const context = openPersonr({
        front: jpeg('accept', 'f'),
        back: jpeg('reject=BLACK_AND_WHITE', 'b'),
        back2: jpeg('accept', 'b2'),
      });
      const first = await run(PROVIDERS.personr, plan([licence(FRONT_AND_BACK, 'DRIVERS')]), context);
      expect(first.progress.at(-1)).toMatchObject({
        state: 'retake',
        slots: [{ requirementId: 'identity', message: { code: 'personr.label.BLACK_AND_WHITE' } }],
      });
      const retaken = [
        { id: 'front', side: 'front', isDelivered: true },
        { id: 'back2', side: 'back' },
      ] as const;
      const second = await run(
        PROVIDERS.personr,
        plan([licence(retaken, 'DRIVERS')], { round: 1 }),
        context,
        first.done,
      );
      expect(second.kinds).toEqual([
        'personr.document.upload: personr.uploaded',
        'personr.document.upload: personr.sideStillThere',
        'personr.check.start: personr.started',
        'personr.check.follow: personr.decision.approved',
      ]);
    },
  );

  it('a final rejection gives no reason', async () => {
    await practice.start();
    const context = openPersonr({ front: jpeg('final=FORGERY', 'f'), back: jpeg('accept', 'b') });
    const { done, progress } = await run(PROVIDERS.personr, plan([licence(FRONT_AND_BACK, 'DRIVERS')]), context);
    expect(progress.at(-1)).toEqual({ state: 'rejected', message: { code: 'personr.decision.finalPrivate' } });
    expect(JSON.stringify(done)).not.toMatch(/FORGERY|private remark/);
  });

  it.each<[string, string, string, string]>([
    ['this_image', 'per_image', 'conflict', 'done personr.sideStillThere'],
    ['this_image', 'per_image', 'accepted', 'done personr.sideStillThere'],
    ['this_image', 'per_type', 'accepted', 'done personr.sideStillThere'],
    ['this_image', 'after_review', 'conflict', 'done personr.uploadFound'],
    ['this_image', 'after_review', 'errors_array', 'done personr.uploadFound'],
    ['this_image', 'after_review', 'accepted', 'done personr.uploadedAgain'],
    ['both_sides', 'after_review', 'accepted', 'done personr.uploadedAgain'],
    ['both_sides', 'per_image', 'accepted', 'done personr.uploaded'],
    ['both_sides', 'per_type', 'accepted', 'done personr.uploaded'],
    ['both_sides', 'per_image', 'conflict', 'attention personr.sideInactive'],
    ['both_sides', 'per_type', 'errors_array', 'attention personr.sideInactive'],
  ])(
    'a refused back, and the front that was taken: failedSide %s, documents %s, the same bytes %s',
    async (failedSide, documentsListing, duplicateUpload, expected) => {
      await practice.start({
        'personr.failedSide': failedSide,
        'personr.documentsListing': documentsListing,
        'personr.duplicateUpload': duplicateUpload,
      });
      const context = openPersonr({
        front: jpeg('accept', 'f'),
        back: jpeg('upload-error=dataNotReadable', 'b'),
        back2: jpeg('accept', 'b2'),
      });
      const { personr } = PROVIDERS;
      const [create, front, back] = personr.plan(plan([licence(FRONT_AND_BACK, 'DRIVERS')]));
      if (create === undefined || front === undefined || back === undefined) throw new Error('no plan');
      const needed = [await made(personr, operation(create.kind, create.payload), context)];
      const taken = await made(personr, operation(front.kind, front.payload, { needed }), context);
      expect(await personr.perform(operation(back.kind, back.payload, { needed }), context)).toMatchObject({
        kind: 'attention',
        cause: 'rescan',
        evidence: { message: { code: 'personr.image.dataNotReadable' } },
      });

      const earlier = [...needed, taken];
      const retaken = [
        { id: 'front', side: 'front', isDelivered: true },
        { id: 'back2', side: 'back' },
      ] as const;
      const again = personr.plan(plan([licence(retaken, 'DRIVERS')], { earlier }));
      expect(again.map(({ ref }) => ref)).toEqual(['upload:back2', 'upload:front', 'start', 'follow']);
      const resent = operation(back.kind, again[0]?.payload, { finished: () => earlier });
      const before = [await made(personr, resent, context)];
      const repeated = operation(front.kind, again[1]?.payload, {
        needed: before,
        finished: () => [...earlier, ...before],
      });
      const outcome = await personr.perform(repeated, context);
      expect(`${outcome.kind} ${outcome.evidence.message.code}`).toBe(expected);
    },
  );

  it('a flow that was saved in small letters goes in capitals; a type that cannot be one is told, and not sent', async () => {
    await practice.start();
    const context = openPersonr({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    const { personr } = PROVIDERS;
    const { done, progress } = await run(personr, plan([licence(FRONT_AND_BACK, 'drivers')]), context);
    expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
    const uploads = done.filter(({ kind }) => kind === 'personr.document.upload');
    expect(uploads.map(({ result }) => result)).toEqual([
      expect.objectContaining({ docType: 'DRIVERS' }),
      expect.objectContaining({ docType: 'DRIVERS' }),
    ]);
    const [, front] = personr.plan(plan([licence(FRONT_AND_BACK, 'driving licence')]));
    if (front === undefined) throw new Error('no plan');
    const upload = operation(front.kind, front.payload, { needed: done.slice(0, 1) });
    expect(await personr.perform(upload, context)).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      evidence: { status: null, message: { code: 'personr.docTypeForm', params: { type: 'driving licence' } } },
    });
    const planned = { ...front.payload, docType: 'drivers', pageId: 'back', docSubType: 'BACK_SIDE' };
    const before = operation(front.kind, planned, { needed: done.slice(0, 1), mayHaveArrived: true });
    expect(await personr.perform(before, context)).toMatchObject({ kind: 'done', result: { docType: 'DRIVERS' } });
  });

  it('a lost upload is found, or not, by counting', async () => {
    await practice.start();
    const context = openPersonr({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    await expect(personrLostUpload(context, {})).resolves.toBeUndefined();
  });

  it('how a record stands, the address for the customer’s phone, and no documents before a check', async () => {
    await practice.start();
    await expect(personrAsks(openPersonr({}), {})).resolves.toBeUndefined();
  });

  it('a lost applicant and a lost company are told by our own reference', async () => {
    await practice.start();
    await personrLostCreate(openPersonr({}), {});
    await expect(personrLostCompany(openPersonr({}), COMPANY)).resolves.toBeUndefined();
  });

  it('the documents of a customer whose check is over, also where the arrays are of different length', async () => {
    await practice.start();
    const context = openPersonr({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    const kept = await personrKept(context, await personrApplicant(context, {}, passed));
    const named = (way: keyof typeof kept) => kept[way].map(({ providerType }) => providerType);
    expect([named('plain'), named('withInformation')]).toEqual([
      ['DRIVERS', 'DRIVERS'],
      [null, null],
    ]);
  });

  it('a company: a page, an owner with an applicant of their own, a check and its end', async () => {
    await practice.start();
    const context = openPersonr({ extract: { mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 extract') } });
    const owner = await personrCreated(context, {});
    const { progress } = await personrCompany(context, COMPANY, owner, passed);
    expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
  });
});
