import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { COMPANY, OPERATIONS, PERSON, brief, usePersonr } from './personr-bench.ts';

const { personr } = PROVIDERS;
const bench = usePersonr();

const status = (applicantStatus: string, more: Record<string, unknown> = {}): unknown => ({
  status: 'success',
  response: { applicantStatus, reviewAnswer: '', createdDate: '12/09/2024', rejectLabels: [], ...more },
});

describe('a company', () => {
  it('is created with its name, its number and its country, and our own reference', async () => {
    bench.answer({ status: 'success', response: { applicantId: COMPANY, applicantStatus: 'Created' } });
    expect(brief(await personr.perform(OPERATIONS.entity, bench.context()))).toEqual({
      kind: 'done',
      result: { applicantId: COMPANY },
      code: 'personr.entityCreated',
    });
    expect(bench.paths()).toEqual(['/api-entity-create']);
    expect(await bench.fieldsOf(0)).toEqual({
      companyName: 'Müller & Co',
      registrationNumber: '12 345',
      country: 'AUS',
      flowName: 'Company',
      sourceKey: 'satchel',
      externalUserId: JSON.stringify([OPERATIONS.entity.idempotencyKey]),
    });
  });

  it.each<[string, object]>([
    ['name', { companyName: 'Another Ltd', registrationNumber: '12 345' }],
    ['number', { companyName: 'Müller & Co', registrationNumber: '7' }],
  ])('of another %s is not the one that was asked for: no page goes there', async (_name, more) => {
    bench.answer({ status: 'success', response: { applicantId: COMPANY, applicantStatus: 'Created', ...more } });
    bench.answer(status('Created', { externalUserId: [] }));
    expect(brief(await personr.perform(OPERATIONS.entity, bench.context()))).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      code: 'personr.createdOther',
    });
    expect(bench.paths()).toEqual(['/api-entity-create', '/api-entity-status']);
  });

  it.each(['companyName', 'registrationNumber', 'country'] as const)(
    'needs its %s before anything is sent',
    async (field) => {
      const subject = { companyName: 'A', registrationNumber: '1', country: 'AUS', [field]: '' };
      expect(brief(await personr.perform(OPERATIONS.entity, bench.context({ subject })))).toMatchObject({
        cause: 'correct_data',
        params: { field },
      });
      expect(bench.server.connections()).toBe(0);
    },
  );

  it('without the module is for IT, and says who can enable it', async () => {
    bench.answer({ status: 'NOT_RUN', message: 'condition not met' });
    expect(brief(await personr.perform(OPERATIONS.entity, bench.context()))).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      code: 'personr.entityNotRun',
    });
  });

  it('trap 38: its page is base64 text, not an object, under a name of its true type', async () => {
    bench.answer({ applicantId: COMPANY, documentSubType: 'Certificate of incorporation' });
    expect(brief(await personr.perform(OPERATIONS.entityUpload, bench.context()))).toEqual({
      kind: 'done',
      result: { applicantId: COMPANY },
      deliveredPageIds: ['pdf'],
      code: 'personr.uploaded',
    });
    expect(bench.paths()).toEqual(['/api-entity-document-upload-encoded']);
    expect(await bench.fieldsOf(0)).toEqual({
      applicantId: COMPANY,
      docSubType: 'Certificate of incorporation',
      fileName: 'page.pdf',
      docFile: Buffer.from('%PDF-1.7').toString('base64'),
    });
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    [
      'another company’s id',
      { applicantId: PERSON },
      { kind: 'attention', cause: 'call_it', code: 'personr.otherApplicant' },
    ],
    ['errors[], should there be some', { applicantId: COMPANY, errors: ['x'] }, { kind: 'attention', cause: 'rescan' }],
    [
      'an error about the file',
      { statusCode: 400, message: 'Error: corrupted-file' },
      { kind: 'attention', cause: 'rescan' },
    ],
    ['nothing of the kind', {}, { kind: 'unknown' }],
  ])('its page answered with %s does not count', async (_name, body, expected) => {
    bench.answer(body);
    expect(brief(await personr.perform(OPERATIONS.entityUpload, bench.context()))).toMatchObject(expected);
  });

  it('"these very bytes are here" is the lost acknowledgement only after an attempt that may have arrived', async () => {
    const duplicate = { statusCode: 409, message: 'Error: duplicate-document' };
    bench.answer(duplicate, duplicate);
    const { entityUpload } = OPERATIONS;
    expect(brief(await personr.perform(entityUpload, bench.context()))).toMatchObject({ cause: 'rescan' });
    const again = { ...entityUpload, mayHaveArrived: true };
    expect(brief(await personr.perform(again, bench.context()))).toMatchObject({ code: 'personr.uploadFound' });
  });

  it('trap 38: is started by the same call as a person', async () => {
    bench.answer({ response: 'success' });
    expect(brief(await personr.perform(OPERATIONS.entityStart, bench.context()))).toMatchObject({ kind: 'done' });
    expect(bench.paths()).toEqual(['/api-request-applicant-check']);
    expect(await bench.fieldsOf(0)).toEqual({ applicantId: COMPANY });
  });
});

const linked = (more: Record<string, unknown> = {}): unknown => ({
  status: 'success',
  applicantId: COMPANY,
  ubos: [{ applicantId: PERSON, type: 'Individual', position: 'Director' }],
  errors: [],
  ...more,
});

