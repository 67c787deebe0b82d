import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUndiciHttp } from '../../../main/network/index.ts';
import type { HttpPort } from '../../../main/network/index.ts';
import { DEFAULT_CREDENTIALS, startPracticeServer, type PracticeServer } from '../../../main/practice/index.ts';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { operation, providerContext, type TestPage } from '../../support/provider-context.ts';
import { jpeg, licence, plan, run as runPlan, FRONT_AND_BACK } from '../../support/provider-run.ts';

/** The adapters against the practice server: two readings of the same public material, made independently. */

let folder: string;
let server: PracticeServer;
let http: HttpPort & { close(): Promise<void> };
let nowMs = Date.UTC(2026, 0, 2);

async function startServer(switches: Record<string, string | number> = {}): Promise<void> {
  server = await startPracticeServer({
    databaseFile: join(folder, 'practice.sqlite'),
    port: 0,
    clock: { now: () => nowMs, monotonic: () => nowMs },
    random: (length) => randomBytes(length),
    switches,
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'satchel-contract-'));
  http = await openUndiciHttp();
});
afterEach(async () => {
  await http.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: Parameters<typeof runPlan>) => {
  const [provider, input, context, earlier] = args;
  return runPlan(provider, input, context, earlier, (ms) => void (nowMs += ms));
};

const openPersona = (pages: Record<string, TestPage>, keyInflection = 'kebab') =>
  providerContext({
    http,
    baseUrl: server.personaBaseUrl,
    settings: { version: '2025-12-08', keyInflection },
    credential: { apiKey: DEFAULT_CREDENTIALS.personaApiKeys[0] },
    pages,
  });

const openPersonr = (pages: Record<string, TestPage>) =>
  providerContext({
    http,
    baseUrl: server.personrBaseUrl,
    credential: DEFAULT_CREDENTIALS.personrUsers[0],
    subject: { email: 'ana@example.invalid', phone: '+61400000000' },
    pages,
  });

describe('Persona', () => {
  it.each(['kebab', 'camel', 'snake'])('create → submit → processed, in %s case', async (keyInflection) => {
    await startServer();
    const context = openPersona({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') }, keyInflection);
    expect(await PROVIDERS.persona.test(context)).toMatchObject({ isOk: true });
    const { progress, kinds } = await run(
      PROVIDERS.persona,
      plan([licence(FRONT_AND_BACK, 'driving_licence')]),
      context,
    );
    expect(kinds).toEqual([
      'persona.document.create: persona.created',
      'persona.document.submit: persona.submitted',
      'persona.document.follow: persona.processed',
    ]);
    expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
  });

  it('an errored document is asked for again', async () => {
    await startServer();
    const context = openPersona({ front: jpeg('errored', 'f'), back: jpeg('accept', 'b') });
    const { progress } = await run(PROVIDERS.persona, plan([licence(FRONT_AND_BACK, 'driving_licence')]), context);
    expect(progress.at(-1)).toMatchObject({ state: 'retake', slots: [{ requirementId: 'identity' }] });
  });

  it('a create repeated with the same key is one document', async () => {
    await startServer();
    const context = openPersona({ front: jpeg('accept', 'f') });
    const create = operation('persona.document.create', {
      documentId: 'd1',
      requirementId: 'identity',
      kind: 'passport',
      pageIds: ['front'],
      sides: ['single'],
    });
    const first = await PROVIDERS.persona.perform(create, context);
    const second = await PROVIDERS.persona.perform({ ...create, mayHaveArrived: true }, context);
    expect(first).toMatchObject({ kind: 'done' });
    expect(second.kind === 'done' && first.kind === 'done' && second.result).toEqual(
      first.kind === 'done' && first.result,
    );
  });

  it.each(['403', '404', '410'])('withdrawn endpoints (%s) pause the connection in plain words', async (answer) => {
    await startServer({ 'persona.documentWrites': answer });
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
    await startServer(switches);
    const context = openPersonr({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    expect(await PROVIDERS.personr.test(context)).toMatchObject({ isOk: true });
    const { progress, kinds } = await run(PROVIDERS.personr, plan([licence(FRONT_AND_BACK, 'DRIVERS')]), context);
    expect(kinds).toEqual([
      'personr.applicant.create: personr.created',
      'personr.document.upload: personr.uploaded',
      'personr.document.upload: personr.uploaded',
      'personr.check.start: personr.started',
      'personr.check.follow: personr.decision.approved',
    ]);
    expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
    expect(context.counts.mints).toBe(1);
  });

  it.each(['present', 'absent'])(
    'a retake goes to the same applicant and is approved (reject type %s)',
    async (reviewRejectType) => {
      await startServer({ 'personr.reviewRejectType': reviewRejectType });
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
        'personr.check.start: personr.started',
        'personr.check.follow: personr.decision.approved',
      ]);
    },
  );

  it('a final rejection gives no reason', async () => {
    await startServer();
    const context = openPersonr({ front: jpeg('final=FORGERY', 'f'), back: jpeg('accept', 'b') });
    const { done, progress } = await run(PROVIDERS.personr, plan([licence(FRONT_AND_BACK, 'DRIVERS')]), context);
    expect(progress.at(-1)).toEqual({ state: 'rejected', message: { code: 'personr.decision.finalPrivate' } });
    expect(JSON.stringify(done)).not.toMatch(/FORGERY|private remark/);
  });

  it('a lost upload is found, or not, by counting', async () => {
    await startServer();
    const context = openPersonr({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    const input = plan([licence(FRONT_AND_BACK, 'DRIVERS')]);
    const [create, front] = PROVIDERS.personr.plan(input);
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
  });
});
