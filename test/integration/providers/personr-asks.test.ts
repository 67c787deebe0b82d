import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import type { FinishedOperation, PlanInput } from '../../../main/providers/index.ts';
import { operation } from '../../support/provider-context.ts';
import { PERSON, brief, createdCompany, createdPerson, usePersonr } from './personr-bench.ts';

const { personr } = PROVIDERS;
const bench = usePersonr();

const asks = () => {
  if (personr.asks === undefined) throw new Error('Personr answers nothing');
  return personr.asks;
};
const EARLIER: readonly FinishedOperation[] = [createdPerson];
const notRun = { status: 'NOT_RUN', message: 'condition not met' };
/** Time goes by in some tests, and the token of the bench with it. */
const minted = { status: 'success', response: { token: 'bus|9|9', user_id: 'u', expires: 31_536_000 } };
const inside = (response: unknown): unknown => ({ status: 'success', response });

describe('the link for the customer', () => {
  it('trap 34: is asked for by `applicant`, not `applicantId`', async () => {
    bench.answer(inside({ verificationLink: `${bench.server.url}/verification/1x1`, customLink: null }));
    expect(await asks().link(EARLIER, bench.context())).toEqual({
      kind: 'answer',
      url: `${bench.server.url}/verification/1x1`,
    });
    expect(bench.paths()).toEqual(['/api-verificationlink-create']);
    expect(await bench.fieldsOf(0)).toEqual({ applicant: PERSON });
  });

  it('trap 34: is asked for by `applicantId` where Personr misses that', async () => {
    const missing = { status: 'MISSING_DATA', message: 'Missing parameter for workflow x: parameter applicantId' };
    const link = `${bench.server.url}/verification/1x1`;
    bench.answer({ statusCode: 400, body: missing }, inside({ verificationLink: link }));
    expect(await asks().link(EARLIER, bench.context())).toEqual({ kind: 'answer', url: link });
    expect([await bench.fieldsOf(0), await bench.fieldsOf(1)]).toEqual([
      { applicant: PERSON },
      { applicantId: PERSON },
    ]);
    bench.answer({ statusCode: 400, body: missing }, { statusCode: 400, body: missing });
    expect(await asks().link(EARLIER, bench.context())).toMatchObject({
      message: { code: 'personr.parameterMissing' },
    });
  });

  it('is the organisation’s own where there is one', async () => {
    const own = `${bench.server.url}/own/1`;
    bench.answer(inside({ verificationLink: `${bench.server.url}/1`, customLink: own }));
    expect(await asks().link(EARLIER, bench.context())).toMatchObject({ url: own });
  });

  it.each<[string, unknown, string]>([
    ['one without a secure connection', inside({ verificationLink: 'ftp://example.invalid/1' }), 'personr.linkRefused'],
    ['a script', inside({ verificationLink: 'javascript:alert(1)' }), 'personr.linkRefused'],
    ['none', inside({}), 'personr.answerUnreadable'],
    ['a refusal', notRun, 'personr.notRun'],
  ])('is given to nobody when it is %s', async (_name, body, code) => {
    bench.answer(body);
    expect(await asks().link(EARLIER, bench.context())).toEqual({ kind: 'refused', message: { code } });
  });

  it('needs an applicant', async () => {
    expect(await asks().link([], bench.context())).toMatchObject({ kind: 'refused' });
    expect(bench.server.connections()).toBe(0);
  });
});

const reviewed = (more: FinishedOperation[] = []): FinishedOperation[] => [
  createdPerson,
  { kind: 'personr.check.start', payload: {}, result: { applicantId: PERSON, startedAtMs: 1 } },
  { kind: 'personr.check.follow', payload: { check: 1 }, result: { reviewedAtMs: 77 } },
  ...more,
];

const statusOf = (applicantStatus: string, result?: unknown): unknown => inside({ applicantStatus, result });

