import type { Finding } from '../domain/index.ts';
import { sameBytes, subjectFindings } from './common.ts';
import { missingCountryFindings } from './missing-country.ts';
import { otherCountryFindings } from './other-country.ts';
import { finding, isOfOtherForm, placeOf } from './place.ts';
import { protectionFindings, unlockedForm } from './protection.ts';
import type { ProviderRules } from './provider-rules.ts';
import { colourFindings } from './quality.ts';
import type { PreflightInput } from './types.ts';

/** Its error 1005 (unsupported-file-format) names TIFF as one it does not take; these three are in its public examples. */
const MEDIA_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'application/pdf']);

/** Error 1002 (file-too-big): more than 64 MB. */
const MAX_BYTES = 64 * 1000 * 1000;

/**
 * The file itself, by the error that it would be refused with. An empty one is no page, and a PDF that asks for a password is
 * stopped for every provider (`pdf.encrypted`).
 */
function fileFindings(input: PreflightInput): Finding[] {
  return input.pages.flatMap((page) => {
    if (page.slot === null) return [];
    const findings: Finding[] = [];
    const file = { file: page.fileName };
    if (isOfOtherForm(page, MEDIA_TYPES)) findings.push(finding('sumsub.file.type', 'blocking', placeOf(page), file));
    if (page.byteLength > MAX_BYTES) {
      const sizes = { megabytes: Math.ceil(page.byteLength / 1_000_000), limitMegabytes: MAX_BYTES / 1_000_000 };
      findings.push(finding('sumsub.file.tooLarge', 'blocking', placeOf(page), { ...file, ...sizes }));
    }
    return findings;
  });
}

/**
 * Sumsub's own rules, offline:
 * - every upload needs the document's country, alpha-3 ("Add verification documents"), the selfie included, and no other than the
 *   document names (its fast-fail check `differentDocTypeOrCountry`);
 * - type and size of the files;
 * - a document in black and white comes back for another try (its label `BLACK_AND_WHITE`);
 * - the same bytes twice are refused (error 1000, duplicate-document: "exact equality").
 */
function findingsOf(input: PreflightInput): Finding[] {
  return [
    ...subjectFindings(input, []),
    ...missingCountryFindings(input, 'sumsub.country.missing', () => true),
    ...otherCountryFindings(input, 'sumsub.country.differs'),
    ...fileFindings(input),
    // Error 1011: encrypted-file.
    ...protectionFindings('sumsub', 'blocking', input.pages),
    ...colourFindings('sumsub', 'warning', input.pages),
    ...sameBytes(input.pages).map(([page, other]) => {
      const names = { file: page.fileName, other: other.fileName };
      return finding('sumsub.page.sameBytes', 'blocking', placeOf(page), names);
    }),
  ];
}

export const sumsubRules: ProviderRules = {
  findings: findingsOf,
  mediaTypes: MEDIA_TYPES,
  wantsInstead: (page) => unlockedForm('sumsub', page),
  pictureMaxBytes: MAX_BYTES,
  neverOverridden: ['sumsub.country.missing'],
};
