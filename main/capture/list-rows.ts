import { z } from 'zod';
import { Cause } from '../../shared/domain/index.ts';
import type { Beside } from '../../shared/domain/index.ts';
import type { SubmissionFilter } from '../../shared/ipc/index.ts';
import type { SqlValue } from '../database/types.ts';
import { ASKED_FIRST, OperationState } from '../outbox/index.ts';
import { MessageSchema } from './records.ts';

/** Conditions of the tabs. Together they hold every submission; `attention` may repeat one that another tab holds too. */
export const TABS: Readonly<Record<SubmissionFilter['tab'], string>> = {
  all: '1 = 1',
  draft: "state IN ('draft', 'ready') AND voided_at IS NULL",
  waiting: "state IN ('released', 'sending') AND voided_at IS NULL",
  in_review: "state IN ('sent', 'in_review') AND voided_at IS NULL",
  // A voided one needs somebody only about what the provider still has of it.
  attention: "(is_attention = 1 OR ((is_held = 1 OR state = 'retake') AND voided_at IS NULL))",
  decided: "state IN ('accepted', 'rejected') AND voided_at IS NULL",
  voided: 'voided_at IS NOT NULL',
};

/** What a row of the submissions table is made of. */
export interface ListRow {
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

/** Gives `ListRow`s; a condition follows. */
export const LIST_SELECT = `SELECT submissions.id, batch_id, batches.number AS batch_number, connection_id,
    connections.name AS connection_name, connections.environment AS connection_environment,
    connections.pause AS connection_pause, provider, submissions.state, is_held, is_attention, voided_at, cause,
    ${EXPLANATION}, subject_sealed, submissions.operator, submissions.created_at, submissions.updated_at
  FROM submissions JOIN batches ON batches.id = batch_id JOIN connections ON connections.id = connection_id`;

/** The part of a connection's pause (main/sync) that explains why its submissions wait. */
const PauseReason = z.object({ cause: Cause, message: MessageSchema, untilMs: z.number().nullable() });

/**
 * Why a submission waits that is on its way over a connection that is stopped; null when its own explanation holds. A pause
 * that ends by itself says nothing about what the provider has already: that is only asked later.
 */
export function pauseReason(row: ListRow, beside: readonly Beside[]): z.output<typeof PauseReason> | null {
  if (row.connection_pause === null || beside.length > 0) return null;
  const pause = PauseReason.safeParse(JSON.parse(row.connection_pause)).data;
  if (pause === undefined) return null;
  const isUnsent = row.state === 'released' || row.state === 'sending';
  const isFollowed = row.state === 'sent' || row.state === 'in_review';
  return isUnsent || (isFollowed && pause.untilMs === null) ? pause : null;
}

/** The later of two times; null when either cannot be told. */
export function laterOf(first: number | null, second: number | null): number | null {
  return first === null || second === null ? null : Math.max(first, second);
}

/** Each condition with its parameters, in order. */
export function conditionsOf(filter: SubmissionFilter, foundIds: readonly string[] | null): [string, SqlValue[]][] {
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
