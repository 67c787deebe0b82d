import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_CREDENTIALS } from '../../../main/practice/index.ts';
import { PROVIDERS, isNeverInDoubt, type ConnectionTest, type PlanDocument } from '../../../main/providers/index.ts';
import type { Environment, Flow, Subject } from '../../../shared/domain/index.ts';
import { personaInquiry } from '../../support/contract-cases/persona.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { BILL, flowBy, ID, INQUIRY, photo, runSteps } from '../../support/persona-inquiry.ts';
import { callApi } from '../../support/practice-calls.ts';
import { operation, providerContext, type TestContext, type TestPage } from '../../support/provider-context.ts';
import { jpeg, licence, plan, run as runPlan, type Done } from '../../support/provider-run.ts';

/** Persona's whole road (account, inquiry, government id, documents, transaction) against the practice server. */

const { persona } = PROVIDERS;

const practice = useDatedPractice('inquiry');
const { passed } = practice;

const ANA: Partial<Subject> = {
  givenName: 'Ana',
  familyName: 'Müller',
  birthDate: '1990-02-03',
  country: 'AUS',
  reference: 'C-1001',
};

function open(
  pages: Record<string, TestPage>,
  more: { subject?: Partial<Subject>; settings?: object; environment?: Environment } = {},
): TestContext {
  return providerContext({
    http: practice.http,
    baseUrl: practice.server.personaBaseUrl,
    settings: { version: '2025-12-08', keyInflection: 'kebab', ...more.settings },
    credential: { apiKey: DEFAULT_CREDENTIALS.personaApiKeys[0] },
    subject: { ...ANA, ...more.subject },
    environment: more.environment ?? 'practice',
    pages,
  });
}

const TRANSACTION = flowBy({ by: 'transaction', transactionTypeId: 'txntp_Practice' });

const GOOD = { front: photo('accept', 'f'), back: photo('accept', 'b'), bill: jpeg('accept', 'bill') };

const run = (flow: Flow, documents: PlanDocument[], context: TestContext, earlier: Done[] = []) =>
  runPlan(persona, plan(documents, { flow, round: earlier.length === 0 ? 0 : 1 }), context, earlier, passed);

const Listed = z.object({
  data: z.array(z.object({ id: z.string(), attributes: z.record(z.string(), z.unknown()) })),
});

/** What Persona's own lists show. */
async function list(path: string): Promise<z.infer<typeof Listed>['data']> {
  return Listed.parse(await callApi(practice, 'GET', path)).data;
}

