import type { MediaType, ProviderId, RenditionType } from '../domain/index.ts';
import { PERSONA_MEDIA_TYPES } from './persona.ts';
import { PERSONR_MEDIA_TYPES } from './personr.ts';

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
 * is, since providers refuse edited images and the original is always the better one. Several sheets become one PDF.
 */
export function renditionFor(
  provider: ProviderId,
  page: { readonly mediaType: MediaType; readonly sheetCount: number | null },
): WantedRendition | null {
  if (TAKEN[provider].has(page.mediaType)) return null;
  return { rule: `${provider}.sentAs`, mediaType: (page.sheetCount ?? 1) > 1 ? 'application/pdf' : 'image/jpeg' };
}
