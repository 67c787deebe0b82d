import type { PlannedOperation } from './port.ts';

/** A planned call without pages. `needs`: refs of what must be done before it. */
export function small(
  ref: string,
  kind: string,
  payload: PlannedOperation['payload'],
  needs: readonly string[],
): PlannedOperation {
  return { ref, kind, payload, needs, pageId: null, byteLength: 0 };
}
