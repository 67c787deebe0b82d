import { describe, expect, it } from 'vitest';
import { patience } from '../../../main/providers/engine/patience.ts';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { PERSON as APPLICANT, createdPerson } from './personr-bench.ts';
import { brief } from '../../support/provider-run.ts';
import { watched } from '../../support/watched-context.ts';
import { accepted, status, upload, usePersonrUnderPath } from './personr-steps.ts';

const { personr } = PROVIDERS;
const [bench, context] = usePersonrUnderPath();

describe('upload', () => {
  it('traps 25, 26, 29: JSON with a nested object, alpha-3 country, a neutral name of the true type', async () => {
    bench.server.script(
      { do: 'answer', status: 200, body: accepted() },
      { do: 'answer', status: 200, body: accepted() },
    );
    expect(brief(await personr.perform(upload(), context()))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT, docType: 'ID_CARD' },
      deliveredPageIds: ['front'],
      code: 'personr.uploaded',
    });
    expect(bench.server.seen[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(bench.server.seen[0]?.body.toString() ?? '')).toEqual({
      applicantId: APPLICANT,
      docType: 'ID_CARD',
      docSubType: 'FRONT_SIDE',
      docCountryISO: 'AUS',
      docFile: { filename: 'front.jpg', contents: '/9j/AQ==' },
    });
    await personr.perform(upload({ pageId: 'pdf', docSubType: 'BACK_SIDE' }), context());
    expect(bench.server.seen[1]?.body.toString()).toContain('"filename":"back.pdf"');
  });

  it('trap 29: a selfie has no docSubType at all, and takes the customer’s country when it has none', async () => {
    bench.server.script({ do: 'answer', status: 200, body: accepted() });
    await personr.perform(upload({ docType: 'SELFIE', docSubType: null, country: '' }), context());
    const body: unknown = JSON.parse(bench.server.seen[0]?.body.toString() ?? '');
    expect(body).not.toHaveProperty('docSubType');
    expect(body).toMatchObject({ docCountryISO: 'AUS', docFile: { filename: 'selfie.jpg' } });
  });

  it('needs a country', async () => {
    const outcome = await personr.perform(upload({ country: '' }), context({ subject: {} }));
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'correct_data', code: 'personr.fieldMissing' });
  });

  it.each<[string, unknown[], string]>([
    ['a tag', ['dataNotReadable'], 'personr.image.dataNotReadable'],
    ['an object', [{ code: 'expiredDoc', message: 'x' }], 'personr.image.expiredDoc'],
    ['several, the first known one', ['forgedDocument', 'screenshot'], 'personr.image.screenshot'],
    ['one without words: not named', ['forgedDocument'], 'personr.image.other'],
    ['free text', ['Something about Ana Müller'], 'personr.image.other'],
    ['the same bytes twice (trap 41)', ['duplicate-document'], 'personr.duplicateImage'],
  ])('trap 28: errors[] in a 200 mean that the image was not accepted: %s', async (_name, tags, code) => {
    bench.server.script({ do: 'answer', status: 200, body: accepted({ errors: tags }) });
    const outcome = await personr.perform(upload(), context());
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'rescan', code });
    expect(JSON.stringify(outcome)).not.toMatch(/forged|Müller/);
  });

  it('trap 28: warnings are kept and fail nothing', async () => {
    bench.server.script({ do: 'answer', status: 200, body: accepted({ errors: null, warnings: ['screenRecapture'] }) });
    expect(await personr.perform(upload(), context())).toMatchObject({
      kind: 'done',
      evidence: { message: { code: 'personr.uploadedWithWarnings', params: { tags: 'screenRecapture' } } },
    });
  });

  it('an answer about another customer stops everything', async () => {
    bench.server.script({ do: 'answer', status: 200, body: accepted({ applicantId: '43x43' }) });
    expect(brief(await personr.perform(upload(), context()))).toEqual({
      kind: 'attention',
      cause: 'call_it',
      code: 'personr.otherApplicant',
    });
  });

  it.each<[string, number, unknown, Record<string, unknown>]>([
    [
      'the documented failure',
      400,
      { statusCode: 400, message: 'Error: Cannot read docSets - invalid docType provided.' },
      { kind: 'attention', cause: 'call_it', code: 'personr.docTypeRefused' },
    ],
    [
      'a corrupted file',
      400,
      { statusCode: 400, message: 'Error: corrupted-file' },
      { kind: 'attention', cause: 'rescan', code: 'personr.fileRefused' },
    ],
    [
      'a wrong country',
      400,
      { statusCode: 400, message: 'Error: invalid docCountryISO provided.' },
      { kind: 'attention', cause: 'correct_data', code: 'personr.fieldRefused' },
    ],
    [
      'something that was never asked for',
      400,
      { status: 'MISSING_DATA', message: 'Missing parameter for workflow api-document-upload: parameter purpose' },
      { kind: 'attention', cause: 'call_it', code: 'personr.parameterMissing' },
    ],
    [
      'an unknown applicant',
      400,
      { status: 'NOT_RUN', message: 'The applicant does not exist.' },
      { kind: 'attention', cause: 'call_it', isRecordGone: true, code: 'personr.applicantMissing' },
    ],
    [
      'trap 41: the same bytes',
      409,
      { statusCode: 409, message: 'Error: duplicate-document' },
      { kind: 'attention', cause: 'rescan', code: 'personr.duplicateImage' },
    ],
    [
      'a final reject',
      409,
      { statusCode: 409, message: 'Error: applicant-with-final-reject' },
      { kind: 'attention', cause: 'call_it', code: 'personr.applicantEnded' },
    ],
    [
      'a race',
      409,
      { statusCode: 409, message: 'Error: busy' },
      { kind: 'retry', afterMs: 10_000, code: 'personr.conflict', patience: patience('personr.conflictAgain') },
    ],
    ['too large', 413, '', { kind: 'attention', cause: 'rescan', code: 'personr.fileTooLarge' }],
  ])('%s', async (_name, httpStatus, body, expected) => {
    bench.server.script({ do: 'answer', status: httpStatus, body });
    expect(brief(await personr.perform(upload(), context()))).toEqual(expected);
  });

  it.each<[string | null, number]>([
    [null, 60_000],
    ['20', 20_000],
    ['0', 1_000],
    ['86400', 3_600_000],
    ['99999999999', 3_600_000],
    ['-5', 60_000],
    ['soon', 60_000],
    ['Wed, 21 Oct 2026 07:29:30 GMT', 90_000],
    ['Wed, 21 Oct 2026 07:27:00 GMT', 60_000],
    ['Thu, 21 Oct 2027 07:28:00 GMT', 3_600_000],
  ])('a 429 waits as long as Retry-After says (%s), within reason', async (retryAfter, afterMs) => {
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
    const headers = retryAfter === null ? { date } : { date, 'retry-after': retryAfter };
    bench.server.script({
      do: 'answer',
      status: 429,
      headers,
      body: { statusCode: 429, message: 'Too many requests' },
    });
    expect(await personr.perform(upload(), context())).toMatchObject({ kind: 'rate_limited', afterMs });
  });

  it.each<[number, unknown]>([
    [409, { statusCode: 409, message: 'Error: duplicate-document' }],
    [200, { applicantId: APPLICANT, errors: ['duplicate-document'] }],
  ])(
    '"these very bytes are here" is the lost acknowledgement only after an attempt that may have arrived (%i)',
    async (httpStatus, body) => {
      bench.server.script({ do: 'answer', status: httpStatus, body }, { do: 'answer', status: httpStatus, body });
      const tried = upload({}, { attempt: 2 });
      expect(brief(await personr.perform(tried, context()))).toMatchObject({ kind: 'attention', cause: 'rescan' });
      expect(brief(await personr.perform({ ...tried, mayHaveArrived: true }, context()))).toMatchObject({
        kind: 'done',
        deliveredPageIds: ['front'],
        code: 'personr.uploadFound',
      });
    },
  );

  it('a page that cannot be read is scanned again', async () => {
    expect(brief(await personr.perform(upload({ pageId: 'gone' }), context()))).toEqual({
      kind: 'attention',
      cause: 'rescan',
      code: 'provider.pageUnreadable',
    });
  });

  it('a release after a retake uses the applicant of the first', async () => {
    bench.server.script({ do: 'answer', status: 200, body: accepted({ applicantId: '7x7' }) });
    await personr.perform(upload({ applicantId: '7x7' }, { needed: [] }), context());
    expect(bench.server.seen[0]?.body.toString()).toContain('"applicantId":"7x7"');
  });
});

