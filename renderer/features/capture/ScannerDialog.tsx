import { RefreshCw } from 'lucide-react';
import { dpiChoices, ProfileSize, sizesOf } from '../../../shared/domain/index.ts';
import { Banner, Button, Dialog, RadioField, SelectField, SwitchField, Working } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import type { Scanner } from './useScanner.ts';
import styles from './Scanning.module.css';

/** Which scanner, which paper source, and how that one scans; or why there is none and what to do about it. */
export function ScannerDialog({
  scanner,
  connectionName,
  onClose,
}: {
  scanner: Scanner;
  /** Of the customer in front. */
  connectionName: string;
  onClose: () => void;
}) {
  const t = useText();
  const { devices, device, isLooking, trouble } = scanner;
  return (
    <Dialog
      title={t('capture.scan.settings')}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button icon={RefreshCw} onPress={scanner.lookAgain} isDisabled={isLooking} takesFocus={device === null}>
            {t('capture.scan.lookAgain')}
          </Button>
          <span className={styles['grow']} />
          <Button tone="primary" onPress={onClose}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        {isLooking ? (
          <Working>{t('capture.scan.looking')}</Working>
        ) : trouble === null ? (
          <p className={styles['intro']}>{t('capture.scan.settings.text')}</p>
        ) : (
          <Banner tone="amber" title={t('capture.scan.none')}>
            {formatMessage(trouble)}
          </Banner>
        )}
        {device === null ? null : (
          <SelectField
            label={t('capture.scan.device')}
            options={devices.map(({ id, name, via }) => ({ id, label: name, detail: t('capture.scan.via', { via }) }))}
            value={device.id}
            onChange={scanner.chooseDevice}
          />
        )}
        <ProfileFields scanner={scanner} />
        <FixedField scanner={scanner} connectionName={connectionName} />
      </div>
    </Dialog>
  );
}

/** The profile of the source in front; every value is one that the device named. */
function ProfileFields({ scanner }: { scanner: Scanner }) {
  const t = useText();
  const { source, profile, setProfile } = scanner;
  if (source === null || profile === null) return null;
  const resolutions = dpiChoices(source.resolutions);
  return (
    <>
      <RadioField
        label={t('capture.scan.source')}
        isRow
        options={scanner.sources.map(({ source: id }) => ({ id, label: t(`capture.scan.source.${id}`) }))}
        value={source.source}
        onChange={scanner.chooseSource}
      />
      {resolutions.length === 0 ? null : (
        <SelectField
          label={t('capture.scan.resolution')}
          options={resolutions.map((dpi) => ({ id: String(dpi), label: t('capture.scan.dpi', { dpi }) }))}
          value={String(profile.dpi)}
          onChange={(dpi) => setProfile({ dpi: Number(dpi) })}
        />
      )}
      <RadioField
        label={t('capture.scan.colour')}
        isRow
        options={source.colours.map((colour) => ({ id: colour, label: t(`capture.scan.colour.${colour}`) }))}
        value={profile.colour}
        onChange={(colour) => setProfile({ colour })}
      />
      {profile.colour === 'colour' ? null : <Banner tone="amber">{t('capture.scan.noColourNote')}</Banner>}
      <SelectField
        label={t('capture.scan.size')}
        options={(['document', ...sizesOf(source)] as const).map((size) => ({
          id: size,
          label: t(`capture.scan.size.${size}`),
          ...(size === 'document' ? { detail: t('capture.scan.size.document.hint') } : {}),
        }))}
        value={profile.size}
        onChange={(size) => setProfile({ size: ProfileSize.parse(size) })}
      />
      {source.source === 'flatbed' ? null : (
        <SwitchField
          label={t('capture.scan.waitsForPaper')}
          hint={t('capture.scan.waitsForPaper.hint')}
          isOn={profile.waitsForPaper}
          onChange={(waitsForPaper) => setProfile({ waitsForPaper })}
        />
      )}
    </>
  );
}

/** Whether the profile holds for the document in front alone. */
function FixedField({ scanner, connectionName }: { scanner: Scanner; connectionName: string }) {
  const t = useText();
  const { subject, profile, isFixed, setFixed } = scanner;
  if (subject === null || profile === null) return null;
  const document = t(`document.${subject.documentType}`);
  return (
    <SwitchField
      label={t('capture.scan.fixed', { document, connection: connectionName })}
      hint={t('capture.scan.fixed.hint')}
      isOn={isFixed}
      onChange={setFixed}
    />
  );
}
