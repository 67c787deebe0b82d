import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import {
  personaAccountDocument,
  personaAccountRedacted,
  personaDocument,
  personaEvents,
  personaInquiry,
  personaKept,
  personaLostAnswers,
  personaRedacted,
  personaRepeat,
  personaSimulated,
  personaTransaction,
  personaTransactionAgain,
  personaUpdated,
  recordsFollowed,
} from '../../support/contract-cases/persona.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { INQUIRY, TRANSACTION, flowBy, openDesk, photo } from '../../support/persona-inquiry.ts';
import { operation, type TestPage } from '../../support/provider-context.ts';
import { jpeg, licence, plan, FRONT_AND_BACK } from '../../support/provider-run.ts';

/** The adapter against the practice server: two readings of the same public material, made independently. */

const practice = useDatedPractice('contract-persona');
const { passed } = practice;

const openPersona = (pages: Record<string, TestPage>, keyInflection?: string) =>
  openDesk(practice, pages, keyInflection);

const OF_ACCOUNT = flowBy({ by: 'documents', account: 'customer' });
const SIMULATED = flowBy({ by: 'inquiry', templateId: 'itmpl_Practice', verificationTemplateId: 'vtmpl_Practice' });

describe('Persona', () => {
  it.each(['kebab', 'camel', 'snake'])('create → submit → processed, in %s case', async (keyInflection) => {
    await practice.start();
    const context = openPersona({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') }, keyInflection);
    const { progress, kinds } = await personaDocument(context, passed);
    expect(kinds).toEqual([
      'persona.document.create: persona.created',
      'persona.document.submit: persona.submitted',
      'persona.document.follow: persona.processed',
    ]);
    expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
  });

  it.each([
    ['replace', 'persona.documentUpdated'],
    ['append', 'persona.documentNotExact'],
  ])('a document gets another page before its submit, where the files of an update %s', async (updateFiles, code) => {
    await practice.start({ 'persona.updateFiles': updateFiles });
    const context = openPersona({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    expect(await personaUpdated(context, passed)).toBe(`persona.document.update: ${code}`);
  });

  it('an errored document is asked for again', async () => {
    await practice.start();
    const context = openPersona({ front: jpeg('errored', 'f'), back: jpeg('accept', 'b') });
    const { progress } = await practice.run(
      PROVIDERS.persona,
      plan([licence(FRONT_AND_BACK, 'driving_licence')]),
      context,
    );
    expect(progress.at(-1)).toMatchObject({ state: 'retake', slots: [{ requirementId: 'identity' }] });
  });

  it('a create repeated with the same key is one document', async () => {
    await practice.start();
    const context = openPersona({ front: jpeg('accept', 'f') });
    await expect(personaRepeat(context, 'one-key')).resolves.toBeUndefined();
  });

  it('a transaction is found after a lost answer, and followed', async () => {
    await practice.start();
    const context = openPersona({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
    const road = await personaTransaction(context, TRANSACTION);
    await expect(personaRedacted(context, road)).resolves.toEqual(['persona.transaction.redact']);
  });

  it('a transaction that was declined is made again with every page, and approved', async () => {
    await practice.start();
    const context = openPersona({
      front: photo('reject=id_glare_detection', 'f'),
      back: photo('accept', 'b'),
      front2: photo('accept', 'f2'),
    });
    const flow = flowBy({ by: 'transaction', transactionTypeId: 'txntp_Practice', declined: 'checks' });
    const first = await practice.run(PROVIDERS.persona, plan([licence(FRONT_AND_BACK, 'id')], { flow }), context);
    expect(first.progress.at(-1)).toMatchObject({
      state: 'retake',
      slots: [{ requirementId: 'identity', message: { code: 'persona.check.id_glare_detection' } }],
    });
    const { done } = await personaTransactionAgain(context, flow, first);
    const [, follow] = PROVIDERS.persona.plan(plan([licence(FRONT_AND_BACK, 'id')], { flow }));
    passed(60_000);
    const last = operation(follow?.kind ?? '', follow?.payload, { needed: done.slice(-1) });
    expect(await PROVIDERS.persona.perform(last, context)).toMatchObject({ progress: { state: 'accepted' } });
    expect(await personaRedacted(context, { done })).toEqual([
      'persona.transaction.redact',
      'persona.transaction.redact',
    ]);
  });

  it.each(['absent', 'listed'])(
    'a document of the customer’s account, which a later visit finds; its documents are %s there',
    async (accountDocuments) => {
      await practice.start({ 'persona.accountDocuments': accountDocuments });
      const context = openPersona({ front: jpeg('accept', 'f'), back: jpeg('accept', 'b') });
      const { progress } = await personaAccountDocument(context, OF_ACCOUNT, passed);
      expect(progress.at(-1)).toMatchObject({ state: 'accepted' });
    },
  );

  it('an account of the submission alone is redacted with its inquiry, and no other one', async () => {
    await practice.start();
    await expect(personaAccountRedacted(openPersona({}), INQUIRY, 'submission-7')).resolves.toBeUndefined();
  });

  it('every simulate action of the connection test', async () => {
    await practice.start();
    const steps = await personaSimulated(openPersona({}), SIMULATED);
    expect(steps.map(([code]) => code)).toEqual([
      ...Array.from({ length: 8 }, () => 'persona.testStep'),
      'persona.testVerifications',
    ]);
  });

  it('an account and an inquiry are found after a lost answer, by our reference and our note', async () => {
    await practice.start();
    const { done } = await personaLostAnswers(openPersona({}), INQUIRY);
    expect(done.map(({ kind }) => kind)).toEqual(['persona.account.create', 'persona.inquiry.create']);
  });

  it('account → inquiry → documents → a decision; listed in events, given out, and redacted', async () => {
    await practice.start();
    const context = openPersona({ front: photo('accept', 'f'), back: photo('accept', 'b') });
    const road = await personaInquiry(context, INQUIRY, [licence(FRONT_AND_BACK, 'id')], passed);
    expect(road.progress.at(-1)).toMatchObject({ state: 'accepted' });
    const records = recordsFollowed(road);
    const events = await personaEvents(context, records);
    if (events.kind !== 'answered') throw new Error(events.kind);
    expect(events.changes.map(({ recordId }) => recordId).toSorted()).toEqual(records.toSorted());
    const kept = await personaKept(context, road);
    expect(kept.map(({ providerType, bytes }) => [providerType, Buffer.from(bytes).toString('hex', 0, 2)])).toEqual([
      ['dl', 'ffd8'],
      ['dl', 'ffd8'],
    ]);
    await personaRedacted(context, road);
    expect(await personaKept(context, road)).toEqual([]);
  });

  it('an account that may not list events says so', async () => {
    await practice.start({ 'persona.events': '403' });
    expect(await personaEvents(openPersona({}), ['doc_1'])).toMatchObject({ kind: 'not_offered' });
  });

  it.each(['403', '404', '410'])('withdrawn endpoints (%s) pause the connection in plain words', async (answer) => {
    await practice.start({ 'persona.documentWrites': answer });
    const context = openPersona({ front: jpeg('accept', 'f') });
    const create = operation('persona.document.create', {
      documentId: 'd1',
      requirementId: 'identity',
      kind: 'passport',
      pageIds: ['front'],
      sides: ['single'],
    });
    const outcome = await PROVIDERS.persona.perform(create, context);
    expect(outcome).toMatchObject({ kind: 'pause', cause: 'call_it' });
    expect(['persona.withdrawn', 'persona.writeForbidden']).toContain(outcome.evidence.message.code);
  });
});