/** What Personr's platform says when it cannot read the body; nothing was stored. */
const unreadable = (parameter = 'docFile') => ({
  do: 'answer' as const,
  status: 400,
  body: {
    status: 'MISSING_DATA',
    message: `Missing parameter for workflow api-document-upload: parameter ${parameter}`,
  },
});
const taken = { do: 'answer', status: 200, body: accepted() } as const;
const encodings = (): string[] =>
  bench.server.seen.map(({ headers }) => (headers['content-type'] ?? '').replace(/;.*/, ''));
/** Where nothing listens. */
const NOBODY = 'http://127.0.0.1:1/api-document-upload';
const [JSON_BODY, FORM] = ['application/json', 'multipart/form-data'];

describe('the encoding of an upload', () => {
  it('is a form after Personr could not read JSON: the same page once more, in the same attempt', async () => {
    bench.server.script(unreadable(), taken);
    const given = context();
    expect(brief(await personr.perform(upload(), given))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT, docType: 'ID_CARD', isForm: true },
      deliveredPageIds: ['front'],
      code: 'personr.uploaded',
    });
    expect(encodings()).toEqual([JSON_BODY, FORM]);
    expect(await bench.fieldsOf(1)).toEqual({
      applicantId: APPLICANT,
      docType: 'ID_CARD',
      docSubType: 'FRONT_SIDE',
      docCountryISO: 'AUS',
      docFile: { filename: 'front.jpg', contents: '/9j/AQ==' },
    });
    expect(bench.server.seen[1]?.body.toString('latin1')).toContain(
      'filename="front.jpg"\r\nContent-Type: image/jpeg\r\n',
    );
    // Each passes the point of no return, and the second only after the first was answered.
    expect(given.counts.commits).toBe(2);
  });

  it.each<[string, Record<string, unknown>[], string[]]>([
    ['of this customer begins with what the last page went in', [{ isForm: true }], [FORM]],
    ['does not learn from a page that was not sent', [{ isForm: true }, { isKept: true }], [FORM]],
    ['is JSON again when the last one was', [{ isForm: true }, {}], [JSON_BODY]],
  ])('%s', async (_name, results, expected) => {
    bench.server.script(taken);
    const earlier = results.map((result) => ({ kind: 'personr.document.upload', payload: {}, result }));
    await personr.perform(upload({}, { finished: () => earlier }), context());
    expect(encodings()).toEqual(expected);
  });

  it('goes back to JSON when a form is not taken any more', async () => {
    bench.server.script(
      { do: 'answer', status: 415, body: { statusCode: 415, message: 'Unsupported Media Type' } },
      taken,
    );
    const earlier = [{ kind: 'personr.document.upload', payload: {}, result: { isForm: true } }];
    const outcome = await personr.perform(upload({}, { finished: () => earlier }), context());
    expect(outcome).toMatchObject({ kind: 'done', result: { applicantId: APPLICANT } });
    expect(outcome).not.toHaveProperty('result.isForm');
    expect(encodings()).toEqual([FORM, JSON_BODY]);
  });

  it.each<[string, Parameters<typeof bench.server.script>[0]]>([
    ['a lost answer', { do: 'reset_after_request' }],
    ['a page of somebody in between', { do: 'answer', status: 502, body: '' }],
    ['a refusal about something that was never sent', unreadable('purpose')],
    [
      'a refusal of the file',
      { do: 'answer', status: 400, body: { statusCode: 400, message: 'Error: corrupted-file' } },
    ],
    ['an answer that cannot be read', { do: 'answer', status: 200, body: {} }],
  ])('stays what it was after %s: nothing is sent twice', async (_name, answer) => {
    bench.server.script(answer, taken);
    expect((await personr.perform(upload(), context())).kind).not.toBe('done');
    expect(encodings()).toEqual([JSON_BODY]);
  });

  it.each<[string, Parameters<typeof bench.server.script>[0], Record<string, unknown>]>([
    ['its answer is lost: it may have arrived', { do: 'reset_after_request' }, { kind: 'unknown' }],
    [
      'it is refused as well',
      unreadable('applicantId'),
      { kind: 'pause', cause: 'call_it', code: 'personr.uploadEncoding' },
    ],
    [
      'the file is refused',
      { do: 'answer', status: 200, body: accepted({ errors: ['corrupted-file'] }) },
      { kind: 'attention', cause: 'rescan' },
    ],
    [
      'the country is refused',
      { do: 'answer', status: 400, body: { statusCode: 400, message: 'Error: invalid docCountryISO provided' } },
      { kind: 'attention', cause: 'correct_data', code: 'personr.fieldRefused' },
    ],
    ['Personr is busy', { do: 'answer', status: 429, body: {} }, { kind: 'rate_limited' }],
    ['the account may not', { do: 'answer', status: 403, body: {} }, { kind: 'pause', cause: 'call_it' }],
  ])('as a form: %s', async (_name, answer, expected) => {
    bench.server.script(unreadable(), answer);
    const outcome = await personr.perform(upload(), context());
    expect(brief(outcome)).toMatchObject(expected);
    expect(encodings()).toEqual([JSON_BODY, FORM]);
    // What is not answered is in doubt exactly when it left whole.
    expect(outcome.evidence.status === null).toBe(outcome.kind === 'unknown');
  });

  it('as a form that does not leave is tried again: the one before it was answered, so nothing is in doubt', async () => {
    bench.server.script(unreadable());
    const [given] = watched(context(), (request) =>
      (request.headers['content-type'] ?? '').startsWith('multipart') ? { ...request, url: NOBODY } : request,
    );
    const outcome = await personr.perform(upload(), given);
    expect(outcome).toMatchObject({ kind: 'pause', cause: 'wait', evidence: { status: 400 } });
    expect(given.counts.commits).toBe(1);
  });

  it('after a lost form the same page is looked for, and taken for the lost one when Personr has it', async () => {
    bench.server.script(unreadable(), {
      do: 'answer',
      status: 409,
      body: { statusCode: 409, message: 'Error: duplicate-document' },
    });
    const repeated = upload({}, { attempt: 2, mayHaveArrived: true });
    expect(brief(await personr.perform(repeated, context()))).toMatchObject({
      kind: 'done',
      result: { isForm: true },
      code: 'personr.uploadFound',
    });
  });
});

