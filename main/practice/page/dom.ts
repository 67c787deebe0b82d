type Child = Node | string | null;
type Listeners = Readonly<Partial<Record<'change' | 'click' | 'input', () => void>>>;

/** An element with attributes (`false` leaves one out), children, and listeners. Texts become text, never markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | boolean>> = {},
  children: readonly Child[] = [],
  listeners: Listeners = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(attribute, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null));
  for (const [event, listener] of Object.entries(listeners)) made.addEventListener(event, listener);
  return made;
}

/** A list to choose from; `values` with the text that each shows. */
export function choice(
  label: string,
  values: readonly (readonly [value: string, text: string])[],
  attributes: Readonly<Record<string, string | boolean>> = {},
): HTMLSelectElement {
  const options = values.map(([value, text]) => element('option', { value }, [text]));
  return element('select', { 'aria-label': label, ...attributes }, options);
}

export function button(
  text: string,
  press: () => void,
  attributes: Record<string, string | boolean> = {},
): HTMLElement {
  return element('button', { type: 'button', ...attributes }, [text], { click: press });
}

/** Shows these children, and puts the focus back on the part with the same `data-focus` when it was inside. */
export function replaceKeepingFocus(parent: HTMLElement, ...children: readonly Node[]): void {
  const { activeElement } = document;
  const focused = activeElement instanceof HTMLElement && parent.contains(activeElement) ? activeElement : null;
  const key = focused?.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
  parent.replaceChildren(...children);
  if (key !== undefined) parent.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`)?.focus();
}
