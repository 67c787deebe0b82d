import { button, choice, element } from './dom.ts';
import { words } from './words.ts';

const DECISIONS = ['accept', 'errored', 'reject', 'final', 'hold', 'status'] as const;
type Verb = (typeof DECISIONS)[number];

/** The least that a status of its own must look like; the server checks it again. */
const STATUS_FORM = '[A-Za-z0-9_,.\\-]{1,80}';

/**
 * A decision to choose, with the label or status that it needs. `decide` gets it in the server's form: `accept`,
 * `reject=LABEL`, `status=word` and so on.
 */
export function decisionForm(options: {
  readonly name: string;
  readonly labels: readonly string[];
  readonly submit: string;
  /** Names the parts of the form, so that the focus can be found again. */
  readonly focusKey: string;
  decide(decision: string): void;
}): HTMLElement {
  const verb = choice(
    words.decisionFor(options.name),
    DECISIONS.map((name) => [name, words.decisions[name]]),
    { 'data-focus': `${options.focusKey} verb` },
  );
  const label = choice(
    words.label,
    options.labels.map((name) => [name, name]),
  );
  const status = element('input', {
    type: 'text',
    'aria-label': words.statusWord,
    value: 'escalated',
    pattern: STATUS_FORM,
    required: true,
    spellcheck: 'false',
  });
  const showDetail = (): void => {
    label.hidden = verb.value !== 'reject' && verb.value !== 'final';
    status.hidden = verb.value !== 'status';
  };
  const send = (): void => {
    if (verb.value === 'status' && !status.reportValidity()) return;
    options.decide(written(DECISIONS.find((name) => name === verb.value) ?? 'accept', label.value, status.value));
  };
  verb.addEventListener('change', showDetail);
  showDetail();
  return element('div', { class: 'decision' }, [
    verb,
    label,
    status,
    button(options.submit, send, { class: 'main', 'data-focus': `${options.focusKey} send` }),
  ]);
}

function written(verb: Verb, label: string, status: string): string {
  if (verb === 'reject' || verb === 'final') return `${verb}=${label}`;
  return verb === 'status' ? `status=${status}` : verb;
}
