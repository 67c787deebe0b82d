import { useEffect } from 'react';
import type { RefObject } from 'react';

/** A field that moved by less is where it was. */
const STILL_PIXELS = 2;

/**
 * Keeps a field's list open when content that arrives above it makes the browser scroll so that the field stays in its place (scroll
 * anchoring, css-scroll-anchoring-1). React Aria closes a list at every scroll around its field, and what was typed would be lost
 * though nothing moved for the person. A scroll that moves the field still closes the list.
 */
export function useAnchoredList(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = field.current;
    if (element === null) return undefined;
    let top = Number.NaN;
    const note = (): void => {
      top = element.getBoundingClientRect().top;
    };
    const heardScroll = (event: Event): void => {
      // The list itself scrolls as well, and hears of that.
      if (!(event.target instanceof Node) || !event.target.contains(element)) return;
      if (!element.contains(document.activeElement)) return;
      const before = top;
      note();
      if (Math.abs(top - before) <= STILL_PIXELS) event.stopImmediatePropagation();
    };
    element.addEventListener('focusin', note);
    element.addEventListener('input', note);
    // Before React Aria's own listener, which comes when a list opens.
    window.addEventListener('scroll', heardScroll, true);
    return () => {
      element.removeEventListener('focusin', note);
      element.removeEventListener('input', note);
      window.removeEventListener('scroll', heardScroll, true);
    };
  }, [field]);
}
