import { isTyping } from './typing.ts';

/**
 * A `ref` for whatever is selected in a list: scrolls it into view when it becomes so. Not while somebody types: a page that arrives
 * must not move the form under the hands, and a field's list of choices closes when what is around it scrolls. Where another one of
 * the list (`data-selection` around it) has the focus, it comes along: there must not be two places that look like the one in hand.
 */
export function revealSelected(element: HTMLElement | null): void {
  if (element === null || isTyping(document.activeElement)) return;
  const focused = document.activeElement;
  const list = element.closest('[data-selection]');
  if (focused !== element && focused?.parentElement?.tagName === 'LI' && list?.contains(focused) === true) {
    element.focus({ preventScroll: true });
  }
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
