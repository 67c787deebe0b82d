import type { SlotView, SubmissionDetail } from '../../../shared/domain/index.ts';
import { formatMessage, text } from '../../i18n/index.ts';
import type { ViewedPage } from './PageViewer.tsx';

/** "Passport" or "ID card, front": a slot in words. */
export function slotTitle(slot: Pick<SlotView, 'documentType' | 'side'>): string {
  const type = text(`document.${slot.documentType}`);
  return slot.side === 'single' ? type : `${type}, ${text(`sideWithin.${slot.side}`)}`;
}

/** The pages of a submission in the order of its slots, then those in the tray. */
export function viewedPages(detail: SubmissionDetail): ViewedPage[] {
  const inSlots = detail.slots.flatMap((slot) => {
    const page = detail.pages.find((candidate) => candidate.id === slot.pageId);
    return page === undefined ? [] : [{ page, title: slotTitle(slot) }];
  });
  const inTray = detail.tray.flatMap((pageId) => {
    const page = detail.pages.find((candidate) => candidate.id === pageId);
    return page === undefined ? [] : [{ page, title: text('submissions.panel.tray') }];
  });
  return [...inSlots, ...inTray];
}

/** When the customer is back at the desk, what was said while it was waited for them no longer matters. */
function endOfAnswers({ explanation, timeline }: SubmissionDetail): number {
  if (explanation.code !== 'ledger.backFromCustomer') return Number.POSITIVE_INFINITY;
  const given = timeline.findLast(({ message }) => message.code === 'ledger.handedOver');
  return given?.sequence ?? Number.POSITIVE_INFINITY;
}

/** What the provider said that still matters: its wishes for new images, then its newest answer. */
export function providerAnswers(detail: SubmissionDetail): { key: string; text: string }[] {
  const wishes = detail.slots.flatMap((slot) =>
    slot.wantsRetake === null
      ? []
      : [{ key: slot.key, text: `${slotTitle(slot)}: ${formatMessage(slot.wantsRetake.message)}` }],
  );
  const until = endOfAnswers(detail);
  const newest = detail.timeline
    .filter(({ kind, sequence }) => kind === 'provider' && sequence < until)
    .sort((a, b) => b.sequence - a.sequence)[0];
  return newest === undefined ? wishes : [...wishes, { key: 'newest', text: formatMessage(newest.message) }];
}
