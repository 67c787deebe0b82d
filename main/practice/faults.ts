import { z } from 'zod';
import { APIS } from './state.ts';

/** What goes wrong with a request. `afterStoring`: the server does the work first, so the client's answer is lost or wrong. */
export const FaultAction = z.discriminatedUnion('kind', [
  /** Works for `ms` longer, then answers as usual. */
  z.object({ kind: z.literal('delay'), ms: z.number().int().min(0).max(600_000) }),
  /** Reads the whole request, does nothing, resets the connection. */
  z.object({ kind: z.literal('resetBeforeStoring') }),
  /** Does the work and resets the connection before the first byte of the answer: the lost answer. */
  z.object({ kind: z.literal('resetAfterStoring') }),
  /** Resets the connection once this many bytes of the request's body have arrived. */
  z.object({ kind: z.literal('cutAfterBytes'), bytes: z.number().int().min(0) }),
  /** Does the work, announces the whole answer, sends half of it and resets the connection. */
  z.object({ kind: z.literal('cutAnswer') }),
  /** Does the work and sends half of the answer as if it were all of it. */
  z.object({ kind: z.literal('truncatedJson') }),
  /** Does the work and answers with nothing in the body. */
  z.object({ kind: z.literal('emptyAnswer') }),
  /** Reads the request and never answers. */
  z.object({ kind: z.literal('silence') }),
  /** A captive portal or proxy: a sign-in page instead of the API. */
  z.object({ kind: z.literal('html'), status: z.number().int().min(200).max(599).default(200) }),
  /** The API's own answer with this status, in its documented form. */
  z.object({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    afterStoring: z.boolean().default(false),
    headers: z.record(z.string(), z.string()).default({}),
  }),
]);
export type FaultAction = z.infer<typeof FaultAction>;

/** A fault for the next `times` requests that match. `path` is a part of the path, e.g. `/submit`. */
export const Fault = z.object({
  api: z.enum(APIS).optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  times: z.number().int().min(1).max(1_000_000).default(1),
  action: FaultAction,
});
export type Fault = z.infer<typeof Fault>;
export type FaultInput = z.input<typeof Fault>;

/** The fault script: in memory only, so a restarted server is a healthy one. */
export class FaultScript {
  #faults: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#faults = [];
  }

  /** Faults that have not happened yet. */
  get waiting(): number {
    return this.#faults.reduce((sum, entry) => sum + entry.left, 0);
  }

  /** Those that have not happened yet, in the order in which they are tried. */
  get list(): readonly { readonly fault: Fault; readonly left: number }[] {
    return this.#faults;
  }

  /** The first fault that fits this request, used up by this call. */
  take(request: { api: string; method: string; path: string }): FaultAction | null {
    const entry = this.#faults.find(
      ({ fault }) =>
        (fault.api === undefined || fault.api === request.api) &&
        (fault.method === undefined || fault.method === request.method) &&
        (fault.path === undefined || request.path.includes(fault.path)),
    );
    if (entry === undefined) return null;
    entry.left -= 1;
    if (entry.left === 0) this.#faults = this.#faults.filter((other) => other !== entry);
    return entry.fault.action;
  }
}
