import { FolderPlus, Inbox, Plug, Sparkles, Table2, UserPlus } from 'lucide-react';
import { Button, EmptyState, useShortcuts } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import styles from './Capture.module.css';

/** Nothing can be captured before there is somebody to send it to. */
export function NoConnection({ onSetUp }: { onSetUp: () => void }) {
  const t = useText();
  return (
    <EmptyState
      icon={Plug}
      title={t('capture.noConnection.title')}
      actions={
        <Button tone="primary" size="l" onPress={onSetUp}>
          {t('capture.noConnection.action')}
        </Button>
      }
    >
      {t('capture.noConnection.text')}
    </EmptyState>
  );
}

/** No batch is open: begin one, or try everything out with the specimens. */
export function NoBatch({
  onStart,
  onManifest,
  onSample,
  isLoading,
}: {
  onStart: () => void;
  onManifest: () => void;
  onSample: () => void;
  isLoading: boolean;
}) {
  const t = useText();
  useShortcuts('capture.keys.title', [
    { keys: 'B', label: 'capture.startBatch', run: onStart },
    { keys: 'L', label: 'capture.loadSample', run: onSample },
  ]);
  return (
    <EmptyState
      icon={Inbox}
      title={t('capture.empty.title')}
      actions={
        <>
          <Button tone="primary" size="l" icon={FolderPlus} keys="B" onPress={onStart}>
            {t('capture.startBatch')}
          </Button>
          <Button size="l" icon={Table2} keys="M" onPress={onManifest}>
            {t('capture.manifest.short')}
          </Button>
          <Button size="l" icon={Sparkles} keys="L" onPress={onSample} isDisabled={isLoading}>
            {t('capture.loadSample')}
          </Button>
        </>
      }
    >
      {t('capture.empty.text')}
    </EmptyState>
  );
}

/** The batch has no customer yet. */
export function NoCustomer({ onNew }: { onNew: () => void }) {
  const t = useText();
  return (
    <div className={styles['noCustomer']}>
      <EmptyState
        icon={UserPlus}
        title={t('capture.noCustomer.title')}
        actions={
          <Button tone="primary" size="l" icon={UserPlus} keys="N" onPress={onNew}>
            {t('capture.newCustomer')}
          </Button>
        }
      >
        {t('capture.noCustomer.text')}
      </EmptyState>
    </div>
  );
}
