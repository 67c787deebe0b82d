import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PASSPORT_SLOT, newCustomer, openDesk } from './desk.ts';
import { jpeg } from './files.ts';

interface Row {
  readonly id: string;
  readonly blob_id: string;
  readonly thumbnail_blob_id: string;
}

it('after a start a page whose bytes are gone says so, and a lost thumbnail is only drawn again', async () => {
  const desk = await openDesk();
  const { submissionId } = newCustomer(desk);
  for (const seed of [1, 2, 3]) {
    const bytes = await jpeg({ width: 900, height: 700, seed });
    const slot = seed === 1 ? PASSPORT_SLOT : null;
    await desk.capture.importBytes({ name: `page-${seed}.jpg`, bytes }, { submissionId, slot }, 'drop');
  }
  await desk.capture.whenInspected();
  const rows = desk.db.all<Row>('SELECT id, blob_id, thumbnail_blob_id FROM pages ORDER BY id');
  const [lost, blurred, whole] = rows;
  if (lost === undefined || blurred === undefined || whole === undefined) throw new Error('three pages are needed');
  await desk.close('keep');
  const fileOf = (blobId: string): string => join(desk.directory, 'vault', blobId.slice(5, 7), `${blobId}.page`);
  await rm(fileOf(lost.blob_id));
  await rm(fileOf(blurred.thumbnail_blob_id));

  const again = await openDesk({ directory: desk.directory });
  const { sweep } = await again.capture.recover({ mayRemoveFiles: true });
  expect(sweep?.missingFiles.toSorted()).toEqual([lost.blob_id, blurred.thumbnail_blob_id].toSorted());
  const { pages } = again.capture.submission(submissionId);
  const rulesOf = (pageId: string): string[] =>
    pages.find(({ id }) => id === pageId)?.findings.map(({ rule }) => rule) ?? [];
  expect(rulesOf(lost.id)).toContain('page.lost');
  expect(rulesOf(blurred.id)).not.toContain('page.lost');
  expect(await again.capture.pictures.thumbnail(blurred.id)).not.toBeNull();
  expect(await again.capture.pictures.thumbnail(whole.id)).not.toBeNull();
  // What was told once is not found missing at every start; the page itself stays known, and stays told.
  const { sweep: next } = await again.capture.recover({ mayRemoveFiles: true });
  expect(next?.missingFiles).toEqual([lost.blob_id]);
  await again.close();
});
