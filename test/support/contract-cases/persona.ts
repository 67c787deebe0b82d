/** Persona's cases of the contract, which hold wherever the API is: at the practice server, and at a real sandbox account. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { z } from 'zod';
import {
  PROVIDERS,
  type ChangesAnswer,
  type KeptDocument,
  type PlanDocument,
  type PlanInput,
  type PlannedOperation,
} from '../../../main/providers/index.ts';
import { operation, type TestContext } from '../provider-context.ts';
import { FRONT_AND_BACK, licence, made, plan, run, type Done, type Passed, type Road } from '../provider-run.ts';
import { watched } from '../watched-context.ts';

const { persona } = PROVIDERS;

/** Persona, a document by itself: create, submit, and followed to a decision. Pages `front` and `back`. */
export async function personaDocument(context: TestContext, passed: Passed): Promise<Road> {
  expect(await persona.test(context)).toMatchObject({ isOk: true });
  const road = await run(persona, plan([licence(FRONT_AND_BACK, 'driving_licence')]), context, [], passed);
  expect(road.kinds.slice(0, 2)).toEqual([
    'persona.document.create: persona.created',
    'persona.document.submit: persona.submitted',
  ]);
  return road;
}

/** Persona: the same create twice with one key makes one document. Page `front`. */
export async function personaRepeat(context: TestContext, idempotencyKey: string): Promise<void> {
  const create = operation(
    'persona.document.create',
    { documentId: 'd1', requirementId: 'identity', kind: 'passport', pageIds: ['front'], sides: ['single'] },
    { idempotencyKey },
  );
  const first = await made(persona, create, context);
  expect(await made(persona, { ...create, mayHaveArrived: true }, context)).toMatchObject({ result: first.result });
}

/**
 * Persona: a document that was created and not submitted gets another page. It is used when it shows exactly that page, and otherwise another
 * one is made; what is submitted in the end is the one that holds it. Answers what became of the update. Pages `front` and `back`.
 */
export async function personaUpdated(context: TestContext, passed: Passed): Promise<string> {
  const [first] = persona.plan(plan([licence([FRONT_AND_BACK[0]], 'driving_licence')]));
  if (first === undefined) throw new Error('no plan');
  const created = await made(persona, operation(first.kind, first.payload, { idempotencyKey: randomUUID() }), context);
  const later = plan([licence([FRONT_AND_BACK[1]], 'driving_licence')], { round: 1 });
  const { kinds, done } = await run(persona, later, context, [created], passed);
  const isUpdated = kinds[0] === 'persona.document.update: persona.documentUpdated';
  expect(kinds[1]).toBe(`persona.document.create: persona.${isUpdated ? 'updatedInstead' : 'created'}`);
  expect(kinds[2]).toBe('persona.document.submit: persona.submitted');
  const used = Document.parse(done[2]?.result).providerDocumentId;
  expect(used === Document.parse(created.result).providerDocumentId).toBe(isUpdated);
  expect(await personaKept(context, { done: done.slice(1, 2) })).toHaveLength(1);
  return kinds[0] ?? '';
}

const Document = z.object({ providerDocumentId: z.string() });

/** Persona, a customer by inquiry: account, inquiry, every document before the first submit, and followed to a decision. */
export async function personaInquiry(
  context: TestContext,
  flow: PlanInput['flow'],
  documents: PlanDocument[],
  passed: Passed,
): Promise<Road> {
  const road = await run(persona, plan(documents, { flow }), context, [], passed);
  expect(road.kinds.slice(0, -1)).toEqual([
    'persona.account.create: persona.accountCreated',
    'persona.inquiry.create: persona.inquiryCreated',
    ...documents.map(() => 'persona.inquiry.document.create: persona.created'),
    ...documents.map(() => 'persona.document.submit: persona.submitted'),
  ]);
  return road;
}

/** Persona, a customer by one transaction, which a lost answer would find; what its type does next is the organisation's own. Pages `front` and `back`. */
export async function personaTransaction(context: TestContext, flow: PlanInput['flow']): Promise<Pick<Road, 'done'>> {
  const steps = persona.plan(plan([licence(FRONT_AND_BACK, 'id')], { flow }));
  return { done: [await lostTransaction(steps, context, [])] };
}

/**
 * Persona: the pages of a customer whose transaction came to an end are captured again. Every page goes, in a transaction of its own
 * that a lost answer tells from the one before. Pages `front2` and `back`.
 */
export async function personaTransactionAgain(
  context: TestContext,
  flow: PlanInput['flow'],
  { done }: Pick<Road, 'done'>,
): Promise<Pick<Road, 'done'>> {
  const retaken = [
    { id: 'front2', side: 'front' },
    { id: 'back', side: 'back', isDelivered: true },
  ] as const;
  const steps = persona.plan(plan([licence(retaken, 'id')], { flow, round: 1, earlier: done }));
  const again = await lostTransaction(steps, context, done);
  expect(again.payload).toMatchObject({ documents: [{ pageIds: ['front2', 'back'] }] });
  const ids = [...done, again].flatMap(({ result }) => Transaction.safeParse(result).data?.transactionId ?? []);
  expect(new Set(ids).size).toBe(2);
  return { done: [...done, again] };
}

