import { extname } from 'node:path';
import { SatchelFailure, isDiskFull } from '../../shared/util/failure.ts';
import { StackEdits } from '../../shared/domain/index.ts';
import { EDITOR_RULE } from '../../shared/rules/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { BlobDamaged, IngestError } from '../vault/types.ts';
import type { FieldCipher, StoredBlob } from '../vault/types.ts';
import { conflict } from './conflict.ts';
import { MAX_FILE_BYTES, refusalOf } from './intake.ts';
import type { Importer } from './importer.ts';
import { bytesOf } from './page-bytes.ts';
import { idsAfter } from './page-order.ts';
import { notFound, readPage, sealContext } from './records.ts';
import type { PageRecord } from './records.ts';
import { assertAtRest } from './stack-moves.ts';
import { isOfSeveral, readOpenStack, readStack } from './stack-pages.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

export interface PartingOptions extends CaptureOptions {
  readonly storePage: Importer['storePage'];
  readonly discard: Importer['discard'];
  readonly pageStored: (pageId: string) => void;
}

/** More than a feeder holds: such a file is no stack, and would hold up the desk. */
const MOST_SHEETS = 200;
/** What a provider is told of a file's name at most, without its extension. */
const LONGEST_STEM = 70;

type Parted = PageRecord & { readonly sheetCount: number };

/**
 * A file of several sheets in a stack, as a multifunction printer makes of all that lies in its feeder: each of its sheets becomes a page of
 * its own, in the file's place, and is looked at as if it had been scanned singly. The file itself is taken out; it stays as long as
 * every other page that was taken out.
 */
