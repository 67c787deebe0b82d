import { describe, expect, it } from 'vitest';
import { PROVIDERS, type Outcome, type PlanDocument } from '../../../main/providers/index.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { BILL, ID, openDesk, photo, runSteps, stepsOf } from '../../support/persona-inquiry.ts';
import { operation, type TestContext } from '../../support/provider-context.ts';
import { callAdmin, callApi } from '../../support/practice-calls.ts';
import { jpeg, type Done } from '../../support/provider-run.ts';
import { at } from '../practice/bench.ts';

/** Inquiries that expire (24 hours is documented) while the desk is not done, or Persona is not. */

const { persona } = PROVIDERS;
const HOUR = 3_600_000;

const practice = useDatedPractice('expired');
const GOOD = { front: photo('accept', 'f'), back: photo('accept', 'b'), bill: jpeg('accept', 'bill') };

/** The desk's clock and Persona's. */
function pass(context: TestContext, ms: number): void {
  context.advance(ms);
  practice.passed(ms);
}

function inquiryId(done: readonly Done[]): string {
  const found = done.find(({ kind }) => kind === 'persona.inquiry.create');
  return String(at(found?.result, 'inquiryId'));
}

async function statusOf(done: readonly Done[]): Promise<unknown> {
  return at(await callApi(practice, 'GET', `/inquiries/${inquiryId(done)}`), 'data', 'attributes', 'status');
}

const brief = (outcome: Outcome): unknown[] => [outcome.kind, outcome.evidence.message.code];

/** An inquiry whose documents are there, none of them submitted; `submits` come next, `first` of them first. */
async function unsubmitted(documents: PlanDocument[], switches: Record<string, string> = {}) {
  await practice.start(switches);
  const context = openDesk(practice, GOOD);
  const { creates, submits: planned } = stepsOf(documents);
  const done = await runSteps(context, creates);
  const submits = planned.map(({ kind, payload }, index) =>
    operation(kind, payload, { idempotencyKey: `submit ${index}`, needed: done }),
  );
  const [first] = submits;
  if (first === undefined) throw new Error('no submit');
  return { context, done, submits, first };
}

describe('the submit of a document whose inquiry has expired meanwhile', () => {
  it.each(['accepted', '409', '422'])(
    'opens the inquiry again, and only then submits (a closed one: %s)',
    async (mode) => {
      const { context, done, submits } = await unsubmitted([ID, BILL], { 'persona.submitInClosedInquiry': mode });
      pass(context, 25 * HOUR);
      expect(await statusOf(done)).toBe('expired');
      for (const submit of submits) {
        expect(brief(await persona.perform(submit, context))).toEqual(['done', 'persona.submitted']);
        expect(await statusOf(done)).toBe('pending');
      }
    },
  );

  it.each(['409', '422'])('after an hour or less only the refusal (%s) tells, and it goes again', async (mode) => {
    const { context, done, first } = await unsubmitted([ID], { 'persona.submitInClosedInquiry': mode });
    await callApi(practice, 'POST', `/inquiries/${inquiryId(done)}/expire`);
    const refused = await persona.perform(first, context);
    expect(refused).toMatchObject({ kind: 'retry', freshKey: true, afterMs: 0 });
    expect(brief(refused)).toEqual(['retry', 'persona.inquiryResumed']);
    const again = await persona.perform({ ...first, idempotencyKey: 'fresh', attempt: 2, lastStatus: 200 }, context);
    expect(brief(again)).toEqual(['done', 'persona.submitted']);
  });

  it('every time that it expires again: each opening has a key of its own', async () => {
    const { context, done, submits } = await unsubmitted([ID, BILL]);
    const [submit] = submits;
    if (submit === undefined) throw new Error('no submit');
    const keys: unknown[] = [];
    const send: typeof context.http.send = (request) => {
      if (request.url.endsWith('/resume')) keys.push(request.headers['idempotency-key']);
      return context.http.send(request);
    };
    const watching = { ...context, http: { send } };
    pass(context, 25 * HOUR);
    await callAdmin(practice, 'POST', '/faults', {
      faults: [{ method: 'POST', path: '/submit', action: { kind: 'status', status: 503 } }],
    });
    expect((await persona.perform(submit, watching)).kind).toBe('unknown');
    expect(await statusOf(done)).toBe('pending');
    pass(context, 25 * HOUR);
    expect(await statusOf(done)).toBe('expired');
    expect(brief(await persona.perform(submit, watching))).toEqual(['done', 'persona.submitted']);
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ['approve', 'persona.inquiryClosed'],
    ['decline', 'persona.inquiryClosed'],
  ])('one that somebody has ended (%s) comes to a person', async (action, code) => {
    const { context, done, first } = await unsubmitted([ID]);
    pass(context, 2 * HOUR);
    await callApi(practice, 'POST', `/inquiries/${inquiryId(done)}/${action}`);
    expect(brief(await persona.perform(first, context))).toEqual(['attention', code]);
  });

  it('one that stays expired comes to a person instead of being opened again without end', async () => {
    const { context, first } = await unsubmitted([ID]);
    pass(context, 25 * HOUR);
    const faults = [{ method: 'POST', path: '/resume', times: 9, action: { kind: 'status', status: 409 } }];
    await callAdmin(practice, 'POST', '/faults', { faults });
    expect(brief(await persona.perform(first, context))).toEqual(['attention', 'persona.inquiryNotResumed']);
  });
});

