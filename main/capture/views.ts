import { Cause, Environment, ProviderId, SubmissionState, isChangeAllowed } from '../../shared/domain/index.ts';
import type {
  BatchView,
  Beside,
  DocumentReading,
  Finding,
  PageView,
  SlotView,
  SubmissionDetail,
  SubmissionRow,
} from '../../shared/domain/index.ts';
import { connectionNameKey } from '../../shared/domain/practice-flows.ts';
import type { SubmissionFilter } from '../../shared/ipc/index.ts';
import { disagreementsOf } from '../../shared/identity/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { lightOf, preflight, slotsOf } from '../../shared/rules/index.ts';
import type { Slot } from '../../shared/rules/index.ts';
import { readLedger, toTimelineEntry } from '../ledger/index.ts';
import { nextEventAt, operationsOfSubmission } from '../outbox/index.ts';
import { readBatches, readOpenBatches } from './batch-views.ts';
import { checkInput } from './check.ts';
import type { PageWords } from './check.ts';
import { earlierOperations } from './earlier.ts';
import { LIST_SELECT, TABS, conditionsOf, laterOf, pauseReason } from './list-rows.ts';
import type { ListRow } from './list-rows.ts';
import { listWindow } from './list-window.ts';
import { decisionFor, toOperationView } from './operation-views.ts';
import { ownerViews } from './owners.ts';
import { findSameNumber } from './readings.ts';
import {
  asSent,
  MessageSchema,
  countActivePages,
  findAlike,
  findDuplicate,
  notFound,
  openSubject,
  readActivePages,
  readDocuments,
  readFilledSlots,
  readPagesToReplace,
  readSubmission,
  sealContext,
} from './records.ts';
import type { OtherPage, PageRecord, RenditionRecord, SubmissionRecord } from './records.ts';
import type { SearchIndex } from './search.ts';
import { reasonOf } from './reasons.ts';
import { inTurns } from './turns.ts';
import type { SelfServiceAtDesk } from './self-service.ts';
import type { CaptureOptions } from './types.ts';

/** How much of a submission's history its own view shows; the whole is in the ledger export. */
const TIMELINE_ROWS = 500;

/** Light of a submission: after its release only a retake turns it red again. */
function lightFor(submission: SubmissionRecord, findings: readonly Finding[]): SubmissionRow['light'] {
  return isChangeAllowed(submission.state) ? lightOf(findings, submission.overridden) : 'green';
}

function slotsOfPages(pages: readonly Pick<PageRecord, 'slot'>[]): ReadonlySet<string | null> {
  return new Set(pages.map(({ slot }) => slot));
}

export type Views = ReturnType<typeof createViews>;

function shownRendition({ mediaType, byteLength, sha256, rule }: RenditionRecord): PageView['rendition'] {
  return { mediaType, byteLength, sha256, rule };
}

/** What a check found beside the findings themselves, by page. */
interface Found {
  readonly findings: readonly Finding[];
  readonly names: ReadonlyMap<string, string>;
  readonly duplicates: ReadonlyMap<string, NonNullable<PageView['duplicateOf']>>;
  readonly sameNumbers: ReadonlyMap<string, NonNullable<PageView['sameNumberAs']>>;
  readonly alikes: ReadonlyMap<string, NonNullable<PageView['alikeTo']>>;
}

