import { describe, expect, it } from 'vitest';
import { DEFAULT_CREDENTIALS } from '../../../main/practice/index.ts';
import { PROVIDERS, type ChangesAnswer } from '../../../main/providers/index.ts';
import { PersonaRoute } from '../../../shared/domain/index.ts';
import { recordsFollowed } from '../../support/contract-cases/persona.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { flowBy, photo } from '../../support/persona-inquiry.ts';
import { providerContext, type TestContext } from '../../support/provider-context.ts';
import { FRONT_AND_BACK, licence, plan, run, type Done } from '../../support/provider-run.ts';
import { useWire } from '../../support/wire.ts';

/** One question about what has changed: GET /events by the ids of our own records. */

const { persona } = PROVIDERS;
const changes = persona.changes ?? raise('Persona tells of no changes');

const nothingIsKnown = (): boolean => false;

function raise(message: string): never {
  throw new Error(message);
}

const recordsOf = (kind: string, payload: unknown, needed: Done[] = []): readonly string[] =>
  changes.recordsOf({ kind, payload, needed });

describe('at the practice server', () => {
  const practice = useDatedPractice('changes');

  const PAGES = { front: photo('accept', 'f'), back: photo('accept', 'b') };

  const open = (apiKey = DEFAULT_CREDENTIALS.personaApiKeys[0], keyInflection = 'kebab'): TestContext =>
    providerContext({
      http: practice.http,
      baseUrl: practice.server.personaBaseUrl,
      settings: { version: '2025-12-08', keyInflection },
      credential: { apiKey },
      subject: { givenName: 'Ana', familyName: 'Müller', birthDate: '1990-02-03', country: 'AUS', reference: 'C-1' },
      pages: PAGES,
    });
  const ROUTES: readonly PersonaRoute[] = [
    PersonaRoute.parse({ by: 'documents' }),
    PersonaRoute.parse({ by: 'inquiry', templateId: 'itmpl_Practice' }),
    PersonaRoute.parse({ by: 'transaction', transactionTypeId: 'txntp_Practice' }),
  ];

  /** A customer whose pages are decided, by this route: the records that its status call looks at. */
  async function decided(route: PersonaRoute, context: TestContext): Promise<readonly string[]> {
    const input = plan([licence(FRONT_AND_BACK, 'id')], { flow: flowBy(route) });
    return recordsFollowed(await run(persona, input, context, [], practice.passed));
  }

  it.each(ROUTES)('names every record of a decided customer on the road by $by, once', async (route) => {
    await practice.start();
    const context = open();
    const records = await decided(route, context);
    expect(records).toHaveLength(route.by === 'inquiry' ? 2 : 1);
    const first = await changes.ask(records, nothingIsKnown, context);
    if (first.kind !== 'answered') throw new Error(first.kind);
    expect(first.changes.map(({ recordId }) => recordId).toSorted()).toEqual(records.toSorted());
    expect(first).toMatchObject({ isCut: false, rateLimits: [{ limit: 300 }] });
    const known = new Set(first.changes.map(({ changeId }) => changeId));
    expect(await changes.ask(records, (id) => known.has(id), context)).toMatchObject({ kind: 'answered', changes: [] });
  });

  it('keeps ids only of what the events say, in every casing', async () => {
    await practice.start();
    const context = open();
    const [, byInquiry = raise('no route'), byTransaction = raise('no route')] = ROUTES;
    const records = [...(await decided(byInquiry, context)), ...(await decided(byTransaction, context))];
    for (const keyInflection of ['kebab', 'camel', 'snake']) {
      const answer = await changes.ask(records, nothingIsKnown, open(undefined, keyInflection));
      expect(answer).toMatchObject({ kind: 'answered' });
      expect(JSON.stringify(answer)).not.toMatch(/Ana|ller|1990|C-1|approved|name/);
    }
  });

  it('hears nothing of records that were not asked about, nor of what is not listed yet', async () => {
    await practice.start({ 'persona.eventDelayMs': 30_000 });
    const context = open();
    const [route = raise('no route')] = ROUTES;
    const records = await decided(route, context);
    expect(await changes.ask(records, nothingIsKnown, context)).toMatchObject({ changes: [] });
    practice.passed(60_000);
    expect(await changes.ask(records, nothingIsKnown, context)).toMatchObject({ changes: [{ recordId: records[0] }] });
    expect(await changes.ask(['doc_another'], nothingIsKnown, context)).toMatchObject({ changes: [] });
  });

  it.each([
    { 'persona.events': '401' },
    { 'persona.events': '403' },
    { 'persona.events': '404' },
    { 'persona.eventFilters': 'single' },
  ])('is not offered when %j', async (switches) => {
    await practice.start(switches);
    expect(await changes.ask(['doc_1'], nothingIsKnown, open())).toMatchObject({ kind: 'not_offered' });
  });

  it('waits as long as the limit says', async () => {
    await practice.start({ 'persona.rateLimitPerMinute': 1 });
    const context = open();
    expect(await changes.ask(['doc_1'], nothingIsKnown, context)).toMatchObject({ kind: 'answered' });
    expect(await changes.ask(['doc_1'], nothingIsKnown, context)).toMatchObject({
      kind: 'limited',
      afterMs: 60_000,
      rateLimits: [{ remaining: 0 }],
    });
  });

  it('cannot be asked for what nothing is known of', () => {
    expect(recordsOf('persona.inquiry.follow', {})).toEqual([]);
    expect(recordsOf('persona.transaction.follow', {})).toEqual([]);
    expect(recordsOf('persona.document.follow', { documentId: 'd', requirementId: 'r', submitted: null })).toEqual([]);
    expect(recordsOf('another.follow', {})).toEqual([]);
  });
});

