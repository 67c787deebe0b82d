import { z } from 'zod';
import type { SubjectField } from '../../../shared/domain/index.ts';
import type { PlanInput } from '../port.ts';
import {
  AddedOwner,
  CreateResult,
  FollowResult,
  PERSONR_CREATE,
  PERSONR_ENTITY_CREATE,
  PERSONR_ENTITY_FOLLOW,
  PERSONR_ENTITY_OWNER,
  PERSONR_ENTITY_START,
  PERSONR_FOLLOW,
  PERSONR_START,
  PERSONR_UPLOAD,
  UploadResult,
  UploadedType,
} from './payloads.ts';
import { isCreate } from './state.ts';

/** What the earlier operations of a submission say about its record at Personr. */
export interface Earlier {
  /** An earlier release made the applicant (or entity), or a person said so. */
  readonly hasApplicant: boolean;
  /** Null also when only a person's word says that there is one. */
  readonly applicantId: string | null;
  /** Images in use that Personr acknowledged, by `docType`. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly ownerSubmissionIds: ReadonlySet<string>;
  /** Checks that were started, by a start call or by the customer through a link. */
  readonly checks: number;
  readonly reviewedAtMs: number | null;
  /** The last check has been decided. */
  readonly isDecided: boolean;
}

const FollowedCheck = z.object({ check: z.number() });

export function readEarlier(earlier: PlanInput['earlier']): Earlier {
  let hasApplicant = false;
  let applicantId: string | null = null;
  let checks = 0;
  let reviews = 0;
  let reviewedAtMs: number | null = null;
  const acknowledged = new Map<string, number>();
  const ownerSubmissionIds = new Set<string>();
  for (const { kind, payload, result } of earlier) {
    if (isCreate(kind)) {
      hasApplicant = true;
      applicantId = CreateResult.safeParse(result).data?.applicantId ?? applicantId;
    } else if (kind === PERSONR_UPLOAD) {
      const docType = UploadedType.safeParse(payload).data?.docType;
      if (docType === undefined) continue;
      acknowledged.set(docType, withAcknowledged(acknowledged.get(docType) ?? 0, result));
    } else if (kind === PERSONR_ENTITY_OWNER) {
      const owner = AddedOwner.safeParse(payload).data;
      if (owner !== undefined) ownerSubmissionIds.add(owner.ownerSubmissionId);
    } else if (kind === PERSONR_START || kind === PERSONR_ENTITY_START) {
      checks += 1;
    } else if (kind === PERSONR_FOLLOW || kind === PERSONR_ENTITY_FOLLOW) {
      const followed = FollowResult.safeParse(result).data;
      if (followed?.isUnused === true) continue;
      reviews += 1;
      if (followed !== undefined) reviewedAtMs = followed.reviewedAtMs;
      // A check that the customer started through a link has no start of ours, only a follow.
      checks = Math.max(checks, FollowedCheck.safeParse(payload).data?.check ?? 0);
    }
  }
  const isDecided = reviews >= checks;
  return { hasApplicant, applicantId, acknowledged, ownerSubmissionIds, checks, reviewedAtMs, isDecided };
}

/** How many images of its type are in use after an upload, with `count` before it; what the status named is believed more. */
export function withAcknowledged(count: number, result: unknown): number {
  const { listedBefore = count, isKept = false } = UploadResult.safeParse(result).data ?? {};
  return isKept ? listedBefore : listedBefore + 1;
}

/** What a create was given. No other call takes these fields, so the record keeps them as they were. */
const HELD: ReadonlyMap<string, readonly SubjectField[]> = new Map<string, readonly SubjectField[]>([
  [PERSONR_CREATE, ['givenName', 'familyName', 'email', 'phone']],
  [PERSONR_ENTITY_CREATE, ['companyName', 'registrationNumber', 'country']],
]);

export function heldByPersonr(earlier: PlanInput['earlier']): readonly SubjectField[] {
  const create = earlier.find(({ kind, result }) => isCreate(kind) && CreateResult.safeParse(result).success);
  return HELD.get(create?.kind ?? '') ?? [];
}
