import type { Fault, FaultAction, FaultScript } from '../faults.ts';
import type { PracticeState } from '../state.ts';
import { applicantsListed } from './applicants.ts';
import {
  BOARD_LIMIT,
  type Board,
  type BoardFault,
  type BoardFile,
  type BoardRecord,
  type BoardRequest,
  type ListedRecord,
} from './types.ts';

export interface BoardSources {
  readonly state: PracticeState;
  readonly faults: FaultScript;
  readonly persona: { listed(now: number, limit: number): ListedRecord[] };
}

/** What a person sees who plays the providers. `after`: the newest sequence that the asker has already. */
export function readBoard({ state, faults, persona }: BoardSources, now: number, after: number): Board {
  const records = [
    ...persona.listed(now, BOARD_LIMIT).map((record) => ({ api: 'persona', ...record })),
    ...applicantsListed(state, now, BOARD_LIMIT),
  ].sort((one, other) => other.createdAt - one.createdAt);
  return {
    now,
    requests: requestsAfter(state, after),
    requestCount: count(state, 'requests'),
    records: records.slice(0, BOARD_LIMIT).map((record) => ({ ...record, files: storedFiles(state, record.id) })),
    recordCount: RECORD_TABLES.reduce((sum, table) => sum + count(state, table), 0),
    faults: faults.list.map(({ fault, left }) => ({ ...faultLine(fault), left })),
    nextDecisions: state.db.all<{ api: string; decision: string }>(
      'SELECT api, decision FROM next_decisions ORDER BY sequence',
    ),
    isHolding: state.isHolding,
    switches: state.switches,
  };
}

const RECORD_TABLES = ['documents', 'inquiries', 'accounts', 'transactions', 'applicants'] as const;

function count(state: PracticeState, table: 'requests' | (typeof RECORD_TABLES)[number]): number {
  return state.db.get<{ many: number }>(`SELECT count(*) AS many FROM ${table}`)?.many ?? 0;
}

function storedFiles(state: PracticeState, ownerId: string): BoardRecord['files'] {
  return state.db.all<BoardFile>(
    `SELECT sha256, byte_length AS byteLength, media_type AS mediaType FROM stored_files WHERE owner_id = ?
     ORDER BY sequence`,
    [ownerId],
  );
}

function requestsAfter(state: PracticeState, after: number): BoardRequest[] {
  return state.db
    .all<Omit<BoardRequest, 'isReplay' | 'files'> & { isReplay: number }>(
      `SELECT sequence, at, api, method, path, status, fault, idempotency_key AS idempotencyKey, is_replay AS isReplay,
         body_bytes AS bodyBytes
       FROM requests WHERE sequence > ? ORDER BY sequence DESC LIMIT ?`,
      [after, BOARD_LIMIT],
    )
    .map((request) => ({
      ...request,
      isReplay: request.isReplay === 1,
      files: state.db.all<BoardFile>(
        `SELECT sha256, byte_length AS byteLength, media_type AS mediaType FROM request_files
         WHERE request_sequence = ? ORDER BY rowid`,
        [request.sequence],
      ),
    }));
}

function faultLine({ api, method, path, action }: Fault): Omit<BoardFault, 'left'> {
  return { api: api ?? null, method: method ?? null, path: path ?? null, action: actionLine(action) };
}

function actionLine({ kind, ...more }: FaultAction): string {
  const values = Object.entries(more).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'number') return [`${name}=${value}`];
    return value === true ? [name] : [];
  });
  return [kind, ...values].join(' ');
}
