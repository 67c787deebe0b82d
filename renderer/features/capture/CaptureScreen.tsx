import { FolderPlus, Inbox, Plug, Sparkles, UserPlus } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { SubjectField } from '../../../shared/domain/index.ts';
import type { Finding, ImportReport, SubmissionDetail } from '../../../shared/domain/index.ts';
import {
  Banner,
  Button,
  EmptyState,
  FailureNote,
  isMac,
  paths,
  showToast,
  useShortcuts,
} from '../../components/index.ts';
import type { Shortcut } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { BatchBar, LightPanel, SourceBar } from './Bars.tsx';
import { CustomerList, customerName } from './CustomerList.tsx';
import { NewCustomerDialog, ReasonDialog, ReleaseDialog } from './dialogs.tsx';
import { DuplicateCard, FindingList } from './Findings.tsx';
import { flowChoices, guessFlow } from './flows.ts';
import { rememberBatch, rememberedBatch, rememberedFlow, rememberFlow } from './memory.ts';
import type { FlowChoice } from './memory.ts';
import { slotName } from './names.ts';
import { SlotPanel } from './SlotPanel.tsx';
import { Stage } from './Stage.tsx';
import {
  findingsAt,
  findingsWithoutPage,
  isUntouched,
  NOTHING_SELECTED,
  selectedStation,
  selectionOf,
  stationsOf,
  stepStation,
} from './stations.ts';
import type { Selection, Station } from './stations.ts';
import { focusField, SubjectForm } from './SubjectForm.tsx';
import { useIntake } from './useIntake.ts';
import styles from './Capture.module.css';

/** More customers than this are never in one batch; the list asks for them at once. */
const MAX_CUSTOMERS = 500;