const Transaction = z.object({ transactionId: z.string() });

/** A transaction that is looked up before it is made and after it, and asked for once. */
async function lostTransaction(
  [create, follow]: readonly PlannedOperation[],
  context: TestContext,
  earlier: readonly Done[],
): Promise<Done> {
  if (create === undefined || follow === undefined) throw new Error('no plan');
  const keys = { id: randomUUID(), idempotencyKey: randomUUID(), finished: () => earlier };
  const first = operation(create.kind, create.payload, keys);
  expect((await persona.lookUp(first, context)).kind).toBe('did_not_happen');
  const transaction = await made(persona, first, context);
  const { transactionId } = Transaction.parse(transaction.result);
  expect(await persona.lookUp(first, context)).toMatchObject({
    kind: 'happened',
    outcome: { result: { transactionId } },
  });
  const asked = await persona.perform(operation(follow.kind, follow.payload, { needed: [transaction] }), context);
  expect(['again', 'done']).toContain(asked.kind);
  return transaction;
}

/** Persona: an account and an inquiry whose answers were lost are not there, or found, by our reference and our note. */
export async function personaLostAnswers(
  context: TestContext,
  flow: PlanInput['flow'],
  submissionId?: string,
): Promise<Pick<Road, 'done'>> {
  const done: Done[] = [];
  for (const { kind, payload } of persona.plan(plan([licence(FRONT_AND_BACK, 'id')], { flow })).slice(0, 2)) {
    const keys = { id: randomUUID(), idempotencyKey: randomUUID(), needed: [...done] };
    const create = operation(kind, payload, submissionId === undefined ? keys : { ...keys, submissionId });
    expect((await persona.lookUp(create, context)).kind).toBe('did_not_happen');
    const record = await made(persona, create, context);
    const found = await persona.lookUp(create, context);
    if (found.kind !== 'happened') throw new Error(`not found: ${found.kind}`);
    expect(record.result).toMatchObject(found.outcome.result);
    done.push(record);
  }
  return { done };
}

/**
 * Persona, a document by itself that belongs to the customer's account: the account comes first, and a later visit finds it. A lost
 * answer of the second visit is told by the account's documents where it names them, and never taken for one that did not arrive.
 * Pages `front` and `back`.
 */
export async function personaAccountDocument(
  context: TestContext,
  flow: PlanInput['flow'],
  passed: Passed,
): Promise<Road> {
  const input = plan([licence(FRONT_AND_BACK, 'driving_licence')], { flow });
  const road = await run(persona, input, context, [], passed);
  expect(road.kinds.slice(0, 3)).toEqual([
    'persona.account.create: persona.accountCreated',
    'persona.account.document.create: persona.created',
    'persona.document.submit: persona.submitted',
  ]);
  const [account, create] = persona.plan(input);
  if (account === undefined || create === undefined) throw new Error('no plan');
  const found = await made(persona, operation(account.kind, account.payload), context);
  expect(found.result).toMatchObject({ accountId: Account.parse(road.done[0]?.result).accountId });
  const keys = { needed: [found], idempotencyKey: randomUUID() };
  const second = operation(create.kind, create.payload, keys);
  const document = await made(persona, second, context);
  const lookedUp = await persona.lookUp(second, context);
  expect(['happened', 'cannot_tell']).toContain(lookedUp.kind);
  if (lookedUp.kind === 'happened') expect(document.result).toMatchObject(lookedUp.outcome.result);
  return road;
}

const Account = z.object({ accountId: z.string() });

/** The provider's ids of everything that the status call at the end of a road looks at. */
export function recordsFollowed({ done }: Pick<Road, 'done'>): readonly string[] {
  const follow = done.at(-1);
  if (follow === undefined) throw new Error('nothing is followed');
  return persona.changes?.recordsOf({ ...follow, needed: done.slice(0, -1) }) ?? [];
}

/**
 * Persona: what has happened to these records is listed, each change once, and nothing of it a second time. In pages of one, so that
 * the cursor of each leads to the next. Of an account that may not list events: what it was answered.
 */
