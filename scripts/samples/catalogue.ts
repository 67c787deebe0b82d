import {
  bankStatement,
  billPage,
  billSecondPage,
  idCardBack,
  idCardFront,
  licenceBack,
  licenceFront,
  passport,
  selfie,
  type Drawing,
} from './documents.ts';
import { AMELIE, BRUNO, CLARA, DAVID, ELENA, FELIX, type SamplePerson } from './people.ts';

/** One file of assets/samples. `sheets`: one drawing for an image, one per page for a PDF. */
export interface SampleFile {
  readonly person: SamplePerson;
  readonly file: string;
  /** What the practice server decides; see docs/practice.md. */
  readonly decision: string;
  readonly sheets: readonly Drawing[];
  /** Its row in manifest.csv; null for a page that is only used to try a retake. */
  readonly row: {
    readonly flow: string;
    readonly requirement: string;
    readonly documentType: string;
    readonly side: string;
  } | null;
}

const ACCEPTED = 'comes back as accepted';
/** Other words than those on the first scan: the same bytes twice would be the same picture, which the provider refuses. */
const SCANNED_AGAIN = 'scanned again, comes back as accepted';
const ERRORED = 'comes back as not processed, capture it again';
const BLACK_AND_WHITE = 'comes back as black and white, capture it again';
const FORGERY = 'comes back as refused for good';

const ADDRESS = 'proof-of-address';
const SELFIE = 'identity-selfie';

function row(flow: string, requirement: string, documentType: string, side = 'single'): SampleFile['row'] {
  return { flow, requirement, documentType, side };
}

/** Six customers over both practice connections: for each one accepted and one that comes back. */
export const SAMPLES: readonly SampleFile[] = [
  {
    person: AMELIE,
    file: 'amelie-passport.jpg',
    decision: 'accept',
    sheets: [passport(AMELIE, ACCEPTED)],
    row: row(ADDRESS, 'identity', 'passport'),
  },
  {
    person: AMELIE,
    file: 'amelie-utility-bill.pdf',
    decision: 'accept',
    sheets: [billPage(AMELIE, ACCEPTED, 1)],
    row: row(ADDRESS, 'address', 'utility_bill'),
  },
  {
    person: BRUNO,
    file: 'bruno-id-card-front.jpg',
    decision: 'accept',
    sheets: [idCardFront(BRUNO, ACCEPTED)],
    row: row(ADDRESS, 'identity', 'id_card', 'front'),
  },
  {
    person: BRUNO,
    file: 'bruno-id-card-back.jpg',
    decision: 'accept',
    sheets: [idCardBack(BRUNO, ACCEPTED)],
    row: row(ADDRESS, 'identity', 'id_card', 'back'),
  },
  {
    person: BRUNO,
    file: 'bruno-bank-statement.pdf',
    decision: 'accept',
    sheets: [bankStatement(BRUNO, ACCEPTED)],
    row: row(ADDRESS, 'address', 'bank_statement'),
  },
  {
    person: CLARA,
    file: 'clara-driving-licence-front.jpg',
    decision: 'accept',
    sheets: [licenceFront(CLARA, ACCEPTED)],
    row: row(ADDRESS, 'identity', 'driving_licence', 'front'),
  },
  {
    person: CLARA,
    file: 'clara-driving-licence-back.jpg',
    decision: 'accept',
    sheets: [licenceBack(CLARA, ACCEPTED)],
    row: row(ADDRESS, 'identity', 'driving_licence', 'back'),
  },
  {
    person: CLARA,
    file: 'clara-utility-bill.pdf',
    decision: 'errored',
    sheets: [billPage(CLARA, ERRORED, 2), billSecondPage(CLARA, ERRORED)],
    row: row(ADDRESS, 'address', 'utility_bill'),
  },
  {
    person: DAVID,
    file: 'david-passport.jpg',
    decision: 'accept',
    sheets: [passport(DAVID, ACCEPTED)],
    row: row(SELFIE, 'identity', 'passport'),
  },
  {
    person: DAVID,
    file: 'david-selfie.jpg',
    decision: 'accept',
    sheets: [selfie(DAVID, ACCEPTED, ['#cfe0dc', '#a9c6c0'])],
    row: row(SELFIE, 'selfie', 'selfie'),
  },
  {
    person: ELENA,
    file: 'elena-id-card-front.jpg',
    decision: 'reject=BLACK_AND_WHITE',
    sheets: [idCardFront(ELENA, BLACK_AND_WHITE, true)],
    row: row(SELFIE, 'identity', 'id_card', 'front'),
  },
  {
    person: ELENA,
    file: 'elena-id-card-back.jpg',
    decision: 'accept',
    sheets: [idCardBack(ELENA, ACCEPTED)],
    row: row(SELFIE, 'identity', 'id_card', 'back'),
  },
  {
    person: ELENA,
    file: 'elena-selfie.jpg',
    decision: 'accept',
    sheets: [selfie(ELENA, ACCEPTED, ['#e6dcc8', '#cdbb96'])],
    row: row(SELFIE, 'selfie', 'selfie'),
  },
  {
    person: FELIX,
    file: 'felix-passport.jpg',
    decision: 'final=FORGERY',
    sheets: [passport(FELIX, FORGERY)],
    row: row(SELFIE, 'identity', 'passport'),
  },
  {
    person: FELIX,
    file: 'felix-selfie.png',
    decision: 'accept',
    sheets: [selfie(FELIX, ACCEPTED, ['#d6dbe8', '#aeb8d0'])],
    row: row(SELFIE, 'selfie', 'selfie'),
  },
  {
    person: ELENA,
    file: 'retake/elena-id-card-front-in-colour.jpg',
    decision: 'accept',
    sheets: [idCardFront(ELENA, ACCEPTED)],
    row: null,
  },
  {
    person: ELENA,
    file: 'retake/elena-id-card-back-again.jpg',
    decision: 'accept',
    sheets: [idCardBack(ELENA, SCANNED_AGAIN)],
    row: null,
  },
  {
    person: CLARA,
    file: 'retake/clara-utility-bill-again.pdf',
    decision: 'accept',
    sheets: [billPage(CLARA, ACCEPTED, 1)],
    row: null,
  },
];

const COLUMNS =
  'customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side';

/** manifest.csv: one row per file; rows with the same customer belong together. */
export function manifest(): string {
  const rows = SAMPLES.flatMap(({ person, file, row: place }) => {
    if (place === null) return [];
    const { customer, givenNames, familyName, birthDate, country, email, phone, reference } = person;
    const about = [customer, givenNames, familyName, birthDate, country, email, phone, reference];
    return [[...about, place.flow, file, place.requirement, place.documentType, place.side].join(',')];
  });
  return `${COLUMNS}\n${rows.join('\n')}\n`;
}
