import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import type { Evidence, OperationToPerform } from '../../../main/providers/index.ts';
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

/** The three documented or inferred shapes of an error, and one without a word. */
const SHAPES = {
  '{statusCode, message}': (status: number, code: string, message: string) => ({
    statusCode: status,
    message: `${code} ${message}`,
  }),
  '{statusCode, body}': (status: number, code: string, message: string) => ({
    statusCode: status,
    body: { status: code, message },
  }),
  '{status, message}': (_status: number, code: string, message: string) => ({ status: code, message }),
} as const;

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

/** What a clerk is shown: a sentence in both languages whose gaps are filled. */
function expectSentence({ message }: Evidence): void {
  for (const words of [en[message.code], de[message.code]]) {
    expect(words, message.code).toBeTypeOf('string');
    const gaps = [...(words ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, gap]) => gap);
    expect(Object.keys(message.params ?? {})).toEqual(expect.arrayContaining(gaps));
  }
}

describe.each(CALLS)('an error of %s', (_name, operation) => {
  it.each(Object.keys(SHAPES))(
    'in the form %s is never a success, and ends in words with one of the five causes',
    async (name) => {
      const shape = Object.entries(SHAPES).find(([known]) => known === name)?.[1] ?? SHAPES['{statusCode, message}'];
      for (const [status, code, text] of SAID) {
        // The status may stand in HTTP, or only in the body; the third shape has none of its own.
        const https = name === '{status, message}' ? [status] : [status, 200];
        for (const http of https) {
          const answer = { do: 'answer', status: http, body: shape(status, code, text) } as const;
          const minted = { do: 'answer', status: 200, body: { response: { token: 'next' } } } as const;
          bench.server.script(...(status === 401 ? [answer, minted, answer] : [answer]));
          const outcome = await personr.perform(operation, bench.context());
          const what = `${status} ${text} as HTTP ${http}`;
          expect(outcome.kind, what).toMatch(/^(attention|pause|rate_limited|retry|unknown)$/);
          if ('cause' in outcome) expect(Cause.options, what).toContain(outcome.cause);
          // A write that the provider answered with a refusal is not in doubt; only an outage is.
          if (outcome.kind === 'unknown') expect(status, what).toBeGreaterThanOrEqual(500);
          expect(JSON.stringify(outcome), what).not.toContain(text);
          expectSentence(outcome.evidence);
        }
      }
    },
  );

  it.each<[string, number, unknown]>([
    ['null', 200, null],
    ['a list', 200, []],
    ['a number', 200, 7],
    ['an empty object', 200, {}],
    ['success about nothing', 200, { status: 'success' }],
    ['null inside the envelope', 200, { status: 'success', response: null }],
    ['another customer’s record', 200, { applicantId: '9x9', errors: [] }],
    ['half JSON', 200, '{"status":"suc'],
    ['nothing at all', 200, ''],
    ['a page', 200, '<html>sign in</html>'],
    ['a page of an outage', 502, '<html>bad gateway</html>'],
    ['an empty refusal', 400, ''],
    ['a refusal of another form', 400, { errors: [{ title: 'x' }] }],
  ])('%s does not count as done', async (what, status, body) => {
    bench.server.script({ do: 'answer', status, body });
    const outcome = await personr.perform(operation, bench.context());
    // A create has no id to compare with: the one that it is given is its own.
    const isOwnId = what === 'another customer’s record' && operation.kind.endsWith('.create');
    // A start is answered without an id: the word success is all there is.
    const isStarted = /success about nothing|null inside/.test(what) && operation.kind.endsWith('.start');
    if (isOwnId || isStarted) return;
    expect(outcome.kind).toMatch(/^(attention|pause|retry|unknown)$/);
    expectSentence(outcome.evidence);
  });
});
