import { z } from 'zod';
import { Cause, Environment, ProviderId, SubmissionState, isChangeAllowed } from '../../shared/domain/index.ts';
import type {
  BatchState,
  BatchView,
  Beside,
  DocumentReading,
  Finding,
  OperationView,
  PageView,
  SlotView,
  SubmissionDetail,
  SubmissionRow,
} from '../../shared/domain/index.ts';
import { connectionNameKey } from '../../shared/domain/practice-flows.ts';
import type { SubmissionFilter } from '../../shared/ipc/index.ts';
import { disagreementsOf } from '../../shared/identity/index.ts';
import { lightOf, preflight, slotsOf } from '../../shared/rules/index.ts';
import type { SqlValue } from '../database/types.ts';
import { readLedger, toTimelineEntry } from '../ledger/index.ts';
import { ASKED_FIRST, OperationState, nextEventAt, operationsOfSubmission } from '../outbox/index.ts';
import type { Operation } from '../outbox/index.ts';
import { recordIdsOf } from '../providers/index.ts';
import { checkInput } from './check.ts';
import type { PageWords } from './check.ts';
import { earlierOperations } from './earlier.ts';
import { listWindow } from './list-window.ts';
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

/** Conditions of the tabs. Together they hold every submission; `attention` may repeat one that another tab holds too. */
const TABS: Readonly<Record<SubmissionFilter['tab'], string>> = {
  all: '1 = 1',
  draft: "state IN ('draft', 'ready') AND voided_at IS NULL",
  waiting: "state IN ('released', 'sending') AND voided_at IS NULL",
  in_review: "state IN ('sent', 'in_review') AND voided_at IS NULL",
  // A voided one needs somebody only about what the provider still has of it.
  attention: "(is_attention = 1 OR ((is_held = 1 OR state = 'retake') AND voided_at IS NULL))",
  decided: "state IN ('accepted', 'rejected') AND voided_at IS NULL",
  voided: 'voided_at IS NOT NULL',
};

interface ListRow {
  readonly id: string;
  readonly batch_id: string;
  readonly batch_number: number;
  readonly connection_id: string;
  readonly connection_name: string;
  readonly connection_environment: string;
  readonly connection_pause: string | null;
  readonly provider: string;
  readonly state: string;
  readonly is_held: number;
  readonly is_attention: number;
  readonly voided_at: number | null;
  readonly cause: string | null;
  readonly explanation: string;
  readonly subject_sealed: Uint8Array;
  readonly operator: string;
  readonly created_at: number;
  readonly updated_at: number;
}

/**
 * What needs somebody is in the call itself: of several calls the one that is asked about first (`decisionFor`), so that the sentence goes
 * on to the next once that is decided. After a purge the explanation stays that of the end.
 */
const EXPLANATION = `CASE WHEN is_attention = 1
    THEN coalesce((SELECT json_extract(last_error, '$.message') FROM operations
      WHERE submission_id = submissions.id AND operations.state = ${OperationState.attention}
      ORDER BY ${ASKED_FIRST} LIMIT 1), explanation)
    ELSE explanation END AS explanation`;

const LIST_SELECT = `SELECT submissions.id, batch_id, batches.number AS batch_number, connection_id,
    connections.name AS connection_name, connections.environment AS connection_environment,
    connections.pause AS connection_pause, provider, submissions.state, is_held, is_attention, voided_at, cause,
    ${EXPLANATION}, subject_sealed, submissions.operator, submissions.created_at, submissions.updated_at
  FROM submissions JOIN batches ON batches.id = batch_id JOIN connections ON connections.id = connection_id`;

const OPERATION_STATE_NAMES: Readonly<Record<OperationState, OperationView['state']>> = {
  [OperationState.blocked]: 'blocked',
  [OperationState.pending]: 'pending',
  [OperationState.claimed]: 'claimed',
  [OperationState.unknown]: 'unknown',
  [OperationState.done]: 'done',
  [OperationState.attention]: 'attention',
  [OperationState.cancelled]: 'cancelled',
};

