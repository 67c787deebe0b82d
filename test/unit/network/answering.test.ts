import { describe, expect, test } from 'vitest';
import { MAX_RESPONSE_BYTES, SILENCE_MS, isStillAnswering } from '../../../main/network/index.ts';

describe('an answer that never pauses for long', () => {
  test.each([
    ['the largest one, on a line of 4 KB/s', 4, MAX_RESPONSE_BYTES, true],
    ['a drop each second, for six minutes', 0.001, 360, false],
    ['a hundred drops a second, for ten minutes', 0.1, 60_000, false],
  ])('%s', (_what, bytesPerMs, receivedBytes, isAnswering) => {
    expect(isStillAnswering(receivedBytes / bytesPerMs, receivedBytes, SILENCE_MS)).toBe(isAnswering);
  });
});
