import { slotParts } from '../domain/index.ts';
import type { DocumentType, Finding, Side } from '../domain/index.ts';
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

/** What a page's slot wants, or what it most probably is in the tray. */
export function wantedType({ slot }: RulePage): DocumentType {
  return slotParts(slot)?.documentType ?? 'other';
}

/** The side that a page's slot wants; null in the tray. */
export function wantedSide({ slot }: RulePage): Side | null {
  return slotParts(slot)?.side ?? null;
}

/** Place of a page for `finding`. */
export function placeOf(page: RulePage): { pageId: string; slot?: string } {
  return page.slot === null ? { pageId: page.id } : { pageId: page.id, slot: page.slot };
}

/** Whether a page would be sent in a form that is none of `taken`. While it is looked at, a rendition of it may still be made. */
export function isOfOtherForm({ mediaType, isInspected }: RulePage, taken: ReadonlySet<string>): boolean {
  return isInspected && !taken.has(mediaType);
}
