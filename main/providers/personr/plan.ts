import { isForEntity } from '../../../shared/domain/index.ts';
import { small } from '../planned.ts';
import type { PlanDocument, PlanInput, PlanPage, PlannedOperation } from '../port.ts';
import { readEarlier, type Earlier } from './earlier.ts';
import {
  MAX_CHECKS,
  PERSONR_CREATE,
  PERSONR_ENTITY_CREATE,
  PERSONR_ENTITY_FOLLOW,
  PERSONR_ENTITY_OWNER,
  PERSONR_ENTITY_START,
  PERSONR_ENTITY_UPLOAD,
  PERSONR_FOLLOW,
  PERSONR_START,
  PERSONR_UPLOAD,
  inCapitals,
  wantedBy,
} from './payloads.ts';
import type { PersonrKind, UploadPayload } from './payloads.ts';

/**
 * A person: applicant (once) → every page that Personr does not hold → one start → follow. A company: the same, and its owners are
 * linked to it before the start. The start needs everything else: an early one is accepted, uses up one of five checks and cannot be
 * undone.
 *
 * Uploads of one document type of a person wait for each other, front before back, and last what was taken before. Personr returns no
 * id and its status lists only document types, so after a lost answer counting is the one way to tell, and counting needs an order.
 * Of a company it lists nothing.
 */
export function planPersonr(input: PlanInput): PlannedOperation[] {
  const known = readEarlier(input.earlier);
  if (isForEntity(input.flow)) {
    return planRoad(input, known, ENTITY, [...planEntityUploads(input.documents, known), ...planOwners(input, known)]);
  }
  const documents = input.documents.map(inPersonrsWords);
  return planRoad({ ...input, documents }, known, APPLICANT, planUploads(documents, known));
}

/** A document of a person, its type as Personr writes it. */
export function inPersonrsWords(document: PlanDocument): PlanDocument {
  return { ...document, providerType: inCapitals(document.providerType) };
}

interface RoadKinds {
  readonly create: PersonrKind;
  readonly start: PersonrKind;
  readonly follow: PersonrKind;
}
const APPLICANT: RoadKinds = { create: PERSONR_CREATE, start: PERSONR_START, follow: PERSONR_FOLLOW };
const ENTITY: RoadKinds = { create: PERSONR_ENTITY_CREATE, start: PERSONR_ENTITY_START, follow: PERSONR_ENTITY_FOLLOW };

/** `parts`: what belongs to the record and must be there before the check starts. */
function planRoad(
  input: PlanInput,
  known: Earlier,
  kinds: RoadKinds,
  parts: readonly PlannedOperation[],
): PlannedOperation[] {
  if (known.checks >= MAX_CHECKS) return [];
  if (parts.length === 0 && known.checks > 0 && known.isDecided) return [];
  // Once made, an applicant is never made again: a second one would be a second customer.
  const record = known.hasApplicant ? [] : ['applicant'];
  const check = { applicantId: known.applicantId, check: known.checks + 1, previousReviewMs: known.reviewedAtMs };
  return [
    ...record.map((ref) =>
      small(ref, kinds.create, { flowName: input.flow.name, flowId: input.flow.id, wanted: wantedBy(input.flow) }, []),
    ),
    ...parts.map((part) => ({ ...part, needs: [...record, ...part.needs] })),
    small('start', kinds.start, check, [...record, ...parts.map(({ ref }) => ref)]),
    small('follow', kinds.follow, { ...check, documents: followed(input.documents) }, [...record, 'start']),
  ];
}

/** What a review may ask for again. */
export function followed(documents: readonly PlanDocument[]) {
  return documents.map((document) => ({
    requirementId: document.requirementId,
    documentType: document.documentType,
    docType: document.providerType,
    sides: document.pages.map((page) => page.side),
  }));
}