describe('account → inquiry → documents → decision', () => {
  it.each(['kebab', 'camel', 'snake'])(
    'is one account, one inquiry, and approved, in %s case',
    async (keyInflection) => {
      await practice.start();
      const context = open(GOOD, { settings: { keyInflection } });
      const { kinds, progress } = await personaInquiry(context, INQUIRY, [ID, BILL], passed);
      expect(kinds).toEqual([
        'persona.account.create: persona.accountCreated',
        'persona.inquiry.create: persona.inquiryCreated',
        // All are there before the first is submitted: what an inquiry holds may close it.
        'persona.inquiry.document.create: persona.created',
        'persona.inquiry.document.create: persona.created',
        'persona.document.submit: persona.submitted',
        'persona.document.submit: persona.submitted',
        'persona.inquiry.follow: persona.inquiryApproved',
      ]);
      expect(progress.at(-1)).toEqual({ state: 'accepted', message: { code: 'persona.inquiryApproved' } });
      expect((await list('/accounts')).map(({ attributes }) => attributes['reference-id'])).toEqual(['C-1001']);
      expect(await list('/inquiries')).toHaveLength(1);
    },
  );

  it.each(['2026-09-29', '2025-12-08', '2025-10-27', '2023-01-05', '2021-07-05', '2020-05-18'])(
    'is understood in version %s, where names lie in fields only or beside them',
    async (version) => {
      await practice.start();
      const context = open(GOOD, { settings: { version } });
      await run(INQUIRY, [ID], context);
      const again = await run(INQUIRY, [ID], context);
      expect(again.kinds[0]).toBe('persona.account.create: persona.accountFound');
      expect(await list('/accounts')).toHaveLength(1);
    },
  );

  it.each(['nested', 'flat'])(
    'the account of somebody else with the same reference is never used (%s names)',
    async (names) => {
      await practice.start({ 'persona.accountNames': names });
      await run(INQUIRY, [ID], open(GOOD));
      const other = open(GOOD, { subject: { givenName: 'Boris', familyName: 'Novak', birthDate: '' } });
      await expect(run(INQUIRY, [ID], other)).rejects.toThrow('attention persona.accountOther');
      const sibling = open(GOOD, { subject: { givenName: 'Boris', birthDate: '' } });
      await expect(run(INQUIRY, [ID], sibling)).rejects.toThrow('attention persona.accountOther');
      const younger = open(GOOD, { subject: { birthDate: '2001-01-01' } });
      await expect(run(INQUIRY, [ID], younger)).rejects.toThrow('attention persona.accountOther');
      const married = open(GOOD, { subject: { familyName: 'Schmidt' } });
      expect((await run(INQUIRY, [ID], married)).kinds[0]).toBe('persona.account.create: persona.accountFound');
    },
  );

  it('a person who names the account of somebody else is not believed either', async () => {
    await practice.start();
    await run(INQUIRY, [ID], open(GOOD));
    const [account] = await list('/accounts');
    const rules = persona.operations['persona.account.create'];
    if (account === undefined || rules === undefined || isNeverInDoubt(rules)) throw new Error('no account');
    const { person } = rules;
    if (person.confirmedBy !== 'record') throw new Error('not compared');
    const call = operation('persona.account.create', { accountTypeId: null });
    const other = open(GOOD, { subject: { givenName: 'Boris', familyName: 'Novak' } });
    expect(await person.compare(account.id, call, other)).toMatchObject({ kind: 'other' });
    expect(await person.compare(account.id, call, open(GOOD))).toMatchObject({ kind: 'same' });
  });

  it('an account that shows nobody is used, and the timeline says what is not known', async () => {
    await practice.start();
    const nobody = { givenName: '', familyName: '', birthDate: '' };
    await run(INQUIRY, [ID], open(GOOD, { subject: nobody }));
    expect((await run(INQUIRY, [ID], open(GOOD))).kinds[0]).toBe('persona.account.create: persona.accountFoundUnseen');
  });

  it('nothing more goes to an account once the reference was changed', async () => {
    await practice.start();
    const [account, inquiry] = persona.plan(plan([ID], { flow: INQUIRY }));
    if (account === undefined || inquiry === undefined) throw new Error('no plan');
    const needed = await runSteps(open(GOOD), [account]);
    const changed = open(GOOD, { subject: { reference: 'C-1002' } });
    const outcome = await persona.perform(operation(inquiry.kind, inquiry.payload, { needed }), changed);
    expect(outcome).toMatchObject({ kind: 'attention', evidence: { message: { code: 'persona.referenceChanged' } } });
    expect(await list('/inquiries')).toEqual([]);
    expect(JSON.stringify(needed)).not.toContain('C-1001');
  });

  it('an identity document needs a country, and is a picture', async () => {
    await practice.start();
    await expect(run(INQUIRY, [{ ...ID, country: '' }], open(GOOD))).rejects.toThrow(
      'attention persona.countryMissing',
    );
    const pdf = { ...GOOD, front: { mediaType: 'application/pdf', bytes: Buffer.alloc(20_000) } };
    await expect(run(INQUIRY, [ID], open(pdf))).rejects.toThrow('attention persona.photoWanted');
  });

  it('an unknown template is for IT', async () => {
    await practice.start();
    const flow = flowBy({ by: 'inquiry', templateId: 'itmpl_Unknown' });
    await expect(run(flow, [ID], open(GOOD))).rejects.toThrow('attention persona.templateRefused');
  });
});

