import { CircleCheckBig } from 'lucide-react';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { SubmissionRow } from '../../../shared/domain/index.ts';
import {
  Banner,
  Button,
  causeIcons,
  cursorAfterKey,
  EmptyState,
  Page,
  PageHeader,
  paths,
  useShortcuts,
  Working,
} from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { AttentionItem } from './AttentionItem.tsx';
import { countToDo, groupByCause } from './nextStep.ts';
import type { CauseGroup } from './nextStep.ts';
import { StoppedConnection, WrongClock } from './StoppedConnection.tsx';
import styles from './Attention.module.css';

/** Main's largest answer; more than this is worked off from the top anyway. */
const MAX_ROWS = 500;

/** Rows of a group before "show more"; each row asks for its details. */
const ROWS_AT_ONCE = 20;

/** Everything that needs a person, by cause, with one next step each. */
export function AttentionScreen() {
  const t = useText();
  const navigate = useNavigate();
  const attention = useMethod(
    'submission.list',
    { filter: { tab: 'attention' }, offset: 0, limit: MAX_ROWS },
    { keepsPrevious: true },
  );
  const retakes = useMethod(
    'submission.list',
    { filter: { states: ['retake'] }, offset: 0, limit: MAX_ROWS },
    { keepsPrevious: true },
  );
  const connections = useMethod('connection.list', {}, { keepsPrevious: true });
  const status = useMethod('status.get', {});
  const tryNow = useAction('status.tryNow');
  const list = useRef<HTMLDivElement | null>(null);
  const groups = groupByCause([...(attention.data?.rows ?? []), ...(retakes.data?.rows ?? [])], connections.data);
  const offByMs = status.data?.clockOffByMs ?? null;
  const total = countToDo(groups) + (offByMs === null ? 0 : 1);
  const isLoading = attention.isPending || retakes.isPending || connections.isPending;

  const moveFocus = (key: string): void => {
    const steps = [...(list.current?.querySelectorAll<HTMLElement>('[data-step] button') ?? [])];
    const at = steps.findIndex((button) => button.closest('li')?.contains(document.activeElement) === true);
    const next = cursorAfterKey(key, at, steps.length, 1);
    if (next !== null) steps[next]?.focus();
  };
  useShortcuts('attention.shortcuts', [
    // On a step's button Enter is the button's own; from elsewhere it leads to the first row.
    { keys: 'Enter', label: 'attention.key.step', run: () => moveFocus('Home') },
    { keys: 'ArrowDown', alsoKeys: ['J'], label: 'attention.key.move', run: () => moveFocus('ArrowDown') },
    { keys: 'ArrowUp', alsoKeys: ['K'], label: 'attention.key.move', run: () => moveFocus('ArrowUp') },
    { keys: 'Home', label: 'attention.key.first', run: () => moveFocus('Home') },
    { keys: 'End', label: 'attention.key.last', run: () => moveFocus('End') },
    {
      keys: 'T',
      label: 'attention.key.tryNow',
      run: () => {
        const row = document.activeElement?.closest('li');
        const submissionId = row?.getAttribute('data-submission');
        const connectionId = row?.getAttribute('data-connection');
        // With no row in hand it means everything, as the words of the button in the status bar do.
        tryNow.mutate({
          ...(typeof submissionId === 'string' ? { submissionId } : {}),
          ...(typeof connectionId === 'string' ? { connectionId } : {}),
        });
      },
    },
    {
      keys: 'O',
      label: 'attention.key.open',
      run: () => {
        const id = document.activeElement?.closest('[data-submission]')?.getAttribute('data-submission');
        if (typeof id === 'string') void navigate(paths.submission(id));
      },
    },
  ]);
  return (
    <Page>
      <PageHeader
        title={t('attention.title')}
        subtitle={
          isLoading || groups.length === 0
            ? undefined
            : total === 0
              ? t('attention.onlyWaiting')
              : t('attention.count', { count: total })
        }
      />
      {attention.isError || retakes.isError || connections.isError ? (
        <Banner tone="red" isAlert>
          {t('attention.loadFailed')}
        </Banner>
      ) : isLoading ? (
        <Working>{t('frame.loading')}</Working>
      ) : groups.length === 0 && offByMs === null ? (
        <EmptyState
          icon={CircleCheckBig}
          title={t('attention.empty.title')}
          actions={<Button onPress={() => void navigate(paths.submissions)}>{t('screen.submissions')}</Button>}
        >
          {t('attention.empty.body')}
        </EmptyState>
      ) : (
        <div ref={list} className={styles['groups']}>
          {groups.map((group) => (
            <Group key={group.cause} group={group} />
          ))}
          {offByMs === null ? null : (
            <ul className={styles['rows']}>
              <WrongClock offByMs={offByMs} connectionId={connections.data[0]?.id ?? null} />
            </ul>
          )}
        </div>
      )}
    </Page>
  );
}

function Group({ group }: { group: CauseGroup }) {
  const t = useText();
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const Icon = causeIcons[group.cause];
  const headingId = `cause-${group.cause}`;
  const rows: SubmissionRow[] = group.rows.slice(0, shown);
  const hidden = group.rows.length - rows.length;
  return (
    <section aria-labelledby={headingId} className={styles['group']} data-cause={group.cause}>
      <header className={styles['groupHead']}>
        <span className={styles['groupIcon']}>
          <Icon aria-hidden size={17} strokeWidth={2} />
        </span>
        <h2 id={headingId} className={styles['groupTitle']}>
          {t(`attention.group.${group.cause}`)}
        </h2>
        <span className={styles['groupCount']}>{group.rows.length + group.connections.length}</span>
        <p className={styles['groupHint']}>{t(`attention.group.${group.cause}.hint`)}</p>
      </header>
      <ul className={styles['rows']}>
        {group.connections.map((connection) => (
          <StoppedConnection key={connection.id} connection={connection} cause={group.cause} />
        ))}
        {rows.map((row) => (
          <AttentionItem key={row.id} row={row} cause={group.cause} />
        ))}
      </ul>
      {hidden === 0 ? null : (
        <Button tone="quiet" className={styles['more']} onPress={() => setShown(shown + ROWS_AT_ONCE)}>
          {t('attention.more', { count: Math.min(hidden, ROWS_AT_ONCE) })}
        </Button>
      )}
    </section>
  );
}
