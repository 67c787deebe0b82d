import { describe, expect, it } from 'vitest';
import { PROVIDERS, type Outcome } from '../../../main/providers/index.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { BILL, callApi, ID, openDesk, photo, runSteps, stepsOf } from '../../support/persona-inquiry.ts';
import { operation, type TestContext } from '../../support/provider-context.ts';
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

describe('the submit of a document whose inquiry has expired meanwhile', () => {
  it.each(['accepted', '409', '422'])(
    'opens the inquiry again, and only then submits (a closed one: %s)',
    async (mode) => {
      await practice.start({ 'persona.submitInClosedInquiry': mode });
      const context = openDesk(practice, GOOD);
      const { creates, submits } = stepsOf([ID, BILL]);
      const done = await runSteps(context, creates);
      pass(context, 25 * HOUR);
      expect(await statusOf(done)).toBe('expired');
      for (const [index, { kind, payload }] of submits.entries()) {
        const submit = operation(kind, payload, { idempotencyKey: `submit ${index}`, needed: done });
        expect(brief(await persona.perform(submit, context))).toEqual(['done', 'persona.submitted']);
        expect(await statusOf(done)).toBe('pending');
      }
    },
  );

  it.each(['409', '422'])('after an hour or less only the refusal (%s) tells, and it goes again', async (mode) => {
    await practice.start({ 'persona.submitInClosedInquiry': mode });
    const context = openDesk(practice, GOOD);
    const { creates, submits } = stepsOf([ID]);
    const done = await runSteps(context, creates);
    await callApi(practice, 'POST', `/inquiries/${inquiryId(done)}/expire`);
    const [planned] = submits;
    if (planned === undefined) throw new Error('no submit');
    const submit = operation(planned.kind, planned.payload, { needed: done });
    const refused = await persona.perform(submit, context);
    expect(refused).toMatchObject({ kind: 'retry', freshKey: true, afterMs: 0 });
    expect(brief(refused)).toEqual(['retry', 'persona.inquiryResumed']);
    const again = await persona.perform({ ...submit, idempotencyKey: 'fresh', attempt: 2, lastStatus: 200 }, context);
    expect(brief(again)).toEqual(['done', 'persona.submitted']);
  });

  it.each([
    ['approve', 'persona.inquiryClosed'],
    ['decline', 'persona.inquiryClosed'],
  ])('one that somebody has ended (%s) comes to a person', async (action, code) => {
    await practice.start();
    const context = openDesk(practice, GOOD);
    const { creates, submits } = stepsOf([ID]);
    const done = await runSteps(context, creates);
    pass(context, 2 * HOUR);
    await callApi(practice, 'POST', `/inquiries/${inquiryId(done)}/${action}`);
    const [planned] = submits;
    if (planned === undefined) throw new Error('no submit');
    const submit = operation(planned.kind, planned.payload, { needed: done });
    expect(brief(await persona.perform(submit, context))).toEqual(['attention', code]);
  });

  it('one that stays expired comes to a person instead of being opened again without end', async () => {
    await practice.start();
    const context = openDesk(practice, GOOD);
    const { creates, submits } = stepsOf([ID]);
    const done = await runSteps(context, creates);
    pass(context, 25 * HOUR);
    const faults = [{ method: 'POST', path: '/resume', times: 9, action: { kind: 'status', status: 409 } }];
    const { origin, adminToken } = practice.server;
    const set = await fetch(`${origin}/practice/faults`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ faults }),
    });
    expect(set.ok).toBe(true);
    const [planned] = submits;
    if (planned === undefined) throw new Error('no submit');
    const submit = operation(planned.kind, planned.payload, { needed: done });
    expect(brief(await persona.perform(submit, context))).toEqual(['attention', 'persona.inquiryNotResumed']);
  });
});
