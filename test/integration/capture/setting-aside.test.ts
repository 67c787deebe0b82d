/** Blank backs and separator sheets among the pages of one customer, in whatever order they are looked at. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { drawSeparator, scanned } from '../../support/coded-pages.ts';
import { BILL_SLOT, PASSPORT_SLOT, newCustomer, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { blankBack, jpeg } from './files.ts';

const blank = await blankBack();
const separator = await scanned(randomFrom(77), await drawSeparator(), {
  dpi: 100,
  angle: 0,
  blur: 0.1,
  noise: 4,
  quality: 70,
});

let desk: Desk;
/** Pages whose bytes can be read, by their blob; null: all of them. */
let readable: Set<string> | null;
beforeEach(async () => {
  readable = null;
  desk = await openDesk({
    wrapVault: (vault): Vault => ({
      ingest: (source, limits) => vault.ingest(source, limits),
      storeDerived: (bytes) => vault.storeDerived(bytes),
      open: (blobId) => vault.open(blobId),
      readAll: (blobId) =>
        readable === null || readable.has(blobId)
          ? vault.readAll(blobId)
          : Promise.reject(Object.assign(new Error('held'), { code: 'EBUSY' })),
      shred: (blobId) => vault.shred(blobId),
      sweep: (known) => vault.sweep(known),
      close: () => vault.close(),
    }),
  });
});
afterEach(async () => {
  await desk.close();
});

const bytesOf = async (page: number | '_' | 'S'): Promise<Uint8Array> =>
  page === '_' ? blank : page === 'S' ? separator : jpeg({ seed: page });

/** Imports files in one go: `_` a blank page, `S` a separator, a number a page of that seed. Answers the pages' ids. */
async function importPages(submissionId: string, pages: readonly (number | '_' | 'S')[], slot: string | null = null) {
  const paths = await Promise.all(pages.map(async (page, index) => desk.file(`p${index}.jpg`, await bytesOf(page))));
  const { imported } = await desk.capture.importFiles(paths, { submissionId, slot }, 'drop');
  return imported.map(({ pageId }) => pageId);
}

/** Has the pages looked at one after the other in this order, whatever order they came in. */
async function lookAt(pageIds: readonly (string | undefined)[]): Promise<void> {
  for (const pageId of pageIds) {
    const page = desk.db.get<{ blob_id: string }>('SELECT blob_id FROM pages WHERE id = ?', [pageId ?? '']);
    readable?.add(page?.blob_id ?? '');
    await desk.capture.recover({ mayRemoveFiles: false });
    await desk.capture.whenInspected();
  }
}

function places(submissionId: string, pageIds: readonly string[]): (string | null | undefined)[] {
  const { pages } = desk.capture.submission(submissionId);
  return pageIds.map((id) => pages.find((page) => page.id === id)?.slot);
}

function told(submissionId: string): string[] {
  return desk.capture
    .submission(submissionId)
    .timeline.map(({ message }) => message.code)
    .filter((code) => /SetAside|ClosedUp/.test(code))
    .toSorted();
}

const ORDERS = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

