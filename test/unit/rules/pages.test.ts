import { describe, expect, it } from 'vitest';
import { isClean, lightOf, preflight } from '../../../shared/rules/index.ts';
import type { PreflightInput } from '../../../shared/rules/index.ts';
import { BILL, PASSPORT, SELFIE, fact, found, persona, personr, sumsub } from '../../support/rule-inputs.ts';
import { rulePage as page } from '../../support/rule-pages.ts';

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
