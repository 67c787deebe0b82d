import { getAlpha3Codes } from 'i18n-iso-countries';
import { describe, expect, it } from 'vitest';
import { practiceFlows } from '../../../shared/domain/practice-flows.ts';
import { Subject } from '../../../shared/domain/index.ts';
import type { DocumentReading } from '../../../shared/domain/index.ts';
import { disagreementsOf } from '../../../shared/identity/index.ts';
import { en } from '../../../shared/messages/index.ts';
import {
  COUNTRIES,
  alpha2Of,
  documentsOf,
  isClean,
  isCountry,
  isOverridable,
  lightOf,
  preflight,
  slotsOf,
} from '../../../shared/rules/index.ts';
import type { PreflightInput } from '../../../shared/rules/index.ts';
import { rulePage as page } from '../../support/rule-pages.ts';

const NOW = Date.UTC(2026, 10, 22);
const [personaFlow] = practiceFlows('persona');
const [personrFlow] = practiceFlows('personr');
if (personaFlow === undefined || personrFlow === undefined) throw new Error('there are no practice flows');

const SUBJECT = Subject.parse({
  givenName: 'Erika',
  familyName: 'Mustermann',
  country: 'DEU',
  email: 'erika@example.invalid',
  phone: '+491510000000',
  reference: 'B-1',
});

const PASSPORT = 'identity/passport/single';
const BILL = 'address/utility_bill/single';
const SELFIE = 'selfie/selfie/single';
/** Of which nothing is to be said. */
const NEW_BILL = {
  requirementId: 'address',
  documentType: 'utility_bill',
  country: '',
  issuedOn: '2026-11-20',
} as const;

const persona = (changes: Partial<PreflightInput> = {}): PreflightInput => ({
  provider: 'persona',
  flow: personaFlow,
  documents: [NEW_BILL],
  pages: [page(PASSPORT), page(BILL)],
  subject: SUBJECT,
  unconfirmed: {},
  decided: new Set(),
  retakeSlots: [],
  now: NOW,
  ...changes,
});
/** Identity documents go as photos of government ids. */
const photos = (changes: Partial<PreflightInput> = {}): PreflightInput =>
  persona({ flow: { ...personaFlow, route: { by: 'inquiry', templateId: 'itmpl_Practice' } }, ...changes });
const personr = (changes: Partial<PreflightInput> = {}): PreflightInput => ({
  ...persona({ pages: [page(PASSPORT), page(SELFIE)] }),
  provider: 'personr',
  flow: personrFlow,
  ...changes,
});
/** Personr's practice flow, which calls each of its documents so. */
const named = (providerType: string) => ({
  ...personrFlow,
  requirements: personrFlow.requirements.map((requirement) => ({
    ...requirement,
    accepts: requirement.accepts.map((accepted) => ({ ...accepted, providerType })),
  })),
});
/** Sumsub's practice flow has the same slots. */
const sumsub = (changes: Partial<PreflightInput> = {}): PreflightInput => ({
  ...personr(),
  provider: 'sumsub',
  ...changes,
});
const found = (input: PreflightInput) => preflight(input).map(({ rule, severity }) => [rule, severity]);

describe('slots', () => {
  it('follow the flow and the chosen documents', () => {
    expect(slotsOf(personrFlow, []).map((slot) => slot.key)).toEqual([PASSPORT, SELFIE]);
    const chosen = [{ requirementId: 'identity', documentType: 'id_card' as const, country: 'AUS' }];
    expect(slotsOf(personrFlow, chosen).map((slot) => slot.key)).toEqual([
      'identity/id_card/front',
      'identity/id_card/back',
      SELFIE,
    ]);
    expect(documentsOf(personrFlow, chosen)[0]).toMatchObject(chosen[0] ?? {});
  });

  it('fall back to the first accepted document when the chosen one is not accepted', () => {
    const chosen = [{ requirementId: 'identity', documentType: 'selfie' as const, country: '' }];
    expect(documentsOf(personaFlow, chosen)[0]?.documentType).toBe('passport');
  });
});

