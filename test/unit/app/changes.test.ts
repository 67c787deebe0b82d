import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gatherChanges } from '../../../main/app/changes.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a change after some quiet is told at once, a burst of them in one event every 80 ms, and none is lost', async () => {
  const told: { readonly at: number; readonly ids: readonly string[] }[] = [];
  const began = performance.now();
  const changes = gatherChanges(
    (name, payload) => {
      if (name === 'changed' && 'submissionIds' in payload) {
        told.push({ at: performance.now() - began, ids: payload.submissionIds });
      }
    },
    () => {},
  );
  changes.add({ submissionIds: ['first'] });
  changes.add({ submissionIds: ['of the same turn'] });
  await vi.advanceTimersByTimeAsync(1);
  for (let page = 1; page <= 20; page += 1) {
    changes.add({ submissionIds: [`page ${page}`] });
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told[0]?.ids).toEqual(['first', 'of the same turn']);
  expect(told[0]?.at).toBeLessThanOrEqual(1);
  const gaps = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(79);
  expect(told).toHaveLength(4);
  expect(new Set(told.flatMap(({ ids }) => ids)).size).toBe(22);
  const before = performance.now() - began;
  changes.add({ submissionIds: ['after some quiet'] });
  await vi.advanceTimersByTimeAsync(1);
  expect((told.at(-1)?.at ?? 0) - before).toBeLessThanOrEqual(1);
  changes.close();
});
