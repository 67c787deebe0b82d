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

/** A new applicant or entity with nothing uploaded. Answers its id. */
export function insertRecord(
  state: PracticeState,
  record: { workspace: string; flowName: string; details: unknown; isEntity: boolean; now: number },
): string {
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
