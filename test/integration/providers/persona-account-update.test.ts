import { describe, expect, it } from 'vitest';
import { DEFAULT_CREDENTIALS } from '../../../main/practice/index.ts';
import { PROVIDERS, type Outcome } from '../../../main/providers/index.ts';
import type { Subject } from '../../../shared/domain/index.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { flowBy, photo } from '../../support/persona-inquiry.ts';
import { callAdmin, callApi } from '../../support/practice-calls.ts';
import { operation, providerContext, type TestContext } from '../../support/provider-context.ts';
import { FRONT_AND_BACK, licence, plan, run, type Done, type Road } from '../../support/provider-run.ts';
import { useWire } from '../../support/wire.ts';
import { at } from '../practice/bench.ts';

/** What the desk corrects after a customer's account was made goes there with the next release. */

const { persona } = PROVIDERS;
const FLOW = flowBy({ by: 'inquiry', templateId: 'itmpl_Practice' });
const ANA: Partial<Subject> = {
  givenName: 'Ana',
  familyName: 'Müler',
  birthDate: '1990-02-03',
  country: 'AUS',
  email: 'ana@example.invalid',
  reference: 'C-1001',
};
const UPDATE = 'persona.account.update';
const updatesOf = ({ kinds }: Road): string[] => kinds.filter((kind) => kind.startsWith(UPDATE));
const documents = [licence(FRONT_AND_BACK, 'id')];

const accountOf = ({ done }: Road): string => String(at(done[0]?.result, 'accountId'));
const needsOf = (earlier: Done[]): unknown[] =>
  persona
    .plan(plan(documents, { flow: FLOW, round: 1, earlier }))
    .filter(({ kind }) => kind.endsWith('create'))
    .map(({ kind, needs }) => [kind, needs.includes('account-update')]);

