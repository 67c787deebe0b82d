import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { FOLLOW, SUBMIT, brief, document, errors, submittedAt, usePersona } from './persona-bench.ts';

const { persona } = PROVIDERS;
const [wire, context] = usePersona();

/** The document stays initiated. */
async function conflict(title: string): Promise<Record<string, unknown>> {
  wire.server.script(
    { do: 'answer', status: 409, body: errors(title) },
    { do: 'answer', status: 200, body: document('initiated') },
  );
  return brief(await persona.perform(SUBMIT, context()));
}

describe('submit', () => {
  it('trap 13: has no body, and the pages count as delivered only now', async () => {
    wire.server.script({ do: 'answer', status: 200, body: document('submitted', { 'processed-at': {} }) });
    const given = context();
    expect(await persona.perform(SUBMIT, given)).toMatchObject({
      kind: 'done',
      result: submittedAt(Date.UTC(2026, 0, 2)),
      deliveredPageIds: ['front', 'back'],
    });
    expect(wire.server.seen[0]).toMatchObject({ method: 'POST', path: '/api/v1/document/generics/doc_1/submit' });
    expect(wire.server.seen[0]?.body.length).toBe(0);
    expect(wire.server.seen[0]?.headers['content-type']).toBeUndefined();
    expect(given.counts.commits).toBe(1);
  });

  it('a success that shows the document as not submitted is no success', async () => {
    wire.server.script({ do: 'answer', status: 200, body: document('initiated') });
    expect((await persona.perform(SUBMIT, context())).kind).toBe('unknown');
  });

  it('a document that an earlier release created is submitted by its id', async () => {
    wire.server.script({ do: 'answer', status: 200, body: document('submitted') });
    const created = { providerDocumentId: 'doc_1', pageIds: ['front', 'back'] };
    const outcome = await persona.perform(
      { ...SUBMIT, payload: { documentId: 'd1', requirementId: 'identity', created }, needed: [] },
      context(),
    );
    expect(outcome).toMatchObject({ kind: 'done', deliveredPageIds: ['front', 'back'] });
    expect(wire.server.seen[0]?.path).toBe('/api/v1/document/generics/doc_1/submit');
  });

  it('an answer about another document is no success', async () => {
    wire.server.script({
      do: 'answer',
      status: 200,
      body: { data: { id: 'doc_2', attributes: { status: 'submitted' } } },
    });
    expect((await persona.perform(SUBMIT, context())).kind).toBe('unknown');
  });

  it.each([400, 409, 422, 500])('after a %i the document itself says that it was submitted', async (status) => {
    wire.server.script(
      { do: 'answer', status, body: errors('Conflict', 'Document must be initiated') },
      { do: 'answer', status: 200, body: document('processed') },
    );
    expect(brief(await persona.perform(SUBMIT, context()))).toMatchObject({
      kind: 'done',
      code: 'persona.submitFound',
      deliveredPageIds: ['front', 'back'],
    });
    expect(wire.server.seen[1]).toMatchObject({ method: 'GET', path: '/api/v1/document/generics/doc_1' });
    expect(wire.server.seen[1]?.headers['idempotency-key']).toBeUndefined();
  });

  it.each([409, 500])(
    'trap 6: after a %i and an initiated document the next attempt has a fresh key',
    async (status) => {
      wire.server.script(
        { do: 'answer', status, body: errors('Conflict') },
        { do: 'answer', status: 200, body: document('initiated') },
      );
      expect(await persona.perform(SUBMIT, context())).toMatchObject({
        kind: 'retry',
        freshKey: true,
        evidence: { message: { code: 'persona.submitDidNotHappen' } },
      });
    },
  );

  it('the fifth conflict in a row while the document stays initiated comes to a person, unless it is a stale object', async () => {
    const again = { kind: 'retry', freshKey: true, code: 'persona.submitDidNotHappen' };
    expect(await conflict('Stale object error')).toEqual(again);
    expect(await conflict('Conflict')).toEqual({
      ...again,
      patience: { inARow: 5, message: { code: 'persona.submitNotTaken' } },
    });
  });

  it('a refusal of an initiated document needs a person', async () => {
    wire.server.script(
      { do: 'answer', status: 422, body: errors('Unprocessable entity', 'Document must have files attached') },
      { do: 'answer', status: 200, body: document('initiated') },
    );
    expect(brief(await persona.perform(SUBMIT, context()))).toMatchObject({ kind: 'attention', cause: 'rescan' });
  });

  it('a document that the template does not ask for needs IT, though it is a conflict', async () => {
    wire.server.script(
      { do: 'answer', status: 409, body: errors('Conflict', 'Inquiry does not require verification/document') },
      { do: 'answer', status: 200, body: document('initiated') },
    );
    expect(brief(await persona.perform(SUBMIT, context()))).toEqual({
      kind: 'attention',
      cause: 'call_it',
      code: 'persona.notRequired',
    });
  });

  it('a failure whose look-up fails too is unknown', async () => {
    wire.server.script({ do: 'answer', status: 500, body: errors('x') }, { do: 'reset_after_request' });
    expect((await persona.perform(SUBMIT, context())).kind).toBe('unknown');
  });

  const create = { kind: 'passport', pageIds: ['front', 'back'], sides: ['front', 'back'], byteLength: 14 };
  const withCreate = { ...SUBMIT, payload: { documentId: 'd1', requirementId: 'identity', create } };

  it('a document that is gone was never submitted: it is created again, with everything that follows', async () => {
    wire.server.script({ do: 'answer', status: 404, body: errors('Record not found') });
    const outcome = await persona.perform(withCreate, context());
    if (outcome.kind !== 'replaced') throw new Error(outcome.kind);
    expect(outcome.evidence.message).toEqual({ code: 'persona.createdAgain' });
    expect(outcome.by.map(({ kind, needs }) => [kind, needs])).toEqual([
      ['persona.document.create', []],
      ['persona.document.submit', ['create:d1']],
      ['persona.document.follow', ['create:d1', 'submit:d1']],
    ]);
    expect(outcome.by[0]).toMatchObject({ byteLength: 14, payload: { pageIds: ['front', 'back'], kind: 'passport' } });
    for (const { kind, payload } of outcome.by) {
      expect(persona.operations[kind]?.payload.safeParse(payload).success).toBe(true);
    }
    // Not once more by itself: a Persona that never shows what it takes would be filled with copies.
    expect(outcome.by[1]?.payload['create']).toBeNull();
  });

  it.each([
    ['a second time', { ...SUBMIT }, 'persona.missingAgain'],
    ['after a submit that may have arrived', { ...withCreate, mayHaveArrived: true }, 'persona.submittedGone'],
  ])('a document that is gone %s needs a person, who is not asked whether it arrived', async (_name, submit, code) => {
    const gone = { kind: 'attention', cause: 'call_it', isRecordGone: true, code };
    const missing = { do: 'answer', status: 404, body: errors('Record not found') } as const;
    wire.server.script(missing, missing);
    expect(brief(await persona.perform(submit, context()))).toEqual(gone);
    const found = await persona.lookUp(submit, context());
    expect(found.kind === 'failed' && brief(found.outcome)).toEqual(gone);
  });

  it.each([
    ['submitted', 'happened'],
    ['errored', 'happened'],
    ['initiated', 'did_not_happen'],
    ['brand_new', 'cannot_tell'],
  ])('look-up of a lost answer: %s means %s', async (status, kind) => {
    wire.server.script({ do: 'answer', status: 200, body: document(status) });
    const given = context();
    expect((await persona.lookUp(SUBMIT, given)).kind).toBe(kind);
    expect(given.counts.commits).toBe(0);
  });

  it('a look-up that does not work is no answer', async () => {
    wire.server.script({ do: 'answer', status: 503, body: '' });
    expect(await persona.lookUp(SUBMIT, context())).toMatchObject({ kind: 'failed', outcome: { kind: 'retry' } });
  });

  it('without Persona’s id (somebody only said that it arrived) nothing is sent', async () => {
    expect(brief(await persona.perform({ ...SUBMIT, needed: [] }, context()))).toMatchObject({
      kind: 'attention',
      code: 'persona.documentUnknown',
    });
    expect(wire.server.connections()).toBe(0);
  });
});

