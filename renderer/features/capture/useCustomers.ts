import { useEffect, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { BatchView, ConnectionView, SubmissionDetail, SubmissionRow } from '../../../shared/domain/index.ts';
import { paths } from '../../components/index.ts';
import { useMethod } from '../../ipc/index.ts';
import { inOrderOfArrival } from './customerOrder.ts';
import { rememberBatch, rememberedBatch } from './memory.ts';

/** More customers than this are never in one batch; the list asks for them at once. */
const MAX_CUSTOMERS = 500;

/** The batch in front, its customers, and the one that is worked on. */
export interface CustomersInFront {
  batchList: ReturnType<typeof useMethod<'batch.list'>>;
  connections: readonly ConnectionView[] | undefined;
  openBatches: readonly BatchView[];
  batch: BatchView | undefined;
  rows: readonly SubmissionRow[];
  submissionId: string | null;
  detail: SubmissionDetail | undefined;
  /** Why the customer could not be read, or null. */
  detailError: Error | null;
  /** Shows this batch. */
  chooseBatch: (batchId: string) => void;
  /** Shows this batch wherever the address does not say otherwise. */
  preferBatch: (batchId: string) => void;
  /** Opens a customer by its address. */
  open: (submissionId: string) => void;
}

/** Finds out which batch and which customer are in front: by the address, else by what was chosen last. */
export function useCustomers(): CustomersInFront {
  const navigate = useNavigate();
  const { submissionId: routeId } = useParams();
  const [searchParams] = useSearchParams();
  const batchList = useMethod('batch.list', {});
  const { data: connections } = useMethod('connection.list', {});
  const [chosenBatch, setChosenBatch] = useState(rememberedBatch);

  // An address names the customer; its batch follows from that, also when the batch was released long ago.
  const routed = useMethod('submission.get', { submissionId: routeId ?? '' }, { isEnabled: routeId !== undefined });
  const openBatches = (batchList.data ?? []).filter(({ state }) => state !== 'released');
  const batch =
    batchList.data?.find(({ id }) => id === (routed.data?.batchId ?? searchParams.get('batch') ?? chosenBatch)) ??
    openBatches[0] ??
    undefined;
  const batchId = batch?.id;
  useEffect(() => {
    if (batchId !== undefined) rememberBatch(batchId);
  }, [batchId]);

  const customers = useMethod(
    'submission.list',
    { filter: { batchId: batchId ?? '' }, offset: 0, limit: MAX_CUSTOMERS },
    { isEnabled: batchId !== undefined, keepsPrevious: true },
  );
  const rows = inOrderOfArrival(
    (customers.data?.rows ?? []).filter((row) => row.batchId === batchId && !row.beside.includes('voided')),
  );
  const submissionId = routeId ?? rows.find(({ state }) => state === 'draft')?.id ?? rows[0]?.id ?? null;
  const detailQuery = useMethod(
    'submission.get',
    { submissionId: submissionId ?? '' },
    { isEnabled: submissionId !== null },
  );

  return {
    batchList,
    connections,
    openBatches,
    batch,
    rows,
    submissionId,
    detail: detailQuery.data?.id === submissionId ? detailQuery.data : undefined,
    detailError: detailQuery.error,
    preferBatch: setChosenBatch,
    chooseBatch: (id) => {
      setChosenBatch(id);
      rememberBatch(id);
      void navigate(paths.capture, { replace: true });
    },
    open: (id) => void navigate(paths.captureSubmission(id), { replace: true }),
  };
}
