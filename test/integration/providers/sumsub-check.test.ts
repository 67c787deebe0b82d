import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { brief } from '../../support/provider-run.ts';
import { APPLICANT, NOW, start, follow, answer, failure, review, useSumsub } from './sumsub-bench.ts';

const { sumsub } = PROVIDERS;
const [wire, context] = useSumsub();

describe('start', () => {
  it('asks for the check, without a body', async () => {
    wire.server.script(answer(200, { ok: 1 }));
    const given = context();
    expect(brief(await sumsub.perform(start(), given))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT, startedAtMs: NOW },
      code: 'sumsub.started',
    });
    expect(wire.server.seen[0]).toMatchObject({
      method: 'POST',
      path: `/resources/applicants/${APPLICANT}/status/pending`,
    });
    expect([wire.server.seen[0]?.body.byteLength, given.counts.commits]).toEqual([0, 1]);
  });

  it.each<[string, unknown, string, Record<string, unknown>]>([
    ['it is under way', review('pending'), 'x', { kind: 'done', code: 'sumsub.startFound' }],
    [
      'it is through already',
      review('completed', { reviewAnswer: 'GREEN' }),
      'x',
      { kind: 'done', code: 'sumsub.startFound' },
    ],
    [
      'something is missing',
      review('init'),
      'Not all required documents or data are submitted.',
      { kind: 'attention', cause: 'call_it', code: 'sumsub.documentsMissing' },
    ],
    ['neither', review('init'), 'Busy', { kind: 'retry', afterMs: 10_000, code: 'sumsub.conflict' }],
  ])('409: %s', async (_name, status, description, expected) => {
    wire.server.script(answer(409, failure(409, description)), answer(200, status));
    expect(brief(await sumsub.perform(start(), context()))).toMatchObject(expected);
  });

  it('409, and the status cannot be read: tried again, nothing is in doubt', async () => {
    wire.server.script(answer(409, failure(409, 'x')), { do: 'reset_after_request' });
    expect(await sumsub.perform(start(), context())).toMatchObject({ kind: 'retry', evidence: { status: 409 } });
  });

  it.each<[string, Record<string, unknown>, unknown, string]>([
    ['first check, init', {}, review('init'), 'did_not_happen'],
    ['first check, pending', {}, review('pending'), 'happened'],
    ['first check, completed', {}, review('completed'), 'happened'],
    ['a word never heard', {}, review('somethingNew'), 'happened'],
    ['second check, the old review', { check: 2, previousReview: 'a1' }, review('completed'), 'did_not_happen'],
    ['second check, another review', { check: 2, previousReview: 'a0' }, review('completed'), 'happened'],
    ['second check, queued', { check: 2, previousReview: 'a1' }, review('queued'), 'happened'],
    ['second check, nothing to compare', { check: 2 }, review('completed'), 'cannot_tell'],
    ['nothing that can be read', {}, {}, 'failed'],
  ])('look-up: %s', async (_name, payload, body, expected) => {
    wire.server.script(answer(200, body));
    expect((await sumsub.lookUp(start(payload), context())).kind).toBe(expected);
  });
});

const red = (more: Record<string, unknown>): unknown =>
  review('completed', {
    reviewAnswer: 'RED',
    clientComment: 'private: on a list',
    moderationComment: 'free text',
    ...more,
  });

