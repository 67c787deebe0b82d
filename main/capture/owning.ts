import { isForEntity } from '../../shared/domain/index.ts';
import type { OwnerPosition } from '../../shared/domain/index.ts';
import type { Changes } from './change.ts';
import { conflict } from './conflict.ts';
import { earlierOperations } from './earlier.ts';
import { readSubmission } from './records.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/** What a person does to the owners of a company. */
export function createOwners(options: CaptureOptions, { change }: Changes) {
  const { cipher } = options;

  /**
   * Says that a customer of the same batch and connection owns or directs a company, or (`position` null) that they do not. Throws
   * `conflict` for anything else, and once the provider has been told.
   */
  function setOwner(submissionId: string, ownerSubmissionId: string, position: OwnerPosition | null): void {
    change(submissionId, (transaction, company) => {
      if (!isForEntity(company.flow)) throw conflict('capture.ownerOfPerson');
      const isTold = options
        .linkedOwners(company.provider, earlierOperations(transaction, submissionId))
        .includes(ownerSubmissionId);
      if (isTold) throw conflict('capture.ownerIsLinked');
      if (position === null) {
        transaction.run('DELETE FROM owners WHERE submission_id = ? AND owner_submission_id = ?', [
          submissionId,
          ownerSubmissionId,
        ]);
      } else {
        const owner = readSubmission(transaction, cipher, ownerSubmissionId);
        const isNear = owner.batchId === company.batchId && owner.connectionId === company.connectionId;
        if (!isNear || owner.isVoided || owner.isStack || isForEntity(owner.flow)) {
          throw conflict('capture.ownerElsewhere');
        }
        transaction.run(
          `INSERT INTO owners (submission_id, owner_submission_id, position) VALUES (?, ?, ?)
           ON CONFLICT (submission_id, owner_submission_id) DO UPDATE SET position = excluded.position`,
          [submissionId, ownerSubmissionId, position],
        );
      }
      record(options, transaction, {
        submissionId,
        kind: position === null ? 'owner.removed' : 'owner.set',
        message: { code: position === null ? 'ledger.ownerRemoved' : 'ledger.ownerSet' },
        facts: { ownerSubmissionId, position },
      });
    });
  }

  return { setOwner };
}
