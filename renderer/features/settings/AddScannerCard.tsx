import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Banner, Button, Card, TextField, Working } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { failureOf, useAction, useScannersChanged } from '../../ipc/index.ts';
import { ScannerFacts } from './ScannerFacts.tsx';
import styles from './Settings.module.css';

/** Adds a network scanner by its address: firewalls keep announcements away, and then nothing else finds it. */
export function AddScannerCard() {
  const t = useText();
  const changed = useScannersChanged();
  const add = useAction('networkScanner.add', { isSilent: true });
  const [address, setAddress] = useState('');
  const isReady = address.trim() !== '' && !add.isPending;
  const submit = (): void => {
    if (!isReady) return;
    add.mutate(
      { address },
      {
        onSuccess: () => {
          setAddress('');
          changed();
        },
      },
    );
  };
  return (
    <Card title={t('settings.scanners.add.title')}>
      <form
        className={styles['stack']}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className={styles['intro']}>{t('settings.scanners.add.intro')}</p>
        <TextField
          label={t('settings.scanners.address')}
          hint={t('settings.scanners.address.hint')}
          value={address}
          onChange={(typed) => {
            add.reset();
            setAddress(typed);
          }}
          {...(add.isError ? { error: formatMessage(failureOf(add.error).message) } : {})}
        />
        <div className={styles['buttons']}>
          <Button icon={Plus} tone="primary" isDisabled={!isReady} onPress={submit}>
            {t('settings.scanners.add')}
          </Button>
          {add.isPending ? <Working>{t('settings.scanners.asking')}</Working> : null}
        </div>
        {add.data === undefined ? null : (
          <Banner tone="green" isAlert title={t('settings.scanners.added', { name: add.data.scanner.name })}>
            <ScannerFacts sources={add.data.sources} />
          </Banner>
        )}
      </form>
    </Card>
  );
}