interface BatchRow {
  readonly id: string;
  readonly number: number;
  readonly state: BatchState;
  readonly operator: string;
  readonly created_at: number;
  readonly released_at: number | null;
  readonly submission_count: number;
  readonly page_count: number;
  readonly ready_count: number;
}

const BATCH_SELECT = `SELECT id, number, state, operator, created_at, released_at,
    (SELECT count(*) FROM submissions WHERE batch_id = batches.id AND voided_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM stacks WHERE submission_id = submissions.id)) AS submission_count,
    (SELECT count(*) FROM submissions JOIN pages ON submission_id = submissions.id
      WHERE batch_id = batches.id AND voided_at IS NULL AND pages.state = 'active') AS page_count,
    (SELECT count(*) FROM submissions WHERE batch_id = batches.id AND submissions.state = 'ready' AND is_held = 0
      AND voided_at IS NULL) AS ready_count
  FROM batches`;

function toBatchView(row: BatchRow): BatchView {
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    operator: row.operator,
    createdAt: row.created_at,
    releasedAt: row.released_at,
    submissionCount: row.submission_count,
    pageCount: row.page_count,
    readyCount: row.ready_count,
  };
}

function toOperationView(operation: Operation): OperationView {
  const isWaiting = operation.state === OperationState.pending || operation.state === OperationState.unknown;
  return {
    id: operation.id,
    kind: operation.kind,
    state: OPERATION_STATE_NAMES[operation.state],
    pageId: operation.pageId,
    attempts: operation.attempts,
    nextAt: isWaiting ? operation.runAt : null,
    lastError: operation.lastError?.message ?? null,
    errorStatus: operation.lastError?.status ?? null,
    recordIds: recordIdsOf(operation),
  };
}

/** The part of a connection's pause (main/sync) that explains why its submissions wait. */
const PauseReason = z.object({ cause: Cause, message: MessageSchema, untilMs: z.number().nullable() });

/**
 * Why a submission waits that is on its way over a connection that is stopped; null when its own explanation holds. A pause
 * that ends by itself says nothing about what the provider has already: that is only asked later.
 */
function pauseReason(row: ListRow, beside: readonly Beside[]): z.output<typeof PauseReason> | null {
  if (row.connection_pause === null || beside.length > 0) return null;
  const pause = PauseReason.safeParse(JSON.parse(row.connection_pause)).data;
  if (pause === undefined) return null;
  const isUnsent = row.state === 'released' || row.state === 'sending';
  const isFollowed = row.state === 'sent' || row.state === 'in_review';
  return isUnsent || (isFollowed && pause.untilMs === null) ? pause : null;
}

/** The later of two times; null when either cannot be told. */
function laterOf(first: number | null, second: number | null): number | null {
  return first === null || second === null ? null : Math.max(first, second);
}

type Attention = NonNullable<SubmissionDetail['attention']>;

/**
 * What a person may decide about a submission in attention: see `AttentionChoice`. When several calls are in doubt the
 * choices are about the first; once that is decided, about the next.
 */
function decisionFor(
  operations: readonly Operation[],
  provider: ProviderId,
  { askPerson: ask, mayBeLeft }: Pick<CaptureOptions, 'askPerson' | 'mayBeLeft'>,
): Pick<Attention, 'choices' | 'doubt'> {
  const waiting = operations.filter((operation) => operation.state === OperationState.attention);
  const doubtful = waiting.find((operation) => operation.committedAt !== null);
  if (doubtful === undefined) {
    const mayLeave = waiting.some(({ kind }) => mayBeLeft(provider, kind));
    return {
      choices: [...(waiting.length > 0 ? (['retry'] as const) : []), ...(mayLeave ? (['leave'] as const) : [])],
      doubt: null,
    };
  }
  const asked = ask(provider, doubtful.kind, doubtful.payload);
  return {
    choices: [asked?.confirmedBy === 'record' ? 'confirm_record' : 'confirm_delivered', 'send_again'],
    doubt: {
      operationId: doubtful.id,
      about: asked?.about ?? 'page',
      message: asked?.question ?? doubtful.lastError?.message ?? { code: 'sync.personDecides' },
    },
  };
}

