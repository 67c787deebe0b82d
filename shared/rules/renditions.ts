import type { ProviderId } from '../domain/index.ts';
import { PROVIDER_RULES } from './providers.ts';
import type { SizedPage, WantedRendition } from './types.ts';

/**
 * Whether a page must be sent in another form than its own, and in which: null for everything that the provider takes as it
 * is, since providers refuse edited images and the original is always the better one. Several sheets become one PDF.
 */
export function renditionFor(provider: ProviderId, page: SizedPage): WantedRendition | null {
  const { mediaTypes, wantsInstead } = PROVIDER_RULES[provider];
  if (mediaTypes.has(page.mediaType)) return wantsInstead(page);
  return { rule: `${provider}.sentAs`, mediaType: (page.sheetCount ?? 1) > 1 ? 'application/pdf' : 'image/jpeg' };
}
