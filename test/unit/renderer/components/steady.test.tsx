import { createElement } from 'react';
import { describe, expect, it } from 'vitest';
import { saysTheSame } from '../../../../renderer/components/steady.tsx';

const options = () => [
  { id: 'AUS', label: 'Australia' },
  { id: 'AUT', label: 'Austria', detail: 'Europe' },
];

describe('what a component shows', () => {
  it('is the same when lists and records made anew say the same', () => {
    expect(saysTheSame({ label: 'Country', options: options() }, { label: 'Country', options: options() })).toBe(true);
    expect(saysTheSame(createElement('b', null, 'one'), createElement('b', null, 'one'))).toBe(true);
  });

  it.each([
    ['a text', { label: 'Country' }, { label: 'Land' }],
    ['an entry of a list', { options: [{ id: 'AUS' }] }, { options: [{ id: 'AUT' }] }],
    ['the length of a list', { options: [{ id: 'AUS' }] }, { options: [] }],
    ['a list for a record', { options: [] }, { options: {} }],
    ['something that was not there', { label: 'Country' }, { label: 'Country', error: 'wanted' }],
    ['nothing for something', { value: null }, { value: {} }],
    ['an undefined entry for another', { label: 'Country', hint: undefined }, { label: 'Country', error: undefined }],
    ['a child', createElement('b', null, 'one'), createElement('b', null, 'two')],
    ['what is no record', { at: new Date(0) }, { at: new Date(0) }],
    ['a function', { draw: () => 1 }, { draw: () => 1 }],
  ])('differs by %s', (_, before, after) => {
    expect(saysTheSame(before, after)).toBe(false);
  });
});
