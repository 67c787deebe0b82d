import { FolderInput, FolderX } from 'lucide-react';
import { useMethod } from '../../ipc/index.ts';
import { Button } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import type { WatchedFolderView } from '../../../shared/domain/index.ts';
import { folderRemarks } from './folderRemarks.ts';
import type { Intake } from './useIntake.ts';
import styles from './Capture.module.css';

/** The watched folder as it is now; undefined before the first answer. */
export function useWatchedFolder(): WatchedFolderView | undefined {
  return useMethod('folder.get', {}).data;
}

/** What lies in the watched folder, and the key that takes it to the customer in front. Nothing while none is watched. */
export function FolderSource({
  folder,
  intake,
  isLocked,
}: {
  folder: WatchedFolderView | undefined;
  intake: Intake;
  isLocked: boolean;
}) {
  const t = useText();
  if (folder === undefined || folder.name === null) return null;
  const count = folder.complete.length;
  const remarks = folderRemarks(folder);
  return (
    <>
      <Button
        size="l"
        icon={folder.state === 'unreachable' ? FolderX : FolderInput}
        keys="F4"
        onPress={intake.takeFromFolder}
        isDisabled={intake.isBusy || isLocked || count === 0}
        aria-describedby="capture-folder"
      >
        {t('capture.folder.take', { count })}
      </Button>
      <output id="capture-folder" className={styles['folderState']}>
        {remarks.map((remark) => (
          <span key={remark}>{remark}</span>
        ))}
      </output>
    </>
  );
}
