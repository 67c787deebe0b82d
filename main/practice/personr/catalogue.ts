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

/** The flows of the practice workspace for companies, by their exact names. */
export const PRACTICE_ENTITY_FLOW_NAMES: readonly string[] = ['Company'];

/** Kinds of a company's documents; of the list only this one is known. */
export const LISTED_SUB_TYPES: readonly string[] = ['Certificate of incorporation'];

/** What an owner of a company may be to it. */
export const POSITIONS: readonly string[] = ['Director', 'Shareholder', 'Other'];