describe('decisions of an inquiry', () => {
  it.each([
    ['approved', 'completed', 'persona.inReview'],
    ['completed', 'completed', 'persona.inquiryCompleted'],
    ['processed', 'pending', 'persona.processed'],
    ['approved', 'needs_review', 'persona.inquiryNeedsReview'],
  ] as const)('accepted when %s, and the template ends in %s: %s', async (acceptedWhen, end, code) => {
    await practice.start({ 'persona.inquiryWithoutMarker': end });
    const flow = flowBy({ by: 'inquiry', templateId: 'itmpl_Practice', acceptedWhen });
    const pages = { front: photo('', 'f'), back: photo('', 'b') };
    const going = run(flow, [ID], open(pages));
    const last = await going.then(
      ({ kinds }) => kinds.at(-1),
      (error: unknown) => (error instanceof Error ? error.message.replace('again ', '') : null),
    );
    expect(last).toBe(`persona.inquiry.follow: ${code}`);
  });

  it('a failed check that better pictures may mend opens the slot with its sentence; a new inquiry gets every page', async () => {
    await practice.start();
    const context = open({ ...GOOD, front: photo('reject=id_glare_detection', 'f'), front2: photo('accept', 'f2') });
    const first = await run(INQUIRY, [ID, BILL], context);
    expect(first.progress.at(-1)).toEqual({
      state: 'retake',
      message: { code: 'persona.inquiryFailed' },
      slots: [{ requirementId: 'identity', sides: [], message: { code: 'persona.check.id_glare_detection' } }],
    });
    const retaken = licence(
      [
        { id: 'front2', side: 'front' },
        { id: 'back', side: 'back', isDelivered: true },
      ],
      'id',
    );
    const delivered = { ...BILL, pages: BILL.pages.map((page) => ({ ...page, isDelivered: true })) };
    const second = await run(INQUIRY, [retaken, delivered], context, first.done);
    expect(second.kinds.filter((kind) => kind.includes('create:'))).toEqual([
      'persona.inquiry.create: persona.inquiryCreated',
      'persona.inquiry.document.create: persona.created',
      'persona.inquiry.document.create: persona.created',
    ]);
    expect(second.progress.at(-1)).toMatchObject({ state: 'accepted' });
    expect(await list('/accounts')).toHaveLength(1);
  });

  it.each(['id_tamper_detection', 'id_glare_detection,id_fabrication_detection', 'id_selfie_comparison'])(
    'a check about whether it is genuine (%s) ends without a reason, in the result and on the desk',
    async (labels) => {
      await practice.start();
      const context = open({ ...GOOD, front: photo(`reject=${labels}`, 'f') });
      const { done, progress } = await run(INQUIRY, [ID], context);
      expect(progress.at(-1)).toEqual({ state: 'rejected', message: { code: 'persona.inquiryDeclined' } });
      expect(JSON.stringify([done, progress])).not.toMatch(/tamper|fabrication|selfie_comparison|glare/);
    },
  );

  it('a declined inquiry is final', async () => {
    await practice.start();
    const { progress } = await run(INQUIRY, [ID], open({ ...GOOD, back: photo('final=FORGERY', 'b') }));
    expect(progress.at(-1)).toEqual({ state: 'rejected', message: { code: 'persona.inquiryDeclined' } });
  });

  it('a document that could not be processed is asked for again, into the same inquiry', async () => {
    await practice.start();
    const context = open({ ...GOOD, bill: jpeg('errored', 'bill'), bill2: jpeg('accept', 'bill2') });
    const first = await run(INQUIRY, [ID, BILL], context);
    expect(first.progress.at(-1)).toMatchObject({ state: 'retake', slots: [{ requirementId: 'address' }] });
    const deliveredId = { ...ID, pages: ID.pages.map((page) => ({ ...page, isDelivered: true })) };
    const bill2 = { ...BILL, pages: BILL.pages.map((page) => ({ ...page, pageId: 'bill2' })) };
    const second = await run(INQUIRY, [deliveredId, bill2], context, first.done);
    expect(second.kinds).toEqual([
      'persona.account.update: persona.accountUnchanged',
      'persona.inquiry.document.create: persona.created',
      'persona.document.submit: persona.submitted',
      'persona.inquiry.follow: persona.inquiryApproved',
    ]);
    expect(await list('/inquiries')).toHaveLength(1);
  });

  it('a failure that no check explains opens every slot, for a new inquiry', async () => {
    await practice.start({ 'persona.inquiryWithoutMarker': 'failed' });
    const { done, progress } = await run(INQUIRY, [ID], open({ front: photo('', 'f'), back: photo('', 'b') }));
    expect(progress.at(-1)).toEqual({ state: 'retake', message: { code: 'persona.inquiryUnclear' }, slots: [] });
    expect(done.at(-1)?.result).toMatchObject({ isOver: true });
  });

  it('a new inquiry gets every page, also when its round was broken off half-way', () => {
    const earlier = [
      finished('persona.account.create', { accountId: 'act_1' }),
      finished('persona.inquiry.create', { inquiryId: 'inq_1' }),
      finished('persona.document.submit', submitted('d1')),
      finished('persona.document.submit', submitted('d2')),
      finished('persona.inquiry.follow', { inquiryId: 'inq_1', status: 'failed', isOver: true }),
      finished('persona.inquiry.create', { inquiryId: 'inq_2' }),
    ];
    const delivered = { ...BILL, pages: BILL.pages.map((page) => ({ ...page, isDelivered: true })) };
    const planned = persona.plan(plan([ID, delivered], { flow: INQUIRY, round: 1, earlier }));
    expect(planned.map(({ ref }) => ref)).toEqual(['create:d1', 'create:d2', 'submit:d1', 'submit:d2', 'follow']);
  });

  it('an expired inquiry is opened again for the pages that come late', async () => {
    await practice.start({ 'persona.inquiryExpiresHours': 1 });
    const context = open(GOOD);
    const [account, inquiry, create] = persona.plan(plan([ID], { flow: INQUIRY }));
    if (account === undefined || inquiry === undefined || create === undefined) throw new Error('no plan');
    const made = await runSteps(context, [account, inquiry]);
    passed(2 * 3_600_000);
    const attach = operation(create.kind, create.payload, { needed: made });
    const outcome = await persona.perform(attach, context);
    expect(outcome).toMatchObject({
      kind: 'retry',
      freshKey: true,
      evidence: { message: { code: 'persona.inquiryResumed' } },
    });
    const again = await persona.perform({ ...attach, idempotencyKey: 'fresh' }, context);
    expect(again).toMatchObject({ kind: 'done' });
  });
});

