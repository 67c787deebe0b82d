/** A `ref` for whatever is selected in a list: scrolls it into view when it becomes so. */
export function revealSelected(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
