import type { SubjectField } from '../../../shared/domain/index.ts';
import { small } from '../planned.ts';
import type { PlanDocument, PlanInput, PlanPage, PlannedOperation } from '../port.ts';
import { CreateResult, FollowResult, SUMSUB_CREATE, SUMSUB_FOLLOW, SUMSUB_START, SUMSUB_UPLOAD } from './payloads.ts';
import type { UploadPayload } from './payloads.ts';

/**
 * Applicant (once) → every page that Sumsub does not hold, in any order → one start → follow. Uploads need not wait for each
 * other: each image is known by its own name.
 */
export function planSumsub(input: PlanInput): PlannedOperation[] {
  const known = readEarlier(input);
  const uploads = planUploads(input.documents, known);
  if (uploads.length === 0 && known.checks > 0 && known.isDecided) return [];
  const create: PlannedOperation[] = known.hasApplicant
    ? []
    : [small('applicant', SUMSUB_CREATE, { levelName: input.flow.name }, [])];
  const applicant = create.map(({ ref }) => ref);
  const check = { applicantId: known.applicantId, check: known.checks + 1, previousReview: known.review };
  const documents = input.documents.map(({ requirementId, documentType, providerType, pages }) => ({
    requirementId,
    documentType,
    docType: providerType,
    sides: pages.map(({ side }) => side),
  }));
  return [
    ...create,
    ...uploads.map((upload) => ({ ...upload, needs: applicant })),
    small('start', SUMSUB_START, check, [...applicant, ...uploads.map(({ ref }) => ref)]),
    small('follow', SUMSUB_FOLLOW, { ...check, documents }, [...applicant, 'start']),
  ];
}

/** What POST /resources/applicants was given. No other call that is made takes these fields. */
export function heldBySumsub(earlier: PlanInput['earlier']): readonly SubjectField[] {
  const hasApplicant = earlier.some(
    ({ kind, result }) => kind === SUMSUB_CREATE && CreateResult.safeParse(result).success,
  );
  return hasApplicant ? ['givenName', 'familyName', 'birthDate', 'email', 'phone'] : [];
}

interface Known {
  /** An earlier release made the applicant. A second one would be a second customer. */
  readonly hasApplicant: boolean;
  readonly applicantId: string | null;
  readonly checks: number;
  readonly review: string | null;
  /** The last check that was started has been decided. */
  readonly isDecided: boolean;
}

function readEarlier(input: PlanInput): Known {
  let hasApplicant = false;
  let applicantId: string | null = null;
  let checks = 0;
  let reviews = 0;
  let review: string | null = null;
  for (const { kind, result } of input.earlier) {
    if (kind === SUMSUB_CREATE) {
      hasApplicant = true;
      applicantId = CreateResult.safeParse(result).data?.applicantId ?? applicantId;
    } else if (kind === SUMSUB_START) {
      checks += 1;
    } else if (kind === SUMSUB_FOLLOW) {
      reviews += 1;
      review = FollowResult.safeParse(result).data?.review ?? null;
    }
  }
  return { hasApplicant, applicantId, checks, review, isDecided: reviews >= checks };
}

function planUploads(documents: readonly PlanDocument[], known: Known): PlannedOperation[] {
  // A selfie has no country of its own, but Sumsub wants one with every upload: that of an identity document.
  const anyCountry = documents.find((document) => document.country !== '')?.country ?? '';
  return documents.flatMap((document) =>
    pagesToSend(document).map((page) => {
      const payload: UploadPayload = {
        applicantId: known.applicantId,
        pageId: page.pageId,
        documentId: document.documentId,
        requirementId: document.requirementId,
        idDocType: document.providerType,
        idDocSubType: subTypeOf(document, page),
        country: document.country === '' ? anyCountry : document.country,
        wasTaken: page.isDelivered,
      };
      const { pageId, byteLength } = page;
      return { ref: `upload:${pageId}`, kind: SUMSUB_UPLOAD, payload, needs: [], pageId, byteLength };
    }),
  );
}

/**
 * What is new, and the other side of the same document with it: Sumsub puts both sides out of use when it refuses one of them.
 * Where that has not happened, the upload of a side that was taken finds it there and sends nothing.
 */
function pagesToSend({ pages }: PlanDocument): readonly PlanPage[] {
  return pages.every(({ isDelivered }) => isDelivered) ? [] : pages;
}

/** A document without a back is FRONT_SIDE; a selfie has no side at all. */
function subTypeOf(document: PlanDocument, page: PlanPage): 'FRONT_SIDE' | 'BACK_SIDE' | null {
  if (document.documentType === 'selfie' || document.providerType === 'SELFIE') return null;
  return page.side === 'back' ? 'BACK_SIDE' : 'FRONT_SIDE';
}
