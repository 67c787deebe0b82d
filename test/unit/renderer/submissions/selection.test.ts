import { describe, expect, it } from 'vitest';
import { EMPTY_SELECTION, range, refreshed, toggle } from '../../../../renderer/features/submissions/selection.ts';
import { submissionRow } from './rows.ts';

const first = submissionRow({ id: 'a' });
const second = submissionRow({ id: 'b' });

describe('choosing rows', () => {
  it('Space takes a row in and out, and a range then begins there', () => {
    const chosen = toggle(EMPTY_SELECTION, first, 4);
    expect([...chosen.rows.keys()]).toEqual(['a']);
    expect(chosen.anchor).toBe(4);
    expect(toggle(chosen, first, 4).rows.size).toBe(0);
  });

  it('a range is exactly the rows between, whatever was chosen before', () => {
    expect([...range([second], 1).rows.keys()]).toEqual(['b']);
  });

  it('a chosen row keeps its place but takes its newest state', () => {
    const chosen = toggle(EMPTY_SELECTION, first, 0);
    const newer = submissionRow({ id: 'a', state: 'released' });
    expect(refreshed(chosen, [newer, second]).rows.get('a')?.state).toBe('released');
    expect(refreshed(chosen, [newer, second]).rows.has('b')).toBe(false);
  });

  it('stays the same object when nothing is newer, so that the table is not drawn again', () => {
    const chosen = toggle(EMPTY_SELECTION, first, 0);
    expect(refreshed(chosen, [first, second])).toBe(chosen);
  });
});
