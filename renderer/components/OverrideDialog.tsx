import { useRef, useState } from 'react';
import { Reason } from '../../shared/ipc/index.ts';
import { useText } from '../i18n/index.ts';
import { failureOf, useAction } from '../ipc/index.ts';
import { Button } from './Button.tsx';
import { Dialog, DialogForm } from './Dialog.tsx';
import styles from './Dialog.module.css';
import { FailureNote } from './Failure.tsx';
import { TextField } from './Field.tsx';
import { SetPinButton, SupervisorFields, useSupervisorWord } from './Supervisor.tsx';
import { useFirstFieldFocus } from './useFirstFieldFocus.ts';

const LONGEST_REASON = Reason.maxLength ?? undefined;

/** Asks why the findings of a customer are overridden, and for the supervisor who allows it. Stays open until it is done. */
export function OverrideDialog({ submissionId, onClose }: { submissionId: string; onClose: () => void }) {
  const t = useText();
  const word = useSupervisorWord();
  const override = useAction('submission.override', { isSilent: true });
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFirstFieldFocus(form, word.isPossible ? 'asked' : '');
  const isReasonGood = Reason.safeParse(reason).success;
  const submit = (): void => {
    setIsTried(true);
    if (!isReasonGood || !word.isReady) return;
    override.mutate({ submissionId, reason: reason.trim(), pin: word.pin }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('supervision.override.title')}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          {word.isPossible ? (
            <Button tone="primary" isDisabled={override.isPending} onPress={submit}>
              {t('supervision.override.confirm')}
            </Button>
          ) : (
            <SetPinButton view={word.view.data} tone="primary" />
          )}
        </>
      }
    >
      <DialogForm formRef={form} className={styles['fields']} onSubmit={submit}>
        <p className={styles['text']}>{t('supervision.override.text')}</p>
        {word.isPossible ? (
          <TextField
            label={t('supervision.override.reason')}
            hint={t('supervision.override.reason.hint')}
            isMultiline
            isRequired
            value={reason}
            onChange={(value) => setReason(value.slice(0, LONGEST_REASON))}
            error={isTried && !isReasonGood ? t('supervision.override.reason.short') : undefined}
          />
        ) : null}
        <SupervisorFields word={word} isTried={isTried} error={override.error} />
        {override.isError && failureOf(override.error).field !== 'pin' ? <FailureNote error={override.error} /> : null}
      </DialogForm>
    </Dialog>
  );
}
