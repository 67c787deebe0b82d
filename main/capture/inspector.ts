import { MEDIA_TYPE_NAMES } from '../../shared/domain/index.ts';
import {
  ALONE_RULE,
  CHECK_WAITS_RULE,
  PICTURE_RULE,
  PROTECTED_RULE,
  SMALLER_RULE,
  SURROUNDED_RULE,
  UNLOCKED_RULES,
  expiredRules,
  renditionFor,
} from '../../shared/rules/index.ts';
import type { PageFact, WantedRendition } from '../../shared/rules/index.ts';
import { SatchelFailure, isDiskFull } from '../../shared/util/failure.ts';
import type { WritableDatabase } from '../database/types.ts';
import { refusedInspection } from '../inspection/port.ts';
import type { Inspection } from '../inspection/port.ts';
import { errorFields } from '../logging/index.ts';
import { BlobDamaged, IngestError } from '../vault/types.ts';
import type { StoredBlob } from '../vault/types.ts';
import type { AlikeIndex } from './alike.ts';
import type { BegunLook } from './begun-look.ts';
import { identityOf } from './check.ts';
import type { GroupCommit } from './group-commit.ts';
import { MAX_FILE_BYTES } from './intake.ts';
import { createLaterLooks } from './later-looks.ts';
import { bytesOf } from './page-bytes.ts';
import { insertReadings } from './readings.ts';
import { insertBlob, readPage, readSubmission, sealContext } from './records.ts';
import type { PageRecord } from './records.ts';
import { factsOfSeen, readingsOf } from './seen-facts.ts';
import { setAsideNobodys } from './setting-aside.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/** Pages handed to the inspection port at once: enough to keep its workers busy, few enough to stop soon. */
const PAGES_IN_HAND = 4;
/** While an import runs, its hashing and encrypting come first; one page keeps one worker busy. */
const PAGES_IN_HAND_DURING_IMPORT = 1;
/** When the disk had no room for what was seen, it is looked at again after this long. */
const RETRY_MS = 15_000;

/** Why a rendition was made, where the reason is not the original's form. */
const LEDGER_CODES: ReadonlyMap<string, string> = new Map([
  [SMALLER_RULE, 'ledger.pageRenditionSmaller'],
  [ALONE_RULE, 'ledger.pageRenditionAlone'],
  ...Object.values(UNLOCKED_RULES).map((rule) => [rule, 'ledger.pageRenditionUnlocked'] as const),
]);

/** A page's rendition, durable in the vault and not yet in a row; or that none could be made. */
type MadeRendition =
  | { readonly kind: 'made'; readonly wanted: WantedRendition; readonly blob: StoredBlob; readonly fact: PageFact }
  | { readonly kind: 'impossible'; readonly fact: PageFact };

/** What was made of a page beside what inspection saw on it. */
interface Beside {
  readonly thumbnail: StoredBlob | null;
  readonly rendition: MadeRendition | null;
  /** The earlier page that looks like it. */
  readonly alikePageId: string | null;
}

export interface InspectorOptions extends CaptureOptions {
  readonly commits: GroupCommit;
  readonly alike: AlikeIndex;
}

/**
 * Looks at stored pages beside an import (its first few) and when it is over, never on its road; what an import had to look at itself it only
 * waits for and stores. What it has not seen yet is known from the
 * database (`inspected_at`), so a crash loses no page's turn.
 */
