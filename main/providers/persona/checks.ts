import type { Message } from '../../../shared/messages/index.ts';
import { z } from 'zod';
import { toKebabCase } from './answers.ts';
import { relatedTo, textAttribute, type PersonaObject } from './objects.ts';
import type { TransactionFollowPayload, Watched } from './payloads.ts';

/**
 * Checks of Persona's verifications that are about the picture or the choice of document, so that the counter can do better
 * at once. Names as its official examples have them. Every other check is about whether the document or its holder is
 * genuine: such a reason is never shown or stored.
 */
const CAPTURE_CHECKS: ReadonlySet<string> = new Set([
  'id_barcode_detection',
  'id_blur_detection',
  'id_glare_detection',
  'id_color_detection',
  'id_double_side_detection',
  'id_mrz_detection',
  'id_portrait_detection',
  'id_electronic_replica_detection',
  'id_unprocessable_submission_detection',
  'id_expired_detection',
  'id_type_detection',
  'id_disallowed_type_detection',
  'id_disallowed_country_detection',
  'document_type_detection',
  'document_expired_detection',
  'document_extracted_properties_detection',
]);

/**
 * Checks of what is written on the document fail too when it could not be read, and then say so as their reason: the document
 * itself may be as good as any.
 */
const UNREAD: ReadonlyMap<string, string> = new Map([
  ['id_expired_detection', 'no_expiration_date'],
  ['id_disallowed_type_detection', 'type_not_detected'],
  ['id_disallowed_country_detection', 'no_country'],
]);

const Check = z.object({
  name: z.string(),
  status: z.string(),
  reasons: z.array(z.unknown()).catch([]),
  requirement: z.string().catch('required'),
});

export type Verdict =
  /** Better pictures, or another document, may pass: which, and why. */
  | {
      readonly kind: 'retake';
      readonly slots: readonly { readonly requirementId: string; readonly message: Message }[];
    }
  /** A reason that is not for the counter. */
  | { readonly kind: 'private' }
  /** Nothing that failed is known. */
  | { readonly kind: 'unclear' };

/** What the failed checks of an inquiry's verifications mean for the desk. A failed check that is not required decides nothing. */
export function verdictOf(included: readonly PersonaObject[], documents: readonly Watched[]): Verdict {
  const counting = included.filter((object) => {
    if (!object.type.startsWith('verification')) return false;
    // A document that was wanted again and came again is judged by what came. A selfie or a database has nothing that could.
    const isReplaced = isOfDocument(object) && subjectsOf(object, included, documents).length === 0;
    return !(isRetry(object) && isReplaced);
  });
  return verdictBy(counting, (verification) => requirementsOf(verification, documents));
}

/** What a transaction holds, as far as its checks tell it apart. */
type Held = TransactionFollowPayload['documents'][number];

/** The same of a transaction, whose documents are not known by an id: nothing in it was replaced, and each has come with it. */
export function verdictOfTransaction(verifications: readonly PersonaObject[], documents: readonly Held[]): Verdict {
  return verdictBy(verifications, (verification) => requirementsHeld(verification, documents));
}

/** All of its kind; among identity documents those of its class, where that tells. */
function requirementsHeld(verification: PersonaObject, documents: readonly Held[]): string[] {
  const ofKind = documents.filter(({ isIdentity }) => isIdentity === isOfGovernmentId(verification));
  const ofClass = ofKind.filter(({ idClass }) => idClass === textAttribute(verification, 'id-class'));
  return (ofClass.length > 0 ? ofClass : ofKind).map(({ requirementId }) => requirementId);
}

function verdictBy(
  verifications: readonly PersonaObject[],
  requirementsOf: (verification: PersonaObject) => readonly string[],
): Verdict {
  const slots: { requirementId: string; message: Message }[] = [];
  let isPrivate = false;
  for (const verification of verifications) {
    const failed = failedChecks(verification);
    if (failed.some(({ name }) => !CAPTURE_CHECKS.has(name))) isPrivate = true;
    const first = failed.find(({ name }) => CAPTURE_CHECKS.has(name));
    if (first === undefined) continue;
    for (const requirementId of requirementsOf(verification)) {
      slots.push({ requirementId, message: messageOf(first) });
    }
  }
  if (isPrivate) return { kind: 'private' };
  return slots.length === 0 ? { kind: 'unclear' } : { kind: 'retake', slots };
}

/**
 * Documents that an open inquiry wants again, and why. Only the newest verification of a document decides, and only of one that is
 * in use: those of what a retake has replaced stay in the inquiry for good. A reason that is not for the counter is not told.
 */
