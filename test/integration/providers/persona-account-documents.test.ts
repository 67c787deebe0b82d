import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PROVIDERS, type PlanDocument } from '../../../main/providers/index.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { BILL, flowBy, openDesk, photo } from '../../support/persona-inquiry.ts';
import { callApi } from '../../support/practice-calls.ts';
import { operation, providerContext, type TestContext } from '../../support/provider-context.ts';
import { FRONT_AND_BACK, jpeg, licence, made, plan, run as runPlan, type Done } from '../../support/provider-run.ts';
import { useWire } from '../../support/wire.ts';

/** Documents by themselves that belong to the customer's account. */

const { persona } = PROVIDERS;
const practice = useDatedPractice('account-documents');
const wire = useWire();

const OF_ACCOUNT = flowBy({ by: 'documents', account: 'customer', accountTypeId: 'acttp_Branch' });
const ID = licence(FRONT_AND_BACK, 'identity_card');
const PAGES = { front: photo('accept', 'f'), back: photo('accept', 'b'), bill: jpeg('accept', 'bill') };

const run = (documents: PlanDocument[], context: TestContext, earlier: Done[] = []) =>
  runPlan(
    persona,
    plan(documents, { flow: OF_ACCOUNT, round: earlier.length === 0 ? 0 : 1 }),
    context,
    earlier,
    practice.passed,
  );

const Listed = z.object({ data: z.array(z.object({ id: z.string() })) });
const Related = z.object({ data: z.object({ relationships: z.object({ account: z.unknown() }) }) });
const accounts = async (): Promise<string[]> =>
  Listed.parse(await callApi(practice, 'GET', '/accounts')).data.map(({ id }) => id);

/** To which account Persona says that each document of these operations belongs. */
async function ownersOf(done: readonly Done[]): Promise<unknown[]> {
  const ids = done.flatMap(
    ({ result }) => z.object({ providerDocumentId: z.string() }).safeParse(result).data?.providerDocumentId ?? [],
  );
  return Promise.all(
    [...new Set(ids)].map(
      async (id) => Related.parse(await callApi(practice, 'GET', `/documents/${id}`)).data.relationships.account,
    ),
  );
}

describe('a document of the customer’s account', () => {
  it('comes after the account, which is found by its reference and made once', async () => {
    await practice.start();
    const first = await run([ID, BILL], openDesk(practice, PAGES));
    expect(first.kinds).toEqual([
      'persona.account.create: persona.accountCreated',
      'persona.account.document.create: persona.created',
      'persona.document.submit: persona.submitted',
      'persona.document.follow: persona.processed',
      'persona.account.document.create: persona.created',
      'persona.document.submit: persona.submitted',
      'persona.document.follow: persona.processed',
    ]);
    const second = await run([BILL], openDesk(practice, PAGES));
    expect(second.kinds[0]).toBe('persona.account.create: persona.accountFound');
    const [accountId, ...more] = await accounts();
    expect(more).toEqual([]);
    const owner = { data: { type: 'account', id: accountId } };
    expect(await ownersOf([...first.done, ...second.done])).toEqual([owner, owner, owner]);
  });

  it('goes to the same account in a retake, after its correction', async () => {
    await practice.start();
    const pages = { ...PAGES, bill: jpeg('errored', 'bill'), bill2: jpeg('accept', 'bill2') };
    const desk = openDesk(practice, pages);
    const first = await run([BILL], desk);
    expect(first.progress.at(-1)).toMatchObject({ state: 'retake', slots: [{ requirementId: 'address' }] });
    const corrected = { ...desk, subject: () => ({ ...desk.subject(), familyName: 'Exemple' }) };
    const bill2 = { ...BILL, pages: BILL.pages.map((page) => ({ ...page, pageId: 'bill2' })) };
    const second = await run([bill2], corrected, first.done);
    expect(second.kinds.slice(0, 2)).toEqual([
      'persona.account.update: persona.accountUpdated',
      'persona.account.document.create: persona.created',
    ]);
    expect(await accounts()).toHaveLength(1);
  });

  it('is not sent to the account of somebody else, nor to one of another reference', async () => {
    await practice.start();
    const first = await run([BILL], openDesk(practice, PAGES));
    const other = openDesk(practice, PAGES);
    const younger = { ...other, subject: () => ({ ...other.subject(), birthDate: '2001-01-01' }) };
    await expect(run([BILL], younger)).rejects.toThrow('attention persona.accountOther');
    const changed = { ...other, subject: () => ({ ...other.subject(), reference: 'C-2' }) };
    const create = first.done.find(({ kind }) => kind === 'persona.account.document.create');
    const late = operation(create?.kind ?? '', create?.payload, { finished: () => first.done });
    expect((await persona.perform(late, changed)).evidence.message.code).toBe('persona.referenceChanged');
  });

  it('of an account that is gone is for IT, and holds up no other customer', async () => {
    await practice.start();
    const [, create] = persona.plan(plan([BILL], { flow: OF_ACCOUNT }));
    if (create === undefined) throw new Error('no plan');
    const needed = [{ kind: 'persona.account.create', payload: {}, result: { accountId: 'act_gone' } }];
    const outcome = await persona.perform(
      operation(create.kind, create.payload, { needed }),
      openDesk(practice, PAGES),
    );
    expect(outcome).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      evidence: { message: { code: 'persona.accountMissing' } },
    });
  });

  it('that has vanished before its submit is made again for the same account', async () => {
    await practice.start();
    const [account, create, submit] = persona.plan(plan([BILL], { flow: OF_ACCOUNT }));
    if (account === undefined || create === undefined || submit === undefined) throw new Error('no plan');
    const desk = openDesk(practice, PAGES);
    const done = await made(persona, operation(account.kind, account.payload), desk);
    const lost = { kind: create.kind, payload: create.payload, result: { providerDocumentId: 'doc_gone' } };
    const outcome = await persona.perform(
      operation(submit.kind, submit.payload, {
        needed: [lost],
        finished: () => [done, lost],
        idempotencyKey: 'submit',
      }),
      desk,
    );
    if (outcome.kind !== 'replaced') throw new Error(outcome.evidence.message.code);
    const [again] = outcome.by;
    expect([again?.kind, again?.needs]).toEqual(['persona.account.document.create', []]);
    // Its own needs name no account any more: what was finished does.
    const repeated = operation(again?.kind ?? '', again?.payload, {
      finished: () => [done, lost],
      idempotencyKey: 'again',
    });
    const [accountId] = await accounts();
    expect(await ownersOf([await made(persona, repeated, desk)])).toEqual([
      { data: { type: 'account', id: accountId } },
    ]);
  });
});

