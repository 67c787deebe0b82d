import { useEffectEvent, useState } from 'react';
import type { SubmissionDetail } from '../../../shared/domain/index.ts';
import { showToast } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { slotName } from './names.ts';
import type { ReplacedPage } from './replacing.ts';
import type { Station } from './stations.ts';

/** A page that can be brought back, and the message that offers it. */
interface RemovedPage {
  submissionId: string;
  pageId: string;
  name: string;
  /** The page that was scanned or photographed into its place, and goes out again with it; null: it was taken out by itself. */
  inItsPlace: string | null;
  closeToast: () => void;
}

export interface PageEdits {
  /** How often the working view of a page was turned, by page id. */
  revisions: Readonly<Record<string, number>>;
  rotate: (pageId: string, degrees: 90 | 270) => void;
  remove: (pageId: string) => void;
  /** A new page came into the place of this one, which can be brought back as one that was taken out. */
  replaced: (page: ReplacedPage) => void;
  /** Puts the selected page into another slot; null: into the tray. */
  moveTo: (slotKey: string | null) => void;
  canUndo: boolean;
  undo: () => void;
}

/** What is done to pages that are here already: turn, move, take out, bring back. */
export function usePageEdits({
  detail,
  stations,
  selected,
  onRemove,
  announce,
}: {
  detail: SubmissionDetail | undefined;
  stations: readonly Station[];
  selected: Station | null;
  /** The page of this station is about to be taken out; the slot stays selected. */
  onRemove: (station: Station) => void;
  announce: (text: string) => void;
}): PageEdits {
  const t = useText();
  const movePage = useAction('page.move');
  const removePage = useAction('page.remove');
  const restorePage = useAction('page.restore');
  const rotatePage = useAction('page.rotate');
  const [revisions, setRevisions] = useState<Readonly<Record<string, number>>>({});
  const [removed, setRemoved] = useState<readonly RemovedPage[]>([]);

  const bringBack = async ({ pageId, name, inItsPlace }: RemovedPage): Promise<void> => {
    if (inItsPlace !== null) await removePage.mutateAsync({ pageId: inItsPlace });
    await restorePage.mutateAsync({ pageId });
    announce(t('capture.restored', { page: name }));
  };
  const restore = (pageId: string) => {
    const entry = removed.find((candidate) => candidate.pageId === pageId);
    if (entry === undefined) return;
    entry.closeToast();
    setRemoved((stack) => stack.filter((candidate) => candidate.pageId !== pageId));
    // What fails was already shown by the frame as a toast.
    bringBack(entry).catch(() => undefined);
  };
  const heardUndo = useEffectEvent(restore);
  const offerUndo = (words: string, page: Omit<RemovedPage, 'closeToast'>) => {
    const closeToast = showToast({
      tone: 'info',
      text: words,
      action: { label: t('action.undo'), run: () => heardUndo(page.pageId) },
    });
    setRemoved((stack) => [...stack, { ...page, closeToast }]);
  };

  const replaced = ({ slot: key, newPageId, ...page }: ReplacedPage) => {
    const slot = detail?.slots.find((candidate) => candidate.key === key);
    const name = slot === undefined ? t('capture.page') : slotName(slot, t);
    offerUndo(t('capture.replaced', { page: name }), { ...page, name, inItsPlace: newPageId });
  };

  const remove = (pageId: string) => {
    if (detail === undefined) return;
    const submissionId = detail.id;
    const station = stations.find(({ page }) => page?.id === pageId);
    const slot = station?.slot ?? null;
    const name = slot === null ? (station?.page?.fileName ?? '') : slotName(slot, t);
    if (station !== undefined) onRemove(station);
    removePage.mutate(
      { pageId },
      {
        onSuccess: () =>
          offerUndo(t('capture.removed', { page: name }), { submissionId, pageId, name, inItsPlace: null }),
      },
    );
  };

  const moveTo = (slotKey: string | null) => {
    const page = selected?.page;
    if (page === null || page === undefined || page.slot === slotKey || page.isDelivered) return;
    const slot = detail?.slots.find(({ key }) => key === slotKey);
    movePage.mutate(
      { pageId: page.id, slot: slotKey },
      {
        onSuccess: () =>
          announce(slot === undefined ? t('capture.movedToTray') : t('capture.moved', { slot: slotName(slot, t) })),
      },
    );
  };

  // The key brings back what is seen to come back: not a page of the customer before.
  const ofCustomer = removed.filter(({ submissionId }) => submissionId === detail?.id);
  return {
    revisions,
    rotate: (pageId, degrees) =>
      rotatePage.mutate(
        { pageId, degrees },
        { onSuccess: () => setRevisions((known) => ({ ...known, [pageId]: (known[pageId] ?? 0) + 1 })) },
      ),
    remove,
    moveTo,
    replaced,
    canUndo: ofCustomer.length > 0,
    undo: () => {
      const last = ofCustomer.at(-1);
      if (last !== undefined) restore(last.pageId);
    },
  };
}