export function wantedAgain(
  included: readonly PersonaObject[],
  documents: readonly Watched[],
): readonly { readonly requirementId: string; readonly message: Message }[] {
  const newest = new Map<string, PersonaObject>();
  for (const verification of included) {
    for (const { providerDocumentId } of subjectsOf(verification, included, documents)) {
      const known = newest.get(providerDocumentId);
      if (known === undefined || createdAt(verification) >= createdAt(known)) {
        newest.set(providerDocumentId, verification);
      }
    }
  }
  const wanted = new Map<string, Message>();
  for (const { providerDocumentId, requirementId } of documents) {
    const verification = newest.get(providerDocumentId);
    if (verification !== undefined && isRetry(verification)) wanted.set(requirementId, retryMessage(verification));
  }
  return [...wanted].map(([requirementId, message]) => ({ requirementId, message }));
}

function isOfGovernmentId({ type }: PersonaObject): boolean {
  return type.startsWith('verification/government-id');
}

function isOfDocument(verification: PersonaObject): boolean {
  return isOfGovernmentId(verification) || verification.type === 'verification/document';
}

function isRetry(verification: PersonaObject): boolean {
  return textAttribute(verification, 'status') === 'requires_retry';
}

function retryMessage(verification: PersonaObject): Message {
  const failed = failedChecks(verification);
  const [first] = failed;
  return first !== undefined && failed.every(({ name }) => CAPTURE_CHECKS.has(name))
    ? messageOf(first)
    : { code: 'persona.retryWanted' };
}

/**
 * Which documents in use a verification is about. Where it names none: all of its kind, unless one of them has come after it, for
 * then it is about what that one replaced.
 */
function subjectsOf(
  verification: PersonaObject,
  included: readonly PersonaObject[],
  documents: readonly Watched[],
): readonly Watched[] {
  if (!isOfDocument(verification)) return [];
  const named = documentsNamedBy(verification);
  if (named.size > 0) return documents.filter(({ providerDocumentId }) => named.has(providerDocumentId));
  const ofKind = documents.filter(({ isGovernmentId }) => isGovernmentId === isOfGovernmentId(verification));
  return ofKind.every(({ providerDocumentId }) => {
    const document = included.find(({ id }) => id === providerDocumentId);
    const madeAtMs = document === undefined ? 0 : createdAt(document);
    return madeAtMs > 0 && createdAt(verification) >= madeAtMs;
  })
    ? ofKind
    : [];
}

/** By Persona's clock, as what it is compared with. 0: it is not told. */
function createdAt(object: PersonaObject): number {
  return Date.parse(textAttribute(object, 'created-at')) || 0;
}

/** How many failed checks of these verifications have words for the desk, and how many are not for the counter. */
export function checksOf(verifications: readonly PersonaObject[]): { readonly told: number; readonly untold: number } {
  const failed = verifications.flatMap(failedChecks);
  const told = failed.filter(({ name }) => CAPTURE_CHECKS.has(name)).length;
  return { told, untold: failed.length - told };
}

interface FailedCheck {
  readonly name: string;
  readonly reasons: readonly string[];
}

function messageOf({ name, reasons }: FailedCheck): Message {
  const unread = UNREAD.get(name);
  return { code: `persona.check.${unread !== undefined && reasons.includes(unread) ? unread : name}` };
}

function failedChecks(verification: PersonaObject): FailedCheck[] {
  if (!['failed', 'requires_retry'].includes(textAttribute(verification, 'status'))) return [];
  const checks = z.array(z.unknown()).catch([]).parse(verification.attributes['checks']);
  return checks.flatMap((item) => {
    const check = Check.safeParse(item).data;
    return check?.status === 'failed' && check.requirement !== 'not_required'
      ? [{ name: snake(check.name), reasons: check.reasons.map((reason) => snake(String(reason))) }]
      : [];
  });
}

/** The name of a check or a reason is a value and stays in snake case, whatever the casing of the keys is. */
function snake(word: string): string {
  return toKebabCase(word).replaceAll('-', '_');
}

/** The verified document's requirement; where Persona does not name it, those of all documents of its kind. */
function requirementsOf(verification: PersonaObject, documents: readonly Watched[]): string[] {
  const named = documentsNamedBy(verification);
  const exact = documents.filter(({ providerDocumentId }) => named.has(providerDocumentId));
  const isOfId = verification.type.includes('government-id');
  const found = exact.length > 0 ? exact : documents.filter(({ isGovernmentId }) => isGovernmentId === isOfId);
  return [...new Set(found.map(({ requirementId }) => requirementId))];
}

/** Persona's ids of the documents that a verification is about; none where it does not say. */
export function documentsNamedBy(verification: PersonaObject): ReadonlySet<string> {
  return new Set(['document', 'documents'].flatMap((name) => relatedTo(verification, name)).map(({ id }) => id));
}
