import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Vault } from '../../../main/vault/types.ts';
import { OperationState, operationsOfSubmission } from '../../../main/outbox/index.ts';
import { BILL_SLOT, PASSPORT_SLOT, newCustomer, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { until } from '../../support/until.ts';
import { jpeg, pdf } from './files.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

describe('a large import', () => {
  it('has its first pages looked at while it runs, one after the other, and the rest when it is over', async () => {
    const looks: string[] = [];
    const gate = Promise.withResolvers<undefined>();
    let seenDuringImport = 0;
    let isOnlyOneLook = false;
    const inspected = (): number =>
      holding.capture.submission(submissionId).pages.filter((page) => page.isInspected).length;
    const holding = await openDesk({
      wrapVault: (vault): Vault => ({
        storeDerived: (bytes) => vault.storeDerived(bytes),
        open: (blobId) => vault.open(blobId),
        shred: (blobId) => vault.shred(blobId),
        sweep: (known) => vault.sweep(known),
        close: () => vault.close(),
        async readAll(blobId) {
          looks.push(blobId);
          await gate.promise;
          return vault.readAll(blobId);
        },
        async ingest(source, limits) {
          // The last file is slow: by then the pages before it are on the disk, and the import is still under way.
          if (source.kind === 'file' && source.path.endsWith('11.jpg')) {
            await until('a first look', () => looks.length > 0);
            await new Promise((resolve) => setTimeout(resolve, 150));
            isOnlyOneLook = looks.length === 1;
            gate.resolve(undefined);
            await until('the first pages to be inspected', () => inspected() === 4);
            await new Promise((resolve) => setTimeout(resolve, 150));
            seenDuringImport = inspected();
          }
          return vault.ingest(source, limits);
        },
      }),
    });
    const { submissionId } = newCustomer(holding);
    try {
      const files: string[] = [];
      for (let seed = 0; seed < 12; seed += 1) {
        files.push(await holding.file(`page-${seed}.jpg`, await jpeg({ seed: 500 + seed })));
      }
      const report = await holding.capture.importFiles(files, { submissionId, slot: null }, 'drop');
      expect(report.imported).toHaveLength(12);
      expect([isOnlyOneLook, seenDuringImport]).toEqual([true, 4]);
      await holding.capture.whenInspected();
      expect(inspected()).toBe(12);
      // The operator saw the first ones come without asking.
      expect(holding.changes.filter((ids) => ids.includes(submissionId)).length).toBeGreaterThan(4);
    } finally {
      gate.resolve(undefined);
      await holding.close();
    }
  });
});

describe('the road of a page', () => {
  it('goes from a file to a slot, from draft to ready, and from ready into the outbox', async () => {
    const { batchId, submissionId } = newCustomer(desk);
    const passport = await desk.file('passport.jpg', await jpeg({ width: 1200, height: 900 }));
    const bill = await desk.file('bill.pdf', pdf({ sheets: 2 }));
    const report = await desk.capture.importFiles([passport, bill], { submissionId, slot: null }, 'drop');
    expect(report.refused).toEqual([]);
    expect(report.imported.map((page) => [page.fileName, page.slot])).toEqual([
      ['passport.jpg', PASSPORT_SLOT],
      ['bill.pdf', BILL_SLOT],
    ]);
    expect(desk.capture.submission(submissionId).state).toBe('draft');

    await desk.capture.whenInspected();
    const ready = desk.capture.submission(submissionId);
    expect(ready).toMatchObject({ state: 'ready', light: 'green', filledSlots: 2, requiredSlots: 2, findings: [] });
    expect(ready.pages[0]).toMatchObject({ widthPixels: 1200, heightPixels: 900, sheetCount: 1, findings: [] });
    expect(ready.pages[1]).toMatchObject({ widthPixels: null, sheetCount: 2, mediaType: 'application/pdf' });
    const thumbnail = await desk.capture.pictures.thumbnail(ready.pages[0]?.id ?? '');
    expect([...(thumbnail?.subarray(0, 2) ?? [])]).toEqual([0xff, 0xd8]);

    expect(desk.capture.releaseBatch(batchId)).toEqual({ released: 1, kept: 0 });
    const released = desk.capture.submission(submissionId);
    expect(released.state).toBe('released');
    expect(released.operations.map((operation) => [operation.kind, operation.state])).toEqual([
      ['plain.upload', 'pending'],
      ['plain.upload', 'pending'],
      ['plain.start', 'blocked'],
    ]);
    expect(desk.capture.batches()[0]).toMatchObject({ state: 'released', submissionCount: 1, pageCount: 2 });
    expect(released.timeline.map((entry) => entry.message.code)).toEqual([
      'ledger.submissionCreated',
      'ledger.pageCaptured',
      'ledger.pageCaptured',
      'submission.ready',
      'submission.released',
    ]);
  });

  it('sends the original bytes under a name with the extension of their content', async () => {
    const { submissionId } = newCustomer(desk);
    const original = await jpeg({});
    const path = await desk.file('Ausweis Müller (1).pdf', original);
    const report = await desk.capture.importFiles([path], { submissionId, slot: PASSPORT_SLOT }, 'dialog');
    const pageId = report.imported[0]?.pageId ?? '';
    const { fileName, mediaType, body } = await desk.capture.pageForDelivery(pageId);
    expect([fileName, mediaType]).toEqual(['Ausweis_Muller_1.jpg', 'image/jpeg']);
    const pieces: Uint8Array[] = [];
    for await (const piece of body.stream()) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(original)).toBe(true);
    const page = desk.capture.submission(submissionId).pages[0];
    expect(page?.fileName).toBe('Ausweis Müller (1).pdf');
    expect(page?.findings.map((found) => found.rule)).toContain('page.wrongExtension');
  });

  it('keeps a batch open while a customer of it is not ready, and releases the rest', async () => {
    const { batchId, submissionId } = newCustomer(desk);
    const { submissionId: incomplete } = newCustomer(desk, 'persona', {}, batchId);
    const files = [await desk.file('a.jpg', await jpeg({})), await desk.file('b.pdf', pdf())];
    await desk.capture.importFiles(files, { submissionId, slot: null }, 'drop');
    await desk.capture.whenInspected();
    expect(desk.capture.releaseBatch(batchId)).toEqual({ released: 1, kept: 1 });
    expect(desk.capture.batches()[0]).toMatchObject({ state: 'open', readyCount: 0 });
    expect(desk.capture.submission(incomplete).state).toBe('draft');
    expect(() => {
      desk.capture.releaseSubmission(incomplete);
    }).toThrow('capture.notReady');
  });

  it('releases everything or nothing: a plan that fails leaves state, operations and ledger as they were', async () => {
    await desk.close();
    let plans = 0;
    desk = await openDesk({
      plan: (_provider, input) => {
        plans += 1;
        if (plans === 2) throw new Error('a plan that fails');
        return input.documents.map((document) => ({
          ref: document.documentId,
          kind: 'plain.upload',
          payload: {},
          needs: [],
          pageId: null,
          byteLength: 1,
        }));
      },
    });
    const { batchId, submissionId } = newCustomer(desk);
    const { submissionId: second } = newCustomer(desk, 'persona', {}, batchId);
    for (const [index, id] of [submissionId, second].entries()) {
      const files = [
        await desk.file(`a${index}.jpg`, await jpeg({ seed: index })),
        await desk.file(`b${index}.pdf`, pdf({ remark: `${index}` })),
      ];
      await desk.capture.importFiles(files, { submissionId: id, slot: null }, 'drop');
    }
    await desk.capture.whenInspected();
    const before = desk.db.get<{ rows: number }>('SELECT count(*) AS rows FROM ledger');
    expect(() => desk.capture.releaseBatch(batchId)).toThrow('a plan that fails');
    expect(desk.capture.submission(submissionId).state).toBe('ready');
    expect(desk.db.get('SELECT count(*) AS rows FROM operations')).toEqual({ rows: 0 });
    expect(desk.db.get('SELECT count(*) AS rows FROM ledger')).toEqual(before);
    expect(desk.capture.releaseBatch(batchId)).toEqual({ released: 2, kept: 0 });
    expect(operationsOfSubmission(desk.db, second).map((operation) => operation.state)).toEqual([
      OperationState.pending,
      OperationState.pending,
    ]);
  });
});