/** Each condition with its parameters, in order. */
function conditionsOf(filter: SubmissionFilter, foundIds: readonly string[] | null): [string, SqlValue[]][] {
  const conditions: [string, SqlValue[]][] = [];
  const inList = (column: string, values: readonly string[] | undefined): void => {
    if (values !== undefined)
      conditions.push([`${column} IN (SELECT value FROM json_each(?))`, [JSON.stringify(values)]]);
  };
  inList('submissions.state', filter.states);
  inList('cause', filter.causes);
  if (filter.beside !== undefined && filter.beside.length > 0) {
    const parts = filter.beside.map(
      (beside) => ({ held: 'is_held = 1', attention: 'is_attention = 1', voided: 'voided_at IS NOT NULL' })[beside],
    );
    conditions.push([`(${parts.join(' OR ')})`, []]);
  }
  if (filter.connectionId !== undefined) conditions.push(['connection_id = ?', [filter.connectionId]]);
  if (filter.batchId !== undefined) conditions.push(['batch_id = ?', [filter.batchId]]);
  if (filter.operator !== undefined) conditions.push(['submissions.operator = ?', [filter.operator]]);
  if (filter.fromMs !== undefined) conditions.push(['submissions.created_at >= ?', [filter.fromMs]]);
  if (filter.toMs !== undefined) conditions.push(['submissions.created_at < ?', [filter.toMs]]);
  if (foundIds !== null) inList('submissions.id', foundIds);
  return conditions;
}

/** Light of a submission: after its release only a retake turns it red again. */
function lightFor(submission: SubmissionRecord, findings: readonly Finding[]): SubmissionRow['light'] {
  return isChangeAllowed(submission.state) ? lightOf(findings, submission.overridden) : 'green';
}

function slotsOfPages(pages: readonly Pick<PageRecord, 'slot'>[]): ReadonlySet<string | null> {
  return new Set(pages.map(({ slot }) => slot));
}

export type Views = ReturnType<typeof createViews>;

/** What the window shows, read from the tables at the time of asking. */
function shownRendition({ mediaType, byteLength, sha256, rule }: RenditionRecord): PageView['rendition'] {
  return { mediaType, byteLength, sha256, rule };
}

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
    /** Open batches first, then the newest. */
    batches(): BatchView[] {
      return db.all<BatchRow>(`${BATCH_SELECT} ORDER BY state = 'open' DESC, number DESC LIMIT 500`).map(toBatchView);
    },

    openBatches(): BatchView[] {
      return db.all<BatchRow>(`${BATCH_SELECT} WHERE state = 'open' ORDER BY number DESC`).map(toBatchView);
    },

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
      const { input, documents, findings, names, duplicates, sameNumbers, alikes } = check(submission, pages);
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
        slots: slots.map((slot): SlotView => {
          const page = pageIn.get(slot.key);
          const message = submission.retakeSlots[slot.key];
          return {
            ...slot,
            pageId: page?.id ?? null,
            wantsRetake:
              message === undefined
                ? null
                : {
                    message,
                    previousPageId:
                      page !== undefined && toReplace.has(page.id) ? page.id : (page?.replacesPageId ?? null),
                  },
          };
        }),
        pages: pages.map((page): PageView => ({
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
          findings: page.purgedAt === null ? findings.filter((found) => found.pageId === page.id) : [],
          isDelivered: page.isDelivered,
          purgedAt: page.purgedAt,
        })),
        tray: pages.filter((page) => page.slot === null || !known.has(page.slot)).map((page) => page.id),
        findings: findings.filter((found) => found.pageId === null),
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