/** Lets something run on its own: what fails was already shown by the frame as a toast. */
function begin(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

/** A page that can be brought back, and the message that offers it. */
interface RemovedPage {
  pageId: string;
  name: string;
  closeToast: () => void;
}

type OpenDialog = 'newCustomer' | 'release' | 'override' | 'void' | null;

/** Capture: customers at the left, the page in the middle, what is wanted at the right, the ways in below. */
export function CaptureScreen() {
  const t = useText();
  const navigate = useNavigate();
  const { submissionId: routeId } = useParams();
  const [searchParams] = useSearchParams();

  const batchList = useMethod('batch.list', {});
  const { data: connections } = useMethod('connection.list', {});
  const [chosenBatch, setChosenBatch] = useState(rememberedBatch);
  const openBatches = (batchList.data ?? []).filter(({ state }) => state !== 'released');

  // An address names the customer; its batch follows from that, also when the batch was released long ago.
  const routed = useMethod('submission.get', { submissionId: routeId ?? '' }, { isEnabled: routeId !== undefined });
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
  const rows = (customers.data?.rows ?? [])
    .filter((row) => row.batchId === batchId && !row.beside.includes('voided'))
    .toSorted((first, second) => first.createdAt - second.createdAt);
  const submissionId = routeId ?? rows.find(({ state }) => state === 'draft')?.id ?? rows[0]?.id ?? null;
  const detailQuery = useMethod(
    'submission.get',
    { submissionId: submissionId ?? '' },
    { isEnabled: submissionId !== null },
  );
  const detail = detailQuery.data?.id === submissionId ? detailQuery.data : undefined;

  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [announcement, setAnnouncement] = useState('');
  const [revisions, setRevisions] = useState<Readonly<Record<string, number>>>({});
  const [removed, setRemoved] = useState<readonly RemovedPage[]>([]);
  const [selectionFor, setSelectionFor] = useState<{ submissionId: string; selection: Selection } | null>(null);

  const stations = detail === undefined ? [] : stationsOf(detail);
  const asked: Selection = { slotKey: searchParams.get('slot'), pageId: null };
  const selection =
    selectionFor !== null && selectionFor.submissionId === submissionId
      ? selectionFor.selection
      : asked.slotKey === null
        ? NOTHING_SELECTED
        : asked;
  const selected = selectedStation(stations, selection);

  const createBatch = useAction('batch.create');
  const createSubmission = useAction('submission.create');
  const releaseBatch = useAction('batch.release');
  const releaseOne = useAction('submission.release');
  const hold = useAction('submission.hold');
  const override = useAction('submission.override');
  const voidSubmission = useAction('submission.void');
  const loadSample = useAction('sample.load');
  const movePage = useAction('page.move');
  const removePage = useAction('page.remove');
  const restorePage = useAction('page.restore');
  const rotatePage = useAction('page.rotate');

  const open = (id: string) => void navigate(paths.captureSubmission(id), { replace: true });
  const select = (station: Station) => {
    if (submissionId !== null) setSelectionFor({ submissionId, selection: selectionOf(station) });
  };
  const chooseBatch = (id: string) => {
    setChosenBatch(id);
    rememberBatch(id);
    void navigate(paths.capture, { replace: true });
  };

  const askedField = SubjectField.safeParse(searchParams.get('field'));
  const shownId = detail?.id;
  const fieldToFocus = askedField.success ? askedField.data : null;
  useEffect(() => {
    if (fieldToFocus !== null && shownId !== undefined) focusField(fieldToFocus);
  }, [fieldToFocus, shownId]);

  const choices = flowChoices(connections ?? []);
  /** The flow of the customer before, else the last one used on this PC, else the first there is. */
  const likelyFlow = (): FlowChoice | null =>
    guessFlow(
      choices,
      detail === undefined ? rememberedFlow() : { connectionId: detail.connectionId, flowId: detail.flow.id },
    );

  const openBatchId = async (): Promise<string> => {
    if (batch !== undefined && batch.state !== 'released') return batch.id;
    const created = await createBatch.mutateAsync({});
    setChosenBatch(created.batchId);
    return created.batchId;
  };

  const startCustomer = async (choice: FlowChoice): Promise<string> => {
    const inBatch = await openBatchId();
    const created = await createSubmission.mutateAsync({ batchId: inBatch, ...choice });
    rememberFlow(choice);
    setDialog(null);
    open(created.submissionId);
    return created.submissionId;
  };
  const askForCustomer = () => {
    if (choices.length === 1 && choices[0] !== undefined) begin(startCustomer(choices[0]));
    else if (choices.length > 1) setDialog('newCustomer');
    else void navigate(paths.settingsSection('connections'));
  };

  const startBatch = () => createBatch.mutate({}, { onSuccess: (created) => chooseBatch(created.batchId) });
  const loadSpecimens = () => loadSample.mutate({}, { onSuccess: (loaded) => chooseBatch(loaded.batchId) });

  const finish = () => {
    if (detail === undefined) {
      askForCustomer();
      return;
    }
    const current = rows.find(({ id }) => id === detail.id);
    if (current !== undefined && isUntouched(current)) return;
    setAnnouncement(
      t(detail.light === 'green' ? 'capture.finished' : 'capture.finishedOpen', { customer: customerName(detail, t) }),
    );
    const waiting = rows.find((row) => isUntouched(row));
    const flow = likelyFlow();
    if (waiting !== undefined) open(waiting.id);
    else if (flow !== null) begin(startCustomer({ connectionId: flow.connectionId, flowId: flow.flowId }));
  };

  const arrived = (next: ImportReport) => {
    setReport(next.refused.length > 0 ? next : null);
    const last = next.imported.at(-1);
    const first = next.imported.find(({ slot }) => slot !== null) ?? last;
    if (first === undefined) return;
    setSelectionFor({ submissionId: first.submissionId, selection: { slotKey: first.slot, pageId: first.pageId } });
    setAnnouncement(
      next.imported
        .map((page) => {
          const slot = detail?.slots.find(({ key }) => key === page.slot);
          return slot === undefined
            ? t('capture.toTray', { file: page.fileName })
            : t('capture.filled', { slot: slotName(slot, t) });
        })
        .join(' '),
    );
  };
  const intake = useIntake({
    target: async () => {
      if (submissionId !== null) {
        // A new page goes to the open slot that is selected; else main finds the next one that fits.
        const isWanted =
          selected !== null && selected.slot !== null && (selected.page === null || selected.slot.wantsRetake !== null);
        return { submissionId, slot: isWanted ? (selected.slot?.key ?? null) : null };
      }
      const flow = likelyFlow();
      if (flow === null) {
        showToast({ tone: 'problem', text: t('capture.noConnection.title') });
        return null;
      }
      return {
        submissionId: await startCustomer({ connectionId: flow.connectionId, flowId: flow.flowId }),
        slot: null,
      };
    },
    onReport: arrived,
  });

  const restore = (pageId: string) => {
    const entry = removed.find((candidate) => candidate.pageId === pageId);
    if (entry === undefined) return;
    entry.closeToast();
    setRemoved((stack) => stack.filter((candidate) => candidate.pageId !== pageId));
    restorePage.mutate({ pageId }, { onSuccess: () => setAnnouncement(t('capture.restored', { page: entry.name })) });
  };
  const heardUndo = useEffectEvent(restore);
  const remove = (pageId: string) => {
    const station = stations.find(({ page }) => page?.id === pageId);
    const slot = station?.slot ?? null;
    const name = slot === null ? (station?.page?.fileName ?? '') : slotName(slot, t);
    if (station !== undefined && submissionId !== null) {
      setSelectionFor({ submissionId, selection: { slotKey: station.slot?.key ?? null, pageId: null } });
    }
    removePage.mutate(
      { pageId },
      {
        onSuccess: () => {
          const closeToast = showToast({
            tone: 'info',
            text: t('capture.removed', { page: name }),
            action: { label: t('action.undo'), run: () => heardUndo(pageId) },
          });
          setRemoved((stack) => [...stack, { pageId, name, closeToast }]);
        },
      },
    );
  };
  const rotate = (pageId: string, degrees: 90 | 270) =>
    rotatePage.mutate(
      { pageId, degrees },
      { onSuccess: () => setRevisions((known) => ({ ...known, [pageId]: (known[pageId] ?? 0) + 1 })) },
    );
  const moveTo = (slotKey: string | null) => {
    const page = selected?.page;
    if (page === null || page === undefined || page.slot === slotKey || page.isDelivered) return;
    const slot = detail?.slots.find(({ key }) => key === slotKey);
    movePage.mutate(
      { pageId: page.id, slot: slotKey },
      {
        onSuccess: () =>
          setAnnouncement(
            slot === undefined ? t('capture.movedToTray') : t('capture.moved', { slot: slotName(slot, t) }),
          ),
      },
    );
  };
  const step = (direction: 1 | -1, hasPage: boolean) => {
    const next = stepStation(stations, selected, direction, hasPage);
    if (next !== null) select(next);
  };
  const stepCustomer = (direction: 1 | -1) => {
    const index = rows.findIndex(({ id }) => id === submissionId);
    const next = rows[index + direction];
    if (next !== undefined) open(next.id);
  };
  const goTo = (finding: Finding) => {
    const field = SubjectField.safeParse(finding.field);
    const station = stations.find(({ id }) => id === finding.slot);
    if (field.success) focusField(field.data);
    else if (station !== undefined) select(station);
  };

  const slots = stations.flatMap(({ slot }) => (slot === null ? [] : [slot]));
  const hasPage = selected !== null && selected.page !== null;
  const shortcuts: Shortcut[] = [
    { keys: 'Mod+I', label: 'capture.import', run: intake.importFromDialog, isDisabled: intake.isBusy },
    { keys: 'Mod+Enter', label: 'capture.finish', run: finish, isDisabled: detail === undefined },
    {
      keys: 'Mod+Shift+Enter',
      label: 'capture.release',
      run: () => setDialog('release'),
      isDisabled: batch === undefined || batch.state === 'released',
    },
    { keys: 'N', label: 'capture.newCustomer', run: askForCustomer },
    { keys: 'ArrowDown', alsoKeys: ['J'], label: 'capture.keys.next', run: () => step(1, false) },
    { keys: 'ArrowUp', alsoKeys: ['K'], label: 'capture.keys.previous', run: () => step(-1, false) },
    { keys: 'ArrowRight', label: 'capture.keys.nextPage', run: () => step(1, true) },
    { keys: 'ArrowLeft', label: 'capture.keys.previousPage', run: () => step(-1, true) },
    { keys: 'Alt+ArrowDown', label: 'capture.keys.nextCustomer', run: () => stepCustomer(1) },
    { keys: 'Alt+ArrowUp', label: 'capture.keys.previousCustomer', run: () => stepCustomer(-1) },
    { keys: 'E', label: 'capture.keys.fields', run: () => focusField('givenName'), isDisabled: detail === undefined },
    {
      keys: '1',
      alsoKeys: ['2', '3', '4', '5', '6', '7', '8', '9'].slice(0, Math.max(0, slots.length - 1)),
      label: 'capture.keys.slot',
      run: (keys) => {
        const slot = slots[Number(keys) - 1];
        if (slot !== undefined) moveTo(slot.key);
      },
      isDisabled: !hasPage || slots.length === 0,
    },
    { keys: '0', label: 'capture.keys.tray', run: () => moveTo(null), isDisabled: !hasPage },
    {
      keys: 'Mod+Z',
      label: 'capture.undo',
      run: () => {
        const last = removed.at(-1);
        if (last !== undefined) restore(last.pageId);
      },
      isDisabled: removed.length === 0,
    },
  ];
  useShortcuts('capture.keys.title', shortcuts);

  const lastId = useRef(submissionId);
  useEffect(() => {
    if (lastId.current === submissionId) return;
    lastId.current = submissionId;
    setReport(null);
  }, [submissionId]);

  if (batchList.isError) {
    return <FailureNote error={batchList.error} onRetry={() => void batchList.refetch()} />;
  }
  if (batchList.data === undefined || connections === undefined) return null;

  if (connections.length === 0) {
    return (
      <EmptyState
        icon={Plug}
        title={t('capture.noConnection.title')}
        actions={
          <Button tone="primary" size="l" onPress={() => void navigate(paths.settingsSection('connections'))}>
            {t('capture.noConnection.action')}
          </Button>
        }
      >
        {t('capture.noConnection.text')}
      </EmptyState>
    );
  }

  const overlay = intake.isDragging ? (
    <div className={styles['overlay']} aria-hidden>
      <div className={styles['overlayCard']}>
        <Inbox size={34} strokeWidth={1.6} />
        <strong>{t('capture.drop.title')}</strong>
        <span>
          {detail === undefined
            ? t('capture.drop.textNew')
            : t('capture.drop.text', { customer: customerName(detail, t) })}
        </span>
      </div>
    </div>
  ) : null;

  if (batch === undefined) {
    return (
      <div className={styles['firstRun']}>
        {overlay}
        <FirstRunKeys onStart={startBatch} onSample={loadSpecimens} />
        <EmptyState
          icon={Inbox}
          title={t('capture.empty.title')}
          actions={
            <>
              <Button tone="primary" size="l" icon={FolderPlus} keys="B" onPress={startBatch}>
                {t('capture.startBatch')}
              </Button>
              <Button size="l" icon={Sparkles} keys="L" onPress={loadSpecimens} isDisabled={loadSample.isPending}>
                {t('capture.loadSample')}
              </Button>
            </>
          }
        >
          {t('capture.empty.text')}
        </EmptyState>
      </div>
    );
  }

  return (
    <div className={styles['screen']}>
      {overlay}
      <h1 className="visually-hidden">{t('screen.capture')}</h1>
      <output className="visually-hidden" aria-live="polite">
        {announcement}
      </output>
      <BatchBar
        batch={batch}
        batches={openBatches}
        onChoose={chooseBatch}
        onNew={startBatch}
        onRelease={() => setDialog('release')}
      />
      <CustomerList rows={rows} selectedId={submissionId} onSelect={open} onNew={askForCustomer} />

      <div className={styles['middle']}>
        {report === null ? null : (
          <div className={styles['report']}>
            <Banner
              tone="amber"
              isAlert
              title={t('capture.report.title', { count: report.refused.length })}
              onDismiss={() => setReport(null)}
            >
              <ul className={styles['refused']}>
                {report.refused.map((file, index) => (
                  // The same name may be refused twice (two folders).
                  // oxlint-disable-next-line react/no-array-index-key
                  <li key={`${file.fileName} ${index}`}>
                    <RefusedText file={file} />
                  </li>
                ))}
              </ul>
              {report.imported.length === 0 ? null : (
                <p>{t('capture.report.imported', { count: report.imported.length })}</p>
              )}
            </Banner>
          </div>
        )}
        {submissionId === null ? (
          <div className={styles['noCustomer']}>
            <EmptyState
              icon={UserPlus}
              title={t('capture.noCustomer.title')}
              actions={
                <Button tone="primary" size="l" icon={UserPlus} keys="N" onPress={askForCustomer}>
                  {t('capture.newCustomer')}
                </Button>
              }
            >
              {t('capture.noCustomer.text')}
            </EmptyState>
          </div>
        ) : (
          <Stage
            stations={stations}
            selected={selected}
            onSelect={select}
            revisions={revisions}
            onRotate={rotate}
            onRemove={remove}
            emptyHint={t('capture.stage.emptyHint', {
              paste: isMac ? '⌘V' : `${t('cap.Mod')}+V`,
              import: isMac ? '⌘I' : `${t('cap.Mod')}+I`,
            })}
          />
        )}
      </div>

      <aside className={styles['right']} aria-label={t('capture.slots')}>
        {detailQuery.isError ? <FailureNote error={detailQuery.error} /> : null}
        {detail === undefined ? null : (
          <CustomerPanel
            key={detail.id}
            detail={detail}
            stations={stations}
            selected={selected}
            onSelect={select}
            revisions={revisions}
            onGoTo={goTo}
            light={
              <LightPanel
                detail={detail}
                canSendAlone={
                  batch.state === 'released' &&
                  (detail.state === 'retake' || detail.state === 'ready') &&
                  detail.light !== 'red'
                }
                onFinish={finish}
                onSend={() =>
                  releaseOne.mutate(
                    { submissionId: detail.id },
                    { onSuccess: () => showToast({ tone: 'success', text: t('capture.sentNow') }) },
                  )
                }
                onHold={(isHeld) => hold.mutate({ submissionId: detail.id, isHeld })}
                onOverride={() => setDialog('override')}
                onVoid={() => setDialog('void')}
              />
            }
          />
        )}
      </aside>
      <SourceBar intake={intake} />

      {dialog === 'newCustomer' ? (
        <NewCustomerDialog
          connections={connections}
          initial={likelyFlow()}
          onCreate={(choice) => begin(startCustomer(choice))}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'release' ? (
        <ReleaseDialog
          batch={batch}
          rows={rows}
          isBusy={releaseBatch.isPending}
          onRelease={() =>
            releaseBatch.mutate(
              { batchId: batch.id },
              {
                onSuccess: (result) => {
                  setDialog(null);
                  const released = t('capture.released', { count: result.released });
                  const kept = result.kept === 0 ? '' : ` ${t('capture.kept', { count: result.kept })}`;
                  showToast({ tone: 'success', text: `${released}${kept}` });
                },
              },
            )
          }
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'override' && detail !== undefined ? (
        <ReasonDialog
          title={t('capture.override')}
          text={t('capture.override.text')}
          confirm={t('capture.override.confirm')}
          onConfirm={(reason) => {
            setDialog(null);
            override.mutate({ submissionId: detail.id, reason });
          }}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'void' && detail !== undefined ? (
        <ReasonDialog
          title={t('capture.void')}
          text={t('capture.void.text')}
          confirm={t('capture.void.confirm')}
          isDanger
          onConfirm={(reason) => {
            setDialog(null);
            voidSubmission.mutate({ submissionId: detail.id, reason });
            void navigate(paths.capture, { replace: true });
          }}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </div>
  );
}

/** Why a file did not come in; its name in front, where the sentence does not begin with it. */
function RefusedText({ file }: { file: ImportReport['refused'][number] }) {
  const sentence = formatMessage(file.message);
  return sentence.startsWith(file.fileName) ? (
    sentence
  ) : (
    <>
      <strong>{file.fileName}</strong> {sentence}
    </>
  );
}

function FirstRunKeys({ onStart, onSample }: { onStart: () => void; onSample: () => void }) {
  useShortcuts('capture.keys.title', [
    { keys: 'B', label: 'capture.startBatch', run: onStart },
    { keys: 'L', label: 'capture.loadSample', run: onSample },
  ]);
  return null;
}

/** The right column: the light, the slots, what was noticed, the customer's fields. */
function CustomerPanel({
  detail,
  stations,
  selected,
  onSelect,
  revisions,
  onGoTo,
  light,
}: {
  detail: SubmissionDetail;
  stations: readonly Station[];
  selected: Station | null;
  onSelect: (station: Station) => void;
  revisions: Readonly<Record<string, number>>;
  onGoTo: (finding: Finding) => void;
  light: React.ReactNode;
}) {
  const t = useText();
  const page = selected?.page ?? null;
  const found = selected === null ? [] : findingsAt(detail.findings, selected);
  const elsewhere = findingsWithoutPage(detail.findings);
  return (
    <>
      {light}
      <div className={styles['rightScroll']}>
        <SlotPanel detail={detail} stations={stations} selected={selected} onSelect={onSelect} revisions={revisions} />
        {page === null ? null : (
          <section className={styles['block']} aria-labelledby="capture-findings">
            <h2 id="capture-findings" className={styles['blockTitle']}>
              {t('capture.findings')}
            </h2>
            {found.length > 0 ? (
              <FindingList findings={found} />
            ) : (
              <p className={styles['faint']}>
                {page.isInspected ? t('capture.findings.none') : t('capture.findings.checking')}
              </p>
            )}
            {page.duplicateOf === null ? null : <DuplicateCard duplicate={page.duplicateOf} />}
          </section>
        )}
        <section className={styles['block']}>
          <SubjectForm key={detail.id} detail={detail} />
        </section>
        {elsewhere.length === 0 ? null : (
          <section className={styles['block']} aria-labelledby="capture-todo">
            <h2 id="capture-todo" className={styles['blockTitle']}>
              {t('capture.todo')}
            </h2>
            <FindingList findings={elsewhere} onGoTo={onGoTo} />
          </section>
        )}
      </div>
    </>
  );
}
