/** How the practice server judges an applicant's images, at Personr and at the engine behind it alike. */

/** Types that prove an identity, and the sides each needs before a review can go well. */
const IDENTITY_SIDES: Readonly<Record<string, readonly string[]>> = {
  PASSPORT: ['FRONT_SIDE'],
  ID_CARD: ['FRONT_SIDE', 'BACK_SIDE'],
  DRIVERS: ['FRONT_SIDE', 'BACK_SIDE'],
  RESIDENCE_PERMIT: ['FRONT_SIDE'],
};

/** What a flow (at Sumsub: a level) wants before it can be reviewed. */
export interface Wanted {
  readonly identity: boolean;
  readonly selfie: boolean;
  readonly address: boolean;
}

/** The flows of the practice workspace and the levels of the practice account, by their exact names. */
export const PRACTICE_FLOW_NAMES: Readonly<Record<string, Wanted>> = {
  'Identity and selfie': { identity: true, selfie: true, address: false },
  Identity: { identity: true, selfie: false, address: false },
  'Proof of address': { identity: false, selfie: false, address: true },
};

/** An image in use, oldest first in a list. */
export interface JudgedImage {
  readonly docType: string;
  readonly docSubType: string | null;
  /** The decision asked for in its bytes, or null. */
  readonly decision: string | null;
}

export interface Review {
  /** `accept`, `retry`, `final`, `hold` or `status=<anything>`. */
  readonly outcome: string;
  readonly labels: readonly string[];
}

export function isIdentityType(docType: string): boolean {
  return Object.hasOwn(IDENTITY_SIDES, docType);
}

/** Judges the newest image of each side. `incomplete`: the label for something that is missing altogether. */
export function judge(
  images: readonly JudgedImage[],
  wanted: Wanted,
  { incomplete, addressTypes }: { readonly incomplete: string; readonly addressTypes: readonly string[] },
): Review {
  const identityType = images.findLast(({ docType }) => isIdentityType(docType))?.docType;
  const newest = new Map<string, JudgedImage>();
  for (const image of images) {
    const isOtherIdentity = isIdentityType(image.docType) && image.docType !== identityType;
    // A document without a back side is its front.
    if (!isOtherIdentity) newest.set(`${image.docType}/${image.docSubType ?? 'FRONT_SIDE'}`, image);
  }

  const labels: string[] = [];
  if (wanted.identity && identityType === undefined) labels.push(incomplete);
  if (wanted.identity && identityType !== undefined) {
    for (const side of IDENTITY_SIDES[identityType] ?? []) {
      if (!newest.has(`${identityType}/${side}`)) labels.push(`${side}_MISSING`);
    }
  }
  if (wanted.selfie && !newest.has('SELFIE/FRONT_SIDE')) labels.push(incomplete);
  if (wanted.address && !addressTypes.some((type) => newest.has(`${type}/FRONT_SIDE`))) labels.push(incomplete);
  return judgeMarked([...newest.values()], labels);
}

/** What the markers in the images decide, when nothing is `missing` already. */
export function judgeMarked(images: readonly Pick<JudgedImage, 'decision'>[], missing: readonly string[]): Review {
  const labels = [...missing];
  let outcome = labels.length > 0 ? 'retry' : 'accept';

  for (const { decision } of images) {
    const [kind = '', value = ''] = (decision ?? '').split('=', 2);
    if (kind === 'reject' || kind === 'final') labels.push(...value.split(','));
    if (kind === 'errored') labels.push('UNSATISFACTORY_PHOTOS');
    if (kind === 'final') outcome = 'final';
    else if ((kind === 'reject' || kind === 'errored') && outcome !== 'final') outcome = 'retry';
    else if ((kind === 'hold' || kind === 'status') && outcome === 'accept') outcome = decision ?? outcome;
  }
  return { outcome, labels: [...new Set(labels)] };
}
