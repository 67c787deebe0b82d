import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { BatchView, ConnectionView, SubmissionDetail, SubmissionRow } from '../../../shared/domain/index.ts';
import { paths } from '../../components/index.ts';
import { useMethod, useMethods } from '../../ipc/index.ts';
import { inOrderOfArrival } from './customerOrder.ts';
import { rememberBatch, rememberedBatch } from './memory.ts';

/** As many as main answers at once. */
const ROWS_PER_QUESTION = 500;

/** Every customer of a batch, in whatever order; a manifest may bring thousands. */
function useBatchRows(batchId: string | undefined): readonly SubmissionRow[] {
  const filter = { batchId: batchId ?? '' };
  const first = useMethod(
    'submission.list',
    { filter, offset: 0, limit: ROWS_PER_QUESTION },
    { isEnabled: batchId !== undefined, keepsPrevious: true },
  );
  const furtherCount = Math.max(0, Math.ceil((first.data?.total ?? 0) / ROWS_PER_QUESTION) - 1);
  const further = useMethods(
    'submission.list',
    Array.from({ length: furtherCount }, (_, index) => ({
      filter,
      offset: (index + 1) * ROWS_PER_QUESTION,
      limit: ROWS_PER_QUESTION,
    })),
  );
  return useMemo(
    () => [...(first.data?.rows ?? []), ...(further.data ?? []).flatMap(({ rows }) => rows)],
    [first.data, further.data],
  );
}

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
  /** Opens a customer by its address; the same function in every drawing. */
  open: (submissionId: string) => void;
  /** Opens the next customer of the batch, or the one before; at the ends nothing happens. */
  step: (direction: 1 | -1) => void;
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
  // One that is closed may still hold customers to be released; when all were voided, nothing is left to do in it.
  const openBatches = (batchList.data ?? []).filter(
    ({ state, submissionCount, pageCount }) =>
      state === 'open' || (state === 'closed' && submissionCount + pageCount > 0),
  );
  const batch =
    batchList.data?.find(({ id }) => id === (routed.data?.batchId ?? searchParams.get('batch') ?? chosenBatch)) ??
    openBatches[0] ??
    undefined;
  const batchId = batch?.id;
  useEffect(() => {
    if (batchId !== undefined) rememberBatch(batchId);
  }, [batchId]);

  const batchRows = useBatchRows(batchId);
  const rows = useMemo(
    () => inOrderOfArrival(batchRows.filter((row) => row.batchId === batchId && !row.beside.includes('voided'))),
    [batchRows, batchId],
  );
  const submissionId = routeId ?? rows.find(({ state }) => state === 'draft')?.id ?? rows[0]?.id ?? null;
  const detailQuery = useMethod(
    'submission.get',
    { submissionId: submissionId ?? '' },
    { isEnabled: submissionId !== null },
  );

  // The router follows in its own time: until it has, the next step is one from where the last one leads.
  const wantedId = useRef<string | null>(null);
  useEffect(() => {
    if (wantedId.current === submissionId) wantedId.current = null;
  }, [submissionId]);
  const open = useCallback(
    (id: string) => {
      wantedId.current = id;
      void navigate(paths.captureSubmission(id), { replace: true });
    },
    [navigate],
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
    open,
    step: (direction) => {
      const from = wantedId.current ?? submissionId;
      const next = rows[rows.findIndex(({ id }) => id === from) + direction];
      if (next !== undefined) open(next.id);
    },
  };
}
