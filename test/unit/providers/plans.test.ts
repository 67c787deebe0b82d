import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { wantedBy } from '../../../main/providers/personr/payloads.ts';
import type { PlanDocument, PlanInput, PlannedOperation } from '../../../main/providers/index.ts';
import type { DocumentType, Side } from '../../../shared/domain/index.ts';

const { persona, personr, sumsub } = PROVIDERS;

function document(
  documentId: string,
  documentType: DocumentType,
  providerType: string,
  sides: readonly Side[],
  delivered: readonly Side[] = [],
  country = 'AUS',
): PlanDocument {
  return {
    documentId,
    requirementId: documentId,
    documentType,
    providerType,
    country,
    pages: sides.map((side) => ({
      pageId: `${documentId}-${side}`,
      side,
      mediaType: 'image/jpeg',
      byteLength: 1000,
      isDelivered: delivered.includes(side),
    })),
  };
}

function input(documents: readonly PlanDocument[], more: Partial<PlanInput> = {}): PlanInput {
  return {
    submissionId: 's1',
    flow: { id: 'f', name: 'Identity and selfie', requiredFields: [], requirements: [] },
    round: 0,
    documents,
    earlier: [],
    ...more,
  };
}

const shape = (plan: readonly PlannedOperation[]) => plan.map(({ ref, needs }) => [ref, needs]);

/** Every payload must be one that the operation's own schema accepts, and every need one that stands before it. */
function expectConsistent(provider: typeof persona, plan: readonly PlannedOperation[]): void {
  const seen = new Set<string>();
  for (const { ref, kind, payload, needs } of plan) {
    expect(provider.operations[kind]?.payload.safeParse(payload).success, `${ref} of ${kind}`).toBe(true);
    for (const need of needs) expect(seen).toContain(need);
    expect(seen).not.toContain(ref);
    seen.add(ref);
  }
}

const idCard = (delivered: readonly Side[] = []) => document('id', 'id_card', 'ID_CARD', ['front', 'back'], delivered);
const selfie = (delivered: readonly Side[] = []) => document('selfie', 'selfie', 'SELFIE', ['single'], delivered, '');

const submitted = (documentId: string) => ({
  kind: 'persona.document.submit',
  payload: {},
  result: { providerDocumentId: `doc_${documentId}`, documentId, requirementId: documentId, submittedAtMs: 1 },
});

const createdWith = (pageIds: string[], more: object = {}) => ({
  kind: 'persona.document.create',
  payload: { documentId: 'id', requirementId: 'id', kind: 'ID_CARD', pageIds, sides: [], ...more },
  result: { providerDocumentId: 'doc_id' },
});

