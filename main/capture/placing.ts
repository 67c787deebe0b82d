import type { MediaType } from '../../shared/domain/index.ts';
import { fits, slotsOf } from '../../shared/rules/index.ts';
import type { Slot } from '../../shared/rules/index.ts';
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
 * - A slot that the provider wants again and whose page it has already, or refused (`toReplace`): in that page's place.
 * - No slot asked: the next wanted slot of a retake, else the next open required slot that fits, else an optional one.
 * - Everything else lies in the tray until a person decides; nothing is thrown out of a slot silently.
 */
export function place(
  submission: Pick<SubmissionRecord, 'flow' | 'retakeSlots' | 'isStack'>,
  documents: readonly DocumentRecord[],
  pages: readonly Pick<PageRecord, 'id' | 'slot'>[],
  toReplace: ReadonlySet<string>,
  page: { readonly mediaType: MediaType; readonly askedSlot: string | null },
): Placement {
  if (submission.isStack) return TRAY;
  const pageIn = new Map(pages.map((present) => [present.slot, present]));
  const wanted = new Set(Object.keys(submission.retakeSlots));
  const freeOrWanted = (key: string): Placement | null => {
    const present = pageIn.get(key);
    if (present === undefined) return { slot: key, replacesPageId: null };
    return wanted.has(key) && toReplace.has(present.id) ? { slot: key, replacesPageId: present.id } : null;
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

/** A page of one import that was placed by itself and that nobody has touched since. */
export interface FollowingPage {
  readonly id: string;
  readonly mediaType: MediaType;
  /** Where it went when it was captured; null: the tray. */
  readonly firstSlot: string | null;
  /** It is no page of a customer, so it lies in the tray. */
  readonly isAside: boolean;
}

/**
 * The places of pages that follow each other in one import when those that are no pages of a customer do not count: the others close
 * up, in the order in which they came, into what these pages had among them. No other slot is filled, for somebody may have emptied it.
 * Depends on what the pages are only, never on the order in which that was found out. Pure.
 * @param taken slots in which other pages lie
 */
export function closeUp(
  slots: readonly Slot[],
  taken: ReadonlySet<string | null>,
  pages: readonly FollowingPage[],
): Map<string, string | null> {
  const own = new Set(pages.map(({ firstSlot }) => firstSlot));
  const open = [
    ...slots.filter(({ isOptional }) => !isOptional),
    ...slots.filter(({ isOptional }) => isOptional),
  ].filter(({ key }) => own.has(key) && !taken.has(key));
  return new Map(
    pages.map(({ id, mediaType, isAside }) => {
      const at = isAside ? -1 : open.findIndex(({ documentType }) => fits(documentType, mediaType));
      const [slot] = at === -1 ? [] : open.splice(at, 1);
      return [id, slot?.key ?? null];
    }),
  );
}
