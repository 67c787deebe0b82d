import type { Flow } from '../../shared/domain/index.ts';
import type { HttpBody } from '../network/index.ts';
import { errorFields } from '../logging/index.ts';
import { PageUnreadable } from '../providers/port.ts';
import { BlobDamaged, createAnswering } from '../vault/index.ts';
import type { StoredBlob, SweepReport } from '../vault/index.ts';
import { createChanges } from './change.ts';
import { recheck } from './check.ts';
import { createEditing } from './editing.ts';
import { countUnder, followFlows, isFlowIdUsed } from './following.ts';
import { createGroupCommit } from './group-commit.ts';
import { createIdentity } from './identity.ts';
import { createImporter } from './importer.ts';
import { createInspector } from './inspector.ts';
import { deliveryName } from './intake.ts';
import { createManifestImport } from './manifest.ts';
import { ownerChoices } from './owners.ts';
import { createOwners } from './owning.ts';
import { createParting } from './parting.ts';
import { createPurging } from './purging.ts';
import { bytesOf } from './page-bytes.ts';
import { asSent, insertBlob, openSubject, readPage, readSubmission, sealContext } from './records.ts';
import type { PageRecord } from './records.ts';
import { sweepVault } from './recovery.ts';
import { recheckOpen } from './rechecking.ts';
import { createReleasing } from './releasing.ts';
import { createAlikeIndex } from './alike.ts';
import { createSearchIndex } from './search.ts';
import type { CaptureOptions } from './types.ts';
import { createSelfService } from './self-service.ts';
import { createStackDealing } from './stack-dealing.ts';
import { isInMotion } from './stack-moves.ts';
import { createStacks } from './stacks.ts';
import { createViews } from './views.ts';

/** Longest side of a page's picture in the viewer. */
const PREVIEW_PIXELS = 1600;
const THUMBNAIL_PIXELS = 256;

interface PictureWanted {
  /** Counts from 1. */
  readonly sheet: number;
  readonly maxPixels: number;
  readonly isWhole: boolean;
}

const THUMBNAIL: PictureWanted = { sheet: 1, maxPixels: THUMBNAIL_PIXELS, isWhole: false };

export type Capture = ReturnType<typeof createCapture>;