describe('Persona', () => {
  it('trap 13: submits only what was created, and follows only what was submitted', () => {
    const plan = persona.plan(input([idCard(), selfie()]));
    expectConsistent(persona, plan);
    expect(shape(plan)).toEqual([
      ['create:id', []],
      ['submit:id', ['create:id']],
      ['follow:id', ['create:id', 'submit:id']],
      ['create:selfie', []],
      ['submit:selfie', ['create:selfie']],
      ['follow:selfie', ['create:selfie', 'submit:selfie']],
    ]);
    expect(plan[0]).toMatchObject({
      payload: { kind: 'ID_CARD', pageIds: ['id-front', 'id-back'], sides: ['front', 'back'] },
      pageId: null,
      byteLength: 2000,
    });
    expect(plan[3]).toMatchObject({ pageId: 'selfie-single', byteLength: 1000 });
  });

  it('comes after the account that its documents belong to, once made and later corrected', () => {
    const route = { by: 'documents', account: 'customer' };
    const flow = { ...input([]).flow, route };
    const first = persona.plan(input([idCard(), selfie()], { flow }));
    expectConsistent(persona, first);
    expect(shape(first).filter(([ref]) => !String(ref).startsWith('follow'))).toEqual([
      ['account', []],
      ['create:id', ['account']],
      ['submit:id', ['create:id']],
      ['create:selfie', ['account']],
      ['submit:selfie', ['create:selfie']],
    ]);
    const made = { accountId: 'act_1', personMark: { all: '0000', each: {} } };
    const earlier = [{ kind: 'persona.account.create', payload: {}, result: made }];
    const later = persona.plan(input([idCard(['front']), selfie(['single'])], { flow, round: 1, earlier }));
    expectConsistent(persona, later);
    expect(shape(later).slice(0, 2)).toEqual([
      ['account-update', []],
      ['create:id', ['account-update']],
    ]);
    expect(later[1]?.payload).toMatchObject({ owner: { accountId: 'act_1' } });
    // Nothing that would belong to an account: none is made.
    expect(persona.plan(input([idCard(['front', 'back'])], { flow, round: 1 }))).toEqual([]);
  });

  it('on a retake makes the document anew with all its pages, and leaves the others alone', () => {
    const plan = persona.plan(input([idCard(['front']), selfie(['single'])], { round: 1 }));
    expectConsistent(persona, plan);
    expect(plan.map(({ ref }) => ref)).toEqual(['create:id', 'submit:id', 'follow:id']);
    expect(plan[0]?.payload).toMatchObject({ pageIds: ['id-front', 'id-back'] });
  });

  it('goes on following what an earlier release submitted and nobody saw the end of', () => {
    const ended = {
      kind: 'persona.document.follow',
      payload: {},
      result: { documentId: 'id', status: 'processed', processedAt: null },
    };
    const documents = [idCard(['front', 'back']), selfie(['single'])];
    const plan = persona.plan(input(documents, { round: 1, earlier: [submitted('id'), submitted('selfie'), ended] }));
    expectConsistent(persona, plan);
    expect(shape(plan)).toEqual([['follow:selfie', []]]);
    expect(plan[0]?.payload).toMatchObject({ submitted: { providerDocumentId: 'doc_selfie' } });
  });

  it('submits what an earlier release created and never submitted, instead of delivering the pages twice', () => {
    const earlier = [createdWith(['id-front', 'id-back'])];
    const plan = persona.plan(input([idCard(), selfie()], { round: 1, earlier }));
    expectConsistent(persona, plan);
    expect(shape(plan)).toEqual([
      ['submit:id', []],
      ['follow:id', ['submit:id']],
      ['create:selfie', []],
      ['submit:selfie', ['create:selfie']],
      ['follow:selfie', ['create:selfie', 'submit:selfie']],
    ]);
    const created = { providerDocumentId: 'doc_id', pageIds: ['id-front', 'id-back'] };
    expect(plan[0]?.payload).toMatchObject({ created });
    expect(plan[1]?.payload).toMatchObject({ created });
  });

  it('a submit carries what is needed to create the document again, should Persona not have it any more', () => {
    const create = { kind: 'ID_CARD', pageIds: ['id-front', 'id-back'], sides: ['front', 'back'], byteLength: 2000 };
    for (const earlier of [[], [createdWith(['id-front', 'id-back'])]]) {
      const plan = persona.plan(input([idCard()], { earlier }));
      expect(plan.find(({ ref }) => ref === 'submit:id')?.payload).toMatchObject({ create });
    }
  });

  it.each([
    ['other pages', createdWith(['id-front', 'older'])],
    ['another kind', createdWith(['id-front', 'id-back'], { kind: 'PASSPORT' })],
  ])('what an earlier release created with %s and never submitted gets the new ones first', (_what, created) => {
    const plan = persona.plan(input([idCard()], { round: 1, earlier: [created] }));
    expectConsistent(persona, plan);
    expect(shape(plan)).toEqual([
      ['update:id', []],
      ['create:id', ['update:id']],
      ['submit:id', ['create:id']],
      ['follow:id', ['create:id', 'submit:id']],
    ]);
    const pages = { pageIds: ['id-front', 'id-back'], sides: ['front', 'back'], kind: 'ID_CARD' };
    expect(plan[0]).toMatchObject({
      payload: { providerDocumentId: 'doc_id', ...pages },
      pageId: null,
      byteLength: 2000,
    });
  });

  it('a generic document that an open inquiry holds with other pages gets the new ones; photos of an identity document go anew', () => {
    const route = { by: 'inquiry', templateId: 'itmpl_1' };
    const flow = { ...input([]).flow, route };
    const bill = document('bill', 'utility_bill', 'proof_of_address', ['single'], [], '');
    const held = (documentId: string, governmentId: object | null) => ({
      kind: 'persona.inquiry.document.create',
      payload: {
        documentId,
        requirementId: documentId,
        kind: 'older',
        pageIds: ['older'],
        sides: ['single'],
        attachment: { inquiryId: null, governmentId },
      },
      result: { providerDocumentId: `doc_${documentId}` },
    });
    const earlier = [
      { kind: 'persona.account.create', payload: {}, result: { accountId: 'act_1' } },
      { kind: 'persona.inquiry.create', payload: {}, result: { inquiryId: 'inq_1' } },
      held('bill', null),
      held('id', { country: 'AU', idClass: 'id' }),
    ];
    const plan = persona.plan(input([bill, idCard()], { flow, round: 1, earlier }));
    expectConsistent(persona, plan);
    expect(shape(plan)).toEqual([
      ['update:bill', []],
      ['create:bill', ['update:bill']],
      ['create:id', []],
      ['submit:bill', ['update:bill', 'create:bill', 'create:id']],
      ['submit:id', ['update:bill', 'create:bill', 'create:id']],
      ['follow', ['submit:bill', 'submit:id']],
    ]);
    expect(plan[0]?.payload).toMatchObject({ providerDocumentId: 'doc_bill', attachment: { inquiryId: 'inq_1' } });
  });

  it.each([
    ['a create that was submitted', [createdWith(['id-front', 'id-back']), submitted('id')]],
    [
      'a create that only a person confirmed',
      [{ ...createdWith(['id-front', 'id-back']), result: { confirmed: true } }],
    ],
  ])('makes the document anew after %s', (_what, earlier) => {
    const plan = persona.plan(input([idCard()], { round: 1, earlier }));
    expect(plan.map(({ ref }) => ref)).toEqual(['create:id', 'submit:id', 'follow:id']);
  });

  it('has nothing to do when everything is delivered and decided', () => {
    expect(persona.plan(input([idCard(['front', 'back'])], { round: 1 }))).toEqual([]);
  });
});

