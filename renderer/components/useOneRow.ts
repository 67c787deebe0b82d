import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** Whether no child of a bar lies below another; one that is empty still makes a row. */
function isOneRow(bar: HTMLElement): boolean {
  const boxes = [...bar.children].flatMap((child) => [...child.getClientRects()]);
  return Math.max(...boxes.map(({ top }) => top)) <= Math.min(...boxes.map(({ bottom }) => bottom));
}

/** Leaves out one thing after the other, as few as must be. What is out stands in the bar's `data-out`, for its styles. */
function fit(bar: HTMLElement, order: readonly string[]): void {
  for (let count = 0; count <= order.length; count += 1) {
    bar.dataset['out'] = order.slice(0, count).join(' ');
    if (isOneRow(bar)) return;
  }
}

/**
 * Keeps a bar that may wrap in one row, whatever its language, its width and what is in it: the first things of `order` are left out as far as
 * that is needed. Only what is found elsewhere as well (a tooltip, another key) may be in `order`.
 */
export function useOneRow(order: readonly string[]): RefObject<HTMLElement | null> {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const fitAgain = (): void => fit(element, order);
    fitAgain();
    const sizes = new ResizeObserver(fitAgain);
    sizes.observe(element);
    // Not with every drawing: most leave what is in it as it is, and to measure makes the browser lay out the whole window at once.
    const contents = new MutationObserver(fitAgain);
    contents.observe(element, { subtree: true, childList: true, characterData: true, attributeFilter: ['class'] });
    return () => {
      sizes.disconnect();
      contents.disconnect();
    };
  }, [order]);
  return bar;
}
