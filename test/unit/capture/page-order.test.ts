import { v7, validate, version } from 'uuid';
import { describe, expect, it } from 'vitest';
import { idsAfter } from '../../../main/capture/page-order.ts';

describe('ids after an id', () => {
  it('lie between it and whatever was made after it, in order, also within one millisecond', () => {
    for (let round = 0; round < 500; round += 1) {
      const before = v7();
      const next = v7();
      const between = idsAfter(before, 60);
      expect(new Set(between).size).toBe(60);
      expect([before, ...between, next].toSorted()).toEqual([before, ...between, next]);
      expect(between.every((id) => validate(id) && version(id) === 7)).toBe(true);
    }
  });

  it('are none where there is no room', () => {
    expect(idsAfter('01890a5d-ac96-774b-bcff-ffffffffffff', 3)).toEqual([]);
  });
});
