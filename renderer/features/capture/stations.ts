import { allFindings } from '../../../shared/domain/index.ts';
import type { Finding, PageView, SlotView, SubmissionDetail } from '../../../shared/domain/index.ts';

/**
 * One stop on the way through a customer: a slot (with its page or still empty) or a page in the tray. The arrow keys go
 * through the stations in this order: slots as the flow wants them, then the tray.
 */
export interface Station {
  /** The slot's key, or the id of the page in the tray. */
  id: string;
  slot: SlotView | null;
  page: PageView | null;
}

/** Every station of a submission, in order. */
export function stationsOf(detail: Pick<SubmissionDetail, 'slots' | 'pages' | 'tray'>): Station[] {
  const pages = new Map(detail.pages.map((page) => [page.id, page]));
  const inSlots = detail.slots.map((slot) => ({
    id: slot.key,
    slot,
    page: slot.pageId === null ? null : (pages.get(slot.pageId) ?? null),
  }));
  const inTray = detail.tray.flatMap((pageId) => {
    const page = pages.get(pageId);
    return page === undefined ? [] : [{ id: pageId, slot: null, page }];
  });
  return [...inSlots, ...inTray];
}

/** What the operator chose to look at. A page is followed when it moves to another slot; a slot stays when its page goes. */
export interface Selection {
  slotKey: string | null;
  pageId: string | null;
}

export const NOTHING_SELECTED: Selection = { slotKey: null, pageId: null };

/**
 * The station that a selection means now: the page wherever it is, else the slot, else the first one that still wants a
 * page, else the first.
 */
export function selectedStation(stations: readonly Station[], selection: Selection): Station | null {
  const byPage = selection.pageId === null ? undefined : stations.find(({ page }) => page?.id === selection.pageId);
  const bySlot = selection.slotKey === null ? undefined : stations.find(({ id }) => id === selection.slotKey);
  const wanting = stations.find(
    (station) => wantsPage(station) && (station.slot?.wantsRetake !== null || !station.slot.isOptional),
  );
  return byPage ?? bySlot ?? wanting ?? stations[0] ?? null;
}

/** Whether the next page may go here: the slot is empty, or the provider wants its page again. */
export function wantsPage({ slot, page }: Station): boolean {
  return slot !== null && (page === null || slot.wantsRetake !== null);
}

/** Where a photo of the camera goes. `slot` null: main finds a place. */
export interface CameraPlace {
  slot: string | null;
  /** The photo there that the new one takes the place of. */
  replacesPageId: string | null;
}

/**
 * A camera is for selfies: the slot for one that is open or wanted again, else the selected selfie anew, else the selected slot when
 * it wants a page.
 */
export function cameraPlace(stations: readonly Station[], selected: Station | null): CameraPlace {
  const isSelfie = ({ slot }: Station) => slot?.documentType === 'selfie';
  const open = stations.find((station) => isSelfie(station) && wantsPage(station));
  if (open !== undefined) return { slot: open.id, replacesPageId: null };
  if (selected === null || selected.slot === null) return { slot: null, replacesPageId: null };
  if (wantsPage(selected)) return { slot: selected.id, replacesPageId: null };
  return isSelfie(selected)
    ? { slot: selected.id, replacesPageId: selected.page?.id ?? null }
    : { slot: null, replacesPageId: null };
}

/** The selection that stays on this station. */
export function selectionOf(station: Station): Selection {
  return { slotKey: station.slot?.key ?? null, pageId: station.page?.id ?? null };
}

/** The station `step` places further; stops at the ends. `hasPage`: only stations with a page count. */
export function stepStation(
  stations: readonly Station[],
  from: Station | null,
  step: 1 | -1,
  hasPage = false,
): Station | null {
  const candidates = hasPage ? stations.filter(({ page }) => page !== null) : stations;
  if (candidates.length === 0) return from;
  const index = candidates.findIndex(({ id }) => id === from?.id);
  if (index === -1) return (step === 1 ? candidates[0] : candidates.at(-1)) ?? from;
  return candidates[Math.min(candidates.length - 1, Math.max(0, index + step))] ?? from;
}

export type SlotStatus =
  | { kind: 'empty'; isOptional: boolean }
  | { kind: 'retake' }
  | { kind: 'checking' }
  | { kind: 'blocked'; count: number }
  | { kind: 'warned'; count: number }
  | { kind: 'filled' };

/** How a slot stands, gravest first. `findings` are the page's and those that name the slot. */
export function slotStatus(station: Station, findings: readonly Finding[]): SlotStatus {
  const { slot, page } = station;
  const wanted = slot?.wantsRetake ?? null;
  // Until the new image comes, the slot is empty or still holds the page that the provider has or refused.
  if (wanted !== null && (page === null || page.isDelivered || page.id === wanted.previousPageId))
    return { kind: 'retake' };
  if (page === null) return { kind: 'empty', isOptional: slot?.isOptional ?? false };
  const own = findingsAt(findings, station);
  const blocking = own.filter(({ severity }) => severity === 'blocking').length;
  if (blocking > 0) return { kind: 'blocked', count: blocking };
  if (!page.isInspected) return { kind: 'checking' };
  const warnings = own.filter(({ severity }) => severity === 'warning').length;
  if (warnings > 0) return { kind: 'warned', count: warnings };
  return { kind: 'filled' };
}

/** Findings about the page of this station; the submission's list is the whole, the page's own list its part. */
export function findingsAt(findings: readonly Finding[], station: Station): Finding[] {
  const { page } = station;
  if (page === null) return [];
  const merged = [...findings.filter(({ pageId }) => pageId === page.id), ...page.findings];
  const seen = new Set<string>();
  return merged.filter((finding) => {
    const identity = `${finding.rule} ${JSON.stringify(finding.params)}`;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

/** How many things must still be done: the submission's own and those of its pages, each counted once. */
export function countBlocking(detail: Pick<SubmissionDetail, 'findings' | 'pages'>): number {
  const blocking = allFindings(detail).filter(({ severity }) => severity === 'blocking');
  return new Set(
    blocking.map(({ rule, pageId, slot, field, params }) => JSON.stringify([rule, pageId, slot, field, params])),
  ).size;
}

/** Findings that belong to no page: an empty slot, a missing field. */
export function findingsWithoutPage(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ pageId }) => pageId === null);
}

/** Slots grouped by requirement, both in the flow's order. */
export function groupByRequirement(stations: readonly Station[]): { requirementId: string; stations: Station[] }[] {
  const groups: { requirementId: string; stations: Station[] }[] = [];
  for (const station of stations) {
    if (station.slot === null) continue;
    const { requirementId } = station.slot;
    const group = groups.find((candidate) => candidate.requirementId === requirementId);
    if (group === undefined) groups.push({ requirementId, stations: [station] });
    else group.stations.push(station);
  }
  return groups;
}

/** True while nothing at all was entered: such a customer is used again instead of starting another. */
export function isUntouched(row: {
  isStack: boolean;
  pageCount: number;
  customer: string;
  reference: string;
  state: string;
}): boolean {
  return !row.isStack && row.state === 'draft' && row.pageCount === 0 && row.customer === '' && row.reference === '';
}

/** True while the light is held back by nothing but pages that have not been looked at yet. */
export function isOnlyBeingChecked(detail: Pick<SubmissionDetail, 'light' | 'findings' | 'pages'>): boolean {
  return detail.light === 'amber' && allFindings(detail).every(({ severity }) => severity === 'info');
}
