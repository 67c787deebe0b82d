import { BookOpenCheck, ScrollText, SearchX, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ActivityEntry } from '../../../shared/domain/index.ts';
import type { OutputOf } from '../../../shared/ipc/index.ts';
import {
  Banner,
  Button,
  CopyText,
  EmptyState,
  formatMoment,
  formatNumber,
  paths,
  SearchField,
  TableFailure,
  TableNotice,
  TableTitle,
  useShortcuts,
  useTable,
  WindowedGrid,
  Working,
} from '../../components/index.ts';
import type { GridColumn, WindowSource } from '../../components/index.ts';
import { currentLanguage, formatMessage, useText } from '../../i18n/index.ts';
import { call, useAction } from '../../ipc/index.ts';
import { exactTime } from './exactTime.ts';
import styles from './Activity.module.css';

const ROW_HEIGHT_PIXELS = 36;

/** Typing rests this long before main is asked. */
const TYPING_REST_MS = 160;

type ListAnswer = OutputOf<'activity.list'>;

function sourceFor(search: string): WindowSource<ListAnswer, ActivityEntry> {
  return {
    queryKey: (offset, limit) => ['activity.list', { search, offset, limit }],
    fetch: (offset, limit) => call('activity.list', { search, offset, limit }),
    read: (answer) => ({ rows: answer.entries, total: answer.total }),
  };
}

/** The ledger: everything that happened, searchable, with its integrity check. */
export function ActivityScreen() {
  const t = useText();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const searchField = useRef<HTMLInputElement | null>(null);
  const { rows, cursor, setCursor, gridProps } = useTable(sourceFor(search));
  const verify = useAction('activity.verify', { isSilent: true });
  const columns = useMemo(() => tableColumns(t), [t]);

  useEffect(() => {
    const timer = setTimeout(() => {
      setSearch(typed.trim());
      setCursor(0);
    }, TYPING_REST_MS);
    return () => clearTimeout(timer);
  }, [typed, setCursor]);

  useShortcuts('activity.shortcuts', [
    { keys: '/', label: 'activity.key.search', run: () => searchField.current?.focus() },
    {
      keys: 'Enter',
      label: 'activity.key.open',
      isDisabled: typeof rows.rowAt(cursor)?.submissionId !== 'string',
      run: () => {
        const submissionId = rows.rowAt(cursor)?.submissionId;
        if (typeof submissionId === 'string') void navigate(paths.submission(submissionId));
      },
    },
    { keys: 'I', label: 'activity.key.verify', isDisabled: verify.isPending, run: () => verify.mutate({}) },
  ]);

  return (
    <div className={styles['screen']}>
      <header className={styles['head']}>
        <TableTitle
          title={t('screen.activity')}
          count={
            rows.answer === undefined
              ? ''
              : t('activity.count', { count: rows.total, shown: formatNumber(rows.total, currentLanguage()) })
          }
          className={styles['count']}
        />
        <search className={styles['search']}>
          <SearchField
            label={t('activity.search')}
            value={typed}
            onChange={(value) => setTyped(value.slice(0, 120))}
            inputRef={searchField}
          />
        </search>
        {verify.isPending ? <Working>{t('activity.verify.running')}</Working> : null}
        <Button icon={BookOpenCheck} isDisabled={verify.isPending} onPress={() => verify.mutate({})}>
          {t('activity.verify')}
        </Button>
      </header>
      <VerifyResult verify={verify} />
      {rows.error === null ? null : <TableFailure>{t('activity.loadFailed')}</TableFailure>}
      {!rows.isLoading && rows.error === null && rows.total === 0 ? (
        search === '' ? (
          <EmptyState icon={ScrollText} title={t('activity.empty.title')}>
            {t('activity.empty.body')}
          </EmptyState>
        ) : (
          <EmptyState icon={SearchX} title={t('activity.noMatch.title')}>
            {t('activity.noMatch.body')}
          </EmptyState>
        )
      ) : (
        <WindowedGrid
          label={t('activity.table')}
          {...gridProps}
          columns={columns}
          onOpen={(entry) => {
            if (entry.submissionId !== null) void navigate(paths.submission(entry.submissionId));
          }}
          rowClassName={styles['columns']}
          rowHeightPixels={ROW_HEIGHT_PIXELS}
        />
      )}
    </div>
  );
}

function VerifyResult({ verify }: { verify: ReturnType<typeof useAction<'activity.verify'>> }) {
  const t = useText();
  if (verify.isPending || verify.isIdle) return null;
  const result = verify.data;
  return (
    <TableNotice>
      {result === undefined ? (
        <Banner tone="red" icon={ShieldAlert} isAlert onDismiss={verify.reset}>
          {t('activity.verify.failed')}
        </Banner>
      ) : result.isIntact ? (
        <Banner tone="green" icon={ShieldCheck} isAlert onDismiss={verify.reset}>
          {t('activity.verify.intact', {
            count: result.rows,
            shown: formatNumber(result.rows, currentLanguage()),
          })}
        </Banner>
      ) : (
        <Banner tone="red" icon={ShieldAlert} isAlert>
          {t('activity.verify.broken', { sequence: result.firstBadSequence ?? result.rows })}
        </Banner>
      )}
    </TableNotice>
  );
}

function tableColumns(t: ReturnType<typeof useText>): GridColumn<ActivityEntry>[] {
  return [
    {
      key: 'sequence',
      header: t('activity.column.sequence'),
      className: styles['sequence'],
      cell: (entry) => entry.sequence,
    },
    {
      key: 'at',
      header: t('activity.column.at'),
      className: styles['at'],
      cell: (entry) => {
        const time = exactTime(entry.at, currentLanguage());
        return (
          <time dateTime={time.iso} title={time.utc}>
            {time.local}
          </time>
        );
      },
    },
    {
      key: 'reference',
      header: t('activity.column.reference'),
      className: styles['reference'],
      cell: (entry) => entry.reference,
    },
    {
      key: 'what',
      header: t('activity.column.what'),
      className: styles['what'],
      cell: (entry) => (
        <span title={formatMessage(entry.message)}>
          {formatMessage(entry.message)}
          {entry.nextAt === null ? null : (
            <span className={styles['next']}>
              {' · '}
              {t('activity.nextTry', { time: formatMoment(entry.nextAt, Date.now(), currentLanguage()) })}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'who',
      header: t('activity.column.who'),
      className: styles['who'],
      cell: (entry) => (entry.kind === 'person' ? entry.operator : t(`activity.kind.${entry.kind}`)),
    },
    {
      key: 'requestId',
      header: t('activity.column.requestId'),
      className: styles['requestId'],
      cell: (entry) => (entry.requestId === null ? null : <CopyText text={entry.requestId} isMono />),
    },
  ];
}
