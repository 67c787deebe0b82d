import { CircleCheck, Send } from 'lucide-react';
import { useState } from 'react';
import type { AttentionChoice, Doubt, SubmissionDetail } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { Button, TextField } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { failureOf, useAction } from '../../ipc/index.ts';
import styles from './Attention.module.css';

type DoubtView = NonNullable<NonNullable<SubmissionDetail['attention']>['doubt']>;

/** The question about a call whose answer was lost, and what a person can answer after a look at the provider. */
export function DoubtChoices(props: {
  submissionId: string;
  doubt: DoubtView;
  choices: readonly AttentionChoice[];
  /** What the row says already; the question's own sentence is shown when it is another one. */
  sentence: Message | undefined;
}) {
  const { submissionId, doubt, choices, sentence } = props;
  const t = useText();
  const decide = useAction('submission.decide');
  const { operationId, about, message } = doubt;
  const isRecord = choices.includes('confirm_record');
  const choose = (choice: 'confirm_delivered' | 'send_again'): void =>
    decide.mutate({ submissionId, choice, operationId });
  return (
    <div className={styles['choices']}>
      <p className={styles['choicesTitle']}>{t(`attention.doubt.${about}`)}</p>
      {message.code === sentence?.code ? null : <p>{formatMessage(message)}</p>}
      {isRecord ? (
        <RecordChoice submissionId={submissionId} operationId={operationId} about={about} isBusy={decide.isPending} />
      ) : null}
      {choices.includes('confirm_delivered') ? (
        <div className={styles['choice']}>
          <Button size="s" icon={CircleCheck} isDisabled={decide.isPending} onPress={() => choose('confirm_delivered')}>
            {t('attention.choice.confirm_delivered')}
          </Button>
          <span>{t(`attention.choice.confirm_delivered.hint.${about}`)}</span>
        </div>
      ) : null}
      {choices.includes('send_again') ? (
        <div className={styles['choice']}>
          <Button size="s" icon={Send} isDisabled={decide.isPending} onPress={() => choose('send_again')}>
            {t(isRecord ? 'attention.choice.send_again.record' : 'attention.choice.send_again')}
          </Button>
          <span>{t(`attention.choice.send_again.hint.${about}`)}</span>
        </div>
      ) : null}
    </div>
  );
}

/** "It is there": the provider's own id, compared with what was sent before it is believed. */
function RecordChoice(props: { submissionId: string; operationId: string; about: Doubt; isBusy: boolean }) {
  const { submissionId, operationId, about, isBusy } = props;
  const t = useText();
  const confirm = useAction('submission.confirmRecord', { isSilent: true });
  const [recordId, setRecordId] = useState('');
  const error = confirm.error === null ? undefined : formatMessage(failureOf(confirm.error).message);
  const label = about === 'applicant' || about === 'document' ? about : 'other';
  const isReady = recordId.trim() !== '' && !isBusy && !confirm.isPending;
  return (
    <form
      className={styles['choice']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) confirm.mutate({ submissionId, operationId, recordId: recordId.trim() });
      }}
    >
      <Button size="s" icon={CircleCheck} type="submit" isDisabled={!isReady}>
        {t('attention.choice.confirm_record')}
      </Button>
      <TextField
        label={t(`attention.choice.confirm_record.label.${label}`)}
        hint={t('attention.choice.confirm_record.hint')}
        value={recordId}
        onChange={(value) => {
          setRecordId(value);
          confirm.reset();
        }}
        {...(error === undefined ? {} : { error })}
      />
    </form>
  );
}