export function createInspector(options: InspectorOptions) {
  const { db, vault, clock, log, alike } = options;
  const queue: string[] = [];
  const inHand = new Set<Promise<void>>();
  const storing = new Set<Promise<void>>();
  /** Of each page that is being looked at, its thumbnail as soon as there is one; null when none will come. */
  const thumbnails = new Map<string, Promise<Uint8Array | null>>();
  /** Looks that began before the page was stored, and are not stored yet. */
  const begunLooks = new Map<string, BegunLook>();
  let idleWaiters: (() => void)[] = [];
  const waitingForRoom = new Set<string>();
  let roomTimer: NodeJS.Timeout | null = null;
  const laterLooks = createLaterLooks((pageId) => {
    queue.push(pageId);
    pump();
  });
  let isClosed = false;
  let runningImports = 0;

  /** What the workers saw, or that the stored bytes themselves are not what they were. */
  async function look(page: PageRecord): Promise<Inspection> {
    const begun = await begunLooks.get(page.id)?.seen.catch(() => null);
    if (begun !== undefined && begun !== null) return begun;
    const { promise, resolve: onThumbnail } = Promise.withResolvers<Uint8Array | null>();
    thumbnails.set(page.id, promise);
    const { mediaType } = page;
    try {
      return await options.inspection.inspect({ mediaType, ...bytesOf(vault, page.blobId), onThumbnail });
    } catch (error) {
      if (!(error instanceof BlobDamaged)) throw error;
      log.error('page.blobDamaged', { reason: error.reason });
      return refusedInspection('page.lost');
    } finally {
      onThumbnail(null);
    }
  }

  function store(
    transaction: WritableDatabase,
    page: PageRecord,
    seen: Inspection,
    { thumbnail, rendition, alikePageId }: Beside,
  ): void {
    // Purged while it was looked at: nothing of it is kept any more, and what was stored of it goes with the next sweep.
    if (readPage(transaction, page.id).purgedAt !== null) return;
    const now = clock.now();
    const facts = [
      // What came with the file that it was parted from may be seen on itself too.
      ...seen.facts.filter(({ rule }) => page.facts.every((known) => known.rule !== rule)),
      ...factsOfSeen(seen),
      ...(rendition === null ? [] : [rendition.fact]),
    ];
    if (thumbnail !== null) insertBlob(transaction, thumbnail, { kind: 'thumbnail', now });
    transaction.run(
      `UPDATE pages SET width_pixels = ?, height_pixels = ?, sheet_count = ?, thumbnail_blob_id = ?, findings = ?,
         inspected_at = ? WHERE id = ?`,
      [
        seen.widthPixels,
        seen.heightPixels,
        seen.sheetCount,
        thumbnail?.blobId ?? null,
        JSON.stringify([...page.facts.filter(({ rule }) => rule !== CHECK_WAITS_RULE), ...facts]),
        now,
        page.id,
      ],
    );
    storeMeasures(transaction, page, seen, alikePageId);
    if (rendition?.kind === 'made') storeRendition(transaction, page, rendition);
    const readings = readingsOf(seen);
    insertReadings(transaction, options.cipher, page.id, readings);
    setAsideNobodys(options, transaction, page);
    if (readings.length > 0) tellOtherPerson(transaction, page);
    const noticed = facts.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule);
    for (const rule of [...noticed, ...expiredRules(readings, now)]) {
      record(options, transaction, {
        submissionId: page.submissionId,
        kind: 'page.finding',
        message: { code: 'ledger.pageFinding' },
        facts: { pageId: page.id, rule },
        isSystem: true,
      });
    }
  }

  /** Numbers, and how the page looks, sealed. */
  function storeMeasures(
    transaction: WritableDatabase,
    { id }: PageRecord,
    { measures, look }: Inspection,
    alikePageId: string | null,
  ): void {
    transaction.run('INSERT INTO page_measures (page_id, measures, look_sealed, alike_page_id) VALUES (?, ?, ?, ?)', [
      id,
      JSON.stringify(measures),
      look && options.cipher.seal(Buffer.from(look).toString('base64'), sealContext.look(id)),
      alikePageId,
    ]);
  }

  /**
   * The earlier page that looks most like this one; from now on later pages are compared with this one as well. Before the transaction,
   * which others share: it takes up to 10 ms.
   */
  async function compare({ id, submissionId }: PageRecord, look: Uint8Array | null): Promise<string | null> {
    if (look === null) return null;
    await alike.ready();
    const alikePageId = alike.find(id, submissionId, look);
    alike.add(id, submissionId, look);
    return alikePageId;
  }

  /** The audit keeps when the mixed-customer alarm was raised, by which page and about which fields. */
  function tellOtherPerson(transaction: WritableDatabase, { id: pageId, submissionId }: PageRecord): void {
    const submission = readSubmission(transaction, options.cipher, submissionId);
    // Whose the pages of a stack are is not decided yet.
    if (submission.isStack) return;
    const fields = identityOf(transaction, options.cipher, submission)
      .filter(
        ({ first, second, severity }) => severity === 'blocking' && [first, second].some((at) => at.pageId === pageId),
      )
      .map(({ field }) => field);
    if (fields.length === 0) return;
    record(options, transaction, {
      submissionId,
      kind: 'identity.disagrees',
      message: { code: 'ledger.identityDisagrees' },
      facts: { pageId, fields: [...new Set(fields)].join(' ') },
      isSystem: true,
    });
  }

  function storeRendition(
    transaction: WritableDatabase,
    page: PageRecord,
    { wanted, blob }: Extract<MadeRendition, { kind: 'made' }>,
  ): void {
    const now = clock.now();
    insertBlob(transaction, blob, { kind: 'rendition', now });
    transaction.run('INSERT INTO renditions (page_id, blob_id, media_type, rule, created_at) VALUES (?, ?, ?, ?, ?)', [
      page.id,
      blob.blobId,
      wanted.mediaType,
      wanted.rule,
      now,
    ]);
    record(options, transaction, {
      submissionId: page.submissionId,
      kind: 'page.rendition',
      message: {
        code: LEDGER_CODES.get(wanted.rule) ?? 'ledger.pageRendition',
        params: { from: MEDIA_TYPE_NAMES[page.mediaType], to: MEDIA_TYPE_NAMES[wanted.mediaType] },
      },
      facts: {
        pageId: page.id,
        rule: wanted.rule,
        originalSha256: page.sha256,
        sha256: blob.sha256,
        bytes: blob.byteLength,
        mediaType: wanted.mediaType,
        ...(wanted.limit === null ? {} : { maxBytes: wanted.limit.maxBytes }),
      },
      isSystem: true,
    });
  }

  /** What the provider wants in place of the original, made and durable; null where it takes the original. */
  async function render(page: PageRecord, seen: Inspection): Promise<MadeRendition | null> {
    if (page.rendition !== null || seen.facts.some(({ severity }) => severity === 'blocking')) return null;
    const { provider, flow } = readSubmission(db, options.cipher, page.submissionId);
    const { mediaType, byteLength } = page;
    const { sheetCount, measures } = seen;
    const says = (fact: string): boolean => seen.facts.some(({ rule }) => rule === fact);
    const [isProtected, isSurrounded] = [says(PROTECTED_RULE), says(SURROUNDED_RULE)];
    const sized = { mediaType, byteLength, sheetCount, measures, isProtected, isSurrounded };
    const wanted = renditionFor(provider, sized, flow);
    if (wanted === null) return null;
    const { rule, limit } = wanted;
    const bytes = await options.inspection.convert({
      mediaType,
      to: wanted.mediaType,
      limit,
      ...bytesOf(vault, page.blobId),
    });
    // No better than the original, which the provider's rule stops where it lies in a slot for an identity document.
    if (rule === SMALLER_RULE && limit !== null && (bytes === null || bytes.length > limit.maxBytes)) return null;
    if (rule === PICTURE_RULE && bytes === null) return null;
    const from = MEDIA_TYPE_NAMES[mediaType];
    if (bytes === null) {
      return { kind: 'impossible', fact: { rule: 'page.notConvertible', severity: 'blocking', params: { from } } };
    }
    const blob = await vault.ingest({ kind: 'bytes', bytes }, { maxBytes: MAX_FILE_BYTES });
    const to = MEDIA_TYPE_NAMES[wanted.mediaType];
    return { kind: 'made', wanted, blob, fact: { rule: wanted.rule, severity: 'info', params: { from, to } } };
  }

  /** A picture for lists is no reason to hold a page back; without a stored one it is drawn when it is asked for. */
  async function storeThumbnail(bytes: Uint8Array): Promise<StoredBlob | null> {
    try {
      return await vault.storeDerived(bytes);
    } catch (error) {
      log.warn('thumbnail.notStored', errorFields(error));
      return null;
    }
  }

  async function keep(page: PageRecord, seen: Inspection): Promise<void> {
    const thumbnail = seen.thumbnail === null ? null : await storeThumbnail(seen.thumbnail);
    const rendition = await render(page, seen);
    const alikePageId = await compare(page, seen.look);
    try {
      await options.commits.add(page.submissionId, (transaction) => {
        store(transaction, page, seen, { thumbnail, rendition, alikePageId });
      });
    } catch (error) {
      // As with a new page: on a full disk it is made again later; after another error the commit may come back.
      if (rendition?.kind === 'made' && isDiskFull(error)) await vault.shred(rendition.blob.blobId);
      throw error;
    }
  }

  async function inspectOne(pageId: string): Promise<void> {
    try {
      const page = readPage(db, pageId);
      if (page.isInspected) return;
      const seen = await look(page);
      if (isClosed) return;
      const stored = keep(page, seen).finally(() => storing.delete(stored));
      storing.add(stored);
      await stored;
      laterLooks.over(pageId);
      options.events.changed({ submissionIds: [page.submissionId], batchIds: [] });
    } catch (error) {
      // Not seen yet, so the next start tries again; the page itself is safe.
      if (isClosed) return;
      log.warn('inspection.failed', errorFields(error));
      await setNextLook(pageId, error);
    } finally {
      thumbnails.delete(pageId);
      if (!waitingForRoom.has(pageId)) begunLooks.delete(pageId);
    }
  }

  /** Whatever kept a page from being looked at may pass while the app runs: room is made, another program lets go of the file. */
  async function setNextLook(pageId: string, error: unknown): Promise<void> {
    if (isDiskFull(error) || (error instanceof IngestError && error.code === 'disk_full')) {
      waitingForRoom.add(pageId);
      roomTimer ??= setTimeout(retryAll, RETRY_MS).unref();
    } else if (error instanceof SatchelFailure) laterLooks.over(pageId);
    else if (laterLooks.later(pageId).isToBeTold) await tellThatItWaits(pageId);
  }

  /** The page says of itself why it is not checked yet, until it is. */
  async function tellThatItWaits(pageId: string): Promise<void> {
    try {
      const { submissionId } = readPage(db, pageId);
      await options.commits.add(submissionId, (transaction) => {
        const { facts, isInspected } = readPage(transaction, pageId);
        if (isInspected || facts.some(({ rule }) => rule === CHECK_WAITS_RULE)) return;
        const fact: PageFact = { rule: CHECK_WAITS_RULE, severity: 'warning', params: {} };
        transaction.run('UPDATE pages SET findings = ? WHERE id = ?', [JSON.stringify([...facts, fact]), pageId]);
      });
      options.events.changed({ submissionIds: [submissionId], batchIds: [] });
    } catch (error) {
      log.warn('inspection.notTold', errorFields(error));
    }
  }

  /** A full disk gets room again while the app runs. */
  function retryAll(): void {
    roomTimer = null;
    queue.push(...waitingForRoom);
    waitingForRoom.clear();
    pump();
  }

  function pump(): void {
    while (inHand.size < (runningImports > 0 ? PAGES_IN_HAND_DURING_IMPORT : PAGES_IN_HAND)) {
      const pageId = queue.shift();
      if (pageId === undefined) break;
      const done = inspectOne(pageId).finally(() => {
        inHand.delete(done);
        pump();
      });
      inHand.add(done);
    }
    if (inHand.size === 0 && queue.length === 0) {
      for (const wake of idleWaiters) wake();
      idleWaiters = [];
    }
  }

  return {
    /** `begun`: the look at it that began while it was taken in, so that there is no second one; else null. */
    enqueue(pageId: string, begun: BegunLook | null): void {
      if (isClosed) return;
      if (begun !== null) {
        begunLooks.set(pageId, begun);
        thumbnails.set(pageId, Promise.resolve(begun.thumbnail));
      }
      queue.push(pageId);
      pump();
    },
    /** The thumbnail of a page that is being looked at, before everything else about it is known; null when there is none. */
    thumbnail: (pageId: string): Promise<Uint8Array | null> => thumbnails.get(pageId) ?? Promise.resolve(null),
    /** Leaves the processor to an import until the function that comes back is called. */
    standBack(): () => void {
      runningImports += 1;
      return () => {
        runningImports -= 1;
        pump();
      };
    },
    /** Queues every active page that was never looked at; answers how many. */
    resume(): number {
      const waiting = db.all<{ id: string }>(
        "SELECT id FROM pages WHERE inspected_at IS NULL AND state = 'active' ORDER BY id",
      );
      for (const { id } of waiting) queue.push(id);
      pump();
      return waiting.length;
    },
    /** Resolves when nothing waits to be looked at. */
    whenIdle(): Promise<void> {
      if (inHand.size === 0 && queue.length === 0) return Promise.resolve();
      return new Promise((resolve) => {
        idleWaiters.push(resolve);
      });
    },
    /** Waits for what is being written. What is still looked at is dropped and gets its turn at the next start. */
    async close(): Promise<void> {
      isClosed = true;
      queue.length = 0;
      if (roomTimer !== null) clearTimeout(roomTimer);
      laterLooks.close();
      await Promise.allSettled(storing);
      for (const wake of idleWaiters.splice(0)) wake();
    },
  };
}
