import { Check, FolderDown } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Banner, Button, Card, FailureNote, paths, Working } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { SectionHead } from './SectionHead.tsx';
import styles from './Settings.module.css';

/** What practice is, and the specimen batch to learn with. */
export function PracticeSection() {
  const t = useText();
  const navigate = useNavigate();
  const status = useMethod('status.get', {});
  const load = useAction('sample.load', { isSilent: true });
  return (
    <>
      <SectionHead title={t('settings.section.practice')} intro={t('settings.practice.intro')} />
      <div className={styles['stack']}>
        {status.data === undefined ? null : (
          <Banner tone={status.data.isPractice ? 'neutral' : 'amber'}>
            {t(status.data.isPractice ? 'settings.practice.only' : 'settings.practice.mixed')}
          </Banner>
        )}
        <Card>
          <ul className={styles['points']}>
            {(['learn', 'samples', 'outcome'] as const).map((point) => (
              <li key={point}>
                <Check aria-hidden size={16} />
                {t(`settings.practice.point.${point}`)}
              </li>
            ))}
          </ul>
          <div className={styles['buttons']}>
            <Button tone="primary" icon={FolderDown} isDisabled={load.isPending} onPress={() => load.mutate({})}>
              {t('settings.practice.load')}
            </Button>
            {load.isPending ? <Working>{t('settings.practice.loading')}</Working> : null}
          </div>
        </Card>
        {load.isError ? <FailureNote error={load.error} onRetry={() => load.mutate({})} /> : null}
        {load.isSuccess ? (
          <Banner
            tone="green"
            isAlert
            actions={<Button onPress={() => void navigate(paths.capture)}>{t('settings.practice.open')}</Button>}
          >
            {t('settings.practice.loaded')}
          </Banner>
        ) : null}
      </div>
    </>
  );
}
