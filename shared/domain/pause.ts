import { z } from 'zod';
import type { Message } from '../messages/types.ts';
import { Cause } from './states.ts';

/**
 * What was seen of a call that did not work, for a report to IT: hosts, names of certificates, numbers. Never a path, a
 * header's value, a credential or anything of a customer's.
 */
export const Seen = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  host: z.string(),
  status: z.number().nullable(),
  contentType: z.string().nullable(),
  /** Where a redirect would have led. */
  redirectHost: z.string().nullable(),
  /** The network's own word for what went wrong, or null when there was an answer. */
  fault: z.string().nullable(),
  certificate: z
    .object({ issuer: z.string(), subject: z.string(), validFromMs: z.number(), validToMs: z.number() })
    .nullable(),
  proxyStatus: z.number().nullable(),
  /** The other side's clock minus this PC's, milliseconds. */
  clockOffByMs: z.number().nullable(),
  requestId: z.string().nullable(),
});
export type Seen = z.infer<typeof Seen>;

/** A pause of a whole connection, as stored in `connections.pause`. */
export const StoredPause = z.object({
  cause: Cause,
  message: z.object({
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  }),
  /** Epoch milliseconds; null: until a person acts. Once it is over, one operation is let through as a test. */
  untilMs: z.number().nullable(),
  /** The operation that made the pause, or tested it last; null when another connection's did. */
  probeOperationId: z.string().nullable(),
  /** How often in a row a test has failed: the next one comes later. */
  failures: z.number().default(0),
  /** When it began, epoch milliseconds. */
  sinceMs: z.number().nullable().default(null),
  /** The reason lies in this PC's network: the pause was shared with every connection that leaves this PC. */
  isNetworkWide: z.boolean().default(false),
  seen: Seen.nullable().default(null),
});
export type StoredPause = z.infer<typeof StoredPause>;

/** Whether it takes a person to end this pause. All others only take time, or a network. */
export function needsPerson({ cause, untilMs }: Pick<StoredPause, 'cause' | 'untilMs'>): boolean {
  return cause !== 'wait' || untilMs === null;
}

/** A PC's clock may be this far from the provider's before it is called wrong. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** A difference of clocks in whole hours and minutes, for a sentence. */
export function clockMessage(code: string, offByMs: number): Message {
  const minutes = Math.round(Math.abs(offByMs) / 60_000);
  return { code, params: { hours: Math.floor(minutes / 60), minutes: minutes % 60 } };
}