/** The desk's side of Satchel: from bytes that somebody hands over to operations in the outbox. */
export function createCapture(given: CaptureOptions) {
  const search = createSearchIndex(given.db, given.cipher, () => given.clock.monotonic());
  // Whatever changes a submission says so, and the index follows before anybody asks again.
  const options: CaptureOptions = {
    ...given,
    events: {
      importProgress: (progress) => {
        given.events.importProgress(progress);
      },
      changed: (payload) => {
        for (const submissionId of payload.submissionIds) search.refresh(submissionId);
        given.events.changed(payload);
      },
    },
  };
  const { db, vault, cipher, inspection, clock, log } = options;
  const commits = createGroupCommit(db, (transaction, submissionId) => {
    recheck(options, transaction, submissionId);
  });
  const alike = createAlikeIndex(db, cipher, () => clock.monotonic());
  const inspector = createInspector({ ...options, commits, alike });
  const purging = createPurging(options, alike);
  const answering = createAnswering(options.answerLimitMs);
  const importer = createImporter({
    ...options,
    commits,
    answering,
    pageStored: (pageId, look) => {
      inspector.enqueue(pageId, look);
    },
    importBegins: () => inspector.standBack(),
  });
  const changes = createChanges(options);
  const editing = createEditing(options, changes);
  const identity = createIdentity(options, changes);
  const owners = createOwners(options, changes);
  const releasing = createReleasing(options);
  const stacks = createStacks(options);
  const parting = createParting({
    ...options,
    storePage: importer.storePage,
    discard: importer.discard,
    pageStored: (pageId) => {
      inspector.enqueue(pageId, null);
    },
  });
  const { finishStacks, whenAtRest, ...dealing } = createStackDealing(options);
  const selfService = createSelfService(options);
  const views = createViews(options, search, selfService);
  let isClosing = false;
  const manifests = createManifestImport(options, { editing, importer, answering });

  /**
   * Once at start. Finishes stacks that were being dealt out and purges, queues what inspection has not seen, and makes vault and
   * rows agree: files that no row names were never acknowledged and go. `mayRemoveFiles` false while a damaged database lies aside, whose rows may name them.
   */
  async function recover({ mayRemoveFiles }: { mayRemoveFiles: boolean }): Promise<{
    uninspected: number;
    sweep: SweepReport | null;
  }> {
    await finishLeftStacks();
    await finishFollowing();
    const uninspected = inspector.resume();
    // Filled in small turns beside everything else, so that the first search does not wait for it.
    search.ready().catch((error: unknown) => {
      log.error('search.notFilled', errorFields(error));
    });
    await finishPurges();
    if (!mayRemoveFiles) return { uninspected, sweep: null };
    return { uninspected, sweep: await sweepVault(options) };
  }

  /** One that cannot be finished now (a full disk) stays written down, and nothing of it is released. */
  async function finishLeftStacks(): Promise<void> {
    try {
      const stackCount = await finishStacks();
      if (stackCount > 0) log.info('stacks.finished', { stacks: stackCount });
    } catch (error) {
      log.error('stacks.notFinished', errorFields(error));
    }
  }

  /** Customers at the desk whose flow was changed, and who a power cut left under the old one. */
  async function finishFollowing(): Promise<void> {
    try {
      const followed = await followFlows(options, () => isClosing);
      if (followed > 0) log.info('flows.followed', { customers: followed });
    } catch (error) {
      log.error('flows.notFollowed', errorFields(error));
    }
  }

  /** Bytes that a purge had marked and a crash, or a disk, left. */
  async function finishPurges(): Promise<void> {
    try {
      await purging.finishShredding();
    } catch (error) {
      log.error('purge.notFinished', errorFields(error));
    }
  }

  /** `isWhole`: as it was captured, without what the working copy leaves out and straightens. */
  async function picture(pageId: string, { sheet, maxPixels, isWhole }: PictureWanted): Promise<Uint8Array | null> {
    const page = findPage(pageId);
    if (page === null) return null;
    const measured = page.measures.find((measures) => measures.sheet === sheet);
    try {
      return await inspection.preview({
        mediaType: page.mediaType,
        ...bytesOf(vault, page.blobId),
        sheet,
        rotation: page.rotation,
        view: isWhole ? undefined : measured?.view,
        maxPixels,
      });
    } catch (error) {
      log.warn('preview.failed', errorFields(error));
      return null;
    }
  }

  /** Null: there is no such page, or nothing of it to be seen. */
  function findPage(pageId: string): PageRecord | null {
    try {
      const page = readPage(db, pageId);
      return page.purgedAt === null ? page : null;
    } catch {
      return null;
    }
  }

  /** Puts a new thumbnail in the place of the old one: bytes before the row, and the old bytes after it. */
  async function replaceThumbnail(page: PageRecord): Promise<void> {
    const bytes = await picture(page.id, THUMBNAIL);
    if (bytes === null) return;
    const stored: StoredBlob = await vault.storeDerived(bytes);
    const old = db.transaction((transaction) => {
      const { thumbnailBlobId: present, purgedAt } = readPage(transaction, page.id);
      // Purged while it was drawn: nothing of it is kept any more.
      if (purgedAt !== null) return stored.blobId;
      insertBlob(transaction, stored, { kind: 'thumbnail', now: clock.now() });
      transaction.run('UPDATE pages SET thumbnail_blob_id = ? WHERE id = ?', [stored.blobId, page.id]);
      if (present !== null) transaction.run('DELETE FROM blobs WHERE id = ?', [present]);
      return present;
    });
    if (old !== null) await vault.shred(old);
  }

  return {
    ...editing,
    ...identity,
    ...owners,
    ...releasing,
    ...selfService,
    ...stacks,
    ...parting,
    ...dealing,
    recover,
    /** Finishes what an earlier time left half dealt out, as a start does, for whoever goes on without one. */
    finishStacks: finishLeftStacks,
    /** Looks at every customer at the desk once more, because the date is another one. */
    recheckOpen: (isOver: () => boolean, dayBefore: string | null): Promise<void> =>
      recheckOpen(options, isOver, dayBefore),
    /** After a connection was changed: everybody at the desk follows its flows, in short turns. */
    followFlows: finishFollowing,
    /** How many customers and stacks are under a flow of a connection and would follow `other`, which has its id. */
    countUnder: (connectionId: string, other: Flow) => countUnder(options, connectionId, other),
    /** Whether anybody of the connection is or was under a flow of this id. */
    isFlowIdUsed: (connectionId: string, flowId: string) => isFlowIdUsed(db, connectionId, flowId),
    /** Whether its stack is dealt out only in part: then nothing of it is released. */
    isMoving: (submissionId: string): boolean => isInMotion(db, submissionId),
    batches: () => views.batches(),
    openBatches: () => views.openBatches(),
    submissions: (input: Parameters<typeof views.submissions>[0]) => views.submissions(input),
    submission: (submissionId: string) => views.submission(submissionId),
    ownerChoices: (submissionId: string) => ownerChoices(db, cipher, readSubmission(db, cipher, submissionId)),

    ...importer,
    ...manifests,

    /** What the retention period takes: see main/app/retention.ts for when. */
    retention: { due: purging.due, purge: purging.purge },

    /** Turns the working view clockwise; the original is never changed, and what is sent is the original. */
    async rotatePage(pageId: string, degrees: 90 | 180 | 270): Promise<void> {
      db.transaction((transaction) => {
        const page = readPage(transaction, pageId);
        transaction.run('UPDATE pages SET rotation = ? WHERE id = ?', [(page.rotation + degrees) % 360, pageId]);
      });
      const page = readPage(db, pageId);
      await replaceThumbnail(page);
      options.events.changed({ submissionIds: [page.submissionId], batchIds: [] });
    },

    /** Pictures for people, by page id; null when there is nothing to show. */
    pictures: {
      async thumbnail(pageId: string): Promise<Uint8Array | null> {
        const page = findPage(pageId);
        if (page === null) return null;
        if (page.thumbnailBlobId !== null) {
          try {
            return await vault.readAll(page.thumbnailBlobId);
          } catch (error) {
            // Thumbnails are not fsynced: after a power cut one is simply drawn again.
            log.warn('thumbnail.unreadable', errorFields(error));
          }
        }
        return (await inspector.thumbnail(pageId)) ?? picture(pageId, THUMBNAIL);
      },
      preview: (pageId: string, wanted: { sheet: number; isWhole: boolean }): Promise<Uint8Array | null> =>
        picture(pageId, { ...wanted, maxPixels: PREVIEW_PIXELS }),
    },

    /**
     * A page as it is sent: the original bytes, or the rendition that a rule of the provider wants, under a name whose
     * extension is that of its content. Rejects with `PageUnreadable`.
     */
    async pageForDelivery(pageId: string): Promise<{ fileName: string; mediaType: string; body: HttpBody }> {
      const page = readPage(db, pageId);
      try {
        const { blobId, mediaType } = asSent(page);
        const body = await vault.open(blobId);
        const fileName = deliveryName(cipher.open(page.fileNameSealed, sealContext.fileName(pageId)), mediaType);
        return { fileName, mediaType, body };
      } catch (error) {
        if (!(error instanceof BlobDamaged)) throw error;
        log.error('page.blobDamaged', { reason: error.reason });
        throw new PageUnreadable(pageId);
      }
    },

    /** Pages with these bytes that came out of the watched folder: ever, and those that still are a customer's. */
    pagesFromFolder: (sha256: string): { ever: number; live: number } =>
      db.get<{ ever: number; live: number }>(
        `SELECT count(*) AS ever, coalesce(sum(pages.state = 'active' AND voided_at IS NULL), 0) AS live
         FROM blobs JOIN pages ON blob_id = blobs.id JOIN submissions ON submissions.id = submission_id
         WHERE sha256 = ? AND kind = 'original' AND source = 'folder'`,
        [sha256],
      ) ?? { ever: 0, live: 0 },

    /** The customer's fields, opened for one call. */
    subjectOf: (submissionId: string) => readSubmission(db, cipher, submissionId).subject,

    /** "Family, given" or the reference, for lists that name submissions; '' for none. */
    referenceOf(submissionId: string): string {
      const row = db.get<{ subject_sealed: Uint8Array }>('SELECT subject_sealed FROM submissions WHERE id = ?', [
        submissionId,
      ]);
      return row === undefined ? '' : openSubject(cipher, submissionId, row.subject_sealed).reference;
    },

    /** Ids of the newest submissions (at most 2,000) whose customer's name or reference holds every word of `text`. */
    findSubmissions: (text: string): Promise<string[]> => search.find(text),

    /** Resolves when every stored page has been looked at. */
    whenInspected: (): Promise<void> => inspector.whenIdle(),

    /** A folder or file that was to be read has not answered; see `Satchel.isHung`. */
    isHung: () => answering.isHung(),
    async close(): Promise<void> {
      isClosing = true;
      await purging.stopPurging();
      await whenAtRest();
      commits.flush();
      await inspector.close();
      commits.flush();
    },
  };
}
