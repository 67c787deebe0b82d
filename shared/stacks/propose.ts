import type { CutReason, StackEdits, StackSettings, TrayReason } from '../domain/index.ts';

/** One page of a stack, in the order of the feeder. */
export interface StackPage {
  readonly id: string;
  readonly isSeparator: boolean;
  readonly isBlank: boolean;
  /** Its file has sheets of several people. */
  readonly isOfSeveral: boolean;
  /** Whose document it is, as far as it can be read: equal for the same document. Null: it does not say. */
  readonly identity: string | null;
  /** It is the back of a card, so that its front lies before it. */
  readonly isCardBack: boolean;
}

export interface StackGroup {
  readonly reason: CutReason;
  /** At least one. */
  readonly pageIds: readonly string[];
}

/** Every page is in exactly one group or in the tray. */
export interface StackProposal {
  /** One customer each, in the order of the stack. */
  readonly groups: readonly StackGroup[];
  readonly tray: readonly { readonly pageId: string; readonly why: TrayReason }[];
}

interface OpenGroup {
  reason: CutReason;
  pageIds: string[];
}

/** Why a page goes to nobody, or null. What a person said counts more than what the page looks like. */
function trayReason(page: StackPage, edits: StackEdits): TrayReason | null {
  const edit = edits[page.id];
  if (edit === 'aside') return 'person';
  if (edit !== undefined) return null;
  if (page.isOfSeveral) return 'several';
  if (page.isSeparator) return 'separator';
  return page.isBlank ? 'blank' : null;
}

/** Whether a page is said to lie with another one. */
function isMoved(page: StackPage, edits: StackEdits): boolean {
  return typeof edits[page.id] === 'object';
}

/**
 * Whose document begins with the page at `index`, if that is another one than `current`. The zone of a card is on its back: then
 * it begins with the page before, when that says nothing itself.
 */
function newIdentity(pages: readonly StackPage[], index: number, current: string | null): string | null {
  const [page, next] = [pages[index], pages[index + 1]];
  if (page === undefined) return null;
  const own = page.identity ?? (next?.isCardBack === true ? next.identity : null);
  return own !== null && own !== current ? own : null;
}

/** The pages that follow each other, parted into customers. */
function groupsOf(
  sequence: readonly StackPage[],
  afterSeparator: ReadonlySet<string>,
  settings: StackSettings,
  edits: StackEdits,
): OpenGroup[] {
  const groups: OpenGroup[] = [];
  let current: string | null = null;
  const automatic = (page: StackPage, identity: string | null): CutReason | null => {
    if (afterSeparator.has(page.id)) return 'separator';
    if (settings.splitBy === 'count' && (groups.at(-1)?.pageIds.length ?? 0) >= settings.pagesEach) return 'count';
    return settings.splitBy === 'identity' && current !== null && identity !== null ? 'identity' : null;
  };
  for (const [index, page] of sequence.entries()) {
    const identity = newIdentity(sequence, index, current);
    const edit = edits[page.id];
    const byItself = edit === 'join' ? null : automatic(page, identity);
    const reason = groups.length === 0 ? 'first' : edit === 'cut' ? 'person' : byItself;
    if (reason === null) groups.at(-1)?.pageIds.push(page.id);
    else groups.push({ reason, pageIds: [page.id] });
    current = identity ?? (reason === null ? current : null);
  }
  return groups;
}

/**
 * Who would get which page of a stack, and why. A proposal only: nothing moves before a person accepts it. Pure, in time
 * proportional to the pages. An edit that names a page that is not there any more does nothing; a page that a person laid to
 * one that goes to nobody lies in the tray.
 */
export function proposeStack(pages: readonly StackPage[], settings: StackSettings, edits: StackEdits): StackProposal {
  const tray: { pageId: string; why: TrayReason }[] = [];
  const afterSeparator = new Set<string>();
  const sequence: StackPage[] = [];
  let isAfterSeparator = false;
  for (const page of pages) {
    if (isMoved(page, edits)) continue;
    const why = trayReason(page, edits);
    if (why !== null) {
      tray.push({ pageId: page.id, why });
      // After a file of several customers nobody knows whose page comes next, so it is nobody's before.
      isAfterSeparator ||= why === 'separator' || why === 'several';
      continue;
    }
    if (isAfterSeparator) afterSeparator.add(page.id);
    isAfterSeparator = false;
    sequence.push(page);
  }
  const groups = groupsOf(sequence, afterSeparator, settings, edits);
  const groupOf = new Map(groups.flatMap((group) => group.pageIds.map((pageId) => [pageId, group] as const)));
  for (const { id } of pages) {
    const edit = edits[id];
    if (typeof edit !== 'object') continue;
    const group = groupOf.get(edit.with);
    if (group === undefined) tray.push({ pageId: id, why: 'person' });
    else group.pageIds.push(id);
  }
  return { groups, tray };
}
