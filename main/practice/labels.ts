import type { KnownLabels } from './board/types.ts';
import { CHECKS } from './persona/verifications.ts';

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

/** Of the samples of its webhooks; the whole list is not public. */
const PERSONR_FINAL = ['FORGERY', 'CRIMINAL', 'SANCTIONS', 'COMPROMISED_PERSONS', 'WATCHLIST'];

/** Labels that a person may choose from: Persona's names of checks, Personr's reject labels. */
export const KNOWN_LABELS: KnownLabels = {
  persona: [...new Set([...CHECKS['government-id'], ...CHECKS.generic])],
  personr: [...PERSONR_RETRY, ...PERSONR_FINAL],
};
