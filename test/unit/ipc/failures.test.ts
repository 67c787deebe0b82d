import { expect, test } from 'vitest';
import { z } from 'zod';
import { toFailure } from '../../../main/ipc/failures.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';

test('the window learns what a person can do, and nothing of an error’s own text', () => {
  const own = new SatchelFailure({ code: 'conflict', message: { code: 'capture.isHeld' } });
  expect(toFailure(own)).toBe(own.failure);
  const full = Object.assign(new Error('database or disk is full: /home/kim/x'), { code: 'SQLITE_FULL' });
  expect(toFailure(full)).toEqual({ code: 'storage', message: { code: 'start.diskFull' } });
  expect(toFailure(new Error('secret'))).toEqual({ code: 'internal', message: { code: 'app.internal' } });
  const invalid = z.object({ key: z.string() }).safeParse({ key: 1 }).error;
  expect(toFailure(invalid)).toMatchObject({ code: 'invalid_input', field: 'key' });
});
