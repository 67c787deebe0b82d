import { useState } from 'react';
import type { BatchView, ConnectionView, SubmissionRow } from '../../../shared/domain/index.ts';
import { Button, Dialog, LightBadge, TextField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { customerName } from './CustomerList.tsx';
import { FlowField, useFlowOffer } from './FlowField.tsx';
import type { FlowChoice } from './memory.ts';
import styles from './Capture.module.css';

/** Asks which connection and flow the next customer goes by. */
export function NewCustomerDialog({
  connections,
  initial,
  onCreate,
  onClose,
}: {
  connections: readonly ConnectionView[];
  initial: FlowChoice | null;
  onCreate: (choice: FlowChoice) => void;
  onClose: () => void;
}) {
  const t = useText();
  const offer = useFlowOffer(connections, initial);
  const create = () => {
    if (offer.choice !== null) onCreate(offer.choice);
  };
  return (
    <Dialog
      title={t('capture.newCustomer')}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button tone="primary" takesFocus onPress={create} isDisabled={offer.choice === null}>
            {t('capture.createCustomer')}
          </Button>
        </>
      }
    >
      <p className={styles['dialogText']}>{t('capture.newCustomer.text')}</p>
      <FlowField offer={offer} />
    </Dialog>
  );
}

function goes(row: SubmissionRow): boolean {
  return row.state === 'ready' && !row.beside.includes('held') && !row.beside.includes('voided');
}

/** Shows who goes and who stays before anything leaves the desk. */
export function ReleaseDialog({
  batch,
  rows,
  isBusy,
  onRelease,
  onClose,
}: {
  batch: BatchView;
  rows: readonly SubmissionRow[];
  isBusy: boolean;
  onRelease: () => void;
  onClose: () => void;
}) {
  const t = useText();
  const going = rows.filter(goes);
  const staying = rows.filter((row) => !goes(row) && row.state === 'draft' && !row.beside.includes('voided'));
  const held = rows.filter((row) => row.state === 'ready' && row.beside.includes('held'));
  const kept = [...staying, ...held];
  return (
    <Dialog
      title={t('capture.release.title', { number: batch.number })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button
            // Only a button that is new takes the focus, and the last page may become ready while this is open.
            key={going.length === 0 ? 'nobody' : 'somebody'}
            tone="primary"
            takesFocus={going.length > 0}
            isDisabled={going.length === 0 || isBusy}
            onPress={onRelease}
          >
            {t('capture.release.confirm', { count: going.length })}
          </Button>
        </>
      }
    >
      {going.length === 0 ? <p className={styles['dialogText']}>{t('capture.release.nothing')}</p> : null}
      {going.length === 0 ? null : (
        <>
          <h3 className={styles['releaseTitle']}>{t('capture.release.go', { count: going.length })}</h3>
          <ul className={styles['releaseList']}>
            {going.map((row) => (
              <li key={row.id}>
                <span>{customerName(row, t)}</span>
                <LightBadge light={row.light} size="s" />
              </li>
            ))}
          </ul>
        </>
      )}
      {kept.length === 0 ? null : (
        <>
          <h3 className={styles['releaseTitle']}>{t('capture.release.stay', { count: kept.length })}</h3>
          <ul className={styles['releaseList']}>
            {kept.map((row) => (
              <li key={row.id}>
                <span>{customerName(row, t)}</span>
                {row.beside.includes('held') ? (
                  <span className={styles['releaseHeld']}>{t('beside.held')}</span>
                ) : (
                  <LightBadge light={row.light} size="s" />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={styles['dialogText']}>{t('capture.release.note')}</p>
    </Dialog>
  );
}

const SHORTEST_REASON = 3;

/** Asks for the reason of something that is kept in the record. */
export function ReasonDialog({
  title,
  text,
  confirm,
  isDanger = false,
  onConfirm,
  onClose,
}: {
  title: string;
  text: string;
  confirm: string;
  isDanger?: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useText();
  const [reason, setReason] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const isLongEnough = reason.trim().length >= SHORTEST_REASON;
  const submit = () => {
    setWasTried(true);
    if (isLongEnough) onConfirm(reason.trim());
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button tone={isDanger ? 'danger' : 'primary'} onPress={submit}>
            {confirm}
          </Button>
        </>
      }
    >
      <p className={styles['dialogText']}>{text}</p>
      <TextField
        label={t('capture.reason')}
        hint={t('capture.reason.hint')}
        isMultiline
        isRequired
        takesFocus
        value={reason}
        onChange={setReason}
        error={wasTried && !isLongEnough ? t('capture.reason.short') : undefined}
      />
    </Dialog>
  );
}
