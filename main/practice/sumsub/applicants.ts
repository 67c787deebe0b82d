import { isRecord } from '../body.ts';
import { judge, PRACTICE_FLOW_NAMES, type JudgedImage, type Review, type Wanted } from '../review.ts';
import { SUMSUB_STAGES, stageOf } from '../stages.ts';
import { sha256, type PracticeState } from '../state.ts';
import { refused } from './reply.ts';

export interface Applicant {
  readonly applicantId: string;
  readonly levelName: string;
  readonly detailsSealed: Uint8Array;
  readonly createdAt: number;
  readonly attempts: number;
  readonly pendingAt: number | null;
  readonly reviewedAt: number | null;
  readonly outcome: string | null;
  readonly rejectLabels: string;
}

export interface Image extends JudgedImage {
  readonly fileId: string;
  readonly at: number;
  readonly sha256: string;
  readonly byteLength: number;
  readonly mediaType: string;
  readonly fileNameSealed: Uint8Array;
  readonly country: string;
  readonly isActive: number;
}

/** Marks the rows of this API in the table that it shares with Personr. */
export const SUMSUB_WORKSPACE = 'sumsub';
export const ADDRESS_TYPES = ['UTILITY_BILL', 'BANK_STATEMENT'] as const;
const JUDGED_AS = { incomplete: 'INCOMPLETE_DOCUMENT', addressTypes: ADDRESS_TYPES } as const;

const COLUMNS = `applicant_id AS applicantId, flow_name AS levelName, details_sealed AS detailsSealed, created_at AS createdAt,
  checks_used AS attempts, pending_at AS pendingAt, reviewed_at AS reviewedAt, outcome,
  reject_labels AS rejectLabels`;

/** The applicants of the practice account, what they have sent and how far each is. */
export class SumsubApplicants {
  readonly #state: PracticeState;

  constructor(state: PracticeState) {
    this.#state = state;
  }

  /** Null: the reference is free. */
  referenced(reference: string): string | null {
    const row = this.#state.db.get<{ applicantId: string }>(
      'SELECT applicant_id AS applicantId FROM sumsub_references WHERE reference_sha256 = ?',
      [sha256(reference)],
    );
    return row?.applicantId ?? null;
  }

  add(levelName: string, reference: string, details: Readonly<Record<string, unknown>>, now: number): Applicant {
    const applicantId = this.#state.hex(12);
    const { db } = this.#state;
    db.run(
      'INSERT INTO applicants (applicant_id, workspace, flow_name, details_sealed, created_at) VALUES (?, ?, ?, ?, ?)',
      [applicantId, SUMSUB_WORKSPACE, levelName, this.#state.seal({ ...details, externalUserId: [reference] }), now],
    );
    db.run('INSERT INTO sumsub_references (reference_sha256, applicant_id) VALUES (?, ?)', [
      sha256(reference),
      applicantId,
    ]);
    return this.get(applicantId);
  }

  /** Throws the refusal when there is none. */
  get(applicantId: string): Applicant {
    const row = this.#state.db.get<Applicant>(
      `SELECT ${COLUMNS} FROM applicants WHERE applicant_id = ? AND workspace = ?`,
      [applicantId, SUMSUB_WORKSPACE],
    );
    if (row === undefined) throw refused(404, 'Applicant not found');
    return row;
  }

  details(applicant: Applicant): Readonly<Record<string, unknown>> {
    const opened = this.#state.open(applicant.detailsSealed);
    return isRecord(opened) ? opened : {};
  }

  images(applicantId: string): Image[] {
    return this.#state.db.all<Image>(
      `SELECT file_id AS fileId, at, sha256, byte_length AS byteLength, media_type AS mediaType,
         file_name_sealed AS fileNameSealed, doc_type AS docType, doc_sub_type AS docSubType, country, decision,
         is_active AS isActive
       FROM stored_files WHERE owner_id = ? ORDER BY sequence`,
      [applicantId],
    );
  }

  wanted({ levelName }: Applicant): Wanted {
    return PRACTICE_FLOW_NAMES[levelName] ?? { identity: true, selfie: false, address: false };
  }

  /** Whether there is an image of everything that the level wants, whatever is decided about it. */
  isComplete(applicant: Applicant): boolean {
    const undecided = this.#imagesInUse(applicant).map((image) => ({ ...image, decision: null }));
    return judge(undecided, this.wanted(applicant), JUDGED_AS).labels.length === 0;
  }

  #imagesInUse({ applicantId }: Applicant): Image[] {
    return this.images(applicantId).filter(({ isActive }) => isActive === 1);
  }

  /** Sends the applicant to verification; what comes later than this is not seen. */
  start(applicant: Applicant, now: number): void {
    const { switches } = this.#state;
    const review: Review = judge(this.#imagesInUse(applicant), this.wanted(applicant), JUDGED_AS);
    const stage = () => this.#state.between(switches['sumsub.stageMinMs'], switches['sumsub.stageMaxMs']);
    const pendingAt = now + stage();
    this.#state.db.run(
      `UPDATE applicants SET checks_used = checks_used + 1, started_at = ?, pending_at = ?, reviewed_at = ?, outcome = ?,
         reject_labels = ? WHERE applicant_id = ?`,
      [now, pendingAt, pendingAt + stage(), review.outcome, JSON.stringify(review.labels), applicant.applicantId],
    );
  }

  /** `reviewStatus` at this moment. */
  status(applicant: Applicant, now: number): string {
    return stageOf(applicant, now, SUMSUB_STAGES);
  }
}

/** While a verification runs nothing can be added, and none can be started. */
export function isBeingChecked(status: string): boolean {
  return status === 'pending' || status === 'queued' || status === 'prechecked';
}
