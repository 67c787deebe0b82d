/** Who is sent to an account that is compared: nobody who lives. */

export interface SentFile {
  /** Base64. */
  readonly data: string;
  readonly filename: string;
}

/** A bill (PDF), and the two sides of a driving licence (JPEG). */
export interface Specimens {
  readonly bill: SentFile;
  readonly front: SentFile;
  readonly back: SentFile;
}

export const PERSON = { first: 'Specimen', last: 'Satchel', birthDate: '1990-01-01' } as const;
export const CONTACT = { email: 'specimen@example.invalid', phone: '+61400000000' } as const;
export const COMPANY = { companyName: 'Satchel Specimen Ltd', country: 'AUS' } as const;

/** What a recording must not hold of them. */
export const SPECIMEN_DATA: readonly string[] = [
  PERSON.first,
  PERSON.birthDate,
  CONTACT.email,
  CONTACT.phone,
  COMPANY.companyName,
];
