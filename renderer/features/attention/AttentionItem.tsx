import { useQueryClient } from '@tanstack/react-query';
import { ArrowRight, ImageOff } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { isTakeBackAllowed } from '../../../shared/domain/index.ts';
import type { Cause, SlotView, SubmissionRow } from '../../../shared/domain/index.ts';
import { imageUrl } from '../../../shared/ipc/index.ts';
import { submissionReport } from '../../../shared/util/submission-report.ts';
import { Button, causeIcons, Countdown, IconButton, paths, RelativeTime, showToast } from '../../components/index.ts';
import { formatMessage, nameText, useText } from '../../i18n/index.ts';
import { call, useAction, useMethod } from '../../ipc/index.ts';
import { DoubtChoices } from './DoubtChoices.tsx';
import { placeToFix } from './nextStep.ts';
import styles from './Attention.module.css';

/** One submission that needs a person: what happened in one sentence, and its one next step. */
export function AttentionItem({ row, cause }: { row: SubmissionRow; cause: Cause }) {
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const detail = useMethod('submission.get', { submissionId: row.id }, { keepsPrevious: true });
  const tryNow = useAction('status.tryNow');
  const decide = useAction('submission.decide');
  const takeBack = useAction('submission.takeBack');
  const choices = detail.data?.attention?.choices ?? [];
  const doubt = detail.data?.attention?.doubt ?? null;
  const retakes = cause === 'rescan' ? (detail.data?.slots ?? []).filter((slot) => slot.wantsRetake !== null) : [];
  const open = (): void => void navigate(paths.submission(row.id));

  const copyReport = async (): Promise<void> => {
    const [fresh, about] = await Promise.all([
      call('submission.get', { submissionId: row.id }),
      client.fetchQuery({ queryKey: ['app.about', {}], queryFn: () => call('app.about', {}) }),
    ]);
    await navigator.clipboard.writeText(
      submissionReport(fresh, { nowMs: Date.now(), version: about.version, runtime: about.runtime }, formatMessage),
    );
    showToast({ tone: 'success', text: t('attention.step.copied') });
  };

  const comesBack = (): Promise<boolean> =>
    takeBack.mutateAsync({ submissionId: row.id }).then(
      () => true,
      () => false,
    );

  const takeStep = async (): Promise<void> => {
    switch (cause) {
      case 'rescan':
      case 'correct_data': {
        const known = detail.data ?? (await call('submission.get', { submissionId: row.id }));
        // What is on its way cannot be changed: it comes back to the desk first. A refusal has been told as a toast.
        if (isTakeBackAllowed(known.state) && !(await comesBack())) return;
        await navigate(paths.captureSubmission(row.id, placeToFix(known, cause)));
        return;
      }
      case 'sign_in':
        await navigate(`${paths.settingsSection('connections')}?connection=${encodeURIComponent(row.connectionId)}`);
        return;
      case 'wait':
        tryNow.mutate({ submissionId: row.id });
        return;
      case 'call_it':
        await copyReport();
    }
  };

  const Icon = causeIcons[cause];
  return (
    <li className={styles['row']} data-submission={row.id}>
      <div className={styles['who']}>
        <span className={styles['customer']}>{row.customer === '' ? t('attention.noName') : row.customer}</span>
        <span className={styles['reference']}>
          {row.reference === row.customer ? nameText(row.flowName, row.flowNameKey) : row.reference}
        </span>
      </div>
      <div className={styles['what']}>
        <p className={styles['sentence']}>{formatMessage(detail.data?.attention?.message ?? row.explanation)}</p>
        {retakes.length === 0 ? null : (
          <ul className={styles['retakes']} aria-label={t('attention.retake.slots')}>
            {retakes.map((slot) => (
              <Retake key={slot.key} slot={slot} />
            ))}
          </ul>
        )}
        {doubt === null ? null : (
          <DoubtChoices
            submissionId={row.id}
            doubt={doubt}
            choices={choices}
            sentence={detail.data?.attention?.message}
          />
        )}
        <p className={styles['meta']}>
          <RelativeTime at={row.updatedAt} />
          <span>{nameText(row.connectionName, row.connectionNameKey)}</span>
          {cause === 'wait' ? (
            <span className={styles['countdown']}>
              {t('attention.nextTry')}{' '}
              {row.nextEventAt === null ? t('attention.network') : <Countdown at={row.nextEventAt} />}
            </span>
          ) : null}
        </p>
      </div>
      <div className={styles['step']}>
        {doubt !== null ? (
          <span data-step>
            <Button onPress={open}>{t('attention.open')}</Button>
          </span>
        ) : (
          <>
            {choices.includes('retry') && cause !== 'wait' ? (
              <Button
                tone="quiet"
                isDisabled={decide.isPending}
                onPress={() => decide.mutate({ submissionId: row.id, choice: 'retry' })}
              >
                {t('attention.choice.retry')}
              </Button>
            ) : null}
            {choices.includes('leave') ? (
              <Button
                tone="quiet"
                isDisabled={decide.isPending}
                onPress={() => decide.mutate({ submissionId: row.id, choice: 'leave' })}
              >
                {t('attention.choice.leave')}
              </Button>
            ) : null}
            <span data-step>
              <Button
                icon={Icon}
                tone={cause === 'rescan' || cause === 'correct_data' ? 'primary' : 'secondary'}
                isDisabled={tryNow.isPending || takeBack.isPending}
                onPress={() => void takeStep()}
              >
                {t(`attention.step.${cause}`)}
              </Button>
            </span>
            <IconButton icon={ArrowRight} label={t('attention.open')} keys="O" onPress={open} />
          </>
        )}
      </div>
    </li>
  );
}

/** The refused image beside the provider's reason and, once there is one, the new image. */
function Retake({ slot }: { slot: SlotView }) {
  const t = useText();
  const name =
    slot.side === 'single'
      ? t(`document.${slot.documentType}`)
      : `${t(`document.${slot.documentType}`)}, ${t(`sideWithin.${slot.side}`)}`;
  const previousId = slot.wantsRetake?.previousPageId ?? null;
  const newId = slot.pageId !== null && slot.pageId !== previousId ? slot.pageId : null;
  return (
    <li className={styles['retake']}>
      {previousId === null ? null : (
        <RetakeImage pageId={previousId} label={t('attention.retake.old', { slot: name })} isOld />
      )}
      <ArrowRight aria-hidden size={14} />
      {newId === null ? (
        <span className={styles['waiting']}>{t('attention.retake.waiting')}</span>
      ) : (
        <RetakeImage pageId={newId} label={t('attention.retake.new', { slot: name })} />
      )}
      <span className={styles['retakeText']}>
        <strong>{name}</strong>
        {slot.wantsRetake === null ? null : formatMessage(slot.wantsRetake.message)}
      </span>
    </li>
  );
}

function RetakeImage({ pageId, label, isOld = false }: { pageId: string; label: string; isOld?: boolean }) {
  const [isBroken, setIsBroken] = useState(false);
  return (
    <span className={isOld ? styles['oldImage'] : styles['newImage']}>
      {isBroken ? (
        <ImageOff aria-label={label} size={18} />
      ) : (
        <img src={imageUrl.thumbnail(pageId)} alt={label} onError={() => setIsBroken(true)} />
      )}
    </span>
  );
}
