import { Lock, LockOpen, Plug, Trash2 } from 'lucide-react';
import { useId } from 'react';
import type { NetworkScanner } from '../../../shared/domain/index.ts';
import { Badge, Banner, Button, CopyText, FailureNote, Working } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction, useScannersChanged } from '../../ipc/index.ts';
import { ScannerFacts } from './ScannerFacts.tsx';
import styles from './Settings.module.css';

/** One network scanner that this PC remembers: where it is, how it is known again, a test, and a way to forget it. */
export function RememberedScanner({ scanner }: { scanner: NetworkScanner }) {
  const t = useText();
  const changed = useScannersChanged();
  const test = useAction('networkScanner.test', { isSilent: true });
  const forget = useAction('networkScanner.forget');
  const headingId = useId();
  const { id, name, address, fingerprint, isAdded } = scanner;
  const isSecure = address.startsWith('https:');
  return (
    <article className={styles['connection']} aria-labelledby={headingId}>
      <header className={styles['connectionHead']}>
        <h3 id={headingId} className={styles['connectionName']}>
          {name}
        </h3>
        <Badge tone="neutral">{t(isAdded ? 'settings.scanners.byAddress' : 'settings.scanners.announced')}</Badge>
        <Badge tone={isSecure ? 'green' : 'amber'} icon={isSecure ? Lock : LockOpen}>
          {t(isSecure ? 'settings.scanners.secure' : 'settings.scanners.plain')}
        </Badge>
      </header>
      <dl className={styles['facts']}>
        <dt>{t('settings.scanners.address')}</dt>
        <dd>
          <CopyText text={address} isMono />
        </dd>
        {fingerprint === null ? null : (
          <>
            <dt>{t('settings.scanners.certificate')}</dt>
            <dd>
              <CopyText text={fingerprint} isMono />
            </dd>
          </>
        )}
      </dl>
      {test.isError ? <FailureNote error={test.error} /> : null}
      {test.data === undefined ? null : (
        <Banner tone="green" isAlert title={t('settings.scanners.answers')}>
          <ScannerFacts sources={test.data.sources} />
        </Banner>
      )}
      <div className={styles['buttons']}>
        <Button icon={Plug} isDisabled={test.isPending} onPress={() => test.mutate({ id })}>
          {t('settings.scanners.test')}
        </Button>
        <Button
          icon={Trash2}
          tone="quiet"
          isDisabled={forget.isPending}
          onPress={() => forget.mutate({ id }, { onSuccess: changed })}
        >
          {t('settings.scanners.forget')}
        </Button>
        {test.isPending ? <Working>{t('settings.scanners.asking')}</Working> : null}
      </div>
    </article>
  );
}