const fact = (rule: string) => ({ facts: [{ rule, severity: 'info' as const, params: {} }] });

describe('a page that is surely another one than its place wants', () => {
  const card = [{ requirementId: 'identity', documentType: 'id_card' as const, country: '' }];
  const FRONT = 'identity/id_card/front';
  const BACK = 'identity/id_card/back';
  const asCard = (pages: PreflightInput['pages']) => found(personr({ documents: card, pages }));

  it('is the back of a card in the place of its front', () => {
    expect(asCard([page(FRONT, fact('page.cardBack')), page(BACK), page(SELFIE)])).toEqual([
      ['page.backForFront', 'warning'],
    ]);
    expect(asCard([page(FRONT), page(BACK, fact('page.cardBack')), page(SELFIE)])).toEqual([]);
  });

  it('is a passport for a card, or a card for a passport', () => {
    expect(asCard([page(FRONT, fact('page.passport')), page(BACK), page(SELFIE)])).toEqual([
      ['page.passportForCard', 'warning'],
    ]);
    expect(found(personr({ pages: [page(PASSPORT, fact('page.cardBack')), page(SELFIE)] }))).toEqual([
      ['page.cardForPassport', 'warning'],
    ]);
    expect(found(personr({ pages: [page(PASSPORT, fact('page.passport')), page(SELFIE)] }))).toEqual([]);
  });

  it('is nothing in the place of a bill or in the tray', () => {
    expect(found(persona({ pages: [page(PASSPORT), page(BILL, fact('page.cardBack'))] }))).toEqual([]);
    const inTray = persona({ pages: [page(PASSPORT), page(BILL), page(null, fact('page.passport'))] });
    expect(found(inTray)).toEqual([['page.inTray', 'warning']]);
  });
});

describe('a file that names a program for editing', () => {
  const facts = [{ rule: 'page.editorNamed', severity: 'warning' as const, params: { program: 'GIMP' } }];
  const edited = page(PASSPORT, { facts });

  it.each([
    ['persona', persona({ pages: [edited, page(BILL)] })],
    ['personr', personr({ pages: [edited, page(SELFIE)] })],
    ['sumsub', sumsub({ pages: [edited, page(SELFIE)] })],
  ])('is a warning for %s, and stays one whatever somebody overrides', (_provider, input) => {
    const findings = preflight(input);
    expect(findings.map(({ rule, severity, params }) => [rule, severity, params['program']])).toEqual([
      ['page.editorNamed', 'warning', 'GIMP'],
    ]);
    expect([isClean(findings), lightOf(findings), lightOf(findings, new Set(['page.editorNamed']))]).toEqual([
      true,
      'amber',
      'amber',
    ]);
  });
});

describe('a PDF that is protected and asks for no password', () => {
  const facts = [{ rule: 'pdf.protected', severity: 'info' as const, params: {} }];
  const file = { mediaType: 'application/pdf', facts };

  it('is stopped where encrypted files are refused, and a warning where nobody knows', () => {
    expect(found(sumsub({ pages: [page(PASSPORT, file), page(SELFIE)] }))).toEqual([
      ['sumsub.file.encrypted', 'blocking'],
    ]);
    expect(found(personr({ pages: [page(PASSPORT, file), page(SELFIE)] }))).toEqual([
      ['personr.file.encrypted', 'blocking'],
    ]);
    expect(found(persona({ pages: [page(PASSPORT), page(BILL, file)] }))).toEqual([
      ['persona.file.encrypted', 'warning'],
    ]);
  });

  it('says nothing where a picture of it is sent, or in the tray', () => {
    expect(found(sumsub({ pages: [page(PASSPORT, { facts }), page(SELFIE)] }))).toEqual([]);
    expect(found(sumsub({ pages: [page(PASSPORT), page(SELFIE), page(null, file)] }))).toEqual([
      ['page.inTray', 'warning'],
    ]);
  });
});