function finished(kind: string, result: object): Done {
  return { kind, payload: {}, result };
}

function submitted(documentId: string): object {
  return { providerDocumentId: `doc_${documentId}`, documentId, requirementId: documentId, submittedAtMs: 1 };
}

/** The id that a result brings, before anything else in it. */
function idIn(result: Readonly<Record<string, unknown>>): unknown {
  return Object.values(result)[0];
}

/** Runs the flow; what it made at `path` is removed while its status is waited for. */
function runWhileRemoved(flow: Flow, path: string, pages: Record<string, TestPage>): Promise<unknown> {
  let isRemoved = false;
  const passing = async (ms: number): Promise<void> => {
    passed(ms);
    const [made] = await list(path);
    if (isRemoved || made === undefined) return;
    isRemoved = true;
    await callApi(practice, 'DELETE', `${path}/${made.id}`);
  };
  return runPlan(persona, plan([ID], { flow }), open(pages), [], passing);
}

describe('a record that somebody has removed at Persona', () => {
  it.each([
    ['inquiry', INQUIRY, '/inquiries'],
    ['transaction', TRANSACTION, '/transactions'],
  ] as const)('its status is not waited for without end: %s', async (_name, flow, path) => {
    await practice.start({ 'persona.inquiryWithoutMarker': 'needs_review' });
    const pages = { front: photo('hold', 'f'), back: photo('hold', 'b') };
    await expect(runWhileRemoved(flow, path, pages)).rejects.toThrow('attention persona.recordRedacted');
  });
});

