import { useRef, useState } from 'react';
import { Reason } from '../../../shared/ipc/index.ts';
import { Button, Dialog, TextField, useFirstFieldFocus } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import styles from './Submissions.module.css';

const LONGEST_REASON = Reason.maxLength ?? undefined;

/** Asks why `count` submissions are voided, which cannot be undone; the button says what will happen. */
export function VoidDialog({
  count,
  onClose,
  onConfirm,
}: {
  count: number;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}) {
  const t = useText();
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLDivElement | null>(null);
  useFirstFieldFocus(form);
  const trimmed = reason.trim();
  const isGood = Reason.safeParse(trimmed).success;
  return (
    <Dialog
      title={t('submissions.void.title', { count })}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button
            tone="danger"
            onPress={() => {
              setIsTried(true);
              if (isGood) onConfirm(trimmed);
            }}
          >
            {t('submissions.void.confirm', { count })}
          </Button>
        </>
      }
    >
      <p className={styles['dialogText']}>{t('submissions.void.body')}</p>
      <div ref={form}>
        <TextField
          label={t('submissions.void.reason')}
          hint={t('submissions.reason.hint')}
          value={reason}
          onChange={(value) => setReason(value.slice(0, LONGEST_REASON))}
          isMultiline
          isRequired
          error={isTried && !isGood ? t('submissions.reason.tooShort') : undefined}
        />
      </div>
    </Dialog>
  );
}
