import { LANES, OperationState } from './types.ts';
import type { Operation, OperationError } from './types.ts';
import { Cause } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';

/** An operation as SQLite gives it. */
export interface OperationRow {
  readonly id: string;
  readonly submission_id: string;
  readonly connection_id: string;
  readonly page_id: string | null;
  readonly kind: string;
  readonly payload: string;
  readonly state: number;
  readonly idempotency_key: string;
  readonly run_at: number;
  readonly byte_length: number;
  readonly lane: number;
  readonly attempts: number;
  readonly failures: number;
  readonly committed_at: number | null;
  readonly first_attempt_at: number | null;
  readonly last_error: string | null;
  readonly result: string | null;
  readonly created_at: number;
  readonly done_at: number | null;
}

export const OPERATION_COLUMNS =
  'id, submission_id, connection_id, page_id, kind, payload, state, idempotency_key, run_at, byte_length, lane, attempts, ' +
  'failures, committed_at, first_attempt_at, last_error, result, created_at, done_at';

/**
 * Calls that remove something at a provider, known by the end of their kind, and are not at theirs; word for word as in the index
 * `operations_redacting`.
 */
export const OPEN_REDACTION = "kind GLOB '*.redact' AND state NOT IN (4, 6)";

/**
 * The operations in flight, for a FROM: one seek in `operations_runnable` for each connection and lane. Asked for by
 * their state alone they would be found only after a walk over everything that waits.
 */
export const CLAIMED = `(
  SELECT operations.* FROM connections CROSS JOIN (SELECT 0 AS lane UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) AS lanes
  CROSS JOIN operations ON connection_id = connections.id AND operations.lane = lanes.lane AND state = 2)`;

/** Reads a row. The payload and the result are still unknown: whoever uses them parses them with the provider's schema. */
export function toOperation(row: OperationRow): Operation {
  return {
    id: row.id,
    submissionId: row.submission_id,
    connectionId: row.connection_id,
    pageId: row.page_id,
    kind: row.kind,
    payload: parse(row.payload),
    state: toState(row.state),
    idempotencyKey: row.idempotency_key,
    runAt: row.run_at,
    byteLength: row.byte_length,
    size: LANES[row.lane] ?? 'small',
    attempts: row.attempts,
    failures: row.failures,
    committedAt: row.committed_at,
    firstAttemptAt: row.first_attempt_at,
    lastError: toError(row.last_error),
    result: row.result === null ? null : parse(row.result),
    createdAt: row.created_at,
    doneAt: row.done_at,
  };
}

function parse(text: string): unknown {
  return JSON.parse(text);
}

const STATES: ReadonlySet<number> = new Set(Object.values(OperationState));

function isState(value: number): value is OperationState {
  return STATES.has(value);
}

function toState(value: number): OperationState {
  if (!isState(value)) throw new Error(`outbox: ${value} is not a state of an operation`);
  return value;
}

function toError(text: string | null): OperationError | null {
  if (text === null) return null;
  const value = parse(text);
  if (!isRecord(value)) return null;
  const message = toMessage(value['message']);
  if (message === null) return null;
  const { status, requestId } = value;
  const cause = Cause.safeParse(value['cause']).data;
  return {
    message,
    status: typeof status === 'number' ? status : null,
    requestId: typeof requestId === 'string' ? requestId : null,
    ...(cause === undefined ? {} : { cause }),
  };
}

function toMessage(value: unknown): Message | null {
  if (!isRecord(value) || typeof value['code'] !== 'string') return null;
  if (!isRecord(value['params'])) return { code: value['code'] };
  const params: Record<string, string | number> = {};
  for (const [name, parameter] of Object.entries(value['params'])) {
    if (typeof parameter === 'string' || typeof parameter === 'number') params[name] = parameter;
  }
  return { code: value['code'], params };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