describe('follow', () => {
  it('trap 14: a submitted document is in review, asked again soon and then ever more rarely', async () => {
    const waits: number[] = [];
    for (const ageMs of [0, 20_000, 100_000, 1_000_000, 10_000_000, 100_000_000]) {
      wire.server.script({ do: 'answer', status: 200, body: document('submitted') });
      const given = context();
      given.advance(ageMs);
      const outcome = await persona.perform(FOLLOW, given);
      expect(outcome).toMatchObject({ kind: 'again', progress: { state: 'in_review' } });
      waits.push(outcome.kind === 'again' ? outcome.afterMs : -1);
      expect(given.counts.commits).toBe(0);
    }
    expect(waits).toEqual([2_000, 5_000, 15_000, 60_000, 300_000, 900_000]);
  });

  it('trap 12: an unknown status is in review, never success', async () => {
    wire.server.script({ do: 'answer', status: 200, body: document('approved_by_magic') });
    expect(await persona.perform(FOLLOW, context())).toMatchObject({
      kind: 'again',
      progress: { state: 'in_review' },
      evidence: { message: { code: 'persona.statusUnknown', params: { status: 'approved_by_magic' } } },
    });
  });

  it('processed accepts the document; errored wants it captured again', async () => {
    wire.server.script(
      { do: 'answer', status: 200, body: document('processed', { 'processed-at': '2026-01-02T03:04:05.000Z' }) },
      { do: 'answer', status: 200, body: document('errored') },
    );
    expect(await persona.perform(FOLLOW, context())).toMatchObject({
      kind: 'done',
      result: { documentId: 'd1', status: 'processed', processedAt: '2026-01-02T03:04:05.000Z' },
      progress: { state: 'accepted' },
    });
    expect(await persona.perform(FOLLOW, context())).toMatchObject({
      kind: 'done',
      progress: { state: 'retake', slots: [{ requirementId: 'identity', sides: [] }] },
    });
  });

  it('a submit that only a person confirmed is followed by the id of the create', async () => {
    wire.server.script({ do: 'answer', status: 200, body: document('submitted') });
    const confirmed = { kind: 'persona.document.submit', payload: {}, result: { confirmedByPerson: true } };
    const outcome = await persona.perform({ ...FOLLOW, needed: [...SUBMIT.needed, confirmed] }, context());
    expect(outcome.kind).toBe('again');
    expect(wire.server.seen[0]?.path).toBe('/api/v1/document/generics/doc_1');
  });

  it('a lost or unreadable answer only means asking again', async () => {
    wire.server.script({ do: 'reset_after_request' }, { do: 'answer', status: 200, body: '{"half' });
    expect((await persona.perform(FOLLOW, context())).kind).toBe('retry');
    expect((await persona.perform(FOLLOW, context())).kind).toBe('retry');
  });

  it('a refusal of a read is no refusal of the way of sending', async () => {
    wire.server.script({ do: 'answer', status: 403, body: errors('Forbidden') });
    expect(brief(await persona.perform(FOLLOW, context()))).toEqual({
      kind: 'pause',
      cause: 'call_it',
      afterMs: null,
      code: 'persona.forbidden',
    });
  });
});
