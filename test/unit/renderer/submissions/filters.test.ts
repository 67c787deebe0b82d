import { describe, expect, it } from 'vitest';
import {
  filtersFromQuery,
  isNarrowed,
  NO_FILTERS,
  periodBounds,
  queryFromFilters,
  requestFilter,
} from '../../../../renderer/features/submissions/filters.ts';
import { SubmissionFilter } from '../../../../shared/ipc/index.ts';

const noon = new Date(2026, 2, 29, 12).getTime();

describe('filters in the address', () => {
  it('come back as they were written', () => {
    const filters = {
      ...NO_FILTERS,
      tab: 'waiting' as const,
      search: 'Åberg & Söhne',
      connectionId: 'c1',
      operator: 'm.keller',
      cause: 'sign_in' as const,
      period: 'between' as const,
      fromDay: '2026-03-01',
      toDay: '2026-03-31',
    };
    const address = queryFromFilters(filters).toString();
    expect(filtersFromQuery(new URLSearchParams(address))).toEqual({ ...filters, search: '' });
  });

  it('never hold what was searched for, which is mostly a name', () => {
    expect(queryFromFilters({ ...NO_FILTERS, search: 'Aberg' }).toString()).toBe('');
    expect(filtersFromQuery(new URLSearchParams('search=Aberg')).search).toBe('');
  });

  it('take nonsense as no filter', () => {
    const query = new URLSearchParams('tab=nope&cause=x&period=y&from=31.3.2026');
    expect(filtersFromQuery(query)).toEqual(NO_FILTERS);
  });

  it('a tab alone does not narrow', () => {
    expect(isNarrowed({ ...NO_FILTERS, tab: 'draft' })).toBe(false);
    expect(isNarrowed({ ...NO_FILTERS, search: 'x' })).toBe(true);
  });
});

describe('what main is asked for', () => {
  it.each(['any', 'today', 'yesterday', 'days7', 'days30', 'between'] as const)(
    'is accepted by the contract: %s',
    (period) => {
      const filter = requestFilter({ ...NO_FILTERS, period, fromDay: '2026-03-01', toDay: '2026-03-31' }, noon);
      expect(SubmissionFilter.safeParse(filter).success).toBe(true);
    },
  );

  it('stays the same during a day, so that an answer in the cache is found again', () => {
    const filters = { ...NO_FILTERS, period: 'days7' as const };
    expect(requestFilter(filters, noon)).toEqual(requestFilter(filters, noon + 3 * 3_600_000));
  });

  it('yesterday ends where today begins', () => {
    const yesterday = periodBounds({ period: 'yesterday', fromDay: '', toDay: '' }, noon);
    const today = periodBounds({ period: 'today', fromDay: '', toDay: '' }, noon);
    expect((yesterday.toMs ?? 0) + 1).toBe(today.fromMs);
    expect(new Date(yesterday.fromMs ?? 0).getDate()).toBe(28);
  });

  it('includes the whole last day of a chosen period, and an open end is open', () => {
    const bounds = periodBounds({ period: 'between', fromDay: '', toDay: '2026-03-31' }, noon);
    expect(bounds.fromMs).toBeUndefined();
    expect(bounds.toMs).toBe(new Date(2026, 3, 1).getTime() - 1);
  });
});
