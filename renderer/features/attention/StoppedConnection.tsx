import { RotateCw } from 'lucide-react';
import { useNavigate } from 'react-router';
import type { Cause, ConnectionView } from '../../../shared/domain/index.ts';
import { Button, causeIcons, paths, showToast } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import styles from './Attention.module.css';

/** A connection that waits for a person: why, how much waits behind it, and the one step that frees it. */
export function StoppedConnection({ connection, cause }: { connection: ConnectionView; cause: Cause }) {
  const t = useText();
  const navigate = useNavigate();
  const tryNow = useAction('status.tryNow');
  const waiting = useMethod('submission.list', {
    filter: { connectionId: connection.id, states: ['released', 'sending'] },
    offset: 0,
    limit: 1,
  });
  const { pause } = connection;
  if (pause === null) return null;
  const message = formatMessage(pause.message);
  const takeStep = async (): Promise<void> => {
    if (cause !== 'call_it') {
      await navigate(`${paths.settingsSection('connections')}?connection=${encodeURIComponent(connection.id)}`);
      return;
    }
    const facts = [connection.name, connection.provider, connection.environment, connection.baseUrl];
    await navigator.clipboard.writeText([...facts, `${pause.message.code}: ${message}`].join('\n'));
    showToast({ tone: 'success', text: t('attention.step.copied') });
  };
  return (
    <li className={styles['row']}>
      <div className={styles['who']}>
        <span className={styles['customer']}>{connection.name}</span>
        <span className={styles['reference']}>{t(`environment.${connection.environment}`)}</span>
      </div>
      <div className={styles['what']}>
        <p className={styles['sentence']}>{message}</p>
        <p className={styles['meta']}>
          <span>{t('attention.connection.waiting', { count: waiting.data?.total ?? 0 })}</span>
        </p>
      </div>
      <div className={styles['step']}>
        <Button tone="quiet" icon={RotateCw} isDisabled={tryNow.isPending} onPress={() => tryNow.mutate({})}>
          {t('attention.step.wait')}
        </Button>
        <span data-step>
          <Button icon={causeIcons[cause]} tone="primary" onPress={() => void takeStep()}>
            {t(`attention.step.${cause === 'call_it' ? 'call_it' : 'sign_in'}`)}
          </Button>
        </span>
      </div>
    </li>
  );
}
