import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { PERSON as APPLICANT, createdPerson } from './personr-bench.ts';
import { brief } from '../../support/provider-run.ts';
import { follow, rejected, start, status, usePersonrUnderPath } from './personr-steps.ts';

const { personr } = PROVIDERS;
const NOW = Date.UTC(2026, 0, 2);
const [bench, context] = usePersonrUnderPath();

describe('start', () => {
  it.each<[string, unknown]>([
    ['without a status', { response: 'success' }],
    ['in the usual envelope', { status: 'success', response: {} }],
  ])('trap 27: success %s', async (_name, body) => {
    bench.server.script({ do: 'answer', status: 200, body });
    expect(brief(await personr.perform(start(), context()))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT, startedAtMs: NOW },
      code: 'personr.started',
    });
    expect(bench.server.seen[0]?.path).toBe('/api/1.1/wf/api-request-applicant-check');
    expect(await bench.fieldsOf(0)).toEqual({ applicantId: APPLICANT });
  });

  it('an object that says nothing is no success', async () => {
    bench.server.script({ do: 'answer', status: 200, body: {} });
    expect((await personr.perform(start(), context())).kind).toBe('unknown');
  });

  it.each<[string, string, number | null, Record<string, unknown>, string]>([
    ['still Created', 'Created', null, {}, 'did_not_happen'],
    ['Pre-Checked', 'Pre-Checked', null, {}, 'happened'],
    ['Reviewed already, first check', 'Reviewed', 5, {}, 'happened'],
    ['a word nobody knows', 'Queued', null, {}, 'happened'],
    ['second check, Pending', 'Pending', null, { check: 2, previousReviewMs: 5 }, 'happened'],
    ['second check, a newer review', 'Reviewed', 6, { check: 2, previousReviewMs: 5 }, 'happened'],
    ['second check, the review of the first', 'Reviewed', 5, { check: 2, previousReviewMs: 5 }, 'did_not_happen'],
    ['second check, no dates', 'Reviewed', null, { check: 2, previousReviewMs: null }, 'cannot_tell'],
  ])('trap 35: look-up of a lost start: %s', async (_name, applicantStatus, modified, payload, kind) => {
    const result = modified === null ? null : { reviewAnswer: 'Rejected', 'Modified Date': modified };
    bench.server.script({ do: 'answer', status: 200, body: status(applicantStatus, result) });
    expect((await personr.lookUp(start(payload), context())).kind).toBe(kind);
  });
});

describe('look-up of a start whose answer was lost', () => {
  it.each<[string, string, number | null, Record<string, unknown>]>([
    ['Created', 'Created', null, {}],
    ['the review before', 'Reviewed', 5, { check: 2, previousReviewMs: 5 }],
  ])('trap 35: %s may be shown for a while, so it is looked at again before a start is spent', async (...given) => {
    const [, applicantStatus, modified, payload] = given;
    const result = modified === null ? null : { reviewAnswer: 'Rejected', 'Modified Date': modified };
    const at = context();
    const operation = { ...start(payload), committedAt: at.clock.now() - 10_000 };
    bench.server.script({ do: 'answer', status: 200, body: status(applicantStatus, result) });
    expect(await personr.lookUp(operation, at)).toMatchObject({
      kind: 'failed',
      outcome: { kind: 'retry', afterMs: 110_000 },
    });
    at.advance(110_000);
    bench.server.script({ do: 'answer', status: 200, body: status(applicantStatus, result) });
    expect((await personr.lookUp(operation, at)).kind).toBe('did_not_happen');
  });
});

