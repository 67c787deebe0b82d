import { describe, expect, it } from 'vitest';
import { allowedActions, performOnAll, selectionActions } from '../../../../renderer/features/submissions/actions.ts';
import { Cause, isHoldAllowed, isVoidAllowed, SubmissionState } from '../../../../shared/domain/index.ts';
import { submissionRow } from './rows.ts';

describe('what one submission allows', () => {
  it('a voided one allows nothing', () => {
    for (const state of SubmissionState.options) {
      expect([...allowedActions({ state, beside: ['voided'], cause: null })]).toEqual([]);
    }
  });

  it('a held one is taken off hold, taken back or voided, never released or sent', () => {
    expect([...allowedActions({ state: 'ready', beside: ['held'], cause: null })].sort()).toEqual(['resume', 'void']);
    // Taken off hold first, it would be on its way before anybody could take it back.
    expect([...allowedActions({ state: 'released', beside: ['held'], cause: null })].sort()).toEqual([
      'resume',
      'takeBack',
      'void',
    ]);
  });

  it('a decision is final', () => {
    expect(allowedActions({ state: 'accepted', beside: [], cause: null }).size).toBe(0);
    expect(allowedActions({ state: 'rejected', beside: [], cause: null }).size).toBe(0);
  });

  it('only a ready one is released', () => {
    const releasable = SubmissionState.options.filter((state) =>
      allowedActions({ state, beside: [], cause: null }).has('release'),
    );
    expect(releasable).toEqual(['ready']);
  });

  it('what is not wholly sent is taken back to be corrected', () => {
    const states = SubmissionState.options.filter((state) =>
      allowedActions({ state, beside: [], cause: null }).has('takeBack'),
    );
    expect(states).toEqual(['released', 'sending']);
  });

  it.each(SubmissionState.options)('offers hold and void exactly where the ladder has them: %s', (state) => {
    for (const cause of [null, ...Cause.options]) {
      const allowed = allowedActions({ state, beside: [], cause });
      expect(allowed.has('void')).toBe(isVoidAllowed(state, cause));
      expect(allowed.has('hold')).toBe(isHoldAllowed(state));
    }
  });
});

describe('what a selection allows', () => {
  it('only what every chosen row allows, in the order of the bar', () => {
    const rows = [submissionRow({ id: 'a', state: 'released' }), submissionRow({ id: 'b', state: 'sending' })];
    expect(selectionActions(rows)).toEqual(['tryNow', 'takeBack', 'hold', 'void']);
    expect(selectionActions([...rows, submissionRow({ id: 'c', state: 'ready' })])).toEqual(['hold', 'void']);
  });

  it('nothing when one chosen row allows nothing, and nothing for no rows', () => {
    expect(selectionActions([submissionRow({ id: 'a' }), submissionRow({ id: 'b', state: 'accepted' })])).toEqual([]);
    expect(selectionActions([])).toEqual([]);
  });

  it('never overrides from the table, where what is overridden is out of sight', () => {
    expect(selectionActions([submissionRow({ id: 'a', state: 'draft' })])).not.toContain('override');
  });
});

describe('an action on many', () => {
  it('goes on after a refusal and names which were refused', async () => {
    const seen: number[] = [];
    const outcome = await performOnAll(
      ['a', 'b', 'c'],
      (id) => (id === 'b' ? Promise.reject(new Error('refused')) : Promise.resolve()),
      (finished) => seen.push(finished),
      new AbortController().signal,
    );
    expect(outcome.done).toBe(2);
    expect(outcome.failures.map((failure) => failure.submissionId)).toEqual(['b']);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('stops before the next one when it is cancelled', async () => {
    const controller = new AbortController();
    const performed: string[] = [];
    const outcome = await performOnAll(
      ['a', 'b', 'c'],
      (id) => {
        performed.push(id);
        controller.abort();
        return Promise.resolve();
      },
      () => undefined,
      controller.signal,
    );
    expect(performed).toEqual(['a']);
    expect(outcome.wasCancelled).toBe(true);
  });
});
