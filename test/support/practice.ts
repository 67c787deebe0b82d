/** A practice server in the test's own process, so that it outlives the app's death and counts by itself. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { startPracticeServer } from '../../main/practice/index.ts';
import type { FaultInput, PracticeServer } from '../../main/practice/index.ts';
import { practiceFlows } from '../../shared/domain/practice-flows.ts';
import { PROVIDER_DESCRIPTORS, ProviderId } from '../../shared/domain/index.ts';
import type { ConnectionInput, Flow, ProviderDescriptor } from '../../shared/domain/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { callAdmin } from './practice-calls.ts';

const FileCounts = z.object({
  files: z.array(z.object({ sha256: z.string(), byteLength: z.number(), received: z.number(), stored: z.number() })),
});
const Requests = z.object({
  requests: z.array(
    z.object({
      api: ProviderId,
      method: z.string(),
      path: z.string(),
      status: z.number().nullable(),
      fault: z.string().nullable(),
      isReplay: z.boolean(),
      idempotencyKey: z.string().nullable(),
    }),
  ),
});

export interface PracticeForTests {
  readonly server: PracticeServer;
  admin(method: string, path: string, body?: unknown): Promise<unknown>;
  files(): Promise<z.infer<typeof FileCounts>['files']>;
  requests(): Promise<z.infer<typeof Requests>['requests']>;
  faults(...faults: FaultInput[]): Promise<void>;
  clearFaults(): Promise<void>;
  close(): Promise<void>;
}

/** Quick decisions and no limit of calls; everything else as the embedded server. */
export const QUICK_SWITCHES = {
  'persona.processingMinMs': 50,
  'persona.processingMaxMs': 100,
  'persona.rateLimitPerMinute': 1_000_000,
  'personr.stageMinMs': 20,
  'personr.stageMaxMs': 40,
  'sumsub.stageMinMs': 20,
  'sumsub.stageMaxMs': 40,
} as const;

/** Decided at once; a test that looks at the states on the way sets its own. */
export const INSTANT_SWITCHES = {
  'persona.processingMinMs': 0,
  'persona.processingMaxMs': 0,
  'personr.stageMinMs': 0,
  'personr.stageMaxMs': 0,
  'sumsub.stageMinMs': 0,
  'sumsub.stageMaxMs': 0,
} as const;

export async function startPractice(
  folder: string,
  switches: Readonly<Record<string, string | number>> = {},
  clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() },
): Promise<PracticeForTests> {
  const server = await startPracticeServer({
    databaseFile: join(folder, 'practice-of-the-test.sqlite3'),
    port: 0,
    clock,
    random: (length) => randomBytes(length),
    switches: { ...QUICK_SWITCHES, ...switches },
  });
  const admin = (method: string, path: string, body?: unknown): Promise<unknown> =>
    callAdmin({ server }, method, path, body);
  return {
    server,
    admin,
    files: async () => FileCounts.parse(await admin('GET', '/files')).files,
    requests: async () => Requests.parse(await admin('GET', '/requests')).requests,
    faults: async (...faults) => {
      await admin('POST', '/faults', { faults });
    },
    clearFaults: async () => {
      await admin('DELETE', '/faults');
    },
    close: () => server.close(),
  };
}

/** What an administrator would enter to reach this server (or a link before it at `origin`). */
export function connectionTo(
  provider: ProviderId,
  origin: string,
  options: { name?: string; apiKey?: string; password?: string; flows?: Flow[] } = {},
): ConnectionInput {
  const { name, settings, practice }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  const { apiKey, password } = options;
  return {
    provider,
    name: options.name ?? `Branch ${name}`,
    environment: 'sandbox',
    baseUrl: `${origin}${practice.path}`,
    flows: options.flows ?? practiceFlows(provider),
    settings: settings.parse({}),
    credential: {
      ...practice.credential,
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(password === undefined ? {} : { password }),
    },
  };
}
