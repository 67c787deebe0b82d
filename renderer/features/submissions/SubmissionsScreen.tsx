import { CircleSlash, Inbox, SearchX, Square, SquareCheck } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { isAtTheDesk } from '../../../shared/domain/index.ts';
import type { SubmissionRow } from '../../../shared/domain/index.ts';
import type { OutputOf } from '../../../shared/ipc/index.ts';
import {
  Button,
  CauseBadge,
  EmptyState,
  formatCountdown,
  formatDistance,
  formatNumber,
  lightIcons,
  paths,
  StateBadge,
  TableFailure,
  TableTitle,
  Tabs,
  useShortcuts,
  useTable,
  WindowedGrid,
  TimeInWords,
} from '../../components/index.ts';
import type { GridColumn, WindowSource } from '../../components/index.ts';
import { currentLanguage, nameText, useText } from '../../i18n/index.ts';
import { call, useMethod } from '../../ipc/index.ts';
import { allowedActions } from './actions.ts';
import { FilterBar } from './FilterBar.tsx';
import { filtersFromQuery, isNarrowed, queryFromFilters, requestFilter, TABS } from './filters.ts';
import type { TableFilters } from './filters.ts';
import { EMPTY_SELECTION, range, refreshed, toggle } from './selection.ts';
import type { Selection } from './selection.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { SubmissionPanel } from './SubmissionPanel.tsx';
import { useSubmissionActions } from './useSubmissionActions.ts';
import styles from './Submissions.module.css';

const ROW_HEIGHT_PIXELS = 38;

type ListAnswer = OutputOf<'submission.list'>;

/** What was searched for, as long as the window is open: going back to the table finds it again. */
const kept = { search: '' };

/** How the table asks for its pages under these filters. */
function sourceFor(filters: TableFilters): WindowSource<ListAnswer, SubmissionRow> {
  const filter = requestFilter(filters, Date.now());
  return {
    queryKey: (offset, limit) => ['submission.list', { filter, offset, limit }],
    fetch: (offset, limit) => call('submission.list', { filter, offset, limit }),
    read: (answer) => answer,
  };
}

