import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../../main/network/index.ts';
import { DEFAULT_CREDENTIALS } from '../../../main/practice/index.ts';
import * as personr from '../../../main/providers/personr/answers.ts';
import * as sumsub from '../../../main/providers/sumsub/answers.ts';
import { PROVIDERS, type PlanInput, type Provider } from '../../../main/providers/index.ts';
import type { Flow } from '../../../shared/domain/index.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { BILL, ID, INQUIRY, TRANSACTION, flowBy, openDesk, photo } from '../../support/persona-inquiry.ts';
import { callAdmin } from '../../support/practice-calls.ts';
import { providerContext, type TestContext } from '../../support/provider-context.ts';
import { FRONT_AND_BACK, jpeg, licence, plan } from '../../support/provider-run.ts';

/**
 * Every answer on every road, written otherwise than practice writes it, but saying the same: with members that nobody knows, without those
 * that are null, with null for what is empty, with numbers as texts. Each road must come to the same end by the same steps.
 */

const practice = useDatedPractice('tolerance');

type Rewriting = (value: unknown) => unknown;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Of a whole answer, from the inside out. `undefined` takes a member away. */
function throughout(value: unknown, change: Rewriting): unknown {
  if (Array.isArray(value)) return change(value.map((item) => throughout(item, change)));
  if (!isObject(value)) return change(value);
  const members = Object.entries(value).map(([name, member]) => [name, throughout(member, change)] as const);
  return change(Object.fromEntries(members.filter(([, member]) => member !== undefined)));
}

const ADDED = { 'added-later': { a: [1, null] }, addedLater: 'x', Added_Later: null };
const REWRITINGS: readonly (readonly [string, Rewriting])[] = [
  ['members that nobody knows', (value) => (isObject(value) ? { ...value, ...ADDED } : value)],
  ['nothing where there is null', (value) => (value === null ? undefined : value)],
  ['null for an empty list', (value) => (Array.isArray(value) && value.length === 0 ? null : value)],
  ['{} for null', (value) => (value === null ? {} : value)],
  ['numbers as texts', (value) => (typeof value === 'number' ? String(value) : value)],
];

/** A list of a whole answer is none of a member: null in its place is no answer at all. */
function rewritten(response: HttpResponse, change: Rewriting): HttpResponse {
  const text = new TextDecoder().decode(response.body);
  if (!text.startsWith('{')) return response;
  const json: unknown = JSON.parse(text);
  const isList = isObject(json) && Array.isArray(json['data']) && json['data'].length === 0;
  const whole = throughout(json, change);
  const kept = isList && isObject(whole) ? { ...whole, data: [] } : whole;
  return { ...response, body: new TextEncoder().encode(JSON.stringify(kept)) };
}

function hearing(context: TestContext, change: Rewriting): TestContext {
  return { ...context, http: { send: async (request) => rewritten(await context.http.send(request), change) } };
}

const PHOTOS = { front: photo('accept', 'f'), back: photo('accept', 'b'), bill: photo('accept', 'bill') };
const personaDesk = (decision: string) => () => openDesk(practice, { ...PHOTOS, back: photo(decision, 'b') });
const OF_ACCOUNT = flowBy({ by: 'documents', account: 'customer' });
const RETAKEN = [
  { id: 'front', side: 'front', isDelivered: true },
  { id: 'back2', side: 'back' },
] as const;
const PAGES = {
  front: jpeg('accept', 'f'),
  back: jpeg('reject=BLACK_AND_WHITE', 'b'),
  back2: jpeg('upload-warning=expiredDoc', 'b2'),
  extract: jpeg('accept', 'x'),
};
const SUBJECT = { email: 'ana@example.invalid', phone: '+61400000000', country: 'AUS' };
const COMPANY: Flow = { id: 'company', name: 'Company', subjectKind: 'entity', requiredFields: [], requirements: [] };

const REVIEWED = { applicantStatus: 'Reviewed', result: { 'Modified Date': '1709000000000' } };

interface Journey {
  readonly provider: Provider;
  readonly open: () => TestContext;
  /** One after another, each a release of the same customer. */
  readonly rounds: readonly PlanInput[];
}

