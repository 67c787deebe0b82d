import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
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