describe('after a lost answer', () => {
  it('account, inquiry and transaction are found by our own reference, at any age, or proved not to be there', async () => {
    await practice.start();
    const context = open(GOOD);
    const [account, inquiry] = persona.plan(plan([ID], { flow: INQUIRY }));
    const [transaction] = persona.plan(plan([ID, BILL], { flow: TRANSACTION }));
    let needed: Done[] = [];
    for (const planned of [account, inquiry, transaction]) {
      if (planned === undefined) throw new Error('no plan');
      const key = `key of ${planned.kind}`;
      const call = operation(planned.kind, planned.payload, { id: `op-${planned.kind}`, idempotencyKey: key, needed });
      expect(await persona.lookUp(call, context)).toMatchObject({ kind: 'did_not_happen' });
      const outcome = await persona.perform(call, context);
      if (outcome.kind !== 'done') throw new Error(`${planned.kind}: ${outcome.evidence.message.code}`);
      passed(40 * 24 * 3_600_000);
      const found = await persona.lookUp({ ...call, idempotencyKey: 'another' }, context);
      expect(found.kind === 'happened' && idIn(found.outcome.result)).toBe(idIn(outcome.result));
      needed = [...needed, { kind: planned.kind, payload: planned.payload, result: outcome.result }];
    }
  });

  it('an attached document is found among the inquiry’s by its files, and another customer’s is not', async () => {
    await practice.start();
    const context = open({ ...GOOD, other: photo('accept', 'longer than the first') });
    const [account, inquiry, create] = persona.plan(plan([ID], { flow: INQUIRY }));
    if (account === undefined || inquiry === undefined || create === undefined) throw new Error('no plan');
    const needed = await runSteps(context, [account, inquiry]);
    const attach = operation(create.kind, create.payload, { needed });
    expect(await persona.lookUp(attach, context)).toMatchObject({ kind: 'did_not_happen' });
    const outcome = await persona.perform(attach, context);
    if (outcome.kind !== 'done') throw new Error('not created');
    expect(await persona.lookUp(attach, context)).toMatchObject({
      kind: 'happened',
      outcome: { result: outcome.result },
    });
    const unlike = { ...attach, payload: { ...create.payload, pageIds: ['other', 'back'] } };
    expect(await persona.lookUp(unlike, context)).toMatchObject({ kind: 'did_not_happen' });
    // One that is known already is another document with the same bytes.
    const known = {
      ...attach,
      finished: () => [{ kind: create.kind, payload: create.payload, result: outcome.result }],
    };
    expect(await persona.lookUp(known, context)).toMatchObject({ kind: 'did_not_happen' });
  });
});

describe('transaction', () => {
  it('takes every page at once and follows to its decision', async () => {
    await practice.start();
    const { kinds, progress } = await run(TRANSACTION, [ID, BILL], open(GOOD));
    expect(kinds).toEqual([
      'persona.transaction.create: persona.transactionCreated',
      'persona.transaction.follow: persona.transactionApproved',
    ]);
    expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
    const [made] = await list('/transactions');
    expect(made?.attributes).toMatchObject({
      'reference-id': 'C-1001',
      fields: { id_class: 'dl', address_country_code: 'AU', name_first: 'Ana' },
    });
  });

  it('two documents of one field are not sent, since one would be lost', async () => {
    await practice.start();
    const twice = { ...BILL, documentId: 'd3', requirementId: 'second' };
    await expect(run(TRANSACTION, [BILL, twice], open(GOOD))).rejects.toThrow('attention persona.fieldTwice');
    expect(await list('/transactions')).toEqual([]);
  });

  it.each([
    ['single', 'front'],
    ['front', 'front', 'back'],
    ['front', 'back', 'back'],
  ] as const)('an identity document with %s and %s … is not sent, since one page would be lost', async (...sides) => {
    await practice.start();
    const pages = sides.map((side, index) => ({ id: `page${index}`, side }));
    const document: PlanDocument = {
      ...ID,
      pages: pages.map(({ id, side }) => ({
        pageId: id,
        side,
        mediaType: 'image/jpeg',
        byteLength: 1000,
        isDelivered: false,
      })),
    };
    const contents = Object.fromEntries(pages.map(({ id }) => [id, photo('accept', id)]));
    await expect(run(TRANSACTION, [document], open(contents))).rejects.toThrow('attention persona.sideTwice');
    expect(await list('/transactions')).toEqual([]);
  });

  it('declined is final, needs review is waited for, and an unknown type is for IT', async () => {
    await practice.start();
    const declined = await run(TRANSACTION, [ID], open({ ...GOOD, front: photo('final=X', 'f') }));
    expect(declined.progress.at(-1)).toEqual({ state: 'rejected', message: { code: 'persona.inquiryDeclined' } });
    await expect(run(TRANSACTION, [ID], open({ ...GOOD, front: photo('hold', 'h') }))).rejects.toThrow(
      'again persona.inReview',
    );
    const unknown = flowBy({ by: 'transaction', transactionTypeId: 'txntp_Unknown' });
    await expect(run(unknown, [ID], open(GOOD))).rejects.toThrow('attention persona.transactionTypeRefused');
  });
});