describe('Personr', () => {
  it('trap 35: starts only after every upload, and uploads of one type follow one another', () => {
    const plan = personr.plan(input([idCard(), selfie()]));
    expectConsistent(personr, plan);
    expect(shape(plan)).toEqual([
      ['applicant', []],
      ['upload:id-front', ['applicant']],
      ['upload:id-back', ['applicant', 'upload:id-front']],
      ['upload:selfie-single', ['applicant']],
      ['start', ['applicant', 'upload:id-front', 'upload:id-back', 'upload:selfie-single']],
      ['follow', ['applicant', 'start']],
    ]);
  });

  it('traps 21, 29: alpha-3 for every page, a side for documents, none for the selfie', () => {
    const uploads = personr.plan(
      input([selfie(), idCard(), document('bill', 'utility_bill', 'UTILITY_BILL', ['single'])]),
    );
    expect(
      uploads
        .filter(({ kind }) => kind === 'personr.document.upload')
        .map(({ payload }) => [payload['docType'], payload['docSubType'], payload['country']]),
    ).toEqual([
      ['SELFIE', null, 'AUS'],
      ['ID_CARD', 'FRONT_SIDE', 'AUS'],
      ['ID_CARD', 'BACK_SIDE', 'AUS'],
      ['UTILITY_BILL', 'FRONT_SIDE', 'AUS'],
    ]);
  });

  const firstRound = [
    { kind: 'personr.applicant.create', payload: {}, result: { applicantId: '4x2' } },
    { kind: 'personr.document.upload', payload: { docType: 'ID_CARD' }, result: { applicantId: '4x2' } },
    { kind: 'personr.document.upload', payload: { docType: 'ID_CARD' }, result: { applicantId: '4x2' } },
    { kind: 'personr.document.upload', payload: { docType: 'SELFIE' }, result: { applicantId: '4x2' } },
    { kind: 'personr.check.start', payload: {}, result: { applicantId: '4x2', startedAtMs: 1 } },
    { kind: 'personr.check.follow', payload: {}, result: { reviewedAtMs: 77, labels: [] } },
  ];

  it('on a retake keeps the applicant, sends the new page, asks about its other side, and starts the second check', () => {
    const plan = personr.plan(input([idCard(['front']), selfie(['single'])], { round: 1, earlier: firstRound }));
    expectConsistent(personr, plan);
    expect(shape(plan)).toEqual([
      ['upload:id-back', []],
      ['upload:id-front', ['upload:id-back']],
      ['start', ['upload:id-back', 'upload:id-front']],
      ['follow', ['start']],
    ]);
    expect(plan[0]?.payload).toMatchObject({ applicantId: '4x2', acknowledgedBefore: 2, looksFirst: true });
    expect(plan[0]?.payload).not.toHaveProperty('keptFrom');
    expect(plan[1]?.payload).toMatchObject({ docSubType: 'FRONT_SIDE', keptFrom: 1 });
    expect(plan[1]?.payload).not.toHaveProperty('looksFirst');
    expect(plan[2]?.payload).toEqual({ applicantId: '4x2', check: 2, previousReviewMs: 77 });
    expect(plan[3]?.payload).toMatchObject({
      check: 2,
      documents: [
        { requirementId: 'id', sides: ['front', 'back'] },
        { requirementId: 'selfie', sides: ['single'] },
      ],
    });
  });

  it('with a second document of the same type, one image of it does not prove that the other side is in use', () => {
    const other = document('other', 'id_card', 'ID_CARD', ['front', 'back'], ['front', 'back']);
    const plan = personr.plan(input([idCard(['front']), other], { round: 1, earlier: firstRound }));
    expect(plan.map(({ ref, payload }) => [ref, payload['keptFrom']])).toEqual([
      ['upload:id-back', undefined],
      ['upload:id-front', 2],
      ['start', undefined],
      ['follow', undefined],
    ]);
  });

  it('counts what is in use: what the status named is believed more, and a side that stayed counts once', () => {
    const results = [{ listedBefore: 0 }, { isKept: true }];
    const kind = 'personr.document.upload';
    const again = results.map((result) => ({ kind, payload: { docType: 'ID_CARD' }, result }));
    const retaken = [...firstRound, ...again];
    const plan = personr.plan(input([idCard(['front'])], { round: 2, earlier: retaken }));
    expect(plan[0]?.payload).toMatchObject({ acknowledgedBefore: 1 });
  });

  it('trap 36: never makes a second applicant: not after a take-back, not when only a word says that there is one', () => {
    const created = firstRound.slice(0, 1);
    const byWord = [{ kind: 'personr.applicant.create', payload: {}, result: { confirmedByPerson: true } }];
    for (const earlier of [created, byWord]) {
      const plan = personr.plan(input([idCard(), selfie()], { round: 0, earlier }));
      expectConsistent(personr, plan);
      expect(plan.map(({ kind }) => kind)).not.toContain('personr.applicant.create');
      expect(plan.map(({ ref }) => ref)).toEqual([
        'upload:id-front',
        'upload:id-back',
        'upload:selfie-single',
        'start',
        'follow',
      ]);
    }
  });

  it('spends no check without a new page after a decision, and none after the fifth', () => {
    expect(
      personr.plan(input([idCard(['front', 'back']), selfie(['single'])], { round: 1, earlier: firstRound })),
    ).toEqual([]);
    const five = [firstRound[0], ...Array.from({ length: 5 }, () => firstRound.slice(4)).flat()].filter(
      (one) => one !== undefined,
    );
    expect(personr.plan(input([idCard()], { round: 5, earlier: five }))).toEqual([]);
  });

  it('starts the first check when the pages arrived but the start was never made', () => {
    const plan = personr.plan(
      input([idCard(['front', 'back']), selfie(['single'])], { round: 0, earlier: firstRound.slice(0, 4) }),
    );
    expect(shape(plan)).toEqual([
      ['start', []],
      ['follow', ['start']],
    ]);
  });
});

