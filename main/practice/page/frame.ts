import type { Access } from '../board/types.ts';
import { button, element } from './dom.ts';
import { language, words } from './words.ts';

/** How long a second press of the reset button counts. */
const SURE_MS = 5000;

/** The head of the page: where it is, what a program needs to reach it, and what makes it forget. */
export function head(access: readonly Access[], reset: () => void): readonly HTMLElement[] {
  const lines = access.map(({ api, path, credential }) =>
    element('div', {}, [
      element('b', {}, [api]),
      element('code', {}, [location.origin + path]),
      element('code', {}, [credential]),
    ]),
  );
  let isSure = false;
  const forget = button(words.reset, () => {
    if (isSure) {
      reset();
      isSure = false;
      forget.textContent = words.reset;
      return;
    }
    isSure = true;
    forget.textContent = words.resetSure;
    setTimeout(() => {
      isSure = false;
      forget.textContent = words.reset;
    }, SURE_MS);
  });
  return [
    element('div', { class: 'title' }, [
      element('h1', {}, [words.title]),
      element('span', { class: 'stripe' }, [words.nothingLeaves]),
      forget,
    ]),
    element('div', { class: 'access' }, lines),
  ];
}

/** Parts of the page, one of them shown at a time. */
export function parts(
  list: readonly { readonly name: string; readonly shown: readonly HTMLElement[] }[],
): readonly HTMLElement[] {
  const holders = list.map(({ shown }) => element('div', { class: 'part' }, shown));
  const buttons = list.map(({ name }, at) =>
    button(name, () => {
      show(at);
    }),
  );
  const show = (wanted: number): void => {
    for (const [at, holder] of holders.entries()) holder.hidden = at !== wanted;
    for (const [at, one] of buttons.entries()) one.setAttribute('aria-pressed', String(at === wanted));
  };
  show(0);
  document.documentElement.lang = language;
  document.title = words.title;
  return [element('nav', {}, buttons), ...holders];
}