describe('follow', () => {
  it.each<[string, unknown, string]>([
    ['init', review('init'), 'sumsub.inReview'],
    ['pending', review('pending'), 'sumsub.inReview'],
    ['prechecked', review('prechecked'), 'sumsub.inReview'],
    ['awaitingService, with an answer', review('awaitingService', { reviewAnswer: 'GREEN' }), 'sumsub.inReview'],
    ['onHold', review('onHold', { reviewAnswer: 'RED', reviewRejectType: 'FINAL' }), 'sumsub.onHold'],
    ['awaitingUser', review('awaitingUser'), 'sumsub.awaitingUser'],
    ['a word never heard', review('somethingNew'), 'sumsub.statusUnknown'],
    ['completed without an answer', review('completed'), 'sumsub.inReview'],
    ['an answer never heard', review('completed', { reviewAnswer: 'BLUE' }), 'sumsub.inReview'],
  ])('%s is in review', async (_name, body, code) => {
    wire.server.script(answer(200, body));
    const given = context();
    expect(await sumsub.perform(follow(), given)).toMatchObject({
      kind: 'again',
      progress: { state: 'in_review' },
      evidence: { message: { code } },
    });
    expect(given.counts.commits).toBe(0);
  });

  it('GREEN is accepted', async () => {
    wire.server.script(
      answer(200, review('completed', { reviewAnswer: 'GREEN' }, { reviewDate: '2026-01-02 00:01:00+0000' })),
    );
    expect(brief(await sumsub.perform(follow(), context()))).toEqual({
      kind: 'done',
      result: { review: 'a1 2026-01-02 00:01:00+0000', labels: [] },
      progress: { state: 'accepted', message: { code: 'sumsub.decision.approved' } },
      code: 'sumsub.decision.approved',
    });
  });

  it('RED for another try names the slots, in the words of the labels, in both spellings', async () => {
    wire.server.script(
      answer(
        200,
        red({ reviewRejectType: 'RETRY', rejectLabels: ['BAD_SELFIE', 'DOCUMENT_PAGE_MISSING', 'SANCTIONS'] }),
      ),
    );
    const outcome = await sumsub.perform(follow(), context());
    expect(outcome).toMatchObject({
      kind: 'done',
      result: { labels: ['BAD_SELFIE', 'DOC_PAGE_MISSING'] },
      progress: {
        state: 'retake',
        slots: [
          { requirementId: 'selfie', message: { code: 'sumsub.label.BAD_SELFIE' } },
          { requirementId: 'identity', message: { code: 'sumsub.label.DOC_PAGE_MISSING' } },
        ],
      },
    });
    expect(JSON.stringify(outcome)).not.toMatch(/SANCTIONS|private|free text/);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'final',
      { reviewRejectType: 'FINAL', rejectLabels: ['LOW_QUALITY'] },
      { progress: { state: 'rejected' }, code: 'sumsub.decision.finalPrivate' },
    ],
    [
      'final by its label',
      { rejectLabels: ['FORGERY'] },
      { progress: { state: 'rejected' }, code: 'sumsub.decision.finalPrivate' },
    ],
    [
      'without a type, for another try by its labels',
      { rejectLabels: ['LOW_QUALITY'] },
      { progress: { state: 'retake' } },
    ],
    ['without anything', {}, { kind: 'attention', cause: 'call_it', code: 'sumsub.decision.unclear' }],
  ])('RED %s; nothing private is kept', async (_name, result, expected) => {
    wire.server.script(answer(200, red(result)));
    const outcome = await sumsub.perform(follow(), context());
    expect(brief(outcome)).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toMatch(/FORGERY|private|free text/);
  });

  it('the review of before is no decision on the next check', async () => {
    const old = review('completed', { reviewAnswer: 'RED', reviewRejectType: 'RETRY' });
    wire.server.script(answer(200, old), answer(200, { ...Object(old), attemptId: 'a2' }));
    const second = follow({ check: 2, previousReview: 'a1' });
    expect((await sumsub.perform(second, context())).kind).toBe('again');
    expect((await sumsub.perform(second, context())).kind).toBe('done');
  });

  it('without anything to tell them apart it waits two minutes', async () => {
    const unmarked = { reviewStatus: 'completed', reviewResult: { reviewAnswer: 'GREEN' } };
    wire.server.script(answer(200, unmarked), answer(200, unmarked));
    const given = context();
    expect((await sumsub.perform(follow({ check: 2 }), given)).kind).toBe('again');
    given.advance(120_000);
    expect((await sumsub.perform(follow({ check: 2 }), given)).kind).toBe('done');
  });

  it('an applicant that still is where it began after ten minutes needs somebody who looks', async () => {
    wire.server.script(answer(200, review('init')));
    const given = context();
    given.advance(600_000);
    expect(brief(await sumsub.perform(follow(), given))).toEqual({
      kind: 'attention',
      cause: 'call_it',
      code: 'sumsub.documentsMissing',
    });
  });
});
