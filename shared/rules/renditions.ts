import type { MediaType, ProviderId, RenditionType } from '../domain/index.ts';
import { IDENTITY_MAX_BYTES, PERSONA_MEDIA_TYPES } from './persona.ts';
import { PERSONR_MEDIA_TYPES } from './personr.ts';
import { SMALLER_RULE } from './sent-as.ts';

/** A form that a provider's rule wants in place of the original's. */
export interface WantedRendition {
  /** The rule, e.g. `personr.sentAs`; also the code of its sentence. */
  readonly rule: string;
  readonly mediaType: RenditionType;
}

const TAKEN: Readonly<Record<ProviderId, ReadonlySet<string>>> = {
  persona: PERSONA_MEDIA_TYPES,
  personr: PERSONR_MEDIA_TYPES,
};

/**
 * Whether a page must be sent in another form than its own, and in which: null for everything that the provider takes as it
 * is, since providers refuse edited images and the original is always the better one. Several sheets become one PDF. A PNG of a
 * scanner that is larger than Persona takes of an identity document gets a JPEG of the same pixels, wherever it lies: pages are moved.
 */
export function renditionFor(
  provider: ProviderId,
  page: { readonly mediaType: MediaType; readonly sheetCount: number | null; readonly byteLength: number },
): WantedRendition | null {
  if (TAKEN[provider].has(page.mediaType)) {
    const isTooLarge = provider === 'persona' && page.mediaType === 'image/png' && page.byteLength > IDENTITY_MAX_BYTES;
    return isTooLarge ? { rule: SMALLER_RULE, mediaType: 'image/jpeg' } : null;
  }
  return { rule: `${provider}.sentAs`, mediaType: (page.sheetCount ?? 1) > 1 ? 'application/pdf' : 'image/jpeg' };
}
