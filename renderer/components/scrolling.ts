/** What takes the focus by itself. */
const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), textarea, select, [tabindex="0"]';

/**
 * A `ref` for a box that scrolls: makes it a stop of the Tab key while not all of it is in view and nothing in it takes the focus, so
 * that the arrow keys move it. The browser does so by itself, except in a dialog, which keeps Tab to what is focusable on purpose.
 */
export function scrollsByKeys(box: HTMLElement | null): (() => void) | undefined {
  if (box === null) return undefined;
  const judge = (): void => {
    const isWhole = box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth;
    if (!isWhole && box.querySelector(FOCUSABLE) === null) box.tabIndex = 0;
    else if (box !== document.activeElement) box.removeAttribute('tabindex');
  };
  const sizes = new ResizeObserver(judge);
  const watch = (): void => {
    sizes.disconnect();
    for (const part of [box, ...box.children]) sizes.observe(part);
  };
  const contents = new MutationObserver(watch);
  contents.observe(box, { childList: true, subtree: true });
  box.dataset['scrolls'] = '';
  watch();
  return () => {
    sizes.disconnect();
    contents.disconnect();
  };
}