export function createParting(options: PartingOptions) {
  const { db, vault, cipher, inspection, clock } = options;

  /** The page, if it can be parted now. Throws `conflict` or `not_found` otherwise. */
  function parted(source: typeof db, submissionId: string, pageId: string): Parted {
    readOpenStack(source, cipher, submissionId);
    assertAtRest(source, submissionId);
    const page = readPage(source, pageId);
    if (page.submissionId !== submissionId || page.state !== 'active') throw notFound();
    const { sheetCount } = page;
    if (!page.isInspected) throw conflict('stack.stillChecking');
    if (sheetCount === null) throw conflict('stack.cannotPart');
    if (sheetCount < 2) throw conflict('stack.oneSheet');
    if (sheetCount > MOST_SHEETS) throw conflict('stack.tooManySheets');
    return { ...page, sheetCount };
  }

  async function discardAll(blobs: readonly StoredBlob[]): Promise<void> {
    for (const { blobId } of blobs) await options.discard(blobId);
  }

  /** The sheets in the vault, one after the other, so that one of them lies in memory at a time. */
  async function storeSheets(page: Parted): Promise<StoredBlob[]> {
    const blobs: StoredBlob[] = [];
    try {
      for (let sheet = 1; sheet <= page.sheetCount; sheet += 1) {
        const bytes = await inspection.part({
          mediaType: page.mediaType,
          ...bytesOf(vault, page.blobId),
          sheet,
        });
        if (bytes === null) throw conflict('stack.cannotPart');
        blobs.push(await vault.ingest({ kind: 'bytes', bytes }, { maxBytes: MAX_FILE_BYTES }));
      }
      return blobs;
    } catch (error) {
      await discardAll(blobs);
      throw error;
    }
  }

  /**
   * Parts a page of a stack into its sheets, all of them or none, and answers their ids. Throws `conflict` when it has one sheet only,
   * too many, or one that cannot be read, and `storage` when the disk does not take them.
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
        const now = parted(transaction, submissionId, pageId);
        const places = idsAfter(pageId, blobs.length);
        for (const [index, blob] of blobs.entries()) {
          const target = { submissionId, slot: null };
          const item = { name: sheetName(name, index + 1), source: { kind: 'bytes', bytes: NOTHING }, target } as const;
          const place = places[index];
          const part = { pageId, capturedAt: page.capturedAt };
          const stored = options.storePage(
            transaction,
            item,
            // A sheet is made anew, and says no longer what its file said.
            { blob, mediaType: 'image/jpeg', facts: now.facts.filter(({ rule }) => rule === EDITOR_RULE) },
            page.source,
            {
              part,
              ...(place === undefined ? {} : { pageId: place }),
            },
          );
          ids.push(stored.pageId);
        }
        carryEdits(transaction, cipher, now, ids);
        transaction.run("UPDATE pages SET state = 'removed', removed_at = ? WHERE id = ?", [clock.now(), pageId]);
        record(options, transaction, {
          submissionId,
          kind: 'page.removed',
          message: { code: 'ledger.pageParted', params: { count: blobs.length } },
          facts: { pageId, slot: null, sha256: page.sha256 },
        });
        return readOpenStack(transaction, cipher, submissionId).batchId;
      });
    } catch (error) {
      // After another error of the disk the commit may stand in the log all the same, and its bytes must be there.
      if (error instanceof SatchelFailure || isDiskFull(error)) await discardAll(blobs);
      throw error;
    }
    for (const id of ids) options.pageStored(id);
    options.events.changed({ submissionIds: [submissionId], batchIds: [batchId] });
    return ids;
  }

  return { partPage };
}

/** What a person said about the file holds for its sheets, and what was laid to it lies with the first of them. */
function carryEdits(
  transaction: WritableDatabase,
  cipher: FieldCipher,
  page: Parted,
  pageIds: readonly string[],
): void {
  const { edits, pages, proposal } = readStack(transaction, cipher, page.submissionId);
  const { [page.id]: said, ...others } = edits;
  const next: StackEdits = {};
  const [first = page.id] = pageIds;
  for (const [pageId, edit] of Object.entries(others)) {
    next[pageId] = typeof edit === 'object' && edit.with === page.id ? { with: first } : edit;
  }
  if (said === 'cut' || said === 'join') next[first] = said;
  else if (said !== undefined && said !== 'keep') for (const pageId of pageIds) next[pageId] = said;
  // After a file of several people nobody knew whose page comes next, so it begins a customer, as before.
  const dealt = new Set(proposal.groups.flatMap((group) => group.pageIds));
  const after = pages.find(({ id }) => id > page.id && !pageIds.includes(id) && dealt.has(id));
  const isUnsaid = said === undefined && after !== undefined && next[after.id] === undefined;
  // One that is not looked at yet may be a separator, which no edit may make a page of somebody.
  if (isUnsaid && after.isInspected && isOfSeveral(page)) next[after.id] = 'cut';
  transaction.run('UPDATE stacks SET edits = ? WHERE submission_id = ?', [
    JSON.stringify(StackEdits.parse(next)),
    page.submissionId,
  ]);
}

/** Whether its sheets are pages of their own: then it is not brought back beside them. */
export function isParted(db: ReadableDatabase, page: Pick<PageRecord, 'id' | 'submissionId'>): boolean {
  const row = db.get(
    `SELECT 1 FROM ledger WHERE submission_id = ? AND kind = 'page.captured' AND json_extract(data, '$.partOf') = ? LIMIT 1`,
    [page.submissionId, page.id],
  );
  return row !== undefined;
}

const NOTHING = new Uint8Array();

/** `scan.pdf` → `scan-3.jpg`. */
function sheetName(name: string, sheet: number): string {
  const stem = name.slice(0, name.length - extname(name).length);
  return `${stem.slice(0, LONGEST_STEM)}-${sheet}.jpg`;
}

/** What the vault says of the disk, or of the file, in words. */
async function inWords<Result>(name: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof BlobDamaged) throw conflict('stack.cannotPart');
    if (!(error instanceof IngestError)) throw error;
    throw new SatchelFailure({ code: 'storage', message: refusalOf(name, error).message });
  }
}
