import { describe, expect, it } from 'vitest';
import type { Finding, PageView, SlotView } from '../../../../shared/domain/index.ts';
import {
  cameraPlace,
  countBlocking,
  isOnlyBeingChecked,
  findingsAt,
  groupByRequirement,
  isUntouched,
  NOTHING_SELECTED,
  selectedStation,
  selectionOf,
  slotStatus,
  stationsOf,
  stepStation,
  wantsPage,
} from '../../../../renderer/features/capture/stations.ts';

function page(id: string, slot: string | null, more: Partial<PageView> = {}): PageView {
  return {
    id,
    fileName: `${id}.jpg`,
    mediaType: 'image/jpeg',
    byteLength: 1,
    sha256: '',
    rendition: null,
    widthPixels: 1,
    heightPixels: 1,
    sheetCount: 1,
    straightenedSheets: [],
    isInspected: true,
    slot,
    capturedAt: 0,
    source: 'drop',
    replacesPageId: null,
    duplicateOf: null,
    sameNumberAs: null,
    alikeTo: null,
    findings: [],
    isDelivered: false,
    purgedAt: null,
    ...more,
  };
}

function slot(key: string, pageId: string | null, more: Partial<SlotView> = {}): SlotView {
  return {
    key,
    requirementId: key.split('/')[0] ?? '',
    requirementLabel: '',
    requirementLabelKey: null,
    documentType: 'id_card',
    side: 'front',
    isOptional: false,
    pageId,
    wantsRetake: null,
    ...more,
  };
}

const finding = (rule: string, severity: Finding['severity'], pageId: string | null): Finding => ({
  rule,
  severity,
  pageId,
  slot: null,
  field: null,
  params: {},
});

const detail = {
  slots: [
    slot('identity/id_card/front', 'p1'),
    slot('identity/id_card/back', null),
    slot('address/utility_bill/single', 'p2'),
    slot('selfie/selfie/single', null, { isOptional: true }),
  ],
  pages: [page('p2', 'address/utility_bill/single'), page('p1', 'identity/id_card/front'), page('p3', null)],
  tray: ['p3'],
};
const stations = stationsOf(detail);

describe('stationsOf', () => {
  it('keeps the order in which the flow wants the slots, then the tray', () => {
    expect(stations.map(({ id, page: held }) => [id, held?.id ?? null])).toEqual([
      ['identity/id_card/front', 'p1'],
      ['identity/id_card/back', null],
      ['address/utility_bill/single', 'p2'],
      ['selfie/selfie/single', null],
      ['p3', 'p3'],
    ]);
  });

  it('leaves out a tray page that is gone', () => {
    expect(stationsOf({ ...detail, tray: ['gone'] })).toHaveLength(4);
  });
});

const stationAt = (key: string, among = stations) => among.find(({ id }) => id === key) ?? null;

it('a page is wanted by an empty slot and by one that the provider wants again, never by the tray', () => {
  expect(stations.filter(wantsPage).map(({ id }) => id)).toEqual(['identity/id_card/back', 'selfie/selfie/single']);
  const message = { code: 'retake' };
  const again = { ...slot('identity/id_card/front', 'p1'), wantsRetake: { message, previousPageId: 'p1' } };
  expect(wantsPage({ id: again.key, slot: again, page: page('p1', again.key) })).toBe(true);
});

describe('cameraPlace', () => {
  const withSelfie = stationsOf({
    slots: [slot('identity/id_card/back', null), slot('selfie/selfie/single', 'p4', { documentType: 'selfie' })],
    pages: [page('p4', 'selfie/selfie/single')],
    tray: [],
  });

  it('is the selfie that is open, whatever is selected', () => {
    const open = stationsOf({
      ...detail,
      slots: [slot('identity/id_card/back', null), slot('selfie/selfie/single', null, { documentType: 'selfie' })],
    });
    const place = { slot: 'selfie/selfie/single', replacesPageId: null };
    expect(cameraPlace(open, stationAt('identity/id_card/back', open))).toEqual(place);
  });

  it('is the selfie that is selected, in place of the one there', () => {
    const place = { slot: 'selfie/selfie/single', replacesPageId: 'p4' };
    expect(cameraPlace(withSelfie, stationAt('selfie/selfie/single', withSelfie))).toEqual(place);
  });

  it('is the selected slot that wants a page, else left to main', () => {
    expect(cameraPlace(withSelfie, stationAt('identity/id_card/back', withSelfie)).slot).toBe('identity/id_card/back');
    expect(cameraPlace(stations, stationAt('address/utility_bill/single'))).toEqual({
      slot: null,
      replacesPageId: null,
    });
    expect(cameraPlace(stations, stationAt('p3')).slot).toBeNull();
  });
});

