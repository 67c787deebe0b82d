/** Personr's cases of the contract, which hold wherever the API is: at the practice server, and at a real sandbox account. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { z } from 'zod';
import { PROVIDERS, type KeptDocument, type PlanDocument, type PlanInput } from '../../../main/providers/index.ts';
import { operation, type TestContext } from '../provider-context.ts';
import { FRONT_AND_BACK, licence, made, plan, run, type Done, type Passed, type Road } from '../provider-run.ts';
import { watched } from '../watched-context.ts';

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
  const created = await made(PROVIDERS.personr, operation(create.kind, create.payload), context);
  const upload = operation(front.kind, front.payload, { needed: [created] });
  expect((await PROVIDERS.personr.lookUp(upload, context)).kind).toBe('did_not_happen');
  await PROVIDERS.personr.perform(upload, context);
  expect((await PROVIDERS.personr.lookUp(upload, context)).kind).toBe('happened');
  expect(await PROVIDERS.personr.perform({ ...upload, mayHaveArrived: true }, context)).toMatchObject({
    kind: 'done',
    evidence: { message: { code: 'personr.uploadFound' } },
  });
  expect(await PROVIDERS.personr.perform(upload, context)).toMatchObject({ kind: 'attention', cause: 'rescan' });
}

/** Personr: an applicant without pages, whose answer was not lost. */
export async function personrCreated(context: TestContext, more: Partial<PlanInput>): Promise<Done> {
  const [create] = PROVIDERS.personr.plan(plan([licence(FRONT_AND_BACK, 'DRIVERS')], more));
  if (create === undefined) throw new Error('no plan');
  return made(PROVIDERS.personr, operation(create.kind, create.payload, { idempotencyKey: randomUUID() }), context);
}

/**
 * Personr: how the record of a customer stands, which a create makes as it was asked; the address for the customer's phone; and
 * that there are no documents to read before a check.
 */
export async function personrAsks(context: TestContext, more: Partial<PlanInput>): Promise<void> {
  const { personr } = PROVIDERS;
  const earlier = [await personrCreated(context, more)];
  expect(await personr.asks?.record(earlier, context)).toMatchObject({ kind: 'answer', differing: [] });
  const link = await personr.asks?.link(earlier, context);
  if (link?.kind !== 'answer') throw new Error(`no link: ${link?.message.code}`);
  expect(new URL(link.url).protocol).toBe(new URL(context.connection.baseUrl).protocol);
  expect(await personr.asks?.kept(earlier, context)).toMatchObject({
    kind: 'refused',
    message: { code: 'personr.keptTooEarly' },
  });
}

/** Personr: a create whose answer was lost is told by our own reference in the record that a person found, and by no other. */
export async function personrLostCreate(context: TestContext, more: Partial<PlanInput>): Promise<void> {
  const [create] = PROVIDERS.personr.plan(plan([licence(FRONT_AND_BACK, 'DRIVERS')], more));
  if (create === undefined) throw new Error('no plan');
  const lost = operation(create.kind, create.payload, { idempotencyKey: randomUUID() });
  await foundByReference(lost, context);
}

/** Whether a record is that of a create, by what the create gave as its reference. */
async function foundByReference(lost: ReturnType<typeof operation>, context: TestContext): Promise<Done> {
  const rules = PROVIDERS.personr.operations[lost.kind];
  if (rules?.repeat !== 'person' || rules.person.confirmedBy !== 'record') throw new Error('no comparison');
  const done = await made(PROVIDERS.personr, lost, context);
  const recordId = applicantIdOf(done);
  expect(await rules.person.compare(recordId, lost, context)).toMatchObject({
    kind: 'same',
    outcome: { result: { applicantId: recordId } },
  });
  const another = { ...lost, idempotencyKey: randomUUID() };
  expect(await rules.person.compare(recordId, another, context)).toMatchObject({ kind: 'other' });
  return done;
}

/**
 * Personr: the documents of a customer whose check is over, by both of the calls. Their arrays need not be of one length: then no
 * image has a name.
 */
export async function personrKept(
  context: TestContext,
  { done }: Pick<Road, 'done'>,
): Promise<Readonly<Record<'plain' | 'withInformation', readonly KeptDocument[]>>> {
  const [other, asked] = watched(context, (request) => ({
    ...request,
    url: request.url.replace(/\/api-document-download$/, '/api-document-download-information'),
  }));
  const plain = await keptBy(context, done);
  const withInformation = await keptBy(other, done);
  expect(asked.map(({ url }) => url.split('/').at(-1))).toEqual(['api-document-download-information']);
  for (const documents of [plain, withInformation]) {
    expect(documents.every(({ bytes }) => bytes.byteLength > 0)).toBe(true);
    expect(new Set(documents.map(({ providerType }) => providerType === null)).size).toBe(1);
  }
  return { plain, withInformation };
}

async function keptBy(context: TestContext, done: Road['done']): Promise<readonly KeptDocument[]> {
  const kept = await PROVIDERS.personr.asks?.kept(done, context);
  if (kept?.kind !== 'answer') throw new Error(`not given: ${kept?.message.code}`);
  return kept.documents;
}

/** A page `extract` of a company. */
const EXTRACT: PlanDocument = {
  documentId: 'd1',
  requirementId: 'registration',
  documentType: 'company_document',
  providerType: 'Certificate of incorporation',
  country: '',
  pages: [{ pageId: 'extract', side: 'single', mediaType: 'application/pdf', byteLength: 1000, isDelivered: false }],
};

/** Personr: a company with a page and an owner, who is an applicant by themselves; started, and followed to a decision. */
export async function personrCompany(
  context: TestContext,
  flow: PlanInput['flow'],
  owner: Done,
  passed: Passed,
): Promise<Road> {
  const input = plan([EXTRACT], { flow, owners: [{ submissionId: 'owner', position: 'Director' }] });
  const road = await run(PROVIDERS.personr, input, context, [], passed, (submissionId) =>
    submissionId === 'owner' ? [owner] : [],
  );
  expect(road.kinds.slice(0, -1)).toEqual([
    'personr.entity.create: personr.entityCreated',
    'personr.entity.upload: personr.uploaded',
    'personr.entity.owner: personr.ownerAdded',
    'personr.entity.start: personr.started',
  ]);
  return road;
}

/** Personr: a company whose create was lost is told by our own reference, as an applicant is. */
export async function personrLostCompany(context: TestContext, flow: PlanInput['flow']): Promise<void> {
  const lost = operation('personr.entity.create', { flowName: flow.name }, { idempotencyKey: randomUUID() });
  await foundByReference(lost, context);
}

function applicantIdOf({ result }: Done): string {
  return z.object({ applicantId: z.string() }).parse(result).applicantId;
}
