/** A stack of several customers: proposed, looked at, dealt out and taken back, with every page accounted for. */
import { setImmediate as turn } from 'node:timers/promises';
import { PDFDict, PDFDocument, PDFName, degrees } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertReadings } from '../../../main/capture/readings.ts';
import { balance } from '../../../main/reports/index.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import type { StackSettings, StackView } from '../../../shared/domain/index.ts';
import { drawSeparator, scanned } from '../../support/coded-pages.ts';
import { fillStack, newStackByCount } from '../../support/full-stack.ts';
import { readingSaying } from '../../support/readings.ts';
import { sample } from '../../support/samples.ts';
import { drawWithoutZone } from '../../bench/mrz/pages.ts';
import { pdfOf } from '../../support/sheets.ts';
import { PASSPORT_SLOT, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { blankBack, jpeg, tiff } from './files.ts';

const BILL_SLOT = 'address/utility_bill/single';
const SEPARATORS: StackSettings = { splitBy: 'separator', pagesEach: 2, expectedCustomers: 3 };
const random = randomFrom(77);
/** Two sheets that were fed upside down; no two scans of one are the same bytes. */
const sheet = await drawSeparator();
const separators = await Promise.all(
  [0, 180].map((angle) => scanned(random, sheet, { dpi: 100, angle, blur: 0.1, noise: 4, quality: 70 })),
);
/** Drawn before the inspection lets nothing but pictures be read in this process. */
const letter = await drawWithoutZone(3);

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

function newStack(settings = SEPARATORS): string {
  return desk.capture.createStack({
    batchId: desk.capture.createBatch(),
    connectionId: desk.personaId,
    flowId: 'proof-of-address',
    settings,
  });
}

const blank = await blankBack();

/** `S`: a separator; `_`: a blank page; a number: a page of that seed. */
async function feed(stackId: string, pages: readonly (number | 'S' | '_')[]): Promise<string[]> {
  const pageIds: string[] = [];
  let used = 0;
  for (const page of pages) {
    const separator = separators[used % separators.length] ?? blank;
    if (page === 'S') used += 1;
    const bytes = page === 'S' ? separator : page === '_' ? blank : await jpeg({ seed: page });
    const { imported } = await desk.capture.importBytes(
      { name: `scan-${pageIds.length + 1}.jpg`, bytes },
      { submissionId: stackId, slot: null },
      'scanner',
    );
    pageIds.push(imported[0]?.pageId ?? 'refused');
  }
  await desk.capture.whenInspected();
  return pageIds;
}

/** Positions by customer, then the tray, for example `1 2 | 4 5 | tray 3`. */
function shown({ pages }: StackView): string {
  const groups = Map.groupBy(pages, ({ place }) => (place.kind === 'tray' ? 'tray' : `${place.customer}`));
  return [...groups]
    .map(([name, own]) => [...(name === 'tray' ? ['tray'] : []), ...own.map(({ position }) => position)].join(' '))
    .join(' | ');
}

function split(stackId: string): Promise<string[]> {
  return desk.capture.splitStack(stackId, desk.capture.stack(stackId).fingerprint);
}

function allAccounted(): void {
  const { isBalanced, captured, waiting, voided } = balance(desk.db, { fromMs: 0, toMs: desk.clock.at + 1 });
  expect(isBalanced).toBe(true);
  expect(captured).toBe(waiting + voided);
}

describe('a stack with separators', () => {
  it('is proposed, and dealt out into customers with their slots, every page accounted for', async () => {
    const stackId = newStack();
    const pageIds = await feed(stackId, [1, 2, 'S', 3, 4, 'S', 5]);
    const view = desk.capture.stack(stackId);
    expect(shown(view)).toBe('1 2 | 4 5 | 7 | tray 3 6');
    expect(view.counts).toEqual({ found: 7, proposed: 5, tray: 2, dealt: 0, customers: 3, beingChecked: 0 });
    expect(view.pages[0]?.place).toMatchObject({ reason: 'first', slot: PASSPORT_SLOT });
    expect(view.pages[2]?.place).toMatchObject({ reason: 'separator', customer: 2 });

    const customers = (await split(stackId)).map((id) => desk.capture.submission(id));
    expect(customers.map(({ pages }) => pages.map(({ id }) => id))).toEqual([
      [pageIds[0], pageIds[1]],
      [pageIds[3], pageIds[4]],
      [pageIds[6]],
    ]);
    expect(customers[1]?.pages.map(({ slot }) => slot)).toEqual([PASSPORT_SLOT, BILL_SLOT]);
    expect(customers[0]?.pages.map(({ fileName }) => fileName)).toEqual(['scan-1.jpg', 'scan-2.jpg']);
    const after = desk.capture.stack(stackId);
    expect(shown(after)).toBe('tray 3 6');
    expect(after.counts).toEqual({ found: 7, proposed: 0, tray: 2, dealt: 5, customers: 3, beingChecked: 0 });
    allAccounted();
  });

  it('is dealt out only as a person saw it, and not while a page is being checked', async () => {
    const stackId = newStack();
    const [first, second] = await feed(stackId, [1, 2]);
    const { fingerprint } = desk.capture.stack(stackId);
    await desk.capture.importBytes(
      { name: 'late.jpg', bytes: await jpeg({ seed: 9 }) },
      { submissionId: stackId, slot: null },
      'scanner',
    );
    await desk.capture.whenInspected();
    await expect(desk.capture.splitStack(stackId, fingerprint)).rejects.toThrow(/stack\.changed/);
    desk.capture.editStack(stackId, { [second ?? '']: 'cut' });
    expect(shown(desk.capture.stack(stackId))).toBe('1 | 2 3');
    desk.capture.editStack(stackId, { [first ?? '']: 'aside', [second ?? '']: null });
    expect(shown(desk.capture.stack(stackId))).toBe('2 3 | tray 1');
    desk.db.transaction((transaction) => {
      transaction.run('UPDATE pages SET inspected_at = NULL WHERE id = ?', [second ?? '']);
    });
    await expect(split(stackId)).rejects.toThrow(/stack\.stillChecking/);
    expect(desk.capture.stack(stackId).counts).toMatchObject({ found: 3, dealt: 0 });
  });

  it('is taken back whole, also a page that was taken out meanwhile, until a customer is released', async () => {
    const stackId = newStack();
    await feed(stackId, [1, 2, 'S', 3, 4]);
    const [one = '', two = ''] = await split(stackId);
    desk.capture.removePage(desk.capture.submission(one).pages[0]?.id ?? '');
    await desk.capture.undoSplit(stackId);
    expect(shown(desk.capture.stack(stackId))).toBe('1 2 | 4 5 | tray 3');
    expect(desk.capture.submission(two).beside).toContain('voided');
    allAccounted();

    const [again = ''] = await split(stackId);
    desk.capture.setSubject(again, { ...desk.capture.submission(again).subject, ...READY });
    desk.capture.releaseSubmission(again);
    await expect(desk.capture.undoSplit(stackId)).rejects.toThrow(/stack\.isReleased/);
    allAccounted();
  });

  it('leaves what is put away in the balance, as voided', async () => {
    const stackId = newStack();
    await feed(stackId, [1, 'S', 2]);
    expect(() => desk.capture.putStackAway(stackId)).toThrow(/stack\.notDealtOut/);
    await split(stackId);
    desk.capture.putStackAway(stackId);
    const { voided, waiting, isBalanced } = balance(desk.db, { fromMs: 0, toMs: desk.clock.at + 1 });
    expect({ voided, waiting, isBalanced }).toEqual({ voided: 1, waiting: 2, isBalanced: true });
  });

  it('keeps its batch open until it is put away, also when every customer of it has gone', async () => {
    const stackId = newStack();
    await feed(stackId, [1, 2, 'S', 3, 4]);
    for (const id of await split(stackId)) {
      desk.capture.setSubject(id, { ...desk.capture.submission(id).subject, ...READY });
    }
    const { batchId } = desk.capture.stack(stackId);
    const stateOfBatch = () => desk.capture.batches().find(({ id }) => id === batchId)?.state;
    expect(desk.capture.releaseBatch(batchId)).toEqual({ released: 2, kept: 1 });
    expect(stateOfBatch()).toBe('open');
    desk.capture.putStackAway(stackId);
    expect(stateOfBatch()).toBe('released');
    allAccounted();
  });
});

/** What the practice flow of Persona cannot do without. */
const READY = { givenName: 'Erika', familyName: 'Muster', birthDate: '1984-08-12', country: 'DEU', reference: 'B-7' };

it('lays blank backs into the tray, from which a person may take them', async () => {
  const stackId = newStack();
  const pageIds = await feed(stackId, [1, '_', 'S', '_', 2]);
  const view = desk.capture.stack(stackId);
  expect(shown(view)).toBe('1 | 5 | tray 2 3 4');
  expect(view.pages.map(({ place }) => (place.kind === 'tray' ? place.why : 'page'))).toEqual([
    'page',
    'page',
    'blank',
    'separator',
    'blank',
  ]);
  desk.capture.editStack(stackId, { [pageIds[1] ?? '']: 'keep' });
  expect(shown(desk.capture.stack(stackId))).toBe('1 2 | 5 | tray 3 4');
});

it('parts after so many pages', async () => {
  const stackId = newStack({ splitBy: 'count', pagesEach: 2, expectedCustomers: null });
  await feed(stackId, [1, 2, 3, 4, 5]);
  expect(shown(desk.capture.stack(stackId))).toBe('1 2 | 3 4 | 5');
});

it('leaves a passport and a residence permit of one person with one customer', async () => {
  const stackId = newStack({ splitBy: 'identity', pagesEach: 2, expectedCustomers: null });
  const pageIds = await feed(stackId, [1, 2, 3]);
  const says = (index: number, documentNumber: string, givenName: string): void => {
    const reading = readingSaying({ documentNumber, givenName, familyName: 'Brandt', birthDate: '1984-08-12' });
    desk.db.transaction((transaction) => {
      insertReadings(transaction, desk.cipher, pageIds[index] ?? '', [reading]);
    });
  };
  says(0, 'C01X00T47', 'Amelie');
  says(1, 'Y98765432', 'Amelie');
  says(2, 'C01X00T48', 'Bruno');
  expect(shown(desk.capture.stack(stackId))).toBe('1 2 | 3');
});

it('parts where another person’s document lies, before the front of a card whose back says so', async () => {
  const stackId = newStack({ splitBy: 'identity', pagesEach: 2, expectedCustomers: null });
  for (const name of [
    'amelie-passport',
    'bruno-id-card-front',
    'bruno-id-card-back',
    'elena-id-card-front',
    'elena-id-card-back',
  ]) {
    await desk.capture.importBytes(
      { name: `${name}.jpg`, bytes: await sample(`${name}.jpg`) },
      { submissionId: stackId, slot: null },
      'drop',
    );
  }
  await desk.capture.whenInspected();
  const view = desk.capture.stack(stackId);
  expect(shown(view)).toBe('1 | 2 3 | 4 5');
  expect(view.pages[3]?.place).toMatchObject({ reason: 'identity', slot: 'identity/id_card/front' });
  const [, , third = ''] = await split(stackId);
  expect(desk.capture.submission(third).subject.givenName).toMatch(/^Elena/);
});

it('has no slots of its own and is never released', async () => {
  const stackId = newStack();
  const [pageId = ''] = await feed(stackId, [1]);
  expect(() => desk.capture.movePage(pageId, PASSPORT_SLOT)).toThrow(/stack\.hasNoSlots/);
  expect(() => desk.capture.releaseSubmission(stackId)).toThrow(/capture\.notReady/);
  const { rows } = await desk.capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: 10 });
  expect(rows[0]).toMatchObject({
    isStack: true,
    pageCount: 1,
    requiredSlots: 0,
    explanation: { code: 'submission.stack' },
  });
});

