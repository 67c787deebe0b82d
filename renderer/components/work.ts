const WORK_ID = 'work';

/** Props of the frame's part in which the screens stand. It has the focus where nothing of a screen has it. */
export const workProps = { id: WORK_ID, tabIndex: -1 } as const;

/** Gives the focus to the screen as a whole: single keys mean what it shows, and Tab goes to its first control. */
export function focusWork(): void {
  document.getElementById(WORK_ID)?.focus({ preventScroll: true });
}

/** Whether something of the screen has the focus, or the screen as a whole. */
export function isFocusAtWork(): boolean {
  return document.getElementById(WORK_ID)?.contains(document.activeElement) === true;
}
