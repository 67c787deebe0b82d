import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isChangeAllowed, nameParams } from '../../shared/domain/index.ts';
import type { ImportReport, MediaType } from '../../shared/domain/index.ts';
import { SatchelFailure, isDiskFull } from '../../shared/util/failure.ts';
import { localStamp } from '../../shared/util/local-stamp.ts';
import type { PageFact } from '../../shared/rules/index.ts';
import { slotsOf } from '../../shared/rules/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import { DAMAGED_RULE } from '../inspection/index.ts';
import { errorFields } from '../logging/index.ts';
import { IngestError, NoAnswer } from '../vault/index.ts';
import type { Answering, BlobSource, StoredBlob } from '../vault/index.ts';
import { beginLook } from './begun-look.ts';
import type { BegunLook } from './begun-look.ts';
import { conflict } from './conflict.ts';
import type { GroupCommit } from './group-commit.ts';
import { MAX_FILE_BYTES, endsTheImport, findFiles, judge, notTried, refusalOf, truncated } from './intake.ts';
import type { RefusedFile } from './intake.ts';
import { createLookAt } from './looks.ts';
import { bytesOf } from './page-bytes.ts';
import { place } from './placing.ts';
import {
  insertBlob,
  readActivePages,
  readDocuments,
  readFilledSlots,
  readPagesToReplace,
  readSubmission,
  sealContext,
} from './records.ts';
import type { SubmissionRecord } from './records.ts';
import { record } from './timeline.ts';
import type { CaptureOptions, ImportTarget, PageSource } from './types.ts';

/**
 * Files on their way into the vault at once. Its workers take a few each; the others wait for the fsync of the directory
 * that they share, and with fewer of them it would be shared by fewer.
 */
const CONCURRENT_FILES = 32;
/** Files that may have been read while an earlier one is still on its way: they wait to be committed in order. */
const READ_AHEAD = 64;

/**
 * Pages of an import that are looked at while it still runs: the person at the desk wants to see at once that it is the
 * right pile. More would take processor time from the import (`npm run bench -- --only import/limit` prints what it costs).
 */
const FIRST_LOOKS = 4;
/** A shorter import shows its pages at its end; starting a worker for it would cost more than it gives. */
const FIRST_LOOK_AFTER_MS = 400;

/** One thing to take in. */
export interface ImportItem {
  readonly name: string;
  readonly source: BlobSource;
  readonly target: ImportTarget;
  /**
   * It is only taken when it decodes to its last row. What else is taken says so as a finding, but a scanner's paper is still at hand, and
   * drivers end cut-off pages with a good exit code.
   */
  readonly mustDecode?: boolean;
  /** Its file has a scanner's samples (TIFF), of which a PNG is kept. */
  readonly isSamples?: boolean;
  /** That PNG, where it was made before; null: it could not be. Never rejects. */
  readonly png?: Promise<Uint8Array | null>;
}

/** The page whose file it was a sheet of, and when that was captured: no later paper lay in the feeder. */
export interface PartOfFile {
  readonly pageId: string;
  readonly capturedAt: number;
}

type Imported = ImportReport['imported'][number];

type Taken =
  | {
      readonly kind: 'stored';
      readonly blob: StoredBlob;
      readonly mediaType: MediaType;
      readonly facts: readonly PageFact[];
      /** The look at it, where only that could tell whether the file is whole. */
      readonly look: BegunLook | null;
    }
  | { readonly kind: 'refused'; readonly refusal: RefusedFile };

export interface ImporterOptions extends CaptureOptions {
  readonly commits: GroupCommit;
  readonly answering: Answering;
  /**
   * A new page is on the disk; with the look at it that has begun already, or null. Told of the first few while their import runs, of the
   * others when it is over.
   */
  readonly pageStored: (pageId: string, look: BegunLook | null) => void;
  /** An import begins; the answer is called when it is over. */
  readonly importBegins: () => () => void;
}

/** Pages may be added while nothing has been sent, and again when the provider wants some anew. */
export function assertEditable(submission: SubmissionRecord): void {
  const { state } = submission;
  if (submission.isVoided) throw conflict('capture.isVoided');
  if (!isChangeAllowed(state)) throw conflict('capture.isReleased');
}

