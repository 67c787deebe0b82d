import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { Cause } from '../../../shared/domain/index.ts';
import { Button, DateField, SearchField, SelectField, TextField } from '../../components/index.ts';
import { nameText, useText } from '../../i18n/index.ts';
import { useMethod } from '../../ipc/index.ts';
import { isNarrowed, NO_FILTERS, PERIODS } from './filters.ts';
import type { TableFilters } from './filters.ts';
import styles from './Submissions.module.css';

/** Typing rests this long before main is asked. */
const TYPING_REST_MS = 140;

/** A text whose changes are handed on when typing rests; follows the address when that changes elsewhere. */
function useRestingText(value: string, onRest: (value: string) => void): [string, (value: string) => void] {
  const [typed, setTyped] = useState(value);
  const [handedOn, setHandedOn] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  if (value !== handedOn) {
    setHandedOn(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string): void => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setHandedOn(next);
      onRest(next);
    }, TYPING_REST_MS);
  };
  return [typed, change];
}

/** Search and filters above the table. */
export function FilterBar({
  filters,
  onChange,
  searchRef,
}: {
  filters: TableFilters;
  onChange: (change: Partial<TableFilters>) => void;
  searchRef: RefObject<HTMLInputElement | null>;
}) {
  const t = useText();
  const connections = useMethod('connection.list', {});
  const [search, setSearch] = useRestingText(filters.search, (value) => onChange({ search: value }));
  const [operator, setOperator] = useRestingText(filters.operator, (value) => onChange({ operator: value }));

  return (
    <search className={styles['filters']}>
      <SearchField
        label={t('submissions.search')}
        value={search}
        onChange={setSearch}
        inputRef={searchRef}
        keyHint={
          <kbd aria-hidden className={styles['searchKey']}>
            /
          </kbd>
        }
        className={styles['search']}
      />
      <SelectField
        label={t('submissions.filter.connection')}
        isLabelHidden
        className={styles['filter']}
        value={filters.connectionId === '' ? 'any' : filters.connectionId}
        options={[
          { id: 'any', label: t('submissions.filter.anyConnection') },
          ...(connections.data ?? []).map((connection) => ({
            id: connection.id,
            label: nameText(connection.name, connection.nameKey),
            detail: t(`environment.${connection.environment}`),
          })),
        ]}
        onChange={(id) => onChange({ connectionId: id === 'any' ? '' : id })}
      />
      <SelectField
        label={t('submissions.filter.date')}
        isLabelHidden
        className={styles['filter']}
        value={filters.period}
        options={PERIODS.map((period) => ({ id: period, label: t(PERIOD_KEYS[period]) }))}
        onChange={(period) => onChange({ period })}
      />
      <SelectField
        label={t('submissions.filter.cause')}
        isLabelHidden
        className={styles['filter']}
        value={filters.cause === '' ? 'any' : filters.cause}
        options={[
          { id: 'any' as const, label: t('submissions.filter.anyCause') },
          ...Cause.options.map((cause) => ({ id: cause, label: t(`cause.${cause}`) })),
        ]}
        onChange={(cause) => onChange({ cause: cause === 'any' ? '' : cause })}
      />
      <TextField
        label={t('submissions.filter.operator')}
        isLabelHidden
        className={styles['operatorFilter']}
        placeholder={t('submissions.filter.operator')}
        value={operator}
        onChange={setOperator}
      />
      {filters.period === 'between' ? (
        <>
          <DateField
            label={t('submissions.filter.from')}
            isLabelHidden
            value={filters.fromDay}
            onChange={(fromDay) => onChange({ fromDay })}
          />
          <DateField
            label={t('submissions.filter.to')}
            isLabelHidden
            value={filters.toDay}
            onChange={(toDay) => onChange({ toDay })}
          />
        </>
      ) : null}
      {isNarrowed(filters) ? (
        <Button tone="quiet" icon={X} onPress={() => onChange({ ...NO_FILTERS, tab: filters.tab })}>
          {t('submissions.filter.clear')}
        </Button>
      ) : null}
    </search>
  );
}

const PERIOD_KEYS = {
  any: 'submissions.filter.anyTime',
  today: 'submissions.filter.today',
  yesterday: 'submissions.filter.yesterday',
  days7: 'submissions.filter.days7',
  days30: 'submissions.filter.days30',
  between: 'submissions.filter.between',
} as const;
