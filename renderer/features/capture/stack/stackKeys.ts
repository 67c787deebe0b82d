import type { StackPageView } from '../../../../shared/domain/index.ts';
import type { Shortcut } from '../../../components/index.ts';
import { cutStep, moveStep, trayStep } from './rows.ts';
import type { EditStep } from './rows.ts';

/** What the keyboard can do with a stack. */
export function stackKeys({
  pages,
  selected,
  onStep,
  onEdit,
  canUndo,
  onUndo,
  canAccept,
  onAccept,
}: {
  pages: readonly StackPageView[];
  selected: StackPageView | undefined;
  onStep: (direction: 1 | -1) => void;
  onEdit: (step: EditStep | null) => void;
  canUndo: boolean;
  onUndo: () => void;
  canAccept: boolean;
  onAccept: () => void;
}): Shortcut[] {
  const about = (stepOf: (page: StackPageView) => EditStep | null): Pick<Shortcut, 'run' | 'isDisabled'> => ({
    run: () => selected !== undefined && onEdit(stepOf(selected)),
    isDisabled: selected === undefined,
  });
  return [
    { keys: 'ArrowDown', alsoKeys: ['J'], label: 'stack.keys.next', run: () => onStep(1) },
    { keys: 'ArrowUp', alsoKeys: ['K'], label: 'stack.keys.previous', run: () => onStep(-1) },
    { keys: 'C', label: 'stack.keys.cut', ...about(cutStep) },
    { keys: 'T', label: 'stack.keys.tray', ...about(trayStep) },
    { keys: 'Mod+ArrowUp', label: 'stack.keys.up', ...about((page) => moveStep(pages, page, -1)) },
    { keys: 'Mod+ArrowDown', label: 'stack.keys.down', ...about((page) => moveStep(pages, page, 1)) },
    { keys: 'Mod+Z', label: 'stack.keys.undo', run: onUndo, isDisabled: !canUndo },
    { keys: 'Mod+Enter', label: 'stack.keys.accept', run: onAccept, isDisabled: !canAccept },
  ];
}
