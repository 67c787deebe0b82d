import { RefreshCw } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { Badge, Banner, Button, Card, FailureNote, SwitchField, Working } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { useAction, useAnswers, useFoundScanners, useMethod, useScannersChanged } from '../../ipc/index.ts';
import { AddScannerCard } from './AddScannerCard.tsx';
import { RememberedScanner } from './RememberedScanner.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './Settings.module.css';

/** Which scanners answer, and the network scanners that this PC was told of or has seen. */
export function ScannersSection() {
  const t = useText();
  const answers = useAnswers();
  const network = useMethod('networkScanner.get', {});
  // Scanning remembers certificates, and no event tells of it.
  const askAgain = useEffectEvent(() => answers.askAgain('networkScanner.get'));
  useEffect(() => askAgain(), []);
  const remembered = network.data?.scanners ?? [];
  return (
    <>
      <SectionHead title={t('settings.section.scanners')} intro={t('settings.scanners.intro')} />
      {network.isError ? <FailureNote error={network.error} onRetry={() => void network.refetch()} /> : null}
      <div className={styles['stack']}>
        <FoundCard />
        <AddScannerCard />
        {remembered.map((scanner) => (
          <RememberedScanner key={scanner.id} scanner={scanner} />
        ))}
        {network.data === undefined ? null : <DiscoveryCard isDiscovering={network.data.isDiscovering} />}
      </div>
    </>
  );
}

/** The scanners that answer now, whatever way they are reached. */
function FoundCard() {
  const t = useText();
  const { devices, trouble, isLooking, lookAgain } = useFoundScanners();
  return (
    <Card
      title={t('settings.scanners.found')}
      actions={
        <Button icon={RefreshCw} isDisabled={isLooking} onPress={lookAgain}>
          {t('settings.scanners.lookAgain')}
        </Button>
      }
    >
      {isLooking ? <Working>{t('settings.scanners.looking')}</Working> : null}
      {trouble === null || isLooking ? null : <Banner tone="amber">{formatMessage(trouble)}</Banner>}
      <ul className={styles['scanners']}>
        {devices.map(({ id, name, via }) => (
          <li key={id}>
            <span className={styles['grow']}>{name}</span>
            <Badge tone="neutral">{via}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function DiscoveryCard({ isDiscovering }: { isDiscovering: boolean }) {
  const t = useText();
  const changed = useScannersChanged();
  const set = useAction('networkScanner.setDiscovering');
  return (
    <Card>
      <SwitchField
        label={t('settings.scanners.discover')}
        hint={t('settings.scanners.discover.hint')}
        isOn={isDiscovering}
        onChange={(isOn) => set.mutate({ isDiscovering: isOn }, { onSuccess: changed })}
      />
    </Card>
  );
}
