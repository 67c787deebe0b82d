import type { ReadableDatabase } from '../database/types.ts';
import type { NewOperation } from '../outbox/index.ts';
import type { PlanDocument, PlanInput, PlannedOperation } from '../providers/port.ts';
import { earlierOperations } from './earlier.ts';
import { readOwners } from './owners.ts';
import { asSent, readActivePages, readDocuments } from './records.ts';
import type { SubmissionRecord } from './records.ts';
import type { CaptureOptions } from './types.ts';

/** From rows to what a provider's plan is made of, and from the plan to rows. */

/** What a provider needs to know of a submission, and of its connection, to plan its calls. */
export function planInput(
  { connections }: Pick<CaptureOptions, 'connections'>,
  db: ReadableDatabase,
  submission: SubmissionRecord,
): PlanInput {
  return {
    submissionId: submission.id,
    flow: submission.flow,
    settings: connections.get(submission.connectionId).settings,
    round: submission.round,
    documents: planDocuments(db, submission),
    earlier: earlierOperations(db, submission.id),
    owners: readOwners(db, submission.id),
  };
}

function planDocuments(db: ReadableDatabase, submission: SubmissionRecord): PlanDocument[] {
  const pages = readActivePages(db, submission.id);
  return readDocuments(db, submission.id, submission.flow).flatMap((document) => {
    const requirement = submission.flow.requirements.find((candidate) => candidate.id === document.requirementId);
    const accepted = requirement?.accepts.find((option) => option.documentType === document.documentType);
    if (accepted === undefined) return [];
    const prefix = `${document.requirementId}/${document.documentType}/`;
    const inSlots = accepted.sides.flatMap((side) => {
      const page = pages.find((candidate) => candidate.slot === `${prefix}${side}`);
      return page === undefined ? [] : [{ side, page }];
    });
    if (inSlots.length === 0) return [];
    return [
      {
        documentId: document.id,
        requirementId: document.requirementId,
        documentType: document.documentType,
        providerType: accepted.providerType,
        country: document.country === '' ? submission.subject.country : document.country,
        pages: inSlots.map(({ side, page }) => ({
          pageId: page.id,
          side,
          mediaType: asSent(page).mediaType,
          byteLength: asSent(page).byteLength,
          isDelivered: page.isDelivered,
        })),
      },
    ];
  });
}

/** What a plan becomes in the outbox. */
export function newOperations(
  options: Pick<CaptureOptions, 'clock' | 'newId' | 'newIdempotencyKey'>,
  submission: Pick<SubmissionRecord, 'id' | 'connectionId'>,
  planned: readonly PlannedOperation[],
  expiresAt: number | null,
): NewOperation[] {
  const idByRef = new Map(planned.map((operation) => [operation.ref, options.newId()]));
  const idOf = (ref: string): string => {
    const id = idByRef.get(ref);
    if (id === undefined) throw new Error('capture: a plan needs an operation that it does not contain');
    return id;
  };
  return planned.map((operation) => ({
    id: idOf(operation.ref),
    submissionId: submission.id,
    connectionId: submission.connectionId,
    pageId: operation.pageId,
    kind: operation.kind,
    payload: operation.payload,
    idempotencyKey: options.newIdempotencyKey(),
    needs: operation.needs.map(idOf),
    byteLength: operation.byteLength,
    runAt: options.clock.now(),
    isFollow: operation.isFollow ?? false,
    expiresAt,
  }));
}
