import { describe, expect, it } from 'vitest';
import { createDayWatch } from '../../../main/app/day-watch.ts';
import { silentLog } from '../../../main/logging/index.ts';

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** A watch on a date that the test sets; `pass` lets its timer run out. */
function watch(checked: string | null) {
  const state = { now: Date.UTC(2026, 10, 30, 12), checked, looks: 0, isFailing: false };
  let fire: (() => void) | null = null;
  const watched = createDayWatch({
    clock: { now: () => state.now },
    timers: {
      after: (_delayMs, run) => {
        fire = run;
        return () => {
          fire = null;
        };
      },
    },
    log: silentLog,
    checkedDay: {
      get: () => state.checked,
      set: (day) => {
        state.checked = day;
      },
    },
    onDay: () => {
      state.looks += 1;
      return state.isFailing ? Promise.reject(new Error('the disk')) : Promise.resolve();
    },
  });
  return {
    state,
    start: async (): Promise<void> => {
      watched.start();
      await settled();
    },
    pass: async (now: number): Promise<void> => {
      state.now = now;
      fire?.();
      await settled();
    },
    stop: () => watched.stop(),
    isWaiting: () => fire !== null,
  };
}

describe('the date', () => {
  it('is acted on when it is another one, whichever way it went, and once a day', async () => {
    const { state, start, pass } = watch('2026-11-30');
    await start();
    expect(state.looks).toBe(0);
    await pass(Date.UTC(2026, 11, 1));
    await pass(Date.UTC(2026, 11, 1, 23));
    expect(state).toMatchObject({ looks: 1, checked: '2026-12-01' });
    await pass(Date.UTC(2041, 0, 1));
    await pass(Date.UTC(2026, 11, 1, 23));
    expect(state).toMatchObject({ looks: 3, checked: '2026-12-01' });
  });

  it('of another day than that of the last start is acted on at once', async () => {
    const { state, start } = watch(null);
    await start();
    expect(state).toMatchObject({ looks: 1, checked: '2026-11-30' });
  });

  it('is looked at again when it could not be acted on, and no more after the end', async () => {
    const { state, start, pass, stop, isWaiting } = watch(null);
    state.isFailing = true;
    await start();
    expect(state.checked).toBeNull();
    state.isFailing = false;
    await pass(state.now);
    expect(state).toMatchObject({ looks: 2, checked: '2026-11-30' });
    await stop();
    expect(isWaiting()).toBe(false);
  });
});