const company = (delivered: 'single'[] = []) =>
  document('certificate', 'company_document', 'Certificate of incorporation', ['single'], delivered);

const companyInput = (more: Partial<PlanInput> = {}): PlanInput => ({
  ...input([company()], more),
  flow: { id: 'company', name: 'Company', subjectKind: 'entity', requiredFields: [], requirements: [] },
  owners: [
    { submissionId: 'ana', position: 'Director' },
    { submissionId: 'bo', position: 'Shareholder' },
  ],
  ...more,
});

describe('Personr, of a company', () => {
  it('trap 38: starts only after every page and every owner', () => {
    const plan = personr.plan(companyInput());
    expectConsistent(personr, plan);
    expect(shape(plan)).toEqual([
      ['applicant', []],
      ['upload:certificate-single', ['applicant']],
      ['owner:ana', ['applicant']],
      ['owner:bo', ['applicant']],
      ['start', ['applicant', 'upload:certificate-single', 'owner:ana', 'owner:bo']],
      ['follow', ['applicant', 'start']],
    ]);
    expect(plan.map(({ kind }) => kind)).toEqual([
      'personr.entity.create',
      'personr.entity.upload',
      'personr.entity.owner',
      'personr.entity.owner',
      'personr.entity.start',
      'personr.entity.follow',
    ]);
    expect(plan[0]?.payload).toEqual({
      flowName: 'Company',
      flowId: 'company',
      wanted: wantedBy({ requirements: [] }),
    });
    expect(plan[1]?.payload).toMatchObject({ docSubType: 'Certificate of incorporation' });
  });

  it('on a retake keeps the company and links only the new owner', () => {
    const earlier = [
      { kind: 'personr.entity.create', payload: {}, result: { applicantId: '7x7' } },
      { kind: 'personr.entity.owner', payload: { ownerSubmissionId: 'ana' }, result: {} },
      { kind: 'personr.entity.start', payload: {}, result: { applicantId: '7x7', startedAtMs: 1 } },
      { kind: 'personr.entity.follow', payload: { check: 1 }, result: { reviewedAtMs: null } },
    ];
    const plan = personr.plan({ ...companyInput({ round: 1, earlier }), documents: [company(['single'])] });
    expectConsistent(personr, plan);
    expect(shape(plan)).toEqual([
      ['owner:bo', []],
      ['start', ['owner:bo']],
      ['follow', ['start']],
    ]);
    expect(plan[1]?.payload).toMatchObject({ applicantId: '7x7', check: 2, previousReviewMs: null });
  });
});

