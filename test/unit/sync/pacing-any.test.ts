import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pacing } from '../../../main/sync/pacing.ts';

const LONGEST_WAIT_MS = 60 * 60_000;

/** An answer of any server, also one that contradicts itself, after any time. */
const answer = fc.record({
  afterMs: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: LONGEST_WAIT_MS })),
  tookMs: fc.integer({ min: 0, max: 30_000 }),
  limit: fc.oneof(fc.constant(300), fc.integer({ min: 0, max: 10_000_000 })),
  usedShare: fc.double({ min: 0, max: 1, noNaN: true }),
  resetMs: fc.integer({ min: 0, max: 120_000 }),
  kind: fc.constantFrom('told', 'told', 'told', 'silent', 'refused'),
  isReturn: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

test('whatever servers say, it knows when the next call may begin, and that is never more than an hour away', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 60 }), fc.integer(), (answers, seed) => {
      let chance = Math.abs(seed) % 997;
      const pacing = new Pacing(() => {
        chance = (chance * 613 + 7) % 997;
        return chance / 997;
      });
      let now = 0;
      for (const { afterMs, tookMs, limit, usedShare, resetMs, kind, isReturn } of answers) {
        now = Math.max(now + afterMs, pacing.opensAt);
        if (isReturn) pacing.returned(300_000);
        pacing.began(now);
        now += tookMs;
        const remaining = kind === 'refused' ? 0 : Math.round(limit * (1 - usedShare));
        pacing.answered(now, kind === 'silent' ? null : { limit, remaining, resetMs }, kind === 'refused');
        expect(pacing.opensAt).not.toBeNaN();
        expect(pacing.opensAt - now).toBeLessThanOrEqual(LONGEST_WAIT_MS);
        const { share } = pacing;
        expect(share === null || (share > 0 && Number.isFinite(share))).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
