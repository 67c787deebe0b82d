import { describe, expect, it } from 'vitest';
import {
  DEFAULT_SCAN_CHOICE,
  fixedProfile,
  profileFor,
  ScanChoice,
  scanSubjectOf,
  sizeFor,
  withFixed,
  withoutFixed,
  withProfile,
} from '../../../shared/domain/index.ts';
import type { ScanProfile, ScanSubject, SlotView, SourceCapabilities } from '../../../shared/domain/index.ts';

const PASSPORT: ScanSubject = { connectionId: 'persona-1', documentType: 'passport' };
const SAME_ELSEWHERE: ScanSubject = { connectionId: 'personr-1', documentType: 'passport' };
const SHARP: ScanProfile = { dpi: 600, colour: 'colour', size: 'a5', waitsForPaper: false };
const GLASS: SourceCapabilities = {
  source: 'flatbed',
  resolutions: { kind: 'list', values: [300, 600] },
  colours: ['colour'],
  area: { width: 216, height: 297 },
  hasFullSize: true,
};

describe('the size of a document', () => {
  it.each([
    ['passport', 'a5'],
    ['id_card', 'a6'],
    ['driving_licence', 'a6'],
    ['utility_bill', 'a4'],
    ['other', 'full'],
  ] as const)('%s: %s', (documentType, size) => {
    expect(sizeFor('document', { connectionId: 'c', documentType }, GLASS)).toBe(size);
  });

  it('is the whole area where it is not known, or where the source has no such size', () => {
    expect(sizeFor('document', null, GLASS)).toBe('full');
    const letterGlass = { ...GLASS, area: { width: 215.9, height: 279.4 } };
    expect(sizeFor('document', { connectionId: 'c', documentType: 'utility_bill' }, letterGlass)).toBe('full');
    const feeder = { ...letterGlass, hasFullSize: false };
    expect(sizeFor('document', { connectionId: 'c', documentType: 'utility_bill' }, feeder)).toBe('letter');
  });

  it('is what was chosen, whatever the document', () => {
    expect(sizeFor('a4', PASSPORT, GLASS)).toBe('a4');
  });
});

describe('a profile that is fixed for a document of a connection', () => {
  const fixed = withFixed(DEFAULT_SCAN_CHOICE, PASSPORT, { source: 'flatbed', profile: SHARP });

  it('holds for it alone', () => {
    expect(profileFor(fixed, 'flatbed', PASSPORT)).toEqual(SHARP);
    for (const other of [SAME_ELSEWHERE, { ...PASSPORT, documentType: 'id_card' as const }, null]) {
      expect(profileFor(fixed, 'flatbed', other)).toEqual(DEFAULT_SCAN_CHOICE.profiles.flatbed);
    }
    expect(profileFor(fixed, 'feeder', PASSPORT)).toEqual(DEFAULT_SCAN_CHOICE.profiles.feeder);
  });

  it('is what a change changes, and the source keeps its own', () => {
    const changed = withProfile(fixed, 'flatbed', PASSPORT, { ...SHARP, dpi: 300 });
    expect(fixedProfile(changed, PASSPORT)?.profile.dpi).toBe(300);
    expect(changed.documents).toHaveLength(1);
    expect(changed.profiles).toEqual(DEFAULT_SCAN_CHOICE.profiles);
    const own = withProfile(fixed, 'flatbed', SAME_ELSEWHERE, { ...SHARP, dpi: 200 });
    expect([own.profiles.flatbed.dpi, own.documents]).toEqual([200, fixed.documents]);
  });

  it('is fixed anew with another source, and given up', () => {
    const moved = withFixed(fixed, PASSPORT, { source: 'feeder', profile: SHARP });
    expect(moved.documents).toEqual([{ ...PASSPORT, source: 'feeder', profile: SHARP }]);
    expect(withoutFixed(moved, PASSPORT)).toEqual(DEFAULT_SCAN_CHOICE);
  });

  it('leaves what an earlier version has remembered as it was', () => {
    const { documents: _none, ...earlier } = DEFAULT_SCAN_CHOICE;
    expect(ScanChoice.parse(earlier)).toEqual(DEFAULT_SCAN_CHOICE);
  });
});

const slot = (key: string, documentType: SlotView['documentType'], more: Partial<SlotView> = {}): SlotView => ({
  key,
  requirementId: key,
  requirementLabel: key,
  requirementLabelKey: null,
  documentType,
  side: 'single',
  isOptional: false,
  pageId: null,
  wantsRetake: null,
  ...more,
});
const seen = (slots: SlotView[], asked: string | null = null) =>
  scanSubjectOf({ connectionId: 'c', slots }, asked)?.documentType ?? null;

describe('what the next page will show', () => {
  it('is the slot that was asked for, else what is wanted again, required, optional', () => {
    const filled = slot('a', 'passport', { pageId: 'p' });
    const optional = slot('b', 'other', { isOptional: true });
    const bill = slot('c', 'utility_bill');
    const retake = slot('d', 'id_card', { pageId: 'q', wantsRetake: { message: { code: 'x' }, previousPageId: 'q' } });
    expect(seen([filled, optional, bill, retake], 'a')).toBe('passport');
    expect(seen([filled, optional, bill, retake])).toBe('id_card');
    expect(seen([filled, optional, bill])).toBe('utility_bill');
    expect(seen([filled, optional])).toBe('other');
    expect(seen([filled])).toBeNull();
  });
});
