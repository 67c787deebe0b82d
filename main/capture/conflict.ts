import { SatchelFailure } from '../../shared/util/failure.ts';

/** What was asked does not go together with how things are now. `code`: of the message that says so. */
export const conflict = (code: string): SatchelFailure => new SatchelFailure({ code: 'conflict', message: { code } });
