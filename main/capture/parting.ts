import { extname } from 'node:path';
import { SatchelFailure, isDiskFull } from '../../shared/util/failure.ts';
import { errorFields } from '../logging/index.ts';
import { IngestError } from '../vault/types.ts';
import type { StoredBlob } from '../vault/types.ts';
import { conflict } from './conflict.ts';
import { MAX_FILE_BYTES, refusalOf } from './intake.ts';
import type { Importer } from './importer.ts';
import { idsAfter } from './page-order.ts';
import { notFound, readPage, sealContext } from './records.ts';
import type { PageRecord } from './records.ts';
import { assertAtRest } from './stack-moves.ts';
import { readOpenStack } from './stack-pages.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

export interface PartingOptions extends CaptureOptions {
  readonly storePage: Importer['storePage'];
  readonly pageStored: (pageId: string) => void;
}

/**
 * A file of several sheets in a stack, as a multifunction printer makes of all that lies in its feeder: each of its sheets becomes a page of
 * its own, in the file's place, and is looked at as if it had been scanned singly. The file itself is taken out; it stays as long as
 * every other page that was taken out.
 */
export function createParting(options: PartingOptions) {
  const { db, vault, cipher, inspection, clock, log } = options;

  /** The page, if it can be parted now. Throws `conflict` or `not_found` otherwise. */
  function parted(
    source: typeof db,
    submissionId: string,
    pageId: string,
  ): PageRecord & { readonly sheetCount: number } {
    readOpenStack(source, cipher, submissionId);
    assertAtRest(source, submissionId);
    const page = readPage(source, pageId);
    if (page.submissionId !== submissionId || page.state !== 'active') throw notFound();
    const { sheetCount } = page;
    if (sheetCount === null || sheetCount < 2) throw conflict('stack.oneSheet');
    return { ...page, sheetCount };
  }

  async function discard(blobs: readonly StoredBlob[]): Promise<void> {
    for (const { blobId } of blobs) {
      try {
        await vault.shred(blobId);
      } catch (error) {
        // The sweep at the next start removes what no row names.
        log.warn('import.discardFailed', errorFields(error));
      }
    }
  }

  /** The sheets in the vault, one after the other, so that one of them lies in memory at a time. */
  async function storeSheets(page: PageRecord & { readonly sheetCount: number }): Promise<StoredBlob[]> {
    const blobs: StoredBlob[] = [];
    try {
      for (let sheet = 1; sheet <= page.sheetCount; sheet += 1) {
        const bytes = await inspection.part({
          mediaType: page.mediaType,
          read: () => vault.readAll(page.blobId),
          sheet,
        });
        if (bytes === null) throw conflict('stack.cannotPart');
        blobs.push(await vault.ingest({ kind: 'bytes', bytes }, { maxBytes: MAX_FILE_BYTES }));
      }
      return blobs;
    } catch (error) {
      await discard(blobs);
      throw error;
    }
  }

  /**
   * Parts a page of a stack into its sheets, all of them or none, and answers their ids. Throws `conflict` when it has one sheet only
   * or cannot be parted, and `storage` when the disk does not take them.
   */
  async function partPage(submissionId: string, pageId: string): Promise<string[]> {
    const page = parted(db, submissionId, pageId);
    const name = cipher.open(page.fileNameSealed, sealContext.fileName(pageId));
    const blobs = await inWords(name, storeSheets(page));
    let batchId: string;
    let ids: string[] = [];
    try {
      batchId = db.transaction((transaction) => {
        // A full disk has the work done a second time when room was made.
        ids = [];
        parted(transaction, submissionId, pageId);
        const places = idsAfter(pageId, blobs.length);
        transaction.run("UPDATE pages SET state = 'removed', removed_at = ? WHERE id = ?", [clock.now(), pageId]);
        record(options, transaction, {
          submissionId,
          kind: 'page.removed',
          message: { code: 'ledger.pageParted', params: { count: blobs.length } },
          facts: { pageId, slot: null, sha256: page.sha256 },
        });
        for (const [index, blob] of blobs.entries()) {
          const target = { submissionId, slot: null };
          const item = { name: sheetName(name, index + 1), source: { kind: 'bytes', bytes: NOTHING }, target } as const;
          const place = places[index];
          const stored = options.storePage(
            transaction,
            item,
            { blob, mediaType: page.mediaType, facts: [] },
            page.source,
            {
              partOf: pageId,
              ...(place === undefined ? {} : { pageId: place }),
            },
          );
          ids.push(stored.pageId);
        }
        return readOpenStack(transaction, cipher, submissionId).batchId;
      });
    } catch (error) {
      // After another error of the disk the commit may stand in the log all the same, and its bytes must be there.
      if (error instanceof SatchelFailure || isDiskFull(error)) await discard(blobs);
      throw error;
    }
    for (const id of ids) options.pageStored(id);
    options.events.changed({ submissionIds: [submissionId], batchIds: [batchId] });
    return ids;
  }

  return { partPage };
}

const NOTHING = new Uint8Array();

/** `scan.pdf` → `scan-3.pdf`. */
function sheetName(name: string, sheet: number): string {
  const extension = extname(name);
  return `${name.slice(0, name.length - extension.length)}-${sheet}${extension}`;
}

/** What the vault says of the disk, in words. */
async function inWords<Result>(name: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof IngestError)) throw error;
    throw new SatchelFailure({ code: 'storage', message: refusalOf(name, error).message });
  }
}
