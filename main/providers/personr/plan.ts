import type { SubjectField } from '../../../shared/domain/index.ts';
import type { PlanDocument, PlanInput, PlanPage, PlannedOperation } from '../port.ts';
import {
  CreateResult,
  FollowResult,
  MAX_CHECKS,
  PERSONR_CREATE,
  PERSONR_FOLLOW,
  PERSONR_START,
  PERSONR_UPLOAD,
  UploadedType,
} from './payloads.ts';
import type { UploadPayload } from './payloads.ts';

/**
 * Applicant (once) → every page that Personr does not hold → one start → follow. The start needs every upload: an early
 * one is accepted, uses up one of five checks and cannot be undone.
 *
 * Uploads of one document type wait for each other, front before back. Personr returns no id and its status lists only
 * document types, so after a lost answer counting is the one way to tell, and counting needs an order.
 */
export function planPersonr(input: PlanInput): PlannedOperation[] {
  const known = readEarlier(input);
  if (known.checks >= MAX_CHECKS) return [];
  const uploads = planUploads(input.documents, known);
  if (uploads.length === 0 && known.checks > 0 && known.isDecided) return [];
  // Once made, an applicant is never made again: a second one would be a second customer.
  const needsApplicant = !known.hasApplicant;
  const check = {
    applicantId: known.applicantId,
    check: known.checks + 1,
    previousReviewMs: known.reviewedAtMs,
  };
  const start: PlannedOperation = {
    ref: 'start',
    kind: PERSONR_START,
    payload: check,
    needs: [...(needsApplicant ? ['applicant'] : []), ...uploads.map((upload) => upload.ref)],
    pageId: null,
    byteLength: 0,
  };
  return [
    ...(needsApplicant
      ? [
          {
            ref: 'applicant',
            kind: PERSONR_CREATE,
            payload: { flowName: input.flow.name },
            needs: [],
            pageId: null,
            byteLength: 0,
          },
        ]
      : []),
    ...uploads.map((upload) => (needsApplicant ? { ...upload, needs: ['applicant', ...upload.needs] } : upload)),
    start,
    {
      ref: 'follow',
      kind: PERSONR_FOLLOW,
      payload: {
        ...check,
        documents: input.documents.map((document) => ({
          requirementId: document.requirementId,
          documentType: document.documentType,
          docType: document.providerType,
          sides: document.pages.map((page) => page.side),
        })),
      },
      needs: [...(needsApplicant ? ['applicant'] : []), 'start'],
      pageId: null,
      byteLength: 0,
    },
  ];
}

/** What POST /api-applicant-create was given. No other call takes these fields, so an applicant keeps them as they were. */
export function heldByPersonr(earlier: PlanInput['earlier']): readonly SubjectField[] {
  const hasApplicant = earlier.some(
    ({ kind, result }) => kind === PERSONR_CREATE && CreateResult.safeParse(result).success,
  );
  return hasApplicant ? ['givenName', 'familyName', 'email', 'phone'] : [];
}

interface Known {
  /** An earlier release made the applicant, or a person said so. */
  readonly hasApplicant: boolean;
  /** Null also when only a person's word says that there is one. */
  readonly applicantId: string | null;
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly checks: number;
  readonly reviewedAtMs: number | null;
  /** The last check that was started has been decided. */
  readonly isDecided: boolean;
}

function readEarlier(input: PlanInput): Known {
  let hasApplicant = false;
  let applicantId: string | null = null;
  let checks = 0;
  let reviews = 0;
  let reviewedAtMs: number | null = null;
  const acknowledged = new Map<string, number>();
  for (const { kind, payload, result } of input.earlier) {
    if (kind === PERSONR_CREATE) {
      hasApplicant = true;
      const created = CreateResult.safeParse(result);
      if (created.success) applicantId = created.data.applicantId;
    } else if (kind === PERSONR_UPLOAD) {
      const uploaded = UploadedType.safeParse(payload);
      if (uploaded.success) {
        const { docType } = uploaded.data;
        acknowledged.set(docType, (acknowledged.get(docType) ?? 0) + 1);
      }
    } else if (kind === PERSONR_START) {
      checks += 1;
    } else if (kind === PERSONR_FOLLOW) {
      reviews += 1;
      const followed = FollowResult.safeParse(result);
      if (followed.success) reviewedAtMs = followed.data.reviewedAtMs;
    }
  }
  return { hasApplicant, applicantId, acknowledged, checks, reviewedAtMs, isDecided: reviews >= checks };
}

function planUploads(documents: readonly PlanDocument[], known: Known): PlannedOperation[] {
  const uploads: PlannedOperation[] = [];
  const refsByType = new Map<string, string[]>();
  // A selfie has no country of its own, but Personr wants one with every upload: that of an identity document.
  const anyCountry = documents.find((document) => document.country !== '')?.country ?? '';
  for (const document of documents) {
    for (const page of document.pages) {
      if (page.isDelivered) continue;
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
  }
  return uploads;
}

/** A document without a back is FRONT_SIDE; a selfie has no side at all. */
function subTypeOf(document: PlanDocument, page: PlanPage): 'FRONT_SIDE' | 'BACK_SIDE' | null {
  if (document.documentType === 'selfie' || document.providerType === 'SELFIE') return null;
  return page.side === 'back' ? 'BACK_SIDE' : 'FRONT_SIDE';
}
