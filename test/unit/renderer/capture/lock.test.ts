import { describe, expect, it } from 'vitest';
import { lockOf, mayTakeBack } from '../../../../renderer/features/capture/lock.ts';
import { SubmissionState, isChangeAllowed, isTakeBackAllowed } from '../../../../shared/domain/index.ts';

describe('whether a customer can still be changed at the desk', () => {
  it.each(SubmissionState.options)('follows the ladder: %s', (state) => {
    const row = { state, beside: [] };
    expect(lockOf(row) === null).toBe(isChangeAllowed(state));
    expect(lockOf(row) === 'onItsWay').toBe(isTakeBackAllowed(state));
    expect(mayTakeBack(row)).toBe(isTakeBackAllowed(state));
  });

  it('says whether the provider is still at it or has decided', () => {
    expect(lockOf({ state: 'in_review', beside: [] })).toBe('withProvider');
    expect(lockOf({ state: 'sent', beside: [] })).toBe('withProvider');
    expect(lockOf({ state: 'accepted', beside: [] })).toBe('decided');
    expect(lockOf({ state: 'rejected', beside: [] })).toBe('decided');
  });

  it('a voided one is never changed and never taken back, a held one is both where its state is', () => {
    expect(lockOf({ state: 'draft', beside: ['voided'] })).toBe('voided');
    expect(lockOf({ state: 'sending', beside: ['voided'] })).toBe('voided');
    expect(mayTakeBack({ state: 'sending', beside: ['voided'] })).toBe(false);
    expect(lockOf({ state: 'draft', beside: ['held'] })).toBeNull();
    expect(mayTakeBack({ state: 'released', beside: ['held'] })).toBe(true);
  });
});