function planEntityUploads(documents: readonly PlanDocument[], known: Earlier): PlannedOperation[] {
  return documents.flatMap((document) =>
    document.pages
      .filter(({ isDelivered }) => !isDelivered)
      .map(({ pageId, byteLength }) => ({
        ref: `upload:${pageId}`,
        kind: PERSONR_ENTITY_UPLOAD,
        payload: {
          applicantId: known.applicantId,
          pageId,
          documentId: document.documentId,
          requirementId: document.requirementId,
          docSubType: document.providerType,
        },
        needs: [],
        pageId,
        byteLength,
      })),
  );
}

function planOwners({ owners = [] }: PlanInput, known: Earlier): PlannedOperation[] {
  return owners
    .filter(({ submissionId }) => !known.ownerSubmissionIds.has(submissionId))
    .map(({ submissionId, position }) =>
      small(
        `owner:${submissionId}`,
        PERSONR_ENTITY_OWNER,
        { applicantId: known.applicantId, ownerSubmissionId: submissionId, position },
        [],
      ),
    );
}

function planUploads(documents: readonly PlanDocument[], known: Earlier): PlannedOperation[] {
  const uploads: PlannedOperation[] = [];
  const refsByType = new Map<string, string[]>();
  // A selfie has no country of its own, but Personr wants one with every upload: that of an identity document.
  const anyCountry = documents.find((document) => document.country !== '')?.country ?? '';
  for (const [document, page] of pagesToSend(documents)) {
    const ref = `upload:${page.pageId}`;
    const before = refsByType.get(document.providerType) ?? [];
    const payload: UploadPayload = {
      applicantId: known.applicantId,
      pageId: page.pageId,
      documentId: document.documentId,
      requirementId: document.requirementId,
      docType: document.providerType,
      docSubType: subTypeOf(document, page),
      country: document.country === '' ? anyCountry : document.country,
      acknowledgedBefore: known.acknowledged.get(document.providerType) ?? 0,
      ...aboutOtherSide(document, page, documents, known),
    };
    uploads.push({
      ref,
      kind: PERSONR_UPLOAD,
      payload,
      needs: [...before],
      pageId: page.pageId,
      byteLength: page.byteLength,
    });
    refsByType.set(document.providerType, [...before, ref]);
  }
  return uploads;
}

/**
 * What is new, and then the other side of the same document: the engine behind Personr may put both out of use when it refuses one.
 * Only when the new one is there does the status prove that it names what is in use before a review.
 */
function pagesToSend(documents: readonly PlanDocument[]): (readonly [PlanDocument, PlanPage])[] {
  const incomplete = documents.filter(({ pages }) => pages.some(({ isDelivered }) => !isDelivered));
  const pages = incomplete.flatMap((document) => document.pages.map((page) => [document, page] as const));
  return [...pages.filter(([, page]) => !page.isDelivered), ...pages.filter(([, page]) => page.isDelivered)];
}

/** Both sides go out of use together, so one image of the type is enough; with a second document of the type, all must be there. */
function aboutOtherSide(
  { providerType, pages }: PlanDocument,
  page: PlanPage,
  documents: readonly PlanDocument[],
  known: Earlier,
): Pick<UploadPayload, 'looksFirst' | 'keptFrom'> {
  if (!page.isDelivered) return pages.some(({ isDelivered }) => isDelivered) ? { looksFirst: true } : {};
  const isOnly = documents.filter((document) => document.providerType === providerType).length === 1;
  return { keptFrom: isOnly ? 1 : Math.max(1, known.acknowledged.get(providerType) ?? 0) };
}

/** A document without a back is FRONT_SIDE; a selfie has no side at all. */
function subTypeOf(document: PlanDocument, page: PlanPage): 'FRONT_SIDE' | 'BACK_SIDE' | null {
  if (document.documentType === 'selfie' || document.providerType === 'SELFIE') return null;
  return page.side === 'back' ? 'BACK_SIDE' : 'FRONT_SIDE';
}
