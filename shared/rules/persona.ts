import { IDENTITY_DOCUMENTS, isIdentitySlot } from '../domain/index.ts';
import type { Finding } from '../domain/index.ts';
import { sameBytes, subjectFindings } from './common.ts';
import { missingCountryFindings } from './missing-country.ts';
import { finding, placeOf } from './place.ts';
import type { ProviderRules } from './provider-rules.ts';
import { colourFindings } from './quality.ts';
import { SMALLER_RULE } from './sent-as.ts';
import type { PreflightInput, SizedPage, WantedRendition } from './types.ts';

/**
 * Persona states no list for generic documents; these are the ones in its examples, and its web pages show. TIFF and WebP are
 * in none of them, so they are not sent.
 */
const MEDIA_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'application/pdf']);

/** Persona's specification of photos of government ids: images of 10 KB to 15 MB each. */
const IDENTITY_MIN_BYTES = 10_000;
const IDENTITY_MAX_BYTES = 15_000_000;

/**
 * Persona's own rules, offline:
 * - the files of a generic document are images or PDFs (its specification of `POST /document/generics`), see above;
 * - images only, 10 KB to 15 MB, and a country are stated for photos of government ids. Under a flow that sends identity
 *   documents as such (an inquiry, a transaction) what breaks this stops; a flow that sends generic documents, for which
 *   no limit is stated, only warns;
 * - none of the checks it names is about colour, so a picture in black and white is only mentioned.
 */
function findingsOf(input: PreflightInput): Finding[] {
  const findings = subjectFindings(input, []);
  const takesPhotos = (input.flow.route?.['by'] ?? 'documents') !== 'documents';
  const size = takesPhotos ? 'blocking' : 'warning';
  if (takesPhotos) {
    findings.push(...missingCountryFindings(input, 'persona.country.missing', (type) => IDENTITY_DOCUMENTS.has(type)));
  }
  for (const page of input.pages) {
    if (page.slot === null) continue;
    const isImage = page.mediaType.startsWith('image/');
    if (!MEDIA_TYPES.has(page.mediaType)) {
      findings.push(finding('persona.file.type', 'blocking', placeOf(page), { file: page.fileName }));
    }
    if (!isIdentitySlot(page.slot)) continue;
    if (page.mediaType === 'application/pdf' && takesPhotos) {
      findings.push(finding('persona.photo.wanted', 'blocking', placeOf(page), { file: page.fileName }));
    }
    if (!isImage) continue;
    if (page.byteLength < IDENTITY_MIN_BYTES) {
      findings.push(
        finding('persona.file.tooSmall', size, placeOf(page), {
          file: page.fileName,
          kilobytes: Math.max(1, Math.floor(page.byteLength / 1000)),
          limitKilobytes: IDENTITY_MIN_BYTES / 1000,
        }),
      );
    }
    if (page.byteLength > IDENTITY_MAX_BYTES) {
      findings.push(
        finding('persona.file.tooLarge', size, placeOf(page), {
          file: page.fileName,
          megabytes: Math.ceil(page.byteLength / 1_000_000),
          limitMegabytes: IDENTITY_MAX_BYTES / 1_000_000,
        }),
      );
    }
  }
  findings.push(...colourFindings('persona', 'info', input.pages));
  for (const [page, other] of sameBytes(input.pages)) {
    findings.push(finding('page.sameBytes', 'warning', placeOf(page), { file: page.fileName, other: other.fileName }));
  }
  return findings;
}

/** A PNG of a scanner that is too large for an identity document gets a JPEG of the same pixels, wherever it lies: pages are moved. */
function smallerForm({ mediaType, byteLength }: SizedPage): WantedRendition | null {
  if (mediaType !== 'image/png' || byteLength <= IDENTITY_MAX_BYTES) return null;
  return { rule: SMALLER_RULE, mediaType: 'image/jpeg' };
}

export const personaRules: ProviderRules = {
  findings: findingsOf,
  mediaTypes: MEDIA_TYPES,
  wantsInstead: smallerForm,
  neverOverridden: ['persona.country.missing', 'persona.photo.wanted'],
};
