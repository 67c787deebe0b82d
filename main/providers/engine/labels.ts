import { z } from 'zod';
import { DocumentType, Side } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';

/**
 * Reject labels of the verification engine that Sumsub sells and that Personr stands on. Personr shortens the names; both
 * spellings come. The table says what a label usually means, but a label alone decides nothing when the answer says
 * `reviewRejectType`.
 */

/** What is remembered of a document that is being reviewed, to name its slots when it comes back. */
export const FollowDocument = z.object({
  requirementId: z.string(),
  documentType: DocumentType,
  /** The provider's word, e.g. `ID_CARD`. */
  docType: z.string(),
  sides: z.array(Side),
});
export type FollowDocument = z.infer<typeof FollowDocument>;

type Place = 'identity' | 'front' | 'back' | 'selfie' | 'address';

const LONG_TO_SHORT: ReadonlyMap<string, string> = new Map([
  ['NOT_DOCUMENT', 'NOT_DOC'],
  ['INCOMPLETE_DOCUMENT', 'INCOMPLETE_DOC'],
  ['DOCUMENT_PAGE_MISSING', 'DOC_PAGE_MISSING'],
  ['DOCUMENT_DAMAGED', 'DOC_DAMAGED'],
  ['DOCUMENT_MISSING', 'DOC_MISSING'],
  ['PROBLEMATIC_APPLICANT_DATA', 'PROB_APPLICANT_DATA'],
  ['DOCUMENT_DEPRIVED', 'DOC_DEPRIVED'],
  ['DOCUMENT_TEMPLATE', 'DOC_TEMPLATE'],
  ['UNFILLED_ID', 'UNFILLED_DOC'],
]);

/** Labels that ask for another image, and where. Their words may be shown on the counter screen. */
const RETRY: ReadonlyMap<string, Place> = new Map([
  ['LOW_QUALITY', 'identity'],
  ['NOT_DOC', 'identity'],
  ['ID_INVALID', 'identity'],
  ['INCOMPLETE_DOC', 'identity'],
  ['UNSATISFACTORY_PHOTOS', 'identity'],
  ['DOC_PAGE_MISSING', 'identity'],
  ['DOC_DAMAGED', 'identity'],
  ['DOC_MISSING', 'identity'],
  ['PROB_APPLICANT_DATA', 'identity'],
  ['GRAPHIC_EDITOR', 'identity'],
  ['DOC_DEPRIVED', 'identity'],
  ['FRONT_SIDE_MISSING', 'front'],
  ['BACK_SIDE_MISSING', 'back'],
  ['SCREENSHOTS', 'identity'],
  ['BLACK_AND_WHITE', 'identity'],
  ['EXPIRATION_DATE', 'identity'],
  ['UNFILLED_DOC', 'identity'],
  ['DIGITAL_DOCUMENT', 'identity'],
  ['INCOMPATIBLE_LANGUAGE', 'identity'],
  ['ADDITIONAL_DOCUMENT_REQUIRED', 'identity'],
  ['BAD_PROOF_OF_IDENTITY', 'identity'],
  ['BAD_PROOF_OF_ADDRESS', 'address'],
  ['WRONG_ADDRESS', 'address'],
  ['BAD_SELFIE', 'selfie'],
  ['BAD_VIDEO_SELFIE', 'selfie'],
  ['BAD_AVATAR', 'selfie'],
  ['BAD_FACE_MATCHING', 'selfie'],
  ['SELFIE_WITH_PAPER', 'selfie'],
  ['UNSUITABLE_ENV', 'selfie'],
  ['BAD_PROOF_OF_PAYMENT', 'identity'],
  ['CONNECTION_INTERRUPTED', 'identity'],
  ['INCORRECT_SOCIAL_NUMBER', 'identity'],
  ['NOT_ALL_CHECKS_COMPLETED', 'identity'],
  ['REQUESTED_DATA_MISMATCH', 'identity'],
]);

