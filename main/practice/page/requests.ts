import type { Board, BoardRequest } from '../board/types.ts';
import { element } from './dom.ts';
import { count, file, path, time, providerName } from './values.ts';
import { words } from './words.ts';

/** More rows than this make a page slow; older ones stay in `GET /practice/requests`. */
const SHOWN = 200;

/** What arrived, newest first. New rows are put on top; those that are there never change. */
export class RequestsPanel {
  readonly section: HTMLElement;
  /** The newest sequence that is shown. */
  newest = 0;
  readonly #rows = element('tbody');
  readonly #count = element('span', { class: 'count', 'aria-live': 'polite' });
  readonly #empty = element('p', { class: 'empty' }, [words.nothingArrived]);
  readonly #table: HTMLElement;

  constructor() {
    const heads = [words.time, words.call, words.answer, words.files];
    this.#table = element('table', {}, [
      element('thead', {}, [
        element(
          'tr',
          {},
          heads.map((text) => element('th', { scope: 'col' }, [text])),
        ),
      ]),
      this.#rows,
    ]);
    this.section = element('section', { 'aria-labelledby': 'arrived' }, [
      element('h2', { id: 'arrived' }, [words.arrived, ' ', this.#count]),
      element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'arrived' }, [
        this.#empty,
        this.#table,
      ]),
    ]);
  }

  show({ requests, requestCount }: Board): void {
    // After a reset the server counts on, but has fewer than are shown.
    if (requestCount < this.#rows.childElementCount) this.#rows.replaceChildren();
    this.#rows.prepend(...requests.map(row));
    this.newest = Math.max(this.newest, ...requests.map(({ sequence }) => sequence));
    while (this.#rows.childElementCount > SHOWN) this.#rows.lastElementChild?.remove();
    const text = words.showing(this.#rows.childElementCount, requestCount);
    if (this.#count.textContent !== text) this.#count.textContent = text;
    this.#empty.hidden = requestCount > 0;
    this.#table.hidden = requestCount === 0;
  }
}

function row(request: BoardRequest): HTMLElement {
  const notes = [
    ...(request.fault === null ? [] : [element('span', { class: 'tag red' }, [`${words.fault}: ${request.fault}`])]),
    ...(request.isReplay ? [element('span', { class: 'tag amber' }, [words.replay])] : []),
    ...(request.idempotencyKey === null
      ? []
      : [element('span', { class: 'key', title: request.idempotencyKey }, [words.key, ' ', request.idempotencyKey])]),
  ];
  return element('tr', {}, [
    element('td', {}, [time(request.at)]),
    element('td', {}, [
      element('span', { class: 'api' }, [providerName(request.api)]),
      ' ',
      element('code', { class: 'path' }, path(`${request.method} ${request.path}`)),
      element('div', { class: 'notes' }, notes),
    ]),
    element('td', {}, [status(request.status)]),
    element(
      'td',
      {},
      request.files.length > 0 ? request.files.map((one) => element('div', {}, [file(one)])) : [size(request)],
    ),
  ]);
}

function size({ bodyBytes }: BoardRequest): string {
  return bodyBytes === 0 ? '' : `${count(bodyBytes)} ${words.byteUnit}`;
}

function status(value: number | null): HTMLElement {
  if (value === null) return element('span', { class: 'tag red' }, [words.noAnswer]);
  const tone = value < 400 ? 'green' : value < 500 ? 'amber' : 'red';
  return element('span', { class: `tag ${tone}` }, [String(value)]);
}
