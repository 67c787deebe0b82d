import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { startPracticeServer } from '../../main/practice/index.ts';
import type { FaultInput, PracticeServer } from '../../main/practice/index.ts';
import { callAdmin } from './practice-calls.ts';
import { VirtualClock } from './virtual-clock.ts';

export const Records = z.object({
  documents: z.array(
    z.object({ id: z.string(), kind: z.string(), isSubmitted: z.boolean(), files: z.array(z.string()) }),
  ),
  applicants: z.array(
    z.object({
      id: z.string(),
      externalUserId: z.array(z.string()),
      checksUsed: z.number(),
      images: z.array(z.string()),
    }),
  ),
});

export type PracticeRecords = z.infer<typeof Records>;

const Requests = z.object({
  requests: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      status: z.number().nullable(),
      idempotencyKey: z.string().nullable(),
      files: z.array(z.object({ sha256: z.string() })),
    }),
  ),
});

/** One practice server for many worlds: each has a customer of its own. */
export class PracticeOverDays {
  readonly clock: VirtualClock;
  readonly server: PracticeServer;
  private constructor(server: PracticeServer, clock: VirtualClock) {
    this.server = server;
    this.clock = clock;
  }

  static async start(folder: string, switches: Record<string, string | number> = {}): Promise<PracticeOverDays> {
    const clock = new VirtualClock();
    const server = await startPracticeServer({
      databaseFile: `${folder}/practice.sqlite3`,
      port: 0,
      clock,
      random: (length) => randomBytes(length),
      switches: {
        'persona.processingMinMs': 50,
        'persona.processingMaxMs': 100,
        'persona.rateLimitPerMinute': 1_000_000,
        'personr.stageMinMs': 20,
        'personr.stageMaxMs': 40,
        'sumsub.stageMinMs': 20,
        'sumsub.stageMaxMs': 40,
        ...switches,
      },
    });
    return new PracticeOverDays(server, clock);
  }

  admin(method: string, path: string, body?: unknown): Promise<unknown> {
    return callAdmin(this, method, path, body);
  }

  async records(): Promise<PracticeRecords> {
    return Records.parse(await this.admin('GET', '/records'));
  }

  async requests(): Promise<z.infer<typeof Requests>['requests']> {
    return Requests.parse(await this.admin('GET', '/requests')).requests;
  }

  async fault(fault: FaultInput): Promise<void> {
    await this.admin('POST', '/faults', { faults: [fault] });
  }
}
