import { Subject } from '../../../shared/domain/index.ts';
import type { SubjectField } from '../../../shared/domain/index.ts';

/** The order in which the fields are asked for at the counter. */
export const FIELD_ORDER: readonly SubjectField[] = [
  'companyName',
  'registrationNumber',
  'givenName',
  'familyName',
  'birthDate',
  'country',
  'documentNumber',
  'documentExpiryDate',
  'reference',
  'email',
  'phone',
];

/** Fields of the identity document, which no other flow asks for. */
export const DOCUMENT_FIELDS: ReadonlySet<SubjectField> = new Set<SubjectField>([
  'documentNumber',
  'documentExpiryDate',
]);

/**
 * What can be saved of what is typed: every field that is right as typed, and for a field that is not (a half-typed
 * address) what was saved before, so that one wrong field never keeps the others from being stored.
 */
export function savableSubject(
  typed: { readonly [Field in SubjectField]?: string | undefined },
  saved: Subject,
): Subject {
  const next: Record<SubjectField, string> = { ...saved };
  for (const field of FIELD_ORDER) {
    const parsed = Subject.shape[field].safeParse(typed[field]);
    if (parsed.success) next[field] = parsed.data;
  }
  return Subject.parse(next);
}

/** The fields of `after` that say something else in `before`; empty: both say the same. */
export function changedFields(before: Subject, after: Subject): Partial<Subject> {
  return Object.fromEntries(
    FIELD_ORDER.filter((field) => before[field] !== after[field]).map((field) => [field, after[field]]),
  );
}
