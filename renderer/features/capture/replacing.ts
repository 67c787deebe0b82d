import type { ImportReport } from '../../../shared/domain/index.ts';

/** A page that another one has taken the place of. */
export interface ReplacedPage {
  submissionId: string;
  pageId: string;
  /** The place of both. */
  slot: string;
  newPageId: string;
}

/** Whether something came into the place of a page, as it was ordered to; null: it went elsewhere, or nothing came. */
export function replacedBy(
  { imported }: Pick<ImportReport, 'imported'>,
  order: { submissionId: string; slot: string | null; replacesPageId: string | null },
): ReplacedPage | null {
  const { submissionId, slot, replacesPageId } = order;
  const [first] = imported;
  if (replacesPageId === null || slot === null || first?.slot !== slot) return null;
  return { submissionId, pageId: replacesPageId, slot, newPageId: first.pageId };
}
