import { CircleCheck, KeyRound, Link2, Pencil, Plug, Plus, RotateCw, Trash2, TriangleAlert } from 'lucide-react';
import { Fragment, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import type { ConnectionView } from '../../../shared/domain/index.ts';
import {
  Badge,
  Banner,
  Button,
  CauseBadge,
  classes,
  CopyText,
  Countdown,
  EmptyState,
  FailureNote,
  paths,
  Working,
} from '../../components/index.ts';
import { formatMessage, nameText, useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { ChangeConnection } from './ChangeConnection.tsx';
import { RemoveConnection, ReplaceCredential } from './connectionDialogs.tsx';
import { FlowList } from './FlowList.tsx';
import { ProviderNotice } from './ProviderNotice.tsx';
import { SectionHead } from './SectionHead.tsx';
import { TestResult } from './TestResult.tsx';
import styles from './Settings.module.css';

const ADD_PATH = `${paths.settingsSection('connections')}?add=1`;

/** Every connection with its state, test and credential. `focusedId`: the one that a failure points to. */
export function ConnectionsSection({ focusedId }: { focusedId: string | null }) {
  const t = useText();
  const navigate = useNavigate();
  const connections = useMethod('connection.list', {});
  const add = (
    <Button tone="primary" icon={Plus} onPress={() => void navigate(ADD_PATH)}>
      {t('settings.connections.add')}
    </Button>
  );
  return (
    <>
      <SectionHead
        title={t('settings.section.connections')}
        intro={t('settings.connections.intro')}
        {...(connections.data?.length === 0 ? {} : { actions: add })}
      />
      {connections.isError ? (
        <FailureNote error={connections.error} onRetry={() => void connections.refetch()} />
      ) : null}
      {connections.isPending ? <Working>{t('frame.loading')}</Working> : null}
      {connections.data?.length === 0 ? (
        <EmptyState icon={Link2} title={t('settings.connections.empty.title')} actions={add}>
          {t('settings.connections.empty.body')}
        </EmptyState>
      ) : null}
      <div className={styles['stack']}>
        {connections.data?.map((connection) => (
          <ConnectionCard key={connection.id} connection={connection} isFocused={connection.id === focusedId} />
        ))}
      </div>
    </>
  );
}

const environmentTones = { practice: 'amber', sandbox: 'blue', production: 'green' } as const;

function ConnectionCard({ connection, isFocused }: { connection: ConnectionView; isFocused: boolean }) {
  const t = useText();
  const test = useAction('connection.test', { isSilent: true });
  const tryNow = useAction('status.tryNow');
  const [isReplacing, setIsReplacing] = useState(isFocused && connection.pause?.cause === 'sign_in');
  const [isStored, setIsStored] = useState(false);
  const [asksRemove, setAsksRemove] = useState(false);
  const [isChanging, setIsChanging] = useState(false);
  /** How many customers at the desk follow what was saved; null: nothing was. */
  const [followers, setFollowers] = useState<number | null>(null);
  const card = useRef<HTMLElement | null>(null);
  const isPractice = connection.environment === 'practice';
  useEffect(() => {
    if (isFocused) card.current?.scrollIntoView({ block: 'start' });
  }, [isFocused]);

  return (
    <article
      ref={card}
      className={classes(styles['connection'], isFocused && styles['focused'])}
      aria-labelledby={`connection-${connection.id}`}
    >
      <header className={styles['connectionHead']}>
        <h3 id={`connection-${connection.id}`} className={styles['connectionName']}>
          {nameText(connection.name, connection.nameKey)}
        </h3>
        <Badge tone="neutral">{t(`provider.${connection.provider}`)}</Badge>
        <Badge tone={environmentTones[connection.environment]}>{t(`environment.${connection.environment}`)}</Badge>
      </header>

      {connection.pause === null ? (
        <p className={styles['healthy']}>
          <CircleCheck aria-hidden size={15} />
          {t('settings.connections.sending')}
        </p>
      ) : (
        <Banner tone="amber" actions={<CauseBadge cause={connection.pause.cause} />}>
          {formatMessage(connection.pause.message)}
          {connection.pause.untilMs === null ? null : (
            <>
              {' '}
              {t('settings.connections.pausedUntil')} <Countdown at={connection.pause.untilMs} />
            </>
          )}
        </Banner>
      )}

      <dl className={styles['facts']}>
        <dt>{t('settings.connections.baseUrl')}</dt>
        <dd>
          <CopyText text={connection.baseUrl} isMono />
        </dd>
        {PROVIDER_DESCRIPTORS[connection.provider].settingFields.map(({ key, cardLabelKey }) =>
          cardLabelKey === null ? null : (
            <Fragment key={key}>
              <dt>{t(cardLabelKey)}</dt>
              <dd>
                {(connection.settings[key] ?? '') === '' ? t('settings.connections.notSet') : connection.settings[key]}
              </dd>
            </Fragment>
          ),
        )}
        <dt>{t('settings.connections.credential')}</dt>
        <dd>
          {connection.hasCredential ? (
            t('settings.connections.hasCredential')
          ) : (
            <Badge tone="red" icon={TriangleAlert} size="s">
              {t('settings.connections.noCredential')}
            </Badge>
          )}
        </dd>
        <dt>{t('settings.connections.flows')}</dt>
        <dd>
          <FlowList flows={connection.flows} />
        </dd>
      </dl>

      {isPractice ? null : <ProviderNotice provider={connection.provider} />}
      {test.isPending || test.isIdle ? null : <TestResult result={test.data} error={test.error} />}
      {isStored ? (
        <Banner tone="green" isAlert onDismiss={() => setIsStored(false)}>
          {t('settings.credential.saved')}
        </Banner>
      ) : null}

      {followers === null ? null : (
        <Banner tone="green" isAlert onDismiss={() => setFollowers(null)}>
          {t('settings.change.saved')}
          {followers === 0 ? null : <> {t('settings.change.follow', { count: followers })}</>}
        </Banner>
      )}

      <div className={styles['buttons']}>
        {connection.pause === null ? null : (
          <Button
            icon={RotateCw}
            isDisabled={tryNow.isPending}
            onPress={() => tryNow.mutate({ connectionId: connection.id })}
          >
            {t('status.tryNow')}
          </Button>
        )}
        <Button
          icon={Plug}
          isDisabled={test.isPending || !connection.hasCredential}
          onPress={() => test.mutate({ connectionId: connection.id })}
        >
          {t('settings.connections.test')}
        </Button>
        {isPractice ? null : (
          <>
            <Button icon={Pencil} onPress={() => setIsChanging(true)}>
              {t('settings.change.open')}
            </Button>
            <Button icon={KeyRound} onPress={() => setIsReplacing(true)}>
              {t('settings.connections.replace')}
            </Button>
            <Button tone="quiet" icon={Trash2} onPress={() => setAsksRemove(true)}>
              {t('settings.connections.remove')}
            </Button>
          </>
        )}
        {test.isPending ? <Working>{t('settings.connections.testing')}</Working> : null}
      </div>

      {isReplacing ? (
        <ReplaceCredential
          connection={connection}
          onClose={() => setIsReplacing(false)}
          onStored={() => {
            setIsReplacing(false);
            setIsStored(true);
            test.reset();
          }}
        />
      ) : null}
      {isChanging ? (
        <ChangeConnection
          connection={connection}
          onClose={() => setIsChanging(false)}
          onSaved={(atDesk) => {
            setIsChanging(false);
            setFollowers(atDesk);
            test.reset();
          }}
        />
      ) : null}
      {asksRemove ? <RemoveConnection connection={connection} onClose={() => setAsksRemove(false)} /> : null}
    </article>
  );
}
