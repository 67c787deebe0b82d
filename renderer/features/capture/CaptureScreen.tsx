import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { scanSubjectOf, SubjectField } from '../../../shared/domain/index.ts';
import type { Finding, ImportReport, StackSettings } from '../../../shared/domain/index.ts';
import { FailureNote, isMac, paths, showToast, useShortcuts } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { DropOverlay, RefusedFiles, ScanEnded } from './Arrivals.tsx';
import { BatchBar, LightPanel, SourceBar } from './Bars.tsx';
import { CaptureDialogs } from './CaptureDialogs.tsx';
import type { OpenDialog } from './CaptureDialogs.tsx';
import { captureKeys } from './captureKeys.ts';
import { CustomerList, customerName } from './CustomerList.tsx';
import { CustomerPanel } from './CustomerPanel.tsx';
import { FindingsSaid } from './FindingsSaid.tsx';
import { NoBatch, NoConnection, NoCustomer } from './FirstSteps.tsx';
import { flowChoices, guessFlow } from './flows.ts';
import { useWatchedFolder } from './FolderSource.tsx';
import { lockOf } from './lock.ts';
import { ManifestDialog } from './ManifestDialog.tsx';
import { rememberedFlow, rememberFlow } from './memory.ts';
import type { FlowChoice } from './memory.ts';
import { slotName } from './names.ts';
import { ScanBar } from './ScanBar.tsx';
import { StackReview } from './stack/index.ts';
import { Stage } from './Stage.tsx';
import {
  cameraPlace,
  isUntouched,
  NOTHING_SELECTED,
  selectedStation,
  selectionOf,
  stationsOf,
  stepStation,
  wantsPage,
} from './stations.ts';
import type { Selection, Station } from './stations.ts';
import { focusField } from './SubjectForm.tsx';
import { useCustomers } from './useCustomers.ts';
import { useIntake } from './useIntake.ts';
import { usePageEdits } from './usePageEdits.ts';
import { useScan } from './useScan.ts';
import { useScanner } from './useScanner.ts';
import styles from './Capture.module.css';

