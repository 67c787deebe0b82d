import { useRef, useState } from 'react';
import { useText } from '../i18n/index.ts';
import { failureOf, useAction } from '../ipc/index.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialog.module.css';
import { FailureNote } from './Failure.tsx';
import { TextField } from './Field.tsx';
import { SetPinButton, SupervisorFields, useSupervisorWord } from './Supervisor.tsx';
import { useFirstFieldFocus } from './useFirstFieldFocus.ts';

/** Main asks for the same bounds. */
const SHORTEST_REASON = 3;
const LONGEST_REASON = 400;

/** Asks why the findings of a customer are overridden, and for the supervisor who allows it. Stays open until it is done. */
export function OverrideDialog({ submissionId, onClose }: { submissionId: string; onClose: () => void }) {
  const t = useText();
  const word = useSupervisorWord();
  const override = useAction('submission.override', { isSilent: true });
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFirstFieldFocus(form, word.isPossible ? 'asked' : '');
  const isReasonGood = reason.trim().length >= SHORTEST_REASON;
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
      <form
        ref={form}
        className={styles['fields']}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
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
        {/* Enter in the PIN submits; the visible button stands in the dialog's foot. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}
