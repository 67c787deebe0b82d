import type { DocumentReading } from '../domain/index.ts';
import { isSurelySamePerson } from '../identity/index.ts';

/** What a page of a stack says of its holder. */
export interface StackReading {
  readonly pageId: string;
  /** The same for the same number of a document. */
  readonly number: string;
  readonly reading: DocumentReading;
}

/**
 * Whose document each page is, by page id: equal for the same document, and for several documents that are surely one person's, a
 * passport and a residence permit. Where that is in doubt, another number is another person's. Pure; only those who were born
 * on one day are compared.
 * @param readings in the order of the pages
 */
export function peopleOf(readings: readonly StackReading[]): Map<string, string> {
  const identityOf = new Map<string, string>();
  const bornOn = new Map<string, { readonly identity: string; readonly reading: DocumentReading }[]>();
  return new Map(
    readings.map(({ pageId, number, reading }) => {
      const day = reading.fields.birthDate?.value ?? '';
      const others = bornOn.get(day) ?? [];
      const same = others.find((other) => isSurelySamePerson(other.reading, reading));
      const identity = identityOf.get(number) ?? same?.identity ?? number;
      identityOf.set(number, identity);
      bornOn.set(day, [...others, { identity, reading }]);
      return [pageId, identity];
    }),
  );
}
