import { isIdentitySlot, ReadField, slotParts } from '../domain/index.ts';
import type { Disagreement, DocumentReading, IdentityClaim, Subject, UnconfirmedFields } from '../domain/index.ts';
import { nameDisagreements, nameWords } from './names.ts';
import type { PersonName } from './names.ts';
import { isSameNumber } from './numbers.ts';

/** An active page with what it says of its holder. */
export interface ReadPage {
  readonly id: string;
  /** `requirement/type/side`, or null for the tray, whose pages are not sent and so not compared. */
  readonly slot: string | null;
  readonly readings: readonly DocumentReading[];
}

export interface IdentityInput {
  readonly subject: Subject;
  readonly unconfirmed: UnconfirmedFields;
  readonly pages: readonly ReadPage[];
  /** Ids of the disagreements that a person decided. */
  readonly decided: ReadonlySet<string>;
}

/** One place that says something: a page's reading, or (`pageId` null) what a person typed or confirmed. */
interface Statement {
  readonly pageId: string | null;
  readonly slot: string | null;
  readonly values: Readonly<Partial<Record<ReadField, string>>>;
  readonly mayGoOn: boolean;
}

type PageStatement = Statement & { readonly pageId: string };

function valuesOf(reading: DocumentReading): Statement['values'] {
  return Object.fromEntries(Object.entries(reading.fields).map(([field, read]) => [field, read.value]));
}

function mayGoOn({ fields }: DocumentReading): boolean {
  return Object.values(fields).some((read) => read.mayGoOn);
}

function statementsOf(pages: readonly ReadPage[]): PageStatement[] {
  return pages.flatMap(({ id, slot, readings }) =>
    slot === null ? [] : readings.map((reading) => statementOf(id, slot, reading)),
  );
}

/** What was typed or confirmed; what was merely filled says only what its page says already. */
function typedStatement({ subject, unconfirmed }: IdentityInput): Statement {
  const fields = ['givenName', 'familyName', 'birthDate', 'documentNumber', 'documentExpiryDate'] as const;
  const values = Object.fromEntries(
    fields.filter((field) => unconfirmed[field] === undefined).map((field) => [field, subject[field]]),
  );
  return { pageId: null, slot: null, values, mayGoOn: false };
}

const nameOf = ({ values, mayGoOn }: Statement): PersonName => ({
  givenName: values.givenName ?? '',
  familyName: values.familyName ?? '',
  mayGoOn,
});

function isOther(field: ReadField, first: Statement, second: Statement): boolean {
  const [one = '', other = ''] = [first.values[field], second.values[field]];
  if (one === '' || other === '') return false;
  return field === 'documentNumber' ? !isSameNumber(one, other) : one !== other;
}

/** Name and date of birth are the same on everything that is one person's. */
function personFields(first: Statement, second: Statement): ReadField[] {
  // Only the second of two names may be the cut one; of two pages either may be.
  const [one, other] = first.mayGoOn && !second.mayGoOn ? [second, first] : [first, second];
  const names = nameDisagreements(nameOf(one), nameOf(other));
  return isOther('birthDate', first, second) ? [...names, 'birthDate'] : names;
}

function statementOf(pageId: string, slot: string | null, reading: DocumentReading): PageStatement {
  return { pageId, slot, values: valuesOf(reading), mayGoOn: mayGoOn(reading) };
}

/** Whether two readings cannot be of one person. */
function isOtherPerson(first: DocumentReading, second: DocumentReading): boolean {
  return personFields(statementOf('', null, first), statementOf('', null, second)).length > 0;
}

/** The first two of some readings that cannot be of one person; null where all may be one's. */
export function otherPeople<T extends { readonly reading: DocumentReading }>(all: readonly T[]): [T, T] | null {
  for (const [index, second] of all.entries()) {
    const first = all.slice(0, index).find(({ reading }) => isOtherPerson(reading, second.reading));
    if (first !== undefined) return [first, second];
  }
  return null;
}

/** Whether two readings say the same, however surely each was read. */
export function isSameSaying(first: DocumentReading, second: DocumentReading): boolean {
  return ReadField.options.every((field) => first.fields[field]?.value === second.fields[field]?.value);
}

