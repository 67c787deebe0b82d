import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { openUndiciHttp, type HttpPort } from '../../main/network/index.ts';
import { startPracticeServer, type PracticeServer } from '../../main/practice/index.ts';
import type { PlanInput, Provider } from '../../main/providers/index.ts';
import { makeFolder, removeFolder } from './folders.ts';
import type { TestContext } from './provider-context.ts';
import { run, type Done } from './provider-run.ts';

/** Where an adapter's clock begins; a signature counts only while both ends agree. */
const BEGIN_MS = Date.UTC(2026, 0, 2);

/** A practice server as it comes, whose time passes only when the test says so, and the HTTP client that Satchel uses. */
export interface DatedPractice {
  readonly http: HttpPort;
  readonly server: PracticeServer;
  start(switches?: Readonly<Record<string, string | number>>): Promise<void>;
  readonly passed: (ms: number) => void;
  /** Performs a plan to its end by this clock. */
  readonly run: (
    ...plan: [provider: Provider, input: PlanInput, context: TestContext, earlier?: Done[]]
  ) => ReturnType<typeof run>;
}

/** Anew for each test of the file that calls this; the test itself starts the server. */
export function useDatedPractice(name: string): DatedPractice {
  let folder: string;
  let http: Awaited<ReturnType<typeof openUndiciHttp>>;
  let server: PracticeServer;
  let nowMs: number;
  const passed = (ms: number): void => {
    nowMs += ms;
  };
  beforeEach(async () => {
    nowMs = BEGIN_MS;
    folder = makeFolder(name);
    http = await openUndiciHttp();
  });
  afterEach(async () => {
    await http.close();
    await server.close();
    removeFolder(folder);
  });
  return {
    get http() {
      return http;
    },
    get server() {
      return server;
    },
    async start(switches = {}) {
      server = await startPracticeServer({
        databaseFile: join(folder, 'practice.sqlite'),
        port: 0,
        clock: { now: () => nowMs, monotonic: () => nowMs },
        random: (length) => randomBytes(length),
        switches,
      });
    },
    passed,
    run: (provider, input, context, earlier = []) => run(provider, input, context, earlier, passed),
  };
}