describe('Sumsub', () => {
  const taken = ['id-front', 'id-back', 'selfie-single'].map((pageId) => ({
    kind: 'sumsub.document.upload',
    payload: { pageId },
    result: { applicantId: 'a', imageId: '9' },
  }));
  const create = { kind: 'sumsub.applicant.create', payload: {}, result: { applicantId: 'a' } };
  const started = { kind: 'sumsub.check.start', payload: {}, result: { applicantId: 'a', startedAtMs: 1 } };
  const decided = { kind: 'sumsub.check.follow', payload: {}, result: { review: 'a1', labels: [] } };
  const firstRound = [create, ...taken, started, decided];

  it('sends pages in any order after the applicant, and starts after every one of them', () => {
    const plan = sumsub.plan(input([idCard(), selfie()]));
    expectConsistent(sumsub, plan);
    expect(shape(plan)).toEqual([
      ['applicant', []],
      ['upload:id-front', ['applicant']],
      ['upload:id-back', ['applicant']],
      ['upload:selfie-single', ['applicant']],
      ['start', ['applicant', 'upload:id-front', 'upload:id-back', 'upload:selfie-single']],
      ['follow', ['applicant', 'start']],
    ]);
    expect(plan[0]?.payload).toEqual({ levelName: 'Identity and selfie' });
    expect(
      plan.slice(1, 4).map(({ payload }) => [payload['idDocType'], payload['idDocSubType'], payload['country']]),
    ).toEqual([
      ['ID_CARD', 'FRONT_SIDE', 'AUS'],
      ['ID_CARD', 'BACK_SIDE', 'AUS'],
      ['SELFIE', null, 'AUS'],
    ]);
  });

  it('asks about the side that was taken when the other one is sent anew, and leaves other documents alone', () => {
    const plan = sumsub.plan(input([idCard(['front']), selfie(['single'])], { round: 1, earlier: firstRound }));
    expectConsistent(sumsub, plan);
    expect(plan.map(({ ref, payload }) => [ref, payload['wasTaken']])).toEqual([
      ['upload:id-front', true],
      ['upload:id-back', false],
      ['start', undefined],
      ['follow', undefined],
    ]);
    expect(plan[2]?.payload).toEqual({ applicantId: 'a', check: 2, previousReview: 'a1' });
  });

  it('never makes a second applicant, and has nothing to do when everything is there and decided', () => {
    const again = sumsub.plan(input([idCard(), selfie()], { earlier: [create] }));
    expect(again.map(({ kind }) => kind)).not.toContain('sumsub.applicant.create');
    const everything = [idCard(['front', 'back']), selfie(['single'])];
    expect(sumsub.plan(input(everything, { earlier: firstRound }))).toEqual([]);
    expect(shape(sumsub.plan(input(everything, { earlier: firstRound.slice(0, 4) })))).toEqual([
      ['start', []],
      ['follow', ['start']],
    ]);
  });
});

