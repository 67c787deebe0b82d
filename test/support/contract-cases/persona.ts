/** Persona's cases of the contract, which hold wherever the API is: at the practice server, and at a real sandbox account. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import {
  PROVIDERS,
  type ChangesAnswer,
  type KeptDocument,
  type PlanDocument,
  type PlanInput,
} from '../../../main/providers/index.ts';
import { operation, type TestContext } from '../provider-context.ts';
import { FRONT_AND_BACK, licence, plan, run, type Passed, type Road } from '../provider-run.ts';
import { watched } from '../watched-context.ts';

/** Persona, a document by itself: create, submit, and followed to a decision. Pages `front` and `back`. */
export async function personaDocument(context: TestContext, passed: Passed): Promise<Road> {
  expect(await PROVIDERS.persona.test(context)).toMatchObject({ isOk: true });
  const road = await run(PROVIDERS.persona, plan([licence(FRONT_AND_BACK, 'driving_licence')]), context, [], passed);
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
  const first = await PROVIDERS.persona.perform(create, context);
  const second = await PROVIDERS.persona.perform({ ...create, mayHaveArrived: true }, context);
  expect(first).toMatchObject({ kind: 'done' });
  expect(second.kind === 'done' && first.kind === 'done' && second.result).toEqual(
    first.kind === 'done' && first.result,
  );
}

/** Persona, a customer by inquiry: account, inquiry, every document before the first submit, and followed to a decision. */
export async function personaInquiry(
  context: TestContext,
  flow: PlanInput['flow'],
  documents: PlanDocument[],
  passed: Passed,
): Promise<Road> {
  const road = await run(PROVIDERS.persona, plan(documents, { flow }), context, [], passed);
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
  const [create, follow] = PROVIDERS.persona.plan(plan([licence(FRONT_AND_BACK, 'id')], { flow }));
  if (create === undefined || follow === undefined) throw new Error('no plan');
  const first = operation(create.kind, create.payload, { id: randomUUID(), idempotencyKey: randomUUID() });
  expect((await PROVIDERS.persona.lookUp(first, context)).kind).toBe('did_not_happen');
  const made = await PROVIDERS.persona.perform(first, context);
  if (made.kind !== 'done') throw new Error(`not created: ${made.evidence.message.code}`);
  const found = await PROVIDERS.persona.lookUp(first, context);
  expect(found).toMatchObject({
    kind: 'happened',
    outcome: { result: { transactionId: made.result['transactionId'] } },
  });
  const needed = [{ kind: create.kind, payload: create.payload, result: made.result }];
  const asked = await PROVIDERS.persona.perform(operation(follow.kind, follow.payload, { needed }), context);
  expect(['again', 'done']).toContain(asked.kind);
  return { done: needed };
}

/** Persona: an account and an inquiry whose answers were lost are not there, or found, by our reference and our note. */
export async function personaLostAnswers(context: TestContext, flow: PlanInput['flow']): Promise<Pick<Road, 'done'>> {
  const { persona } = PROVIDERS;
  const done: Road['done'] = [];
  for (const { kind, payload } of persona.plan(plan([licence(FRONT_AND_BACK, 'id')], { flow })).slice(0, 2)) {
    const keys = { id: randomUUID(), idempotencyKey: randomUUID(), needed: [...done] };
    const create = operation(kind, payload, keys);
    expect((await persona.lookUp(create, context)).kind).toBe('did_not_happen');
    const made = await persona.perform(create, context);
    if (made.kind !== 'done') throw new Error(`not created: ${made.evidence.message.code}`);
    const found = await persona.lookUp(create, context);
    if (found.kind !== 'happened') throw new Error(`not found: ${found.kind}`);
    expect(made.result).toMatchObject(found.outcome.result);
    done.push({ kind, payload, result: made.result });
  }
  return { done };
}

/** The provider's ids of everything that the status call at the end of a road looks at. */
export function recordsFollowed({ done }: Pick<Road, 'done'>): readonly string[] {
  const follow = done.at(-1);
  if (follow === undefined) throw new Error('nothing is followed');
  return PROVIDERS.persona.changes?.recordsOf({ ...follow, needed: done.slice(0, -1) }) ?? [];
}

/**
 * Persona: what has happened to these records is listed, each change once, and nothing of it a second time. In pages of one, so that
 * the cursor of each leads to the next. Of an account that may not list events: what it was answered.
 */
export async function personaEvents(context: TestContext, records: readonly string[]): Promise<ChangesAnswer> {
  const { changes } = PROVIDERS.persona;
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
  const kept = await PROVIDERS.persona.asks?.kept(done, given);
  if (kept?.kind !== 'answer') throw new Error(`not given: ${kept?.message.code}`);
  const ofFiles = asked.filter(({ url }) => !url.startsWith(`${context.connection.baseUrl}/documents/`));
  expect(ofFiles).toHaveLength(kept.documents.length);
  expect(ofFiles.filter(({ headers }) => 'authorization' in headers)).toEqual([]);
  return kept.documents;
}

/** Persona: what was made for a customer is redacted, and a second time is as good as the first. */
export async function personaRedacted(context: TestContext, { done }: Pick<Road, 'done'>): Promise<void> {
  const { persona } = PROVIDERS;
  const wanting = { ...context, connection: { ...context.connection, redactsWhenPurged: true } };
  const planned = persona.planRedaction?.(done, context.connection.settings) ?? [];
  expect(planned.length).toBeGreaterThan(0);
  for (const code of ['persona.redacted', 'persona.redactedBefore']) {
    for (const { kind, payload } of planned) {
      const outcome = await persona.perform(operation(kind, payload), wanting);
      expect(outcome).toMatchObject({ kind: 'done', evidence: { message: { code } } });
    }
  }
}