/** Every submission of this PC: table, saved filters, choice of several, side panel. */
export function SubmissionsScreen() {
  const t = useText();
  const navigate = useNavigate();
  const { submissionId: openId } = useParams();
  const [query] = useSearchParams();
  const [search, setSearch] = useState(kept.search);
  const filters = { ...filtersFromQuery(query), search };
  const address = `${queryFromFilters(filters).toString()} ${search}`;

  const { rows, cursor, setCursor, visible, grid, gridProps } = useTable(sourceFor(filters));
  const [selection, setSelection] = useState<Selection>(EMPTY_SELECTION);
  const [shownAddress, setShownAddress] = useState(address);
  if (shownAddress !== address) {
    // Other filters are another list: the old place and choice in it mean nothing there.
    setShownAddress(address);
    setCursor(0);
    setSelection(EMPTY_SELECTION);
  }

  const searchField = useRef<HTMLInputElement | null>(null);
  const actions = useSubmissionActions();

  const shownRows: SubmissionRow[] = [];
  for (let index = visible.first; index <= visible.last; index += 1) {
    const row = rows.rowAt(index);
    if (row !== undefined) shownRows.push(row);
  }
  const chosen = refreshed(selection, shownRows);

  const now = useNow();
  const columns = useMemo(() => tableColumns(t, now), [t, now]);

  const goTo = (path: string, next: TableFilters = filters): void => {
    const text = queryFromFilters(next).toString();
    void navigate(text === '' ? path : `${path}?${text}`, { replace: true });
  };
  const here = openId === undefined ? paths.submissions : paths.submission(openId);
  const changeFilters = (change: Partial<TableFilters>): void => {
    if (change.search !== undefined) {
      kept.search = change.search;
      setSearch(change.search);
    }
    goTo(here, { ...filters, ...change });
  };
  const close = (): void => {
    goTo(paths.submissions);
    grid.current?.focus();
  };
  const extend = (from: number, to: number): void => {
    const anchor = chosen.anchor ?? from;
    void rows
      .loadRange(Math.min(anchor, to), Math.max(anchor, to))
      .then((between) => setSelection(range(between, anchor)));
  };

  // Single keys act on what the side panel shows; without it on the cursor row.
  const opened = useMethod('submission.get', { submissionId: openId ?? '' }, { isEnabled: openId !== undefined });
  const target = openId === undefined ? rows.rowAt(cursor) : opened.data;
  useShortcuts('submissions.shortcuts', [
    { keys: '/', label: 'submissions.key.search', run: () => searchField.current?.focus() },
    // The table takes these keys itself while it has the focus; here they are listed, and work from elsewhere.
    {
      keys: 'Enter',
      label: 'submissions.key.open',
      isDisabled: target === undefined || openId !== undefined,
      run: () => {
        if (target !== undefined) goTo(paths.submission(target.id));
      },
    },
    {
      keys: 'Space',
      label: 'submissions.key.select',
      isDisabled: rows.rowAt(cursor) === undefined,
      run: () => {
        const row = rows.rowAt(cursor);
        if (row !== undefined) setSelection(toggle(chosen, row, cursor));
      },
    },
    {
      keys: 'Shift+ArrowDown',
      alsoKeys: ['Shift+ArrowUp'],
      label: 'submissions.key.range',
      run: () => grid.current?.focus(),
    },
    {
      keys: 'Escape',
      label: 'submissions.key.close',
      isDisabled: openId === undefined && chosen.rows.size === 0,
      run: () => {
        if (openId === undefined) setSelection(EMPTY_SELECTION);
        else close();
      },
    },
    {
      keys: 'T',
      label: 'submissions.key.tryNow',
      isDisabled: target === undefined || !allowedActions(target).has('tryNow'),
      run: () => {
        if (target !== undefined) void actions.run('tryNow', [target.id]);
      },
    },
    {
      keys: 'C',
      label: 'submissions.key.capture',
      isDisabled: target === undefined,
      run: () => {
        if (target !== undefined) void navigate(paths.captureSubmission(target.id));
      },
    },
  ]);

  const counts = rows.answer?.tabCounts ?? {};
  const isEmpty = !rows.isLoading && rows.error === null && rows.total === 0;

  const content = (
    <div className={styles['list']}>
      <FilterBar filters={filters} onChange={changeFilters} searchRef={searchField} />
      {rows.error === null ? null : <TableFailure>{t('submissions.loadFailed')}</TableFailure>}
      {isEmpty ? (
        <EmptyList
          filters={filters}
          onClear={() => changeFilters({ ...filtersFromQuery(new URLSearchParams()), tab: filters.tab })}
        />
      ) : (
        <WindowedGrid
          label={t('submissions.table')}
          {...gridProps}
          columns={columns}
          onOpen={(row) => goTo(paths.submission(row.id))}
          onToggle={(row, index) => setSelection(toggle(chosen, row, index))}
          onExtend={extend}
          isSelected={(row) => chosen.rows.has(row.id)}
          isOpen={(row) => row.id === openId}
          rowClassName={styles['columns']}
          rowHeightPixels={ROW_HEIGHT_PIXELS}
        />
      )}
      {chosen.rows.size === 0 && actions.progress === null ? null : (
        <SelectionBar
          rows={[...chosen.rows.values()]}
          progress={actions.progress}
          onRun={(action, ids, reason) => {
            void actions.run(action, ids, reason).then(() => setSelection(EMPTY_SELECTION));
          }}
          onClear={() => {
            setSelection(EMPTY_SELECTION);
            grid.current?.focus();
          }}
        />
      )}
    </div>
  );

  return (
    <div className={styles['screen']}>
      <div className={styles['main']}>
        <header className={styles['head']}>
          <TableTitle
            title={t('screen.submissions')}
            count={
              rows.answer === undefined
                ? ''
                : t('submissions.count', { count: rows.total, shown: formatNumber(rows.total, currentLanguage()) })
            }
          />
        </header>
        <Tabs
          label={t('submissions.tabs')}
          isFilling
          selectedId={filters.tab}
          onSelect={(tab) => changeFilters({ tab })}
          items={TABS.map((tab) => ({ id: tab, label: t(`submissions.tab.${tab}`), count: counts[tab], content }))}
        />
      </div>
      {openId === undefined ? null : (
        <SubmissionPanel key={openId} submissionId={openId} onClose={close} actions={actions} />
      )}
    </div>
  );
}

