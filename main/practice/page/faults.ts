import type { Board } from '../board/types.ts';
import { button, choice, element, replaceKeepingFocus } from './dom.ts';
import { providerName } from './values.ts';
import { words } from './words.ts';

/** The actions of the fault script, each with the number that it takes: its name, what is offered, and its limits. */
const ACTIONS: Readonly<Record<keyof typeof words.actions, NumberField | null>> = {
  delay: { name: 'ms', label: words.milliseconds, offered: 5000, minimum: 0, maximum: 600_000 },
  resetBeforeStoring: null,
  resetAfterStoring: null,
  cutAfterBytes: { name: 'bytes', label: words.bytes, offered: 1000, minimum: 0, maximum: 1_000_000_000 },
  cutAnswer: null,
  truncatedJson: null,
  emptyAnswer: null,
  silence: null,
  html: { name: 'status', label: words.status, offered: 200, minimum: 200, maximum: 599 },
  status: { name: 'status', label: words.status, offered: 503, minimum: 400, maximum: 599 },
  statusAfterStoring: { name: 'status', label: words.status, offered: 500, minimum: 400, maximum: 599 },
};
type ActionName = keyof typeof ACTIONS;

interface NumberField {
  readonly name: 'ms' | 'bytes' | 'status';
  readonly label: string;
  readonly offered: number;
  readonly minimum: number;
  readonly maximum: number;
}

const ACTION_NAMES = Object.entries(words.actions);

/** The fault script: what is waiting, and a form for one more. */
export class FaultsPanel {
  readonly section: HTMLElement;
  readonly #list = element('ol', { class: 'faults' });
  #shown = '';

  constructor(apis: readonly string[], does: { add(fault: unknown): void; clear(): void }) {
    const action = choice(words.what, ACTION_NAMES, { id: 'fault-action' });
    const amount = element('input', { type: 'number', id: 'fault-amount', required: true });
    const amountLabel = element('label', { for: 'fault-amount' });
    const nameOf = (): ActionName => ACTION_KEYS.find((key) => key === action.value) ?? 'delay';
    const showAmount = (): void => {
      const field = ACTIONS[nameOf()];
      amount.hidden = field === null;
      amountLabel.hidden = field === null;
      amountLabel.textContent = field?.label ?? '';
      amount.min = String(field?.minimum ?? 0);
      amount.max = String(field?.maximum ?? 0);
      amount.value = String(field?.offered ?? 0);
    };
    action.addEventListener('change', showAmount);
    showAmount();
    const api = choice(words.api, [['', words.anyApi], ...apis.map((name) => [name, providerName(name)] as const)], {
      id: 'fault-api',
    });
    const method = choice(
      words.method,
      [
        ['', words.anyMethod],
        ['POST', 'POST'],
        ['GET', 'GET'],
        ['PATCH', 'PATCH'],
        ['DELETE', 'DELETE'],
      ],
      {
        id: 'fault-method',
      },
    );
    const path = element('input', { type: 'text', id: 'fault-path', placeholder: words.anyPath, spellcheck: 'false' });
    const times = element('input', {
      type: 'number',
      id: 'fault-times',
      min: '1',
      max: '1000000',
      value: '1',
      required: true,
    });
    const add = (): void => {
      if (!times.reportValidity() || !amount.reportValidity()) return;
      does.add({
        ...(api.value === '' ? {} : { api: api.value }),
        ...(method.value === '' ? {} : { method: method.value }),
        ...(path.value === '' ? {} : { path: path.value }),
        times: Number(times.value),
        action: actionOf(nameOf(), Number(amount.value)),
      });
    };
    this.section = element('section', { 'aria-labelledby': 'faults' }, [
      element('h2', { id: 'faults' }, [words.faults]),
      element('p', {}, [words.faultIntro]),
      element('div', { class: 'form' }, [
        field('fault-action', words.what, action),
        element('div', { class: 'field' }, [amountLabel, amount]),
        field('fault-api', words.api, api),
        field('fault-method', words.method, method),
        field('fault-path', words.path, path),
        field('fault-times', words.times, times),
        button(words.add, add, { class: 'main' }),
        button(words.clear, () => {
          does.clear();
        }),
      ]),
      this.#list,
    ]);
  }

  show({ faults }: Board): void {
    const as = JSON.stringify(faults);
    if (as === this.#shown) return;
    this.#shown = as;
    const items = faults.map(({ api, method, path, action, left }) => {
      const where = [api === null ? words.anyApi : providerName(api), method ?? '', path ?? '']
        .filter((text) => text !== '')
        .join(' ');
      return element('li', {}, [element('code', {}, [action]), ` · ${where} · ${words.left(left)}`]);
    });
    replaceKeepingFocus(
      this.#list,
      ...(items.length === 0 ? [element('li', { class: 'empty' }, [words.noFaults])] : items),
    );
  }
}

const ACTION_KEYS = [
  'delay',
  'resetBeforeStoring',
  'resetAfterStoring',
  'cutAfterBytes',
  'cutAnswer',
  'truncatedJson',
  'emptyAnswer',
  'silence',
  'html',
  'status',
  'statusAfterStoring',
] as const satisfies readonly ActionName[];

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return element('div', { class: 'field' }, [element('label', { for: id }, [label]), control]);
}

function actionOf(name: ActionName, amount: number): unknown {
  if (name === 'statusAfterStoring') return { kind: 'status', status: amount, afterStoring: true };
  const number = ACTIONS[name];
  return { kind: name, ...(number === null ? {} : { [number.name]: amount }) };
}
