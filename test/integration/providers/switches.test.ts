import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { PRACTICE_SWITCHES, SWITCH_NAMES, type Switch, type SwitchName } from '../../../main/practice/switches.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { INSTANT_SWITCHES } from '../../support/practice.ts';
import { valueOf, type CoveredElsewhere, type SwitchCase } from '../../support/switch-cases.ts';
import { PERSONA_CASES } from './switch-cases/persona.ts';
import { PERSONR_CASES } from './switch-cases/personr.ts';
import { SUMSUB_CASES } from './switch-cases/sumsub.ts';

/** Every switch of the practice server, with every value: what the app makes of it, over loopback. */

const CASES: Readonly<Partial<Record<SwitchName, SwitchCase | CoveredElsewhere>>> = {
  ...PERSONA_CASES,
  ...PERSONR_CASES,
  ...SUMSUB_CASES,
};

const performed = SWITCH_NAMES.flatMap((name) => {
  const given = CASES[name];
  if (given === undefined || 'file' in given) return [];
  return Object.entries(given.expected).map(([value, expected]) => ({ name, value, expected, given }));
});
const elsewhere = SWITCH_NAMES.flatMap((name) => {
  const given = CASES[name];
  return given !== undefined && 'file' in given ? [{ name, ...given }] : [];
});

type Performed = (typeof performed)[number];
const namesOf = (cases: readonly Performed[]): SwitchName[] => [...new Set(cases.map(({ name }) => name))];
const valuesOf = (cases: readonly Performed[], wanted: SwitchName): string[] =>
  cases.filter(({ name }) => name === wanted).map(({ value }) => value);
const valuesOfChoice = (definition: Switch): readonly string[] =>
  definition.kind === 'choice' ? definition.values : [];

describe('the list', () => {
  it('has every switch, and no other', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(SWITCH_NAMES.toSorted());
  });

  const choices = performed.filter(({ name }) => PRACTICE_SWITCHES[name].kind === 'choice');
  it.each(namesOf(choices))('has every value of %s', (name) => {
    expect(valuesOf(choices, name).toSorted()).toEqual([...valuesOfChoice(PRACTICE_SWITCHES[name])].toSorted());
  });

  const numbers = performed.filter(({ name }) => PRACTICE_SWITCHES[name].kind === 'number');
  it.each(namesOf(numbers))('has values of %s that are allowed and do not come to the same', (name) => {
    const definition: Switch = PRACTICE_SWITCHES[name];
    if (definition.kind !== 'number') throw new Error('no number');
    const { minimum, maximum } = definition;
    const isAllowed = (value: string) => /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;
    expect(valuesOf(numbers, name).filter((value) => !isAllowed(value))).toEqual([]);
    const outcomes = numbers.filter((one) => one.name === name).map(({ expected }) => expected);
    expect(new Set(outcomes).size).toBeGreaterThan(1);
  });

  it.each(elsewhere)('$name is performed by “$test”, with every value but the one that it comes with', (given) => {
    const { name, file, test } = given;
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(test);
    expect(text).toContain(`'${name}'`);
    expect(missingIn(text, name)).toEqual([]);
  });
});

/** How an outcome is called in docs/providers.md, before the sentence that it shows (by its code). */
const SAID: Readonly<Record<string, string>> = {
  done: 'goes on',
  happened: 'found',
  did_not_happen: 'goes again',
  cannot_tell: 'a person decides',
  retry: 'tried again',
  again: 'in review',
  unknown: 'in doubt, looked up',
  rate_limited: 'waits',
  pause: 'the connection waits',
  attention: 'stops',
};
const CAUSES: Readonly<Record<string, string>> = {
  rescan: 'rescan',
  correct_data: 'correct data',
  sign_in: 'sign in',
  wait: 'wait',
  call_it: 'call IT',
};
const OUTCOME =
  /\b(\w+)(?: (rescan|correct_data|sign_in|wait|call_it))?: ((?:persona|personr|sumsub|network|provider)\.[\w.]+)/g;

/** What `everyRoad` of Persona's cases comes to. */
const EVERY_ROAD = 'persona.processed, persona.inquiryApproved, persona.transactionApproved';

function inWords(expected: string): string {
  return expected
    .replace(EVERY_ROAD, 'every way comes to its end')
    .replace(OUTCOME, (whole, kind: string, cause: string | undefined, code: string) => {
      const said = SAID[kind];
      if (said === undefined) return whole;
      return `${said}${cause === undefined ? '' : `, *${CAUSES[cause] ?? cause}*`} (\`${code}\`)`;
    });
}

/** The row of a switch: what Satchel does with each value; values that come to the same stand together. */
function rowOf(name: SwitchName): string {
  const given = CASES[name];
  if (given === undefined || 'file' in given) {
    return `| \`${name}\` | performed by \`${given?.file.split('/').at(-1) ?? ''}\` |`;
  }
  const values = new Map<string, string[]>();
  for (const [value, expected] of Object.entries(given.expected)) {
    values.set(expected, [...(values.get(expected) ?? []), `\`${value}\``]);
  }
  const told = [...values].map(([expected, names]) => `${names.join(', ')}: ${inWords(expected)}`);
  return `| \`${name}\` | ${told.join('. ')} |`;
}

test('docs/providers.md tells what Satchel does with each value of each switch', () => {
  const text = readFileSync(new URL('../../../docs/providers.md', import.meta.url), 'utf8');
  const section = text.slice(text.indexOf('## What could not be known'), text.indexOf('## The tables of errors'));
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(SWITCH_NAMES.map((name) => rowOf(name)));
});

/** Values of a switch that a test does not set, besides the one that it comes with; of a number one other is enough. */
function missingIn(text: string, name: SwitchName): string[] {
  const definition: Switch = PRACTICE_SWITCHES[name];
  if (definition.kind === 'choice') {
    return definition.values.filter((value) => value !== definition.default && !text.includes(`'${value}'`));
  }
  const set = [...text.matchAll(new RegExp(`'${name}': ([\\d_]+)`, 'g'))].map(([, value = '']) => value);
  const isOther = set.some((value) => Number(value.replaceAll('_', '')) !== definition.default);
  return isOther ? [] : [`another than ${definition.default}`];
}

describe('each switch of the practice server', () => {
  const practice = useDatedPractice('switches');

  it.each(performed)('$name = $value: $expected', async ({ name, value, expected, given }) => {
    await practice.start({ ...INSTANT_SWITCHES, ...given.with, [name]: valueOf(PRACTICE_SWITCHES[name], value) });
    expect(await given.perform(practice)).toBe(expected);
  });
});
