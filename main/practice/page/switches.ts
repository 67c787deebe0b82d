import type { Board } from '../board/types.ts';
import { choice, element } from './dom.ts';
import { words, wordsOfSwitch } from './words.ts';

/** A switch as `GET /practice/switches` describes it. */
export interface Definition {
  readonly kind: 'choice' | 'number';
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default: string | number;
}

/** Every switch with its question and what its values mean; a change is set at once. */
export class SwitchesPanel {
  readonly section: HTMLElement;
  readonly #rows: readonly Row[];

  constructor(definitions: Readonly<Record<string, Definition>>, set: (name: string, value: string | number) => void) {
    this.#rows = Object.entries(definitions).map(([name, definition]) => new Row(name, definition, set));
    const search = element('input', { type: 'search', id: 'find', spellcheck: 'false' }, [], {
      input: () => {
        const text = search.value.trim().toLowerCase();
        for (const row of this.#rows) row.filter(text);
      },
    });
    this.section = element('section', { 'aria-labelledby': 'switches' }, [
      element('h2', { id: 'switches' }, [words.switches]),
      element('p', {}, [words.switchIntro, ' ', words.fromFile]),
      element('div', { class: 'field' }, [element('label', { for: 'find' }, [words.find]), search]),
      element(
        'ul',
        { class: 'switches' },
        this.#rows.map(({ item }) => item),
      ),
    ]);
  }

  show({ switches }: Board): void {
    for (const row of this.#rows) row.show(switches[row.name]);
  }
}

class Row {
  readonly name: string;
  readonly item: HTMLElement;
  readonly #definition: Definition;
  readonly #control: HTMLSelectElement | HTMLInputElement;
  readonly #searched: string;
  readonly #note = element('span', { class: 'tag' });

  constructor(name: string, definition: Definition, set: (name: string, value: string | number) => void) {
    this.name = name;
    this.#definition = definition;
    const { question, values } = wordsOfSwitch(name);
    this.#searched = [name, question, ...Object.values(values)].join(' ').toLowerCase();
    this.#control = controlOf(name, definition, values);
    const control = this.#control;
    control.addEventListener('change', () => {
      if (!control.reportValidity()) return;
      set(name, definition.kind === 'number' ? Number(control.value) : control.value);
    });
    this.item = element('li', {}, [
      element('label', { for: name }, [
        element('code', {}, [name]),
        element('span', { class: 'question' }, [question]),
      ]),
      control,
      this.#note,
    ]);
  }

  filter(text: string): void {
    this.item.hidden = !this.#searched.includes(text);
  }

  show(value: string | number | undefined): void {
    const text = String(value ?? this.#definition.default);
    if (document.activeElement !== this.#control) this.#control.value = text;
    const assumed = String(this.#definition.default);
    this.#note.className = `tag ${text === assumed ? 'neutral' : 'amber'}`;
    this.#note.textContent = text === assumed ? words.assumed : words.changed(assumed);
  }
}

function controlOf(
  name: string,
  definition: Definition,
  meanings: Readonly<Record<string, string>>,
): HTMLSelectElement | HTMLInputElement {
  if (definition.kind === 'choice') {
    return choice(
      name,
      (definition.values ?? []).map((value) => {
        const meaning = meanings[value];
        return [value, meaning === undefined ? value : `${value}: ${meaning}`];
      }),
      { id: name },
    );
  }
  return element('input', {
    type: 'number',
    id: name,
    min: String(definition.minimum ?? 0),
    max: String(definition.maximum ?? 0),
    required: true,
  });
}
