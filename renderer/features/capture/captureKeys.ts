import type { SlotView } from '../../../shared/domain/index.ts';
import type { Shortcut } from '../../components/index.ts';

type Deed = () => void;

/** What the keyboard can do on this screen, beside what the page in the middle and a stack's review hear themselves. */
export function captureKeys({
  intake,
  scan,
  edits,
  slots,
  isLocked,
  isStack,
  hasFolderPages,
  hasCustomer,
  hasPage,
  canRelease,
  onCamera,
  onFinish,
  onRelease,
  onNewCustomer,
  onNewStack,
  onManifest,
  onFields,
  onStep,
  onStepCustomer,
}: {
  intake: { importFromDialog: Deed; pasteFromClipboard: Deed; takeFromFolder: Deed; isBusy: boolean };
  scan: { start: Deed; stop: Deed; isBusy: boolean };
  edits: { moveTo: (slotKey: string | null) => void; canUndo: boolean; undo: Deed };
  slots: readonly SlotView[];
  /** The customer in front cannot be changed. */
  isLocked: boolean;
  /** What is in front is a stack, whose review has keys of its own; those of a customer mean nothing there. */
  isStack: boolean;
  /** There is something to take in the watched folder. */
  hasFolderPages: boolean;
  hasCustomer: boolean;
  /** A page is selected. */
  hasPage: boolean;
  canRelease: boolean;
  onCamera: Deed;
  onFinish: Deed;
  onRelease: Deed;
  onNewCustomer: Deed;
  onNewStack: Deed;
  onManifest: Deed;
  /** Puts the focus into the customer's fields. */
  onFields: Deed;
  onStep: (direction: 1 | -1, hasPage: boolean) => void;
  onStepCustomer: (direction: 1 | -1) => void;
}): Shortcut[] {
  const canMove = hasPage && !isLocked;
  const waysIn: Shortcut[] = [
    { keys: 'F2', label: 'capture.scan', run: scan.start, isDisabled: scan.isBusy || isLocked },
    { keys: 'Escape', label: 'capture.scan.stop', run: scan.stop, isDisabled: !scan.isBusy, isUrgent: true },
    { keys: 'Mod+I', label: 'capture.import', run: intake.importFromDialog, isDisabled: intake.isBusy || isLocked },
    {
      keys: 'Mod+V',
      label: 'capture.paste',
      run: intake.pasteFromClipboard,
      isDisabled: intake.isBusy || isLocked || !(hasCustomer || isStack),
      isNative: true,
    },
    {
      keys: 'F4',
      label: 'capture.folder.keys',
      run: intake.takeFromFolder,
      isDisabled: intake.isBusy || isLocked || !hasFolderPages,
    },
  ];
  const ofBatch: Shortcut[] = [
    { keys: 'Mod+Shift+Enter', label: 'capture.release', run: onRelease, isDisabled: !canRelease },
    { keys: 'N', label: 'capture.newCustomer', run: onNewCustomer },
    { keys: 'M', label: 'capture.manifest', run: onManifest },
    { keys: 'S', label: 'stack.new', run: onNewStack },
    { keys: 'Alt+ArrowDown', label: 'capture.keys.nextCustomer', run: () => onStepCustomer(1) },
    { keys: 'Alt+ArrowUp', label: 'capture.keys.previousCustomer', run: () => onStepCustomer(-1) },
  ];
  // They would be listed by "?" and never do anything.
  if (isStack) return [...waysIn, ...ofBatch];
  const ofCustomer: Shortcut[] = [
    { keys: 'F8', label: 'capture.camera', run: onCamera, isDisabled: isLocked || !hasCustomer },
    { keys: 'Mod+Enter', label: 'capture.finish', run: onFinish, isDisabled: !hasCustomer },
    { keys: 'ArrowDown', alsoKeys: ['J'], label: 'capture.keys.next', run: () => onStep(1, false) },
    { keys: 'ArrowUp', alsoKeys: ['K'], label: 'capture.keys.previous', run: () => onStep(-1, false) },
    { keys: 'ArrowRight', label: 'capture.keys.nextPage', run: () => onStep(1, true) },
    { keys: 'ArrowLeft', label: 'capture.keys.previousPage', run: () => onStep(-1, true) },
    { keys: 'E', label: 'capture.keys.fields', run: onFields, isDisabled: !hasCustomer || isLocked },
    {
      keys: '1',
      alsoKeys: ['2', '3', '4', '5', '6', '7', '8', '9'].slice(0, Math.max(0, slots.length - 1)),
      label: 'capture.keys.slot',
      run: (keys) => {
        const slot = slots[Number(keys) - 1];
        if (slot !== undefined) edits.moveTo(slot.key);
      },
      isDisabled: !canMove || slots.length === 0,
    },
    { keys: '0', label: 'capture.keys.tray', run: () => edits.moveTo(null), isDisabled: !canMove },
    { keys: 'Mod+Z', label: 'capture.undo', run: edits.undo, isDisabled: !edits.canUndo },
  ];
  return [...waysIn, ...ofCustomer, ...ofBatch];
}
