import type { Finding } from '../domain/index.ts';
import type { RulePage } from './types.ts';

export function finding(
  rule: string,
  severity: Finding['severity'],
  place: { pageId?: string; slot?: string; field?: string },
  params: Finding['params'] = {},
): Finding {
  return {
    rule,
    severity,
    pageId: place.pageId ?? null,
    slot: place.slot ?? null,
    field: place.field ?? null,
    params,
  };
}

/** Place of a page for `finding`. */
export function placeOf(page: RulePage): { pageId: string; slot?: string } {
  return page.slot === null ? { pageId: page.id } : { pageId: page.id, slot: page.slot };
}
