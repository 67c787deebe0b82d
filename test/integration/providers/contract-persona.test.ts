import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import {
  personaDocument,
  personaEvents,
  personaInquiry,
  personaKept,
  personaLostAnswers,
  personaRedacted,
  personaRepeat,
  personaTransaction,
  recordsFollowed,
} from '../../support/contract-cases/persona.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { INQUIRY, TRANSACTION, openDesk, photo } from '../../support/persona-inquiry.ts';
import { operation, type TestPage } from '../../support/provider-context.ts';
import { jpeg, licence, plan, FRONT_AND_BACK } from '../../support/provider-run.ts';

/** The adapter against the practice server: two readings of the same public material, made independently. */

const practice = useDatedPractice('contract-persona');
const { passed } = practice;

const openPersona = (pages: Record<string, TestPage>, keyInflection?: string) =>
  openDesk(practice, pages, keyInflection);

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
    await expect(personaRedacted(context, road)).resolves.toBeUndefined();
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
