import type { Message } from '../messages/types.ts';
import type { ConnectionEdit } from './connection.ts';
import { JudgedRule, SubjectField, maxAgeOf, nameParams } from './flow.ts';
import type { AcceptedDocument, Flow, Requirement, Side } from './flow.ts';

/** Sides of a document as a person chooses them. */
export type SideChoice = 'single' | 'front' | 'frontAndBack';

/** The choice that stands for these sides. */
export function sideChoiceOf(sides: readonly Side[]): SideChoice {
  if (sides.includes('back')) return 'frontAndBack';
  return sides.includes('front') ? 'front' : 'single';
}

/** The word of these sides for a sentence: the person's choice where it is exactly one of those. */
function sidesWord(sides: readonly Side[]): string {
  const words = sides.join(' + ');
  return ['single', 'front', 'front + back'].includes(words) ? sideChoiceOf(sides) : words;
}

type Params = NonNullable<Message['params']>;
type Say = (what: string, params?: Params) => Message;

/** A message about a flow, a requirement of it or a document of that: each names those around it. */
function saying(prefix: string, around: Params): Say {
  return (what, params = {}) => ({ code: `change.${prefix}.${what}`, params: { ...around, ...params } });
}

/** Of two lists of things with a key: which are new, which are gone, and which are in both. */
function compared<Item>(before: readonly Item[], after: readonly Item[], keyOf: (item: Item) => string) {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const kept = after.flatMap((item): { was: Item; is: Item }[] => {
    const was = old.get(keyOf(item));
    return was === undefined ? [] : [{ was, is: item }];
  });
  const now = new Set(after.map(keyOf));
  const gone = before.filter((item) => !now.has(keyOf(item)));
  const stayed = before.filter((item) => now.has(keyOf(item)));
  const isReordered = kept.some(({ was }, index) => was !== stayed[index]);
  return { added: after.filter((item) => !old.has(keyOf(item))), gone, kept, isReordered };
}

function documentChanges(say: Say, was: AcceptedDocument, is: AcceptedDocument): Message[] {
  const [fromSides, toSides] = [sidesWord(was.sides), sidesWord(is.sides)];
  return [
    ...(fromSides === toSides ? [] : [say('sides', { fromSides, toSides })]),
    ...(was.providerType === is.providerType ? [] : [say('word', { from: was.providerType, to: is.providerType })]),
  ];
}

function acceptedChanges(around: Params, was: Requirement, is: Requirement): Message[] {
  const { added, gone, kept, isReordered } = compared(was.accepts, is.accepts, ({ documentType }) => documentType);
  const sayOf = ({ documentType }: AcceptedDocument): Say => saying('document', { ...around, documentType });
  const [first] = is.accepts;
  return [
    ...added.map((document) => sayOf(document)('added', { sides: sidesWord(document.sides) })),
    ...gone.map((document) => sayOf(document)('removed')),
    ...kept.flatMap((document) => documentChanges(sayOf(document.is), document.was, document.is)),
    ...(isReordered && first !== undefined ? [sayOf(first)('first')] : []),
  ];
}

/** The most days since the day of issue; null: as old as it likes. */
function age(say: Say, days: number | null): Message {
  return days === null ? say('anyAge') : say('maxAge', { count: days });
}

/** How old the documents may be that were taken before as well: one sentence where it becomes the same for all of the requirement. */
function ageChanges(around: Params, was: Requirement, is: Requirement): Message[] {
  const changed = is.accepts
    .filter(({ documentType }) => was.accepts.some((one) => one.documentType === documentType))
    .map(({ documentType }) => ({ documentType, from: maxAgeOf(was, documentType), to: maxAgeOf(is, documentType) }))
    .filter(({ from, to }) => from !== to);
  const [first] = changed;
  if (first === undefined) return [];
  const aged = is.accepts.filter(({ documentType }) => maxAgeOf({ maxAgeDays: 1 }, documentType) !== null);
  return aged.every(({ documentType }) => maxAgeOf(is, documentType) === first.to)
    ? [age(saying('requirement', around), first.to)]
    : changed.map(({ documentType, to }) => age(saying('document', { ...around, documentType }), to));
}

function requirementChanges(around: Params, was: Requirement, is: Requirement): Message[] {
  const say = saying('requirement', around);
  return [
    ...(was.label === is.label ? [] : [say('renamed', { from: was.label })]),
    ...(was.isOptional === is.isOptional ? [] : [say(is.isOptional ? 'optional' : 'required')]),
    ...acceptedChanges(around, was, is),
    ...ageChanges(around, was, is),
  ];
}

