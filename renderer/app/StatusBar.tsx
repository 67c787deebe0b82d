import {
  CirclePlay,
  Clock,
  CirclePause,
  CloudOff,
  Cloud,
  FlaskConical,
  KeyRound,
  LoaderCircle,
  RotateCw,
  TriangleAlert,
  Wifi,
  WifiOff,
} from 'lucide-react';
import { Switch } from 'react-aria-components';
import { Link } from 'react-router';
import { clockMessage } from '../../shared/domain/index.ts';
import type { StatusView } from '../../shared/domain/index.ts';
import { Button, classes, formatBytes, momentText, paths, Progress } from '../components/index.ts';
import { currentLanguage, formatMessage, useText } from '../i18n/index.ts';
import { useAction, useMethod } from '../ipc/index.ts';
import styles from './StatusBar.module.css';

/** The strip that is always there: where things go, whether they go, and how much is left. */
export function StatusBar() {
  const t = useText();
  const { data: status } = useMethod('status.get', {});
  return (
    <footer className={styles['bar']} aria-label={t('frame.status')}>
      {status === undefined ? null : <StatusContent status={status} />}
    </footer>
  );
}

function StatusContent({ status }: { status: StatusView }) {
  const t = useText();
  const setPaused = useAction('status.setPaused');
  return (
    <>
      {status.isPractice ? (
        <span className={classes(styles['item'], styles['practice'])}>
          <FlaskConical aria-hidden size={14} />
          {t('status.practice')}
        </span>
      ) : (
        <Connections />
      )}
      <Network status={status} />
      <span className={styles['group']}>
        <Button
          size="s"
          tone="quiet"
          className={styles['spare']}
          icon={status.isPaused ? CirclePlay : CirclePause}
          onPress={() => setPaused.mutate({ isPaused: !status.isPaused })}
        >
          {status.isPaused ? t('status.resume') : t('status.pause')}
        </Button>
        {status.isPaused ? <strong className={styles['warn']}>{t('status.paused')}</strong> : null}
      </span>
      <output className={classes(styles['item'], styles['counts'])}>
        {status.waiting === 0 && status.sending === 0 ? (
          <span>{t('status.allSent')}</span>
        ) : (
          <>
            <span>{t('status.waiting', { count: status.waiting })}</span>
            <span>{t('status.sending', { count: status.sending })}</span>
          </>
        )}
      </output>
      {status.clockOffByMs === null ? null : (
        <Link to={paths.attention} className={classes(styles['item'], styles['attention'])}>
          <Clock aria-hidden size={14} />
          {t('status.clockOff', clockMessage('', status.clockOffByMs).params)}
        </Link>
      )}
      {status.attention > 0 ? (
        <Link to={paths.attention} className={classes(styles['item'], styles['attention'])}>
          <TriangleAlert aria-hidden size={14} />
          {t('status.attention', { count: status.attention })}
        </Link>
      ) : null}
      <span className={styles['grow']} />
      {status.upload === null ? null : (
        <span className={styles['item']}>
          <LoaderCircle aria-hidden size={14} className={styles['spin']} />
          <Progress
            isCompact
            label={t('status.upload')}
            done={status.upload.sentBytes}
            total={status.upload.totalBytes}
            valueText={t('status.uploadValue', {
              percent: Math.floor((status.upload.sentBytes / Math.max(1, status.upload.totalBytes)) * 100),
              size: formatBytes(status.upload.totalBytes, currentLanguage()),
            })}
          />
        </span>
      )}
      {status.clearAt === null ? null : (
        <span className={styles['item']}>{t('status.clearAt', { time: momentText(status.clearAt) })}</span>
      )}
      {status.keyStore.isSecure ? null : (
        <span className={classes(styles['item'], styles['warn'], styles['spare'])} title={t('status.keyStoreFileHelp')}>
          <KeyRound aria-hidden size={14} />
          <span>{t('status.keyStoreFile')}</span>
        </span>
      )}
    </>
  );
}

/** Where things really go, named with their environment; a connection that waits is marked. */
function Connections() {
  const t = useText();
  const { data: connections = [] } = useMethod('connection.list', {});
  return (
    <span className={classes(styles['item'], styles['connections'])}>
      {connections
        .filter((connection) => connection.environment !== 'practice')
        .map((connection) => (
          <span
            key={connection.id}
            className={classes(styles['connection'], connection.pause !== null && styles['warn'])}
            title={connection.pause === null ? connection.name : formatMessage(connection.pause.message)}
          >
            {connection.pause === null ? null : <TriangleAlert aria-hidden size={14} />}
            <span className={styles['connectionName']}>{connection.name}</span>{' '}
            <em>{t(`environment.${connection.environment}`)}</em>
          </span>
        ))}
    </span>
  );
}

const networkIcons = { online: Wifi, offline: WifiOff, unknown: CloudOff } as const;

function Network({ status }: { status: StatusView }) {
  const t = useText();
  const setOnline = useAction('status.setOnline');
  const tryNow = useAction('status.tryNow');
  const { data: connections = [] } = useMethod('connection.list', {});
  const isHeldUp = status.isOnlineWanted && connections.some(({ pause }) => pause !== null);
  const Icon = status.isOnlineWanted ? networkIcons[status.network] : Cloud;
  return (
    <span className={styles['group']}>
      <Switch
        className={styles['switch'] ?? ''}
        isSelected={status.isOnlineWanted}
        onChange={(isOnline) => setOnline.mutate({ isOnline })}
        aria-label={t('status.onlineSwitch')}
      >
        <span className={styles['track']}>
          <span className={styles['thumb']} />
        </span>
        <span>{status.isOnlineWanted ? t('status.online') : t('status.offline')}</span>
      </Switch>
      <output
        className={classes(styles['network'], (isHeldUp || status.network === 'offline') && styles['warn'])}
        title={formatMessage(status.networkMessage)}
      >
        <Icon aria-hidden size={14} />
        <span className={styles['networkText']}>{formatMessage(status.networkMessage)}</span>
      </output>
      {isHeldUp ? (
        <Button size="s" tone="quiet" icon={RotateCw} isDisabled={tryNow.isPending} onPress={() => tryNow.mutate({})}>
          {t('status.tryNow')}
        </Button>
      ) : null}
    </span>
  );
}
