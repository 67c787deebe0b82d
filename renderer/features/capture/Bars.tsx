import {
  Ban,
  Camera,
  CirclePause,
  CirclePlay,
  ClipboardPaste,
  FileInput,
  FolderPlus,
  Lock,
  PackageCheck,
  Send,
  ShieldCheck,
  Table2,
  Undo2,
  UserCheck,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { isAtTheDesk, isHoldAllowed, isVoidAllowed } from '../../../shared/domain/index.ts';
import type { BatchView, SubmissionDetail, WatchedFolderView } from '../../../shared/domain/index.ts';
import {
  ActionMenu,
  Badge,
  Button,
  LightBadge,
  Progress,
  SelectField,
  StateBadge,
  steady,
  useOneRow,
  WithTooltip,
} from '../../components/index.ts';
import type { ActionMenuItem, ButtonProps } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { FolderSource } from './FolderSource.tsx';
import type { Lock as LockReason } from './lock.ts';
import { countBlocking, isOnlyBeingChecked } from './stations.ts';
import type { Intake } from './useIntake.ts';
import styles from './Capture.module.css';

/** Top of the screen: which batch, and what is done with the whole of it. */
export function BatchBar({
  batch,
  batches,
  onChoose,
  onNew,
  onManifest,
  onRelease,
}: {
  batch: BatchView;
  batches: readonly BatchView[];
  onChoose: (batchId: string) => void;
  onNew: () => void;
  onManifest: () => void;
  onRelease: () => void;
}) {
  const t = useText();
  const choices = batches.some(({ id }) => id === batch.id) ? batches : [batch, ...batches];
  return (
    <header className={styles['batchBar']}>
      <SelectField
        className={styles['batchSelect']}
        label={t('capture.batch')}
        isLabelHidden
        options={choices.map((option) => ({
          id: option.id,
          label: t(option.state === 'released' ? 'capture.batchReleased' : 'capture.batchNumber', {
            number: option.number,
          }),
          detail: t('capture.batchDetail', { count: option.submissionCount, ready: option.readyCount }),
        }))}
        value={batch.id}
        onChange={onChoose}
      />
      <Button icon={FolderPlus} tone="quiet" onPress={onNew}>
        {t('capture.newBatch')}
      </Button>
      <Button icon={Table2} tone="quiet" onPress={onManifest}>
        {t('capture.manifest.short')}
      </Button>
      <span className={styles['batchFacts']}>
        {t('capture.batchDetail', { count: batch.submissionCount, ready: batch.readyCount })}
      </span>
      <span className={styles['grow']} />
      {batch.state === 'released' ? null : (
        <Button
          icon={PackageCheck}
          keys="Mod+Shift+Enter"
          onPress={onRelease}
          tone={batch.readyCount > 0 ? 'primary' : 'secondary'}
        >
          {t('capture.release')}
        </Button>
      )}
    </header>
  );
}

/** The one answer that is read from two metres away, and what to do with it. */
export function LightPanel({
  detail,
  lock,
  canSendAlone,
  onFinish,
  onSend,
  onTakeBack,
  onHold,
  onOverride,
  onVoid,
}: {
  detail: SubmissionDetail;
  /** Why the customer cannot be changed, or null. */
  lock: LockReason | null;
  /** The batch is gone already, so this customer is sent by itself. */
  canSendAlone: boolean;
  onFinish: () => void;
  onSend: () => void;
  onTakeBack: () => void;
  onHold: (isHeld: boolean) => void;
  onOverride: () => void;
  onVoid: () => void;
}) {
  const t = useText();
  const isHeld = detail.beside.includes('held');
  const blocking = countBlocking(detail);
  const isVoided = lock === 'voided';
  const isOpen = isAtTheDesk(detail);
  // On its way the question is over; with a retake the customer comes back and it is asked again.
  const isAsked = isOpen || (detail.state === 'retake' && !isVoided);
  const items: ActionMenuItem[] = [
    ...(isHoldAllowed(detail.state) && !isVoided
      ? [
          {
            id: 'hold',
            label: isHeld ? t('capture.unhold') : t('capture.hold'),
            icon: isHeld ? CirclePlay : CirclePause,
            run: () => onHold(!isHeld),
          },
        ]
      : []),
    ...(lock === null
      ? [
          {
            id: 'override',
            label: t('capture.override'),
            icon: ShieldCheck,
            isDisabled: detail.state !== 'draft' || blocking === 0,
            run: onOverride,
          },
        ]
      : []),
    ...(isVoidAllowed(detail.state, detail.cause) && !isVoided
      ? [{ id: 'void', label: t('capture.void'), icon: Ban, run: onVoid }]
      : []),
  ];
  const reason =
    detail.light === 'red'
      ? t('capture.mayLeave.red', { count: blocking })
      : t(isOnlyBeingChecked(detail) ? 'capture.mayLeave.checking' : `capture.mayLeave.${detail.light}`);
  return (
    <section
      className={styles['light']}
      data-light={isAsked ? detail.light : undefined}
      aria-labelledby="capture-light"
    >
      <div className={styles['lightAnswer']}>
        <div className={styles['lightText']}>
          <h2 id="capture-light" className={styles['lightQuestion']}>
            {isAsked ? t('capture.mayLeave') : t('capture.whereItIs')}
          </h2>
          <output className={styles['lightStatus']}>
            {isAsked ? (
              <LightBadge light={detail.light} size="l" />
            ) : (
              <StateBadge state={detail.state} beside={detail.beside} />
            )}
            <span>{isAsked ? reason : formatMessage(detail.explanation)}</span>
          </output>
        </div>
        {items.length === 0 ? null : <ActionMenu label={t('capture.more')} items={items} />}
      </div>
      {isHeld ? (
        <p className={styles['heldNote']}>
          <Badge tone="amber" icon={CirclePause} size="s">
            {t('beside.held')}
          </Badge>{' '}
          {t('capture.held')}
        </p>
      ) : null}
      {lock === null ? null : (
        <p className={styles['lockNote']}>
          <Lock aria-hidden size={15} />
          {t(`capture.lock.${lock}`)}
        </p>
      )}
      {lock === 'onItsWay' ? (
        <Button size="l" icon={Undo2} onPress={onTakeBack} className={styles['wide']}>
          {t('capture.takeBack')}
        </Button>
      ) : canSendAlone ? (
        <Button
          tone="primary"
          size="l"
          icon={Send}
          onPress={onSend}
          isDisabled={detail.state !== 'ready'}
          className={styles['wide']}
        >
          {t('capture.sendNow')}
        </Button>
      ) : isOpen ? (
        <Button
          tone={detail.light === 'green' ? 'primary' : 'secondary'}
          size="l"
          icon={UserCheck}
          keys="Mod+Enter"
          onPress={onFinish}
          className={styles['wide']}
        >
          {t('capture.finish')}
        </Button>
      ) : null}
    </section>
  );
}

/** What the ways in do without where there is no room: buttons and the scanner's settings have it in their tooltips. */
const LEFT_OUT = ['hint', 'caps', 'facts', 'words', 'moreWords'] as const;

/** A button whose words and key stand in its tooltip as well, for when there is no room for them. */
const WayIn = steady(function WayIn({
  label,
  keys,
  ...rest
}: Omit<ButtonProps, 'children'> & { label: string; keys: string }) {
  return (
    <WithTooltip label={label} keys={keys}>
      <Button size="l" keys={keys} {...rest}>
        {label}
      </Button>
    </WithTooltip>
  );
});

/** Bottom of the screen: the ways in. `scanBar` comes first, since most pages do. */
export function SourceBar({
  intake,
  folder,
  isLocked,
  scanBar,
  onCamera,
}: {
  intake: Intake;
  folder: WatchedFolderView | undefined;
  isLocked: boolean;
  scanBar: ReactNode;
  /** Null: there is no customer that a photo could go to. */
  onCamera: (() => void) | null;
}) {
  const t = useText();
  const bar = useOneRow(LEFT_OUT);
  const ways = [
    {
      label: t('capture.import'),
      icon: FileInput,
      keys: 'Mod+I',
      onPress: intake.importFromDialog,
      isOff: intake.isBusy,
      className: 'mainWay',
    },
    {
      label: t('capture.paste'),
      icon: ClipboardPaste,
      keys: 'Mod+V',
      onPress: intake.pasteFromClipboard,
      isOff: intake.isBusy,
      className: 'way',
    },
    {
      label: t('capture.camera'),
      icon: Camera,
      keys: 'F8',
      onPress: () => onCamera?.(),
      isOff: onCamera === null,
      className: 'way',
    },
  ];
  return (
    <section className={styles['sourceBar']} aria-label={t('capture.source')} ref={bar}>
      {scanBar}
      <span className={styles['divider']} />
      {ways.map(({ label, icon, keys, onPress, isOff, className }) => (
        <WayIn
          key={keys}
          label={label}
          icon={icon}
          keys={keys}
          onPress={onPress}
          isDisabled={isOff || isLocked}
          className={styles[className]}
        />
      ))}
      <FolderSource folder={folder} intake={intake} isLocked={isLocked} />
      <span className={styles['dropHint']}>{t(isLocked ? 'capture.dropHintLocked' : 'capture.dropHint')}</span>
      <span className={styles['grow']}>
        {intake.progress !== null ? (
          <Progress
            label={t('capture.importing', { file: intake.progress.fileName })}
            done={intake.progress.done}
            total={intake.progress.total}
          />
        ) : intake.isBusy ? (
          <Progress label={t('capture.importingNow')} done={0} total={null} />
        ) : null}
      </span>
    </section>
  );
}