/** All submitted; the template neither decides nor ends. */
async function undecided() {
  await practice.start({ 'persona.inquiryWithoutMarker': 'pending' });
  const context = openDesk(practice, {
    ...GOOD,
    front: photo('', 'f'),
    back: photo('', 'b'),
    bill: jpeg('', 'bill'),
  });
  const { creates, submits, follow } = stepsOf([ID, BILL]);
  const done = await runSteps(context, [...creates, ...submits]);
  return {
    context,
    done,
    follow: operation(follow.kind, follow.payload, { needed: done, firstAttemptAt: context.clock.now() }),
  };
}

describe('an inquiry that expires with everything in it', () => {
  it('may be decided for another day, then a person is asked; once it is decided, that counts', async () => {
    const { context, done, follow } = await undecided();
    pass(context, 23 * HOUR);
    expect(brief(await persona.perform(follow, context))).toEqual(['again', 'persona.inReview']);
    pass(context, 2 * HOUR);
    expect(brief(await persona.perform(follow, context))).toEqual(['again', 'persona.inquiryExpired']);
    pass(context, 22 * HOUR);
    expect(brief(await persona.perform(follow, context))).toEqual(['again', 'persona.inquiryExpired']);
    pass(context, 2 * HOUR);
    expect(await persona.perform(follow, context)).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      evidence: { message: { code: 'persona.inquiryUndecided' } },
    });
    expect(await statusOf(done)).toBe('expired');
    await callApi(practice, 'POST', `/inquiries/${inquiryId(done)}/approve`);
    expect(await persona.perform(follow, context)).toMatchObject({ kind: 'done', progress: { state: 'accepted' } });
  });

  it('is counted from the last submit where Persona does not say when it expired', async () => {
    const { context, follow } = await undecided();
    const withoutDate: TestContext = {
      ...context,
      http: {
        send: async (request) => {
          const response = await practice.http.send(request);
          const body = Buffer.from(response.body)
            .toString()
            .replace(/"expired-at":"[^"]*",/, '');
          return { ...response, body: Buffer.from(body) };
        },
      },
    };
    pass(context, 47 * HOUR);
    expect(brief(await persona.perform(follow, withoutDate))).toEqual(['again', 'persona.inquiryExpired']);
    pass(context, 2 * HOUR);
    expect(brief(await persona.perform(follow, withoutDate))).toEqual(['attention', 'persona.inquiryUndecided']);
  });
});
