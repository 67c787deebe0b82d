import { outboxBenches } from './outbox.ts';
import type { Bench } from './harness.ts';

/** Every benchmark of `npm run bench`, in the order in which they run. */
export const benches: readonly Bench[] = [...outboxBenches];
