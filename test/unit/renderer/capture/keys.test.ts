/** The keys of Capture: which are heard when, and that no two that are heard are the same. */
import { describe, expect, it } from 'vitest';
import { joinGroups } from '../../../../renderer/components/shortcuts.ts';
import type { Shortcut } from '../../../../renderer/components/shortcuts.ts';
import { captureKeys } from '../../../../renderer/features/capture/captureKeys.ts';
import { stackKeys } from '../../../../renderer/features/capture/stack/stackKeys.ts';
import type { StackPageView } from '../../../../shared/domain/index.ts';

const nothing = () => undefined;
const page: StackPageView = {
  id: '1',
  position: 1,
  sheetCount: 1,
  isInspected: true,
  edit: null,
  place: { kind: 'customer', customer: 1, reason: 'first', slot: null },
};

/** Everything that can be on is on: a page of the customer before can be brought back, the batch released, the folder taken. */
function keysOfScreen(isStack: boolean): Shortcut[] {
  return captureKeys({
    intake: {
      importFromDialog: nothing,
      pasteFromClipboard: nothing,
      takeFromFolder: nothing,
      isBusy: false,
    },
    scan: { start: nothing, stop: nothing, isBusy: false },
    edits: { moveTo: nothing, canUndo: true, undo: nothing },
    slots: [],
    isLocked: false,
    isStack,
    hasFolderPages: true,
    hasCustomer: !isStack,
    hasPage: false,
    canRelease: true,
    onCamera: nothing,
    onFinish: nothing,
    onRelease: nothing,
    onNewCustomer: nothing,
    onNewStack: nothing,
    onManifest: nothing,
    onFields: nothing,
    onStep: nothing,
    onStepCustomer: nothing,
  });
}

const keysOfStack = stackKeys({
  pages: [page],
  selected: page,
  onStep: nothing,
  onEdit: nothing,
  canUndo: true,
  onUndo: nothing,
  canAccept: true,
  onAccept: nothing,
});

const heard = (shortcuts: readonly Shortcut[]): string[] =>
  shortcuts.filter(({ isDisabled }) => isDisabled !== true).flatMap(({ keys, alsoKeys = [] }) => [keys, ...alsoKeys]);

describe('the keys of Capture', () => {
  it('undo pages at a customer, and leave undoing to the stack when one is in front', () => {
    expect(heard(keysOfScreen(false))).toContain('Mod+Z');
    expect(heard(keysOfScreen(true))).not.toContain('Mod+Z');
  });

  it('are each heard by one part only while a stack is in front', () => {
    const all = heard([...keysOfScreen(true), ...keysOfStack]);
    expect(all.filter((keys, index) => all.indexOf(keys) !== index)).toEqual([]);
  });

  it('are listed for a stack only when they do something there', () => {
    const listed = keysOfScreen(true);
    // Nothing is being scanned here; everything else is possible.
    expect(listed.filter(({ isDisabled }) => isDisabled === true).map(({ keys }) => keys)).toEqual(['Escape']);
    expect(listed.flatMap(({ keys, alsoKeys = [] }) => [keys, ...alsoKeys]).toSorted()).toEqual([
      'Alt+ArrowDown',
      'Alt+ArrowUp',
      'Escape',
      'F2',
      'F4',
      'M',
      'Mod+I',
      'Mod+Shift+Enter',
      'Mod+V',
      'N',
      'S',
    ]);
    expect(keysOfScreen(false).map(({ keys }) => keys)).toEqual(expect.arrayContaining(['F8', '0', 'E', 'ArrowLeft']));
  });

  it('have a name of their own each in the list of keys', () => {
    const labels = [...keysOfScreen(true), ...keysOfStack].map(({ label }) => label);
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
  });

  it('stand under one title in the list of keys, however many parts register them', () => {
    const parts = [
      { title: 'capture.keys.title', shortcuts: keysOfScreen(false) },
      { title: 'stack.keys.title', shortcuts: keysOfStack },
      { title: 'capture.keys.title', shortcuts: [{ keys: 'B', label: 'capture.startBatch', run: nothing }] },
    ] as const;
    const groups = joinGroups(parts);
    expect(groups.map(({ title }) => title)).toEqual(['capture.keys.title', 'stack.keys.title']);
    expect(groups[0]?.shortcuts.at(-1)?.keys).toBe('B');
  });
});
