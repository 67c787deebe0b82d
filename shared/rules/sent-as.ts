import { isIdentitySlot } from '../domain/index.ts';

/** Persona's 15 MB for a photo of an identity document; also the code of its sentence. */
export const SMALLER_RULE = 'persona.sentSmaller';
/** Persona's images only for photos of identity documents; also the code of its sentence. */
export const PICTURE_RULE = 'persona.sentAsPicture';

/**
 * A PDF by itself, of a file in which something stands before or behind it, or in which it does not begin or end as it should: every
 * provider names PDF as a type that it takes, and none says that it looks for one within a file. Also the code of its sentence.
 */
export const ALONE_RULE = 'pdf.sentAlone';

/** No encrypted files, of the providers that refuse them; also the codes of their sentences. */
export const UNLOCKED_RULES = { personr: 'personr.sentUnlocked', sumsub: 'sumsub.sentUnlocked' } as const;

/** Whether a rendition that `rule` wanted is sent from slots for identity documents only. */
export function isForIdentityOnly(rule: string): boolean {
  return rule === SMALLER_RULE || rule === PICTURE_RULE;
}

/** Whether a rendition that `rule` wanted is what is sent of a page in this slot; elsewhere the original is. */
export function isSentInstead(rule: string, slot: string | null): boolean {
  return !isForIdentityOnly(rule) || isIdentitySlot(slot);
}
