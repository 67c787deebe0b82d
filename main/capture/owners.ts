import { OwnerPosition, isForEntity } from '../../shared/domain/index.ts';
import type { OwnerChoice, OwnerView } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/types.ts';
import type { PlanOwner } from '../providers/port.ts';
import type { FieldCipher } from '../vault/types.ts';
import { readSubmission } from './records.ts';
import type { SubmissionRecord } from './records.ts';
import { customerOf } from './search.ts';

/** Who owns or directs a company, in the order in which they were made. */
export function readOwners(db: ReadableDatabase, submissionId: string): PlanOwner[] {
  return db
    .all<{ id: string; position: string }>(
      `SELECT owner_submission_id AS id, position FROM owners WHERE submission_id = ? ORDER BY owner_submission_id`,
      [submissionId],
    )
    .map(({ id, position }) => ({ submissionId: id, position: OwnerPosition.parse(position) }));
}

/** A company cannot be released with an owner who never goes. */
export function hasVoidedOwner(db: ReadableDatabase, submissionId: string): boolean {
  return (
    db.get(
      `SELECT 1 FROM owners JOIN submissions ON submissions.id = owner_submission_id
       WHERE submission_id = ? AND voided_at IS NOT NULL LIMIT 1`,
      [submissionId],
    ) !== undefined
  );
}

/** The owners of a company, with their names. */
export function ownerViews(db: ReadableDatabase, cipher: FieldCipher, submissionId: string): OwnerView[] {
  return readOwners(db, submissionId).map(({ submissionId: ownerId, position }) => {
    const { subject, state, isVoided } = readSubmission(db, cipher, ownerId);
    return { submissionId: ownerId, customer: customerOf(subject), position, state, isVoided };
  });
}

/** Most that are offered; a batch with more persons is narrowed by their names at the desk. */
const MOST_OFFERED = 200;

/** The persons of the same batch and connection who are not owners of the company yet, the newest first. */
export function ownerChoices(db: ReadableDatabase, cipher: FieldCipher, company: SubmissionRecord): OwnerChoice[] {
  if (!isForEntity(company.flow)) return [];
  return db
    .all<{ id: string }>(
      `SELECT id FROM submissions
       WHERE batch_id = ? AND connection_id = ? AND voided_at IS NULL
         AND id NOT IN (SELECT owner_submission_id FROM owners WHERE submission_id = ?)
         AND id NOT IN (SELECT submission_id FROM stacks)
       ORDER BY id DESC LIMIT ?`,
      [company.batchId, company.connectionId, company.id, MOST_OFFERED],
    )
    .map(({ id }) => readSubmission(db, cipher, id))
    .filter(({ flow }) => !isForEntity(flow))
    .map(({ id, subject }) => ({ submissionId: id, customer: customerOf(subject) }));
}
