import { Layers, UserPlus } from 'lucide-react';
import { memo } from 'react';
import type { SubmissionRow } from '../../../shared/domain/index.ts';
import { Badge, Button, classes, LightBadge, revealSelected, Ring, StateBadge } from '../../components/index.ts';
import type { Tone } from '../../components/index.ts';
import { nameText, useText } from '../../i18n/index.ts';
import styles from './Capture.module.css';

/** Who the customer is, as far as it is known. */
export function customerName(
  row: Pick<SubmissionRow, 'customer' | 'reference' | 'isStack'>,
  t: ReturnType<typeof useText>,
): string {
  if (row.isStack) return t('stack.name');
  if (row.customer !== '') return row.customer;
  return row.reference === '' ? t('capture.unnamed') : row.reference;
}

/** The customers of the batch, each with its filled slots and its light. */
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
  return (
    <section className={styles['customers']} aria-labelledby="capture-customers">
      <header className={styles['columnHead']}>
        <h2 id="capture-customers" className={styles['columnTitle']}>
          {t('capture.customers')}
        </h2>
        <span className={styles['columnCount']}>{rows.filter(({ isStack }) => !isStack).length}</span>
      </header>
      <ul className={styles['customerList']}>
        {rows.map((row) => (
          <li key={row.id}>
            <CustomerRow row={row} isSelected={row.id === selectedId} onSelect={onSelect} />
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
  onSelect,
}: {
  row: SubmissionRow;
  isSelected: boolean;
  onSelect: (submissionId: string) => void;
}) {
  const t = useText();
  return (
    <button
      type="button"
      ref={isSelected ? revealSelected : null}
      className={classes(styles['customer'], isSelected && styles['customerSelected'])}
      aria-current={isSelected ? 'true' : undefined}
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
