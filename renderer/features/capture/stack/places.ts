import { slotParts } from '../../../../shared/domain/index.ts';
import type { StackPageView } from '../../../../shared/domain/index.ts';
import type { useText } from '../../../i18n/index.ts';
import { slotName } from '../names.ts';

type Texts = ReturnType<typeof useText>;

/** What the page would be: its slot, or why it goes to nobody. */
export function placeText({ place }: StackPageView, t: Texts): string {
  if (place.kind === 'tray') return t(`stack.why.${place.why}`);
  const slot = slotParts(place.slot);
  return slot === null ? t('stack.noSlot') : slotName(slot, t);
}

/** Why a customer begins with this page; null for the others. */
export function reasonText({ place }: StackPageView, t: Texts): string | null {
  return place.kind === 'tray' || place.reason === null ? null : t(`stack.reason.${place.reason}`);
}