describe('at the practice server', () => {
  const practice = useDatedPractice('update');
  const open = (subject: Partial<Subject> = {}): TestContext =>
    providerContext({
      http: practice.http,
      baseUrl: practice.server.personaBaseUrl,
      settings: { version: '2025-12-08', keyInflection: 'kebab' },
      credential: { apiKey: DEFAULT_CREDENTIALS.personaApiKeys[0] },
      subject: { ...ANA, ...subject },
      pages: { front: photo('reject=id_glare_detection', 'f'), back: photo('accept', 'b') },
    });
  const release = (subject: Partial<Subject>, earlier: Done[] = []): Promise<Road> =>
    run(
      persona,
      plan(documents, { flow: FLOW, round: earlier.length === 0 ? 0 : 1 }),
      open(subject),
      earlier,
      practice.passed,
    );
  const shown = async (accountId: string): Promise<unknown[]> => {
    const fields = at(await callApi(practice, 'GET', `/accounts/${accountId}`), 'data', 'attributes', 'fields');
    return ['name_first', 'name_last', 'birthdate', 'email_address', 'phone_number'].map((name) =>
      at(fields, name, 'value'),
    );
  };
  const patches = async (): Promise<number> => {
    const requests = at(await callAdmin(practice, 'GET', '/requests'), 'requests');
    return Array.isArray(requests) ? requests.filter((request) => at(request, 'method') === 'PATCH').length : -1;
  };

  it('before the new inquiry, what was corrected and nothing else', async () => {
    await practice.start({ 'persona.accountNames': 'flat' });
    const first = await release({});
    const accountId = accountOf(first);
    // Somebody at the organisation knows a newer number: it is theirs, and stays.
    await callApi(practice, 'PATCH', `/accounts/${accountId}`, {
      'email-address': 'new@example.invalid',
      'phone-number': '+61400',
    });
    const second = await release({ familyName: 'Müller', birthDate: '1990-03-02' }, first.done);
    expect(second.kinds.slice(0, 2)).toEqual([
      'persona.account.update: persona.accountUpdated',
      'persona.inquiry.create: persona.inquiryCreated',
    ]);
    expect(await shown(accountId)).toEqual(['Ana', 'Müller', '1990-03-02', 'new@example.invalid', '+61400']);
    // Once sent, it is not sent again.
    const third = await release({ familyName: 'Müller', birthDate: '1990-03-02' }, [...first.done, ...second.done]);
    expect(updatesOf(third)).toEqual(['persona.account.update: persona.accountUnchanged']);
    expect(await patches()).toBe(2);
    expect(JSON.stringify(third.done)).not.toMatch(/Ana|ller|1990|example/);
  });

  it('is needed by whatever opens or fills an inquiry after it', async () => {
    await practice.start();
    const { done } = await release({});
    expect(needsOf(done)).toEqual([
      ['persona.inquiry.create', true],
      ['persona.inquiry.document.create', true],
    ]);
    // An inquiry that is still open takes the document, and none is opened.
    const stillOpen = done.filter(({ kind }) => kind === 'persona.account.create' || kind === 'persona.inquiry.create');
    expect(needsOf(stillOpen)).toEqual([['persona.inquiry.document.create', true]]);
  });

  it('calls nothing when nothing was corrected', async () => {
    await practice.start();
    const first = await release({});
    expect(updatesOf(await release({}, first.done))).toEqual(['persona.account.update: persona.accountUnchanged']);
    expect(await patches()).toBe(0);
  });

  it('a field that was emptied stays at Persona', async () => {
    await practice.start({ 'persona.accountNames': 'flat' });
    const first = await release({});
    expect(updatesOf(await release({ email: '' }, first.done))).toEqual([
      'persona.account.update: persona.accountUpToDate',
    ]);
    expect(await shown(accountOf(first))).toContain('ana@example.invalid');
  });

  it('an account that only its reference says is the customer’s is never corrected', async () => {
    await practice.start();
    await callApi(practice, 'POST', '/accounts', { 'reference-id': 'C-1001' });
    const first = await release({});
    expect(first.kinds[0]).toBe('persona.account.create: persona.accountFoundUnseen');
    expect(updatesOf(await release({ familyName: 'Müller' }, first.done))).toEqual([]);
  });

  it('an account that has become somebody else’s is not corrected, and a person is asked', async () => {
    await practice.start();
    const first = await release({});
    await callApi(practice, 'PATCH', `/accounts/${accountOf(first)}`, {
      'name-first': 'Boris',
      'name-last': 'Novak',
      birthdate: '1955-05-05',
    });
    await expect(release({ familyName: 'Müller' }, first.done)).rejects.toThrow('attention persona.accountOther');
    expect(await patches()).toBe(1);
  });

  it('an account that was redacted gets nothing of the customer again', async () => {
    await practice.start();
    const first = await release({});
    await callApi(practice, 'DELETE', `/accounts/${accountOf(first)}`);
    await expect(release({ familyName: 'Müller' }, first.done)).rejects.toThrow('attention persona.accountRedacted');
    expect(await patches()).toBe(0);
  });

  it('nothing is corrected once the reference was changed', async () => {
    await practice.start();
    const first = await release({});
    await expect(release({ familyName: 'Müller', reference: 'C-2' }, first.done)).rejects.toThrow('referenceChanged');
  });

  it('which fields stay at the desk: the reference alone, once the account is known to be the customer’s', async () => {
    await practice.start();
    const { done } = await release({});
    expect(persona.heldFields?.(done)).toEqual(['reference']);
  });
});

const answer = (status: number, body: unknown) => ({ do: 'answer', status, body }) as const;

const account = (attributes: object) =>
  answer(200, { data: { type: 'account', id: 'act_1', attributes: { 'reference-id': 'C-1001', ...attributes } } });
const error = (status: number, title: string, pointer?: string) =>
  answer(status, { errors: [{ title, ...(pointer === undefined ? {} : { source: { pointer } }) }] });

