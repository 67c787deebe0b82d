/** A company with its owners, from the desk to the provider's decision. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { until } from '../../support/until.ts';
import { jpeg } from '../capture/files.ts';

const Records = z.object({
  applicants: z.array(
    z.object({ id: z.string(), owners: z.array(z.string()), images: z.array(z.string()), checksUsed: z.number() }),
  ),
});

let folder: string;
let practice: PracticeForTests;
let app: OpenedSatchel;
let connectionId: string;
let batchId: string;

beforeEach(async () => {
  folder = makeFolder('company');
  practice = await startPractice(folder);
  app = await openSatchel(join(folder, 'profile'));
  await app.satchel.start();
  connectionId = app.services.connections.create(connectionTo('personr', practice.server.origin));
  batchId = app.services.capture.createBatch();
});
afterEach(async () => {
  await app.close();
  await practice.close();
  removeFolder(folder);
});

const COMPANY = {
  ...EMPTY_SUBJECT,
  companyName: 'Específico Ltd',
  registrationNumber: 'HRB 77',
  country: 'AUS',
  reference: 'C-1',
};
const ANA = {
  ...EMPTY_SUBJECT,
  givenName: 'Ana',
  familyName: 'Owner',
  country: 'AUS',
  email: 'ana@example.invalid',
  phone: '+61400000000',
  reference: 'C-2',
};

let seed = 0;
async function customer(flowId: string, subject: typeof COMPANY, pages: number): Promise<string> {
  const { capture } = app.services;
  const submissionId = capture.createSubmission({ batchId, connectionId, flowId, subject });
  const paths: string[] = [];
  for (let page = 0; page < pages; page += 1) {
    const path = join(folder, `page-${(seed += 1)}.jpg`);
    await writeFile(path, await jpeg({ seed }));
    paths.push(path);
  }
  await capture.importFiles(paths, { submissionId, slot: null }, 'dialog');
  await capture.whenInspected();
  return submissionId;
}
const company = () => customer('company', COMPANY, 1);
const person = () => customer('identity-selfie', ANA, 2);
const detail = (submissionId: string) => app.services.capture.submission(submissionId);
const codes = (submissionId: string) => detail(submissionId).timeline.map(({ message }) => message.code);
const accepted = (submissionId: string) => until('the decision', () => detail(submissionId).state === 'accepted');

describe('a company', () => {
  it('waits for its owner, is linked to them and decided; lists and search know it by its name', async () => {
    const { capture, dispatcher } = app.services;
    const [companyId, ownerId] = [await company(), await person()];
    expect(detail(companyId)).toMatchObject({ state: 'ready', customer: 'Específico Ltd' });
    expect(capture.ownerChoices(companyId)).toEqual([{ submissionId: ownerId, customer: 'Owner, Ana' }]);
    capture.setOwner(companyId, ownerId, 'Director');
    expect(detail(companyId).owners).toEqual([
      { submissionId: ownerId, customer: 'Owner, Ana', position: 'Director', state: 'ready', isVoided: false },
    ]);
    expect(capture.ownerChoices(companyId)).toEqual([]);
    expect(await capture.findSubmissions('especifico hrb')).toEqual([companyId]);

    capture.releaseSubmission(companyId);
    dispatcher.wake();
    await until('the company to wait', () => codes(companyId).includes('personr.ownerAwaited'));
    expect(detail(companyId).state).toBe('sending');
    capture.releaseSubmission(ownerId);
    dispatcher.wake();
    await accepted(companyId);
    await accepted(ownerId);
    const [first, second] = Records.parse(await practice.admin('GET', '/records')).applicants;
    expect(first).toMatchObject({ owners: [second?.id], checksUsed: 1 });
    expect([first?.images.length, second?.images.length]).toEqual([1, 2]);
    expect(codes(companyId)).toEqual(expect.arrayContaining(['personr.entityCreated', 'personr.ownerAdded']));
  }, 40_000);

  it('of which two answers were lost says what is asked, and after the first decision the other', async () => {
    const { capture, dispatcher, decide } = app.services;
    const [companyId, ownerId] = [await company(), await person()];
    capture.setOwner(companyId, ownerId, 'Director');
    await practice.faults(
      { path: 'entity-document-upload', action: { kind: 'resetAfterStoring' } },
      { path: 'add-ubo', action: { kind: 'resetAfterStoring' } },
    );
    capture.releaseBatch(batchId);
    const asked = () => detail(companyId).operations.filter(({ state }) => state === 'attention');
    await until('both to be asked', () => {
      dispatcher.tryNow(null);
      return asked().length === 2;
    });
    const said: string[] = [];
    for (const { id } of asked()) {
      const { attention, explanation } = detail(companyId);
      expect(attention?.doubt).toMatchObject({ operationId: id, message: explanation });
      said.push(explanation.code);
      decide(companyId, 'confirm_delivered', id);
    }
    expect(new Set(said).size).toBe(2);
    await accepted(companyId);
    expect((await practice.files()).every(({ stored }) => stored === 1)).toBe(true);
  }, 40_000);

  it('refuses what is no owner, and is not released while an owner is voided', async () => {
    const { capture } = app.services;
    const [companyId, ownerId] = [await company(), await person()];
    expect(() => capture.setOwner(ownerId, companyId, 'Other')).toThrow('capture.ownerOfPerson');
    expect(() => capture.setOwner(companyId, companyId, 'Other')).toThrow('capture.ownerElsewhere');
    capture.setOwner(companyId, ownerId, 'Other');
    capture.setOwner(companyId, ownerId, 'Shareholder');
    expect(detail(companyId).owners).toMatchObject([{ position: 'Shareholder' }]);
    capture.voidSubmission(ownerId, 'a mistake');
    expect(() => capture.releaseSubmission(companyId)).toThrow('capture.notReady');
    expect(detail(companyId).findings.map(({ rule }) => rule)).toContain('owner.voided');
    capture.setOwner(companyId, ownerId, null);
    expect(detail(companyId)).toMatchObject({ state: 'ready', owners: [] });
    expect(codes(companyId)).toEqual(expect.arrayContaining(['ledger.ownerSet', 'ledger.ownerRemoved']));
  });

  it('needs its name, its number and its country, and asks for nothing of a person', async () => {
    const companyId = await customer(
      'company',
      { ...COMPANY, companyName: '', registrationNumber: '', country: '' },
      1,
    );
    expect(detail(companyId).findings.map(({ rule }) => rule)).toEqual([
      'subject.missing.companyName',
      'subject.missing.registrationNumber',
      'subject.missing.country',
    ]);
  });
});
