import { expect, test } from 'vitest';
import { Line, bytesBody } from '../../../main/network/index.ts';
import type { HttpPort } from '../../../main/network/index.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** Reads every request's body to its end. */
const reading: HttpPort = {
  async send({ body }) {
    let length = 0;
    if (body !== null) for await (const piece of body.stream()) length += piece.byteLength;
    return { status: length, headers: {}, body: new Uint8Array() };
  },
};

function sender(bytesPerMs: () => number | null) {
  const clock = new VirtualClock();
  const line = new Line({ monotonic: clock.monotonic, after: clock.after, bytesPerMs });
  const http = line.over(reading);
  const send = (bytes: number) =>
    http.send({
      method: 'POST',
      url: 'http://127.0.0.1/',
      headers: {},
      body: bytesBody(new Uint8Array(bytes)),
      signal: new AbortController().signal,
    });
  return { clock, send };
}

test('two bodies share the line, nothing is lost, and it takes as long as the limit says', async () => {
  const { clock, send } = sender(() => 8);
  const ends: number[] = [];
  const sent = [send(400_000), send(400_000)].map(async (done) => {
    expect((await done).status).toBe(400_000);
    ends.push(clock.monotonic());
  });
  await clock.advance(90_000);
  expect(ends).toEqual([]);
  await clock.advance(12_000);
  await Promise.all(sent);
  // 800,000 bytes at 8 a millisecond, one slice at most before each other.
  expect(Math.max(...ends)).toBeGreaterThan(98_000);
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(3_000);
});

test('without a limit nothing waits; a limit that is taken away lets everything go', async () => {
  let limit: number | null = null;
  const { clock, send } = sender(() => limit);
  expect((await send(1_000_000)).status).toBe(1_000_000);
  limit = 1;
  const slow = send(100_000);
  await clock.advance(20_000);
  limit = null;
  await clock.advance(10_000);
  expect((await slow).status).toBe(100_000);
  expect(clock.monotonic()).toBe(30_000);
});
