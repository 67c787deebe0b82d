import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PROVIDERS, type FinishedOperation, type Outcome, type PlanDocument } from '../../../main/providers/index.ts';
import { PersonaRoute } from '../../../shared/domain/index.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { BILL, flowBy, ID, openDesk, photo } from '../../support/persona-inquiry.ts';
import { callAdmin, callApi } from '../../support/practice-calls.ts';
import { operation, providerContext, type TestPage } from '../../support/provider-context.ts';
import { jpeg, licence, plan, run as runPlan, type Done, type Road } from '../../support/provider-run.ts';
import { useWire } from '../../support/wire.ts';

/** What the desk is told of a transaction, and what it sends when better pictures are wanted. */

const { persona } = PROVIDERS;
const ROUTE = { by: 'transaction', transactionTypeId: 'txntp_Practice', declined: 'checks' } as const;
const GOOD = { front: photo('accept', 'f'), back: photo('accept', 'b'), bill: jpeg('accept', 'bill') };
const DECLINED = { state: 'rejected', message: { code: 'persona.inquiryDeclined' } };
const retake = (slots: readonly [requirementId: string, check: string][]): object => ({
  state: 'retake',
  message: { code: slots.length === 0 ? 'persona.transactionWantsAgain' : 'persona.transactionFailed' },
  slots: slots.map(([requirementId, check]) => ({
    requirementId,
    sides: [],
    message: { code: `persona.check.${check}` },
  })),
});

describe('against the practice server', () => {
  const practice = useDatedPractice('transactions');
  const run = (
    pages: Record<string, TestPage>,
    documents: PlanDocument[] = [ID, BILL],
    { route = {}, earlier = [] }: { route?: object; earlier?: Done[] } = {},
  ): Promise<Road> =>
    runPlan(
      persona,
      plan(documents, { flow: flowBy({ ...ROUTE, ...route }), round: earlier.length === 0 ? 0 : 1 }),
      openDesk(practice, pages),
      earlier,
      practice.passed,
    );
  const transactions = async (): Promise<unknown[]> =>
    z.object({ data: z.array(z.unknown()) }).parse(await callApi(practice, 'GET', '/transactions')).data;

  it('a picture that could not be read opens its slot with its sentence; a new transaction gets every page', async () => {
    await practice.start();
    const pages = { ...GOOD, front: photo('reject=id_glare_detection', 'f'), front2: photo('accept', 'f2') };
    const first = await run(pages);
    expect(first.progress.at(-1)).toEqual(retake([['identity', 'id_glare_detection']]));
    const retaken = licence(
      [
        { id: 'front2', side: 'front' },
        { id: 'back', side: 'back', isDelivered: true },
      ],
      'id',
    );
    const delivered = { ...BILL, pages: BILL.pages.map((page) => ({ ...page, isDelivered: true })) };
    const second = await run(pages, [retaken, delivered], { earlier: first.done });
    expect(second.kinds).toEqual([
      'persona.transaction.create: persona.transactionCreated',
      'persona.transaction.follow: persona.transactionApproved',
    ]);
    expect(second.done[0]?.payload).toMatchObject({
      documents: [{ pageIds: ['front2', 'back'] }, { pageIds: ['bill'] }],
    });
    expect(await transactions()).toHaveLength(2);
  });

  it('each document has a check of its own, and the reason why it could not be read', async () => {
    await practice.start();
    const front = photo('reject=id_expired_detection.no_expiration_date', 'f');
    const { progress } = await run({ ...GOOD, front, bill: jpeg('reject=document_type_detection', 'bill') });
    const last = progress.at(-1);
    const slots = last?.state === 'retake' ? last.slots : [];
    expect(slots.map(({ requirementId, message }) => `${requirementId}: ${message.code}`).toSorted()).toEqual([
      'address: persona.check.document_type_detection',
      'identity: persona.check.no_expiration_date',
    ]);
  });

  it.each(['id_tamper_detection', 'id_glare_detection,id_fabrication_detection'])(
    'a check about whether it is genuine (%s) ends without a reason, in the result and on the desk',
    async (labels) => {
      await practice.start();
      const { done, progress } = await run({ ...GOOD, front: photo(`reject=${labels}`, 'f') });
      expect(progress.at(-1)).toEqual(DECLINED);
      expect(JSON.stringify([done, progress])).not.toMatch(/tamper|fabrication|glare/);
    },
  );

  it('is final where the flow says so', async () => {
    await practice.start();
    const front = photo('reject=id_glare_detection', 'f');
    expect((await run({ ...GOOD, front }, [ID], { route: { declined: 'final' } })).progress.at(-1)).toEqual(DECLINED);
  });

  it('a status of the organisation’s own that asks for pictures opens the slots, and no other word does', async () => {
    await practice.start();
    const pages = { ...GOOD, front: photo('status=resubmit', 'f') };
    expect((await run(pages, [ID], { route: { retakeStatus: 'resubmit' } })).progress.at(-1)).toEqual(retake([]));
    await expect(run(pages, [ID], { route: { retakeStatus: 'Resubmit' } })).rejects.toThrow(
      'again persona.statusUnknown',
    );
  });

  it('is final when somebody has decided it, whatever a check says', async () => {
    await practice.start();
    let isDecided = false;
    const decide = async (ms: number): Promise<void> => {
      practice.passed(ms);
      if (isDecided) return;
      isDecided = true;
      const [made] = z.array(z.object({ id: z.string() })).parse(await transactions());
      await callAdmin(practice, 'POST', '/decision', { id: made?.id, decision: 'final=FORGERY' });
    };
    const desk = openDesk(practice, { ...GOOD, front: photo('reject=id_glare_detection', 'f') });
    const { progress } = await runPlan(persona, plan([ID], { flow: flowBy(ROUTE) }), desk, [], decide);
    expect(isDecided).toBe(true);
    expect(progress.at(-1)).toEqual(DECLINED);
  });
});

