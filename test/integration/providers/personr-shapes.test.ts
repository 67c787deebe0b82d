import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import type { Evidence, OperationToPerform, Outcome } from '../../../main/providers/index.ts';
import { Cause } from '../../../shared/domain/index.ts';
import { en } from '../../../shared/messages/index.ts';
import { de } from '../../../shared/messages/de/index.ts';
import { COMPANY, OPERATIONS, PERSON, usePersonr } from './personr-bench.ts';

/** Trap 27: every success envelope and every error shape, for every call. */

const { personr } = PROVIDERS;
const bench = usePersonr();

/** What each call's success has inside. */
const SUCCESS: Readonly<Record<keyof typeof OPERATIONS, Record<string, unknown>>> = {
  create: { applicantId: PERSON },
  upload: { applicantId: PERSON, errors: [], warnings: [] },
  start: { response: 'success' },
  follow: { applicantStatus: 'Pending' },
  entity: { applicantId: COMPANY },
  entityUpload: { applicantId: COMPANY, documentSubType: 'x' },
  owner: { applicantId: COMPANY, ubos: [{ applicantId: PERSON }], errors: [] },
  entityStart: { response: 'success' },
  entityFollow: { applicantStatus: 'Pending' },
};
const CALLS = Object.entries(OPERATIONS);
const isStart = (name: string) => name === 'start' || name === 'entityStart';
const successOf = (name: string): Record<string, unknown> =>
  Object.entries(SUCCESS).find(([call]) => call === name)?.[1] ?? {};

describe('success', () => {
  const envelopes = CALLS.flatMap(([name, operation]): [string, OperationToPerform, unknown][] => {
    const inside = successOf(name);
    if (isStart(name)) {
      return [
        [`${name}, without a status`, operation, inside],
        [`${name}, in the envelope`, operation, { status: 'success', response: {} }],
        [`${name}, with more than is known`, operation, { ...inside, queue: 7 }],
      ];
    }
    return [
      [`${name}, in the envelope`, operation, { status: 'success', response: inside }],
      [`${name}, in an envelope without a status`, operation, { response: inside }],
      [`${name}, flat`, operation, inside],
      [`${name}, flat, with a status beside it`, operation, { status: 'success', ...inside }],
      [`${name}, with more than is known`, operation, { ...inside, addedLater: { a: [1] } }],
    ];
  });

  it.each(envelopes)('%s', async (_name, operation, body) => {
    bench.answer(body);
    expect((await personr.perform(operation, bench.context())).kind).toMatch(/^(done|again)$/);
  });
});

/** The three documented or inferred shapes of an error. */
const SHAPES: readonly ((status: number, code: string, message: string) => unknown)[] = [
  (statusCode, code, message) => ({ statusCode, message: `${code} ${message}` }),
  (statusCode, status, message) => ({ statusCode, body: { status, message } }),
  (_status, status, message) => ({ status, message }),
];

/** One of each kind of thing that Personr may say, as far as anything is known about it. */
const SAID = [
  [400, 'MISSING_DATA', 'Missing parameter for workflow x: parameter y'],
  [400, 'INVALID_DATA', 'Invalid value for parameter email'],
  [400, 'INVALID_DATA', 'Invalid value for parameter companyName'],
  [400, 'NOT_RUN', 'The workflow’s condition is not met'],
  [400, 'NOT_RUN', 'The applicant does not exist.'],
  [400, 'NOT_RUN', 'The applicant has no attempts left.'],
  [400, 'ERROR', 'Cannot read docSets - invalid docType provided.'],
  [400, 'ERROR', 'flowName does not match'],
  [400, 'ERROR', 'corrupted-file'],
  [400, 'ERROR', 'something nobody has seen'],
  [401, 'NOT_AUTHORIZED', 'Unauthorized'],
  [403, 'FORBIDDEN', 'not allowed'],
  [404, 'NOT_FOUND', 'Workflow not found: x'],
  [404, 'NOT_FOUND', 'The entity does not exist.'],
  [409, 'CONFLICT', 'duplicate-document'],
  [409, 'CONFLICT', 'applicant-with-final-reject'],
  [409, 'CONFLICT', 'busy'],
  [413, 'TOO_LARGE', 'too large'],
  [418, 'TEAPOT', 'a status nobody has seen'],
  [429, 'TOO_MANY', 'Too many requests'],
  [500, 'ERROR', 'internal'],
  [503, 'UNAVAILABLE', 'later'],
] as const;

