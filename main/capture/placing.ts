import type { MediaType } from '../../shared/domain/index.ts';
import { fits, slotsOf } from '../../shared/rules/index.ts';
import type { PageRecord, SubmissionRecord, DocumentRecord } from './records.ts';

/** Where a new page goes: into a slot, maybe in another page's place, or (slot null) into the tray. */
export interface Placement {
  readonly slot: string | null;
  readonly replacesPageId: string | null;
}

const TRAY: Placement = { slot: null, replacesPageId: null };

/**
 * Finds the place of a new page. Pure.
 *
 * - A page of a stack: into its tray, until the stack is dealt out.
 * - An asked slot that the customer has not any more (another document type was chosen meanwhile): into the tray.
 * - An asked slot that is free: there, even if the page does not fit (preflight says so at the place the person chose).
 * - A slot that the provider wants again and whose page it has already: in that page's place.
 * - No slot asked: the next wanted slot of a retake, else the next open required slot that fits, else an optional one.
 * - Everything else lies in the tray until a person decides; nothing is thrown out of a slot silently.
 */
export function place(
  submission: Pick<SubmissionRecord, 'flow' | 'retakeSlots' | 'isStack'>,
  documents: readonly DocumentRecord[],
  pages: readonly Pick<PageRecord, 'id' | 'slot' | 'isDelivered'>[],
  page: { readonly mediaType: MediaType; readonly askedSlot: string | null },
): Placement {
  if (submission.isStack) return TRAY;
  const pageIn = new Map(pages.map((present) => [present.slot, present]));
  const wanted = new Set(Object.keys(submission.retakeSlots));
  const freeOrWanted = (key: string): Placement | null => {
    const present = pageIn.get(key);
    if (present === undefined) return { slot: key, replacesPageId: null };
    return wanted.has(key) && present.isDelivered ? { slot: key, replacesPageId: present.id } : null;
  };
  const slots = slotsOf(submission.flow, documents);
  if (page.askedSlot !== null) {
    const isThere = slots.some(({ key }) => key === page.askedSlot);
    return (isThere ? freeOrWanted(page.askedSlot) : null) ?? TRAY;
  }
  const fitting = slots.filter((slot) => fits(slot.documentType, page.mediaType));
  const order = [
    ...fitting.filter((slot) => wanted.has(slot.key)),
    ...fitting.filter((slot) => !wanted.has(slot.key) && !slot.isOptional),
    ...fitting.filter((slot) => !wanted.has(slot.key) && slot.isOptional),
  ];
  for (const slot of order) {
    const placement = freeOrWanted(slot.key);
    if (placement !== null) return placement;
  }
  return TRAY;
}
