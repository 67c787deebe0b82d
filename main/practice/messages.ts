import { z } from 'zod';

/** What the worker is started with. Its clock and randomness are the system's own: functions do not travel. */
export const WorkerStart = z.object({
  databaseFile: z.string().min(1),
  port: z.number().int().min(0).max(65_535),
  switches: z.record(z.string(), z.union([z.string(), z.number()])),
  sealingKey: z.instanceof(Uint8Array).nullable(),
});
export type WorkerStart = z.infer<typeof WorkerStart>;

export const ToWorker = z.object({ kind: z.literal('close') });

export const FromWorker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), port: z.number(), adminToken: z.string() }),
  /** It could not start; `reason` holds no path. */
  z.object({ kind: z.literal('failed'), reason: z.string() }),
  z.object({
    kind: z.literal('log'),
    level: z.enum(['info', 'warn', 'error']),
    event: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  z.object({ kind: z.literal('closed') }),
]);
export type FromWorker = z.infer<typeof FromWorker>;