/** Splits, and does something as soon as a part of it is done. */
async function splitAnd<Result>(stackId: string, midway: () => Result): Promise<Result> {
  const working = split(stackId);
  await turn();
  expect(desk.capture.stack(stackId).counts.dealt).toBeGreaterThan(0);
  expect(desk.capture.stack(stackId).counts.proposed).toBeGreaterThan(0);
  const seen = midway();
  await working;
  return seen;
}

const whyOf = (stackId: string) =>
  desk.capture.stack(stackId).pages.flatMap(({ place }) => (place.kind === 'tray' ? [place.why] : []));

async function feedFile(stackId: string, sheets: readonly Buffer[]): Promise<void> {
  const target = { submissionId: stackId, slot: null };
  await desk.capture.importBytes({ name: 'stack.pdf', bytes: await pdfOf(sheets) }, target, 'folder');
  await desk.capture.whenInspected();
}

describe('a file with several sheets', () => {
  it('goes to one customer when nothing says that it is of several', async () => {
    const stackId = newStack();
    const [separator = blank] = separators;
    await feedFile(stackId, [await jpeg({ seed: 1 }), await jpeg({ seed: 2 })]);
    await feedFile(stackId, [separator, separator]);
    await feedFile(stackId, [await jpeg({ seed: 3 })]);
    expect(shown(desk.capture.stack(stackId))).toBe('1 | 3 | tray 2');
    expect(whyOf(stackId)).toEqual(['separator']);
    expect(desk.capture.stack(stackId).pages[0]?.sheetCount).toBe(2);
  });

  it('goes to nobody by itself when a separator lies among its sheets', async () => {
    const stackId = newStack();
    const [separator = blank] = separators;
    await feedFile(stackId, [await jpeg({ seed: 1 }), separator, await jpeg({ seed: 2 })]);
    expect(shown(desk.capture.stack(stackId))).toBe('tray 1');
    expect(whyOf(stackId)).toEqual(['several']);
  });

  it('goes to nobody by itself when its sheets are of two people', async () => {
    const stackId = newStack();
    await feedFile(stackId, [await sample('amelie-passport.jpg'), await sample('david-passport.jpg')]);
    await feedFile(stackId, [await jpeg({ seed: 1 })]);
    expect(shown(desk.capture.stack(stackId))).toBe('2 | tray 1');
    expect(whyOf(stackId)).toEqual(['several']);
    desk.capture.editStack(stackId, { [desk.capture.stack(stackId).pages[1]?.id ?? '']: 'keep' });
    expect(shown(desk.capture.stack(stackId))).toBe('1 2');
  });
});

