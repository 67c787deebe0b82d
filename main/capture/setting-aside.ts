import { isChangeAllowed, nameParams } from '../../shared/domain/index.ts';
import { isBlankPage, slotsOf } from '../../shared/rules/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { closeUp } from './placing.ts';
import type { FollowingPage } from './placing.ts';
import { readActivePages, readDocuments, readPage, readSubmission } from './records.ts';
import type { PageRecord } from './records.ts';
import { isSeparator } from './stack-pages.ts';
import { pageRows, record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/** What the ledger says of where a page lies. */
interface Story {
  readonly importId: string | null;
  readonly firstSlot: string | null;
  /** Where Satchel put it last. */
  slot: string | null;
  isTouched: boolean;
}

const PLACED = [
  'page.captured',
  'page.setAside',
  'page.closedUp',
  'page.moved',
  'page.removed',
  'page.restored',
] as const;

function storiesOf(db: ReadableDatabase, submissionId: string): Map<string, Story> {
  const stories = new Map<string, Story>();
  for (const { kind, pageId, importId = null, slot = null, to = null } of pageRows(db, submissionId, PLACED)) {
    if (kind === 'page.captured') stories.set(pageId, { importId, firstSlot: slot, slot, isTouched: false });
    const story = stories.get(pageId);
    if (story === undefined || kind === 'page.captured') continue;
    if (kind === 'page.setAside' || kind === 'page.closedUp') story.slot = to;
    else story.isTouched = true;
  }
  return stories;
}

const isNobodys = (page: PageRecord): boolean => isBlankPage(page) || isSeparator(page);

/** Nobody asked for its place, and nobody has changed it or turned the page: not by moving another one there either. */
function isUntouched({ slot, rotation, isDelivered, replacesPageId }: PageRecord, story: Story): boolean {
  return !story.isTouched && story.slot === slot && rotation === 0 && !isDelivered && replacesPageId === null;
}

/**
 * A page that has just been looked at, and that is blank or a separator sheet, leaves the slot into which it had gone by itself, as the backs of
 * single sheets do that were scanned on both sides: it lies in the tray, and the pages of the same import that came after it close up. What a
 * person has placed, moved or turned stays where it is, and so does everything when the provider wants pages anew. Inside the
 * transaction that stores what was seen.
 */
export function setAsideNobodys(
  options: Pick<CaptureOptions, 'cipher' | 'clock' | 'operator'>,
  db: WritableDatabase,
  { id: pageId, submissionId }: Pick<PageRecord, 'id' | 'submissionId'>,
): void {
  // Nearly every page ends here, so its neighbours are not read before.
  const seen = readPage(db, pageId);
  if (seen.state !== 'active' || seen.slot === null || !isNobodys(seen)) return;
  const submission = readSubmission(db, options.cipher, submissionId);
  const isOpen = !submission.isVoided && !submission.isStack && isChangeAllowed(submission.state);
  if (!isOpen || Object.keys(submission.retakeSlots).length > 0) return;
  const pages = readActivePages(db, submissionId);
  const stories = storiesOf(db, submissionId);
  const importId = stories.get(pageId)?.importId ?? null;
  const untouched = pages.flatMap((page) => {
    const story = stories.get(page.id);
    if (importId === null || story?.importId !== importId || !isUntouched(page, story)) return [];
    return [{ ...page, firstSlot: story.firstSlot, isAside: isNobodys(page) } satisfies FollowingPage & PageRecord];
  });
  if (!untouched.some(({ id }) => id === pageId)) return;
  // What came before the first of them lies where it would lie without them.
  const following = untouched.slice(untouched.findIndex(({ isAside }) => isAside));
  const slots = slotsOf(submission.flow, readDocuments(db, submissionId, submission.flow));
  const others = pages.filter(({ id }) => !following.some((page) => page.id === id));
  const places = closeUp(slots, new Set(others.map(({ slot }) => slot)), following);
  const elsewhere = following.filter(({ id, slot }) => (places.get(id) ?? null) !== slot);
  // Nobody's page loses its slot to another one: then somebody was at work in between, and the others stay where they are.
  const isSomebodyOut = elsewhere.some(({ id, isAside }) => !isAside && places.get(id) === null);
  const moved = isSomebodyOut ? elsewhere.filter(({ isAside }) => isAside) : elsewhere;
  // Out of their slots first: a slot holds one page at a time.
  for (const { id } of moved) db.run('UPDATE pages SET slot = NULL WHERE id = ?', [id]);
  for (const page of moved) {
    const slot = slots.find(({ key }) => key === places.get(page.id));
    db.run('UPDATE pages SET slot = ? WHERE id = ?', [slot?.key ?? null, page.id]);
    record(options, db, {
      submissionId,
      kind: page.isAside ? 'page.setAside' : 'page.closedUp',
      message:
        slot === undefined
          ? { code: isSeparator(page) ? 'ledger.separatorSetAside' : 'ledger.blankSetAside' }
          : {
              code: 'ledger.pageClosedUp',
              params: {
                ...nameParams('requirement', slot.requirementLabel, slot.requirementLabelKey),
                side: slot.side,
              },
            },
      facts: { pageId: page.id, from: page.slot, to: slot?.key ?? null },
      isSystem: true,
    });
  }
  db.run('UPDATE submissions SET updated_at = ? WHERE id = ?', [options.clock.now(), submissionId]);
}
