import type { SubmissionRow } from '../../../../shared/domain/index.ts';

/** A row with everything unremarkable except what a test names. */
export function submissionRow(part: Partial<SubmissionRow> & { id: string }): SubmissionRow {
  return {
    batchId: 'batch-1',
    batchNumber: 7,
    isStack: false,
    connectionId: 'connection-1',
    connectionName: 'Persona practice',
    connectionNameKey: null,
    provider: 'persona',
    flowName: 'Identity',
    flowNameKey: null,
    customer: 'Specimen, Sam',
    reference: 'KD-1',
    state: 'ready',
    beside: [],
    cause: null,
    light: 'green',
    filledSlots: 2,
    requiredSlots: 2,
    pageCount: 2,
    operator: 'operator',
    createdAt: 1_000,
    updatedAt: 1_000,
    nextEventAt: null,
    explanation: { code: 'submission.ready' },
    ...part,
  };
}
