import { isForEntity, nameParams, PERSONR_DOC_TYPE } from '../domain/index.ts';
import type { Finding } from '../domain/index.ts';
import { sameBytes, subjectFindings } from './common.ts';
import { missingCountryFindings } from './missing-country.ts';
import { otherCountryFindings } from './other-country.ts';
import { finding, isOfOtherForm, placeOf } from './place.ts';
import { protectionFindings, unlockedForm } from './protection.ts';
import type { ProviderRules } from './provider-rules.ts';
import { colourFindings } from './quality.ts';
import { begunSlots } from './slots.ts';
import type { PreflightInput } from './types.ts';

/** Personr, "Uploading documents": .jpg .jpeg .png .pdf. */
const MEDIA_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'application/pdf']);

/** Personr states no limit; its engine (Sumsub) refuses more than 64 MB with error 1002. Inferred, so it only warns. */
const LIKELY_MAX_BYTES = 64 * 1000 * 1000;

/**
 * Personr's own rules, offline:
 * - creating an applicant needs e-mail and phone ("Creating an applicant"); creating an entity its name, its number in the register
 *   and its country ("Creating an entity");
 * - every upload needs `docCountryISO`, ISO 3166-1 alpha-3 ("Uploading documents"), the selfie included; an entity's documents have none;
 * - its words for a person's documents are in capital letters (`docType`, "Uploading documents"); a flow of before this was looked at may
 *   have another word, which no upload can carry, so the customer is not even begun there;
 * - a person's document in black and white comes back for another try (its label `BLACK_AND_WHITE`);
 * - that country is the document's, so one that the document itself does not name gets a warning;
 * - an encrypted PDF is refused (Sumsub error 1011, encrypted-file; inferred for Personr);
 * - the same bytes twice are refused as a duplicate (Sumsub error 1000, `sameSides`; inferred for Personr).
 */
function findingsOf(input: PreflightInput): Finding[] {
  const findings = subjectFindings(
    input,
    isForEntity(input.flow) ? ['companyName', 'registrationNumber', 'country'] : ['email', 'phone'],
  );
  if (!isForEntity(input.flow)) {
    findings.push(...missingCountryFindings(input, 'personr.country.missing', () => true));
    findings.push(...otherCountryFindings(input, 'personr.country.differs'));
    findings.push(...colourFindings('personr', 'warning', input.pages));
    findings.push(...wordFindings(input));
  }
  for (const page of input.pages) {
    if (page.slot === null) continue;
    const file = { file: page.fileName };
    if (isOfOtherForm(page, MEDIA_TYPES)) {
      findings.push(finding('personr.file.type', 'blocking', placeOf(page), file));
    }
    if (page.byteLength > LIKELY_MAX_BYTES) {
      findings.push(
        finding('personr.file.tooLarge', 'warning', placeOf(page), {
          ...file,
          megabytes: Math.ceil(page.byteLength / 1_000_000),
          limitMegabytes: LIKELY_MAX_BYTES / 1_000_000,
        }),
      );
    }
  }
  findings.push(...protectionFindings('personr', 'blocking', input.pages));
  for (const [page, other] of sameBytes(input.pages)) {
    findings.push(
      finding('personr.page.sameBytes', 'blocking', placeOf(page), { file: page.fileName, other: other.fileName }),
    );
  }
  return findings;
}

function wordFindings(input: PreflightInput): Finding[] {
  return begunSlots(input).flatMap((slot) => {
    const requirement = input.flow.requirements.find(({ id }) => id === slot.requirementId);
    const type = requirement?.accepts.find(({ documentType }) => documentType === slot.documentType)?.providerType;
    // One in small letters goes in capitals.
    if (type === undefined || PERSONR_DOC_TYPE.test(type.toUpperCase())) return [];
    const params = { ...nameParams('requirement', slot.requirementLabel, slot.requirementLabelKey), type };
    return [finding('personr.document.word', 'blocking', { slot: slot.key }, params)];
  });
}

export const personrRules: ProviderRules = {
  findings: findingsOf,
  mediaTypes: MEDIA_TYPES,
  wantsInstead: (page) => unlockedForm('personr', page),
  pictureMaxBytes: LIKELY_MAX_BYTES,
  neverOverridden: ['personr.country.missing', 'personr.document.word'],
};