export async function personaEvents(context: TestContext, records: readonly string[]): Promise<ChangesAnswer> {
  const { changes } = persona;
  if (changes === undefined) throw new Error('Persona tells of no changes');
  const whole = await changes.ask(records, () => false, context);
  if (whole.kind !== 'answered') return whole;
  const ids = whole.changes.map(({ changeId }) => changeId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(whole.changes.every(({ recordId }) => records.includes(recordId))).toBe(true);
  expect(await changes.ask(records, (id) => ids.includes(id), context)).toMatchObject({ changes: [] });

  const [small, asked] = watched(context, (request) => ({
    ...request,
    url: request.url.replace('page%5Bsize%5D=100', 'page%5Bsize%5D=1'),
  }));
  const paged = await changes.ask(records, () => false, small);
  if (paged.kind !== 'answered') throw new Error(`pages: ${paged.kind}`);
  expect(paged.changes.map(({ changeId }) => changeId)).toEqual(ids.slice(0, asked.length));
  const cursors = asked.map(({ url }) => new URL(url).searchParams.get('page[after]'));
  expect(cursors).toEqual([null, ...ids.slice(0, asked.length - 1)]);
  expect(asked.length).toBeGreaterThanOrEqual(Math.min(ids.length, 2));
  return whole;
}

/** Persona: the files of a customer, from addresses that carry a token of their own and get no API key. */
export async function personaKept(
  context: TestContext,
  { done }: Pick<Road, 'done'>,
): Promise<readonly KeptDocument[]> {
  const [given, asked] = watched(context);
  const kept = await persona.asks?.kept(done, given);
  if (kept?.kind !== 'answer') throw new Error(`not given: ${kept?.message.code}`);
  const ofFiles = asked.filter(({ url }) => !url.startsWith(`${context.connection.baseUrl}/documents/`));
  expect(ofFiles).toHaveLength(kept.documents.length);
  expect(ofFiles.filter(({ headers }) => 'authorization' in headers)).toEqual([]);
  return kept.documents;
}

/**
 * Persona: what was made for a customer is redacted, and a second time is as good as the first. Answers the calls' kinds.
 * `submissionId`: for which it was made, where an account of its own is among it.
 */
export async function personaRedacted(
  context: TestContext,
  { done }: Pick<Road, 'done'>,
  submissionId?: string,
): Promise<readonly string[]> {
  const wanting = { ...context, connection: { ...context.connection, redactsWhenPurged: true } };
  const planned = persona.planRedaction?.(done, context.connection.settings) ?? [];
  expect(planned.length).toBeGreaterThan(0);
  const more = { finished: () => done, ...(submissionId === undefined ? {} : { submissionId }) };
  for (const code of ['persona.redacted', 'persona.redactedBefore']) {
    for (const { kind, payload } of planned) {
      const outcome = await persona.perform(operation(kind, payload, more), wanting);
      expect(outcome).toMatchObject({ kind: 'done', evidence: { message: { code } } });
    }
  }
  return planned.map(({ kind }) => kind);
}

/**
 * Persona: the account of a customer without a reference is of this submission alone, and goes with it; asked for as if it were another
 * submission's, it stays. `submissionId` is fresh.
 */
export async function personaAccountRedacted(
  context: TestContext,
  flow: PlanInput['flow'],
  submissionId: string,
): Promise<void> {
  const own: TestContext = {
    ...context,
    subject: () => ({ ...context.subject(), reference: '' }),
    connection: {
      ...context.connection,
      redactsWhenPurged: true,
      settings: { ...SomeSettings.parse(context.connection.settings), accountsWhenPurged: 'own' },
    },
  };
  const road = await personaLostAnswers(own, flow, submissionId);
  const { accountId } = Account.parse(road.done[0]?.result);
  const ofAnother = operation('persona.account.redact', { recordId: accountId }, { submissionId: randomUUID() });
  expect(await persona.perform(ofAnother, own)).toMatchObject({
    kind: 'done',
    evidence: { message: { code: 'persona.accountShared' } },
  });
  expect(await personaRedacted(own, road, submissionId)).toEqual(['persona.inquiry.redact', 'persona.account.redact']);
}

const SomeSettings = z.record(z.string(), z.unknown());

/**
 * Persona: the connection test of a sandbox takes the flow's template through every simulate action, each told with what came of it, and
 * (where the flow names a template of them) a verification that passes and one that fails. Answers the steps and what was told.
 */
export async function personaSimulated(
  context: TestContext,
  flow: PlanInput['flow'],
): Promise<readonly (readonly [code: string, step: unknown, status: unknown])[]> {
  const sandbox: TestContext = { ...context, connection: { ...context.connection, environment: 'sandbox' } };
  const tested = await persona.test(sandbox, [flow]);
  expect(tested).toMatchObject({ isOk: true, message: { code: 'persona.testOk' } });
  const [limit, ...told] = tested.details ?? [];
  expect(limit?.code).toBe('persona.testRateLimit');
  const steps = told.map(({ code, params }) => [code, params?.['step'], params?.['status']] as const);
  expect(steps.flatMap(([, step]) => step ?? [])).toEqual(SIMULATED);
  return steps;
}

const SIMULATED = [
  'start_inquiry',
  'expire_inquiry',
  'resume',
  'complete_inquiry',
  'mark_for_review_inquiry',
  'approve_inquiry',
  'decline_inquiry',
  'fail_inquiry',
];
