import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEWEST_UPLOADS, MOST_UPLOADS, UploadWindow } from '../../../main/sync/upload-window.ts';

const DOCUMENT_BYTES = 1_333_000;

/**
 * A line that is shared evenly: an upload takes as long as its bytes need at its share of the line, at most as fast as one
 * connection alone is, and then waits for its answer.
 */
function send(
  window: UploadWindow,
  documents: number,
  line: { bytesPerMs: number; mostOfOne: number; answerMs: number },
): number[] {
  const sizes: number[] = [];
  let now = 0;
  for (let sent = 0; sent < documents; sent += 1) {
    const inFlight = window.size;
    const one = Math.min(line.mostOfOne, line.bytesPerMs / inFlight);
    const tookMs = DOCUMENT_BYTES / one + line.answerMs;
    // With all of them equally far apart, one ends every n-th part of that time.
    now += tookMs / inFlight;
    window.finished({ bytes: DOCUMENT_BYTES, tookMs, inFlight }, now);
    sizes.push(window.size);
  }
  return sizes;
}

describe('uploads at once', () => {
  it('are the most on a long fat line, where one connection cannot fill it', () => {
    const sizes = send(new UploadWindow(), 120, { bytesPerMs: 12_500, mostOfOne: 400, answerMs: 300 });
    expect(sizes.at(-1)).toBe(MOST_UPLOADS);
    expect(sizes.filter((size) => size < MOST_UPLOADS).length).toBeLessThan(20);
  });

  it('become the fewest that carry as much on a short line, which one more does not make wider', () => {
    const sizes = send(new UploadWindow(), 200, { bytesPerMs: 2_500, mostOfOne: 1_300, answerMs: 20 });
    expect(sizes.at(-1)).toBe(2);
  });

  it('become few on a line on which each takes longer than a minute', () => {
    const sizes = send(new UploadWindow(), 60, { bytesPerMs: 40, mostOfOne: 40, answerMs: 100 });
    expect(sizes.at(-1)).toBeLessThanOrEqual(2);
  });

  it('become half as many when one breaks, never fewer than one', () => {
    const window = new UploadWindow();
    window.broke();
    expect(window.size).toBe(3);
    window.broke();
    window.broke();
    expect(window.size).toBe(FEWEST_UPLOADS);
  });

  it('are not judged while fewer are under way than there may be', () => {
    const window = new UploadWindow();
    for (let upload = 1; upload <= 50; upload += 1) {
      window.finished({ bytes: DOCUMENT_BYTES, tookMs: 500, inFlight: 1 }, upload * 500);
    }
    expect(window.size).toBe(MOST_UPLOADS);
  });

  it('find their way back up after a bad time', () => {
    const window = new UploadWindow();
    window.broke();
    window.broke();
    const sizes = send(window, 400, { bytesPerMs: 12_500, mostOfOne: 400, answerMs: 300 });
    expect(sizes.at(-1)).toBe(MOST_UPLOADS);
  });

  it('stay between the fewest and the most, whatever the line does', () => {
    assert(
      property(
        integer({ min: 1, max: 20_000 }),
        integer({ min: 1, max: 20_000 }),
        integer({ min: 0, max: 9 }),
        (a, b, breaks) => {
          const window = new UploadWindow();
          const sizes = [
            ...send(window, 30, { bytesPerMs: a, mostOfOne: b, answerMs: 100 }),
            ...Array.from({ length: breaks }, () => {
              window.broke();
              return window.size;
            }),
            ...send(window, 30, { bytesPerMs: b, mostOfOne: a, answerMs: 300 }),
          ];
          expect(Math.min(...sizes)).toBeGreaterThanOrEqual(FEWEST_UPLOADS);
          expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST_UPLOADS);
        },
      ),
    );
  });
});