/** Lets something run on its own: what fails was already shown by the frame as a toast. */
function begin(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

/** Capture: customers at the left, the page in the middle, what is wanted at the right, the ways in below. */
export function CaptureScreen() {
  const t = useText();
  const navigate = useNavigate();
  const [searchParams] = useSearchParams();
  const { batchList, connections, openBatches, batch, rows, submissionId, detail: inFront, ...front } = useCustomers();
  /** A stack is nobody: it has its own review, and no slots, fields or light. */
  const isStack = inFront?.isStack === true;
  const detail = isStack ? undefined : inFront;
  const { chooseBatch, open } = front;

  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [announcement, setAnnouncement] = useState('');
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
  const lock = detail === undefined ? null : lockOf(detail);

  const createBatch = useAction('batch.create');
  const createSubmission = useAction('submission.create');
  const createStack = useAction('stack.create');
  const releaseOne = useAction('submission.release');
  const takeBack = useAction('submission.takeBack');
  const hold = useAction('submission.hold');
  const loadSample = useAction('sample.load');

  const select = (station: Station) => {
    if (submissionId !== null) setSelectionFor({ submissionId, selection: selectionOf(station) });
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
    front.preferBatch(created.batchId);
    return created.batchId;
  };

  /** Makes a customer or a stack in the open batch, and shows it. */
  const start = async (
    choice: FlowChoice,
    create: (where: FlowChoice & { batchId: string }) => Promise<{ submissionId: string }>,
  ): Promise<string> => {
    const batchId = await openBatchId();
    const { submissionId: createdId } = await create({ batchId, ...choice });
    rememberFlow(choice);
    setDialog(null);
    open(createdId);
    return createdId;
  };
  const startCustomer = (choice: FlowChoice) => start(choice, (where) => createSubmission.mutateAsync(where));
  const startStack = (choice: FlowChoice, settings: StackSettings) =>
    start(choice, (where) => createStack.mutateAsync({ ...where, settings }));
  const askForStack = () => {
    if (choices.length > 0) setDialog('stack');
    else void navigate(paths.settingsSection('connections'));
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
    const filled = next.imported.flatMap((page) => detail?.slots.find(({ key }) => key === page.slot) ?? []);
    const inTray = next.imported.length - filled.length;
    setAnnouncement(
      [
        ...filled.map((slot) => t('capture.filled', { slot: slotName(slot, t) })),
        ...(inTray === 0 ? [] : [t('capture.toTray', { count: inTray })]),
      ].join(' '),
    );
  };
  /** Where the next page goes. */
  const isPageWanted = selected !== null && wantsPage(selected);
  const target = async () => {
    if (lock !== null) {
      showToast({ tone: 'problem', text: t(`capture.lock.${lock}`) });
      return null;
    }
    // A new page goes to the open slot that is selected; else main finds the next one that fits.
    if (submissionId !== null) return { submissionId, slot: isPageWanted ? (selected.slot?.key ?? null) : null };
    const flow = likelyFlow();
    if (flow === null) {
      showToast({ tone: 'problem', text: t('capture.noConnection.title') });
      return null;
    }
    return {
      submissionId: await startCustomer({ connectionId: flow.connectionId, flowId: flow.flowId }),
      slot: null,
    };
  };
  const folder = useWatchedFolder();
  const intake = useIntake({ target, onReport: arrived });
  const scanner = useScanner(
    detail === undefined ? null : scanSubjectOf(detail, isPageWanted ? (selected.slot?.key ?? null) : null),
  );
  const nameOf = (id: string): string | null => {
    const row = rows.find((candidate) => candidate.id === id);
    return row === undefined ? null : customerName(row, t);
  };
  const edits = usePageEdits({
    detail,
    stations,
    selected,
    announce: setAnnouncement,
    onRemove: ({ slot }) => {
      if (submissionId === null) return;
      setSelectionFor({ submissionId, selection: { slotKey: slot?.key ?? null, pageId: null } });
    },
  });
  const scan = useScan({
    scanner,
    nameOf,
    target,
    onNoScanner: () => setDialog('scanner'),
    submissionId,
    onArrived: arrived,
    onReplaced: edits.replaced,
  });

  const goTo = (finding: Finding) => {
    const field = SubjectField.safeParse(finding.field);
    const station = stations.find(({ id }) => id === finding.slot);
    if (field.success) focusField(field.data);
    else if (station !== undefined) select(station);
  };

  useShortcuts(
    'capture.keys.title',
    captureKeys({
      intake,
      scan,
      edits,
      slots: stations.flatMap(({ slot }) => (slot === null ? [] : [slot])),
      isLocked: lock !== null,
      isStack,
      hasFolderPages: (folder?.complete.length ?? 0) > 0,
      hasCustomer: detail !== undefined,
      hasPage: selected !== null && selected.page !== null,
      canRelease: batch !== undefined && batch.state !== 'released',
      onCamera: () => setDialog('camera'),
      onFinish: finish,
      onRelease: () => setDialog('release'),
      onNewCustomer: askForCustomer,
      onNewStack: askForStack,
      onManifest: () => setDialog('manifest'),
      onFields: () => focusField('givenName'),
      onStep: (direction, hasPage) => {
        const next = stepStation(stations, selected, direction, hasPage);
        if (next !== null) select(next);
      },
      onStepCustomer: front.step,
    }),
  );

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
    return <NoConnection onSetUp={() => void navigate(paths.settingsSection('connections'))} />;
  }

  const overlay = intake.isDragging ? (
    <DropOverlay
      text={
        lock !== null
          ? t(`capture.lock.${lock}`)
          : detail === undefined
            ? t('capture.drop.textNew')
            : t('capture.drop.text', { customer: customerName(detail, t) })
      }
    />
  ) : null;

  // At the same place with and without a batch, so that the report outlives the making of the first one.
  const manifestDialog =
    dialog === 'manifest' ? (
      <ManifestDialog
        connections={connections}
        onOpenBatch={(batchId) => {
          setDialog(null);
          chooseBatch(batchId);
        }}
        onClose={() => setDialog(null)}
      />
    ) : null;

  if (batch === undefined) {
    return (
      <>
        <div className={styles['firstRun']}>
          {overlay}
          <NoBatch
            onStart={startBatch}
            onManifest={() => setDialog('manifest')}
            onSample={loadSpecimens}
            isLoading={loadSample.isPending}
          />
        </div>
        {manifestDialog}
      </>
    );
  }

  const notices = (
    <>
      <ScanEnded scan={scan} onSettings={() => setDialog('scanner')} />
      {report === null ? null : <RefusedFiles report={report} onDismiss={() => setReport(null)} />}
    </>
  );

  return (
    <>
      <div className={styles['screen']}>
        {overlay}
        <h1 className="visually-hidden">{t('screen.capture')}</h1>
        <output className="visually-hidden" aria-live="polite">
          {announcement}
        </output>
        {detail === undefined ? null : <FindingsSaid key={detail.id} detail={detail} stations={stations} />}
        <BatchBar
          batch={batch}
          batches={openBatches}
          onChoose={chooseBatch}
          onNew={startBatch}
          onManifest={() => setDialog('manifest')}
          onRelease={() => setDialog('release')}
        />
        <CustomerList
          rows={rows}
          selectedId={submissionId}
          onSelect={open}
          onNew={askForCustomer}
          onNewStack={askForStack}
        />

        {isStack && submissionId !== null ? (
          <StackReview
            key={submissionId}
            submissionId={submissionId}
            notices={notices}
            onOpen={open}
            onPutAway={() => void navigate(paths.capture, { replace: true })}
          />
        ) : (
          <>
            <div className={styles['middle']}>
              {notices}
              {submissionId === null ? (
                <NoCustomer onNew={askForCustomer} />
              ) : (
                <Stage
                  stations={stations}
                  selected={selected}
                  onSelect={select}
                  isLocked={lock !== null}
                  edits={edits}
                  onScanAgain={(page) => scan.replace({ ...page, submissionId })}
                  isScanning={scan.isBusy}
                  emptyHint={
                    lock === null
                      ? t(scanner.source === null ? 'capture.stage.emptyHint' : 'capture.stage.emptyHintScan', {
                          paste: isMac ? '⌘V' : `${t('cap.Mod')}+V`,
                          import: isMac ? '⌘I' : `${t('cap.Mod')}+I`,
                        })
                      : t(`capture.lock.${lock}`)
                  }
                />
              )}
            </div>

            <aside className={styles['right']} aria-label={t('capture.slots')}>
              {front.detailError === null ? null : <FailureNote error={front.detailError} />}
              {detail === undefined ? null : (
                <CustomerPanel
                  key={detail.id}
                  detail={detail}
                  stations={stations}
                  selected={selected}
                  onSelect={select}
                  revisions={edits.revisions}
                  onGoTo={goTo}
                  onSame={() => setDialog('same')}
                  light={
                    <LightPanel
                      detail={detail}
                      lock={lock}
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
                      onTakeBack={() =>
                        takeBack.mutate(
                          { submissionId: detail.id },
                          { onSuccess: () => showToast({ tone: 'success', text: t('capture.takenBack') }) },
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
          </>
        )}
        <SourceBar
          intake={intake}
          folder={folder}
          isLocked={lock !== null}
          onCamera={detail === undefined ? null : () => setDialog('camera')}
          scanBar={
            <ScanBar
              scanner={scanner}
              scan={scan}
              isLocked={lock !== null}
              isWanted={lock === null && isPageWanted}
              customerOf={(id) => (id === submissionId ? null : (nameOf(id) ?? t('capture.scan.otherCustomer')))}
              onSettings={() => setDialog('scanner')}
            />
          }
        />
        <CaptureDialogs
          dialog={dialog}
          batch={batch}
          rows={rows}
          detail={detail}
          connections={connections}
          likelyFlow={likelyFlow()}
          scanner={scanner}
          photoPlace={cameraPlace(stations, selected)}
          onArrived={arrived}
          onReplaced={edits.replaced}
          onCreate={(choice) => begin(startCustomer(choice))}
          onBeginStack={(choice, settings) => begin(startStack(choice, settings))}
          onClose={() => setDialog(null)}
        />
      </div>
      {manifestDialog}
    </>
  );
}
