import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendLedger, verifyLedger } from '../../../main/ledger/index.ts';
import { balance } from '../../../main/reports/index.ts';
import { decide, toInReview, toSending, toSent } from '../../../main/submissions/index.ts';
import { pdfOf } from '../../support/sheets.ts';
import { PASSPORT_SLOT, newCustomer, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { jpeg } from './files.ts';

const DAY_MS = 86_400_000;
const CHILD = fileURLToPath(new URL('./purge-child.ts', import.meta.url));

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

const always = (): boolean => true;

async function addPage(submissionId: string, seed: number, slot: string | null = null): Promise<string> {
  const bytes = await jpeg({ seed });
  const report = await desk.capture.importBytes({ name: `page-${seed}.jpg`, bytes }, { submissionId, slot }, 'drop');
  return report.imported[0]?.pageId ?? '';
}

/** Two pages that are sent, and one that was taken out before. */
async function customer(seed: number, reference: string) {
  const { batchId, submissionId } = newCustomer(desk, 'persona', { reference });
  const taken = await addPage(submissionId, seed + 2, PASSPORT_SLOT);
  desk.capture.removePage(taken);
  const pageIds = [await addPage(submissionId, seed), await addPage(submissionId, seed + 1)];
  await desk.capture.whenInspected();
  return { batchId, submissionId, pageIds, taken };
}

/** As sync does when everything arrived and the provider has decided. */
function accept(submissionId: string, batchId: string): void {
  desk.capture.releaseBatch(batchId);
  const by = { now: desk.clock.at, operator: 'system' };
  desk.db.transaction((db) => {
    db.run('UPDATE operations SET state = 4, done_at = ? WHERE submission_id = ?', [by.now, submissionId]);
    db.run("UPDATE pages SET delivered_at = ? WHERE submission_id = ? AND state = 'active'", [by.now, submissionId]);
    toSending(db, submissionId, by);
    const pages = db.all<{ id: string }>("SELECT id FROM pages WHERE submission_id = ? AND state = 'active'", [
      submissionId,
    ]);
    appendLedger(db, {
      at: by.now,
      operator: 'system',
      submissionId,
      operationId: null,
      kind: 'operation.done',
      data: { message: { code: 'x' }, pageIds: pages.map(({ id }) => id) },
    });
    toSent(db, submissionId, by);
    toInReview(db, submissionId, { message: { code: 'x' } }, by);
    decide(db, submissionId, { state: 'accepted' }, { message: { code: 'x' } }, by);
  });
}

interface Blob {
  readonly id: string;
  readonly submission_id: string;
}

const blobsOf = (): Blob[] =>
  desk.db.all<Blob>(
    `SELECT blob_id AS id, submission_id FROM pages
     UNION ALL SELECT thumbnail_blob_id, submission_id FROM pages WHERE thumbnail_blob_id IS NOT NULL`,
  );
const fileOf = (blobId: string): string => join(desk.directory, 'vault', blobId.slice(5, 7), `${blobId}.page`);

async function desks() {
  const old = await customer(10, 'OLD-1');
  accept(old.submissionId, old.batchId);
  const open = await customer(20, 'OPEN-1');
  desk.clock.at += 20 * DAY_MS;
  const young = await customer(30, 'YOUNG-1');
  accept(young.submissionId, young.batchId);
  desk.clock.at += 15 * DAY_MS;
  return { old, open, young };
}

describe('a purge after 30 days', () => {
  it('destroys the bytes of what is past it, all of them, and touches nothing else', async () => {
    const { old, open, young } = await desks();
    const day = { fromMs: desk.clock.at - 36 * DAY_MS, toMs: desk.clock.at + DAY_MS };
    const before = balance(desk.db, day);
    const blobs = blobsOf();
    const others = blobs.filter(({ submission_id }) => submission_id !== old.submissionId);
    const contents = others.map(({ id }) => readFileSync(fileOf(id)));
    const headers = desk.capture.submission(old.submissionId).pages.map(({ sha256 }) => sha256);
    expect(await desk.capture.retention.due(30)).toEqual({ submissions: 1, pages: 3 });
    expect(await desk.capture.retention.due(36)).toEqual({ submissions: 0, pages: 0 });

    expect(await desk.capture.retention.purge(30, always)).toEqual({ submissions: 1, pages: 3 });

    const gone = blobs.filter(({ submission_id }) => submission_id === old.submissionId);
    expect(gone).toHaveLength(6);
    expect(gone.filter(({ id }) => existsSync(fileOf(id)))).toEqual([]);
    expect(others.map(({ id }) => readFileSync(fileOf(id)))).toEqual(contents);
    for (const table of ['readings', 'page_measures']) {
      const rows = desk.db.all(
        `SELECT 1 FROM ${table} JOIN pages ON pages.id = page_id WHERE submission_id = '${old.submissionId}'`,
      );
      expect(rows).toEqual([]);
    }

    const detail = desk.capture.submission(old.submissionId);
    expect(detail).toMatchObject({ state: 'accepted', reference: 'OLD-1', pageCount: 2 });
    expect(detail.pages.map((page) => [page.purgedAt, page.sha256, page.findings])).toEqual(
      headers.map((sha256) => [desk.clock.at, sha256, []]),
    );
    expect(detail.timeline.at(-1)).toMatchObject({
      operator: 'system',
      message: { code: 'ledger.purged', params: { count: 3, days: 30 } },
    });
    expect(JSON.stringify(detail.timeline.at(-1))).not.toContain('Mustermann');
    expect(await desk.capture.findSubmissions('OLD-1')).toEqual([old.submissionId]);
    for (const pageId of [...old.pageIds, old.taken]) {
      expect(await desk.capture.pictures.thumbnail(pageId)).toBeNull();
      expect(await desk.capture.pictures.preview(pageId, { sheet: 1, isWhole: true })).toBeNull();
    }
    for (const submissionId of [open.submissionId, young.submissionId]) {
      expect(desk.capture.submission(submissionId).pages.map(({ purgedAt }) => purgedAt)).toEqual([null, null]);
    }
    expect(balance(desk.db, day)).toEqual(before);
    expect(before).toMatchObject({ captured: 6, sent: 4, waiting: 2, isBalanced: true });
    expect(await verifyLedger(desk.db)).toMatchObject({ isIntact: true });
    // A second time there is nothing left to do.
    expect(await desk.capture.retention.purge(30, always)).toEqual({ submissions: 0, pages: 0 });
  });

  it('destroys the file of a stack with the last customer who has a sheet of it, and not before', async () => {
    const stackId = desk.capture.createStack({
      batchId: desk.capture.createBatch(),
      connectionId: desk.personaId,
      flowId: 'proof-of-address',
      settings: { splitBy: 'count', pagesEach: 1, expectedCustomers: null },
    });
    const bytes = await pdfOf([await jpeg({ seed: 41 }), await jpeg({ seed: 42 })]);
    const target = { submissionId: stackId, slot: null };
    const { imported } = await desk.capture.importBytes({ name: 'stack.pdf', bytes }, target, 'drop');
    await desk.capture.whenInspected();
    const fileId = imported[0]?.pageId ?? '';
    await desk.capture.partPage(stackId, fileId);
    await desk.capture.whenInspected();
    const customers = await desk.capture.splitStack(stackId, desk.capture.stack(stackId).fingerprint);
    expect(customers).toHaveLength(2);
    const blob = blobsOf().find(({ submission_id }) => submission_id === stackId)?.id ?? '';
    expect(existsSync(fileOf(blob))).toBe(true);
    for (const submissionId of customers) {
      const at = desk.clock.at;
      desk.db.transaction((db) => {
        db.run("UPDATE submissions SET state = 'accepted', decided_at = ? WHERE id = ?", [at, submissionId]);
        appendLedger(db, {
          at,
          operator: 'system',
          submissionId,
          operationId: null,
          kind: 'submission.accepted',
          data: { message: { code: 'x' } },
        });
      });
      desk.clock.at += 40 * DAY_MS;
      await desk.capture.retention.purge(30, always);
      const isLast = submissionId === customers.at(-1);
      expect(existsSync(fileOf(blob))).toBe(!isLast);
    }
    expect(desk.db.get('SELECT purged_at IS NULL AS kept FROM pages WHERE id = ?', [fileId])).toEqual({ kept: 0 });
  });

  it('goes on after a file that cannot be destroyed, and says so each time', async () => {
    const { old, young } = await desks();
    desk.clock.at += 30 * DAY_MS;
    const [stubborn = { id: '' }, ...others] = blobsOf().filter(
      ({ submission_id }) => submission_id === old.submissionId,
    );
    rmSync(fileOf(stubborn.id));
    mkdirSync(join(fileOf(stubborn.id), 'in-the-way'), { recursive: true });
    for (let time = 0; time < 2; time += 1)
      await expect(desk.capture.retention.purge(30, always)).rejects.toThrow(/directory|EISDIR/i);
    const youngOnes = blobsOf().filter(({ submission_id }) => submission_id === young.submissionId);
    expect([...others, ...youngOnes].filter(({ id }) => existsSync(fileOf(id)))).toEqual([]);
    expect(desk.capture.submission(young.submissionId).pages.every(({ purgedAt }) => purgedAt !== null)).toBe(true);
    expect(desk.db.all('SELECT blob_id AS id FROM blobs_to_shred')).toEqual([{ id: stubborn.id }]);
  });

  it('is nothing that a start calls lost, that is looked at again, or that later pages are compared with', async () => {
    const { old } = await desks();
    await desk.capture.retention.purge(30, always);
    await desk.close('keep');
    desk = await openDesk({ directory: desk.directory });
    desk.clock.at += 40 * DAY_MS;
    const { sweep, uninspected } = await desk.capture.recover({ mayRemoveFiles: true });
    expect({ sweep, uninspected }).toEqual({
      sweep: { orphanFiles: 0, missingFiles: [], temporaryFiles: 0 },
      uninspected: 0,
    });
    const { pages, findings } = desk.capture.submission(old.submissionId);
    expect([...findings, ...pages.flatMap((page) => page.findings)]).toEqual([]);
    const { submissionId } = newCustomer(desk, 'persona', { reference: 'NEW-1' });
    await addPage(submissionId, 10);
    await desk.capture.whenInspected();
    const [page] = desk.capture.submission(submissionId).pages;
    expect([page?.duplicateOf, page?.alikeTo]).toEqual([null, null]);
  });

  it('takes a voided one as well, and of two pages with one blob keeps the bytes until both are past it', async () => {
    const first = await customer(10, 'V-1');
    const second = await customer(20, 'V-2');
    const [shared = ''] = first.pageIds;
    const [other = ''] = second.pageIds;
    desk.db.transaction((db) => {
      db.run('UPDATE pages SET blob_id = (SELECT blob_id FROM pages WHERE id = ?) WHERE id = ?', [shared, other]);
    });
    const blob = desk.db.get<{ id: string }>('SELECT blob_id AS id FROM pages WHERE id = ?', [shared])?.id ?? '';
    desk.capture.voidSubmission(first.submissionId, 'typed twice');
    desk.clock.at += 31 * DAY_MS;
    expect(await desk.capture.retention.purge(30, always)).toEqual({ submissions: 1, pages: 3 });
    expect(existsSync(fileOf(blob))).toBe(true);
    expect(await desk.capture.pictures.preview(other, { sheet: 1, isWhole: true })).not.toBeNull();
    expect(await desk.capture.pictures.preview(shared, { sheet: 1, isWhole: true })).toBeNull();
    desk.capture.voidSubmission(second.submissionId, 'typed twice');
    desk.clock.at += 31 * DAY_MS;
    expect(await desk.capture.retention.purge(30, always)).toEqual({ submissions: 1, pages: 3 });
    expect(existsSync(fileOf(blob))).toBe(false);
  });

  it('stops between two customers when it may not go on', async () => {
    for (const seed of [10, 20, 30]) {
      const { submissionId } = await customer(seed, `V-${seed}`);
      desk.capture.voidSubmission(submissionId, 'gone');
    }
    desk.clock.at += 31 * DAY_MS;
    let asked = 0;
    expect(await desk.capture.retention.purge(30, () => (asked += 1) < 3)).toEqual({ submissions: 2, pages: 6 });
    expect(await desk.capture.retention.due(30)).toEqual({ submissions: 1, pages: 3 });
  });
});

describe('killed between the mark and the bytes', () => {
  it.each([1, 2, 5])('before blob %i: marked is purged, and the next start destroys what was left', async (dieAt) => {
    const { old, young } = await desks();
    const blobs = blobsOf();
    await desk.close('keep');
    const { directory, clock } = desk;
    const child = spawnSync(process.execPath, [CHILD, directory, String(dieAt), String(clock.at)], {
      encoding: 'utf8',
    });
    expect([child.signal, child.stderr]).toEqual(['SIGKILL', '']);

    desk = await openDesk({ directory });
    desk.clock.at = clock.at;
    const mine = blobs.filter(({ submission_id }) => submission_id === old.submissionId);
    const left = () => mine.filter(({ id }) => existsSync(fileOf(id))).length;
    expect(left()).toBe(mine.length - (dieAt - 1));
    expect(desk.capture.submission(old.submissionId).pages.every(({ purgedAt }) => purgedAt !== null)).toBe(true);

    const { sweep } = await desk.capture.recover({ mayRemoveFiles: true });
    expect(sweep).toEqual({ orphanFiles: 0, missingFiles: [], temporaryFiles: 0 });
    expect(left()).toBe(0);
    expect(desk.db.all('SELECT * FROM blobs_to_shred')).toEqual([]);
    expect(desk.capture.submission(young.submissionId).pages.map(({ purgedAt }) => purgedAt)).toEqual([null, null]);
    expect(
      blobsOf().filter(({ id, submission_id }) => submission_id !== old.submissionId && !existsSync(fileOf(id))),
    ).toEqual([]);
    const rows = desk.db.all("SELECT 1 FROM ledger WHERE kind = 'submission.purged'");
    expect(rows).toHaveLength(1);
  });
});
