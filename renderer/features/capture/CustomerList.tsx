import { Layers, UserPlus } from 'lucide-react';
import { memo } from 'react';
import type { KeyboardEvent } from 'react';
import type { SubmissionRow } from '../../../shared/domain/index.ts';
import {
  Badge,
  Button,
  classes,
  cursorAfterKey,
  LightBadge,
  revealSelected,
  Ring,
  StateBadge,
} from '../../components/index.ts';
import type { Tone } from '../../components/index.ts';
import { nameText, useText } from '../../i18n/index.ts';
import styles from './Capture.module.css';

/** As assistive technology is told of them. */
const STEP_KEYS = 'Alt+ArrowDown Alt+ArrowUp';

/** How many customers PageUp and PageDown go on by. */
const PAGE_STEP = 7;

/** Who the customer is, as far as it is known. */
export function customerName(
  row: Pick<SubmissionRow, 'customer' | 'reference' | 'isStack'>,
  t: ReturnType<typeof useText>,
): string {
  if (row.isStack) return t('stack.name');
  if (row.customer !== '') return row.customer;
  return row.reference === '' ? t('capture.unnamed') : row.reference;
}

/** The keys of a long list, while it has the focus. The arrows are the slots' on this screen, and with Alt step through customers. */
function stepByKey(event: KeyboardEvent<HTMLUListElement>): void {
  const hasModifier = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
  if (hasModifier || event.key.startsWith('Arrow')) return;
  const all = [...event.currentTarget.querySelectorAll('button')];
  const next = cursorAfterKey(
    event.key,
    all.findIndex((button) => button === event.target),
    all.length,
    PAGE_STEP,
  );
  if (next === null) return;
  event.preventDefault();
  all[next]?.click();
}

/** The customers of the batch, each with its filled slots and its light: one stop of the Tab key, however many they are. */
export function CustomerList({
  rows,
  selectedId,
  onSelect,
  onNew,
  onNewStack,
}: {
  rows: readonly SubmissionRow[];
  selectedId: string | null;
  /** The same function in every drawing. */
  onSelect: (submissionId: string) => void;
  onNew: () => void;
  onNewStack: () => void;
}) {
  const t = useText();
  const tabStopId = rows.some(({ id }) => id === selectedId) ? selectedId : rows[0]?.id;
  return (
    <section className={styles['customers']} aria-labelledby="capture-customers">
      <header className={styles['columnHead']}>
        <h2 id="capture-customers" className={styles['columnTitle']}>
          {t('capture.customers')}
        </h2>
        <span className={styles['columnCount']}>{rows.filter(({ isStack }) => !isStack).length}</span>
      </header>
      {/* Its buttons have the focus and the keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className={styles['customerList']} onKeyDown={stepByKey} aria-keyshortcuts={STEP_KEYS} data-selection>
        {rows.map((row) => (
          <li key={row.id}>
            <CustomerRow
              row={row}
              isSelected={row.id === selectedId}
              isTabStop={row.id === tabStopId}
              onSelect={onSelect}
            />
          </li>
        ))}
      </ul>
      <div className={styles['columnFoot']}>
        <Button icon={UserPlus} keys="N" onPress={onNew} className={styles['wide']}>
          {t('capture.newCustomer')}
        </Button>
        <Button icon={Layers} keys="S" tone="quiet" onPress={onNewStack} className={styles['wide']}>
          {t('stack.new.short')}
        </Button>
      </div>
    </section>
  );
}

/** Drawn again only when its own customer changes: a manifest may bring thousands, and each page that comes in changes one. */
const CustomerRow = memo(function CustomerRow({
  row,
  isSelected,
  isTabStop,
  onSelect,
}: {
  row: SubmissionRow;
  isSelected: boolean;
  isTabStop: boolean;
  onSelect: (submissionId: string) => void;
}) {
  const t = useText();
  return (
    <button
      type="button"
      ref={isSelected ? revealSelected : null}
      className={classes(styles['customer'], isSelected && styles['customerSelected'])}
      aria-current={isSelected ? 'true' : undefined}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => onSelect(row.id)}
    >
      {row.isStack ? (
        <Layers aria-hidden size={22} className={styles['stackIcon']} />
      ) : (
        <Ring filled={row.filledSlots} total={row.requiredSlots} tone={ringTone(row)} />
      )}
      <span className={styles['customerText']}>
        <span className={styles['customerName']}>{customerName(row, t)}</span>
        <span className={styles['customerDetail']}>
          {row.reference !== '' && row.customer !== row.reference ? `${row.reference} · ` : ''}
          {nameText(row.flowName, row.flowNameKey)}
        </span>
        <span className={styles['customerMarks']}>
          {row.isStack ? (
            <Badge tone="neutral" size="s">
              {t('stack.pages', { count: row.pageCount })}
            </Badge>
          ) : row.state === 'draft' || row.state === 'ready' ? (
            <LightBadge light={row.light} size="s" />
          ) : (
            <StateBadge state={row.state} size="s" />
          )}
          {row.beside.includes('held') ? (
            <Badge tone="amber" size="s">
              {t('beside.held')}
            </Badge>
          ) : null}
        </span>
      </span>
    </button>
  );
});

function ringTone(row: SubmissionRow): Tone {
  if (row.light === 'green') return 'green';
  if (row.pageCount === 0) return 'neutral';
  return row.light;
}
