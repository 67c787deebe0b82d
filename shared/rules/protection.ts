import type { Finding, ProviderId } from '../domain/index.ts';
import { finding, placeOf } from './place.ts';
import type { ProviderRules } from './provider-rules.ts';
import { UNLOCKED_RULES } from './sent-as.ts';
import { PROTECTED_RULE } from './types.ts';
import type { RulePage, SizedPage } from './types.ts';

/** Encrypted PDFs that would be sent as they are, under the provider's own rule. */
export function protectionFindings(
  provider: ProviderId,
  severity: Finding['severity'],
  pages: readonly RulePage[],
): Finding[] {
  return pages
    .filter(({ slot, mediaType, facts }) => {
      const isPdf = slot !== null && mediaType === 'application/pdf';
      return isPdf && facts.some(({ rule }) => rule === PROTECTED_RULE);
    })
    .map((page) => finding(`${provider}.file.encrypted`, severity, placeOf(page), { file: page.fileName }));
}

/**
 * A picture of the one sheet of an encrypted PDF, as printing and scanning it would give, for a provider that refuses encrypted files
 * and takes pictures in every slot. Of several sheets somebody must make a file that is not encrypted.
 */
export function unlockedForm(
  provider: keyof typeof UNLOCKED_RULES,
  { isProtected, sheetCount }: SizedPage,
): ReturnType<ProviderRules['wantsInstead']> {
  return isProtected && sheetCount === 1 ? { rule: UNLOCKED_RULES[provider], mediaType: 'image/jpeg' } : null;
}
