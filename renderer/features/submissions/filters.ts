import { Cause } from '../../../shared/domain/index.ts';
import type { SubmissionFilter } from '../../../shared/ipc/index.ts';

export const TABS = ['all', 'draft', 'waiting', 'in_review', 'attention', 'decided', 'voided'] as const;
export type Tab = (typeof TABS)[number];

export const PERIODS = ['any', 'today', 'yesterday', 'days7', 'days30', 'between'] as const;
export type Period = (typeof PERIODS)[number];

/**
 * What a person has set above the table; kept in the address, so that going back finds it again. Not so the search: it is
 * mostly a customer's name, and addresses end up in the browser's own files and crash reports.
 */
export interface TableFilters {
  tab: Tab;
  search: string;
  connectionId: string;
  operator: string;
  cause: Cause | '';
  period: Period;
  /** Local calendar days, `YYYY-MM-DD`, for the period `between`; '' is open. */
  fromDay: string;
  toDay: string;
}

export const NO_FILTERS: TableFilters = {
  tab: 'all',
  search: '',
  connectionId: '',
  operator: '',
  cause: '',
  period: 'any',
  fromDay: '',
  toDay: '',
};

const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the address; what is not understood is left at its default, and so is the search. */
export function filtersFromQuery(query: URLSearchParams): TableFilters {
  const tab = TABS.find((known) => known === query.get('tab'));
  const period = PERIODS.find((known) => known === query.get('period'));
  const cause = Cause.safeParse(query.get('cause'));
  const day = (name: string): string => {
    const text = query.get(name) ?? '';
    return DAY_FORM.test(text) ? text : '';
  };
  return {
    tab: tab ?? 'all',
    search: '',
    connectionId: (query.get('connection') ?? '').slice(0, 64),
    operator: (query.get('operator') ?? '').slice(0, 120),
    cause: cause.success ? cause.data : '',
    period: period ?? 'any',
    fromDay: day('from'),
    toDay: day('to'),
  };
}

/** The address of these filters; defaults and the search are not written. */
export function queryFromFilters(filters: TableFilters): URLSearchParams {
  const query = new URLSearchParams();
  if (filters.tab !== 'all') query.set('tab', filters.tab);
  if (filters.connectionId !== '') query.set('connection', filters.connectionId);
  if (filters.operator !== '') query.set('operator', filters.operator);
  if (filters.cause !== '') query.set('cause', filters.cause);
  if (filters.period !== 'any') query.set('period', filters.period);
  if (filters.period === 'between' && filters.fromDay !== '') query.set('from', filters.fromDay);
  if (filters.period === 'between' && filters.toDay !== '') query.set('to', filters.toDay);
  return query;
}

/** Whether anything but the tab narrows the list. */
export function isNarrowed(filters: TableFilters): boolean {
  return filters.search !== '' || [...queryFromFilters(filters).keys()].some((name) => name !== 'tab');
}

/** Midnight of the local day that lies `daysBefore` before the day of `nowMs`. Counts days, so it is right when clocks change. */
function startOfDay(nowMs: number, daysBefore: number): number {
  const date = new Date(nowMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBefore).getTime();
}

function startOfNamedDay(day: string, daysAfter: number): number | undefined {
  if (!DAY_FORM.test(day)) return undefined;
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, dayOfMonth + daysAfter).getTime();
}

/** First and last millisecond of the period in local days; undefined is open. */
export function periodBounds(
  filters: Pick<TableFilters, 'period' | 'fromDay' | 'toDay'>,
  nowMs: number,
): { fromMs?: number; toMs?: number } {
  switch (filters.period) {
    case 'any':
      return {};
    case 'today':
      return { fromMs: startOfDay(nowMs, 0) };
    case 'yesterday':
      return { fromMs: startOfDay(nowMs, 1), toMs: startOfDay(nowMs, 0) - 1 };
    case 'days7':
      return { fromMs: startOfDay(nowMs, 6) };
    case 'days30':
      return { fromMs: startOfDay(nowMs, 29) };
    case 'between':
      break;
  }
  const fromMs = startOfNamedDay(filters.fromDay, 0);
  const nextDayMs = startOfNamedDay(filters.toDay, 1);
  return {
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(nextDayMs === undefined ? {} : { toMs: nextDayMs - 1 }),
  };
}

/** What main is asked for. Bounds are whole days, so the request (and the cached answer) stays the same all day. */
export function requestFilter(filters: TableFilters, nowMs: number): SubmissionFilter {
  const search = filters.search.trim();
  return {
    tab: filters.tab,
    ...(search === '' ? {} : { search }),
    ...(filters.connectionId === '' ? {} : { connectionId: filters.connectionId }),
    ...(filters.operator.trim() === '' ? {} : { operator: filters.operator.trim() }),
    ...(filters.cause === '' ? {} : { causes: [filters.cause] }),
    ...periodBounds(filters, nowMs),
  };
}