describe('selectedStation', () => {
  it('starts at the first required slot that is open', () => {
    expect(selectedStation(stations, NOTHING_SELECTED)?.id).toBe('identity/id_card/back');
  });

  it('follows a page that moved to another slot', () => {
    const before = selectionOf(stations[0] ?? { id: '', slot: null, page: null });
    const moved = stationsOf({
      ...detail,
      slots: [slot('identity/id_card/front', null), slot('identity/id_card/back', 'p1')],
    });
    expect(selectedStation(moved, before)?.id).toBe('identity/id_card/back');
  });

  it('stays on the slot when its page was removed', () => {
    const chosen = { slotKey: 'address/utility_bill/single', pageId: 'gone' };
    expect(selectedStation(stations, chosen)?.id).toBe('address/utility_bill/single');
  });

  it('prefers the slot that the provider wants again', () => {
    const retake = stationsOf({
      ...detail,
      slots: [
        slot('identity/id_card/front', 'p1'),
        slot('address/utility_bill/single', 'p2', {
          wantsRetake: { message: { code: 'x' }, previousPageId: 'p2' },
        }),
      ],
    });
    expect(selectedStation(retake, NOTHING_SELECTED)?.id).toBe('address/utility_bill/single');
  });

  it('is nothing when there is nothing', () => {
    expect(selectedStation([], NOTHING_SELECTED)).toBeNull();
  });
});

describe('stepStation', () => {
  it('stops at both ends', () => {
    const last = stations.at(-1) ?? null;
    expect(stepStation(stations, stations[0] ?? null, -1)?.id).toBe('identity/id_card/front');
    expect(stepStation(stations, last, 1)?.id).toBe('p3');
  });

  it('can go from page to page over the empty slots', () => {
    expect(stepStation(stations, stations[0] ?? null, 1, true)?.id).toBe('address/utility_bill/single');
    expect(stepStation(stations, stations[1] ?? null, 1, true)?.id).toBe('identity/id_card/front');
  });
});

const at = (held: PageView | null, more: Partial<SlotView> = {}) => ({
  id: 's',
  slot: slot('s', held?.id ?? null, more),
  page: held,
});

describe('slotStatus', () => {
  const wantsRetake = { message: { code: 'x' }, previousPageId: 'old' };

  it('names the gravest thing first', () => {
    const findings = [finding('a', 'warning', 'p'), finding('b', 'blocking', 'p'), finding('c', 'info', 'p')];
    expect(slotStatus(at(page('p', 's')), findings)).toEqual({ kind: 'blocked', count: 1 });
    expect(slotStatus(at(page('p', 's')), findings.slice(0, 1))).toEqual({ kind: 'warned', count: 1 });
    expect(slotStatus(at(page('p', 's')), findings.slice(2))).toEqual({ kind: 'filled' });
  });

  it('is not filled before the page was looked at', () => {
    expect(slotStatus(at(page('p', 's', { isInspected: false })), [])).toEqual({ kind: 'checking' });
  });

  it('wants a retake until a page is there that the provider neither has nor refused', () => {
    expect(slotStatus(at(null, { wantsRetake }), [])).toEqual({ kind: 'retake' });
    expect(slotStatus(at(page('old', 's'), { wantsRetake }), [])).toEqual({ kind: 'retake' });
    expect(slotStatus(at(page('old', 's', { isDelivered: true }), { wantsRetake }), [])).toEqual({ kind: 'retake' });
    expect(slotStatus(at(page('new', 's'), { wantsRetake }), [])).toEqual({ kind: 'filled' });
  });
});

describe('findingsAt', () => {
  it('shows a finding once when page and submission both list it', () => {
    const shared = finding('page.dark', 'warning', 'p');
    const station = { id: 's', slot: null, page: page('p', null, { findings: [shared] }) };
    expect(findingsAt([shared, finding('other', 'warning', 'q')], station)).toEqual([shared]);
  });
});

describe('a light that waits for a look', () => {
  it.each([
    ['amber', ['info'], true],
    ['amber', ['info', 'warning'], false],
    // What blocked was overridden.
    ['amber', ['blocking', 'info'], false],
    ['green', ['info'], false],
    ['red', ['info'], false],
  ] as const)('%s with %j: %s', (light, severities, isSo) => {
    const findings = severities.map((severity) => finding('page.beingChecked', severity, 'p'));
    // A page's own findings stand with the page.
    expect(isOnlyBeingChecked({ light, findings: [], pages: [page('p', null, { findings })] })).toBe(isSo);
    expect(isOnlyBeingChecked({ light, findings, pages: [] })).toBe(isSo);
  });
});

describe('countBlocking', () => {
  it('counts what pages and submission list, each thing once', () => {
    const shared = finding('page.damaged', 'blocking', 'p');
    const held = page('p', null, { findings: [shared, finding('page.small', 'warning', 'p')] });
    expect(countBlocking({ findings: [shared, finding('slot.empty', 'blocking', null)], pages: [held] })).toBe(2);
    expect(countBlocking({ findings: [], pages: [held] })).toBe(1);
  });
});

describe('groupByRequirement', () => {
  it('puts the sides of one document together, without the tray', () => {
    expect(groupByRequirement(stations).map((group) => [group.requirementId, group.stations.length])).toEqual([
      ['identity', 2],
      ['address', 1],
      ['selfie', 1],
    ]);
  });
});

describe('isUntouched', () => {
  it('is only a draft without pages and fields', () => {
    const fresh = { isStack: false, pageCount: 0, customer: '', reference: '', state: 'draft' };
    expect(isUntouched(fresh)).toBe(true);
    expect(isUntouched({ ...fresh, isStack: true })).toBe(false);
    expect(isUntouched({ ...fresh, pageCount: 1 })).toBe(false);
    expect(isUntouched({ ...fresh, customer: 'Specimen' })).toBe(false);
    expect(isUntouched({ ...fresh, state: 'sent' })).toBe(false);
  });
});
