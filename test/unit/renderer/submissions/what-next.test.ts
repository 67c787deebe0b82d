import { describe, expect, it } from 'vitest';
import { whatNext } from '../../../../renderer/features/submissions/whatNext.ts';
import { SubmissionState } from '../../../../shared/domain/index.ts';
import { submissions } from '../../../../renderer/i18n/en/submissions.ts';
import { submissionRow } from './rows.ts';

describe('what happens next', () => {
  it('has a sentence for every state, with and without a time', () => {
    const known = new Set(Object.keys(submissions).map((key) => key.replace(/_(one|other)$/, '')));
    for (const state of SubmissionState.options) {
      for (const nextEventAt of [null, 5_000]) {
        const next = whatNext(submissionRow({ id: 'a', state, nextEventAt }));
        expect(known).toContain(next.key);
      }
    }
  });

  it('promises no time to what is held, voided or decided, even when main still knows one', () => {
    expect(
      whatNext(submissionRow({ id: 'a', state: 'sending', beside: ['held'], nextEventAt: 5_000 })).atMs,
    ).toBeNull();
    expect(
      whatNext(submissionRow({ id: 'a', state: 'sending', beside: ['voided'], nextEventAt: 5_000 })).atMs,
    ).toBeNull();
    expect(whatNext(submissionRow({ id: 'a', state: 'accepted', nextEventAt: 5_000 })).atMs).toBeNull();
  });

  it('asks a person only where waiting does not help', () => {
    const waiting = submissionRow({ id: 'a', state: 'sending', beside: ['attention'], cause: 'wait', nextEventAt: 9 });
    expect(whatNext(waiting)).toMatchObject({ key: 'submissions.next.tryAt', atMs: 9 });
    expect(whatNext({ ...waiting, cause: 'sign_in' }).key).toBe('submissions.next.attention');
  });

  it('does not promise that it goes by itself while its connection is stopped', () => {
    const stopped = submissionRow({ id: 'a', state: 'released', cause: 'sign_in', nextEventAt: 9 });
    expect(whatNext(stopped)).toMatchObject({ key: 'submissions.next.connection', atMs: null });
    expect(whatNext({ ...stopped, cause: 'wait' })).toMatchObject({ key: 'submissions.next.sendAt', atMs: 9 });
  });

  it('counts the slots that are still missing', () => {
    const next = whatNext(submissionRow({ id: 'a', state: 'draft', filledSlots: 1, requiredSlots: 3 }));
    expect(next).toMatchObject({ key: 'submissions.next.fill', params: { count: 2 } });
  });
});
