/**
 * Files that a provider does not take as they are: kept as they came, sent in a form that it takes, recorded with both
 * hashes.
 */
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import type { Flow, ProviderId, Subject } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { flowOf } from '../../support/flow-of.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { selfie } from '../../support/samples.ts';
import { until } from '../../support/until.ts';
import { jpeg, pdf, png, protectedPdf, surrounded, tiff, webp } from '../capture/files.ts';

const Row = z.object({
  original: z.string(),
  blob: z.string(),
  sha256: z.string(),
  mediaType: z.string(),
  rule: z.string(),
});

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const SUBJECT: Subject = {
  ...EMPTY_SUBJECT,
  givenName: 'Tilda',
  familyName: 'Tiff',
  country: 'AUS',
  email: 'tilda@example.invalid',
  phone: '+61491570006',
  reference: 'TIFF-1',
};

/** Persona takes identity documents as photos of government ids. */
const PHOTOS: Flow = { ...flowOf('persona'), route: { by: 'inquiry', templateId: 'itmpl_Practice' } };

let profile: string;
let folder: string;
let practice: PracticeForTests;
let app: OpenedSatchel;

beforeEach(async () => {
  profile = makeFolder('renditions');
  folder = makeFolder('renditions-files');
  practice = await startPractice(folder);
  app = await openSatchel(profile);
  await app.satchel.start();
});
afterEach(async () => {
  await app.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(folder);
});

/** A customer whose first page is `name` with `bytes`, and whose second is a JPEG. */
async function capture(
  provider: ProviderId,
  name: string,
  bytes: Uint8Array,
  flow: Flow = flowOf(provider),
): Promise<string> {
  const { connections, capture: desk } = app.services;
  const connectionId = connections.create(connectionTo(provider, practice.server.origin, { flows: [flow] }));
  const submissionId = desk.createSubmission({
    batchId: desk.createBatch(),
    connectionId,
    flowId: flow.id,
    subject: SUBJECT,
  });
  await writeFile(join(folder, name), bytes);
  // A selfie where one is wanted, with a face in it.
  const second = provider !== 'persona' ? await selfie() : await jpeg({ seed: 77 });
  await writeFile(join(folder, 'second.jpg'), second);
  await desk.importFiles([join(folder, name), join(folder, 'second.jpg')], { submissionId, slot: null }, 'dialog');
  await desk.whenInspected();
  return submissionId;
}

/** The renditions as the database has them. */
function renditions(): z.infer<typeof Row>[] {
  const plain = new Sqlite(join(profile, 'satchel.sqlite3'), { readonly: true });
  const rows = plain
    .prepare(
      `SELECT original.sha256 AS original, renditions.blob_id AS blob, sent.sha256,
         renditions.media_type AS mediaType, rule
       FROM renditions JOIN pages ON pages.id = page_id JOIN blobs AS original ON original.id = pages.blob_id
       JOIN blobs AS sent ON sent.id = renditions.blob_id`,
    )
    .all();
  plain.close();
  return z.array(Row).parse(rows);
}

/** What the ledger keeps of the renditions of a customer's pages. */
function recorded(submissionId: string): unknown[] {
  const plain = new Sqlite(join(profile, 'satchel.sqlite3'), { readonly: true });
  const rows = z
    .array(z.object({ data: z.string() }))
    .parse(
      plain.prepare("SELECT data FROM ledger WHERE submission_id = ? AND kind = 'page.rendition'").all(submissionId),
    );
  plain.close();
  return rows.map(({ data }) => JSON.parse(data) as unknown);
}

async function sent(submissionId: string): Promise<void> {
  app.services.dispatcher.wake();
  await until('the customer to be sent', () =>
    /^(sent|in_review|accepted)$/.test(app.services.capture.submission(submissionId).state),
  );
}

