import { FolderInput, FolderX } from 'lucide-react';
import type { WatchedFolderView } from '../../../shared/domain/index.ts';
import { Banner, Button, Card, FailureNote, RadioField, Working } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { SectionHead } from './SectionHead.tsx';
import styles from './Settings.module.css';

/** Where pages come from besides files by hand: the folder of a multifunction printer. */
export function SourcesSection() {
  const t = useText();
  const folder = useMethod('folder.get', {});
  return (
    <>
      <SectionHead title={t('settings.section.sources')} intro={t('settings.sources.intro')} />
      {folder.isError ? <FailureNote error={folder.error} onRetry={() => void folder.refetch()} /> : null}
      {folder.isPending ? <Working>{t('frame.loading')}</Working> : null}
      {folder.data === undefined ? null : <FolderCard folder={folder.data} />}
    </>
  );
}

function FolderCard({ folder }: { folder: WatchedFolderView }) {
  const t = useText();
  const choose = useAction('folder.choose');
  const set = useAction('folder.set');
  const isWatched = folder.name !== null;
  return (
    <Card title={t('settings.folder.title')}>
      <div className={styles['stack']}>
        <p className={styles['intro']}>{t('settings.folder.intro')}</p>
        {folder.state === 'unreachable' ? (
          <Banner tone="amber" isAlert>
            {t('settings.folder.unreachable', { folder: folder.name ?? '' })}
          </Banner>
        ) : null}
        <p>{isWatched ? t('settings.folder.watched', { folder: folder.name ?? '' }) : t('settings.folder.none')}</p>
        <div className={styles['buttons']}>
          <Button
            icon={FolderInput}
            tone={isWatched ? 'secondary' : 'primary'}
            isDisabled={choose.isPending}
            onPress={() => choose.mutate({})}
          >
            {t(isWatched ? 'settings.folder.change' : 'settings.folder.choose')}
          </Button>
          {isWatched ? (
            <Button
              icon={FolderX}
              tone="quiet"
              isDisabled={set.isPending}
              onPress={() => set.mutate({ afterTaking: folder.afterTaking, isWatched: false })}
            >
              {t('settings.folder.stop')}
            </Button>
          ) : null}
        </div>
        <RadioField
          label={t('settings.folder.after')}
          value={folder.afterTaking}
          options={(['move', 'delete'] as const).map((id) => ({
            id,
            label: t(`settings.folder.after.${id}`),
            detail: t(`settings.folder.after.${id}.hint`),
          }))}
          onChange={(afterTaking) => set.mutate({ afterTaking, isWatched })}
        />
        {(['remarks', 'refused'] as const).map((kind) =>
          folder[kind].length === 0 ? null : (
            <div key={kind}>
              <h4>{t(`settings.folder.${kind}`)}</h4>
              <ul>
                {folder[kind].map(({ name, message }) => (
                  <li key={name}>{formatMessage(message)}</li>
                ))}
              </ul>
            </div>
          ),
        )}
      </div>
    </Card>
  );
}
