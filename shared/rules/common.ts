import { IDENTITY_DOCUMENTS, endOfDay, isIdentitySlot, nameParams } from '../domain/index.ts';
import type { Finding, Flow } from '../domain/index.ts';
import { isCountry } from './countries.ts';
import { expiryFindings, isKeptExpiry } from './expiry.ts';
import { faceFindings } from './face.ts';
import { freshnessFindings } from './freshness.ts';
import { finding, placeOf } from './place.ts';
import { KIND_RULES, kindFindings } from './kind.ts';
import { SHORT_SIDE_PIXELS, qualityFindings, tellsResolution } from './quality.ts';
import { isSentInstead } from './sent-as.ts';
import { documentsOf, fits, slotsOf } from './slots.ts';
import { CHECK_WAITS_RULE, PROTECTED_RULE, SURROUNDED_RULE } from './types.ts';
import type { PageFact, PreflightInput, RulePage } from './types.ts';

/** Source: the flow (its requirements and required fields) and the provider's retake. */
function slotFindings(input: PreflightInput): Finding[] {
  const findings: Finding[] = [];
  const slots = slotsOf(input.flow, input.documents);
  const pageIn = new Map(input.pages.filter((page) => page.slot !== null).map((page) => [page.slot, page]));
  const begun = new Set(slots.filter((slot) => pageIn.has(slot.key)).map((slot) => slot.requirementId));
  for (const slot of slots) {
    const params = {
      ...nameParams('requirement', slot.requirementLabel, slot.requirementLabelKey),
      documentType: slot.documentType,
      side: slot.side,
    };
    const page = pageIn.get(slot.key);
    if (page === undefined) {
      if (!slot.isOptional) findings.push(finding('slot.empty', 'blocking', { slot: slot.key }, params));
      else if (begun.has(slot.requirementId)) {
        findings.push(finding('slot.otherSideEmpty', 'blocking', { slot: slot.key }, params));
      }
      continue;
    }
    if (input.retakeSlots.includes(slot.key) && (page.isDelivered || page.isRefused === true)) {
      findings.push(finding('slot.wantsRetake', 'blocking', { slot: slot.key, pageId: page.id }, params));
    }
    if (!fits(slot.documentType, page.mediaType)) {
      findings.push(finding('slot.needsPicture', 'blocking', placeOf(page), { file: page.fileName }));
    }
  }
  return findings;
}

/** Source: the flow's `requiredFields`, together with what the provider's own call cannot do without. */
export function subjectFindings(input: PreflightInput, providerFields: Flow['requiredFields']): Finding[] {
  const findings: Finding[] = [];
  for (const field of new Set([...input.flow.requiredFields, ...providerFields])) {
    if (input.subject[field] === '') findings.push(finding(`subject.missing.${field}`, 'blocking', { field }));
  }
  if (input.hasVoidedOwner === true) findings.push(finding('owner.voided', 'blocking', {}));
  const { birthDate, documentExpiryDate, country } = input.subject;
  if (birthDate !== '' && Date.parse(birthDate) > input.now) {
    findings.push(finding('subject.birthDateInFuture', 'blocking', { field: 'birthDate' }));
  }
  const documents = documentsOf(input.flow, input.documents);
  const hasIdentity = documents.some(({ documentType }) => IDENTITY_DOCUMENTS.has(documentType));
  if (documentExpiryDate !== '' && hasIdentity && endOfDay(documentExpiryDate) <= input.now) {
    findings.push(finding('subject.documentExpired', 'blocking', { field: 'documentExpiryDate' }));
  }
  if (country !== '' && !isCountry(country)) {
    findings.push(finding('country.unknown', 'blocking', { field: 'country' }, { country }));
  }
  const slots = slotsOf(input.flow, input.documents);
  for (const document of documents) {
    if (document.country !== '' && !isCountry(document.country)) {
      const slot = slots.find((candidate) => candidate.requirementId === document.requirementId);
      findings.push(
        finding('country.unknown', 'blocking', slot === undefined ? {} : { slot: slot.key }, {
          country: document.country,
        }),
      );
    }
  }
  return findings;
}

