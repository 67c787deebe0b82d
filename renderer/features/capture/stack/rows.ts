import type { StackEdit, StackPageView, StackView } from '../../../../shared/domain/index.ts';

/** One line of the review: the head of a customer or of the tray, or a page. */
export type StackRow =
  | { kind: 'customer'; number: number; pageCount: number }
  | { kind: 'tray'; pageCount: number }
  | { kind: 'page'; page: StackPageView };

/** What the person changes with a key, for the pages it is about; null takes back what was said. */
export type EditStep = Readonly<Record<string, StackEdit | null>>;

function customerOf({ place }: StackPageView): number | null {
  return place.kind === 'customer' ? place.customer : null;
}

/** The lines of a review, in the order of the view: customers one after the other, then the tray. */
export function rowsOf({ pages }: Pick<StackView, 'pages'>): StackRow[] {
  const rows: StackRow[] = [];
  const groups = Map.groupBy(pages, customerOf);
  for (const [number, own] of groups) {
    const pageCount = own.length;
    rows.push(number === null ? { kind: 'tray', pageCount } : { kind: 'customer', number, pageCount });
    for (const page of own) rows.push({ kind: 'page', page });
  }
  return rows;
}

/** A file of several people, which lies in the tray until it is parted. */
export function isOfSeveral({ place }: StackPageView): boolean {
  return place.kind === 'tray' && place.why === 'several';
}

/** Parts the customer here, or joins with the one before; null where that means nothing. */
export function cutStep(page: StackPageView): EditStep | null {
  const { place } = page;
  if (place.kind === 'tray' || place.reason === 'first') return null;
  if (place.reason === null) return { [page.id]: 'cut' };
  return { [page.id]: place.reason === 'person' ? null : 'join' };
}

/** Into the tray, or out of it. */
export function trayStep(page: StackPageView): EditStep {
  return { [page.id]: page.place.kind === 'tray' ? 'keep' : 'aside' };
}

/** To the customer before (-1) or after (1); null where there is none. */
export function moveStep(pages: readonly StackPageView[], page: StackPageView, step: 1 | -1): EditStep | null {
  const customer = customerOf(page);
  if (customer === null) return null;
  const there = pages.find((other) => customerOf(other) === customer + step);
  return there === undefined ? null : { [page.id]: { with: there.id } };
}

/** What undoes a step: what was said about its pages before. */
export function undoOf(pages: readonly StackPageView[], step: EditStep): EditStep {
  const before = new Map(pages.map(({ id, edit }) => [id, edit]));
  return Object.fromEntries(Object.keys(step).map((pageId) => [pageId, before.get(pageId) ?? null]));
}

/** The page `step` lines further among the pages; stays at the ends. */
export function stepPage(
  pages: readonly StackPageView[],
  fromId: string | null,
  step: 1 | -1,
): StackPageView | undefined {
  const at = pages.findIndex(({ id }) => id === fromId);
  return at < 0 ? pages[0] : pages[Math.min(pages.length - 1, Math.max(0, at + step))];
}