describe('preflight', () => {
  it('finds nothing on clean pages', () => {
    expect(found(persona())).toEqual([]);
    expect(found(personr())).toEqual([]);
  });

  it('takes an identity document on its last day, and asks for no date where no identity is wanted', () => {
    expect(found(persona({ subject: { ...SUBJECT, documentExpiryDate: '2026-11-22' } }))).toEqual([]);
    const addressOnly = { ...personaFlow, requirements: personaFlow.requirements.filter(({ id }) => id === 'address') };
    const documents = [NEW_BILL];
    const late = { ...SUBJECT, documentExpiryDate: '2020-01-01' };
    expect(found(persona({ flow: addressOnly, documents, pages: [page(BILL)], subject: late }))).toEqual([]);
  });

  it.each([
    ['a required slot that is empty', persona({ pages: [page(PASSPORT)] }), 'slot.empty', 'blocking'],
    [
      'a field that the flow requires',
      persona({ subject: { ...SUBJECT, familyName: '' } }),
      'subject.missing.familyName',
      'blocking',
    ],
    [
      'a field that only the provider requires',
      personr({ flow: { ...personrFlow, requiredFields: [] }, subject: { ...SUBJECT, phone: '' } }),
      'subject.missing.phone',
      'blocking',
    ],
    [
      'a birth in the future',
      persona({ subject: { ...SUBJECT, birthDate: '2026-11-23' } }),
      'subject.birthDateInFuture',
      'blocking',
    ],
    [
      'an identity document that expired yesterday',
      persona({ subject: { ...SUBJECT, documentExpiryDate: '2026-11-21' } }),
      'subject.documentExpired',
      'blocking',
    ],
    ['a country that is none', persona({ subject: { ...SUBJECT, country: 'XXZ' } }), 'country.unknown', 'blocking'],
    [
      'a document of a country that is none',
      persona({
        documents: [NEW_BILL, { requirementId: 'identity', documentType: 'passport', country: 'ZZZ' }],
      }),
      'country.unknown',
      'blocking',
    ],
    [
      'what inspection noticed',
      persona({
        pages: [page(PASSPORT, { facts: [{ rule: 'page.damaged', severity: 'blocking', params: {} }] }), page(BILL)],
      }),
      'page.damaged',
      'blocking',
    ],
    [
      'a page nobody has looked at',
      persona({ pages: [page(PASSPORT, { isInspected: false }), page(BILL)] }),
      'page.beingChecked',
      'info',
    ],
    ['a page in the tray', persona({ pages: [page(PASSPORT), page(BILL), page(null)] }), 'page.inTray', 'warning'],
    [
      'a short side under 600 pixels',
      persona({ pages: [page(PASSPORT, { heightPixels: 599 }), page(BILL)] }),
      'page.tooFewPixels',
      'warning',
    ],
    [
      'a duplicate',
      persona({ pages: [page(PASSPORT, { duplicateReference: 'K-1' }), page(BILL)] }),
      'page.duplicate',
      'warning',
    ],
    [
      'a duplicate without a reference',
      persona({ pages: [page(PASSPORT, { duplicateReference: '' }), page(BILL)] }),
      'page.duplicateUnnamed',
      'warning',
    ],
    [
      'a PDF as selfie',
      personr({ pages: [page(PASSPORT), page(SELFIE, { mediaType: 'application/pdf' })] }),
      'slot.needsPicture',
      'blocking',
    ],
    [
      'a slot that the provider wants again',
      persona({
        pages: [page(PASSPORT, { isDelivered: true }), page(BILL, { isDelivered: true })],
        retakeSlots: [BILL],
      }),
      'slot.wantsRetake',
      'blocking',
    ],
    [
      'an identity picture under 10 KB at Persona',
      persona({ pages: [page(PASSPORT, { byteLength: 9_999 }), page(BILL)] }),
      'persona.file.tooSmall',
      'warning',
    ],
    [
      'an identity picture over 15 MB at Persona',
      persona({ pages: [page(PASSPORT, { byteLength: 15_000_001 }), page(BILL)] }),
      'persona.file.tooLarge',
      'warning',
    ],
    [
      'an identity picture under 10 KB, under a flow that sends government ids',
      photos({ pages: [page(PASSPORT, { byteLength: 9_999 }), page(BILL)] }),
      'persona.file.tooSmall',
      'blocking',
    ],
    [
      'an identity document as PDF, under a flow that sends government ids',
      photos({ pages: [page(PASSPORT, { mediaType: 'application/pdf' }), page(BILL)] }),
      'persona.photo.wanted',
      'blocking',
    ],
    [
      'an identity document as PDF of several sheets, under a flow that sends government ids',
      photos({ pages: [page(PASSPORT, { mediaType: 'application/pdf', sheetCount: 2 }), page(BILL)] }),
      'persona.photo.severalSheets',
      'blocking',
    ],
    [
      'an identity document without a country, under a flow that sends government ids',
      photos({ subject: { ...SUBJECT, country: '' } }),
      'persona.country.missing',
      'blocking',
    ],
    [
      'a type that Persona does not take',
      persona({ pages: [page(PASSPORT), page(BILL, { mediaType: 'text/plain' })] }),
      'persona.file.type',
      'blocking',
    ],
    [
      'the same bytes twice at Persona',
      persona({ pages: [page(PASSPORT, { sha256: 'same' }), page(BILL, { sha256: 'same' })] }),
      'page.sameBytes',
      'warning',
    ],
    [
      'the same bytes twice at Personr',
      personr({ pages: [page(PASSPORT, { sha256: 'same' }), page(SELFIE, { sha256: 'same' })] }),
      'personr.page.sameBytes',
      'blocking',
    ],
    [
      'the same bytes twice at Sumsub',
      sumsub({ pages: [page(PASSPORT, { sha256: 'same' }), page(SELFIE, { sha256: 'same' })] }),
      'sumsub.page.sameBytes',
      'blocking',
    ],
    [
      'more than 64 MB at Sumsub, which says so itself',
      sumsub({ pages: [page(PASSPORT, { byteLength: 64_000_001 }), page(SELFIE)] }),
      'sumsub.file.tooLarge',
      'blocking',
    ],
    [
      'a type that Sumsub does not take',
      sumsub({ pages: [page(PASSPORT, { mediaType: 'image/tiff' }), page(SELFIE)] }),
      'sumsub.file.type',
      'blocking',
    ],
    [
      'more than 64 MB at Personr',
      personr({ pages: [page(PASSPORT, { byteLength: 64_000_001 }), page(SELFIE)] }),
      'personr.file.tooLarge',
      'warning',
    ],
    [
      'a type that Personr does not take',
      personr({ pages: [page(PASSPORT, { mediaType: 'image/tiff' }), page(SELFIE)] }),
      'personr.file.type',
      'blocking',
    ],
  ] as const)('notices %s', (_what, input, rule, severity) => {
    expect(found(input)).toEqual([[rule, severity]]);
  });

  it.each([
    ['persona', persona],
    ['personr', personr],
    ['sumsub', sumsub],
  ] as const)('says nothing of its form while a TIFF is looked at: %s is sent a rendition of it', (_provider, of) => {
    const pages = [page(PASSPORT, { mediaType: 'image/tiff', isInspected: false })];
    expect(preflight(of({ pages })).filter(({ pageId }) => pageId !== null)).toMatchObject([
      { rule: 'page.beingChecked' },
    ]);
  });

  it.each([
    ['personr', personr],
    ['sumsub', sumsub],
  ] as const)('wants a country of every document at %s, unless the subject has one', (provider, of) => {
    const flow = { ...personrFlow, requiredFields: [] };
    const subject = { ...SUBJECT, country: '' };
    const rule = `${provider}.country.missing`;
    const missing = preflight(of({ flow, subject }));
    expect(missing.map((finding) => finding.rule)).toEqual([rule, rule]);
    expect(missing.some(isOverridable)).toBe(false);
    const documents = [{ requirementId: 'identity', documentType: 'passport' as const, country: 'AUS' }];
    expect(preflight(of({ flow, subject, documents })).map((finding) => finding.slot)).toEqual([SELFIE]);
  });

  it('stops a document that no upload to Personr can name; small letters go in capitals, a company’s are text', () => {
    const stopped = preflight(personr({ flow: named('driving licence') }));
    expect(stopped.map(({ rule, slot }) => [rule, slot])).toEqual([
      ['personr.document.word', PASSPORT],
      ['personr.document.word', SELFIE],
    ]);
    expect(stopped.some(isOverridable)).toBe(false);
    expect(found(personr({ flow: named('drivers') }))).toEqual([]);
    const company = { ...named('driving licence'), subjectKind: 'entity' as const };
    expect(preflight(personr({ flow: company })).filter(({ rule }) => rule === 'personr.document.word')).toEqual([]);
  });

  it('takes pictures of exactly the least and the most bytes that Persona states, and waits for the look at a PDF', () => {
    for (const byteLength of [10_000, 15_000_000]) {
      expect(found(photos({ pages: [page(PASSPORT, { byteLength }), page(BILL)] }))).toEqual([]);
    }
    const unseen = page(PASSPORT, { mediaType: 'application/pdf', isInspected: false });
    expect(found(photos({ pages: [unseen, page(BILL)] }))).toEqual([['page.beingChecked', 'info']]);
  });

  it('says nothing of what does not matter where a page lies', () => {
    const expired = [{ rule: 'mrz.expired', severity: 'blocking' as const, params: {} }];
    const bill = page(BILL, { facts: [...fact('mrz.unsure').facts, ...expired] });
    expect(found(persona({ pages: [page(PASSPORT), bill] }))).toEqual([]);
    // Of an earlier version, and the page's own reading says until when it is good.
    const field = { confidence: 1, isChecked: true, mayGoOn: false };
    const readings = [
      { source: 'mrz' as const, fields: { documentExpiryDate: { ...field, value: '2030-01-01' } } },
    ] satisfies DocumentReading[];
    const passport = page(PASSPORT, { facts: expired, readings });
    expect(found(persona({ pages: [passport, page(BILL)] }))).toEqual([]);
    const separator = page(null, fact('page.separator'));
    expect(found(persona({ pages: [page(PASSPORT), page(BILL), separator] }))).toEqual([['page.inTray', 'warning']]);
    // What lies in the tray is not sent, so it is no second one.
    const twice = [page(PASSPORT, { sha256: 'same' }), page(SELFIE), page(null, { sha256: 'same' })];
    expect(found(personr({ pages: twice }))).toEqual([['page.inTray', 'warning']]);
    // Bills on one template look alike, whoever gets them.
    const alike = { pageId: 'another', reference: 'B-2', isSameCustomer: false };
    expect(found(persona({ pages: [page(PASSPORT), page(BILL, { alike })] }))).toEqual([]);
    expect(found(persona({ pages: [page(PASSPORT, { alike }), page(BILL)] }))).toEqual([['page.alike', 'warning']]);
  });

  it('leaves sizes of bills and PDFs at Persona alone: the limits are stated for photos of identity documents', () => {
    const pages = [
      page(PASSPORT, { mediaType: 'application/pdf', byteLength: 20_000_000 }),
      page(BILL, { byteLength: 900 }),
    ];
    expect(found(persona({ pages }))).toEqual([]);
  });

  it('asks for the other side only when an optional document was begun', () => {
    const flow = {
      ...personaFlow,
      requirements: personaFlow.requirements.map((requirement) => ({ ...requirement, isOptional: true })),
    };
    const documents = [{ requirementId: 'identity', documentType: 'id_card' as const, country: '' }];
    expect(found(persona({ flow, documents, pages: [] }))).toEqual([]);
    expect(found(persona({ flow, documents, pages: [page('identity/id_card/front')] }))).toEqual([
      ['slot.otherSideEmpty', 'blocking'],
    ]);
  });

  it('puts the gravest first and answers the same for the same input', () => {
    const input = persona({ pages: [page(PASSPORT, { heightPixels: 100, isInspected: false })] });
    expect(found(input).map(([, severity]) => severity)).toEqual(['blocking', 'warning', 'info']);
    expect(preflight(input)).toEqual(preflight(input));
  });

  it('has two sentences for everything that it can find', () => {
    const inputs = [
      persona({
        pages: [page(null, { isInspected: false, duplicateReference: 'K' })],
        subject: Subject.parse({ country: 'QQQ' }),
      }),
      personr({
        pages: [
          page(SELFIE, { sha256: 's', mediaType: 'application/pdf', byteLength: 70_000_000 }),
          page(PASSPORT, { sha256: 's' }),
        ],
        subject: Subject.parse({}),
      }),
    ];
    const rules = new Set(inputs.flatMap((input) => preflight(input).map(({ rule }) => rule)));
    expect(rules.size).toBeGreaterThan(10);
    for (const rule of rules) {
      expect([rule, typeof en[`finding.${rule}`], typeof en[`finding.${rule}.next`]]).toEqual([
        rule,
        'string',
        'string',
      ]);
    }
  });
});

