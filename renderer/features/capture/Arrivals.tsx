import { Inbox, ScanLine, SlidersHorizontal } from 'lucide-react';
import type { ImportReport, ScanState } from '../../../shared/domain/index.ts';
import { Banner, Button } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { takenText } from './useScan.ts';
import type { Scan } from './useScan.ts';
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

/** States of a scanner that its settings, or another scanner, may help against. */
const NEEDS_SETTINGS: ReadonlySet<ScanState> = new Set(['offline', 'unsupported', 'accessDenied']);

/** The customer in front takes no page any more: another scan into it would only say so again. */
const CUSTOMER_IS_CLOSED: ReadonlySet<ScanState> = new Set(['customerReleased', 'customerVoided']);

/** A scan that ended early: what happened, what is safe, what to do. Stays until it is dismissed. */
export function ScanEnded({
  scan,
  onSettings,
}: {
  scan: Pick<Scan, 'ended' | 'start' | 'dismiss'>;
  onSettings: () => void;
}) {
  const t = useText();
  if (scan.ended === null) return null;
  const { message, state, count } = scan.ended;
  return (
    <div className={styles['report']}>
      <Banner tone="amber" isAlert title={t('capture.scan.ended')} onDismiss={scan.dismiss}>
        <p>{formatMessage(message)}</p>
        <p>{takenText(count, t)}</p>
        {CUSTOMER_IS_CLOSED.has(state) ? null : (
          <div className={styles['reportAction']}>
            {NEEDS_SETTINGS.has(state) ? (
              <Button
                icon={SlidersHorizontal}
                onPress={() => {
                  scan.dismiss();
                  onSettings();
                }}
              >
                {t('capture.scan.settings')}
              </Button>
            ) : (
              <Button icon={ScanLine} keys="F2" onPress={scan.start}>
                {t('capture.scan.again')}
              </Button>
            )}
          </div>
        )}
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