/** Fields that together say who somebody is, whatever document they stand on. */
const PERSON_FIELDS = ['familyName', 'givenName', 'birthDate'] as const;

/** Whether names and date of birth are all said, and none leaves a doubt: a name that may go on, or in other letters than Latin ones, does. */
function isWhole({ fields }: DocumentReading): boolean {
  return PERSON_FIELDS.every((field) => {
    const read = fields[field];
    if (read === undefined || read.mayGoOn) return false;
    return field === 'birthDate' || nameWords(read.value) !== null;
  });
}

/** Whether two readings are of one person without a doubt. */
export function isSurelySamePerson(first: DocumentReading, second: DocumentReading): boolean {
  return isWhole(first) && isWhole(second) && !isOtherPerson(first, second);
}

function claimOf({ pageId, values }: Statement, field: ReadField): IdentityClaim {
  return { pageId, value: values[field] ?? '' };
}

/** The same for the sides of one document; what lies in no slot is taken for one. */
function documentOf(slot: string | null): string {
  const parts = slotParts(slot);
  return parts === null ? '' : `${parts.requirementId}/${parts.documentType}`;
}

/** The first number on each of two pages, if both have one and none of the one is on the other; null where they agree. */
function otherNumbers(one: readonly PageStatement[], other: readonly PageStatement[]): PageStatement[] | null {
  const numbered = [one, other].map((page) => page.filter(({ values }) => values.documentNumber !== undefined));
  const [first, second] = numbered.map(([statement]) => statement);
  if (first === undefined || second === undefined) return null;
  const [all = [], others = []] = numbered;
  return all.every((each) => others.every((own) => isOther('documentNumber', each, own))) ? [first, second] : null;
}

/**
 * Where the pages of one customer do not agree with what was typed, or with each other: the mixed-customer alarm. Several documents may lie
 * on one page, and each is compared; among themselves they were when the page was looked at (`page.twoPeople`). Number and expiry
 * are a document's own, so two pages are held against each other only within one document, and what was typed only has to stand on one
 * of the identity documents. Pure; in the order of fields, then pages.
 */
export function disagreementsOf(input: IdentityInput): Disagreement[] {
  const pages = statementsOf(input.pages);
  const typed = typedStatement(input);
  const found: Disagreement[] = [];
  const add = (field: ReadField, first: Statement, second: PageStatement): void => {
    const claims = [claimOf(first, field), claimOf(second, field)] as const;
    const id = JSON.stringify([field, ...claims.flatMap(({ pageId, value }) => [pageId, value])]);
    // Two documents on one page say the same thing twice.
    if (found.some((known) => known.id === id)) return;
    const [one, other] = claims;
    found.push({
      id,
      field,
      severity: field === 'documentExpiryDate' ? 'warning' : 'blocking',
      first: one,
      second: { ...other, pageId: second.pageId },
      isDecided: input.decided.has(id),
    });
  };
  for (const [index, page] of pages.entries()) {
    for (const field of personFields(typed, page)) add(field, typed, page);
    for (const other of pages.slice(0, index)) {
      if (other.pageId === page.pageId) continue;
      for (const field of personFields(other, page)) add(field, other, page);
    }
  }
  const byPage = [...Map.groupBy(pages, ({ pageId }) => pageId).values()];
  for (const [index, page] of byPage.entries()) {
    for (const other of byPage.slice(0, index)) {
      if (documentOf(other[0]?.slot ?? null) !== documentOf(page[0]?.slot ?? null)) continue;
      const [first, second] = otherNumbers(other, page) ?? [];
      if (first !== undefined && second !== undefined) add('documentNumber', first, second);
    }
  }
  for (const field of ['documentNumber', 'documentExpiryDate'] as const) {
    const own = pages.filter(({ slot, values }) => isIdentitySlot(slot) && values[field] !== undefined);
    const [first] = own;
    if (first !== undefined && own.every((page) => isOther(field, typed, page))) add(field, typed, first);
  }
  return found;
}
