import type { WritableDatabase } from '../database/types.ts';
import { recheck } from './check.ts';
import { assertEditable } from './importer.ts';
import { readSubmission } from './records.ts';
import type { SubmissionRecord } from './records.ts';
import type { CaptureOptions } from './types.ts';

export type Changes = ReturnType<typeof createChanges>;

/** What every change that a person makes of a submission has in common. */
export function createChanges(options: CaptureOptions) {
  const { db, cipher, clock } = options;

  /** Tells the window that a submission and its batch look different now. */
  function changed(submissionId: string): void {
    const row = db.get<{ batch_id: string }>('SELECT batch_id FROM submissions WHERE id = ?', [submissionId]);
    options.events.changed({ submissionIds: [submissionId], batchIds: row === undefined ? [] : [row.batch_id] });
  }

  /** One change of a submission: only while it may change; the state follows. An override does not outlive it. */
  function change(
    submissionId: string,
    work: (transaction: WritableDatabase, submission: SubmissionRecord) => void,
  ): void {
    db.transaction((transaction) => {
      const submission = readSubmission(transaction, cipher, submissionId);
      assertEditable(submission);
      transaction.run('UPDATE submissions SET updated_at = ?, override_reason_sealed = NULL WHERE id = ?', [
        clock.now(),
        submissionId,
      ]);
      work(transaction, submission);
      recheck(options, transaction, submissionId);
    });
    changed(submissionId);
  }

  return { change, changed };
}
