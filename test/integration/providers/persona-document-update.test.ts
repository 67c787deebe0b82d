import { describe, expect, it } from 'vitest';
import { PROVIDERS, type OperationToPerform } from '../../../main/providers/index.ts';
import { operation } from '../../support/provider-context.ts';
import { brief, createOf, document, errors, usePersona } from './persona-bench.ts';

/** A document that an earlier release created and never submitted gets other pages: PATCH while it is initiated. */

const { persona } = PROVIDERS;
const [wire, context] = usePersona();

const UPDATE = operation('persona.document.update', { ...createOf('front', 'bill'), providerDocumentId: 'doc_1' });
const FRONT = { filename: 'front.jpg', 'byte-size': 5 };
const BILL = { filename: 'page-2.pdf', 'byte-size': 8 };
const EARLIER = { filename: 'back.png', 'byte-size': 9 };
const shown = (files: unknown, status = 'initiated'): unknown => document(status, { kind: 'passport', files });

const answer = (body: unknown, status = 200) => wire.server.script({ do: 'answer', status, body });
const perform = async (of: OperationToPerform = UPDATE) => brief(await persona.perform(of, context()));

const TAKEN = { kind: 'done', result: { providerDocumentId: 'doc_1' }, code: 'persona.documentUpdated' };
const another = (code: string) => ({ kind: 'done', result: { providerDocumentId: null }, code });

describe('an update', () => {
  it('sends kind and files, all of them, and no key', async () => {
    // A size that comes as a text is one as well.
    answer(shown([FRONT, { ...BILL, 'byte-size': '8' }]));
    expect(await perform()).toEqual(TAKEN);
    const [seen] = wire.server.seen;
    expect([seen?.method, seen?.path, seen?.headers['idempotency-key']]).toEqual([
      'PATCH',
      '/api/v1/document/generics/doc_1',
      undefined,
    ]);
    expect(JSON.parse(seen?.body.toString() ?? '')).toEqual({
      data: {
        attributes: {
          kind: 'passport',
          files: [
            { data: '/9j/AQI=', filename: 'front.jpg' },
            { data: Buffer.from('%PDF-1.7').toString('base64'), filename: 'page-2.pdf' },
          ],
        },
      },
    });
  });

  it.each([
    ['the earlier files beside them', shown([EARLIER, FRONT, BILL])],
    ['the earlier files only', shown([EARLIER])],
    ['no files', shown(undefined)],
    ['that somebody has submitted it', shown([FRONT, BILL], 'submitted')],
    ['another kind', document('initiated', { kind: 'visa', files: [FRONT, BILL] })],
  ])('whose answer shows %s is not used', async (_what, body) => {
    answer(body);
    expect(await perform()).toEqual(another('persona.documentNotExact'));
  });

  it.each([
    ['a document that is gone', 404, errors('Record not found')],
    ['one that is submitted (409)', 409, errors('Conflict', 'Document must be initiated')],
    ['one that is submitted (422)', 422, errors('Unprocessable entity', 'Document must be initiated')],
    ['updates that are withdrawn', 410, errors('Gone')],
    ['updates that are not there', 405, errors('Method not allowed')],
    ['a key that may not', 403, errors('Forbidden')],
  ])('of %s leaves it to the create', async (_what, status, body) => {
    answer(body, status);
    expect(await perform()).toEqual(another('persona.documentNotTaken'));
  });

  it.each([
    [
      'a file refused',
      422,
      errors('Record invalid', 'File must be under 4 bytes'),
      'attention',
      'persona.fileTooLarge',
    ],
    ['a stale object', 409, errors('Stale object error', 'try again'), 'retry', 'persona.conflict'],
    ['a refused key', 401, errors('Token is invalid'), 'pause', 'persona.unauthorized'],
    ['an IP that is not allowed', 403, errors('Forbidden', 'IP is not permitted'), 'pause', 'persona.ipNotPermitted'],
    ['too many requests', 429, errors('Rate limit exceeded'), 'rate_limited', 'persona.rateLimited'],
    ['a failure of the server', 500, errors('Internal error'), 'unknown', 'persona.unavailable'],
  ])('after %s goes on as a create would', async (_what, status, body, kind, code) => {
    answer(body, status);
    expect(await perform()).toMatchObject({ kind, code });
  });

  it('of an object that is stale twice in a row leaves it to the create', async () => {
    answer(errors('Stale object error', 'try again'), 409);
    expect(await perform({ ...UPDATE, lastStatus: 409 })).toEqual(another('persona.documentNotTaken'));
  });

  it('that was answered by half is looked up: the files are there, or they go again', async () => {
    const lookUp = async (body: unknown, status = 200) => {
      answer(body, status);
      const found = await persona.lookUp(UPDATE, context());
      return found.kind === 'happened' ? [found.kind, found.outcome.result] : [found.kind];
    };
    expect(await lookUp(shown([FRONT, BILL]))).toEqual(['happened', { providerDocumentId: 'doc_1' }]);
    expect(await lookUp(shown([EARLIER]))).toEqual(['did_not_happen']);
    expect(await lookUp(shown([EARLIER, FRONT, BILL]))).toEqual(['did_not_happen']);
    expect(await lookUp(shown([FRONT, BILL], 'submitted'))).toEqual(['did_not_happen']);
    expect(await lookUp(errors('Record not found'), 404)).toEqual(['did_not_happen']);
  });
});

describe('the create behind it', () => {
  const behind = (providerDocumentId: string | null): OperationToPerform =>
    operation('persona.document.create', createOf('front', 'bill'), {
      needed: [{ kind: UPDATE.kind, payload: UPDATE.payload, result: { providerDocumentId } }],
    });

  it('sends nothing when the pages were taken, and the submit goes to that document', async () => {
    expect(await perform(behind('doc_1'))).toEqual({ ...TAKEN, code: 'persona.updatedInstead' });
    expect(wire.server.seen).toEqual([]);
  });

  it('makes another one when they were not', async () => {
    answer(document('initiated'), 201);
    expect(await perform(behind(null))).toMatchObject({ kind: 'done', code: 'persona.created' });
    expect(wire.server.seen.map(({ method }) => method)).toEqual(['POST']);
  });
});
