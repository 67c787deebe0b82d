import { ArrowRight, Briefcase, FolderPlus, PackageCheck, ScanLine, Send, Sparkles, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useNavigate } from 'react-router';
import { isUnsupervised } from '../../../shared/domain/index.ts';
import type { BalanceView, BatchView, StatusView, TodayView } from '../../../shared/domain/index.ts';
import {
  Badge,
  Banner,
  Button,
  Card,
  classes,
  dayText,
  EmptyState,
  FailureNote,
  momentText,
  formatNumber,
  Page,
  PageHeader,
  paths,
  RelativeTime,
  SetPinButton,
  useShortcuts,
} from '../../components/index.ts';
import { currentLanguage, useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { HourChart } from './HourChart.tsx';
import { balanceDifference } from './hours.ts';
import styles from './Today.module.css';

/** What the branch has to do now, and whether the day adds up. */
export function TodayScreen() {
  const t = useText();
  const navigate = useNavigate();
  const today = useMethod('today.get', {});
  const { data: status } = useMethod('status.get', {});
  const { data: everything } = useMethod('submission.list', { filter: {}, offset: 0, limit: 1 });
  const createBatch = useAction('batch.create');
  const loadSample = useAction('sample.load');

  const capture = () => void navigate(paths.capture);
  useShortcuts('screen.today', [{ keys: 'N', label: 'today.capture', run: capture }]);

  if (today.isError) {
    return (
      <Page>
        <FailureNote error={today.error} onRetry={() => void today.refetch()} />
      </Page>
    );
  }
  if (today.data === undefined) return null;
  const { data } = today;
  const isFirstRun = everything?.total === 0 && data.openBatches.length === 0;

  if (isFirstRun) {
    return (
      <div className={styles['firstRun']}>
        <EmptyState
          icon={Briefcase}
          title={t('today.firstRun.title')}
          actions={
            <>
              <Button
                tone="primary"
                size="l"
                icon={Sparkles}
                isDisabled={loadSample.isPending}
                onPress={() => loadSample.mutate({}, { onSuccess: capture })}
              >
                {t('today.loadSample')}
              </Button>
              <Button
                size="l"
                icon={FolderPlus}
                isDisabled={createBatch.isPending}
                onPress={() => createBatch.mutate({}, { onSuccess: capture })}
              >
                {t('today.startBatch')}
              </Button>
            </>
          }
        >
          {status?.isPractice === false ? t('today.firstRun.textLive') : t('today.firstRun.text')}
        </EmptyState>
        {status === undefined ? null : <SupervisorOffer status={status} />}
      </div>
    );
  }

  return (
    <Page>
      <PageHeader
        title={t('screen.today')}
        subtitle={dayText()}
        actions={
          <Button tone="primary" size="l" icon={ScanLine} keys="N" onPress={capture}>
            {t('today.capture')}
          </Button>
        }
      />
      {status === undefined ? null : <SupervisorOffer status={status} />}
      <section aria-label={t('today.now')} className={styles['tiles']}>
        <AttentionTile count={data.attention} />
        <ReleaseTile today={data} />
        {status === undefined ? null : <SendingTile status={status} />}
      </section>
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <Card title={t('today.batches')} isFlush>
            <OpenBatches batches={data.openBatches} />
          </Card>
          <Card title={t('today.chart')}>
            {data.capturedByHour.some((count) => count > 0) || data.deliveredByHour.some((count) => count > 0) ? (
              <HourChart captured={data.capturedByHour} delivered={data.deliveredByHour} />
            ) : (
              <p className={styles['soft']}>{t('today.chart.none')}</p>
            )}
          </Card>
        </div>
        <Balance balance={data.balance} />
      </div>
    </Page>
  );
}

/** As soon as real customers are captured here. In practice nobody is urged: the first override asks for it. */
function SupervisorOffer({ status }: { status: StatusView }) {
  const t = useText();
  const { data: view } = useMethod('supervision.get', {}, { isAskedAnew: true, isEnabled: !status.isPractice });
  if (status.isPractice || !isUnsupervised(view)) return null;
  return (
    <div className={styles['offer']}>
      <Banner tone="amber" actions={<SetPinButton view={view} />}>
        {t('supervision.offer')}
      </Banner>
    </div>
  );
}

function Tile({
  icon: Icon,
  tone,
  count,
  title,
  text,
  action,
  onAction,
}: {
  icon: LucideIcon;
  tone: 'amber' | 'green' | 'blue' | 'neutral';
  /** Null: there is nothing; the title says so. */
  count: number | null;
  title: string;
  text?: string | undefined;
  action: string;
  onAction: () => void;
}) {
  return (
    <div className={classes(styles['tile'], styles[`tile-${tone}`])}>
      <div className={styles['tileHead']}>
        <span className={styles['tileIcon']}>
          <Icon aria-hidden size={19} strokeWidth={1.9} />
        </span>
        <h2 className={styles['tileTitle']}>{title}</h2>
        {count === null ? null : <p className={styles['tileCount']}>{formatNumber(count, currentLanguage())}</p>}
      </div>
      {text === undefined ? null : <p className={styles['tileText']}>{text}</p>}
      {count === null ? null : (
        <Button size="m" icon={ArrowRight} onPress={onAction} className={styles['tileAction']}>
          {action}
        </Button>
      )}
    </div>
  );
}

function AttentionTile({ count }: { count: number }) {
  const t = useText();
  const navigate = useNavigate();
  return (
    <Tile
      icon={TriangleAlert}
      tone={count > 0 ? 'amber' : 'neutral'}
      count={count > 0 ? count : null}
      title={count > 0 ? t('today.attention') : t('today.attention.none')}
      text={count > 0 ? t('today.attention.text') : undefined}
      action={t('today.attention.open')}
      onAction={() => void navigate(paths.attention)}
    />
  );
}

function ReleaseTile({ today }: { today: TodayView }) {
  const t = useText();
  const navigate = useNavigate();
  const count = today.waitingForRelease;
  return (
    <Tile
      icon={PackageCheck}
      tone={count > 0 ? 'green' : 'neutral'}
      count={count > 0 ? count : null}
      title={count > 0 ? t('today.release') : t('today.release.none')}
      text={count > 0 ? t('today.release.text') : undefined}
      action={t('today.release.open')}
      onAction={() => void navigate(paths.capture)}
    />
  );
}

function SendingTile({ status }: { status: StatusView }) {
  const t = useText();
  const navigate = useNavigate();
  const count = status.waiting + status.sending;
  const when = () => {
    if (status.isPaused) return t('today.sending.paused');
    if (status.network === 'offline' || !status.isOnlineWanted) return t('today.sending.offline');
    if (status.clearAt === null) return t('today.sending.text');
    return t('today.sending.clear', { time: momentText(status.clearAt) });
  };
  return (
    <Tile
      icon={Send}
      tone={count > 0 ? 'blue' : 'neutral'}
      count={count > 0 ? count : null}
      title={count > 0 ? t('today.sending') : t('today.sending.none')}
      text={count > 0 ? when() : undefined}
      action={t('today.sending.open')}
      onAction={() => void navigate(paths.submissions)}
    />
  );
}

function OpenBatches({ batches }: { batches: readonly BatchView[] }) {
  const t = useText();
  const navigate = useNavigate();
  if (batches.length === 0) return <p className={styles['batchNone']}>{t('today.batches.none')}</p>;
  return (
    <ul>
      {batches.map((batch) => (
        <li key={batch.id} className={styles['batch']}>
          <div className={styles['batchText']}>
            <h3 className={styles['batchName']}>{t('today.batch', { number: batch.number })}</h3>
            <p className={styles['soft']}>
              {t('today.batch.detail', { count: batch.submissionCount })},{' '}
              {t('today.batch.pages', { count: batch.pageCount })} · {batch.operator} · {t('today.batch.started')}{' '}
              <RelativeTime at={batch.createdAt} />
            </p>
          </div>
          {batch.readyCount > 0 ? (
            <Badge tone="green" icon={PackageCheck}>
              {t('today.batch.ready', { count: batch.readyCount })}
            </Badge>
          ) : null}
          <Button
            aria-label={`${t('today.resume')} ${t('today.batch', { number: batch.number })}`}
            onPress={() => void navigate(paths.captureBatch(batch.id))}
          >
            {t('today.resume')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const PARTS = ['sent', 'waiting', 'refused', 'voided'] as const;

function Balance({ balance }: { balance: BalanceView }) {
  const t = useText();
  const language = currentLanguage();
  const difference = balanceDifference(balance);
  return (
    <Card
      title={t('today.balance')}
      actions={
        balance.isBalanced ? (
          <Badge tone="green">{t('today.balance.adds')}</Badge>
        ) : (
          <Badge tone="red" icon={TriangleAlert}>
            {t('today.balance.differs')}
          </Badge>
        )
      }
    >
      <p className={styles['balanceNote']}>{t('today.balance.note')}</p>
      <dl>
        <div className={styles['balanceTotal']}>
          <dt>{t('today.balance.captured')}</dt>
          <dd>{formatNumber(balance.captured, language)}</dd>
        </div>
        {PARTS.map((part) => (
          <div key={part} className={styles['balanceRow']}>
            <dt>
              <span className={classes(styles['balanceKey'], styles[`part-${part}`])} aria-hidden />
              {t(`today.balance.${part}`)}
            </dt>
            <dd>{formatNumber(balance[part], language)}</dd>
          </div>
        ))}
        <div className={styles['balanceSum']}>
          <dt>{t('today.balance.sum')}</dt>
          <dd>{formatNumber(balance.captured - difference, language)}</dd>
        </div>
      </dl>
      {balance.captured === 0 ? null : (
        <div className={styles['balanceBar']} aria-hidden>
          {PARTS.filter((part) => balance[part] > 0).map((part) => (
            // Set through the style object (CSSOM), which the content policy allows.
            <span key={part} className={styles[`part-${part}`]} style={{ flexGrow: balance[part] }} />
          ))}
        </div>
      )}
      {balance.isBalanced ? null : (
        <p className={styles['soft']}>{t('today.balance.differsText', { count: balance.differing })}</p>
      )}
    </Card>
  );
}
