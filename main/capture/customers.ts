import { Subject, nameParams } from '../../shared/domain/index.ts';
import type { DocumentType, Flow } from '../../shared/domain/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import { notFound, sealContext, sealedIssuedOn } from './records.ts';
import { assertTakesCustomers } from './settle-batch.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/** A customer to be made: an empty subject and each requirement's first document unless given. */
export interface NewSubmission {
  readonly batchId: string;
  readonly connectionId: string;
  readonly flowId: string;
  readonly subject?: Subject;
  readonly documents?: readonly { requirementId: string; documentType: DocumentType; issuedOn?: string }[];
  /** The flow as it was when their places were found; left out: as the connection has it now. */
  readonly flow?: Flow;
}

/** The rows of a new customer, inside the caller's transaction. Answers its id. */
export function insertSubmission(options: CaptureOptions, transaction: WritableDatabase, input: NewSubmission): string {
  const { clock, cipher, newId, operator } = options;
  assertTakesCustomers(options, transaction, input.batchId);
  const connection = options.connections.get(input.connectionId);
  if (connection.isRemoved) throw notFound();
  const flow = input.flow ?? connection.flows.find((candidate) => candidate.id === input.flowId);
  if (flow === undefined) throw notFound();
  const submissionId = newId();
  const now = clock.now();
  transaction.run(
    `INSERT INTO submissions (id, batch_id, connection_id, flow, flow_id, state, explanation, subject_sealed, operator,
         created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?)`,
    [
      submissionId,
      input.batchId,
      input.connectionId,
      JSON.stringify(flow),
      flow.id,
      JSON.stringify({ code: 'submission.draft' }),
      cipher.seal(JSON.stringify(input.subject ?? Subject.parse({})), sealContext.subject(submissionId)),
      operator,
      now,
      now,
    ],
  );
  for (const requirement of flow.requirements) {
    const chosen = input.documents?.find((document) => document.requirementId === requirement.id);
    const documentId = newId();
    transaction.run(
      `INSERT INTO documents (id, submission_id, requirement_id, document_type, country, issued_on_sealed)
         VALUES (?, ?, ?, ?, '', ?)`,
      [
        documentId,
        submissionId,
        requirement.id,
        chosen?.documentType ?? requirement.accepts[0]?.documentType ?? 'other',
        sealedIssuedOn(cipher, documentId, chosen?.issuedOn ?? ''),
      ],
    );
  }
  record(options, transaction, {
    submissionId,
    kind: 'submission.created',
    message: { code: 'ledger.submissionCreated', params: nameParams('flow', flow.name, flow.nameKey) },
    facts: { batchId: input.batchId, connectionId: input.connectionId },
  });
  return submissionId;
}
