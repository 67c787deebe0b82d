import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { groupRows } from '../../../main/capture/manifest-groups.ts';
import { parseManifest, MANIFEST_COLUMNS } from '../../../main/capture/manifest-rows.ts';
import { inTurns, takingTurns } from '../../../main/capture/turns.ts';

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

  it('that waits in between goes on at once, and lets others have their turn after every 10 ms of it', async () => {
    let now = 0;
    const turns: number[] = [];
    const turn = takingTurns(() => now);
    for (let piece = 1; piece <= 7; piece += 1) {
      now += 4;
      let isAnothers = false;
      setImmediate(() => {
        isAnothers = true;
      });
      await turn();
      if (isAnothers) turns.push(piece);
    }
    expect(turns).toEqual([3, 6]);
  });
});

const rowOf = (number: number, customer: string): string =>
  MANIFEST_COLUMNS.map((column) =>
    column === 'customer' ? customer : column === 'file' ? `${number}.jpg` : column === 'given_name' ? 'Zoë' : '',
  ).join(',');
const manifest = (rows: number): Buffer =>
  Buffer.from([MANIFEST_COLUMNS.join(','), ...Array.from({ length: rows }, (_, at) => rowOf(at, `c${at}`))].join('\n'));

describe('a long manifest', () => {
  it('is read in turns, none of more than some milliseconds, and every line of it', async () => {
    const bytes = manifest(12_000);
    let others = 0;
    const state = { isOver: false };
    const beside = (async () => {
      for (; !state.isOver; others += 1) await nextTurn();
    })();
    let pieces = 0;
    const { rows, problems } = await parseManifest(bytes, () => {
      pieces += 1;
      return Promise.resolve();
    });
    state.isOver = true;
    await beside;
    expect(others).toBeGreaterThan(bytes.length / 40_000);
    expect([rows.length, problems]).toEqual([12_000, []]);
    // Before each piece that is read, and each row.
    expect(pieces).toBeGreaterThan(12_000 + bytes.length / 40_000);
    expect(rows.every(({ line, given_name: name }, at) => line === at + 2 && name === 'Zoë')).toBe(true);
    expect(rows.at(-1)).toMatchObject({ customer: 'c11999', file: '11999.jpg', line: 12_001 });
  });

  it('is grouped in turns as well', async () => {
    const turn = vi.fn(() => Promise.resolve());
    const { rows } = await parseManifest(manifest(3), turn);
    turn.mockClear();
    const { byCustomer, byReference } = await groupRows([...rows, ...rows], turn);
    expect([[...byCustomer.keys()], byReference.size]).toEqual([['c0', 'c1', 'c2'], 0]);
    // Before each row, and each customer.
    expect(turn).toHaveBeenCalledTimes(6 + 3);
  });

  it('loses no character that has two halves, wherever a piece ends', async () => {
    const name = '𝒵'.repeat(40_000);
    const text = (before: string): string => `${MANIFEST_COLUMNS.join(',')}\n${rowOf(1, `${before}${name}`)}`;
    for (const before of ['', 'x']) {
      const { rows } = await parseManifest(Buffer.from(text(before)), () => Promise.resolve());
      expect(rows[0]?.customer === `${before}${name}`).toBe(true);
    }
  });
});