function pageView(page: PageRecord, { findings, names, duplicates, sameNumbers, alikes }: Found): PageView {
  return {
    id: page.id,
    fileName: names.get(page.id) ?? '',
    mediaType: page.mediaType,
    byteLength: page.byteLength,
    sha256: page.sha256,
    rendition: page.rendition === null || asSent(page) === page ? null : shownRendition(page.rendition),
    widthPixels: page.widthPixels,
    heightPixels: page.heightPixels,
    sheetCount: page.sheetCount,
    straightenedSheets: page.measures.filter(({ view }) => view !== undefined).map(({ sheet }) => sheet),
    isInspected: page.isInspected,
    slot: page.slot,
    capturedAt: page.capturedAt,
    source: page.source,
    replacesPageId: page.replacesPageId,
    duplicateOf: duplicates.get(page.id) ?? null,
    sameNumberAs: sameNumbers.get(page.id) ?? null,
    alikeTo: alikes.get(page.id) ?? null,
    findings: page.purgedAt === null ? findings.filter(({ pageId }) => pageId === page.id) : [],
    isDelivered: page.isDelivered,
    purgedAt: page.purgedAt,
  };
}

/**
 * @param page that lies in it
 * @param message why the provider wants it again; undefined: it does not
 * @param toReplace ids of the pages whose place a new one is to take
 */
function slotView(
  slot: Slot,
  page: PageRecord | undefined,
  message: Message | undefined,
  toReplace: ReadonlySet<string>,
): SlotView {
  const isOld = page !== undefined && toReplace.has(page.id);
  const previousPageId = isOld ? page.id : (page?.replacesPageId ?? null);
  return { ...slot, pageId: page?.id ?? null, wantsRetake: message === undefined ? null : { message, previousPageId } };
}

