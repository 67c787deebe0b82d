import { useEffectEvent, useState } from 'react';
import type { SubmissionDetail } from '../../../shared/domain/index.ts';
import { showToast } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { slotName } from './names.ts';
import type { Station } from './stations.ts';

/** A page that can be brought back, and the message that offers it. */
interface RemovedPage {
  pageId: string;
  name: string;
  closeToast: () => void;
}

export interface PageEdits {
  /** How often the working view of a page was turned, by page id. */
  revisions: Readonly<Record<string, number>>;
  rotate: (pageId: string, degrees: 90 | 270) => void;
  remove: (pageId: string) => void;
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

  const restore = (pageId: string) => {
    const entry = removed.find((candidate) => candidate.pageId === pageId);
    if (entry === undefined) return;
    entry.closeToast();
    setRemoved((stack) => stack.filter((candidate) => candidate.pageId !== pageId));
    restorePage.mutate({ pageId }, { onSuccess: () => announce(t('capture.restored', { page: entry.name })) });
  };
  const heardUndo = useEffectEvent(restore);

  const remove = (pageId: string) => {
    const station = stations.find(({ page }) => page?.id === pageId);
    const slot = station?.slot ?? null;
    const name = slot === null ? (station?.page?.fileName ?? '') : slotName(slot, t);
    if (station !== undefined) onRemove(station);
    removePage.mutate(
      { pageId },
      {
        onSuccess: () => {
          const closeToast = showToast({
            tone: 'info',
            text: t('capture.removed', { page: name }),
            action: { label: t('action.undo'), run: () => heardUndo(pageId) },
          });
          setRemoved((stack) => [...stack, { pageId, name, closeToast }]);
        },
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

  return {
    revisions,
    rotate: (pageId, degrees) =>
      rotatePage.mutate(
        { pageId, degrees },
        { onSuccess: () => setRevisions((known) => ({ ...known, [pageId]: (known[pageId] ?? 0) + 1 })) },
      ),
    remove,
    moveTo,
    canUndo: removed.length > 0,
    undo: () => {
      const last = removed.at(-1);
      if (last !== undefined) restore(last.pageId);
    },
  };
}