describe('what serves a flow under which it was not made', () => {
  it('is an account of the type that the flow wants, or any where it wants none; no page and no inquiry', () => {
    const { flow } = input([]);
    const withRoute = (route: Record<string, string>) => ({ ...flow, route });
    const fits = (kind: string, payload: unknown, route: Record<string, string>): boolean =>
      persona.operations[kind]?.servesFlow?.(payload, withRoute(route)) === true;
    const inquiry = { by: 'inquiry', templateId: 'itmpl_A', accountTypeId: 'acttp_B' };
    const documents = { by: 'documents', account: 'customer' };
    expect(fits('persona.account.create', { accountTypeId: 'acttp_B' }, inquiry)).toBe(true);
    expect(fits('persona.account.create', { accountTypeId: 'acttp_A' }, inquiry)).toBe(false);
    expect(fits('persona.account.create', { accountTypeId: null }, inquiry)).toBe(false);
    expect(fits('persona.account.create', { accountTypeId: null }, documents)).toBe(true);
    expect(fits('persona.account.create', { accountTypeId: 'acttp_A' }, documents)).toBe(false);
    expect(fits('persona.account.create', { accountTypeId: 'acttp_A' }, { by: 'documents' })).toBe(true);
    expect(
      fits('persona.account.create', { accountTypeId: 'acttp_A' }, { by: 'transaction', transactionTypeId: 'txntp_A' }),
    ).toBe(true);
    expect(fits('persona.account.update', { accountId: 'act_1' }, inquiry)).toBe(true);
    expect(fits('persona.inquiry.create', {}, inquiry)).toBe(false);
  });
});