function severityChanges(say: Say, was: Flow, is: Flow): Message[] {
  return JudgedRule.options.flatMap((rule) => {
    const fromSeverity = was.severities?.[rule] ?? 'usual';
    const toSeverity = is.severities?.[rule] ?? 'usual';
    return fromSeverity === toSeverity ? [] : [say('severity', { rule, fromSeverity, toSeverity })];
  });
}

function fieldChanges(say: Say, was: Flow, is: Flow): Message[] {
  return SubjectField.options.flatMap((field) => {
    const [before, after] = [was.requiredFields.includes(field), is.requiredFields.includes(field)];
    return before === after ? [] : [say(after ? 'fieldAsked' : 'fieldNotAsked', { field })];
  });
}

/** Values by name that differ; '' for what is not there. */
function differing(was: Readonly<Record<string, string>>, is: Readonly<Record<string, string>>) {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((key) => ({ key, from: was[key] ?? '', to: is[key] ?? '' }))
    .filter(({ from, to }) => from !== to);
}

/** A text that became another one, was not there before, or is not there any more. */
function textChange(say: Say, what: string, params: Params & { readonly from: string; readonly to: string }): Message {
  const { from, to } = params;
  return say(`${what}${from === '' ? 'Set' : to === '' ? 'Cleared' : ''}`, params);
}

function routeChanges(say: Say, { route: was = {} }: Flow, { route: is = {} }: Flow): Message[] {
  return differing(was, is).map(({ key, from, to }) =>
    key === 'by' ? say('way', { way: to }) : textChange(say, 'routeField', { routeField: key, from, to }),
  );
}

function flowChanges(was: Flow, is: Flow): Message[] {
  const ofFlow = nameParams('flow', is.name, is.nameKey);
  const say = saying('flow', ofFlow);
  const around = (requirement: Requirement): Params => ({
    ...ofFlow,
    ...nameParams('requirement', requirement.label, requirement.labelKey),
  });
  const { added, gone, kept, isReordered } = compared(was.requirements, is.requirements, ({ id }) => id);
  const changes = [
    ...(was.name === is.name ? [] : [say('renamed', { from: was.name })]),
    ...routeChanges(say, was, is),
    ...fieldChanges(say, was, is),
    ...added.map((one) => saying('requirement', around(one))(one.isOptional ? 'addedOptional' : 'added')),
    ...gone.map((one) => saying('requirement', around(one))('removed')),
    ...kept.flatMap((one) => requirementChanges(around(one.is), one.was, one.is)),
    ...(isReordered ? [say('reordered')] : []),
    ...severityChanges(say, was, is),
  ];
  // Whatever has no sentence of its own is still another flow, which customers follow.
  return changes.length === 0 && JSON.stringify(was) !== JSON.stringify(is) ? [say('details')] : changes;
}

/** What may be changed of a connection, as it is. */
export type ConnectionBefore = Readonly<Pick<ConnectionEdit, 'name' | 'baseUrl'>> & {
  readonly flows: readonly Flow[];
  readonly settings: Readonly<Record<string, string>>;
};

/**
 * What becomes another one, a sentence for each: for the person who is about to save it, and the same for the ledger. Empty: nothing.
 * Names of flows and requirements and the provider's own words are in it, nothing of a customer.
 */
export function connectionChanges(was: ConnectionBefore, is: ConnectionBefore): Message[] {
  const say = saying('connection', {});
  const { added, gone, kept, isReordered } = compared(was.flows, is.flows, ({ id }) => id);
  const sayOf = (flow: Flow): Say => saying('flow', nameParams('flow', flow.name, flow.nameKey));
  const [first] = is.flows;
  return [
    ...(was.name === is.name ? [] : [say('renamed', { from: was.name, to: is.name })]),
    ...(was.baseUrl === is.baseUrl ? [] : [say('address', { from: was.baseUrl, to: is.baseUrl })]),
    ...differing(was.settings, is.settings).map(({ key, from, to }) =>
      textChange(say, 'setting', { setting: key, from, to }),
    ),
    ...added.map((flow) => sayOf(flow)('added')),
    ...gone.map((flow) => sayOf(flow)('removed')),
    ...kept.flatMap((flow) => flowChanges(flow.was, flow.is)),
    ...(isReordered && first !== undefined ? [sayOf(first)('first')] : []),
  ];
}
