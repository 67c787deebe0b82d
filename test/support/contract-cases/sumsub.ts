/** Sumsub's cases of the contract, which hold wherever the API is: at the practice server, and at a real sandbox account. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { PROVIDERS, type PlanInput } from '../../../main/providers/index.ts';
import { operation, type TestContext } from '../provider-context.ts';
import { FRONT_AND_BACK, licence, made, plan, run, type Passed, type Road } from '../provider-run.ts';

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
  const created = await made(sumsub, first, context);
  expect(await sumsub.lookUp(first, context)).toMatchObject({ kind: 'happened', outcome: { result: created.result } });
  expect(await sumsub.perform(first, context)).toMatchObject({ kind: 'done', result: created.result });
  const [upload, other] = [front, back].map(({ kind, payload }) =>
    operation(kind, payload, { needed: [created], idempotencyKey: randomUUID() }),
  );
  if (upload === undefined || other === undefined) throw new Error('no uploads');
  expect((await sumsub.perform(upload, context)).kind).toBe('done');
  expect((await sumsub.lookUp(upload, context)).kind).toBe('happened');
  expect((await sumsub.lookUp(other, context)).kind).toBe('did_not_happen');
}