/** Whether a fact says something about the page where it lies. */
function matters({ rule }: PageFact, page: RulePage): boolean {
  // What a zone or a licence's code says does not matter elsewhere: a bill may lie over a passport.
  if (/^(mrz|licence)\./.test(rule)) return isIdentitySlot(page.slot) && !isKeptExpiry(rule, page);
  if (!isSentInstead(rule, page.slot)) return false;
  if (KIND_RULES.has(rule) || rule === PROTECTED_RULE || rule === SURROUNDED_RULE) return false;
  // In the tray is where a separator belongs.
  return rule !== 'page.separator' || page.slot !== null;
}

/** Source: the bytes themselves, looked at when the page came in and again by inspection. */
function pageFindings(input: PreflightInput): Finding[] {
  return input.pages.flatMap((page) => {
    const facts = page.facts.filter((fact) => matters(fact, page));
    const findings = facts.map((fact) =>
      finding(fact.rule, fact.severity, placeOf(page), { file: page.fileName, ...fact.params }),
    );
    const file = { file: page.fileName };
    const isWaiting = page.facts.some(({ rule }) => rule === CHECK_WAITS_RULE);
    if (!page.isInspected && !isWaiting) findings.push(finding('page.beingChecked', 'info', placeOf(page), file));
    if (page.duplicateReference === '') {
      findings.push(finding('page.duplicateUnnamed', 'warning', placeOf(page), file));
    } else if (page.duplicateReference !== null) {
      findings.push(
        finding('page.duplicate', 'warning', placeOf(page), { ...file, reference: page.duplicateReference }),
      );
    }
    findings.push(
      ...expiryFindings(page, input.now),
      ...kindFindings(page),
      ...qualityFindings(page),
      ...faceFindings(page),
    );
    if (page.slot === null) {
      findings.push(finding('page.inTray', 'warning', placeOf(page), file));
      return findings;
    }
    const isImage = page.mediaType !== 'application/pdf';
    if (isImage && page.widthPixels !== null && page.heightPixels !== null && !tellsResolution(page)) {
      const shortSide = Math.min(page.widthPixels, page.heightPixels);
      if (shortSide < SHORT_SIDE_PIXELS) {
        findings.push(
          finding('page.tooFewPixels', 'warning', placeOf(page), {
            ...file,
            width: page.widthPixels,
            height: page.heightPixels,
            wanted: SHORT_SIDE_PIXELS,
          }),
        );
      }
    }
    return findings;
  });
}

/** Pages in slots of one submission that have the same bytes as an earlier one of it: `[later, earlier]`. */
export function sameBytes(pages: readonly RulePage[]): [RulePage, RulePage][] {
  const first = new Map<string, RulePage>();
  const pairs: [RulePage, RulePage][] = [];
  for (const page of pages) {
    if (page.slot === null) continue;
    const earlier = first.get(page.sha256);
    if (earlier === undefined) first.set(page.sha256, page);
    else pairs.push([page, earlier]);
  }
  return pairs;
}

/**
 * Pages that look like another without having its bytes. Bills on one template look alike whoever gets them, and faces before one
 * wall do, so only identity documents are compared. Of one customer that is one side captured twice (Persona's
 * `id_double_side_detection`); of two a person decides.
 */
function alikeFindings({ pages }: PreflightInput): Finding[] {
  const names = new Map(pages.filter(({ slot }) => slot !== null).map(({ id, fileName }) => [id, fileName]));
  return pages.flatMap((page) => {
    const { alike, fileName: file } = page;
    if (alike === null || page.duplicateReference !== null || !isIdentitySlot(page.slot)) return [];
    const other = names.get(alike.pageId);
    if (other !== undefined) return [finding('page.sameImage', 'warning', placeOf(page), { file, other })];
    if (alike.isSameCustomer) return [];
    if (alike.reference === '') return [finding('page.alikeUnnamed', 'warning', placeOf(page), { file })];
    return [finding('page.alike', 'warning', placeOf(page), { file, reference: alike.reference })];
  });
}

/** What holds for every provider. */
export function commonFindings(input: PreflightInput): Finding[] {
  return [...slotFindings(input), ...pageFindings(input), ...freshnessFindings(input), ...alikeFindings(input)];
}
