import { RotateCw } from 'lucide-react';
import { Button, Card, FailureNote, Moment, SwitchField, Working } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { SectionHead } from './SectionHead.tsx';
import { SendingRulesCard } from './SendingRulesCard.tsx';
import styles from './Settings.module.css';

/** The two switches over sending, and how the queue is doing. */
export function SendingSection() {
  const t = useText();
  const status = useMethod('status.get', {});
  const setOnline = useAction('status.setOnline');
  const setPaused = useAction('status.setPaused');
  const tryNow = useAction('status.tryNow');
  const now = status.data;
  return (
    <>
      <SectionHead title={t('settings.section.sending')} />
      {status.isError ? <FailureNote error={status.error} onRetry={() => void status.refetch()} /> : null}
      {status.isPending ? <Working>{t('frame.loading')}</Working> : null}
      {now === undefined ? null : (
        <div className={styles['stack']}>
          <Card>
            <div className={styles['stack']}>
              <SwitchField
                label={t('settings.sending.online')}
                hint={t('settings.sending.online.hint')}
                isOn={setOnline.isPending ? setOnline.variables.isOnline : now.isOnlineWanted}
                onChange={(isOnline) => setOnline.mutate({ isOnline })}
              />
              <SwitchField
                label={t('settings.sending.pause')}
                hint={t('settings.sending.pause.hint')}
                isOn={setPaused.isPending ? setPaused.variables.isPaused : now.isPaused}
                onChange={(isPaused) => setPaused.mutate({ isPaused })}
              />
            </div>
          </Card>
          <SendingRulesCard />
          <Card>
            <dl className={styles['facts']}>
              <dt>{t('settings.sending.network')}</dt>
              <dd>
                <strong>{t(`settings.sending.${now.network}.network`)}</strong>
                <span className={styles['factDetail']}>{formatMessage(now.networkMessage)}</span>
              </dd>
              <dt>{t('settings.sending.waiting')}</dt>
              <dd>{t('settings.sending.submissions', { count: now.waiting })}</dd>
              <dt>{t('settings.sending.now')}</dt>
              <dd>{t('settings.sending.submissions', { count: now.sending })}</dd>
              <dt>{t('settings.sending.attention')}</dt>
              <dd>{t('settings.sending.submissions', { count: now.attention })}</dd>
              {now.clearAt === null ? null : (
                <>
                  <dt>{t('settings.sending.clear')}</dt>
                  <dd>
                    <Moment at={now.clearAt} />
                  </dd>
                </>
              )}
            </dl>
            <div className={styles['buttons']}>
              <Button
                icon={RotateCw}
                isDisabled={tryNow.isPending || !now.isOnlineWanted || now.isPaused}
                onPress={() => tryNow.mutate({})}
              >
                {t('settings.sending.tryNow')}
              </Button>
            </div>
          </Card>
        </div>
      )}
    </>
  );
}