describe('follow', () => {
  it.each<[string, unknown, string]>([
    ['Created', undefined, 'personr.inReview'],
    ['Pre-Checked', null, 'personr.inReview'],
    ['Pending', {}, 'personr.inReview'],
    ['Reviewed', null, 'personr.inReview'],
    ['Reviewed', { reviewAnswer: null, rejectLabels: [] }, 'personr.inReview'],
    ['Reviewed', { reviewAnswer: 'Maybe' }, 'personr.inReview'],
    ['On Hold', undefined, 'personr.onHold'],
    ['onHold', { reviewAnswer: 'Approved' }, 'personr.onHold'],
    ['Something New', undefined, 'personr.statusUnknown'],
  ])('%s with result %j is in review, never success', async (applicantStatus, result, code) => {
    bench.server.script({ do: 'answer', status: 200, body: status(applicantStatus, result) });
    expect(await personr.perform(follow(), context())).toMatchObject({
      kind: 'again',
      progress: { state: 'in_review' },
      evidence: { message: { code } },
    });
  });

  it('a start that only a person confirmed is followed all the same', async () => {
    bench.server.script({ do: 'answer', status: 200, body: status('Pending') });
    const confirmed = { kind: 'personr.check.start', payload: {}, result: { confirmedByPerson: true } };
    const outcome = await personr.perform({ ...follow(), needed: [createdPerson, confirmed] }, context());
    expect(outcome.kind).toBe('again');
  });

  it('Approved accepts', async () => {
    bench.server.script({
      do: 'answer',
      status: 200,
      body: status('Reviewed', { reviewAnswer: 'Approved', rejectLabels: [], 'Modified Date': 1_709_000_000_000 }),
    });
    expect(await personr.perform(follow(), context())).toMatchObject({
      kind: 'done',
      result: { reviewedAtMs: 1_709_000_000_000 },
      progress: { state: 'accepted' },
    });
  });

  it('trap 40: the reject type decides, not the label', async () => {
    bench.server.script(
      { do: 'answer', status: 200, body: rejected(['LOW_QUALITY'], { reviewRejectType: 'FINAL' }) },
      { do: 'answer', status: 200, body: rejected(['FORGERY'], { reviewRejectType: 'RETRY' }) },
    );
    expect(await personr.perform(follow(), context())).toMatchObject({
      progress: { state: 'rejected', message: { code: 'personr.decision.finalPrivate' } },
    });
    expect(await personr.perform(follow(), context())).toMatchObject({
      progress: { state: 'retake', slots: [{ requirementId: 'identity', message: { code: 'personr.label.other' } }] },
    });
  });

  it('trap 40: both spellings of a label name the slots', async () => {
    bench.server.script({
      do: 'answer',
      status: 200,
      body: rejected(['BACK_SIDE_MISSING', 'BAD_SELFIE', 'DOCUMENT_DAMAGED', 'BAD_PROOF_OF_ADDRESS']),
    });
    expect(await personr.perform(follow(), context())).toMatchObject({
      progress: {
        state: 'retake',
        message: { code: 'personr.decision.retake', params: { left: 4 } },
        slots: [
          { requirementId: 'identity', sides: [], message: { code: 'personr.label.BACK_SIDE_MISSING' } },
          { requirementId: 'selfie', sides: [], message: { code: 'personr.label.BAD_SELFIE' } },
          { requirementId: 'address', sides: [], message: { code: 'personr.label.BAD_PROOF_OF_ADDRESS' } },
        ],
      },
    });
  });

  it('without a reject type one usually-final label is final, and an unknown one needs a person', async () => {
    bench.server.script(
      { do: 'answer', status: 200, body: rejected(['LOW_QUALITY', 'SANCTIONS']) },
      { do: 'answer', status: 200, body: rejected(['LOW_QUALITY', 'NEVER_HEARD_OF']) },
      { do: 'answer', status: 200, body: rejected([]) },
    );
    expect(await personr.perform(follow(), context())).toMatchObject({ progress: { state: 'rejected' } });
    const unclear = {
      kind: 'attention',
      cause: 'call_it',
      evidence: { message: { code: 'personr.decision.unclear' } },
    };
    expect(await personr.perform(follow(), context())).toMatchObject(unclear);
    expect(await personr.perform(follow(), context())).toMatchObject(unclear);
  });

  it.each([
    'SANCTIONS',
    'PEP',
    'CRIMINAL',
    'FORGERY',
    'COMPROMISED_PERSONS',
    'WATCHLIST',
    'ADVERSE_MEDIA',
    'FRAUDULENT_PATTERNS',
    'FRAUD_RING',
  ])('a reason that is not for the counter is neither shown nor kept: %s', async (label) => {
    for (const type of [{}, { reviewRejectType: 'FINAL' }, { reviewRejectType: 'RETRY' }]) {
      bench.server.script({
        do: 'answer',
        status: 200,
        body: rejected([label, 'LOW_QUALITY'], { ...type, commentModeration: 'private remark' }),
      });
      expect(JSON.stringify(await personr.perform(follow(), context()))).not.toMatch(
        new RegExp(`${label}|private remark`),
      );
    }
  });

  it('the fifth rejection ends the matter', async () => {
    bench.server.script({ do: 'answer', status: 200, body: rejected(['LOW_QUALITY']) });
    expect(await personr.perform(follow({ check: 5, previousReviewMs: 1 }), context())).toMatchObject({
      progress: { state: 'rejected', message: { code: 'personr.decision.attemptsUsed' } },
    });
  });

  it('trap 37: after a retake the review of the check before is not taken for the new one', async () => {
    const payload = { check: 2, previousReviewMs: 1_709_000_000_000 };
    bench.server.script(
      { do: 'answer', status: 200, body: rejected(['LOW_QUALITY']) },
      {
        do: 'answer',
        status: 200,
        body: status('Reviewed', { reviewAnswer: 'Approved', 'Modified Date': 1_709_000_000_001 }),
      },
    );
    expect((await personr.perform(follow(payload), context())).kind).toBe('again');
    expect(await personr.perform(follow(payload), context())).toMatchObject({ progress: { state: 'accepted' } });
  });

  it('a missing applicant needs IT; an outage only time', async () => {
    bench.server.script(
      { do: 'answer', status: 400, body: { statusCode: 400, message: 'Error: applicant not found.' } },
      { do: 'answer', status: 503, body: '' },
    );
    expect(brief(await personr.perform(follow(), context()))).toEqual({
      kind: 'attention',
      cause: 'call_it',
      isRecordGone: true,
      code: 'personr.applicantMissing',
    });
    expect((await personr.perform(follow(), context())).kind).toBe('retry');
  });
});