const answer = (body: unknown, status = 200) => ({ do: 'answer', status, body }) as const;

const related = (...ids: string[]) => ({
  'related-objects': {
    data: [{ type: 'account', id: 'act_1' }, ...ids.map((id) => ({ type: 'verification/government-id', id }))],
  },
});

const progressOf = (outcome: Outcome): unknown => (outcome.kind === 'done' ? outcome.progress : outcome.kind);

const WORKFLOW = { reviewer: { data: { type: 'workflow-run', id: 'wfr_1' } } };

const transaction = (status: string, relationships: object = {}) =>
  answer({
    data: {
      type: 'transaction',
      id: 'txn_1',
      attributes: { status },
      relationships: { ...WORKFLOW, ...relationships },
    },
  });

const verification = (id: string, name: string, more: object = {}) =>
  answer({
    data: {
      type: 'verification/government-id',
      id,
      attributes: { status: 'failed', checks: [{ name, status: 'failed', reasons: [] }], ...more },
    },
  });

const route = PersonaRoute.parse(ROUTE);

describe('on the wire', () => {
  const wire = useWire();
  const LICENCE = [{ requirementId: 'identity', isIdentity: true, idClass: 'dl' }];
  const follow = (documents: readonly object[] = LICENCE, more: object = {}) => {
    const made: FinishedOperation = {
      kind: 'persona.transaction.create',
      payload: {},
      result: { transactionId: 'txn_1', createdAtMs: 0 },
    };
    const context = providerContext({
      http: wire.http,
      baseUrl: `${wire.server.url}/api/v1`,
      credential: { apiKey: 'persona_sandbox_secret' },
    });
    const payload = { ...route, documents, ...more };
    return persona.perform(operation('persona.transaction.follow', payload, { needed: [made] }), context);
  };
  const seen = (): string[] => wire.server.seen.map(({ path }) => path.replace('/api/v1', ''));

  it('verifications are read of a decision only, and of nothing else that is related', async () => {
    wire.server.script(transaction('needs review', related('ver_1')));
    expect(progressOf(await follow())).toBe('again');
    wire.server.script(transaction('declined', related('ver_1')), verification('ver_1', 'id_blur_detection'));
    expect(progressOf(await follow())).toEqual(retake([['identity', 'id_blur_detection']]));
    expect(seen()).toEqual(['/transactions/txn_1', '/transactions/txn_1', '/verifications/ver_1']);
  });

  const withReport = related('ver_1');
  withReport['related-objects'].data.push({ type: 'report/watchlist', id: 'rep_1' });

  it.each([
    ['with a report beside it', withReport],
    ['by a person', { ...related('ver_1'), reviewer: { data: { type: 'user', id: 'user_1' } } }],
    ['by somebody else', { ...related('ver_1'), reviewer: { data: { type: 'api-key', id: 'api_1' } } }],
    ['by nobody who is shown', { ...related('ver_1'), reviewer: { data: null } }],
  ])(
    'what is declined %s is final, and no check is read; the status that asks for pictures still asks',
    async (_by, shown) => {
      wire.server.script(transaction('declined', shown));
      expect(progressOf(await follow())).toEqual(DECLINED);
      expect(seen()).toEqual(['/transactions/txn_1']);
      wire.server.script(transaction('resubmit', shown), verification('ver_1', 'id_blur_detection'));
      expect(progressOf(await follow(LICENCE, { retakeStatus: 'resubmit' }))).toEqual(
        retake([['identity', 'id_blur_detection']]),
      );
    },
  );

  it('a workflow’s step is a workflow', async () => {
    const step = { ...related('ver_1'), reviewer: { data: { type: 'workflow-step', id: 'wfs_1' } } };
    wire.server.script(transaction('declined', step), verification('ver_1', 'id_blur_detection'));
    expect(progressOf(await follow())).toEqual(retake([['identity', 'id_blur_detection']]));
  });

  it('a flow of before the choice goes on taking it as final', () => {
    expect(PersonaRoute.parse({ by: 'transaction', transactionTypeId: 'txntp_Practice' })).toMatchObject({
      declined: 'final',
    });
  });

  it('of two identity documents the class tells which is meant; without one both are', async () => {
    const two = ['dl', 'pp'].map((idClass) => ({ requirementId: idClass, isIdentity: true, idClass }));
    const passport = verification('ver_1', 'id_blur_detection', { 'id-class': 'pp' });
    wire.server.script(transaction('declined', related('ver_1')), passport);
    expect(progressOf(await follow(two))).toEqual(retake([['pp', 'id_blur_detection']]));
    wire.server.script(transaction('declined', related('ver_1')), verification('ver_1', 'id_blur_detection'));
    expect(progressOf(await follow(two))).toEqual(
      retake([
        ['dl', 'id_blur_detection'],
        ['pp', 'id_blur_detection'],
      ]),
    );
  });

  it.each([403, 404, 410])(
    'a verification that this key may not see (%i) may be the reason: declined',
    async (status) => {
      wire.server.script(
        transaction('declined', related('ver_1', 'ver_2')),
        verification('ver_1', 'id_blur_detection'),
        answer({ errors: [{ title: 'Record not found' }] }, status),
      );
      expect(progressOf(await follow())).toEqual(DECLINED);
    },
  );

  it('what else is answered to a verification is as for any other call', async () => {
    for (const [status, kind] of [
      [429, 'rate_limited'],
      [503, 'retry'],
      [401, 'pause'],
    ] as const) {
      wire.server.script(transaction('declined', related('ver_1')), answer({ errors: [{ title: 'x' }] }, status));
      expect(progressOf(await follow())).toBe(kind);
    }
  });

  it('so many verifications that not all are read prove nothing', async () => {
    const ids = Array.from({ length: 21 }, (_, index) => `ver_${index}`);
    wire.server.script(
      transaction('declined', related(...ids)),
      ...ids.slice(0, 20).map((id) => verification(id, 'id_blur_detection')),
    );
    expect(progressOf(await follow())).toEqual(DECLINED);
  });
});

