import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { insertReadings } from '../../main/capture/readings.ts';
import { insertBlob, sealContext } from '../../main/capture/records.ts';
import { appendLedger } from '../../main/ledger/index.ts';
import type { DocumentReading } from '../../shared/domain/index.ts';
import type { Desk } from '../integration/capture/desk.ts';

const value = (text: string) => ({ value: text, confidence: 0.99, isChecked: true, mayGoOn: false });

/** What the passport of customer `n`, who is nobody, says. */
function passportOf(n: number): DocumentReading {
  return {
    source: 'mrz',
    fields: {
      givenName: value('Nora'),
      familyName: value(`Example ${n}`),
      birthDate: value('1984-08-12'),
      documentNumber: value(`L${String(n).padStart(8, '0')}`),
      documentExpiryDate: value('2031-04-15'),
      country: value('DEU'),
    },
  };
}

/** A stack in a new batch that is parted after every second page. */
export function newStackByCount({ capture, personaId }: Desk): string {
  return capture.createStack({
    batchId: capture.createBatch(),
    connectionId: personaId,
    flowId: 'proof-of-address',
    settings: { splitBy: 'count', pagesEach: 2, expectedCustomers: null },
  });
}

/** A page as the importer and the inspection would have left it, without a file. Answers its id. */
export function insertSeenPage(
  { db, cipher, clock }: Desk,
  submissionId: string,
  { fileName, slot = null }: { readonly fileName: string; readonly slot?: string | null },
): string {
  const [pageId, blobId, now] = [newId(), newId(), clock.at];
  const sha256 = createHash('sha256').update(pageId).digest('hex');
  db.transaction((transaction) => {
    insertBlob(transaction, { blobId, byteLength: 1_500_000, sha256 }, { kind: 'original', now });
    transaction.run(
      `INSERT INTO pages (id, submission_id, blob_id, slot, state, media_type, file_name_sealed, source, findings,
         width_pixels, height_pixels, sheet_count, captured_at, inspected_at)
       VALUES (?, ?, ?, ?, 'active', 'image/jpeg', ?, 'scanner', '[]', 2480, 3508, 1, ?, ?)`,
      [pageId, submissionId, blobId, slot, cipher.seal(fileName, sealContext.fileName(pageId)), now, now],
    );
    appendLedger(transaction, {
      at: now,
      operator: 'counter-1',
      submissionId,
      operationId: null,
      kind: 'page.captured',
      data: { message: { code: 'ledger.pageCapturedToTray' }, pageId, sha256, slot },
    });
  });
  return pageId;
}

/** Puts pages into a stack: a passport that was read and a letter, one after the other. Two pages are a customer. */
export function fillStack(desk: Desk, submissionId: string, pages: number): void {
  desk.db.transaction((transaction) => {
    for (let n = 0; n < pages; n += 1) {
      const pageId = insertSeenPage(desk, submissionId, { fileName: `scan-${n}.jpg` });
      if (n % 2 === 0) insertReadings(transaction, desk.cipher, pageId, [passportOf(n)]);
    }
  });
}