const pageAt = (stackId: string, position: number): string =>
  desk.capture.stack(stackId).pages.find((page) => page.position === position)?.id ?? '';

/** The original of a page. */
async function bytesOf(pageId: string): Promise<Buffer> {
  const row = desk.db.get<{ id: string }>('SELECT blob_id AS id FROM pages WHERE id = ?', [pageId]);
  return Buffer.from(await desk.vault.readAll(row?.id ?? ''));
}

describe('a file that is parted into its sheets', () => {
  it('has a page for each in its place, which are looked at as if they had been scanned singly', async () => {
    const stackId = newStack();
    const [separator = blank] = separators;
    await feedFile(stackId, [await jpeg({ seed: 1 })]);
    await feedFile(stackId, [await jpeg({ seed: 2 }), separator, await jpeg({ seed: 3 }), blank]);
    await feedFile(stackId, [await jpeg({ seed: 4 })]);
    expect(shown(desk.capture.stack(stackId))).toBe('1 | 3 | tray 2');
    const fileId = pageAt(stackId, 2);
    const day = { fromMs: desk.clock.at - 1, toMs: desk.clock.at + 1_000 };

    const pageIds = await desk.capture.partPage(stackId, fileId);
    await desk.capture.whenInspected();
    expect(pageIds).toHaveLength(4);
    // Page 2 goes on with the customer before it; after the separator the next one begins, and after the file one more, as before.
    expect(shown(desk.capture.stack(stackId))).toBe('1 2 | 4 | 6 | tray 3 5');
    expect(whyOf(stackId)).toEqual(['separator', 'blank']);
    expect([2, 3, 4, 5].map((position) => pageAt(stackId, position))).toEqual(pageIds);
    expect(desk.capture.stack(stackId).pages.map(({ sheetCount }) => sheetCount)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(desk.db.get('SELECT state FROM pages WHERE id = ?', [fileId])).toEqual({ state: 'removed' });
    const parts = desk.db.all(
      "SELECT 1 FROM ledger WHERE kind = 'page.captured' AND json_extract(data, '$.partOf') = ?",
      [fileId],
    );
    expect(parts).toHaveLength(4);
    expect(balance(desk.db, day)).toMatchObject({ captured: 6, isBalanced: true });

    const made = await split(stackId);
    expect(made).toHaveLength(3);
    const names = made.map((id) => desk.capture.submission(id).pages.map(({ fileName }) => fileName));
    expect(names).toEqual([['stack.pdf', 'stack-1.jpg'], ['stack-3.jpg'], ['stack.pdf']]);
  });

  it('leaves a separator after it a separator', async () => {
    const stackId = newStack();
    const [separator = blank] = separators;
    await feedFile(stackId, [await jpeg({ seed: 1 }), separator, await jpeg({ seed: 2 })]);
    await feed(stackId, ['S', 3]);
    await desk.capture.partPage(stackId, pageAt(stackId, 1));
    await desk.capture.whenInspected();
    expect(shown(desk.capture.stack(stackId))).toBe('1 | 3 | 5 | tray 2 4');
  });

  it('of two people goes to each of them', async () => {
    const stackId = newStack({ ...SEPARATORS, splitBy: 'identity' });
    await feedFile(stackId, [await sample('amelie-passport.jpg'), await sample('david-passport.jpg')]);
    await desk.capture.partPage(stackId, pageAt(stackId, 1));
    await desk.capture.whenInspected();
    expect(shown(desk.capture.stack(stackId))).toBe('1 | 2');
  });

  it('must have several sheets, and lie in a stack that is still open', async () => {
    const stackId = newStack();
    await feedFile(stackId, [await jpeg({ seed: 1 })]);
    const single = pageAt(stackId, 1);
    await expect(desk.capture.partPage(stackId, single)).rejects.toThrow('stack.oneSheet');
    const other = newStack();
    await expect(desk.capture.partPage(other, single)).rejects.toThrow('not_found');
    await feedFile(stackId, [await jpeg({ seed: 2 }), await jpeg({ seed: 3 })]);
    const file = pageAt(stackId, 2);
    await split(stackId);
    await expect(desk.capture.partPage(stackId, file)).rejects.toThrow(/not_found|conflict/);
  });

  it('stays whole where a sheet of it cannot be taken out, and nothing of it is left behind', async () => {
    const stackId = newStack();
    const colours = ['#ff0000', '#00ff00'] as const;
    const bytes = await tiff([...colours]);
    await desk.capture.importBytes({ name: 'two.tif', bytes }, { submissionId: stackId, slot: null }, 'drop');
    await desk.capture.whenInspected();
    const blobs = (): unknown => desk.db.get("SELECT count(*) AS n FROM blobs WHERE kind = 'original'");
    expect(blobs()).toEqual({ n: 1 });
    const file = pageAt(stackId, 1);
    desk.db.transaction((db) => db.run('UPDATE pages SET sheet_count = 3 WHERE id = ?', [file]));
    await expect(desk.capture.partPage(stackId, file)).rejects.toThrow('stack.cannotPart');
    expect(shown(desk.capture.stack(stackId))).toBe('1');
    expect(blobs()).toEqual({ n: 1 });
    desk.db.transaction((db) => db.run('UPDATE pages SET sheet_count = 2 WHERE id = ?', [file]));
    const parts = await desk.capture.partPage(stackId, file);
    await desk.capture.whenInspected();
    for (const [index, pageId] of parts.entries()) {
      const picture = sharp(await bytesOf(pageId));
      const { dominant } = await picture.stats();
      expect(await picture.metadata()).toMatchObject({ format: 'jpeg', width: 900, height: 640, density: 300 });
      expect(index === 0 ? dominant.r : dominant.g).toBeGreaterThan(200);
    }
  });

  it('keeps with each sheet, once, that the file named a program for editing', async () => {
    const stackId = newStack();
    const edited = await sharp(await jpeg({ seed: 9 }))
      .withExif({ IFD0: { Software: 'GIMP 2.10' } })
      .jpeg()
      .toBuffer();
    await feedFile(stackId, [edited, await jpeg({ seed: 10 })]);
    const parts = await desk.capture.partPage(stackId, pageAt(stackId, 1));
    await desk.capture.whenInspected();
    for (const pageId of parts) {
      const row = desk.db.get<{ findings: string }>('SELECT findings FROM pages WHERE id = ?', [pageId]);
      expect(row?.findings.match(/page\.editorNamed/g)).toHaveLength(1);
    }
  });

  it('has of each sheet what is seen on it and nothing of the others, whatever the file lets a sheet reach', async () => {
    const [first, second] = [await jpeg({ seed: 7 }), await jpeg({ seed: 8 })];
    const pdf = await PDFDocument.create();
    const pictures = [await pdf.embedJpg(first), await pdf.embedJpg(second)];
    const [one, other] = pictures.map((picture) => {
      const page = pdf.addPage([picture.width, picture.height]);
      page.drawImage(picture);
      return page;
    });
    // One dictionary of resources for both, as some programs write it: each sheet names the other one's picture.
    const shared = one?.node.Resources()?.lookup(PDFName.of('XObject'), PDFDict);
    for (const [name, value] of other?.node.Resources()?.lookup(PDFName.of('XObject'), PDFDict).entries() ?? []) {
      shared?.set(name, value);
    }
    const stackId = newStack();
    const target = { submissionId: stackId, slot: null };
    await desk.capture.importBytes({ name: 'shared.pdf', bytes: await pdf.save() }, target, 'drop');
    await desk.capture.whenInspected();
    const parts = await desk.capture.partPage(stackId, pageAt(stackId, 1));
    // The scanner's own pictures, byte for byte.
    expect(await Promise.all(parts.map(bytesOf))).toEqual([first, second].map((bytes) => Buffer.from(bytes)));
  });

  it('draws a sheet of print that is turned, although turned it looks much the same from far', async () => {
    const pdf = await PDFDocument.create();
    const picture = await pdf.embedJpg(letter);
    for (const angle of [0, 180]) {
      const page = pdf.addPage([picture.width / 4, picture.height / 4]);
      page.drawImage(picture, { width: picture.width / 4, height: picture.height / 4 });
      page.setRotation(degrees(angle));
    }
    const flipped = pdf.addPage([picture.width / 4, picture.height / 4]);
    // Not by the page's own attribute but by its content.
    flipped.drawImage(picture, {
      x: picture.width / 4,
      y: picture.height / 4,
      width: picture.width / 4,
      height: picture.height / 4,
      rotate: degrees(180),
    });
    const stackId = newStack();
    const target = { submissionId: stackId, slot: null };
    await desk.capture.importBytes({ name: 'letter.pdf', bytes: await pdf.save() }, target, 'drop');
    await desk.capture.whenInspected();
    const parts = await desk.capture.partPage(stackId, pageAt(stackId, 1));
    const own = await Promise.all(parts.map(async (pageId) => (await bytesOf(pageId)).equals(Buffer.from(letter))));
    expect(own).toEqual([true, false, false]);
  });

  it('draws a sheet that is turned or is more than a picture, as it is seen', async () => {
    const pdf = await PDFDocument.create();
    const half = await sharp({ create: { width: 600, height: 600, channels: 3, background: '#ffffff' } })
      .composite([
        { input: { create: { width: 600, height: 300, channels: 3, background: '#000000' } }, top: 0, left: 0 },
      ])
      .jpeg()
      .toBuffer();
    const picture = await pdf.embedJpg(half);
    pdf.addPage([144, 144]).drawImage(picture, { width: 144, height: 144 });
    const turned = pdf.addPage([144, 144]);
    turned.drawImage(picture, { width: 144, height: 144 });
    turned.setRotation(degrees(180));
    const stackId = newStack();
    const target = { submissionId: stackId, slot: null };
    await desk.capture.importBytes({ name: 'turned.pdf', bytes: await pdf.save() }, target, 'drop');
    await desk.capture.whenInspected();
    const [plain = '', upsideDown = ''] = await desk.capture.partPage(stackId, pageAt(stackId, 1));
    expect(await bytesOf(plain)).toEqual(half);
    const drawn = sharp(await bytesOf(upsideDown));
    expect(await drawn.metadata()).toMatchObject({ width: 600, height: 600, density: 300 });
    const top = await drawn.extract({ left: 0, top: 0, width: 600, height: 200 }).toBuffer();
    expect((await sharp(top).stats()).channels[0]?.mean).toBeGreaterThan(240);
  });

  it('keeps what a person said about it, and is not brought back beside its sheets', async () => {
    const stackId = newStack();
    await feedFile(stackId, [await jpeg({ seed: 1 })]);
    await feedFile(stackId, [await jpeg({ seed: 2 }), await jpeg({ seed: 3 })]);
    await feedFile(stackId, [await jpeg({ seed: 4 })]);
    const file = pageAt(stackId, 2);
    desk.capture.editStack(stackId, { [file]: 'cut', [pageAt(stackId, 3)]: { with: file } });
    expect(shown(desk.capture.stack(stackId))).toBe('1 | 2 3');
    await desk.capture.partPage(stackId, file);
    await desk.capture.whenInspected();
    expect(shown(desk.capture.stack(stackId))).toBe('1 | 2 3 4');
    expect(() => {
      desk.capture.restorePage(file);
    }).toThrow('stack.isParted');

    const aside = newStack();
    await feedFile(aside, [await jpeg({ seed: 5 }), await jpeg({ seed: 6 })]);
    desk.capture.editStack(aside, { [pageAt(aside, 1)]: 'aside' });
    await desk.capture.partPage(aside, pageAt(aside, 1));
    expect(whyOf(aside)).toEqual(['person', 'person']);
  });
});

describe('a stack of many pages', () => {
  const PAGES = 120;

  it('gives everybody a turn while it is dealt out and taken back', async () => {
    const stackId = newStackByCount(desk);
    fillStack(desk, stackId, PAGES);
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    expect(await split(stackId)).toHaveLength(PAGES / 2);
    expect(turns).toBeGreaterThan(1);
    turns = 0;
    await desk.capture.undoSplit(stackId);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(1);
    expect(desk.capture.stack(stackId).counts).toMatchObject({ proposed: PAGES, dealt: 0, customers: PAGES / 2 });
    allAccounted();
  });

  it('lets nobody leave and nothing be changed against it before all of it is done', async () => {
    const stackId = newStackByCount(desk);
    fillStack(desk, stackId, PAGES);
    const { batchId, pages } = desk.capture.stack(stackId);
    const before = desk.capture.stack(stackId).pages.length;
    await splitAnd(stackId, () => {
      const [customer] = desk.capture.stack(stackId).dealt;
      const customerId = customer?.submissionId ?? '';
      desk.capture.setSubject(customerId, { ...desk.capture.submission(customerId).subject, reference: 'B-8' });
      expect(desk.capture.submission(customerId)).toMatchObject({ state: 'ready', findings: [] });
      expect(desk.capture.releaseBatch(batchId).released).toBe(0);
      expect(() => desk.capture.releaseSubmission(customerId)).toThrow(/stack\.isMoving/);
      expect(() => desk.capture.voidSubmission(customerId, 'by mistake')).toThrow(/stack\.isMoving/);
      expect(() => desk.capture.voidSubmission(stackId, 'by mistake')).toThrow(/stack\.isMoving/);
      expect(() => desk.capture.setStack(stackId, SEPARATORS)).toThrow(/stack\.isMoving/);
      expect(() => desk.capture.editStack(stackId, { [pages[0]?.id ?? '']: 'aside' })).toThrow(/stack\.isMoving/);
      expect(() => desk.capture.putStackAway(stackId)).toThrow(/stack\.isMoving/);
    });
    expect(desk.capture.stack(stackId).counts).toMatchObject({ proposed: 0, dealt: before });
    expect(desk.capture.releaseBatch(batchId).released).toBe(1);
  });

  it('leaves a page that was taken out meanwhile out, and keeps one that came in', async () => {
    const stackId = newStackByCount(desk);
    fillStack(desk, stackId, PAGES);
    const last = desk.capture.stack(stackId).pages.at(-1)?.id ?? '';
    await splitAnd(stackId, () => {
      desk.capture.removePage(last);
      fillStack(desk, stackId, 1);
    });
    const { counts, pages } = desk.capture.stack(stackId);
    expect(counts).toMatchObject({ found: PAGES, proposed: 1, dealt: PAGES - 1 });
    expect(pages).toHaveLength(1);
    allAccounted();
  });

  it('goes on where something stopped it, as soon as it is asked for again', async () => {
    const stackId = newStackByCount(desk);
    fillStack(desk, stackId, PAGES);
    const { batchId, fingerprint } = desk.capture.stack(stackId);
    desk.db.transaction((transaction) => {
      transaction.run("UPDATE batches SET state = 'closed' WHERE id = ?", [batchId]);
    });
    await expect(desk.capture.splitStack(stackId, fingerprint)).rejects.toThrow(/batch\.isClosed/);
    desk.db.transaction((transaction) => {
      transaction.run("UPDATE batches SET state = 'open' WHERE id = ?", [batchId]);
    });
    await expect(desk.capture.undoSplit(stackId)).rejects.toThrow(/stack\.changed/);
    expect(desk.capture.stack(stackId).counts).toMatchObject({ proposed: 0, dealt: PAGES });
  });
});