const event = (id: string, recordId: string): object => ({
  type: 'event',
  id,
  attributes: { name: 'inquiry.approved', payload: { data: { type: 'inquiry', id: recordId, attributes: {} } } },
});

const page = (next: string | null, ...data: readonly object[]) =>
  ({ do: 'answer', status: 200, body: { data, links: { prev: null, next } } }) as const;

describe('answers that practice does not give', () => {
  const wire = useWire();
  const context = (): TestContext =>
    providerContext({
      http: wire.http,
      baseUrl: `${wire.server.url}/api/v1`,
      settings: { version: '2025-12-08', keyInflection: 'kebab' },
      credential: { apiKey: 'persona_sandbox_secret' },
    });
  const NEXT = '/api/v1/events?page%5Bafter%5D=evt_2';
  const ask = (isKnown: (id: string) => boolean = nothingIsKnown): Promise<ChangesAnswer> =>
    changes.ask(['inq_1', 'inq_2'], isKnown, context());

  it('asks by object and name, and for the next page while there is something new', async () => {
    wire.server.script(
      page(NEXT, event('evt_2', 'inq_1')),
      page(NEXT, event('evt_1', 'inq_2')),
      page(NEXT, event('evt_0', 'inq_2')),
    );
    const answer = await ask((id) => id === 'evt_0');
    expect(answer).toMatchObject({
      kind: 'answered',
      isCut: false,
      changes: [
        { changeId: 'evt_2', recordId: 'inq_1' },
        { changeId: 'evt_1', recordId: 'inq_2' },
      ],
      rateLimits: [null, null, null],
    });
    const queries = wire.server.seen.map(({ path }) => new URL(path, 'http://x').searchParams);
    expect(queries.map((query) => query.get('page[after]'))).toEqual([null, 'evt_2', 'evt_2']);
    expect(queries[0]?.get('filter[object-id]')).toBe('inq_1,inq_2');
    expect(queries[0]?.get('filter[name]')).toContain('inquiry.marked-for-review');
  });

  it('trap 18: looks through so many pages and no more, and says so', async () => {
    wire.server.script(...Array.from({ length: 9 }, (_, n) => page(NEXT, event(`evt_${n}`, 'inq_1'))));
    expect(await ask()).toMatchObject({ kind: 'answered', isCut: true });
    expect(wire.server.seen).toHaveLength(5);
  });

  it.each([
    ['a key that leaves payloads out', page(null, { type: 'event', id: 'evt_1', attributes: {} }), 'not_offered'],
    ['something else', { do: 'answer', status: 200, body: { data: 'x' } } as const, 'not_offered'],
    ['a fault of Persona’s', { do: 'answer', status: 500, body: { errors: [{ title: 'x' }] } } as const, 'failed'],
    ['a gateway', { do: 'raw', text: 'HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n' } as const, 'failed'],
    ['a reset', { do: 'reset_after_request' } as const, 'failed'],
    ['a limit without its time', { do: 'answer', status: 429, body: {} } as const, 'limited'],
  ])('%s', async (_name, step, kind) => {
    wire.server.script(step);
    expect(await ask()).toMatchObject({ kind });
  });
});
