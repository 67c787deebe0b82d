import { describe, expect, it } from 'vitest';
import { factsOfSeen, readingsOf } from '../../../main/capture/seen-facts.ts';
import type { InspectedZone } from '../../../main/inspection/index.ts';
import { zoneLines } from '../../../scripts/mrz/zones.ts';
import { parseMrz } from '../../../shared/mrz/index.ts';
import type { MrzFormat } from '../../../shared/mrz/index.ts';

const ANNA = {
  issuer: 'UTO',
  names: 'BERG<<ANNA<MARIA',
  documentNumber: 'U5503918C',
  nationality: 'UTO',
  birthDate: '690723',
  sex: 'F',
  expiryDate: '350114',
};
const CODES: Readonly<Record<MrzFormat, string>> = { TD1: 'I<', TD2: 'I<', TD3: 'P<', 'MRV-A': 'V<', 'MRV-B': 'V<' };
const UNREAD: InspectedZone = { mrz: null, sheet: 1, confidence: {}, corners: [], dpi: 300 };

function zone(format: MrzFormat, changed: Partial<typeof ANNA> = {}, sheet = 1): InspectedZone {
  const mrz = parseMrz(zoneLines(format, { ...ANNA, documentCode: CODES[format], ...changed }), '2026-11-28');
  if (mrz?.isValid !== true) throw new Error('the zone is none');
  return { ...UNREAD, mrz, sheet };
}

const rulesOf = (first: InspectedZone, ...moreZones: InspectedZone[]): string[] =>
  factsOfSeen({ zone: first, moreZones }).map(({ rule }) => rule);

describe('what several zones on one page say of it', () => {
  it('is nothing of people where all are one person’s', () => {
    expect(rulesOf(zone('TD3'), zone('MRV-A', { documentNumber: 'V1' }))).toEqual(['page.passport']);
    expect(rulesOf(zone('TD3'), zone('TD1', { documentNumber: 'K31845520' }))).toEqual([]);
    expect(rulesOf(zone('TD1'), zone('TD1'))).toEqual(['page.cardBack']);
  });

  it('is that they are of two people, on which sheets or together, whichever two of them are', () => {
    const eva = { names: 'TAL<<EVA', birthDate: '700101' };
    expect(rulesOf(zone('TD3'), zone('TD3', eva))).toEqual(['page.passport', 'page.twoPeopleTogether']);
    const facts = factsOfSeen({ zone: zone('TD3'), moreZones: [zone('TD3', eva, 4)] });
    expect(facts).toContainEqual({ rule: 'page.twoPeople', severity: 'blocking', params: { first: 1, other: 4 } });
    // The first says too little to be anybody else than either of the others.
    const [short, maria, sophie] = ['BERG<<ANNA', 'BERG<<ANNA<MARIA', 'BERG<<ANNA<SOPHIE'].map((names) =>
      zone('TD1', { names }),
    );
    expect(rulesOf(short ?? UNREAD, maria ?? UNREAD, sophie ?? UNREAD)).toContain('page.twoPeopleTogether');
  });

  it('is that one more may be somebody else’s, where it was seen and not read', () => {
    expect(rulesOf(zone('TD3'), UNREAD)).toEqual(['mrz.anotherUnsure']);
    expect(rulesOf(UNREAD)).toEqual(['mrz.unsure']);
    expect(rulesOf(UNREAD, UNREAD)).toEqual(['mrz.unsure']);
  });

  it('is kept of each document once', () => {
    const visa = zone('MRV-A', { documentNumber: 'V1' });
    const readings = readingsOf({ zone: visa, moreZones: [zone('TD3'), zone('TD3', {}, 2), UNREAD] });
    expect(readings.map(({ fields }) => fields.documentNumber?.value)).toEqual([undefined, 'U5503918C']);
  });
});