const engineRounds = [plan([licence(FRONT_AND_BACK, 'DRIVERS')]), plan([licence(RETAKEN, 'DRIVERS')], { round: 1 })];
const JOURNEYS: Readonly<Record<string, Journey>> = {
  'Persona, documents of an account': {
    provider: PROVIDERS.persona,
    open: personaDesk('accept'),
    rounds: [plan([ID, BILL], { flow: OF_ACCOUNT }), plan([BILL], { flow: OF_ACCOUNT, round: 1 })],
  },
  'Persona, an inquiry that is approved': {
    provider: PROVIDERS.persona,
    open: personaDesk('accept'),
    rounds: [plan([ID, BILL], { flow: INQUIRY })],
  },
  'Persona, an inquiry that fails on a check': {
    provider: PROVIDERS.persona,
    open: personaDesk('reject=id_blur_detection'),
    rounds: [plan([ID, BILL], { flow: INQUIRY }), plan([ID, BILL], { flow: INQUIRY, round: 1 })],
  },
  'Persona, a transaction that is declined for a check': {
    provider: PROVIDERS.persona,
    open: personaDesk('reject=id_expired_detection.no_expiration_date'),
    rounds: [plan([ID, BILL], { flow: TRANSACTION })],
  },
  'Personr, a retake': {
    provider: PROVIDERS.personr,
    open: () =>
      providerContext({
        http: practice.http,
        baseUrl: practice.server.personrBaseUrl,
        credential: DEFAULT_CREDENTIALS.personrUsers[0],
        settings: { workspace: 'Training' },
        subject: SUBJECT,
        pages: PAGES,
      }),
    rounds: engineRounds,
  },
  'Personr, a company': {
    provider: PROVIDERS.personr,
    open: () =>
      providerContext({
        http: practice.http,
        baseUrl: practice.server.personrBaseUrl,
        credential: DEFAULT_CREDENTIALS.personrUsers[0],
        subject: { ...SUBJECT, companyName: 'Specimen Ltd', registrationNumber: '12 345' },
        pages: PAGES,
      }),
    rounds: [
      plan(
        [
          {
            ...BILL,
            documentType: 'company_document',
            providerType: 'Certificate of incorporation',
            pages: BILL.pages.map((page) => ({ ...page, pageId: 'extract' })),
          },
        ],
        { flow: COMPANY },
      ),
    ],
  },
  'Sumsub, a retake': {
    provider: PROVIDERS.sumsub,
    open: () =>
      providerContext({
        http: practice.http,
        baseUrl: practice.server.sumsubBaseUrl,
        credential: DEFAULT_CREDENTIALS.sumsubTokens[0],
        subject: SUBJECT,
        pages: PAGES,
      }),
    rounds: engineRounds,
  },
};

/** The steps and decisions of a journey, without the ids that differ from run to run. */
async function travelled({ provider, rounds }: Journey, context: TestContext): Promise<unknown> {
  const told: unknown[] = [];
  const done = [];
  for (const input of rounds) {
    const road = await practice.run(provider, input, context, [...done]);
    told.push(road.kinds, road.progress);
    done.push(...road.done);
  }
  return told;
}

describe.each(Object.entries(JOURNEYS))('%s', (_name, journey) => {
  it('comes to the same end, however its answers are written', async () => {
    await practice.start();
    const plain = journey.open();
    const plainly = await travelled(journey, plain);
    let { clock } = plain;
    for (const [name, change] of REWRITINGS) {
      await callAdmin(practice, 'POST', '/reset');
      const context = journey.open();
      context.advance(clock.now() - context.clock.now());
      ({ clock } = context);
      const end = await travelled(journey, hearing(context, change)).catch(String);
      expect.soft({ [name]: end }).toEqual({ [name]: plainly });
    }
  });
});

describe('a number that comes as a text', () => {
  it.each([
    ['a status of Personr', personr.readFailure(200, { statusCode: '404', message: 'gone' })?.status, 404],
    ['a date of Personr', personr.readStatus(REVIEWED)?.reviewedAtMs, 1_709_000_000_000],
    ['the life of a token', personr.readToken({ token: 't', expires: '60' })?.expiresInMs, 60_000],
    ['an error number of Sumsub', sumsub.readFailure({ code: '409', errorCode: '1000' })?.errorCode, 1000],
    ['a start of Sumsub', sumsub.isStarted({ ok: '1' }), true],
    ['a start that was none', sumsub.isStarted({ ok: '0' }), false],
  ])('%s', (_what, read, expected) => {
    expect(read).toBe(expected);
  });
});