describe('the id of a request', () => {
  const ray = { 'cf-ray': '8f1e2d3c4b5a6978-SYD' };

  it.each<[string, number, unknown, Record<string, string>, string | null]>([
    ['is that of the proxy before Personr', 503, '', ray, '8f1e2d3c4b5a6978-SYD'],
    ['is rather one of its own', 503, '', { ...ray, 'x-request-id': 'own-1' }, 'own-1'],
    ['stands beside a success too', 200, accepted(), ray, '8f1e2d3c4b5a6978-SYD'],
    ['is not anything that is no id', 503, '', { 'cf-ray': 'Ana Müller' }, null],
    ['is left out where there is none', 503, '', {}, null],
  ])('%s', async (_name, code, body, headers, requestId) => {
    bench.server.script({ do: 'answer', status: code, body, headers });
    expect((await personr.perform(upload(), context())).evidence.requestId).toBe(requestId);
  });

  it('is that of the last answer, of a look-up and of the connection test as well', async () => {
    const listed = status('Created', undefined, { documents: ['ID_CARD'] });
    bench.server.script(
      { do: 'answer', status: 200, body: listed, headers: ray },
      { do: 'answer', status: 503, body: '', headers: ray },
      { do: 'answer', status: 403, body: '', headers: ray },
    );
    const id = ray['cf-ray'];
    expect(await personr.lookUp(upload(), context())).toMatchObject({ outcome: { evidence: { requestId: id } } });
    expect(await personr.lookUp(upload(), context())).toMatchObject({ outcome: { evidence: { requestId: id } } });
    expect(await personr.test(context())).toMatchObject({ isOk: false, requestId: id });
    const looksFirst = upload({ looksFirst: true });
    bench.server.script({ do: 'answer', status: 200, body: listed, headers: ray }, { do: 'reset_after_request' });
    expect(await personr.perform(looksFirst, context())).toMatchObject({
      kind: 'unknown',
      evidence: { requestId: null },
    });
  });
});