describe('a blank page that nobody asked for', () => {
  it('lies in the tray, and the page after it fills its slot', async () => {
    const { submissionId } = newCustomer(desk);
    const ids = await importPages(submissionId, [1, '_', 2]);
    expect(places(submissionId, ids)).toEqual([PASSPORT_SLOT, BILL_SLOT, null]);
    await desk.capture.whenInspected();
    expect(places(submissionId, ids)).toEqual([PASSPORT_SLOT, null, BILL_SLOT]);
    expect(told(submissionId)).toEqual(['ledger.blankSetAside', 'ledger.pageClosedUp']);
    expect(desk.capture.submission(submissionId).state).toBe('ready');
  });

  it.each(ORDERS)('whatever is looked at first (%i, %i, %i)', async (...order) => {
    readable = new Set();
    const { submissionId } = newCustomer(desk);
    const ids = await importPages(submissionId, [1, '_', 2]);
    await lookAt(order.map((index) => ids[index]));
    expect(places(submissionId, ids)).toEqual([PASSPORT_SLOT, null, BILL_SLOT]);
    expect(desk.capture.submission(submissionId).state).toBe('ready');
  });

  it.each([
    [0, 1, 2, 3, 4],
    [4, 3, 2, 1, 0],
    [3, 0, 2, 4, 1],
  ])('with several of them and a separator sheet (%i, %i, %i, %i, %i)', async (...order) => {
    readable = new Set();
    const { submissionId } = newCustomer(desk);
    const ids = await importPages(submissionId, ['S', 1, '_', '_', 2]);
    await lookAt(order.map((index) => ids[index]));
    expect(places(submissionId, ids)).toEqual([null, PASSPORT_SLOT, null, null, BILL_SLOT]);
  });

  it('that a scanner hands over page by page', async () => {
    const { submissionId } = newCustomer(desk);
    const ids: string[] = [];
    for (const [index, page] of ([1, '_', 2] as const).entries()) {
      const path = await desk.file(`s${index}.jpg`, await bytesOf(page));
      const slot = index === 0 ? PASSPORT_SLOT : null;
      const { imported } = await desk.capture.importScan(
        { name: `s${index}.jpg`, path, mediaType: 'image/jpeg' },
        { submissionId, slot },
        'one',
      );
      ids.push(imported[0]?.pageId ?? '');
    }
    await desk.capture.whenInspected();
    expect(places(submissionId, ids)).toEqual([PASSPORT_SLOT, null, BILL_SLOT]);
  });

  it('that comes out of the watched folder with a take of its own, whatever slot was in front', async () => {
    readable = new Set();
    const { submissionId } = newCustomer(desk);
    const take = async (name: string, page: number | '_', slot: string) => {
      const path = await desk.file(name, await bytesOf(page));
      const { imported } = await desk.capture.importFiles([path], { submissionId, slot }, 'folder');
      return imported[0]?.pageId ?? '';
    };
    const back = await take('1.jpg', '_', PASSPORT_SLOT);
    const front = await take('2.jpg', 1, BILL_SLOT);
    await lookAt([back, front]);
    expect(places(submissionId, [back, front])).toEqual([null, PASSPORT_SLOT]);
    // Not what somebody has put elsewhere than it would have gone.
    const { submissionId: other } = newCustomer(desk);
    const path = await desk.file('3.jpg', blank);
    const { imported } = await desk.capture.importFiles([path], { submissionId: other, slot: BILL_SLOT }, 'folder');
    await lookAt([imported[0]?.pageId]);
    expect(places(other, [imported[0]?.pageId ?? ''])).toEqual([BILL_SLOT]);
  });

  it('stays in a slot into which a person puts it', async () => {
    const { submissionId } = newCustomer(desk);
    const ids = await importPages(submissionId, [1, '_']);
    await desk.capture.whenInspected();
    expect(places(submissionId, ids)).toEqual([PASSPORT_SLOT, null]);
    desk.capture.movePage(ids[1] ?? '', BILL_SLOT);
    await importPages(submissionId, ['_', 3]);
    await desk.capture.whenInspected();
    expect(places(submissionId, ids)).toEqual([PASSPORT_SLOT, BILL_SLOT]);
  });
});

describe('what a person has touched stays where it is', () => {
  it('a blank page that was asked for its slot', async () => {
    const { submissionId } = newCustomer(desk);
    const ids = await importPages(submissionId, ['_', 1], PASSPORT_SLOT);
    await desk.capture.whenInspected();
    expect(places(submissionId, ids)).toEqual([PASSPORT_SLOT, BILL_SLOT]);
    expect(told(submissionId)).toEqual([]);
  });

  it.each<[string, (ids: readonly string[]) => Promise<void> | void, (string | null)[]]>([
    [
      'a blank page that was turned',
      ([, page = '']) => desk.capture.rotatePage(page, 90),
      [PASSPORT_SLOT, BILL_SLOT, null],
    ],
    [
      'a page after it that was turned',
      ([, , page = '']) => desk.capture.rotatePage(page, 90),
      [PASSPORT_SLOT, null, null],
    ],
    [
      'a blank page that was moved',
      ([, page = '']) => {
        desk.capture.movePage(page, null);
        desk.capture.movePage(page, BILL_SLOT);
      },
      [PASSPORT_SLOT, BILL_SLOT, null],
    ],
    [
      'a blank page whose slot another got',
      ([, , page = '']) => {
        desk.capture.movePage(page, BILL_SLOT);
      },
      [PASSPORT_SLOT, null, BILL_SLOT],
    ],
    [
      'a slot that was emptied',
      ([page = '']) => {
        desk.capture.movePage(page, null);
      },
      [null, null, BILL_SLOT],
    ],
  ])('%s', async (_what, touch, expected) => {
    readable = new Set();
    const { submissionId } = newCustomer(desk);
    const ids = await importPages(submissionId, [1, '_', 2]);
    await touch(ids);
    await lookAt([ids[1], ids[0], ids[2]]);
    expect(places(submissionId, ids)).toEqual(expected);
  });

  it('pages of another import, and those of a customer who was voided', async () => {
    readable = new Set();
    const { submissionId } = newCustomer(desk);
    const first = await importPages(submissionId, [1, '_']);
    const second = await importPages(submissionId, [2]);
    await lookAt([...first, ...second]);
    expect(places(submissionId, [...first, ...second])).toEqual([PASSPORT_SLOT, null, null]);
    const { submissionId: voided } = newCustomer(desk);
    const ids = await importPages(voided, [1, '_', 2]);
    desk.capture.voidSubmission(voided, 'wrong customer');
    await lookAt(ids);
    expect(places(voided, ids)).toEqual([PASSPORT_SLOT, BILL_SLOT, null]);
  });
});
