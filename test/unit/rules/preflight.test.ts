import { describe, expect, it } from 'vitest';
import { Subject } from '../../../shared/domain/index.ts';
import type { DocumentReading } from '../../../shared/domain/index.ts';
import { en } from '../../../shared/messages/index.ts';
import { isClean, isOverridable, lightOf, preflight } from '../../../shared/rules/index.ts';
import {
  BILL,
  NEW_BILL,
  PASSPORT,
  SELFIE,
  SUBJECT,
  fact,
  found,
  named,
  persona,
  personaFlow,
  personr,
  personrFlow,
  photos,
  sumsub,
} from '../../support/rule-inputs.ts';
import { rulePage as page } from '../../support/rule-pages.ts';

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
