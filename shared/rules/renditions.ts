import type { Flow, ProviderId } from '../domain/index.ts';
import type { ProviderRules } from './provider-rules.ts';
import { PROVIDER_RULES } from './providers.ts';
import { leastScaleOf } from './quality.ts';
import { ALONE_RULE, isForIdentityOnly } from './sent-as.ts';
import type { SizedPage, WantedRendition } from './types.ts';

type Instead = ReturnType<ProviderRules['wantsInstead']>;

/** Of a PDF with something before or behind it: what is wanted in one kind of slot only goes from every slot, so that the file never does. */
function asAlone(wanted: Instead): Instead {
  if (wanted === null) return { rule: ALONE_RULE, mediaType: 'application/pdf' };
  return isForIdentityOnly(wanted.rule) ? { ...wanted, rule: ALONE_RULE } : wanted;
}

/**
 * Whether a page must be sent in another form than its own, and in which: null for everything that the provider takes as it
 * is, since providers refuse edited images and the original is always the better one. Several sheets become one PDF.
 */
export function renditionFor(provider: ProviderId, page: SizedPage, flow: Flow): WantedRendition | null {
  const { mediaTypes, wantsInstead, pictureMaxBytes: maxBytes } = PROVIDER_RULES[provider];
  const limit = { maxBytes, leastScale: leastScaleOf(page) };
  if (mediaTypes.has(page.mediaType)) {
    const wanted = page.isSurrounded ? asAlone(wantsInstead(page, flow)) : wantsInstead(page, flow);
    return wanted && { ...wanted, limit: wanted.mediaType === 'image/jpeg' ? limit : null };
  }
  const rule = `${provider}.sentAs`;
  if ((page.sheetCount ?? 1) > 1) return { rule, mediaType: 'application/pdf', limit: null };
  return { rule, mediaType: 'image/jpeg', limit };
}
