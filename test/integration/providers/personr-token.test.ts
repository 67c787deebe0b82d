import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { CREDENTIAL, OPERATIONS, PERSON, brief, usePersonr } from './personr-bench.ts';

const { personr } = PROVIDERS;
const bench = usePersonr();

const ok = { do: 'answer', status: 200, body: { applicantId: PERSON } } as const;
const refused = { do: 'answer', status: 401, body: { statusCode: 401, message: 'Unauthorized' } } as const;
const minted = {
  do: 'answer',
  status: 200,
  body: { status: 'success', response: { token: 'bus|9|9', user_id: 'u', expires: 31_536_000 } },
} as const;
const noWorkflow = {
  do: 'answer',
  status: 404,
  body: { statusCode: 404, body: { status: 'NOT_FOUND', message: 'Workflow not found' } },
} as const;
const noFields = {
  do: 'answer',
  status: 400,
  body: {
    statusCode: 400,
    body: { status: 'MISSING_DATA', message: 'Missing parameter for workflow x: parameter email' },
  },
} as const;
const create = (token?: string) => {
  const given = bench.context(token === undefined ? {} : { token });
  return { given, outcome: personr.perform(OPERATIONS.create, given) };
};

describe('the two ways to a token', () => {
  it('the second is taken when Personr says that there is no first, as a form', async () => {
    bench.server.script(refused, noWorkflow, minted, ok);
    expect((await create().outcome).kind).toBe('done');
    expect(bench.paths().slice(1)).toEqual(['/api-basic-auth', '/api-token-generate', '/api-applicant-create']);
    expect(await bench.fieldsOf(2)).toEqual(CREDENTIAL);
    expect(bench.server.seen[2]?.headers['content-type']).toMatch(/^multipart\/form-data/);
    expect(bench.server.seen[2]?.headers['authorization']).toBeUndefined();
    expect(bench.server.seen[3]?.headers['authorization']).toBe('Bearer bus|9|9');
  });

  it('and as the JSON of Personr’s own connector when the form was not understood', async () => {
    bench.server.script(refused, noWorkflow, noFields, minted, ok);
    expect((await create().outcome).kind).toBe('done');
    expect(bench.server.seen[3]?.headers['content-type']).toBe('application/json');
    expect(await bench.fieldsOf(3)).toEqual(CREDENTIAL);
  });

  it.each([
    ['a refused password', refused, { kind: 'pause', cause: 'sign_in', code: 'personr.signInRefused' }],
    [
      'a token that was made but cannot be read: it may be a token, and the next way would end it',
      { do: 'answer', status: 200, body: { status: 'success', response: {} } } as const,
      { kind: 'retry', code: 'personr.answerUnreadable' },
    ],
    [
      'a page of somebody in between',
      { do: 'answer', status: 404, body: '<html>' } as const,
      { kind: 'pause', cause: 'call_it', code: 'personr.wrongAddress' },
    ],
    ['a lost answer', { do: 'reset_after_request' } as const, { kind: 'retry', code: 'network.reset' }],
  ])('trap 30: no other way is tried after %s', async (_name, step, expected) => {
    bench.server.script(refused, step);
    const { given, outcome } = create();
    expect(brief(await outcome)).toMatchObject(expected);
    expect(bench.paths()).toHaveLength(2);
    expect(given.counts.mints).toBe(1);
  });

  it('when none of them is there, the address is wrong; when none understands, Personr has changed', async () => {
    bench.server.script(refused, noWorkflow, noWorkflow, noWorkflow);
    expect(brief(await create().outcome)).toMatchObject({ cause: 'call_it', code: 'personr.wrongAddress' });
    bench.server.script(refused, noWorkflow, noFields, noFields);
    expect(brief(await create().outcome)).toMatchObject({ cause: 'call_it', code: 'personr.parameterMissing' });
  });
});

describe('a token at its end', () => {
  it('a year after it was made is made anew before the call, and the old one is not sent', async () => {
    bench.server.script(minted, ok);
    const given = bench.context();
    given.advance(3_600_000);
    expect((await personr.perform(OPERATIONS.create, given)).kind).toBe('done');
    expect(bench.paths()).toEqual(['/api-basic-auth', '/api-applicant-create']);
    expect(bench.server.seen[1]?.headers['authorization']).toBe('Bearer bus|9|9');
  });

  it('trap 31: neither password nor token is in any outcome', async () => {
    bench.server.script(refused, noWorkflow, noFields, refused);
    const text = JSON.stringify(await create().outcome);
    expect(text).not.toMatch(/ss"|desk@|bus\|/);
  });
});