describe('its owners', () => {
  it('are linked by the ids of both', async () => {
    bench.answer(linked());
    expect(brief(await personr.perform(OPERATIONS.owner, bench.context()))).toMatchObject({
      kind: 'done',
      code: 'personr.ownerAdded',
    });
    expect(await bench.fieldsOf(0)).toEqual({ applicantId: COMPANY, uboApplicantId: PERSON, position: 'Director' });
  });

  it('are waited for: nothing is sent before the owner has an applicant', async () => {
    const early = { ...OPERATIONS.owner, finishedOf: () => [] };
    const given = bench.context();
    expect(brief(await personr.perform(early, given))).toMatchObject({ kind: 'again', code: 'personr.ownerAwaited' });
    expect([bench.server.connections(), given.counts.commits]).toEqual([0, 0]);
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ['listed, with an error that they were already', linked({ errors: ['linked already'] }), { kind: 'done' }],
    [
      'not listed, with an error',
      linked({ ubos: [], errors: ['no'] }),
      { kind: 'attention', code: 'personr.ownerRefused' },
    ],
    ['not listed, without a word', linked({ ubos: [] }), { kind: 'unknown' }],
    [
      'listed at another company',
      linked({ applicantId: '1x1' }),
      { kind: 'attention', code: 'personr.otherApplicant' },
    ],
    ['null in the place of the list', linked({ ubos: null }), { kind: 'unknown' }],
  ])('count by being listed: %s', async (_name, body, expected) => {
    bench.answer(body);
    expect(brief(await personr.perform(OPERATIONS.owner, bench.context()))).toMatchObject(expected);
  });
});

describe('its review', () => {
  it.each<[string, unknown, Record<string, unknown>]>([
    ['not begun', status('Created'), { kind: 'again' }],
    ['under way', status('Pending'), { kind: 'again' }],
    ['in a state nobody knows', status('Escalated'), { kind: 'again', code: 'personr.statusUnknown' }],
    ['approved', status('Reviewed', { reviewAnswer: 'Approved' }), { kind: 'done', progress: { state: 'accepted' } }],
    [
      'rejected with a label for another try',
      status('Reviewed', { reviewAnswer: 'Rejected', rejectLabels: ['EXPIRATION_DATE'] }),
      { kind: 'done', progress: { state: 'retake', slots: [{ requirementId: 'registration' }] } },
    ],
    [
      'rejected with a label that is not on the list of companies, which is not public',
      status('Reviewed', { reviewAnswer: 'Rejected', rejectLabels: ['OWNERSHIP_UNCLEAR'] }),
      { kind: 'attention', cause: 'call_it', code: 'personr.decision.unclear' },
    ],
    [
      'rejected for good',
      status('Reviewed', { reviewAnswer: 'Rejected', rejectLabels: ['SANCTIONS'] }),
      { kind: 'done', progress: { state: 'rejected', message: { code: 'personr.decision.finalPrivate' } } },
    ],
  ])('%s', async (_name, body, expected) => {
    bench.answer(body);
    expect(brief(await personr.perform(OPERATIONS.entityFollow, bench.context()))).toMatchObject(expected);
    expect(bench.paths()).toEqual(['/api-entity-status']);
  });

  it('trap 37: a date as text is never read, for its order is not known', async () => {
    bench.answer(status('Reviewed', { reviewAnswer: 'Approved', createdDate: '31/12/2024' }));
    expect(await personr.perform(OPERATIONS.entityFollow, bench.context())).toMatchObject({
      result: { reviewedAtMs: null },
    });
  });

  it.each([
    ['Created', 'did_not_happen'],
    ['Pre-Checked', 'happened'],
    ['Reviewed', 'happened'],
  ])('a lost start is looked up: %s', async (applicantStatus, kind) => {
    bench.answer(status(applicantStatus));
    expect((await personr.lookUp(OPERATIONS.entityStart, bench.context())).kind).toBe(kind);
    expect(bench.paths()).toEqual(['/api-entity-status']);
  });
});

const compareCompany = () => {
  const rules = personr.operations['personr.entity.create'];
  if (rules?.repeat !== 'person' || rules.person.confirmedBy !== 'record') throw new Error('no comparison');
  return rules.person.compare(COMPANY, OPERATIONS.entity, bench.context());
};

describe('trap 36: a company that a person found', () => {
  const ours = [OPERATIONS.entity.idempotencyKey];
  const shown = { entityName: 'Müller & Co', registrationNumber: '12 345' };

  it.each<[string, unknown, string]>([
    ['our own reference', status('Pending', { externalUserId: ours }), 'same'],
    ['untouched, with its name and number', status('Created', shown), 'same'],
    ['somebody else’s reference', status('Created', { ...shown, externalUserId: ['x'] }), 'personr.recordOther'],
    ['another source', status('Created', { ...shown, sourceKey: 'website' }), 'personr.recordOther'],
    ['another number', status('Created', { ...shown, registrationNumber: '9' }), 'personr.recordOther'],
    ['a check that has begun', status('Pending', shown), 'personr.recordStarted'],
    ['neither name nor number', status('Created'), 'personr.recordNotComparable'],
    ['none of that id', { status: 'NOT_RUN', message: 'The entity does not exist.' }, 'personr.recordMissing'],
  ])('%s', async (_name, body, expected) => {
    bench.answer(body);
    const answer = await compareCompany();
    expect(answer.kind === 'same' ? 'same' : answer.message.code).toBe(expected);
  });
});
