import { EMPTY_SUBJECT } from '../../shared/domain/index.ts';
import type { Environment, Subject } from '../../shared/domain/index.ts';
import { bytesBody } from '../../main/network/index.ts';
import type { HttpBody, HttpPort } from '../../main/network/index.ts';
import { CredentialMissing, PageUnreadable } from '../../main/providers/port.ts';
import type { ConnectionContext, OperationToPerform, PerformContext, TokenStore } from '../../main/providers/port.ts';

/** A page as the vault would give it; `bytes` null is one that cannot be read. */
export interface TestPage {
  readonly mediaType: string;
  readonly bytes: Uint8Array | null;
  /** Breaks after this many bytes. */
  readonly breaksAfter?: number;
}

export interface TestContext extends PerformContext {
  readonly counts: { commits: number; mints: number };
  /** Moves the clock. */
  advance(ms: number): void;
}

/** What the sync room hands to an adapter, with a real HTTP port and a clock that stands still. */
export function providerContext(options: {
  readonly http: HttpPort;
  readonly baseUrl: string;
  readonly settings?: unknown;
  readonly flows?: ConnectionContext['connection']['flows'];
  readonly environment?: Environment;
  readonly credential?: unknown;
  readonly token?: string;
  readonly subject?: Partial<Subject>;
  readonly pages?: Readonly<Record<string, TestPage>>;
  readonly signal?: AbortSignal;
}): TestContext {
  let nowMs = Date.UTC(2026, 0, 2);
  const counts = { commits: 0, mints: 0 };
  return {
    counts,
    advance: (ms) => void (nowMs += ms),
    connection: {
      id: 'connection-1',
      environment: options.environment ?? 'practice',
      baseUrl: options.baseUrl,
      settings: options.settings ?? {},
      flows: options.flows ?? [],
    },
    credential: () => {
      if (options.credential === undefined) throw new CredentialMissing();
      return options.credential;
    },
    tokens: memoryTokens(options.token ?? null, counts, nowMs),
    http: options.http,
    clock: { now: () => nowMs, monotonic: () => nowMs },
    signal: options.signal ?? new AbortController().signal,
    subject: () => ({ ...EMPTY_SUBJECT, ...options.subject }),
    page: (pageId) => {
      const page = options.pages?.[pageId];
      if (page === undefined || page.bytes === null) return Promise.reject(new PageUnreadable(pageId));
      return Promise.resolve({
        fileName: 'Ana Müller passport 123.jpeg',
        mediaType: page.mediaType,
        body: pageBody(pageId, page.bytes, page.breaksAfter),
      });
    },
    beforeLastByte: () => void (counts.commits += 1),
    onProgress: () => undefined,
  };
}

function pageBody(pageId: string, bytes: Uint8Array, breaksAfter: number | undefined): HttpBody {
  if (breaksAfter === undefined) return bytesBody(bytes);
  return {
    byteLength: bytes.byteLength,
    async *stream() {
      yield bytes.subarray(0, breaksAfter);
      throw new PageUnreadable(pageId);
    },
  };
}

/** One token under a lock, as the settings room keeps it. */
function memoryTokens(first: string | null, counts: { mints: number }, nowMs: number): TokenStore {
  let stored = first === null ? null : { token: first, expiresAtMs: nowMs + 3_600_000 };
  let lock: Promise<unknown> = Promise.resolve();
  return {
    read: () => stored,
    renew: (refused, mint) => {
      const mine = lock.then(async () => {
        if (stored !== null && stored.token !== refused) return stored;
        counts.mints += 1;
        stored = await mint();
        return stored;
      });
      lock = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** A first attempt of this kind; `more` overrides. */
export function operation(
  kind: string,
  payload: unknown,
  more: Partial<Omit<OperationToPerform, 'kind' | 'payload'>> = {},
): OperationToPerform {
  return {
    id: 'operation-1',
    submissionId: 'submission-1',
    kind,
    payload,
    idempotencyKey: '0195f0c4-key',
    attempt: 1,
    firstAttemptAt: null,
    mayHaveArrived: false,
    lastStatus: null,
    committedAt: null,
    needed: [],
    finished: () => more.needed ?? [],
    finishedOf: () => [],
    ...more,
  };
}
