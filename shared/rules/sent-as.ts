import { isIdentitySlot } from '../domain/index.ts';

/** Persona's 15 MB for a photo of an identity document; also the code of its sentence. */
export const SMALLER_RULE = 'persona.sentSmaller';
/** Persona's images only for photos of identity documents; also the code of its sentence. */
export const PICTURE_RULE = 'persona.sentAsPicture';

/** No encrypted files, of the providers that refuse them; also the codes of their sentences. */
export const UNLOCKED_RULES = { personr: 'personr.sentUnlocked', sumsub: 'sumsub.sentUnlocked' } as const;

const FOR_IDENTITY: ReadonlySet<string> = new Set([SMALLER_RULE, PICTURE_RULE]);

/** Whether a rendition that `rule` wanted is what is sent of a page in this slot; elsewhere the original is. */
export function isSentInstead(rule: string, slot: string | null): boolean {
  return !FOR_IDENTITY.has(rule) || isIdentitySlot(slot);
}
