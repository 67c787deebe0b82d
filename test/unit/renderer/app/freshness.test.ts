import { describe, expect, it } from 'vitest';
import { isOutdatedBy, mergeChanges } from '../../../../renderer/ipc/freshness.ts';

const one = { submissionIds: ['a'], batchIds: [] };
const anything = { submissionIds: [], batchIds: [] };

describe('isOutdatedBy', () => {
  it('asks again for lists and for the submissions that are named', () => {
    expect(isOutdatedBy(['submission.list', {}], one)).toBe(true);
    expect(isOutdatedBy(['submission.get', { submissionId: 'a' }], one)).toBe(true);
    expect(isOutdatedBy(['submission.get', { submissionId: 'b' }], one)).toBe(false);
    expect(isOutdatedBy(['stack.get', { submissionId: 'a' }], one)).toBe(true);
    expect(isOutdatedBy(['stack.get', { submissionId: 'b' }], one)).toBe(false);
  });

  it('asks again for every submission when anything may have changed', () => {
    expect(isOutdatedBy(['submission.get', { submissionId: 'b' }], anything)).toBe(true);
  });

  it('leaves alone what no work changes', () => {
    expect(isOutdatedBy(['settings.get', {}], anything)).toBe(false);
    expect(isOutdatedBy(['app.about', {}], anything)).toBe(false);
  });
});

describe('mergeChanges', () => {
  it('keeps every id once, and lets "anything" win', () => {
    expect(mergeChanges(one, { submissionIds: ['a', 'b'], batchIds: ['x'] })).toEqual({
      submissionIds: ['a', 'b'],
      batchIds: ['x'],
    });
    expect(mergeChanges(one, anything).submissionIds).toEqual([]);
    expect(mergeChanges(null, one)).toEqual(one);
  });
});
