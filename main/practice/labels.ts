import type { KnownLabels } from './board/types.ts';
import { CHECKS, REASONS } from './persona/verifications.ts';

/** For which Personr's documentation says that the customer may try again. */
const PERSONR_RETRY = [
  'LOW_QUALITY',
  'NOT_DOC',
  'ID_INVALID',
  'INCOMPLETE_DOC',
  'UNSATISFACTORY_PHOTOS',
  'DOC_PAGE_MISSING',
  'DOC_DAMAGED',
  'PROB_APPLICANT_DATA',
  'GRAPHIC_EDITOR',
  'DOC_DEPRIVED',
  'FRONT_SIDE_MISSING',
  'BACK_SIDE_MISSING',
  'SCREENSHOTS',
  'BLACK_AND_WHITE',
  'EXPIRATION_DATE',
  'UNFILLED_DOC',
];

/** The names of Sumsub for the same, where Personr shortens them. */
const SUMSUB_NAMES: Readonly<Record<string, string>> = {
  NOT_DOC: 'NOT_DOCUMENT',
  INCOMPLETE_DOC: 'INCOMPLETE_DOCUMENT',
  DOC_PAGE_MISSING: 'DOCUMENT_PAGE_MISSING',
  DOC_DAMAGED: 'DOCUMENT_DAMAGED',
  PROB_APPLICANT_DATA: 'PROBLEMATIC_APPLICANT_DATA',
  DOC_DEPRIVED: 'DOCUMENT_DEPRIVED',
  UNFILLED_DOC: 'UNFILLED_ID',
};

/** Of the samples of its webhooks; the whole list is not public. */
const PERSONR_FINAL = ['FORGERY', 'CRIMINAL', 'SANCTIONS', 'COMPROMISED_PERSONS', 'WATCHLIST'];

/** Labels that a person may choose from: Persona's names of checks, the reject labels of Personr and Sumsub. */
export const KNOWN_LABELS: KnownLabels = {
  persona: [...new Set([...CHECKS['government-id'], ...CHECKS.generic, ...REASONS])],
  personr: [...PERSONR_RETRY, ...PERSONR_FINAL],
  sumsub: [...PERSONR_RETRY.map((label) => SUMSUB_NAMES[label] ?? label), ...PERSONR_FINAL],
};
