import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueryClient, refresh } from '../../../../renderer/ipc/client.ts';

const ANYTHING = { submissionIds: [], batchIds: [] };

/** A list on the screen whose answer takes so long, and how often it was asked for. */
function listOnScreen(answerMs: number) {
  const client = createQueryClient();
  const asked: number[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ['submission.list', {}],
    queryFn: async () => {
      asked.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, answerMs));
      return asked.length;
    },
  });
  return { client, asked, close: observer.subscribe(() => {}) };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('refresh', () => {
  it('asks once for a burst of changes', async () => {
    const { client, asked, close } = listOnScreen(0);
    await vi.advanceTimersByTimeAsync(10);
    for (let change = 0; change < 20; change += 1) refresh(client, ANYTHING);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
    close();
  });

  it('asks at once after some quiet', async () => {
    const { client, asked, close } = listOnScreen(0);
    await vi.advanceTimersByTimeAsync(10);
    const changedAt = performance.now();
    refresh(client, ANYTHING);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((asked.at(-1) ?? Infinity) - changedAt).toBeLessThanOrEqual(1);
    close();
  });

  it('leaves twice as much time as the answers took between two rounds, and asks for the last change', async () => {
    const { client, asked, close } = listOnScreen(200);
    await vi.advanceTimersByTimeAsync(300);
    for (let at = 0; at < 3_000; at += 20) {
      refresh(client, ANYTHING);
      await vi.advanceTimersByTimeAsync(20);
    }
    const lastChange = performance.now() - 20;
    await vi.advanceTimersByTimeAsync(2_000);
    const gaps = asked.slice(2).map((time, index) => time - (asked[index + 1] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(600);
    expect(asked.at(-1)).toBeGreaterThan(lastChange);
    close();
  });
});