describe('answers that practice does not give', () => {
  const wire = useWire();
  const context = (subject: Partial<Subject> = {}): TestContext =>
    providerContext({
      http: wire.http,
      baseUrl: `${wire.server.url}/api/v1`,
      settings: { version: '2025-12-08', keyInflection: 'kebab' },
      credential: { apiKey: 'persona_sandbox_secret' },
      subject: { ...ANA, ...subject },
    });
  const OLD = { 'name-first': 'Ana', 'name-last': 'Müler', birthdate: '1990-02-03' };

  /** The account as an earlier release made it. */
  async function made(): Promise<Done> {
    wire.server.script(answer(200, { data: [], links: { prev: null, next: null } }), { ...account({}), status: 201 });
    const payload = { accountTypeId: null };
    const outcome = await persona.perform(operation('persona.account.create', payload), context());
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    return { kind: 'persona.account.create', payload, result: outcome.result };
  }
  async function update(...steps: Parameters<typeof wire.server.script>): Promise<Outcome> {
    const earlier = await made();
    wire.server.script(...steps);
    const call = operation(UPDATE, { accountId: 'act_1' }, { finished: () => [earlier] });
    return persona.perform(call, context({ familyName: 'Müller' }));
  }

  it('sends the changed fields only, and no key', async () => {
    expect(await update(account(OLD), account({ ...OLD, 'name-last': 'Müller' }))).toMatchObject({ kind: 'done' });
    const patch = wire.server.seen.at(-1);
    expect([patch?.method, patch?.path, patch?.headers['idempotency-key']]).toEqual([
      'PATCH',
      '/api/v1/accounts/act_1',
      undefined,
    ]);
    expect(JSON.parse(String(patch?.body))).toEqual({ data: { attributes: { 'name-last': 'Müller' } } });
  });

  it.each([
    [
      'a field that is refused',
      error(422, 'Record invalid', '/data/attributes/name-last'),
      'attention',
      'correct_data',
      'persona.fieldRefused',
    ],
    ['an attribute that is not known', error(400, 'Bad Request'), 'attention', 'correct_data', 'persona.invalid'],
    ['an account that is gone', error(404, 'Record not found'), 'attention', 'call_it', 'persona.accountMissing'],
    ['a record that was just changed', error(409, 'Stale object error'), 'retry', undefined, 'persona.conflict'],
    ['a fault of Persona’s', error(500, 'Internal server error'), 'retry', undefined, 'persona.unavailable'],
    [
      'a key without the permission',
      error(403, 'Forbidden: permission account.write'),
      'pause',
      'sign_in',
      'persona.keyPermission',
    ],
    ['a limit', error(429, 'Rate limit exceeded'), 'rate_limited', undefined, 'persona.rateLimited'],
  ] as const)('%s', async (_name, step, kind, cause, code) => {
    const outcome = await update(account(OLD), step);
    expect(outcome).toMatchObject({ kind, evidence: { message: { code } } });
    expect('cause' in outcome ? outcome.cause : undefined).toBe(cause);
  });

  it('a lost answer is looked up: it is there, or it goes once more', async () => {
    expect(await update(account(OLD), { do: 'reset_after_request' })).toMatchObject({ kind: 'unknown' });
    const earlier = await made();
    const call = operation(UPDATE, { accountId: 'act_1' }, { finished: () => [earlier], mayHaveArrived: true });
    const corrected = context({ familyName: 'Müller' });
    wire.server.script(account({ ...OLD, 'name-last': 'Müller' }), account(OLD));
    expect(await persona.lookUp(call, corrected)).toMatchObject({ kind: 'happened' });
    expect(await persona.lookUp(call, corrected)).toMatchObject({ kind: 'did_not_happen' });
  });

  it('an account that is gone when it is read first', async () => {
    expect(await update(error(404, 'Record not found'))).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      isRecordGone: true,
      evidence: { message: { code: 'persona.accountMissing' } },
    });
  });
});
