import { z } from 'zod';
import type { Failure } from '../../shared/ipc/index.ts';
import { SatchelFailure, isDiskFull } from '../../shared/util/failure.ts';

/** Turns whatever a handler threw into what the window may know: never a stack, a path or a value that was entered. */
export function toFailure(error: unknown): Failure {
  if (error instanceof SatchelFailure) return error.failure;
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    const field = issue?.path.map(String).join('.') ?? '';
    return {
      code: 'invalid_input',
      message: { code: 'app.invalidInput', params: { field, problem: issue?.message ?? '' } },
      ...(field === '' ? {} : { field }),
    };
  }
  if (isDiskFull(error)) return { code: 'storage', message: { code: 'start.diskFull' } };
  return { code: 'internal', message: { code: 'app.internal' } };
}
