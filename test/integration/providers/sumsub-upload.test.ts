import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { brief } from '../../support/provider-run.ts';
import { APPLICANT, PAGES, upload, answer, failure, taken, images, image, useSumsub } from './sumsub-bench.ts';

const { sumsub } = PROVIDERS;
const [wire, context] = useSumsub();

async function formOf(index: number) {
  const seen = wire.server.seen[index];
  const parsed = await new Response(Uint8Array.from(seen?.body ?? []), {
    headers: { 'content-type': seen?.headers['content-type'] ?? '' },
  }).formData();
  const file = parsed.get('content');
  if (!(file instanceof File)) throw new Error('the form has no file');
  const text = parsed.get('metadata');
  const metadata: unknown = JSON.parse(typeof text === 'string' ? text : '');
  return { metadata, name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
}

/** Nobody is asked whether something has arrived at a record that is not there. */
const GONE = { kind: 'attention', cause: 'call_it', isRecordGone: true, code: 'sumsub.applicantMissing' };

describe('upload', () => {
  it('is a form of metadata and one image under a name of its own', async () => {
    wire.server.script(answer(200, taken(), { 'x-image-id': '1234567' }), answer(200, taken({ idDocType: 'SELFIE' })));
    expect(brief(await sumsub.perform(upload(), context()))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT, imageId: '1234567' },
      deliveredPageIds: ['front'],
      code: 'sumsub.uploaded',
    });
    expect(wire.server.seen[0]).toMatchObject({
      path: `/resources/applicants/${APPLICANT}/info/idDoc`,
      headers: { 'x-return-doc-warnings': 'true' },
    });
    expect(await formOf(0)).toEqual({
      metadata: { idDocType: 'ID_CARD', idDocSubType: 'FRONT_SIDE', country: 'AUS' },
      name: 'front-0195f0c4key.jpg',
      type: 'image/jpeg',
      bytes: PAGES['front']?.bytes,
    });

    await sumsub.perform(upload({ idDocType: 'SELFIE', idDocSubType: null, country: '', pageId: 'pdf' }), context());
    expect(await formOf(1)).toMatchObject({
      metadata: { idDocType: 'SELFIE', country: 'AUS' },
      name: 'page-0195f0c4key.pdf',
    });
  });

  it('is the same bytes when it is repeated', async () => {
    wire.server.script(answer(200, taken()), answer(200, taken()));
    await sumsub.perform(upload(), context());
    await sumsub.perform(upload(), context());
    expect(wire.server.seen[1]?.body).toEqual(wire.server.seen[0]?.body);
  });

  it.each(['gone', 'breaks'])('a page that cannot be read (%s) is noticed before anything is sent', async (pageId) => {
    const given = context();
    expect(brief(await sumsub.perform(upload({ pageId }), given))).toEqual({
      kind: 'attention',
      cause: 'rescan',
      code: 'provider.pageUnreadable',
    });
    expect([wire.server.connections(), given.counts.commits]).toEqual([0, 0]);
  });

  it('needs a country', async () => {
    const outcome = await sumsub.perform(upload({ country: '' }), context({ subject: { country: '' } }));
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'correct_data', code: 'sumsub.fieldMissing' });
    expect(wire.server.connections()).toBe(0);
  });

  it.each<[string, number, number | undefined, string, Record<string, unknown>]>([
    ['1000', 409, 1000, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.duplicateImage' }],
    ['1001', 400, 1001, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.tooManyDocuments' }],
    ['1002', 400, 1002, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileTooLarge' }],
    ['1003', 400, 1003, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileEmpty' }],
    ['1004', 400, 1004, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileCorrupted' }],
    ['1005', 400, 1005, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileFormat' }],
    [
      '1006',
      409,
      1006,
      'x',
      {
        kind: 'retry',
        afterMs: 60_000,
        code: 'sumsub.beingChecked',
        patience: { inARow: 8, message: { code: 'sumsub.beingCheckedAgain' } },
      },
    ],
    ['1007', 409, 1007, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileSizeRefused' }],
    ['1008', 409, 1008, 'x', GONE],
    ['1009', 409, 1009, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.applicantEnded' }],
    ['1010', 409, 1010, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.docTypeNotWanted' }],
    ['1011', 400, 1011, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileEncrypted' }],
    [
      'a document type',
      400,
      undefined,
      'Unknown idDocType',
      { kind: 'attention', cause: 'call_it', code: 'sumsub.docTypeRefused' },
    ],
    [
      'a country',
      400,
      undefined,
      'Invalid country',
      { kind: 'attention', cause: 'correct_data', code: 'sumsub.fieldRefused' },
    ],
    [
      'a file',
      400,
      undefined,
      'Error analyzing file',
      { kind: 'attention', cause: 'rescan', code: 'sumsub.fileRefused' },
    ],
    ['a 400 without a reason', 400, undefined, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.refused' }],
    ['413', 413, undefined, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileTooLarge' }],
    ['no such applicant', 404, undefined, 'Applicant not found', GONE],
  ])('refused: %s', async (_name, status, errorCode, description, expected) => {
    wire.server.script(answer(status, failure(status, description, errorCode)));
    expect(brief(await sumsub.perform(upload(), context()))).toEqual(expected);
  });

  it.each([undefined, 1006])('waits as long as it is asked to (error %s)', async (errorCode) => {
    wire.server.script(answer(409, failure(409, 'x', errorCode), { 'retry-after': '17' }));
    expect(await sumsub.perform(upload(), context())).toMatchObject({ kind: 'retry', afterMs: 17_000 });
  });

  it.each<[string, unknown[], string]>([
    ['as objects', [{ code: 'dataNotReadable', message: 'x' }], 'sumsub.image.dataNotReadable'],
    ['as tags', ['screenshot'], 'sumsub.image.screenshot'],
    ['with a tag that has no words', ['somePrivateTag'], 'sumsub.image.other'],
  ])('errors in a 200 mean that the image was not accepted, %s', async (_name, errors, code) => {
    wire.server.script(answer(200, taken({ errors })));
    const outcome = await sumsub.perform(upload(), context());
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'rescan', code });
    expect(JSON.stringify(outcome)).not.toContain('somePrivateTag');
  });

  it('warnings only inform', async () => {
    wire.server.script(answer(200, taken({ warnings: ['expiredDoc', 'somePrivateTag'] })));
    expect(await sumsub.perform(upload(), context())).toMatchObject({
      kind: 'done',
      evidence: { message: { code: 'sumsub.uploadedWithWarnings', params: { tags: 'expiredDoc' } } },
    });
  });

  it('the same bytes are the lost acknowledgement where an attempt may have arrived', async () => {
    wire.server.script(answer(409, failure(409, 'x', 1000)));
    expect(brief(await sumsub.perform(upload({}, { mayHaveArrived: true }), context()))).toMatchObject({
      kind: 'done',
      deliveredPageIds: ['front'],
      code: 'sumsub.uploadFound',
    });
  });

  it.each<[string, unknown, string, string | undefined]>([
    [
      'ours is listed',
      images(image('9', 'front-0195f0c4key.jpg'), image('8', 'x.jpg')),
      'happened',
      'sumsub.uploadFound',
    ],
    ['others are listed', images(image('8', 'back-other.jpg')), 'did_not_happen', 'sumsub.uploadDidNotHappen'],
    ['nothing is listed', images(), 'did_not_happen', 'sumsub.uploadDidNotHappen'],
    ['names are not shown', images(image('8', null)), 'did_not_happen', 'sumsub.uploadNotNamed'],
    ['ours was refused', images(image('9', 'front-0195f0c4key.jpg', { deactivated: true })), 'failed', undefined],
    ['no list', {}, 'failed', undefined],
  ])('look-up: %s', async (_name, body, kind, code) => {
    wire.server.script(answer(200, body));
    const found = await sumsub.lookUp(upload(), context());
    expect(found.kind).toBe(kind);
    const evidence = found.kind === 'happened' ? found.outcome.evidence : 'evidence' in found ? found.evidence : null;
    expect(evidence?.message.code).toBe(code);
  });

  describe('of a side that was taken before', () => {
    const earlier = {
      kind: 'sumsub.document.upload',
      payload: upload().payload,
      result: { applicantId: APPLICANT, imageId: '9' },
    };
    const again = () => upload({ wasTaken: true }, { finished: () => [earlier] });

    it('sends nothing while it is in use', async () => {
      wire.server.script(answer(200, images(image('9', 'front-x.jpg'))));
      const given = context();
      expect(brief(await sumsub.perform(again(), given))).toMatchObject({
        kind: 'done',
        code: 'sumsub.sideStillThere',
      });
      expect([wire.server.seen.length, given.counts.commits]).toEqual([1, 0]);
    });

    it('sends it again when the other side’s refusal put it out of use', async () => {
      wire.server.script(answer(200, images(image('9', 'front-x.jpg', { deactivated: true }))), answer(200, taken()));
      expect(brief(await sumsub.perform(again(), context()))).toMatchObject({ kind: 'done', code: 'sumsub.uploaded' });
    });

    it('asks for a new image where Sumsub does not take the same one again', async () => {
      wire.server.script(
        answer(200, images(image('9', 'front-x.jpg', { deactivated: true }))),
        answer(409, failure(409, 'x', 1000)),
      );
      expect(brief(await sumsub.perform(again(), context()))).toEqual({
        kind: 'attention',
        cause: 'rescan',
        code: 'sumsub.sideInactive',
      });
    });

    it('is there when which image it is was never known, and the same bytes are refused', async () => {
      wire.server.script(answer(200, images()), answer(409, failure(409, 'x', 1000)));
      expect(brief(await sumsub.perform(again(), context()))).toMatchObject({
        kind: 'done',
        code: 'sumsub.uploadFound',
      });
    });
  });
});