/** What the zone of SUBJECT's document says, but for `changes`. */
function reading(changes: Record<string, string> = {}): DocumentReading {
  const values = { givenName: 'Erika', familyName: 'Mustermann', country: 'DEU', ...changes };
  const quality = { confidence: 0.9, isChecked: false, mayGoOn: false };
  return {
    source: 'mrz',
    fields: Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { value, ...quality }])),
  };
}

const read = (slot: string, changes: Record<string, string> = {}) => page(slot, { readings: [reading(changes)] });

describe('whose the pages are', () => {
  const wrong = { familyName: 'Other', documentExpiryDate: '2031-01-01' };
  const typed = { ...SUBJECT, documentExpiryDate: '2030-01-01' };
  const inputs = {
    agreeing: persona({ pages: [read(PASSPORT), read(BILL)] }),
    disagreeing: persona({ pages: [read(PASSPORT, wrong), page(BILL)], subject: typed }),
    mixed: persona({ pages: [read(PASSPORT), read(BILL, wrong)], subject: Subject.parse({ reference: 'B-1' }) }),
    filled: persona({
      unconfirmed: {
        givenName: { pageId: 'p', source: 'mrz', confidence: 0.9, isChecked: false, mayGoOn: false },
        birthDate: { pageId: 'p', source: 'mrz', confidence: 0.9, isChecked: true, mayGoOn: false },
      },
    }),
    checked: persona({
      unconfirmed: { birthDate: { pageId: 'p', source: 'mrz', confidence: 0.4, isChecked: true, mayGoOn: false } },
    }),
    known: persona({
      pages: [page(PASSPORT, { sameNumberReference: 'K-1' }), page(BILL, { sameNumberReference: '' })],
    }),
    abroad: personr({ pages: [read(PASSPORT, { country: 'AUT' }), page(SELFIE)] }),
    abroadAtSumsub: sumsub({ pages: [read(PASSPORT, { country: 'AUT' }), page(SELFIE)] }),
  };

  it.each([
    ['agreeing', []],
    [
      'disagreeing',
      [
        ['identity.disagrees', 'blocking'],
        ['identity.otherExpiry', 'warning'],
      ],
    ],
    ['filled', [['subject.unconfirmed', 'warning']]],
    ['checked', []],
    [
      'known',
      [
        ['identity.sameNumber', 'warning'],
        ['identity.sameNumberUnnamed', 'warning'],
      ],
    ],
    ['abroad', [['personr.country.differs', 'warning']]],
    ['abroadAtSumsub', [['sumsub.country.differs', 'warning']]],
  ] as const)('%s', (name, rules) => {
    expect(found(inputs[name])).toEqual(rules);
  });

  it('is never overridden, and a decision is for one value and amber', () => {
    const findings = preflight(inputs.mixed).filter(({ rule }) => rule.startsWith('identity.'));
    expect(findings.map(({ rule }) => rule)).toEqual(['identity.pagesDisagree']);
    expect(findings.some(isOverridable)).toBe(false);
    const [one] = disagreementsOf(inputs.disagreeing);
    const decided = new Set([one?.id ?? '']);
    expect(found({ ...inputs.disagreeing, decided })).toEqual([
      ['identity.decided', 'warning'],
      ['identity.otherExpiry', 'warning'],
    ]);
    const subject = { ...typed, familyName: 'Musterfrau' };
    expect(found({ ...inputs.disagreeing, decided, subject })[0]).toEqual(['identity.disagrees', 'blocking']);
  });

  it('does not matter to the country of a provider that is not sent one', () => {
    expect(found(persona({ pages: [read(PASSPORT, { country: 'AUT' }), page(BILL)] }))).toEqual([]);
    const documents = [{ requirementId: 'identity', documentType: 'passport', country: 'AUT' }] as const;
    expect(found({ ...inputs.abroad, documents })).toEqual([]);
  });

  it('has two sentences for each, without a value in them', () => {
    for (const input of Object.values(inputs)) {
      for (const { rule, params } of preflight(input)) {
        expect([rule, en[`finding.${rule}`] ?? en[`finding.${rule}_other`], en[`finding.${rule}.next`]]).toEqual([
          rule,
          expect.any(String),
          expect.any(String),
        ]);
        expect(JSON.stringify(params)).not.toMatch(/Erika|Mustermann|Other|2031/);
      }
    }
  });
});

