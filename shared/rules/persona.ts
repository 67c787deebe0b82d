import { IDENTITY_DOCUMENTS, isIdentitySlot } from '../domain/index.ts';
import type { Finding, Flow } from '../domain/index.ts';
import { sameBytes, subjectFindings } from './common.ts';
import { missingCountryFindings } from './missing-country.ts';
import { otherCountryFindings } from './other-country.ts';
import { finding, isOfOtherForm, placeOf } from './place.ts';
import { protectionFindings } from './protection.ts';
import type { ProviderRules } from './provider-rules.ts';
import { colourFindings } from './quality.ts';
import { PICTURE_RULE, SMALLER_RULE } from './sent-as.ts';
import type { PreflightInput, RulePage, SizedPage } from './types.ts';

/**
 * Persona states no list for generic documents; these are the ones in its examples, and its web pages show. TIFF and WebP are
 * in none of them, so they are not sent.
 */
const MEDIA_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'application/pdf']);

/** Persona's specification of photos of government ids: images of 10 KB to 15 MB each. */
const IDENTITY_MIN_BYTES = 10_000;
const IDENTITY_MAX_BYTES = 15_000_000;

/** Whether identity documents are sent as photos of government ids, and not as generic documents. */
function takesPhotos({ route }: Flow): boolean {
  return (route?.['by'] ?? 'documents') !== 'documents';
}

/** A PDF in the place of a photo of which no picture is sent: it has several sheets, or none could be made. */
function photoFindings(page: RulePage): Finding[] {
  if (page.mediaType !== 'application/pdf' || !page.isInspected) return [];
  const sheets = page.sheetCount ?? 1;
  return sheets > 1
    ? [finding('persona.photo.severalSheets', 'blocking', placeOf(page), { file: page.fileName, sheets })]
    : [finding('persona.photo.wanted', 'blocking', placeOf(page), { file: page.fileName })];
}

/**
 * Persona's own rules, offline:
 * - the files of a generic document are images or PDFs (its specification of `POST /document/generics`), see above;
 * - images only, 10 KB to 15 MB, and a country are stated for photos of government ids. Under a flow that sends identity
 *   documents as such (an inquiry, a transaction) what breaks this stops; a flow that sends generic documents, for which
 *   no limit is stated, only warns. That country is the document's, so one that the document itself does not name gets a warning;
 * - it says nothing of encrypted files, so one only warns;
 * - none of the checks it names is about colour, so a picture in black and white is only mentioned.
 */
function findingsOf(input: PreflightInput): Finding[] {
  const findings = subjectFindings(input, []);
  const isForPhotos = takesPhotos(input.flow);
  const size = isForPhotos ? 'blocking' : 'warning';
  if (isForPhotos) {
    findings.push(...missingCountryFindings(input, 'persona.country.missing', (type) => IDENTITY_DOCUMENTS.has(type)));
    findings.push(...otherCountryFindings(input, 'persona.country.differs'));
  }
  for (const page of input.pages) {
    if (page.slot === null) continue;
    const isImage = page.mediaType.startsWith('image/');
    if (isOfOtherForm(page, MEDIA_TYPES)) {
      findings.push(finding('persona.file.type', 'blocking', placeOf(page), { file: page.fileName }));
    }
    if (!isIdentitySlot(page.slot)) continue;
    if (isForPhotos) findings.push(...photoFindings(page));
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
  findings.push(...protectionFindings('persona', 'warning', input.pages));
  findings.push(...colourFindings('persona', 'info', input.pages));
  for (const [page, other] of sameBytes(input.pages)) {
    findings.push(finding('page.sameBytes', 'warning', placeOf(page), { file: page.fileName, other: other.fileName }));
  }
  return findings;
}

/**
 * What an identity document is sent as, wherever its page lies now, because pages are moved. Where photos of government ids are
 * wanted: a picture of a PDF's one sheet, and a smaller one of a JPEG that is too large. A scanner's PNG above that size gets a JPEG
 * under every flow, which loses nothing that anybody sees; a JPEG does not, for a generic document has no limit that is stated.
 */
function photoForm(
  { mediaType, byteLength, sheetCount }: SizedPage,
  flow: Flow,
): ReturnType<ProviderRules['wantsInstead']> {
  if (mediaType === 'application/pdf') {
    return takesPhotos(flow) && sheetCount === 1 ? { rule: PICTURE_RULE, mediaType: 'image/jpeg' } : null;
  }
  const isLimited = mediaType === 'image/png' || takesPhotos(flow);
  return isLimited && byteLength > IDENTITY_MAX_BYTES ? { rule: SMALLER_RULE, mediaType: 'image/jpeg' } : null;
}

export const personaRules: ProviderRules = {
  findings: findingsOf,
  mediaTypes: MEDIA_TYPES,
  wantsInstead: photoForm,
  pictureMaxBytes: IDENTITY_MAX_BYTES,
  neverOverridden: ['persona.country.missing', 'persona.photo.wanted', 'persona.photo.severalSheets'],
};