function EmptyList({ filters, onClear }: { filters: TableFilters; onClear: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  if (isNarrowed(filters)) {
    return (
      <EmptyState
        icon={SearchX}
        title={t('submissions.noMatch.title')}
        actions={<Button onPress={onClear}>{t('submissions.filter.clear')}</Button>}
      >
        {t('submissions.noMatch.body')}
      </EmptyState>
    );
  }
  if (filters.tab !== 'all') {
    return (
      <EmptyState icon={CircleSlash} title={t('submissions.emptyTab.title')}>
        {t('submissions.emptyTab.body')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Inbox}
      title={t('submissions.empty.title')}
      actions={
        <Button tone="primary" onPress={() => void navigate(paths.capture)}>
          {t('submissions.empty.action')}
        </Button>
      }
    >
      {t('submissions.empty.body')}
    </EmptyState>
  );
}

/** How often the ages in the table are told again. One clock for all rows: a timer per row would tick for nothing. */
const CLOCK_MS = 15_000;

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The table's columns. The choice is shown by a tick as well as by colour. Ages are told from `now`, epoch ms. */
function tableColumns(t: ReturnType<typeof useText>, now: number): GridColumn<SubmissionRow>[] {
  const language = currentLanguage();
  const column = (
    key: 'customer' | 'reference' | 'flow' | 'connection' | 'state' | 'age' | 'next' | 'operator',
    cell: GridColumn<SubmissionRow>['cell'],
  ): GridColumn<SubmissionRow> => ({
    key,
    header: t(`submissions.column.${key}`),
    cell,
    className: styles[`column-${key}`],
  });
  return [
    {
      key: 'selected',
      header: '',
      label: t('submissions.column.selected'),
      className: styles['column-selected'],
      cell: (_row, { isSelected }) => {
        const Icon = isSelected ? SquareCheck : Square;
        return (
          <span data-toggles className={isSelected ? styles['ticked'] : styles['tick']}>
            <Icon aria-hidden size={16} />
          </span>
        );
      },
    },
    {
      key: 'light',
      header: '',
      label: t('submissions.column.light'),
      className: styles['column-light'],
      cell: (row) => {
        // The light answers whether the customer may leave; once released the question is over.
        if (!isAtTheDesk(row)) return null;
        const Icon = lightIcons[row.light];
        return (
          <span className={styles[`light-${row.light}`]} title={t(`light.${row.light}`)}>
            <Icon aria-hidden size={16} strokeWidth={2.25} />
            <span className="visually-hidden">{t(`light.${row.light}`)}</span>
          </span>
        );
      },
    },
    column('customer', (row) =>
      row.customer === '' ? (
        <span className={styles['faint']}>{t(row.isStack ? 'stack.name' : 'submissions.noName')}</span>
      ) : (
        <span className={styles['name']}>{row.customer}</span>
      ),
    ),
    column('reference', (row) => row.reference),
    column('flow', (row) => nameText(row.flowName, row.flowNameKey)),
    column('connection', (row) => nameText(row.connectionName, row.connectionNameKey)),
    column('state', (row) => {
      // The cause says more than "needs a person" and is its next step.
      const cause = row.beside.includes('attention') ? row.cause : null;
      const beside = cause === null ? row.beside : row.beside.filter((mark) => mark !== 'attention');
      return (
        <span className={styles['states']}>
          <StateBadge state={row.state} beside={beside} size="s" />
          {cause === null ? null : <CauseBadge cause={cause} size="s" />}
        </span>
      );
    }),
    column('age', (row) => (
      <TimeInWords at={row.createdAt} words={formatDistance(row.createdAt, now, language) ?? t('time.now')} />
    )),
    column('next', (row) =>
      row.nextEventAt === null ? (
        <span className={styles['faint']}>
          <span aria-hidden>–</span>
          <span className="visually-hidden">{t('submissions.noNext')}</span>
        </span>
      ) : (
        <TimeInWords at={row.nextEventAt} words={formatCountdown(row.nextEventAt, now, language) ?? t('time.soon')} />
      ),
    ),
    column('operator', (row) => row.operator),
  ];
}
