import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inTurns } from '../../../main/capture/turns.ts';

describe('work in turns', () => {
  it('is done to its end, and lets others have their turn after every 10 ms of it', async () => {
    let now = 0;
    const log: string[] = [];
    let left = 6;
    const state = { isOver: false };
    const others = (async () => {
      while (!state.isOver) {
        log.push('other');
        await nextTurn();
      }
    })();
    await inTurns(
      () => {
        now += 4;
        left -= 1;
        log.push('step');
        return left > 0;
      },
      () => now,
    );
    state.isOver = true;
    await others;
    // Three steps take 12 ms.
    expect(log).toEqual(['other', 'step', 'step', 'step', 'other', 'step', 'step', 'step']);
  });

  it('fails as its step does', async () => {
    const broken = inTurns(
      () => {
        throw new Error('no such row');
      },
      () => 0,
    );
    await expect(broken).rejects.toThrow('no such row');
  });
});
