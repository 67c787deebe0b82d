import { isRecord } from '../body.ts';
import { personrStages, stageOf } from '../stages.ts';
import type { PracticeState } from '../state.ts';
import type { Parameters } from './parameters.ts';
import { coded, notRun, platform } from './refusals.ts';

/** An applicant, or an entity, as the practice file keeps it. */
export interface RecordRow {
  readonly applicantId: string;
  readonly workspace: string;
  readonly isEntity: number;
  readonly flowName: string;
  readonly detailsSealed: Uint8Array;
  readonly createdAt: number;
  readonly checksUsed: number;
  readonly startedAt: number | null;
  readonly pendingAt: number | null;
  readonly reviewedAt: number | null;
  readonly outcome: string | null;
  readonly rejectLabels: string;
}

export interface ImageRow {
  readonly sha256: string;
  readonly docType: string;
  readonly docSubType: string | null;
  readonly country: string;
  readonly decision: string | null;
  readonly isActive: number;
}

/** The applicant or entity of that id; both kinds have an `applicantId`. Throws a `Refusal`. */
export function recordOf(state: PracticeState, applicantId: string): RecordRow {
  const row = state.db.get<RecordRow>(
    `SELECT applicant_id AS applicantId, workspace, is_entity AS isEntity, flow_name AS flowName, details_sealed AS detailsSealed,
       created_at AS createdAt, checks_used AS checksUsed, started_at AS startedAt, pending_at AS pendingAt,
       reviewed_at AS reviewedAt, outcome, reject_labels AS rejectLabels
     FROM applicants WHERE applicant_id = ?`,
    [applicantId],
  );
  if (row !== undefined) return row;
  const refusals = {
    not_run: () => notRun('The applicant does not exist.'),
    status_code_message: () => coded(400, 'Error: applicant not found.'),
    not_found: () => platform(404, 'NOT_FOUND', 'The applicant does not exist.'),
  };
  throw refusals[state.switches['personr.unknownApplicantBody']]();
}

export function imagesOf(state: PracticeState, applicantId: string): ImageRow[] {
  return state.db.all<ImageRow>(
    `SELECT sha256, doc_type AS docType, doc_sub_type AS docSubType, country, decision, is_active AS isActive
     FROM stored_files WHERE owner_id = ? ORDER BY sequence`,
    [applicantId],
  );
}

/** What the create was given. Fields that it was not given are ''. */
export function detailsOf(state: PracticeState, record: RecordRow) {
  const opened = state.open(record.detailsSealed);
  const saved: Parameters = isRecord(opened) ? opened : {};
  const field = (key: string): string => (typeof saved[key] === 'string' ? saved[key] : '');
  const list = saved['externalUserId'];
  return {
    email: field('email'),
    phone: field('phone'),
    nameFirst: field('nameFirst'),
    nameLast: field('nameLast'),
    companyName: field('companyName'),
    registrationNumber: field('registrationNumber'),
    country: field('country'),
    sourceKey: field('sourceKey'),
    externalUserId: Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [],
  };
}

interface NewRecord {
  readonly workspace: string;
  readonly flowName: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly isEntity: boolean;
  readonly now: number;
}

/** What an applicant or entity is recognised by, where the same one is not made twice. */
const SAME = { applicant: 'email', entity: 'registrationNumber' } as const;
/** What the answer to a create does not repeat. */
const UNSHOWN: ReadonlySet<string> = new Set(['sourceKey', 'externalUserId']);

/**
 * The applicant or entity that a create leads to, as its answer shows it: a new one with nothing uploaded, unless the switch says that
 * the same customer is made once only. Throws a `Refusal`.
 */
export function createdRecord(state: PracticeState, made: NewRecord): Record<string, unknown> {
  const mode = state.switches['personr.sameCustomer'];
  const found = mode === 'another' ? null : sameRecord(state, made);
  if (found !== null && mode === 'conflict') throw coded(409, 'Error: this customer already exists.');
  const record = found ?? recordOf(state, insertRecord(state, made));
  const details: Readonly<Record<string, unknown>> = detailsOf(state, record);
  const shown = Object.keys(made.details).filter((name) => !UNSHOWN.has(name));
  return {
    applicantId: record.applicantId,
    ...Object.fromEntries(shown.map((name) => [name, details[name]])),
    flowName: record.flowName,
    applicantStatus: statusOf(state, record, made.now),
  };
}

function sameRecord(state: PracticeState, { workspace, details, isEntity }: NewRecord): RecordRow | null {
  const rows = state.db.all<{ id: string }>(
    'SELECT applicant_id AS id FROM applicants WHERE workspace = ? AND is_entity = ?',
    [workspace, isEntity ? 1 : 0],
  );
  const name = isEntity ? SAME.entity : SAME.applicant;
  const records = rows.map(({ id }) => recordOf(state, id));
  return records.find((record) => detailsOf(state, record)[name] === details[name]) ?? null;
}

function insertRecord(state: PracticeState, record: NewRecord): string {
  const applicantId = state.numberedId(record.now);
  state.db.run(
    `INSERT INTO applicants (applicant_id, workspace, flow_name, details_sealed, created_at, is_entity)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [applicantId, record.workspace, record.flowName, state.seal(record.details), record.now, record.isEntity ? 1 : 0],
  );
  return applicantId;
}

/** `Created` → `Pre-Checked` → `Pending` → `Reviewed`, or what a decision made of it. */
export function statusOf(state: PracticeState, record: RecordRow, now: number): string {
  return stageOf(record, now, personrStages(state));
}
