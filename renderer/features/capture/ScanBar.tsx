import { CircleStop, ScanLine, SlidersHorizontal } from 'lucide-react';
import { Button, IconButton, Progress, SelectField, Working } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import type { ScanProfile, ScanProgress, ScanSize } from '../../../shared/domain/index.ts';
import type { Scan } from './useScan.ts';
import type { Scanner } from './useScanner.ts';
import styles from './Scanning.module.css';

type Text = ReturnType<typeof useText>;

/** `300 dpi, colour, A4`. */
function profileText({ dpi, colour }: ScanProfile, size: ScanSize, t: Text): string {
  return t('capture.scan.profile', {
    dpi,
    colour: t(`capture.scan.colourShort.${colour}`),
    size: t(`capture.scan.sizeShort.${size}`),
  });
}

function progressText({ phase, page }: ScanProgress, t: Text): string {
  if (phase === 'waitingForPaper') return t('capture.scan.waiting');
  return phase === 'starting' ? t('capture.scan.starting') : t('capture.scan.scanning', { page });
}

/** At the left of the ways in: paper source, how it scans, and the button; while a scan runs, how far it is. */
export function ScanBar({
  scanner,
  scan,
  isLocked,
  isWanted,
  customerOf,
  onSettings,
}: {
  scanner: Scanner;
  scan: Scan;
  /** Nothing can be added to the customer in front. */
  isLocked: boolean;
  /** A page is wanted where the next one would go. */
  isWanted: boolean;
  /** The name of a customer that is not in front; null for the one that is. */
  customerOf: (submissionId: string) => string | null;
  onSettings: () => void;
}) {
  const t = useText();
  const { progress } = scan;
  if (progress !== null) {
    const what = progressText(progress, t);
    const customer = customerOf(progress.submissionId);
    const hasShare = progress.phase === 'scanning' && progress.fraction !== null;
    return (
      <div className={styles['running']}>
        <Progress
          label={customer === null ? what : t('capture.scan.forCustomer', { what, customer })}
          done={hasShare ? Math.round((progress.fraction ?? 0) * 100) : 0}
          total={hasShare ? 100 : null}
          valueText={hasShare ? t('capture.scan.percent', { percent: Math.round((progress.fraction ?? 0) * 100) }) : ''}
        />
        <Button size="l" icon={CircleStop} keys="Escape" onPress={scan.stop}>
          {t('capture.scan.stop')}
        </Button>
      </div>
    );
  }
  const device = scanner.device?.name;
  const profile = scanner.profile === null ? null : profileText(scanner.profile, scanner.size ?? 'full', t);
  return (
    <div className={styles['bar']}>
      {scanner.source === null || profile === null ? (
        <span className={styles['state']}>
          {scanner.isLooking ? (
            <Working>{t('capture.scan.looking')}</Working>
          ) : scanner.trouble === null ? (
            <Working>{t('capture.scan.asking')}</Working>
          ) : (
            t('capture.scan.none')
          )}
        </span>
      ) : (
        <span className={styles['source']}>
          <SelectField
            label={t('capture.scan.source')}
            isLabelHidden
            className={styles['sourceSelect']}
            options={scanner.sources.map(({ source }) => ({ id: source, label: t(`capture.scan.source.${source}`) }))}
            value={scanner.source.source}
            onChange={scanner.chooseSource}
          />
          <span className={styles['facts']}>
            <span className={styles['device']} title={device}>
              {device}
            </span>
            <span className={styles['profile']}>{profile}</span>
          </span>
        </span>
      )}
      <IconButton
        icon={SlidersHorizontal}
        tone="secondary"
        label={t('capture.scan.settings')}
        more={device === undefined || profile === null ? undefined : `${device}: ${profile}`}
        onPress={onSettings}
      />
      <Button
        size="l"
        icon={ScanLine}
        keys="F2"
        tone={isWanted && scanner.source !== null ? 'primary' : 'secondary'}
        onPress={scan.start}
        isDisabled={scan.isBusy || isLocked}
      >
        {t('capture.scan')}
      </Button>
    </div>
  );
}