describe('look-up of a lost upload', () => {
  const acknowledged = {
    kind: 'personr.document.upload',
    payload: { docType: 'ID_CARD' },
    result: { confirmedByPerson: true },
  };

  it.each<[string, unknown, number, number, string, string?]>([
    ['the type is listed and was not before', ['ID_CARD'], 0, 0, 'happened'],
    ['another image of the type than before', ['ID_CARD', 'ID_CARD'], 0, 1, 'happened'],
    ['images of an earlier release count', ['ID_CARD', 'ID_CARD'], 2, 0, 'did_not_happen'],
    ['nothing listed, nothing acknowledged', [], 0, 0, 'did_not_happen'],
    ['others listed, this type never', ['SELFIE'], 0, 0, 'did_not_happen'],
    ['listed once, acknowledged once: list or set?', ['ID_CARD', 'SELFIE'], 0, 1, 'cannot_tell'],
    ['a list that names images, and this one not', ['ID_CARD', 'SELFIE', 'SELFIE'], 0, 1, 'did_not_happen'],
    ['acknowledged but not listed: the list comes later', [], 0, 1, 'cannot_tell'],
    ['no list at all', undefined, 0, 0, 'cannot_tell'],
    ['a list that is null', null, 0, 0, 'cannot_tell'],
    ['another type was acknowledged but is not listed: the list comes later', [], 0, 0, 'cannot_tell', 'SELFIE'],
    ['another type was acknowledged and is listed, this one not', ['SELFIE'], 0, 0, 'did_not_happen', 'SELFIE'],
  ])('%s', async (_name, documents, acknowledgedBefore, inThisPlan, kind, other) => {
    bench.server.script({ do: 'answer', status: 200, body: status('Created', undefined, { documents }) });
    const needed = [createdPerson, ...Array.from({ length: inThisPlan }, () => acknowledged)];
    const finished = [...needed, ...(other === undefined ? [] : [{ ...acknowledged, payload: { docType: other } }])];
    const given = context();
    const lost = upload({ acknowledgedBefore }, { needed, finished: () => finished });
    expect((await personr.lookUp(lost, given)).kind).toBe(kind);
    expect(given.counts.commits).toBe(0);
  });

  it('a look-up that fails is no answer', async () => {
    bench.server.script({ do: 'reset_after_request' });
    expect(await personr.lookUp(upload(), context())).toMatchObject({ kind: 'failed', outcome: { kind: 'retry' } });
  });
});
