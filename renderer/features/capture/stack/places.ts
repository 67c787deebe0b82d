import { DocumentType, Side } from '../../../../shared/domain/index.ts';
import type { StackPageView } from '../../../../shared/domain/index.ts';
import type { useText } from '../../../i18n/index.ts';
import { slotName } from '../names.ts';

type Texts = ReturnType<typeof useText>;

/** What the page would be: its slot, or why it goes to nobody. */
export function placeText({ place }: StackPageView, t: Texts): string {
  if (place.kind === 'tray') return t(`stack.why.${place.why}`);
  const [, documentType, side] = place.slot?.split('/') ?? [];
  const slot = { documentType: DocumentType.safeParse(documentType).data, side: Side.safeParse(side).data };
  if (slot.documentType === undefined || slot.side === undefined) return t('stack.noSlot');
  return slotName({ documentType: slot.documentType, side: slot.side }, t);
}

/** Why a customer begins with this page; null for the others. */
export function reasonText({ place }: StackPageView, t: Texts): string | null {
  return place.kind === 'tray' || place.reason === null ? null : t(`stack.reason.${place.reason}`);
}
