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
const elsewhere = Object.entries(CASES).flatMap(([name, given]) => ('file' in given ? [{ name, ...given }] : []));

describe('the list', () => {
  it('has every switch, and no other', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(SWITCH_NAMES.toSorted());
  });

  it.each(SWITCH_NAMES)('has every value of %s', (name) => {
    const definition: Switch = PRACTICE_SWITCHES[name];
    const given = CASES[name];
    const wanted = definition.kind === 'choice' ? definition.values.toSorted() : [];
    const listed = given === undefined || 'file' in given ? wanted : Object.keys(given.expected).toSorted();
    expect(definition.kind === 'choice' ? listed : []).toEqual(wanted);
  });

  it.each(elsewhere)('$name is performed by “$test”', ({ name, file, test }) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(test);
    expect(text).toContain(`'${name}'`);
  });
});

describe('each switch of the practice server', () => {
  const practice = useDatedPractice('switches');

  it.each(performed)('$name = $value: $expected', async ({ name, value, expected, given }) => {
    await practice.start({ ...INSTANT_SWITCHES, ...given.with, [name]: valueOf(PRACTICE_SWITCHES[name], value) });
    expect(await given.perform(practice)).toBe(expected);
  });
});