/** Labels that usually end the matter. Some are compliance findings, so none of them is ever shown, kept or named. */
const FINAL: ReadonlySet<string> = new Set([
  'ADVERSE_MEDIA',
  'AGE_REQUIREMENT_MISMATCH',
  'BLACKLIST',
  'BLOCKLIST',
  'COMPROMISED_PERSONS',
  'CRIMINAL',
  'DB_DATA_MISMATCH',
  'DB_DATA_NOT_FOUND',
  'DOC_TEMPLATE',
  'DUPLICATE',
  'EXTERNAL_DECISION_REJECTION',
  'FOREIGNER',
  'FORGERY',
  'FRAUDULENT_LIVENESS',
  'FRAUDULENT_PATTERNS',
  'INCONSISTENT_PROFILE',
  'PEP',
  'REGULATIONS_VIOLATIONS',
  'SANCTIONS',
  'SELFIE_MISMATCH',
  'SPAM',
  'THIRD_PARTY_INVOLVED',
  'UNSUPPORTED_LANGUAGE',
  'WATCHLIST',
  'WRONG_USER_REGION',
]);

/** Who speaks the engine's language. */
export type EngineProvider = 'personr' | 'sumsub';

export type Verdict = 'retry' | 'final' | 'unclear';

/**
 * What a rejection means. The reject type decides when it is there; otherwise one usually-final label is enough for
 * `final`, and only labels that all ask for another image make a `retry`. Everything else a person must look at: taking
 * an unknown label for a retake uses up one of five attempts, taking it for final turns a customer away.
 */
export function verdictOf(rejectType: string | null, labels: readonly string[]): Verdict {
  const type = rejectType?.toUpperCase();
  if (type === 'FINAL') return 'final';
  if (type === 'RETRY') return 'retry';
  const names = labels.map(shortName);
  if (names.some((name) => FINAL.has(name) || name.startsWith('FRAUD'))) return 'final';
  return names.length > 0 && names.every((name) => RETRY.has(name)) ? 'retry' : 'unclear';
}

export interface RetakeSlot {
  readonly requirementId: string;
  readonly sides: readonly Side[];
  readonly message: Message;
}

/**
 * Which slots to capture again, one entry per requirement, with the words of the first label that names it. `provider` is whose
 * sentences are used: `<provider>.label.<label>`.
 */
export function slotsFor(
  provider: EngineProvider,
  labels: readonly string[],
  documents: readonly FollowDocument[],
): RetakeSlot[] {
  const shown = labels.map(shortName).filter((name) => RETRY.has(name));
  const slots = new Map<string, RetakeSlot>();
  for (const name of shown.length > 0 ? shown : ['']) {
    const place = RETRY.get(name) ?? 'identity';
    const message: Message = { code: `${provider}.label.${name === '' ? 'other' : name}` };
    for (const document of documentsAt(place, documents)) {
      const sides = sidesAt(place, document.sides);
      const present = slots.get(document.requirementId);
      slots.set(document.requirementId, {
        requirementId: document.requirementId,
        sides: present === undefined ? sides : joinSides(present.sides, sides),
        message: present?.message ?? message,
      });
    }
  }
  return [...slots.values()];
}

/** Labels that may be kept with the result: those whose words may be shown. */
export function publicLabels(labels: readonly string[]): string[] {
  return labels.map(shortName).filter((name) => RETRY.has(name));
}

function shortName(label: string): string {
  const name = label.trim().toUpperCase();
  return LONG_TO_SHORT.get(name) ?? name;
}

/** Never empty unless there is no document: a retake that names no slot could not be acted on. */
function documentsAt(place: Place, documents: readonly FollowDocument[]): readonly FollowDocument[] {
  const named = documents.filter(
    (document) => placeOf(document) === (place === 'front' || place === 'back' ? 'identity' : place),
  );
  if (named.length > 0) return named;
  const identity = documents.filter((document) => placeOf(document) === 'identity');
  return identity.length > 0 ? identity : documents;
}

function placeOf(document: FollowDocument): Place {
  if (document.documentType === 'selfie' || document.docType === 'SELFIE') return 'selfie';
  if (document.documentType === 'utility_bill' || document.documentType === 'bank_statement') return 'address';
  return document.docType === 'UTILITY_BILL' ? 'address' : 'identity';
}

/** Empty: every side. A document of one side, or without the side that is missing, is captured again whole. */
function sidesAt(place: Place, sides: readonly Side[]): readonly Side[] {
  return (place === 'front' || place === 'back') && sides.includes(place) ? [place] : [];
}

function joinSides(first: readonly Side[], second: readonly Side[]): readonly Side[] {
  return first.length === 0 || second.length === 0 ? [] : [...new Set([...first, ...second])];
}
