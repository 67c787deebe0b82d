/** The cases of the contract that hold wherever the API is: at the practice server, and at a real sandbox account. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { PROVIDERS, type PlanDocument, type PlanInput } from '../../main/providers/index.ts';
import { operation, type TestContext } from './provider-context.ts';
import { FRONT_AND_BACK, licence, plan, run, type Road } from './provider-run.ts';

type Passed = (ms: number) => void | Promise<void>;

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

/** Personr: applicant, both sides, start, and followed to a decision, with one token. Pages `front` and `back`. */
export async function personrApplicant(context: TestContext, more: Partial<PlanInput>, passed: Passed): Promise<Road> {
  expect(await PROVIDERS.personr.test(context)).toMatchObject({ isOk: true });
  const road = await run(PROVIDERS.personr, plan([licence(FRONT_AND_BACK, 'DRIVERS')], more), context, [], passed);
  expect(road.kinds.slice(0, -1)).toEqual([
    'personr.applicant.create: personr.created',
    'personr.document.upload: personr.uploaded',
    'personr.document.upload: personr.uploaded',
    'personr.check.start: personr.started',
  ]);
  expect(context.counts.mints).toBe(1);
  return road;
}

/** Personr: an upload whose answer was lost is not there, or found, by counting. Pages `front` and `back`. */
export async function personrLostUpload(context: TestContext, more: Partial<PlanInput>): Promise<void> {
  const [create, front] = PROVIDERS.personr.plan(plan([licence(FRONT_AND_BACK, 'DRIVERS')], more));
  if (create === undefined || front === undefined) throw new Error('no plan');
  const created = await PROVIDERS.personr.perform(operation(create.kind, create.payload), context);
  if (created.kind !== 'done') throw new Error('not created');
  const upload = operation(front.kind, front.payload, {
    needed: [{ kind: create.kind, payload: create.payload, result: created.result }],
  });
  expect((await PROVIDERS.personr.lookUp(upload, context)).kind).toBe('did_not_happen');
  await PROVIDERS.personr.perform(upload, context);
  expect((await PROVIDERS.personr.lookUp(upload, context)).kind).toBe('happened');
  expect(await PROVIDERS.personr.perform({ ...upload, mayHaveArrived: true }, context)).toMatchObject({
    kind: 'done',
    evidence: { message: { code: 'personr.uploadFound' } },
  });
  expect(await PROVIDERS.personr.perform(upload, context)).toMatchObject({ kind: 'attention', cause: 'rescan' });
}

/** Persona, a customer by one transaction, which a lost answer would find; what its type does next is the organisation's own. Pages `front` and `back`. */
export async function personaTransaction(context: TestContext, flow: PlanInput['flow']): Promise<void> {
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
}

/** Sumsub: applicant, both sides, start, and followed to a decision. Pages `front` and `back`. */
export async function sumsubApplicant(context: TestContext, more: Partial<PlanInput>, passed: Passed): Promise<Road> {
  expect(await PROVIDERS.sumsub.test(context)).toMatchObject({ isOk: true });
  const road = await run(PROVIDERS.sumsub, plan([licence(FRONT_AND_BACK, 'DRIVERS')], more), context, [], passed);
  expect(road.kinds.map((kind) => kind.split(':')[0])).toEqual([
    'sumsub.applicant.create',
    'sumsub.document.upload',
    'sumsub.document.upload',
    'sumsub.check.start',
    'sumsub.check.follow',
  ]);
  return road;
}

/** Sumsub: an applicant and an upload whose answers were lost are not there, or found, by our own names. Pages `front` and `back`. */
export async function sumsubLostAnswers(context: TestContext, more: Partial<PlanInput>): Promise<void> {
  const { sumsub } = PROVIDERS;
  const [create, front, back] = sumsub.plan(plan([licence(FRONT_AND_BACK, 'DRIVERS')], more));
  if (create === undefined || front === undefined || back === undefined) throw new Error('no plan');
  const first = operation(create.kind, create.payload, { idempotencyKey: randomUUID() });
  expect((await sumsub.lookUp(first, context)).kind).toBe('did_not_happen');
  const created = await sumsub.perform(first, context);
  if (created.kind !== 'done') throw new Error(`not created: ${created.evidence.message.code}`);
  expect(await sumsub.lookUp(first, context)).toMatchObject({ kind: 'happened', outcome: { result: created.result } });
  expect(await sumsub.perform(first, context)).toMatchObject({ kind: 'done', result: created.result });
  const needed = [{ kind: create.kind, payload: create.payload, result: created.result }];
  const [upload, other] = [front, back].map(({ kind, payload }) =>
    operation(kind, payload, { needed, idempotencyKey: randomUUID() }),
  );
  if (upload === undefined || other === undefined) throw new Error('no uploads');
  expect((await sumsub.perform(upload, context)).kind).toBe('done');
  expect((await sumsub.lookUp(upload, context)).kind).toBe('happened');
  expect((await sumsub.lookUp(other, context)).kind).toBe('did_not_happen');
}