describe('a page that the provider does not take as it is', () => {
  it.each([
    ['personr', 'a scan of one sheet', 'front.tif', () => tiff(['#99bbee']), 'image/jpeg'],
    ['persona', 'a scan of two sheets', 'both.tiff', () => tiff(['#99bbee', '#eecc99']), 'application/pdf'],
    ['personr', 'a picture from the web', 'photo.webp', () => webp({ seed: 5 }), 'image/jpeg'],
    [
      'persona',
      'a PDF with the words of a portal around it',
      'bill.pdf',
      () => surrounded(pdf()),
      'application/pdf',
      'pdf.sentAlone',
    ],
  ] as const)(
    '%s, %s: another form of it arrives once, and the original stays',
    async (provider, _kind, name, make, form, rule: string = `${provider}.sentAs`) => {
      const bytes = await make();
      const submissionId = await capture(provider, name, bytes);
      const { state, light, pages, batchId, timeline } = app.services.capture.submission(submissionId);
      expect([state, light]).toEqual(['ready', 'green']);
      const page = pages.find(({ fileName }) => fileName === name);
      expect(page).toMatchObject({ sha256: hash(bytes), byteLength: bytes.length });
      expect(page?.rendition).toMatchObject({ mediaType: form, rule });
      expect(page?.findings).toContainEqual(expect.objectContaining({ rule, severity: 'info' }));
      const code = rule === 'pdf.sentAlone' ? 'ledger.pageRenditionAlone' : 'ledger.pageRendition';
      expect(timeline.map(({ message }) => message.code)).toContain(code);

      app.services.capture.releaseBatch(batchId);
      await sent(submissionId);
      const arrived = await practice.files();
      expect(arrived.find(({ sha256 }) => sha256 === page?.rendition?.sha256)).toMatchObject({
        received: 1,
        stored: 1,
      });
      expect(arrived.map(({ sha256 }) => sha256)).not.toContain(hash(bytes));
      await app.close();
      expect(renditions()).toMatchObject([{ original: hash(bytes), sha256: page?.rendition?.sha256 }]);
      app = await openSatchel(profile);
    },
  );

  it('a scan that is larger than Persona takes of an identity document: a smaller one of it arrives there, elsewhere itself', async () => {
    const bytes = await png({ width: 2600, height: 2000, seed: 15 });
    expect(bytes.length).toBeGreaterThan(15_000_000);
    const submissionId = await capture('persona', 'scan.png', bytes);
    const { capture: desk } = app.services;
    const scan = () => desk.submission(submissionId).pages.find(({ fileName }) => fileName === 'scan.png');
    const [identity, address] = desk.submission(submissionId).slots.map(({ key }) => key);
    expect(scan()).toMatchObject({
      slot: identity,
      rendition: { mediaType: 'image/jpeg', rule: 'persona.sentSmaller' },
    });
    expect(scan()?.rendition?.byteLength).toBeLessThan(15_000_000);
    const rules = () => scan()?.findings.map(({ rule }) => rule);
    expect(rules()).toContain('persona.sentSmaller');
    expect(rules()).not.toContain('persona.file.tooLarge');

    const bill = desk.submission(submissionId).pages.find(({ fileName }) => fileName === 'second.jpg');
    desk.movePage(bill?.id ?? '', null);
    desk.movePage(scan()?.id ?? '', address ?? null);
    expect(scan()?.rendition).toBeNull();
    expect(rules()).not.toContain('persona.sentSmaller');
    desk.movePage(bill?.id ?? '', identity ?? null);
    desk.releaseBatch(desk.submission(submissionId).batchId);
    await sent(submissionId);
    expect((await practice.files()).map(({ sha256 }) => sha256)).toContain(hash(bytes));
  });

  it('a photograph of 15 MB and more: a smaller one arrives in the place of an identity document', async () => {
    const bytes = await jpeg({ width: 5400, height: 4200, seed: 16, quality: 100 });
    expect(bytes.length).toBeGreaterThan(15_000_000);
    const submissionId = await capture('persona', 'photo.jpg', bytes, PHOTOS);
    const { pages, batchId } = app.services.capture.submission(submissionId);
    const page = pages.find(({ fileName }) => fileName === 'photo.jpg');
    expect(page).toMatchObject({ sha256: hash(bytes), byteLength: bytes.length });
    expect(page?.rendition).toMatchObject({ mediaType: 'image/jpeg', rule: 'persona.sentSmaller' });
    expect(page?.rendition?.byteLength).toBeLessThan(15_000_000);
    app.services.capture.releaseBatch(batchId);
    await sent(submissionId);
    const arrived = (await practice.files()).map(({ sha256 }) => sha256);
    expect(arrived).toContain(page?.rendition?.sha256);
    expect(arrived).not.toContain(hash(bytes));
    await app.close();
    expect(recorded(submissionId)).toMatchObject([
      {
        rule: 'persona.sentSmaller',
        originalSha256: hash(bytes),
        sha256: page?.rendition?.sha256,
        maxBytes: 15_000_000,
      },
    ]);
    app = await openSatchel(profile);
  });

  it('a PDF of one sheet where Persona takes pictures only: its picture arrives there, the PDF elsewhere', async () => {
    const bytes = pdf({ remark: 'an identity document' });
    const submissionId = await capture('persona', 'scan.pdf', bytes, PHOTOS);
    const { capture: desk } = app.services;
    const scan = () => desk.submission(submissionId).pages.find(({ fileName }) => fileName === 'scan.pdf');
    const rules = () => scan()?.findings.map(({ rule }) => rule);
    const [identity, address] = desk.submission(submissionId).slots.map(({ key }) => key);
    expect(scan()).toMatchObject({
      slot: identity,
      mediaType: 'application/pdf',
      sha256: hash(bytes),
      rendition: { mediaType: 'image/jpeg', rule: 'persona.sentAsPicture' },
    });
    expect([rules()?.includes('persona.sentAsPicture'), rules()?.includes('persona.photo.wanted')]).toEqual([
      true,
      false,
    ]);

    const bill = desk.submission(submissionId).pages.find(({ fileName }) => fileName === 'second.jpg');
    desk.movePage(bill?.id ?? '', null);
    desk.movePage(scan()?.id ?? '', address ?? null);
    expect([scan()?.rendition, rules()?.includes('persona.sentAsPicture')]).toEqual([null, false]);
    desk.movePage(scan()?.id ?? '', identity ?? null);
    desk.movePage(bill?.id ?? '', address ?? null);
    const picture = scan()?.rendition?.sha256;
    desk.releaseBatch(desk.submission(submissionId).batchId);
    await sent(submissionId);
    const arrived = (await practice.files()).map(({ sha256 }) => sha256);
    expect(arrived).toContain(picture);
    expect(arrived).not.toContain(hash(bytes));
  });

  it('a PDF of several sheets where Persona takes pictures only is stopped, and the sentence says what to do', async () => {
    const submissionId = await capture('persona', 'scan.pdf', pdf({ sheets: 2 }), PHOTOS);
    const { pages, state } = app.services.capture.submission(submissionId);
    const scan = pages.find(({ fileName }) => fileName === 'scan.pdf');
    expect([state, scan?.rendition]).toEqual(['draft', null]);
    expect(scan?.findings).toContainEqual(
      expect.objectContaining({
        rule: 'persona.photo.severalSheets',
        severity: 'blocking',
        params: { file: 'scan.pdf', sheets: 2 },
      }),
    );
  });

  it.each(['sumsub', 'personr'] as const)('%s, a protected PDF of one sheet: its picture arrives', async (provider) => {
    const bytes = protectedPdf();
    const submissionId = await capture(provider, 'statement.pdf', bytes);
    const { pages, batchId, timeline, state } = app.services.capture.submission(submissionId);
    const page = pages.find(({ fileName }) => fileName === 'statement.pdf');
    expect([state, page?.sha256]).toEqual(['ready', hash(bytes)]);
    expect(page?.rendition).toMatchObject({ mediaType: 'image/jpeg', rule: `${provider}.sentUnlocked` });
    const rules = page?.findings.map(({ rule }) => rule);
    expect(rules).toContain(`${provider}.sentUnlocked`);
    expect(rules).not.toContain(`${provider}.file.encrypted`);
    expect(timeline.map(({ message }) => message.code)).toContain('ledger.pageRenditionUnlocked');
    app.services.capture.releaseBatch(batchId);
    await sent(submissionId);
    const arrived = (await practice.files()).map(({ sha256 }) => sha256);
    expect(arrived).toContain(page?.rendition?.sha256);
    expect(arrived).not.toContain(hash(bytes));
  });

  it.each([
    ['sumsub', 'blocking', 'draft'],
    ['personr', 'blocking', 'draft'],
    ['persona', 'warning', 'ready'],
  ] as const)('%s, a protected PDF of two sheets: %s', async (provider, severity, state) => {
    const submissionId = await capture(provider, 'statement.pdf', protectedPdf({ sheets: 2 }));
    const { pages, state: reached } = app.services.capture.submission(submissionId);
    const page = pages.find(({ fileName }) => fileName === 'statement.pdf');
    expect([reached, page?.rendition]).toEqual([state, null]);
    expect(page?.findings).toContainEqual(expect.objectContaining({ rule: `${provider}.file.encrypted`, severity }));
  });

  it('is refused at the desk when only its beginning can be read', async () => {
    const bytes = await tiff(['#99bbee', '#eecc99']);
    const submissionId = await capture('personr', 'broken.tif', bytes.subarray(0, bytes.length - 400));
    const { pages, state } = app.services.capture.submission(submissionId);
    const rules = pages.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    expect([state, pages.length === 1 || rules.includes('page.notConvertible')]).toEqual(['draft', true]);
    await app.close();
    expect(renditions()).toEqual([]);
    app = await openSatchel(profile);
  });

  it('keeps its other form over a restart, and says at its slot when that is gone', async () => {
    const submissionId = await capture('personr', 'front.tif', await tiff(['#99bbee']));
    await app.close();
    const [row] = renditions();
    app = await openSatchel(profile);
    await app.satchel.start();
    expect(app.services.capture.submission(submissionId).state).toBe('ready');
    await app.close();
    await rm(join(profile, 'vault', row?.blob.slice(5, 7) ?? '', `${row?.blob ?? ''}.page`));
    app = await openSatchel(profile);
    await app.satchel.start();
    await until('the loss to be noticed', () => app.services.capture.submission(submissionId).state === 'draft');
    const rules = app.services.capture.submission(submissionId).pages.flatMap(({ findings }) => findings);
    expect(rules.map(({ rule }) => rule)).toContain('page.lost');
  });
});
