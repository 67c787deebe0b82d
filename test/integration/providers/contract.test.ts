import { describe, expect, it } from 'vitest';
import { DEFAULT_CREDENTIALS } from '../../../main/practice/index.ts';
import { PROVIDERS } from '../../../main/providers/index.ts';
import {
  personaDocument,
  personaRepeat,
  personaTransaction,
  personrApplicant,
  personrLostUpload,
  sumsubApplicant,
  sumsubLostAnswers,
} from '../../support/contract-cases.ts';
import { PersonaRoute } from '../../../shared/domain/index.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { operation, providerContext, type TestPage } from '../../support/provider-context.ts';
import { jpeg, licence, plan, run as runPlan, FRONT_AND_BACK } from '../../support/provider-run.ts';

/** The adapters against the practice server: two readings of the same public material, made independently. */

const practice = useDatedPractice('contract');
const { passed } = practice;

const run = (...args: Parameters<typeof runPlan>) => {
  const [provider, input, context, earlier] = args;
  return runPlan(provider, input, context, earlier, passed);
};

const openPersona = (pages: Record<string, TestPage>, keyInflection = 'kebab') =>
  providerContext({
    http: practice.http,
    baseUrl: practice.server.personaBaseUrl,
    settings: { version: '2025-12-08', keyInflection },
    credential: { apiKey: DEFAULT_CREDENTIALS.personaApiKeys[0] },
    pages,
  });

const openPersonr = (pages: Record<string, TestPage>) =>
  providerContext({
    http: practice.http,
    baseUrl: practice.server.personrBaseUrl,
    credential: DEFAULT_CREDENTIALS.personrUsers[0],
    subject: { email: 'ana@example.invalid', phone: '+61400000000' },
    pages,
  });

const openSumsub = (pages: Record<string, TestPage>) =>
  providerContext({
    http: practice.http,
    baseUrl: practice.server.sumsubBaseUrl,
    credential: DEFAULT_CREDENTIALS.sumsubTokens[0],
    pages,
  });

describe('Persona', () => {
  it.each(['kebab', 'camel', 'snake'])('create → submit → processed, in %s case', async (keyInflection) => {
    await practice.start();
    const context = openPersona({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') }, keyInflection);
    const { progress, kinds } = await personaDocument(context, passed);
    expect(kinds).toEqual([
      'persona.document.create: persona.created',
      'persona.document.submit: persona.submitted',
      'persona.document.follow: persona.processed',
    ]);
    expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
  });

  it('an errored document is asked for again', async () => {
    await practice.start();
    const context = openPersona({ front: jpeg('errored', 'f'), back: jpeg('accept', 'b') });
    const { progress } = await run(PROVIDERS.persona, plan([licence(FRONT_AND_BACK, 'driving_licence')]), context);
    expect(progress.at(-1)).toMatchObject({ state: 'retake', slots: [{ requirementId: 'identity' }] });
  });

  it('a create repeated with the same key is one document', async () => {
    await practice.start();
    const context = openPersona({ front: jpeg('accept', 'f') });
    await expect(personaRepeat(context, 'one-key')).resolves.toBeUndefined();
  });

  it('a transaction is found after a lost answer, and followed', async () => {
    await practice.start();
    const context = openPersona({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    const route = PersonaRoute.parse({ by: 'transaction', transactionTypeId: 'txntp_Practice' });
    const flow = { id: 'identity', name: 'Identity', requiredFields: [], requirements: [], route };
    await expect(personaTransaction(context, flow)).resolves.toBeUndefined();
  });

  it.each(['403', '404', '410'])('withdrawn endpoints (%s) pause the connection in plain words', async (answer) => {
    await practice.start({ 'persona.documentWrites': answer });
    const context = openPersona({ front: jpeg('accept', 'f') });
    const create = operation('persona.document.create', {
      documentId: 'd1',
      requirementId: 'identity',
      kind: 'passport',
      pageIds: ['front'],
      sides: ['single'],
    });
    const outcome = await PROVIDERS.persona.perform(create, context);
    expect(outcome).toMatchObject({ kind: 'pause', cause: 'call_it' });
    expect(['persona.withdrawn', 'persona.writeForbidden']).toContain(outcome.evidence.message.code);
  });
});

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
      const created = await personr.perform(operation(create.kind, create.payload), context);
      if (created.kind !== 'done') throw new Error('not created');
      const needed = [{ kind: create.kind, payload: create.payload, result: created.result }];
      const taken = await personr.perform(operation(front.kind, front.payload, { needed }), context);
      if (taken.kind !== 'done') throw new Error('not taken');
      expect(await personr.perform(operation(back.kind, back.payload, { needed }), context)).toMatchObject({
        kind: 'attention',
        cause: 'rescan',
        evidence: { message: { code: 'personr.image.dataNotReadable' } },
      });

      const earlier = [...needed, { kind: front.kind, payload: front.payload, result: taken.result }];
      const retaken = [
        { id: 'front', side: 'front', isDelivered: true },
        { id: 'back2', side: 'back' },
      ] as const;
      const again = personr.plan(plan([licence(retaken, 'DRIVERS')], { earlier }));
      expect(again.map(({ ref }) => ref)).toEqual(['upload:back2', 'upload:front', 'start', 'follow']);
      const sent = await personr.perform(operation(back.kind, again[0]?.payload, { finished: () => earlier }), context);
      if (sent.kind !== 'done') throw new Error('not sent');
      const before = [{ kind: back.kind, payload: again[0]?.payload, result: sent.result }];
      const repeated = operation(front.kind, again[1]?.payload, {
        needed: before,
        finished: () => [...earlier, ...before],
      });
      const outcome = await personr.perform(repeated, context);
      expect(`${outcome.kind} ${outcome.evidence.message.code}`).toBe(expected);
    },
  );

  it('a lost upload is found, or not, by counting', async () => {
    await practice.start();
    const context = openPersonr({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    await expect(personrLostUpload(context, {})).resolves.toBeUndefined();
  });
});

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
    const created = await sumsub.perform(operation(create.kind, create.payload), context);
    if (created.kind !== 'done') throw new Error('not created');
    const needed = [{ kind: create.kind, payload: create.payload, result: created.result }];
    const taken = await sumsub.perform(operation(front.kind, front.payload, { needed }), context);
    if (taken.kind !== 'done') throw new Error('not taken');
    const key = { needed, idempotencyKey: 'another key' };
    expect(await sumsub.perform(operation(back.kind, back.payload, key), context)).toMatchObject({
      kind: 'attention',
      cause: 'rescan',
      evidence: { message: { code: 'sumsub.image.dataNotReadable' } },
    });

    const earlier = [...needed, { kind: front.kind, payload: front.payload, result: taken.result }];
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
    const created = await sumsub.perform(create, context);
    if (created.kind !== 'done') throw new Error('not created');
    const start = { applicantId: created.result['applicantId'], check: 1, previousReview: null };
    expect(await sumsub.perform(operation('sumsub.check.start', start), context)).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      evidence: { message: { code: 'sumsub.documentsMissing' } },
    });
  });

  it('a lost page is told from another front of the same customer, and from itself', async () => {
    await practice.start();
    const context = openSumsub({ front: jpeg('accept', 'f'), other: jpeg('accept', 'o') });
    const created = await sumsub.perform(operation('sumsub.applicant.create', { levelName: 'Identity' }), context);
    if (created.kind !== 'done') throw new Error('not created');
    const [front, other] = ['front', 'other'].map((pageId) =>
      operation(
        'sumsub.document.upload',
        {
          applicantId: created.result['applicantId'],
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
