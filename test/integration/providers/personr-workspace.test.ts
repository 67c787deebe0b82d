import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { wantedBy } from '../../../main/providers/personr/payloads.ts';
import type { Requirement } from '../../../shared/domain/index.ts';
import { COMPANY, OPERATIONS, PERSON, brief, usePersonr } from './personr-bench.ts';

const { personr } = PROVIDERS;
const bench = usePersonr();

const named = { settings: { workspace: 'Branch North' } };
const inside = (currentWorkspace: string) => ({ status: 'success', response: { currentWorkspace } });
const notRun = { do: 'answer', status: 400, body: { status: 'NOT_RUN', message: 'No such workspace' } } as const;

/** A requirement for one kind of document. */
const asking = (documentType: 'passport' | 'utility_bill'): Requirement => ({
  id: 'identity',
  label: 'Identity',
  isOptional: false,
  accepts: [{ documentType, sides: ['single'], providerType: 'PASSPORT' }],
});

describe('trap 32: the workspace', () => {
  it.each([
    ['an applicant', OPERATIONS.create, PERSON, '/api-applicant-create'],
    ['a company', OPERATIONS.entity, COMPANY, '/api-entity-create'],
  ])('is entered right before each create of %s, and the timeline says which', async (_name, operation, id, path) => {
    bench.answer(inside('Branch North'), { applicantId: id });
    expect(brief(await personr.perform(operation, bench.context(named)))).toEqual({
      kind: 'done',
      result: { applicantId: id },
      code: 'personr.createdIn',
      params: { workspace: 'Branch North' },
    });
    expect(bench.paths()).toEqual(['/api-change-workspace', path]);
    expect(await bench.fieldsOf(0)).toEqual({ workspace: 'Branch North' });
  });

  it('is left alone when the connection names none', async () => {
    bench.answer({ applicantId: PERSON });
    expect(brief(await personr.perform(OPERATIONS.create, bench.context()))).toMatchObject({ code: 'personr.created' });
    expect(bench.paths()).toEqual(['/api-applicant-create']);
  });

  it.each([
    ['is refused', notRun, 'personr.workspaceUnknown', { workspace: 'Branch North' }],
    [
      'is another one all the same',
      { do: 'answer', status: 200, body: inside('Head Office') } as const,
      'personr.workspaceOther',
      { workspace: 'Branch North', current: 'Head Office' },
    ],
  ])('nothing is created when it %s: the connection waits for IT', async (_name, step, code, params) => {
    for (const operation of [OPERATIONS.create, OPERATIONS.entity]) {
      bench.server.script(step);
      const given = bench.context(named);
      const outcome = brief(await personr.perform(operation, given));
      expect(outcome).toEqual({ kind: 'pause', cause: 'call_it', afterMs: null, code, params });
      expect(given.counts.commits).toBe(0);
    }
    expect(bench.paths()).toEqual(['/api-change-workspace', '/api-change-workspace']);
  });

  it.each([
    ['a lost answer', { do: 'reset_after_request' } as const],
    ['an answer that names none', { do: 'answer', status: 200, body: { status: 'success', response: {} } } as const],
  ])('%s creates nothing, and is never in doubt', async (_name, step) => {
    bench.server.script(step);
    const given = bench.context(named);
    expect((await personr.perform(OPERATIONS.create, given)).kind).toBe('retry');
    expect(given.counts.commits).toBe(0);
  });

  it('the connection test enters it and says so; without one it says that nobody knows', async () => {
    const nobody = { do: 'answer', status: 400, body: { status: 'NOT_RUN', message: 'does not exist' } } as const;
    bench.server.script(nobody, { do: 'answer', status: 200, body: inside('Branch North') }, nobody, notRun, nobody);
    expect(await personr.test(bench.context(named))).toMatchObject({
      isOk: true,
      message: { code: 'personr.testOkWorkspace', params: { workspace: 'Branch North' } },
    });
    expect(await personr.test(bench.context(named))).toMatchObject({
      isOk: false,
      message: { code: 'personr.workspaceUnknown' },
    });
    expect(await personr.test(bench.context())).toMatchObject({ isOk: true, message: { code: 'personr.testOk' } });
  });
});

describe('trap 33: the flow', () => {
  const unknown = { statusCode: 400, message: 'Error: flowName does not match a flow' };

  it.each([
    ['an applicant', OPERATIONS.create, 'Identity'],
    ['a company', OPERATIONS.entity, 'Company'],
  ])(
    'of %s that was renamed in the dashboard is for IT, with the name that was sent',
    async (_name, operation, flow) => {
      bench.answer(unknown);
      expect(brief(await personr.perform(operation, bench.context()))).toEqual({
        kind: 'attention',
        cause: 'call_it',
        code: 'personr.flowUnknown',
        params: { flow },
      });
    },
  );

  it('goes by the name in the connection’s settings once IT has corrected it there', async () => {
    const released = { ...OPERATIONS.create, payload: { flowName: 'Identity', flowId: 'identity' } };
    bench.answer({ applicantId: PERSON });
    await personr.perform(released, bench.context({ flows: [{ id: 'identity', name: 'Identity (2026)' }] }));
    expect(await bench.fieldsOf(0)).toMatchObject({ flowName: 'Identity (2026)' });
  });

  it('is never another one of the same id, for companies', async () => {
    const released = { ...OPERATIONS.create, payload: { flowName: 'Identity', flowId: 'identity' } };
    bench.answer({ applicantId: PERSON });
    await personr.perform(
      released,
      bench.context({ flows: [{ id: 'identity', name: 'Companies', subjectKind: 'entity' }] }),
    );
    expect(await bench.fieldsOf(0)).toMatchObject({ flowName: 'Identity' });
  });

  it('that asks for other pages by now keeps the name of the release, whose pages go there', async () => {
    const [identity, bill] = [asking('passport'), asking('utility_bill')];
    const wanted = wantedBy({ requirements: [identity] });
    const released = { ...OPERATIONS.create, payload: { flowName: 'Identity', flowId: 'identity', wanted } };
    const names = [];
    for (const [index, requirement] of [identity, bill].entries()) {
      bench.answer({ applicantId: PERSON });
      await personr.perform(
        released,
        bench.context({ flows: [{ id: 'identity', name: 'Renamed', requirements: [requirement] }] }),
      );
      names.push((await bench.fieldsOf(index))['flowName']);
    }
    expect(names).toEqual(['Renamed', 'Identity']);
  });

  it('that the settings no longer have keeps its name', async () => {
    const released = { ...OPERATIONS.create, payload: { flowName: 'Identity', flowId: 'identity' } };
    bench.answer({ applicantId: PERSON });
    await personr.perform(released, bench.context({ flows: [{ id: 'other', name: 'Other' }] }));
    expect(await bench.fieldsOf(0)).toMatchObject({ flowName: 'Identity' });
  });
});
