import { describe, expect, it } from 'vitest';
import { isSafeWhileTyping, keyCaps, matchesKeys } from '../../../../renderer/components/keys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('matchesKeys', () => {
  it('takes Ctrl for Mod on a PC and Command on a Mac', () => {
    expect(matchesKeys(press('k', { ctrlKey: true }), 'Mod+K', false)).toBe(true);
    expect(matchesKeys(press('k', { metaKey: true }), 'Mod+K', false)).toBe(false);
    expect(matchesKeys(press('k', { metaKey: true }), 'Mod+K', true)).toBe(true);
    expect(matchesKeys(press('k', { ctrlKey: true }), 'Mod+K', true)).toBe(false);
  });

  it('tells Ctrl+Enter from Ctrl+Shift+Enter', () => {
    const both = press('Enter', { ctrlKey: true, shiftKey: true });
    expect(matchesKeys(both, 'Mod+Enter', false)).toBe(false);
    expect(matchesKeys(both, 'Mod+Shift+Enter', false)).toBe(true);
  });

  it('compares a sign by what it makes, whatever Shift its layout needs', () => {
    expect(matchesKeys(press('?', { shiftKey: true }), '?', false)).toBe(true);
    expect(matchesKeys(press('?'), '?', false)).toBe(true);
    expect(matchesKeys(press('+', { shiftKey: true }), '+', false)).toBe(true);
    expect(matchesKeys(press('3'), '3', false)).toBe(true);
  });

  it('leaves letters with a modifier alone', () => {
    expect(matchesKeys(press('n', { ctrlKey: true }), 'N', false)).toBe(false);
    expect(matchesKeys(press('R', { shiftKey: true }), 'R', false)).toBe(false);
    expect(matchesKeys(press('R', { shiftKey: true }), 'Shift+R', false)).toBe(true);
  });
});

const nameOf = (key: string) => ({ Mod: 'Strg', Shift: 'Umschalt', Enter: 'Eingabe' })[key] ?? '';

describe('keyCaps', () => {
  it('writes the keys as they stand on the keyboard', () => {
    expect(keyCaps('Mod+Shift+Enter', false, nameOf)).toEqual(['Strg', 'Umschalt', 'Eingabe']);
    expect(keyCaps('Mod+k', true, nameOf)).toEqual(['⌘', 'K']);
    expect(keyCaps('Escape', false, nameOf)).toEqual(['Esc']);
    expect(keyCaps('+', false, nameOf)).toEqual(['+']);
  });
});

describe('isSafeWhileTyping', () => {
  it('lets only Ctrl and function keys through', () => {
    expect(['Mod+I', 'F2', 'N', 'Delete', '3', 'Shift+R'].filter(isSafeWhileTyping)).toEqual(['Mod+I', 'F2']);
  });

  it('leaves to a field what it does itself: what was typed is taken back, and no page', () => {
    const keys = ['Mod+Z', 'Mod+V', 'Mod+ArrowUp', 'Mod+Enter', 'Mod+Shift+Enter', 'Mod+K'];
    expect(keys.filter(isSafeWhileTyping)).toEqual(['Mod+Enter', 'Mod+Shift+Enter', 'Mod+K']);
  });
});
