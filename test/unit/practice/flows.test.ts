import { expect, test } from 'vitest';
import { Flow } from '../../../shared/domain/flow.ts';
import { practiceFlows } from '../../../shared/domain/practice-flows.ts';
import { PRACTICE_ENTITY_FLOW_NAMES, PRACTICE_FLOW_NAMES } from '../../../main/practice/index.ts';
import { inflect, toKebab } from '../../../main/practice/inflection.ts';

test('the practice flows are flows, and the practice server knows those of Personr by name', () => {
  for (const flow of [...practiceFlows('persona'), ...practiceFlows('personr')]) expect(Flow.parse(flow)).toEqual(flow);
  for (const { name, subjectKind } of practiceFlows('personr')) {
    expect(subjectKind === 'entity' ? PRACTICE_ENTITY_FLOW_NAMES : Object.keys(PRACTICE_FLOW_NAMES)).toContain(name);
  }
});

test('casing changes keys, never values or what is inside fields', () => {
  const value = { 'created-at': 'created-at', fields: { 'a-b': { 'c-d': 1 } }, list: [{ 'byte-size': 1 }] };
  expect(inflect(value, 'camel')).toEqual({
    createdAt: 'created-at',
    fields: { 'a-b': { 'c-d': 1 } },
    list: [{ byteSize: 1 }],
  });
  expect(inflect(value, 'snake')).toHaveProperty('created_at');
  expect(toKebab({ createdAt: 1, byte_size: 2, fields: { aB: 3 } })).toEqual({
    'created-at': 1,
    'byte-size': 2,
    fields: { aB: 3 },
  });
});
