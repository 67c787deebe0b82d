import type { FaultInput } from '../../main/practice/index.ts';

/** Where a request is lost. */
export type Place =
  /** The process dies before anything has left. */
  | 'before the request'
  /** The connection breaks in the middle of the body. */
  | 'in the body'
  /** The process dies with everything but the last byte sent. */
  | 'before the last byte'
  /** The provider has read all of it, has done nothing, and the connection breaks. */
  | 'after the last byte'
  /** The provider has done it, and the connection breaks before the first byte of the answer. */
  | 'before the answer'
  /** The answer is here, and the process dies before it is written down. */
  | 'after the answer'
  | 'in the answer'
  /** Half of the answer, as if it were all of it. */
  | 'with half an answer';

export const PLACES: readonly Place[] = [
  'before the request',
  'in the body',
  'before the last byte',
  'after the last byte',
  'before the answer',
  'after the answer',
  'in the answer',
  'with half an answer',
];

/** What the practice server does for it; at the other places the process dies. */
export const FAULTS: Partial<Record<Place, FaultInput['action']>> = {
  'in the body': { kind: 'cutAfterBytes', bytes: 20 },
  'after the last byte': { kind: 'resetBeforeStoring' },
  'before the answer': { kind: 'resetAfterStoring' },
  'in the answer': { kind: 'cutAnswer' },
  'with half an answer': { kind: 'truncatedJson' },
};

/** The `nth` request (from 1) whose method and path fit is lost at this place. */
export interface Loss {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly nth: number;
  readonly place: Place;
}