describe('the rules of repeating', () => {
  it('say for every operation how a repeat is made safe', () => {
    const rules = Object.values(PROVIDERS).flatMap(({ operations }) =>
      Object.entries(operations).map(([kind, { repeat, size }]) => [kind, repeat, size]),
    );
    expect(rules).toEqual([
      ['persona.document.create', 'idempotency_key', 'upload'],
      ['persona.document.update', 'look_up', 'upload'],
      ['persona.document.submit', 'look_up', 'small'],
      ['persona.document.follow', 'read_only', 'small'],
      ['persona.account.create', 'look_up', 'small'],
      ['persona.account.update', 'look_up', 'small'],
      ['persona.account.document.create', 'idempotency_key', 'upload'],
      ['persona.inquiry.create', 'look_up', 'small'],
      ['persona.inquiry.document.create', 'idempotency_key', 'upload'],
      ['persona.inquiry.follow', 'read_only', 'small'],
      ['persona.transaction.create', 'look_up', 'upload'],
      ['persona.transaction.follow', 'read_only', 'small'],
      ['persona.inquiry.redact', 'idempotent', 'small'],
      ['persona.transaction.redact', 'idempotent', 'small'],
      ['persona.account.redact', 'idempotent', 'small'],
      ['personr.applicant.create', 'person', 'small'],
      ['personr.document.upload', 'look_up', 'upload'],
      ['personr.check.start', 'look_up', 'small'],
      ['personr.check.follow', 'read_only', 'small'],
      ['personr.entity.create', 'person', 'small'],
      ['personr.entity.upload', 'person', 'upload'],
      ['personr.entity.owner', 'person', 'small'],
      ['personr.entity.start', 'look_up', 'small'],
      ['personr.entity.follow', 'read_only', 'small'],
      ['sumsub.applicant.create', 'look_up', 'small'],
      ['sumsub.document.upload', 'look_up', 'upload'],
      ['sumsub.check.start', 'look_up', 'small'],
      ['sumsub.check.follow', 'read_only', 'small'],
    ]);
  });
});

/** Which fields Persona holds after an operation of each kind. */
function held(...kinds: string[]): (readonly string[])[] {
  return kinds.map((kind) => persona.heldFields?.([{ kind, payload: {}, result: {} }]) ?? []);
}

describe('what a provider has of the customer and takes no change of', () => {
  it('Personr: what the applicant was made with, once there is one', () => {
    const fields = (kind: string, result: unknown) => personr.heldFields?.([{ kind, payload: {}, result }]);
    expect(fields('personr.applicant.create', { applicantId: '4x2' })).toEqual([
      'givenName',
      'familyName',
      'email',
      'phone',
    ]);
    expect(fields('personr.entity.create', { applicantId: '7x7' })).toEqual([
      'companyName',
      'registrationNumber',
      'country',
    ]);
    expect(fields('personr.applicant.create', null)).toEqual([]);
    expect(fields('personr.document.upload', { applicantId: '4x2' })).toEqual([]);
    expect(personr.heldFields?.([])).toEqual([]);
  });

  it('Sumsub: what the applicant was made with, once there is one', () => {
    const create = { kind: 'sumsub.applicant.create', payload: {} };
    expect(sumsub.heldFields?.([{ ...create, result: { applicantId: 'a' } }])).toEqual([
      'givenName',
      'familyName',
      'birthDate',
      'email',
      'phone',
    ]);
    expect(sumsub.heldFields?.([{ ...create, result: null }])).toEqual([]);
  });

  it('Persona: what its account or transaction was made with; a document by itself carries no field', () => {
    expect(held('persona.document.create')).toEqual([[]]);
    for (const fields of held('persona.account.create', 'persona.transaction.create')) {
      expect(fields).toEqual(expect.arrayContaining(['givenName', 'familyName', 'birthDate', 'reference']));
    }
  });
});
