import { describe, expect, it } from 'vitest';
import { cursorAfterKey, pagesFor, rowAt } from '../../../../renderer/components/windowing.ts';

describe('pages of a long list', () => {
  it('asks for the one page that holds a screen of rows', () => {
    expect(pagesFor(0, 40, 100_000)).toEqual([0]);
    expect(pagesFor(50_010, 50_060, 100_000)).toEqual([250]);
  });

  it('asks for both pages where a screen lies over their border', () => {
    expect(pagesFor(190, 230, 100_000)).toEqual([0, 1]);
  });

  it('never asks beyond the end, and for nothing while the list is empty', () => {
    expect(pagesFor(390, 600, 400)).toEqual([1]);
    expect(pagesFor(900, 940, 400)).toEqual([1]);
    expect(pagesFor(0, 40, 0)).toEqual([]);
  });

  it('finds a row in its page and nothing in a page that has not arrived', () => {
    const pages = new Map([[2, ['e', 'f']]]);
    expect(rowAt(pages, 5, 2)).toBe('f');
    expect(rowAt(pages, 3, 2)).toBeUndefined();
  });
});

describe('the cursor row', () => {
  it('stays inside the list', () => {
    expect(cursorAfterKey('ArrowUp', 0, 10, 5)).toBe(0);
    expect(cursorAfterKey('ArrowDown', 9, 10, 5)).toBe(9);
    expect(cursorAfterKey('PageDown', 8, 10, 5)).toBe(9);
    expect(cursorAfterKey('PageUp', 2, 10, 5)).toBe(0);
  });

  it('turns a screen less one row, so that one known row stays in sight', () => {
    expect(cursorAfterKey('PageDown', 0, 100, 20)).toBe(19);
  });

  it('goes to both ends and ignores other keys', () => {
    expect(cursorAfterKey('End', 3, 100_000, 20)).toBe(99_999);
    expect(cursorAfterKey('Home', 3, 100_000, 20)).toBe(0);
    expect(cursorAfterKey('x', 3, 100_000, 20)).toBeNull();
    expect(cursorAfterKey('ArrowDown', 0, 0, 20)).toBeNull();
  });

  it('finds the first row from outside the list', () => {
    expect(cursorAfterKey('ArrowDown', -1, 4, 1)).toBe(0);
  });
});