/** Of an account that answers with these relationships; all of `known` were made by us and found before. */
function lookUpWhere(relationships: object, known: readonly string[] = []) {
  const account = { type: 'account', id: 'act_1', attributes: {}, relationships };
  wire.server.script({ do: 'answer', status: 200, body: { data: account } });
  const finished = known.map((providerDocumentId) => ({
    kind: 'persona.document.create',
    payload: {},
    result: { providerDocumentId },
  }));
  const payload = {
    documentId: 'd2',
    requirementId: 'address',
    kind: 'proof_of_address',
    pageIds: ['bill'],
    sides: ['single'],
    owner: { accountId: 'act_1' },
  };
  const lost = operation('persona.account.document.create', payload, { finished: () => finished });
  const desk = providerContext({
    http: wire.http,
    baseUrl: `${wire.server.url}/api/v1`,
    credential: { apiKey: 'persona_sandbox_secret' },
    pages: PAGES,
  });
  return persona.lookUp(lost, desk);
}

describe('a lost answer, when the key may be forgotten', () => {
  it('is settled by the documents that the account names, leaving out those of other visits', async () => {
    await practice.start({ 'persona.accountDocuments': 'listed' });
    const desk = openDesk(practice, PAGES);
    // The very same page of an earlier visit, submitted.
    const { done } = await run([BILL], desk);
    const account = done.filter(({ kind }) => kind === 'persona.account.create');
    const [, create] = persona.plan(plan([BILL], { flow: OF_ACCOUNT }));
    if (create === undefined) throw new Error('no plan');
    const lost = operation(create.kind, create.payload, { needed: account, idempotencyKey: 'lost' });
    expect((await persona.lookUp(lost, desk)).kind).toBe('did_not_happen');
    const { result } = await made(persona, lost, desk);
    expect(await persona.lookUp(lost, desk)).toMatchObject({
      kind: 'happened',
      outcome: { result, evidence: { message: { code: 'persona.attachedFound' } } },
    });
  });

  it('is for a person where the account names so many that there may be more', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `doc_${index}`);
    const documents = { data: ids.map((id) => ({ type: 'document/generic', id })) };
    expect((await lookUpWhere({ documents }, ids)).kind).toBe('cannot_tell');
  });

  it.each([
    ['null', { documents: null }],
    ['{}', { documents: {} }],
    ['data null', { documents: { data: null } }],
    ['data {}', { documents: { data: {} } }],
    ['nothing', {}],
  ])('trap 19: %s in the place of the list proves nothing, a list of none does', async (_what, relationships) => {
    expect(await lookUpWhere(relationships)).toMatchObject({
      kind: 'cannot_tell',
      evidence: { message: { code: 'persona.accountHidesDocuments' } },
    });
    expect((await lookUpWhere({ documents: { data: [] } })).kind).toBe('did_not_happen');
  });

  it('is for a person where the account names none', async () => {
    await practice.start();
    const desk = openDesk(practice, PAGES);
    const { done } = await run([BILL], desk);
    const [, create] = persona.plan(plan([BILL], { flow: OF_ACCOUNT }));
    if (create === undefined) throw new Error('no plan');
    const lost = operation(create.kind, create.payload, { needed: done });
    expect(await persona.lookUp(lost, desk)).toMatchObject({
      kind: 'cannot_tell',
      evidence: { message: { code: 'persona.accountHidesDocuments' } },
    });
  });
});