describe('the light', () => {
  it('is green only when everything is clean', () => {
    expect(lightOf(preflight(persona()))).toBe('green');
    const checking = preflight(persona({ pages: [page(PASSPORT, { isInspected: false }), page(BILL)] }));
    expect([lightOf(checking), isClean(checking)]).toEqual(['amber', false]);
    const warned = preflight(persona({ pages: [page(PASSPORT, { heightPixels: 10 }), page(BILL)] }));
    expect([lightOf(warned), isClean(warned)]).toEqual(['amber', true]);
    const empty = preflight(persona({ pages: [] }));
    expect([lightOf(empty), isClean(empty)]).toEqual(['red', false]);
  });

  it('is amber after an override, which never covers a missing page or field', () => {
    const damaged = preflight(
      persona({
        pages: [page(PASSPORT, { facts: [{ rule: 'pdf.encrypted', severity: 'blocking', params: {} }] }), page(BILL)],
      }),
    );
    const overridden = new Set(damaged.map(({ rule }) => rule));
    expect([lightOf(damaged), lightOf(damaged, overridden), lightOf(damaged, new Set(['page.cut']))]).toEqual([
      'red',
      'amber',
      'red',
    ]);
    const empty = preflight(persona({ pages: [], subject: Subject.parse({}) }));
    expect(lightOf(empty, new Set(empty.map(({ rule }) => rule)))).toBe('red');
    expect(empty.some(isOverridable)).toBe(false);
  });
});

describe('countries', () => {
  it('knows alpha-3 and its alpha-2, and nothing else', () => {
    expect([alpha2Of('AUS'), alpha2Of('DEU'), alpha2Of('GBR')]).toEqual(['AU', 'DE', 'GB']);
    expect([isCountry('AU'), isCountry('UTO'), isCountry('deu'), isCountry('')]).toEqual([false, false, false, false]);
  });

  it('are those of ISO 3166-1, each with its own alpha-2, as a list has them that nobody here wrote', () => {
    const { XKK: kosovo, ...assigned } = getAlpha3Codes();
    expect(Object.fromEntries(COUNTRIES.map((code) => [code, alpha2Of(code)]))).toEqual({ ...assigned, XKX: kosovo });
  });
});