/** What a clerk is shown has a sentence in both languages, with something for each of its gaps. */
function hasWords({ message }: Evidence): boolean {
  return [en[message.code], de[message.code]].every((words) => {
    const gaps = [...(words ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, gap]) => gap ?? '');
    return words !== undefined && gaps.every((gap) => message.params?.[gap] !== undefined);
  });
}

/** What is wrong with how an error was taken; empty: nothing. */
function wrongIn(outcome: Outcome, { kind }: OperationToPerform, status: number, text: string): string[] {
  const { evidence } = outcome;
  // Only a write is in doubt, and only after an outage: whatever the provider refused did not happen.
  const isInDoubt = status >= 500 && !kind.endsWith('.follow');
  return [
    ...(/^(attention|pause|rate_limited|retry|unknown)$/.test(outcome.kind) ? [] : [`it counts as ${outcome.kind}`]),
    ...('cause' in outcome && !Cause.options.includes(outcome.cause) ? ['none of the five causes'] : []),
    ...((outcome.kind === 'unknown') === isInDoubt ? [] : ['what is in doubt is told wrongly']),
    ...(JSON.stringify(outcome).includes(text) ? ['what the provider said is quoted'] : []),
    ...(hasWords(evidence) ? [] : [`no words for ${evidence.message.code}`]),
  ];
}

/** Performs an operation that is answered so; a refused token is renewed once, and refused again. */
async function answered(operation: OperationToPerform, status: number, http: number, body: unknown): Promise<Outcome> {
  const answer = { do: 'answer', status: http, body } as const;
  const minted = { do: 'answer', status: 200, body: { response: { token: 'next' } } } as const;
  bench.server.script(...(status === 401 ? [answer, minted, answer] : [answer]));
  return personr.perform(operation, bench.context());
}

describe.each(CALLS)('an error of %s', (_name, operation) => {
  it.each(SAID)(
    '%i %s %s: the same in every form, in words, with one of the five causes',
    async (status, code, text) => {
      const outcomes: Outcome[] = [];
      for (const shape of SHAPES) outcomes.push(await answered(operation, status, status, shape(status, code, text)));
      // The status may stand in the body alone; the last form has none, and counts as 400.
      for (const shape of status === 400 ? SHAPES : SHAPES.slice(0, 2)) {
        outcomes.push(await answered(operation, status, 200, shape(status, code, text)));
      }
      const [first] = outcomes;
      expect(outcomes).toEqual(outcomes.map(() => first));
      expect(outcomes.flatMap((outcome) => wrongIn(outcome, operation, status, text))).toEqual([]);
    },
  );

  it.each<[string, number, unknown]>([
    ['null', 200, null],
    ['a list', 200, []],
    ['a number', 200, 7],
    ['an empty object', 200, {}],
    ['half JSON', 200, '{"status":"suc'],
    ['nothing at all', 200, ''],
    ['a page', 200, '<html>sign in</html>'],
    ['a page of an outage', 502, '<html>bad gateway</html>'],
    ['an empty refusal', 400, ''],
    ['a refusal of another form', 400, { errors: [{ title: 'x' }] }],
  ])('%s does not count as done', async (_what, status, body) => {
    const outcome = await answered(operation, status, status, body);
    expect(outcome.kind).toMatch(/^(attention|pause|retry|unknown)$/);
    expect(hasWords(outcome.evidence)).toBe(true);
  });
});

describe('success about nothing', () => {
  // A start is answered without an id: the word success is all there is.
  it.each(CALLS.filter(([name]) => !isStart(name)))('of %s does not count as done', async (_name, operation) => {
    for (const body of [
      { status: 'success' },
      { status: 'success', response: null },
      { status: 'success', response: {} },
    ]) {
      expect((await answered(operation, 200, 200, body)).kind).toMatch(/^(attention|retry|unknown)$/);
    }
  });

  it.each(CALLS.filter(([, { kind }]) => /upload|owner/.test(kind)))(
    'of %s about another customer stops everything',
    async (_name, operation) => {
      const outcome = await answered(operation, 200, 200, { applicantId: '9x9', errors: [] });
      expect(outcome).toMatchObject({ kind: 'attention', cause: 'call_it' });
    },
  );
});
