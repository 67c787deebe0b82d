import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };

/** An applicant has this many attempts, through the API and by link together. */
export const MAX_CHECKS = 5;
/** The workspaces of the practice account; a new user starts in the first. */
export const WORKSPACES: readonly string[] = ['Practice', 'Training'];

export const DOCUMENTED_TYPES: readonly string[] = [
  'SELFIE',
  'ID_CARD',
  'DRIVERS',
  'PASSPORT',
  'RESIDENCE_PERMIT',
  'UTILITY_BILL',
];
export const WIDER_TYPES: readonly string[] = [
  ...DOCUMENTED_TYPES,
  'AGREEMENT',
  'ARBITRARY_DOC',
  'BANK_CARD',
  'BANK_STATEMENT',
  'CONTRACT',
  'DRIVERS_TRANSLATION',
  'FILE_ATTACHMENT',
  'ID_DOC_PHOTO',
  'INCOME_SOURCE',
  'PROFILE_IMAGE',
  'UTILITY_BILL2',
  'OTHER',
];

/** Types that prove an identity, and the sides each needs before a review can go well. */
export const IDENTITY_SIDES: Readonly<Record<string, readonly string[]>> = {
  PASSPORT: ['FRONT_SIDE'],
  ID_CARD: ['FRONT_SIDE', 'BACK_SIDE'],
  DRIVERS: ['FRONT_SIDE', 'BACK_SIDE'],
  RESIDENCE_PERMIT: ['FRONT_SIDE'],
};

/** The flows of the practice workspace, by their exact names: what each wants before it can be reviewed. */
export const PRACTICE_FLOW_NAMES: Readonly<Record<string, { identity: boolean; selfie: boolean; address: boolean }>> = {
  'Identity and selfie': { identity: true, selfie: true, address: false },
  Identity: { identity: true, selfie: false, address: false },
  'Proof of address': { identity: false, selfie: false, address: true },
};

/** ISO 3166-1 alpha-3. */
const ALPHA_3: ReadonlySet<string> = new Set(codes.flatMap(([, alpha3]) => (alpha3 === undefined ? [] : [alpha3])));

/** Beside the real countries: ICAO's own specimen country, which the sample documents come from. */
const SPECIMEN_COUNTRY = 'UTO';

export function isCountry(text: string): boolean {
  return text === SPECIMEN_COUNTRY || ALPHA_3.has(text);
}

/** The flows of the practice workspace for companies, by their exact names. */
export const PRACTICE_ENTITY_FLOW_NAMES: readonly string[] = ['Company'];

/** What an owner of a company may be to it. */
export const POSITIONS: readonly string[] = ['Director', 'Shareholder', 'Other'];
