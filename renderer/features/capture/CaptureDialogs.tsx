import { useNavigate } from 'react-router';
import type {
  BatchView,
  ConnectionView,
  ImportReport,
  StackSettings,
  SubmissionDetail,
  SubmissionRow,
} from '../../../shared/domain/index.ts';
import { undecided } from '../../../shared/identity/index.ts';
import { OverrideDialog, paths, showToast } from '../../components/index.ts';
import { nameText, useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { CameraDialog } from './CameraDialog.tsx';
import { NewCustomerDialog, ReasonDialog, ReleaseDialog } from './dialogs.tsx';
import type { FlowChoice } from './memory.ts';
import { slotName } from './names.ts';
import type { ReplacedPage } from './replacing.ts';
import { StackDialog } from './stack/index.ts';
import { ScannerDialog } from './ScannerDialog.tsx';
import type { CameraPlace } from './stations.ts';
import type { Scanner } from './useScanner.ts';

/** What is asked at the moment. */
export type OpenDialog =
  | 'newCustomer'
  | 'stack'
  | 'manifest'
  | 'scanner'
  | 'camera'
  | 'release'
  | 'override'
  | 'same'
  | 'void'
  | null;

/** The one dialog that is open, and what follows from its answer. */
export function CaptureDialogs({
  dialog,
  batch,
  rows,
  detail,
  connections,
  likelyFlow,
  scanner,
  photoPlace,
  onArrived,
  onReplaced,
  onCreate,
  onBeginStack,
  onClose,
}: {
  dialog: OpenDialog;
  batch: BatchView;
  rows: readonly SubmissionRow[];
  detail: SubmissionDetail | undefined;
  connections: readonly ConnectionView[];
  likelyFlow: FlowChoice | null;
  scanner: Scanner;
  /** Where a photo of the camera goes. */
  photoPlace: CameraPlace;
  onArrived: (report: ImportReport) => void;
  /** A photo came into the place of another. */
  onReplaced: (page: ReplacedPage) => void;
  onCreate: (choice: FlowChoice) => void;
  onBeginStack: (choice: FlowChoice, settings: StackSettings) => void;
  onClose: () => void;
}) {
  const t = useText();
  const navigate = useNavigate();
  const releaseBatch = useAction('batch.release');
  const sameCustomer = useAction('submission.sameCustomer');
  const voidSubmission = useAction('submission.void');

  if (dialog === 'newCustomer') {
    return <NewCustomerDialog connections={connections} initial={likelyFlow} onCreate={onCreate} onClose={onClose} />;
  }
  if (dialog === 'stack') {
    return <StackDialog connections={connections} initial={likelyFlow} onBegin={onBeginStack} onClose={onClose} />;
  }
  if (dialog === 'scanner') {
    const connectionName = detail === undefined ? '' : nameText(detail.connectionName, detail.connectionNameKey);
    return <ScannerDialog scanner={scanner} connectionName={connectionName} onClose={onClose} />;
  }
  if (dialog === 'release') {
    return (
      <ReleaseDialog
        batch={batch}
        rows={rows}
        isBusy={releaseBatch.isPending}
        onRelease={() =>
          releaseBatch.mutate(
            { batchId: batch.id },
            {
              onSuccess: (result) => {
                onClose();
                const released = t('capture.released', { count: result.released });
                const kept = result.kept === 0 ? '' : ` ${t('capture.kept', { count: result.kept })}`;
                showToast({ tone: 'success', text: `${released}${kept}` });
              },
            },
          )
        }
        onClose={onClose}
      />
    );
  }
  if (detail === undefined || dialog === null || dialog === 'manifest') return null;
  if (dialog === 'camera') {
    const slot = detail.slots.find(({ key }) => key === photoPlace.slot);
    return (
      <CameraDialog
        submissionId={detail.id}
        place={photoPlace}
        slotLabel={slot === undefined ? null : slotName(slot, t)}
        onArrived={onArrived}
        onReplaced={onReplaced}
        onClose={onClose}
      />
    );
  }
  if (dialog === 'override') {
    return <OverrideDialog submissionId={detail.id} onClose={onClose} />;
  }
  if (dialog === 'same') {
    return (
      <ReasonDialog
        title={t('capture.same')}
        text={t('capture.same.text')}
        confirm={t('capture.same.confirm')}
        onConfirm={(reason) => {
          onClose();
          sameCustomer.mutate({
            submissionId: detail.id,
            disagreements: undecided(detail.disagreements).map(({ id }) => id),
            reason,
          });
        }}
        onClose={onClose}
      />
    );
  }
  return (
    <ReasonDialog
      title={t('capture.void')}
      text={t('capture.void.text')}
      confirm={t('capture.void.confirm')}
      isDanger
      onConfirm={(reason) => {
        onClose();
        voidSubmission.mutate({ submissionId: detail.id, reason });
        void navigate(paths.capture, { replace: true });
      }}
      onClose={onClose}
    />
  );
}
