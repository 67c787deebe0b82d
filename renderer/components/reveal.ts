import { isTyping } from './typing.ts';

/**
 * A `ref` for whatever is selected in a list: scrolls it into view when it becomes so. Not while somebody types: a page that arrives
 * must not move the form under the hands, and a field's list of choices closes when what is around it scrolls.
 */
export function revealSelected(element: HTMLElement | null): void {
  if (!isTyping(document.activeElement)) element?.scrollIntoView({ block: 'nearest' });
}
