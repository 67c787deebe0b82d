import { Inbox } from 'lucide-react';
import type { ImportReport } from '../../../shared/domain/index.ts';
import { Banner } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import styles from './Capture.module.css';

/** What did not come in, and why; stays until it is dismissed. */
export function RefusedFiles({ report, onDismiss }: { report: ImportReport; onDismiss: () => void }) {
  const t = useText();
  return (
    <div className={styles['report']}>
      <Banner
        tone="amber"
        isAlert
        title={t('capture.report.title', { count: report.refused.length })}
        onDismiss={onDismiss}
      >
        <ul className={styles['refused']}>
          {report.refused.map((file, index) => (
            // The same name may be refused twice (two folders).
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`${file.fileName} ${index}`}>
              <RefusedText file={file} />
            </li>
          ))}
        </ul>
        {report.imported.length === 0 ? null : <p>{t('capture.report.imported', { count: report.imported.length })}</p>}
      </Banner>
    </div>
  );
}

/** Why a file did not come in; its name in front, where the sentence does not begin with it. */
function RefusedText({ file }: { file: ImportReport['refused'][number] }) {
  const sentence = formatMessage(file.message);
  return sentence.startsWith(file.fileName) ? (
    sentence
  ) : (
    <>
      <strong>{file.fileName}</strong> {sentence}
    </>
  );
}

/** Over the whole screen while files are dragged above the window; `text` says where they will go. */
export function DropOverlay({ text }: { text: string }) {
  const t = useText();
  return (
    <div className={styles['overlay']} aria-hidden>
      <div className={styles['overlayCard']}>
        <Inbox size={34} strokeWidth={1.6} />
        <strong>{t('capture.drop.title')}</strong>
        <span>{text}</span>
      </div>
    </div>
  );
}
