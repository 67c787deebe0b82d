import type { SlotView } from '../../../shared/domain/index.ts';
import type { useText } from '../../i18n/index.ts';
import type { Station } from './stations.ts';

/** `ID card, front`; a document with one side is only named by its type. */
export function slotName(slot: Pick<SlotView, 'documentType' | 'side'>, t: ReturnType<typeof useText>): string {
  const document = t(`document.${slot.documentType}`);
  if (slot.side === 'single') return document;
  return t('capture.slotNamed', { document, side: t(`sideWithin.${slot.side}`) });
}

/** What a place on the way through a customer is called. */
export function stationName({ slot }: Pick<Station, 'slot'>, t: ReturnType<typeof useText>): string {
  return slot === null ? t('capture.tray') : slotName(slot, t);
}