describe('the plan', () => {
  const flow = flowBy(ROUTE);
  const planned = persona.plan(plan([ID], { flow }))[0];
  const made = { transactionId: 'txn_1', createdAtMs: 1 };
  const create: FinishedOperation = { kind: 'persona.transaction.create', payload: planned?.payload, result: made };
  const again = (earlier: readonly FinishedOperation[], document = ID): [string, unknown][] =>
    persona
      .plan(plan([document], { flow, round: 1, earlier }))
      .map(({ kind, payload }) => [kind, payload['made'] ?? null]);

  it('goes on following a transaction of the same pages whose end nobody has seen', () => {
    expect(again([create])).toEqual([['persona.transaction.follow', made]]);
    const follow = persona.plan(plan([ID], { flow, round: 1, earlier: [create] }))[0];
    expect(persona.changes?.recordsOf({ kind: follow?.kind ?? '', payload: follow?.payload, needed: [] })).toEqual([
      'txn_1',
    ]);
  });

  it('makes another one after its end, or of other pages', () => {
    const both = [
      ['persona.transaction.create', null],
      ['persona.transaction.follow', null],
    ];
    const ended = { kind: 'persona.transaction.follow', payload: {}, result: { transactionId: 'txn_1', status: 'x' } };
    expect(again([create, ended])).toEqual(both);
    const other = licence([{ id: 'other', side: 'front' }], 'id');
    expect(again([create], other)).toEqual(both);
  });
});