describe('a retake that the customer does by themselves', () => {
  const wanted = [
    { requirementId: 'identity', sides: ['back' as const], message: { code: 'personr.label.LOW_QUALITY' } },
  ];
  const planned = (earlier: readonly FinishedOperation[]) => {
    const input: PlanInput = {
      submissionId: 's1',
      flow: { id: 'identity', name: 'Identity', requiredFields: [], requirements: [] },
      round: 1,
      documents: [],
      earlier,
    };
    return asks().planSelfService(input, wanted, 1000);
  };

  it('is only followed: the link submits by itself, and is an attempt', () => {
    const [follow, ...others] = planned(reviewed());
    expect(others).toEqual([]);
    expect(follow).toMatchObject({
      kind: 'personr.check.follow',
      payload: { applicantId: PERSON, check: 2, previousReviewMs: 77, selfService: { slots: wanted } },
    });
    expect(personr.operations['personr.check.follow']?.payload.safeParse(follow?.payload).success).toBe(true);
  });

  it.each<[string, FinishedOperation[]]>([
    ['before there is an applicant', []],
    ['while a check is under way', reviewed().slice(0, 2)],
    [
      'when the review before has no date, so that the next could not be told from it',
      [
        ...reviewed().slice(0, 2),
        { kind: 'personr.check.follow', payload: { check: 1 }, result: { reviewedAtMs: null } },
      ],
    ],
    [
      'after the fifth attempt',
      reviewed([{ kind: 'personr.check.follow', payload: { check: 5 }, result: { reviewedAtMs: 99 } }]),
    ],
  ])('is not offered %s', (_name, earlier) => {
    expect(planned(earlier)).toEqual([]);
  });

  it('a link that was used counts as an attempt, one that was not does not', () => {
    const used = { kind: 'personr.check.follow', payload: { check: 2 }, result: { reviewedAtMs: 99 } };
    const unused = {
      kind: 'personr.check.follow',
      payload: { check: 2 },
      result: { reviewedAtMs: 77, isUnused: true },
    };
    expect(planned(reviewed([used]))[0]?.payload).toMatchObject({ check: 3, previousReviewMs: 99 });
    expect(planned(reviewed([unused]))[0]?.payload).toMatchObject({ check: 2, previousReviewMs: 77 });
  });

  const UNTIL = Date.UTC(2026, 0, 9);
  const follow = operation(
    'personr.check.follow',
    {
      applicantId: PERSON,
      check: 2,
      previousReviewMs: 77,
      documents: [],
      selfService: { untilMs: UNTIL, slots: wanted },
    },
    { firstAttemptAt: Date.UTC(2026, 0, 2) },
  );

  it.each<[string, unknown, Record<string, unknown>]>([
    [
      'the review before',
      statusOf('Reviewed', { reviewAnswer: 'Rejected', 'Modified Date': 77 }),
      { code: 'personr.linkAwaited' },
    ],
    ['nothing', statusOf('Created'), { code: 'personr.linkAwaited' }],
    ['a check of theirs', statusOf('Pending'), { code: 'personr.inReview', progress: { state: 'in_review' } }],
    [
      'a newer review',
      statusOf('Reviewed', { reviewAnswer: 'Approved', 'Modified Date': 78 }),
      { kind: 'done', progress: { state: 'accepted' } },
    ],
  ])('shows %s', async (_name, body, expected) => {
    bench.answer(minted, body);
    const given = bench.context();
    // Long after the time for which an unchanged review is taken for the one before.
    given.advance(2 * 3_600_000);
    expect(brief(await personr.perform(follow, given))).toMatchObject(expected);
  });

  it('ends at the desk when the customer does not come, and no attempt was used', async () => {
    bench.answer(minted, statusOf('Reviewed', { reviewAnswer: 'Rejected', 'Modified Date': 77 }));
    const given = bench.context();
    given.advance(8 * 86_400_000);
    expect(brief(await personr.perform(follow, given))).toMatchObject({
      kind: 'done',
      result: { reviewedAtMs: 77, isUnused: true },
      progress: { state: 'retake', slots: wanted },
    });
  });
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

const named = async (body: unknown) => {
  bench.answer(body);
  const answer = await asks().kept(EARLIER, bench.context());
  if (answer.kind === 'refused') return answer.message.code;
  return answer.documents.map(({ providerType, bytes }) => [providerType, Buffer.from(bytes).toString()]);
};

describe('trap 39: what Personr keeps', () => {
  const images = [base64('front'), base64('back'), base64('face')];

  it.each<[string, unknown, unknown]>([
    [
      'arrays of the same length belong together; no side is told',
      { IdDocType: ['DRIVERS', 'DRIVERS', 'SELFIE'], base64: images },
      [
        ['DRIVERS', 'front'],
        ['DRIVERS', 'back'],
        ['SELFIE', 'face'],
      ],
    ],
    [
      'of another length they name nothing: the back of a licence is not taken for a selfie',
      { IdDocType: ['DRIVERS', 'SELFIE'], base64: images, docNumbers: ['1'], docExpiries: [] },
      [
        [null, 'front'],
        [null, 'back'],
        [null, 'face'],
      ],
    ],
    ['a missing list of types', { base64: images.slice(0, 1) }, [[null, 'front']]],
    ['one text in the place of a list', { IdDocType: 'SELFIE', base64: images[2] }, [['SELFIE', 'face']]],
    [
      'a data: prefix',
      { IdDocType: ['SELFIE'], base64: [`data:image/jpeg;base64,${images[2]}`] },
      [['SELFIE', 'face']],
    ],
    ['no images at all', { IdDocType: ['SELFIE'] }, 'personr.answerUnreadable'],
  ])('%s', async (_name, response, expected) => {
    expect(await named(inside(response))).toEqual(expected);
  });

  it('before the review says that it is too early', async () => {
    expect(await named(notRun)).toBe('personr.keptTooEarly');
  });

  it.each([
    ['Pending', 'personr.keptTooEarly'],
    ['Reviewed', 'personr.keptNothing'],
  ])('no image at all is told apart by the status: %s', async (applicantStatus, code) => {
    bench.answer(inside({ IdDocType: [], base64: null }), inside({ applicantStatus }));
    expect(await asks().kept(EARLIER, bench.context())).toEqual({ kind: 'refused', message: { code } });
    expect(bench.paths()).toEqual(['/api-document-download', '/api-applicant-status']);
  });

  it('no image of a company is asked about as one', async () => {
    bench.answer(inside({ IdDocType: [], base64: [] }), inside({ applicantStatus: 'Reviewed' }));
    expect(await asks().kept([createdCompany], bench.context())).toMatchObject({ kind: 'refused' });
    expect(bench.paths()).toEqual(['/api-document-download', '/api-entity-status']);
  });

  it('is read by the other of the two calls where the first is not there', async () => {
    bench.server.script(
      {
        do: 'answer',
        status: 404,
        body: { statusCode: 404, body: { status: 'NOT_FOUND', message: 'Workflow not found' } },
      },
      { do: 'answer', status: 200, body: inside({ IdDocType: ['SELFIE'], base64: images.slice(2) }) },
    );
    expect(await asks().kept(EARLIER, bench.context())).toMatchObject({ documents: [{ providerType: 'SELFIE' }] });
    expect(bench.paths()).toEqual(['/api-document-download', '/api-document-download-information']);
  });
});

describe('how a customer’s record stands', () => {
  const there = {
    email: 'ANA@example.invalid',
    phone: '+61 400-000-000',
    nameFirst: 'Ana',
    nameLast: 'Müller',
    tags: [],
  };

  it.each<[string, unknown, Record<string, unknown>]>([
    [
      'the same in other letters',
      { ...there, flowName: 'Identity', status: 'Created' },
      { status: 'Created', flow: 'Identity', differing: [] },
    ],
    [
      'another address and name',
      { ...there, email: 'bo@example.invalid', nameLast: 'Meier' },
      { status: null, differing: ['email', 'familyName'] },
    ],
    ['fields that are not shown', { status: 'Pending' }, { status: 'Pending', differing: [] }],
  ])('%s', async (_name, response, expected) => {
    bench.answer(inside(response));
    const answer = await asks().record(EARLIER, bench.context());
    expect(answer).toMatchObject({ kind: 'answer', recordId: PERSON, ...expected });
    expect(JSON.stringify(answer)).not.toMatch(/@|400|Müller|Meier/);
  });

  it('an answer that says nothing is none', async () => {
    bench.answer(inside({}));
    expect(await asks().record(EARLIER, bench.context())).toMatchObject({ kind: 'refused' });
  });
});
