import type { Board, BoardRecord, KnownLabels } from '../board/types.ts';
import { decisionForm } from './decide.ts';
import { element, replaceKeepingFocus } from './dom.ts';
import { file, time, providerName } from './values.ts';
import { words } from './words.ts';

/** What the providers hold, newest first, and for each that is undecided a person's decision. */
export class RecordsPanel {
  readonly section: HTMLElement;
  readonly #list = element('ul', { class: 'records' });
  readonly #count = element('span', { class: 'count' });
  readonly #empty = element('p', { class: 'empty' }, [words.nothingKept]);
  readonly #labels: KnownLabels;
  readonly #decide: (id: string, decision: string) => void;
  /** Of each record what is shown of it: one that did not change is left alone, with what somebody is choosing in it. */
  readonly #shown = new Map<string, { readonly as: string; readonly item: HTMLElement }>();

  constructor(labels: KnownLabels, decide: (id: string, decision: string) => void) {
    this.#labels = labels;
    this.#decide = decide;
    this.section = element('section', { 'aria-labelledby': 'records' }, [
      element('h2', { id: 'records' }, [words.records, ' ', this.#count]),
      element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'records' }, [
        this.#empty,
        this.#list,
      ]),
    ]);
  }

  show({ records, recordCount }: Board): void {
    const ids = new Set(records.map(({ id }) => id));
    for (const id of this.#shown.keys()) if (!ids.has(id)) this.#shown.delete(id);
    const items = records.map((record) => this.#item(record));
    // Moving an element takes the focus from it, so nothing is touched while nothing changes.
    const isSame =
      items.length === this.#list.childElementCount && items.every((item, at) => this.#list.children[at] === item);
    if (!isSame) replaceKeepingFocus(this.#list, ...items);
    this.#count.textContent = words.showing(records.length, recordCount);
    this.#empty.hidden = recordCount > 0;
  }

  #item(record: BoardRecord): HTMLElement {
    const as = JSON.stringify(record);
    const shown = this.#shown.get(record.id);
    if (shown?.as === as) return shown.item;
    const item = this.#made(record);
    this.#shown.set(record.id, { as, item });
    return item;
  }

  #made(record: BoardRecord): HTMLElement {
    const name = `${words.kinds[record.kind]} ${record.id}`;
    return element('li', { class: record.isOpen ? 'open' : 'closed', 'data-focus': record.id, tabindex: '-1' }, [
      element('div', { class: 'head' }, [
        element('span', { class: 'api' }, [providerName(record.api)]),
        element('strong', {}, [words.kinds[record.kind]]),
        record.name === '' ? null : element('span', {}, [record.name]),
        record.status === '' ? null : element('span', { class: `tag ${toneOf(record)}` }, [record.status]),
        record.isOpen ? element('span', {}, [words.open]) : null,
        time(record.createdAt),
      ]),
      element('div', { class: 'ids' }, [
        element('code', {}, [record.id]),
        record.ownerId === null ? null : element('code', {}, [`→ ${record.ownerId}`]),
        record.decision === null || record.isOpen
          ? null
          : element('span', {}, [words.decided, ' ', element('code', {}, [record.decision])]),
      ]),
      record.files.length === 0
        ? null
        : element(
            'div',
            { class: 'files' },
            record.files.map((one) => file(one)),
          ),
      record.isOpen
        ? decisionForm({
            name,
            labels: this.#labels[record.api] ?? [],
            submit: words.decide,
            focusKey: record.id,
            decide: (decision) => {
              this.#decide(record.id, decision);
            },
          })
        : null,
    ]);
  }
}

function toneOf({ isOpen, decision }: BoardRecord): string {
  if (isOpen) return 'amber';
  const verb = (decision ?? 'accept').split('=', 1)[0];
  if (verb === 'status') return 'neutral';
  return verb === 'accept' ? 'green' : 'red';
}