describe('the tags of the connection', () => {
  const settings = { tags: 'branch 12, north' };
  it('are on its inquiries and transactions, as they were when these were planned', async () => {
    await practice.start();
    const open12 = open(GOOD, { settings: { tags: 'another since' } });
    for (const flow of [INQUIRY, TRANSACTION]) {
      await runPlan(persona, plan([ID], { flow, settings }), open12, [], passed);
    }
    const [inquiry] = await list('/inquiries');
    const [transaction] = await list('/transactions');
    expect(inquiry?.attributes['tags']).toEqual(['branch 12', 'north']);
    expect(transaction?.attributes['tags']).toEqual([expect.stringMatching(/^satchel-/), 'branch 12', 'north']);
  });

  it('may be none', async () => {
    await practice.start();
    await runPlan(persona, plan([ID], { flow: INQUIRY, settings: { tags: '' } }), open(GOOD), [], passed);
    expect((await list('/inquiries')).map(({ attributes }) => attributes['tags'])).toEqual([[]]);
  });
});

const steps = (tested: ConnectionTest): unknown[] =>
  (tested.details ?? []).slice(1).map(({ code, params }) => [code, params?.['step'], params?.['status']]);

describe('the connection test', () => {
  it('reads the rate limit, and in a sandbox takes the flow’s template through every end of pretended inquiries that it removes', async () => {
    await practice.start();
    const sandbox = open(GOOD, { environment: 'sandbox' });
    const tested = await persona.test(sandbox, [INQUIRY, INQUIRY, TRANSACTION]);
    expect(tested.requestId).toMatch(/^req_/);
    expect(tested).toMatchObject({ isOk: true, message: { code: 'persona.testOk' } });
    expect(tested.details?.[0]).toEqual({ code: 'persona.testRateLimit', params: { limit: 300, remaining: 299 } });
    expect(steps(tested)).toEqual(
      [
        ['start_inquiry', 'pending'],
        ['expire_inquiry', 'expired'],
        ['resume', 'pending'],
        ['complete_inquiry', 'completed'],
        ['mark_for_review_inquiry', 'needs_review'],
        ['approve_inquiry', 'approved'],
        ['decline_inquiry', 'declined'],
        ['fail_inquiry', 'failed'],
      ].map((step) => ['persona.testStep', ...step]),
    );
    const inquiries = await list('/inquiries');
    expect(inquiries.map(({ attributes }) => [attributes['note'], attributes['redacted-at'] !== null])).toEqual(
      Array.from({ length: 4 }, () => [null, true]),
    );
    expect(await list('/accounts')).toEqual([]);
  });

  it('pretends verifications where the flow names a template of them, and says how many checks the desk would be told', async () => {
    await practice.start();
    const route = { by: 'inquiry', templateId: 'itmpl_Practice', verificationTemplateId: 'vtmpl_Practice' };
    const sandbox = open(GOOD, { environment: 'sandbox' });
    const tested = await persona.test(sandbox, [flowBy(route)]);
    expect(tested).toMatchObject({ isOk: true });
    expect(tested.details?.at(-1)).toEqual({
      code: 'persona.testVerifications',
      params: { template: 'itmpl_Practice', passed: 1, told: 1, untold: 1 },
    });
    const wrong = await persona.test(sandbox, [flowBy({ ...route, verificationTemplateId: 'vtmpl_Unknown' })]);
    expect([wrong.isOk, steps(wrong).at(-1)]).toEqual([
      true,
      ['persona.testStepRefused', 'create_failed_verification', 404],
    ]);
    const inquiries = await list('/inquiries');
    expect(inquiries.every(({ attributes }) => attributes['redacted-at'] !== null)).toBe(true);
  });

  it('says which template is wrong, and opens nothing where inquiries are real', async () => {
    await practice.start();
    const flow = flowBy({ by: 'inquiry', templateId: 'itmpl_Unknown' });
    expect(await persona.test(open(GOOD, { environment: 'sandbox' }), [flow])).toMatchObject({
      isOk: false,
      message: { code: 'persona.templateRefused' },
    });
    expect(await persona.test(open(GOOD), [flow])).toMatchObject({ isOk: true });
    expect(await list('/inquiries')).toEqual([]);
  });
});