/** What the window shows, read from the tables at the time of asking. */
export function createViews(
  options: CaptureOptions,
  search: SearchIndex,
  { selfServiceOf }: Pick<SelfServiceAtDesk, 'selfServiceOf'>,
) {
  const { db, cipher } = options;

  /** Where a page of another customer is, and of whom, for a link. */
  function elsewhere(other: OtherPage): NonNullable<PageView['duplicateOf']> {
    const { pageId, submissionId, capturedAt } = other;
    return {
      pageId,
      submissionId,
      capturedAt,
      reference: openSubject(cipher, submissionId, other.subjectSealed).reference,
    };
  }

  /** All findings of a submission, with the pages they came from. */
  function check(submission: SubmissionRecord, pages: readonly PageRecord[]) {
    const duplicates = new Map<string, NonNullable<PageView['duplicateOf']>>();
    const sameNumbers = new Map<string, NonNullable<PageView['sameNumberAs']>>();
    const alikes = new Map<string, NonNullable<PageView['alikeTo']>>();
    const inSlots = new Set(pages.filter((page) => page.slot !== null).map((page) => page.id));
    const wordsOf = (page: PageRecord, readings: readonly DocumentReading[]): PageWords => {
      const fileName = cipher.open(page.fileNameSealed, sealContext.fileName(page.id));
      const same = findDuplicate(db, page);
      const duplicate = same === null ? null : elsewhere(same);
      if (duplicate !== null) duplicates.set(page.id, duplicate);
      // Two slots of one customer with the same bytes are a finding of their own; the earlier page is not the duplicate.
      const isSameCustomer =
        duplicate?.submissionId === submission.id && inSlots.has(page.id) && inSlots.has(duplicate.pageId);
      const isLater = duplicate !== null && !isSameCustomer && duplicate.pageId < page.id;
      const numbered = findSameNumber(db, cipher, submission.id, readings);
      // The same bytes say the same number, and that has been said.
      const sameNumber =
        numbered === null || numbered.submissionId === duplicate?.submissionId ? null : elsewhere(numbered);
      if (sameNumber !== null) sameNumbers.set(page.id, sameNumber);
      const similar = findAlike(db, page);
      const alike = similar === null ? null : elsewhere(similar);
      if (alike !== null) alikes.set(page.id, alike);
      return {
        fileName,
        duplicateReference: isLater ? duplicate.reference : null,
        sameNumberReference: sameNumber?.reference ?? null,
        // The same bytes, or the same number, say more than the same look.
        alike:
          alike === null || duplicate !== null || sameNumber !== null
            ? null
            : { ...alike, isSameCustomer: alike.submissionId === submission.id },
      };
    };
    const input = checkInput(options, db, submission, { pages, wordsOf });
    const findings = preflight(input);
    // Where nothing is said of it, there is nothing to show.
    const shown = new Set(findings.filter(({ rule }) => rule.startsWith('page.alike')).map(({ pageId }) => pageId));
    for (const pageId of alikes.keys()) if (!shown.has(pageId)) alikes.delete(pageId);
    return {
      input,
      documents: input.documents,
      findings,
      names: new Map(input.pages.map(({ id, fileName }) => [id, fileName])),
      duplicates,
      sameNumbers,
      alikes,
    };
  }

  function toRow(
    row: ListRow,
    submission: SubmissionRecord,
    pages: Pick<SubmissionRow, 'light' | 'pageCount'> & { readonly filled: ReadonlySet<string | null> },
  ): SubmissionRow {
    const beside: Beside[] = [];
    if (row.is_held === 1) beside.push('held');
    if (row.is_attention === 1) beside.push('attention');
    if (row.voided_at !== null) beside.push('voided');
    const slots = submission.isStack ? [] : slotsOf(submission.flow, readDocuments(db, row.id, submission.flow));
    const required = slots.filter((slot) => !slot.isOptional);
    const { light, pageCount, filled } = pages;
    const { customer, reference } = search.entry(row.id, row.subject_sealed);
    const pause = pauseReason(row, beside);
    const nextAt = nextEventAt(db, row.id);
    const provider = ProviderId.parse(row.provider);
    return {
      id: row.id,
      batchId: row.batch_id,
      batchNumber: row.batch_number,
      isStack: submission.isStack,
      connectionId: row.connection_id,
      connectionName: row.connection_name,
      connectionNameKey: connectionNameKey({
        provider,
        environment: Environment.parse(row.connection_environment),
        name: row.connection_name,
      }),
      provider,
      flowName: submission.flow.name,
      flowNameKey: submission.flow.nameKey ?? null,
      customer,
      reference,
      state: SubmissionState.parse(row.state),
      beside,
      cause: pause !== null ? pause.cause : row.cause === null ? null : Cause.parse(row.cause),
      light,
      filledSlots: required.filter((slot) => filled.has(slot.key)).length,
      requiredSlots: required.length,
      pageCount,
      operator: row.operator,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      nextEventAt: pause === null ? nextAt : laterOf(nextAt, pause.untilMs),
      explanation: pause?.message ?? MessageSchema.parse(JSON.parse(row.explanation)),
    };
  }

  /** Names and duplicates, which take longest to look up, only colour warnings: they are asked for where nothing else was found. */
  function lightOfDraft(submission: SubmissionRecord, pages: readonly PageRecord[]): SubmissionRow['light'] {
    const light = lightFor(submission, preflight(checkInput(options, db, submission, { pages })));
    return light === 'green' ? lightFor(submission, check(submission, pages).findings) : light;
  }

  function listRow(row: ListRow): SubmissionRow {
    const submission = readSubmission(db, cipher, row.id);
    if (submission.isStack || !isChangeAllowed(submission.state)) {
      // None of the pages is checked, and of a stack's hundreds none lies in a slot.
      return toRow(row, submission, {
        light: submission.isStack ? 'amber' : 'green',
        pageCount: countActivePages(db, row.id),
        filled: slotsOfPages(submission.isStack ? [] : readFilledSlots(db, row.id)),
      });
    }
    const pages = readActivePages(db, row.id);
    return toRow(row, submission, {
      light: lightOfDraft(submission, pages),
      pageCount: pages.length,
      filled: slotsOfPages(pages),
    });
  }

  return {
    batches: (): BatchView[] => readBatches(db),

    openBatches: (): BatchView[] => readOpenBatches(db),

    /** One page of the submissions table, newest first; `tabCounts` under the same filter without its tab. */
    async submissions(input: {
      readonly filter: SubmissionFilter;
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ rows: SubmissionRow[]; total: number; tabCounts: Record<string, number> }> {
      const { filter } = input;
      const text = filter.search?.trim() ?? '';
      const foundIds = text === '' ? null : await search.find(text);
      const conditions = conditionsOf(filter, foundIds);
      const where = conditions.map(([sql]) => sql).join(' AND ') || '1 = 1';
      const { ids, counts } = await listWindow(db, {
        where,
        parameters: conditions.flatMap(([, values]) => values),
        tabs: TABS,
        tab: filter.tab,
        offset: input.offset,
        limit: input.limit,
      });
      const rows = db.all<ListRow>(
        `${LIST_SELECT} WHERE submissions.id IN (SELECT value FROM json_each(?)) ORDER BY submissions.id DESC`,
        [JSON.stringify(ids)],
      );
      const shown: SubmissionRow[] = [];
      await inTurns(
        () => {
          const row = rows[shown.length];
          if (row !== undefined) shown.push(listRow(row));
          return row !== undefined;
        },
        () => options.clock.monotonic(),
      );
      return { rows: shown, total: counts[filter.tab] ?? 0, tabCounts: counts };
    },

    submission(submissionId: string): SubmissionDetail {
      const row = db.get<ListRow>(`${LIST_SELECT} WHERE submissions.id = ?`, [submissionId]);
      if (row === undefined) throw notFound();
      const submission = readSubmission(db, cipher, submissionId);
      // A stack's own pages are asked for apart (`stack`): there may be hundreds, and none is checked against a slot.
      const pages = submission.isStack ? [] : readActivePages(db, submissionId);
      const found = check(submission, pages);
      const { input, documents, findings } = found;
      const operations = operationsOfSubmission(db, submissionId);
      const basics = toRow(row, submission, {
        light: lightFor(submission, findings),
        pageCount: pages.length,
        filled: slotsOfPages(pages),
      });
      const pageIn = new Map(pages.map((page) => [page.slot, page]));
      const slots = slotsOf(submission.flow, documents);
      const toReplace = readPagesToReplace(db, submission);
      const known = new Set(slots.map((slot) => slot.key));
      const detail: SubmissionDetail = {
        ...basics,
        flow: submission.flow,
        subject: submission.subject,
        unconfirmed: submission.unconfirmed,
        disagreements: disagreementsOf(input),
        heldFields: isChangeAllowed(submission.state)
          ? [...options.heldFields(submission.provider, earlierOperations(db, submissionId))]
          : [],
        documents: documents.map(({ requirementId, documentType, country, issuedOn = '' }) => ({
          requirementId,
          documentType,
          country,
          issuedOn,
        })),
        owners: ownerViews(db, cipher, submissionId),
        selfService: submission.isStack ? null : selfServiceOf(submissionId),
        slots: slots.map((slot) => slotView(slot, pageIn.get(slot.key), submission.retakeSlots[slot.key], toReplace)),
        pages: pages.map((page) => pageView(page, found)),
        tray: pages.filter((page) => page.slot === null || !known.has(page.slot)).map((page) => page.id),
        findings: findings.filter(({ pageId }) => pageId === null),
        operations: operations.map(toOperationView),
        timeline: readLedger(db, { submissionId, limit: TIMELINE_ROWS }).map((entry) => ({
          ...toTimelineEntry(entry),
          reason: reasonOf(cipher, entry),
        })),
        attention:
          row.is_attention === 1
            ? {
                cause: Cause.parse(row.cause ?? 'call_it'),
                message: basics.explanation,
                ...decisionFor(operations, submission.provider, options),
              }
            : null,
      };
      // What it takes for granted of a customer is no stack's.
      const ofStack = {
        slots: [],
        findings: [],
        light: 'amber' as const,
        pageCount: countActivePages(db, submissionId),
      };
      return submission.isStack ? { ...detail, ...ofStack } : detail;
    },
  };
}
