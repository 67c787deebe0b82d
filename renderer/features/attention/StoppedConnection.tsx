import { useQueryClient } from '@tanstack/react-query';
import { Clock, RotateCw } from 'lucide-react';
import { useNavigate } from 'react-router';
import { clockMessage } from '../../../shared/domain/index.ts';
import type { Cause, ConnectionView } from '../../../shared/domain/index.ts';
import { connectionReport } from '../../../shared/util/connection-report.ts';
import { Button, causeIcons, Countdown, paths, RelativeTime, showToast } from '../../components/index.ts';
import { formatMessage, nameText, useText } from '../../i18n/index.ts';
import { call, useAction, useMethod } from '../../ipc/index.ts';
import styles from './Attention.module.css';

/** Puts the report on a connection on the clipboard, with the newest of what was seen. */
function useReport(): (connectionId: string) => Promise<void> {
  const t = useText();
  const client = useQueryClient();
  return async (connectionId) => {
    const [connections, status, about] = await Promise.all([
      call('connection.list', {}),
      call('status.get', {}),
      client.fetchQuery({ queryKey: ['app.about', {}], queryFn: () => call('app.about', {}) }),
    ]);
    const fresh = connections.find(({ id }) => id === connectionId);
    if (fresh === undefined) return;
    const facts = {
      nowMs: Date.now(),
      version: about.version,
      runtime: about.runtime,
      clockOffByMs: status.clockOffByMs,
    };
    await navigator.clipboard.writeText(connectionReport(fresh, facts, formatMessage));
    showToast({ tone: 'success', text: t('attention.step.copied') });
  };
}

/** A connection that waits: why, how much waits behind it, and the one step that frees it. */
export function StoppedConnection({ connection, cause }: { connection: ConnectionView; cause: Cause }) {
  const t = useText();
  const navigate = useNavigate();
  const copyReport = useReport();
  const tryNow = useAction('status.tryNow');
  const waiting = useMethod('submission.list', {
    filter: { connectionId: connection.id, states: ['released', 'sending', 'sent', 'in_review'] },
    offset: 0,
    limit: 1,
  });
  const { pause } = connection;
  if (pause === null) return null;
  const tryIt = (): void => tryNow.mutate({ connectionId: connection.id });
  const takeStep = async (): Promise<void> => {
    if (cause === 'wait') tryIt();
    else if (cause === 'call_it') await copyReport(connection.id);
    else await navigate(`${paths.settingsSection('connections')}?connection=${encodeURIComponent(connection.id)}`);
  };
  const step = cause === 'wait' || cause === 'call_it' ? cause : 'sign_in';
  return (
    <li className={styles['row']} data-connection={connection.id}>
      <div className={styles['who']}>
        <span className={styles['customer']}>{nameText(connection.name, connection.nameKey)}</span>
        <span className={styles['reference']}>{t(`environment.${connection.environment}`)}</span>
      </div>
      <div className={styles['what']}>
        <p className={styles['sentence']}>{formatMessage(pause.message)}</p>
        <p className={styles['meta']}>
          <span>{t('attention.connection.waiting', { count: waiting.data?.total ?? 0 })}</span>
          {pause.sinceMs === null ? null : (
            <span>
              {t('attention.connection.since')} <RelativeTime at={pause.sinceMs} />
            </span>
          )}
          {pause.untilMs === null ? null : (
            <span className={styles['countdown']}>
              {t('attention.nextTry')} <Countdown at={pause.untilMs} />
            </span>
          )}
        </p>
      </div>
      <div className={styles['step']}>
        {cause === 'wait' ? (
          <Button tone="quiet" icon={causeIcons.call_it} onPress={() => void copyReport(connection.id)}>
            {t('attention.step.call_it')}
          </Button>
        ) : (
          <Button tone="quiet" icon={RotateCw} isDisabled={tryNow.isPending} onPress={tryIt}>
            {t('attention.step.wait')}
          </Button>
        )}
        <span data-step>
          <Button
            icon={causeIcons[step]}
            tone={cause === 'wait' ? 'secondary' : 'primary'}
            isDisabled={tryNow.isPending}
            onPress={() => void takeStep()}
          >
            {t(`attention.step.${step}`)}
          </Button>
        </span>
      </div>
    </li>
  );
}

/** The clock of this PC is far from the providers': for IT, with the report of a connection that noticed. */
export function WrongClock({ offByMs, connectionId }: { offByMs: number; connectionId: string | null }) {
  const t = useText();
  const copyReport = useReport();
  return (
    <li className={styles['row']} data-clock>
      <div className={styles['who']}>
        <span className={styles['customer']}>
          <Clock aria-hidden size={15} /> {t('attention.clock')}
        </span>
      </div>
      <div className={styles['what']}>
        <p className={styles['sentence']}>{formatMessage(clockMessage('sync.clockOff', offByMs))}</p>
      </div>
      <div className={styles['step']}>
        {connectionId === null ? null : (
          <span data-step>
            <Button icon={causeIcons.call_it} tone="primary" onPress={() => void copyReport(connectionId)}>
              {t('attention.step.call_it')}
            </Button>
          </span>
        )}
      </div>
    </li>
  );
}