/** Only the first of several files goes into an asked slot; the others take the next open ones. */
function targets(target: ImportTarget, count: number): ImportTarget[] {
  return Array.from({ length: count }, (_, index) => (index === 0 ? target : { ...target, slot: null }));
}

async function readSource(source: BlobSource): Promise<Uint8Array> {
  return source.kind === 'file' ? readFile(source.path) : source.bytes;
}

export type Importer = ReturnType<typeof createImporter>;

export function createImporter(options: ImporterOptions) {
  const lookAt = createLookAt(options.answering);
  /**
   * What is taken from the watched folder for one customer, in however many takes: a printer that writes a file for each side hands it
   * over as a scanner does its pages.
   */
  let folderImport = { submissionId: '', importId: '' };
  const { db, vault, cipher, clock, log, events } = options;

  /** From here on nothing names the bytes, so they must not stay. */
  async function discard(blobId: string): Promise<void> {
    try {
      await vault.shred(blobId);
    } catch (error) {
      // The sweep at the next start removes what no row names.
      log.warn('import.discardFailed', errorFields(error));
    }
  }

  /**
   * What is kept of a scanner's samples was made while they came, or is made by one worker while another one begins to look at them: that
   * look is the one at the page, which has the same pixels.
   */
  async function takeSamples({ name, source, png }: ImportItem): Promise<Taken> {
    const job = { mediaType: 'image/tiff', read: () => readSource(source), givesAway: source.kind === 'file' } as const;
    const keep = async (): Promise<StoredBlob | null> => {
      const bytes = (await png) ?? (await options.inspection.samplesAsPng(job.read));
      return bytes && vault.ingest({ kind: 'bytes', bytes }, { maxBytes: MAX_FILE_BYTES });
    };
    const [kept, begun] = await Promise.allSettled([keep(), beginLook(options.inspection, job)]);
    const blob = kept.status === 'fulfilled' ? kept.value : null;
    const look = begun.status === 'fulfilled' ? begun.value : null;
    if (blob !== null && look !== null) return { kind: 'stored', blob, mediaType: 'image/png', facts: [], look };
    if (blob !== null) await discard(blob.blobId);
    for (const part of [kept, begun]) if (part.status === 'rejected') throw part.reason;
    return { kind: 'refused', refusal: truncated(name, 'image/tiff') };
  }

  async function take(item: ImportItem): Promise<Taken> {
    if (item.isSamples === true) return takeSamples(item);
    const blob = await vault.ingest(item.source, { maxBytes: MAX_FILE_BYTES });
    const judgement = await judge(item.name, blob);
    const refuse = async (refusal: RefusedFile): Promise<Taken> => {
      await discard(blob.blobId);
      return { kind: 'refused', refusal };
    };
    if (judgement.kind === 'refused') return refuse(judgement.refusal);
    const { mediaType, facts } = judgement;
    const job = { mediaType, ...bytesOf(vault, blob.blobId) };
    if (item.mustDecode === true) {
      const look = await beginLook(options.inspection, job);
      return look === null ? refuse(truncated(item.name, mediaType)) : { kind: 'stored', blob, mediaType, facts, look };
    }
    if (judgement.kind === 'accepted') return { kind: 'stored', blob, mediaType, facts, look: null };
    const seen = await options.inspection.inspect(job);
    if (seen.facts.some(({ rule }) => rule === DAMAGED_RULE)) return refuse(judgement.otherwise);
    const look = { thumbnail: seen.thumbnail, seen: Promise.resolve(seen) };
    return { kind: 'stored', blob, mediaType, facts, look };
  }

  /**
   * Inside the transaction that stores the new page: takes out the one whose place it gets, as a person would, so that it can
   * be brought back. Answers the delivered page that the one taken out had replaced, or null.
   */
  function takeOutReplaced(
    transaction: WritableDatabase,
    target: ImportTarget,
    toReplace: ReadonlySet<string>,
    by: { readonly pageId: string; readonly now: number },
  ): string | null {
    if ((target.replacesPageId ?? null) === null) return null;
    const old = readActivePages(transaction, target.submissionId).find(({ id }) => id === target.replacesPageId);
    if (old === undefined || old.slot === null || old.slot !== target.slot) return null;
    if (old.isDelivered || toReplace.has(old.id)) return null;
    transaction.run("UPDATE pages SET state = 'removed', removed_at = ?, replaces_page_id = NULL WHERE id = ?", [
      by.now,
      old.id,
    ]);
    record(options, transaction, {
      submissionId: target.submissionId,
      kind: 'page.removed',
      at: by.now,
      message: { code: 'ledger.pageReplaced' },
      facts: { pageId: old.id, slot: old.slot, sha256: old.sha256, replacedBy: by.pageId },
    });
    return old.replacesPageId;
  }

  /** Inside a transaction: the rows that make stored bytes a page, and their ledger entry. */
  function storePage(
    transaction: WritableDatabase,
    item: ImportItem,
    taken: Omit<Extract<Taken, { kind: 'stored' }>, 'kind' | 'look'>,
    source: PageSource,
    {
      pageId = options.newId(),
      part = null,
      importId = null,
    }: { readonly pageId?: string; readonly part?: PartOfFile | null; readonly importId?: string | null } = {},
  ): Imported {
    const { submissionId } = item.target;
    const submission = readSubmission(transaction, cipher, submissionId);
    assertEditable(submission);
    const documents = readDocuments(transaction, submissionId, submission.flow);
    const now = clock.now();
    const toReplace = readPagesToReplace(transaction, submission);
    const lineage = takeOutReplaced(transaction, item.target, toReplace, { pageId, now });
    const filled = readFilledSlots(transaction, submissionId);
    const placeFor = (askedSlot: string | null) =>
      place(submission, documents, filled, toReplace, { mediaType: taken.mediaType, askedSlot });
    const placed = placeFor(item.target.slot);
    // From the watched folder a page is asked for the slot in front, which is mostly the one that it would have taken anyway.
    const hasPlacedItself =
      item.target.slot === null ||
      (source === 'folder' && lineage === null && placeFor(null).slot === item.target.slot);
    // A page that the provider has, and that the one taken out had followed, is now followed by this one.
    const placement = { ...placed, replacesPageId: placed.replacesPageId ?? lineage };
    insertBlob(transaction, taken.blob, { kind: 'original', now });
    if (placed.replacesPageId !== null) {
      transaction.run("UPDATE pages SET state = 'replaced' WHERE id = ?", [placed.replacesPageId]);
    }
    transaction.run(
      `INSERT INTO pages (id, submission_id, blob_id, slot, state, replaces_page_id, media_type, file_name_sealed, source,
         findings, captured_at)
       VALUES (?, ?, ?, ?, 'active', ?, ?, ?, ?, ?, ?)`,
      [
        pageId,
        submissionId,
        taken.blob.blobId,
        placement.slot,
        placement.replacesPageId,
        taken.mediaType,
        cipher.seal(item.name, sealContext.fileName(pageId)),
        source,
        JSON.stringify(taken.facts),
        part?.capturedAt ?? now,
      ],
    );
    transaction.run('UPDATE submissions SET updated_at = ?, override_reason_sealed = NULL WHERE id = ?', [
      now,
      submissionId,
    ]);
    const slot = slotsOf(submission.flow, documents).find((candidate) => candidate.key === placement.slot);
    record(options, transaction, {
      submissionId,
      kind: 'page.captured',
      at: now,
      message:
        slot === undefined
          ? { code: 'ledger.pageCapturedToTray' }
          : {
              code: placement.replacesPageId === null ? 'ledger.pageCaptured' : 'ledger.pageRetaken',
              params: {
                ...nameParams('requirement', slot.requirementLabel, slot.requirementLabelKey),
                side: slot.side,
              },
            },
      facts: {
        pageId,
        slot: placement.slot,
        sha256: taken.blob.sha256,
        bytes: taken.blob.byteLength,
        mediaType: taken.mediaType,
        source,
        replacesPageId: placement.replacesPageId,
        // Where nobody asked for a place: which pages came together, so that they can close up over a blank one.
        ...(importId === null || !hasPlacedItself ? {} : { importId }),
        ...(part === null ? {} : { partOf: part.pageId, capturedAt: part.capturedAt }),
      },
    });
    return { fileName: item.name, pageId, submissionId, slot: placement.slot };
  }

  /**
   * Takes everything in, and answers what became of each, in their order. Files are read a few at a time and committed in their
   * order, up to 20 in one transaction; a file counts as imported only when its bytes and its row are on the disk. What is wrong with one file stops only
   * that file, except a full or read-only disk. `importId`: of the pages that come together, if not all of them are in `items`.
   */
  async function importEach(
    items: readonly ImportItem[],
    source: PageSource,
    importId = options.newId(),
  ): Promise<readonly (Imported | RefusedFile)[]> {
    const outcomes = new Map<number, Imported | RefusedFile>();
    const taken = new Map<number, Taken>();
    const commits: Promise<void>[] = [];
    const wakeUps: (() => void)[] = [];
    const storedPages: { readonly pageId: string; readonly look: BegunLook | null }[] = [];
    let nextToRead = 0;
    let nextToCommit = 0;
    let doneCount = 0;
    let looksLeft = 0;
    let isStopped = false;

    const settle = (index: number, outcome: Imported | RefusedFile): void => {
      outcomes.set(index, outcome);
      doneCount += 1;
      events.importProgress({ done: doneCount, total: items.length, fileName: outcome.fileName });
    };

    function lookAtFirst(): void {
      for (const { pageId, look } of storedPages.splice(0, looksLeft)) {
        looksLeft -= 1;
        options.pageStored(pageId, look);
      }
    }

    async function commitOne(
      index: number,
      item: ImportItem,
      stored: Extract<Taken, { kind: 'stored' }>,
    ): Promise<void> {
      try {
        const imported = await options.commits.add(item.target.submissionId, (transaction) =>
          storePage(transaction, item, stored, source, { importId }),
        );
        settle(index, imported);
        storedPages.push({ pageId: imported.pageId, look: stored.look });
        lookAtFirst();
      } catch (error) {
        // After a disk error the commit may stand in the log all the same and come back with the next start. Then its bytes
        // must be there; if it does not, the sweep removes them.
        if (error instanceof SatchelFailure || isDiskFull(error)) await discard(stored.blob.blobId);
        settle(index, refusalOfCommit(item.name, error));
      }
    }

    function refusalOfCommit(name: string, error: unknown): RefusedFile {
      if (error instanceof SatchelFailure) {
        const { code, params } = error.failure.message;
        return { fileName: name, message: { code, params: { ...params, file: name } } };
      }
      log.error('import.commitFailed', errorFields(error));
      isStopped = true;
      return refusalOf(name, new IngestError(isDiskFull(error) ? 'disk_full' : 'disk_error'));
    }

    /** Hands over what is complete, in order, so that slots fill in the order of the files. */
    function commitInOrder(): void {
      for (;;) {
        const next = taken.get(nextToCommit);
        const item = items[nextToCommit];
        if (next === undefined || item === undefined) break;
        taken.delete(nextToCommit);
        if (next.kind === 'refused') settle(nextToCommit, next.refusal);
        else commits.push(commitOne(nextToCommit, item, next));
        nextToCommit += 1;
      }
      for (const wake of wakeUps.splice(0)) wake();
    }

    /** Resolves when few enough files before this one are still on their way. */
    async function turnOf(index: number): Promise<void> {
      const isTooEarly = (): boolean => index - nextToCommit >= READ_AHEAD;
      while (isTooEarly()) {
        await new Promise<void>((resolve) => {
          wakeUps.push(resolve);
        });
      }
    }

    async function reader(): Promise<void> {
      for (;;) {
        const index = nextToRead;
        const item = items[index];
        if (item === undefined) return;
        nextToRead += 1;
        await turnOf(index);
        taken.set(index, isStopped ? { kind: 'refused', refusal: notTried(item.name) } : await takeSafely(item));
        commitInOrder();
      }
    }

    async function takeSafely(item: ImportItem): Promise<Taken> {
      try {
        return await take(item);
      } catch (error) {
        if (!(error instanceof IngestError)) log.error('import.failed', errorFields(error));
        const known = error instanceof IngestError ? error : new IngestError('disk_error');
        if (endsTheImport(known)) isStopped = true;
        return { kind: 'refused', refusal: refusalOf(item.name, known) };
      }
    }

    const importIsOver = options.importBegins();
    const firstLook = setTimeout(() => {
      looksLeft = FIRST_LOOKS;
      lookAtFirst();
    }, FIRST_LOOK_AFTER_MS);
    try {
      await Promise.all(Array.from({ length: Math.min(CONCURRENT_FILES, items.length) }, reader));
      options.commits.flush();
      await Promise.all(commits);
    } finally {
      clearTimeout(firstLook);
      importIsOver();
    }
    // Not before, but for the first few: decoding takes longer than a durable import and would take its processor time.
    for (const { pageId, look } of storedPages) options.pageStored(pageId, look);

    const submissionIds = [...new Set(items.map((item) => item.target.submissionId))];
    events.changed({ submissionIds, batchIds: [] });
    return items.map(({ name }, index) => outcomes.get(index) ?? notTried(name));
  }

  async function importItems(
    items: readonly ImportItem[],
    source: PageSource,
    importId?: string,
  ): Promise<ImportReport> {
    const report: ImportReport = { imported: [], refused: [] };
    for (const outcome of await importEach(items, source, importId)) {
      if ('pageId' in outcome) report.imported.push(outcome);
      else report.refused.push(outcome);
    }
    return report;
  }

  function assertTarget(target: ImportTarget): void {
    const submission = readSubmission(db, cipher, target.submissionId);
    assertEditable(submission);
    if (target.slot === null) return;
    const documents = readDocuments(db, target.submissionId, submission.flow);
    if (slotsOf(submission.flow, documents).some((slot) => slot.key === target.slot)) return;
    throw new SatchelFailure({ code: 'invalid_input', message: { code: 'capture.unknownSlot' }, field: 'slot' });
  }

  async function importBytes(
    file: { readonly name: string; readonly bytes: Uint8Array },
    target: ImportTarget,
    source: PageSource,
  ): Promise<ImportReport> {
    assertTarget(target);
    return importItems([{ name: file.name, source: { kind: 'bytes', bytes: file.bytes }, target }], source);
  }

  /** The files behind these paths; of a folder that does not answer, none. */
  async function lookFor(paths: readonly string[]): ReturnType<typeof findFiles> {
    try {
      return await lookAt(paths, (goesOn) => findFiles(paths, { goesOn, disk: options.files }));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { files: [], refused: paths.map((path) => refusalOf(basename(path), new IngestError('no_answer'))) };
    }
  }

  return {
    importEach,
    importItems,
    storePage,
    discard,
    /** Throws `SatchelFailure` when no page may be added there now. */
    assertTarget,
    /**
     * One page that a scanner has just written. It may be removed when this resolves and names it as imported. The customer may have
     * changed since the scan began, so a slot that is gone means the tray, and one that takes no page is told in the report.
     * `scanId`: the same for the pages of one scan. A TIFF is a scanner's samples, of which a PNG is kept: `png`, where that was made
     * while they came.
     */
    importScan(
      file: Pick<ImportItem, 'name' | 'png'> & { readonly path: string; readonly mediaType: MediaType },
      target: ImportTarget,
      scanId?: string,
    ): Promise<ImportReport> {
      const source = { kind: 'file', path: file.path } as const;
      const { name, png } = file;
      const item = { name, source, target, mustDecode: true, isSamples: file.mediaType === 'image/tiff' };
      return importItems([{ ...item, ...(png === undefined ? {} : { png }) }], 'scanner', scanId);
    },
    async importFiles(paths: readonly string[], target: ImportTarget, source: PageSource): Promise<ImportReport> {
      assertTarget(target);
      const found = await lookFor(paths);
      const places = targets(target, found.files.length);
      if (source === 'folder' && folderImport.submissionId !== target.submissionId) {
        folderImport = { submissionId: target.submissionId, importId: options.newId() };
      }
      const report = await importItems(
        found.files.map((file, index) => ({
          name: file.name,
          source: { kind: 'file', path: file.path },
          target: places[index] ?? target,
        })),
        source,
        source === 'folder' ? folderImport.importId : undefined,
      );
      return { imported: report.imported, refused: [...found.refused, ...report.refused] };
    },
    importBytes,
    /** A photo (JPEG) that was taken with this PC's camera. Its name says when, and nothing about anybody. */
    importPhoto(bytes: Uint8Array, target: ImportTarget): Promise<ImportReport> {
      return importBytes({ name: `camera-${localStamp(clock.now())}.jpg`, bytes }, target, 'camera');
    },
  };
}
