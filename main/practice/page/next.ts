import type { Board, KnownLabels } from '../board/types.ts';
import { decisionForm } from './decide.ts';
import { choice, element } from './dom.ts';
import { providerName } from './values.ts';
import { words } from './words.ts';

/** What becomes of the documents that come next: all are held for the person, or the next one is decided beforehand. */
export class NextPanel {
  readonly section: HTMLElement;
  readonly #hold: HTMLInputElement;
  readonly #waiting = element('p', { class: 'waiting' });

  constructor(
    labels: KnownLabels,
    does: { hold(isHolding: boolean): void; next(api: string, decision: string): void },
  ) {
    this.#hold = element('input', { type: 'checkbox', id: 'hold' }, [], {
      change: () => {
        does.hold(this.#hold.checked);
      },
    });
    const place = element('span');
    const apis = Object.keys(labels);
    const api = choice(
      words.next,
      apis.map((name) => [name, providerName(name)]),
      { id: 'next-api' },
    );
    const showForm = (): void => {
      const form = decisionForm({
        name: words.next,
        labels: labels[api.value] ?? [],
        submit: words.setNext,
        focusKey: 'next',
        decide: (decision) => {
          does.next(api.value, decision);
        },
      });
      place.replaceChildren(form);
    };
    api.addEventListener('change', showForm);
    showForm();
    this.section = element('section', { class: 'bar', 'aria-label': words.next }, [
      element('label', { for: 'hold' }, [this.#hold, ' ', words.hold]),
      element('span', { class: 'next' }, [element('label', { for: 'next-api' }, [words.next]), ' ', api, place]),
      this.#waiting,
    ]);
  }

  show({ isHolding, nextDecisions }: Board): void {
    this.#hold.checked = isHolding;
    this.#waiting.hidden = nextDecisions.length === 0;
    const list = nextDecisions.map(({ api, decision }) => `${providerName(api)} ${decision}`).join(', ');
    this.#waiting.textContent = `${words.waitingNext}: ${list}`;
  }
}
