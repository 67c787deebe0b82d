import { describe, expect, it } from 'vitest';
import {
  cutStep,
  moveStep,
  rowsOf,
  stepPage,
  trayStep,
  undoOf,
} from '../../../../renderer/features/capture/stack/rows.ts';
import type { StackPageView } from '../../../../shared/domain/index.ts';

function page(id: string, place: StackPageView['place'], edit: StackPageView['edit'] = null): StackPageView {
  return { id, position: Number(id), sheetCount: 1, isInspected: true, edit, place };
}

const first = page('1', { kind: 'customer', customer: 1, reason: 'first', slot: null });
const second = page('2', { kind: 'customer', customer: 1, reason: null, slot: null });
const third = page('4', { kind: 'customer', customer: 2, reason: 'separator', slot: null });
const blank = page('3', { kind: 'tray', why: 'separator' });
const PAGES = [first, second, third, blank];

describe('the review of a stack', () => {
  it('shows each customer with its pages, then the tray', () => {
    const shown = rowsOf({ pages: PAGES }).map((row) =>
      row.kind === 'page' ? row.page.id : `${row.kind} ${row.pageCount}`,
    );
    expect(shown).toEqual(['customer 2', '1', '2', 'customer 1', '4', 'tray 1', '3']);
  });

  it('cuts where none is, joins where one is, and takes back one’s own cut', () => {
    expect(cutStep(second)).toEqual({ 2: 'cut' });
    expect(cutStep(third)).toEqual({ 4: 'join' });
    expect(cutStep(page('2', { kind: 'customer', customer: 2, reason: 'person', slot: null }))).toEqual({ 2: null });
    expect(cutStep(first)).toBeNull();
    expect(cutStep(blank)).toBeNull();
  });

  it('moves to the tray and back, and to the neighbours that there are', () => {
    expect(trayStep(second)).toEqual({ 2: 'aside' });
    expect(trayStep(blank)).toEqual({ 3: 'keep' });
    expect(moveStep(PAGES, second, 1)).toEqual({ 2: { with: '4' } });
    expect(moveStep(PAGES, third, -1)).toEqual({ 4: { with: '1' } });
    expect(moveStep(PAGES, third, 1)).toBeNull();
  });

  it('undoes a step to what was said before', () => {
    const said = page('2', { kind: 'customer', customer: 2, reason: 'person', slot: null }, 'cut');
    expect(undoOf([first, said], { 2: 'aside' })).toEqual({ 2: 'cut' });
    expect(undoOf([first, second], { 2: 'aside' })).toEqual({ 2: null });
  });

  it('steps from page to page and stays at the ends', () => {
    expect(stepPage(PAGES, '2', 1)?.id).toBe('4');
    expect(stepPage(PAGES, '3', 1)?.id).toBe('3');
    expect(stepPage(PAGES, 'gone', -1)?.id).toBe('1');
  });
});
