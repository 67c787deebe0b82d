import type { Environment, Flow, ProviderId, SendingRules, Subject } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import type { WritableDatabase } from '../database/types.ts';
import type { Log } from '../logging/index.ts';
import type { HttpBody, HttpPort } from '../network/index.ts';
import type { Provider, TokenStore } from '../providers/port.ts';

/** Timers as they are passed in. */
export interface Timers {
  /** Answers a function that takes the timer back. */
  after(delayMs: number, run: () => void): () => void;
  /** Runs when this turn of the event loop has come to its end: no time passes for it. */
  soon(run: () => void): void;
}

/** Chance as it is passed in: `number` in [0, 1), `uuid` a version 4 UUID. */
export interface Random {
  number(): number;
  uuid(): string;
}

/** What sync needs to know about a connection; the settings room answers. */
export interface ConnectionForSync {
  readonly provider: ProviderId;
  readonly connection: {
    readonly id: string;
    readonly environment: Environment;
    readonly baseUrl: string;
    readonly settings: unknown;
    readonly redactsWhenPurged?: boolean;
    readonly flows: readonly Pick<Flow, 'id' | 'name'>[];
  };
  /** Opens the credential for the time of one call. Throws `CredentialMissing`. */
  credential(): unknown;
  readonly tokens: TokenStore;
}

export interface ConnectionsPort {
  /** Null: there is no such connection, or it was removed. */
  forSync(connectionId: string): ConnectionForSync | null;
}

/** Opens what a call needs for the time of that call. */
export interface ContentPort {
  /** Rejects with `PageUnreadable`. */
  page(pageId: string): Promise<{ fileName: string; mediaType: string; body: HttpBody }>;
  subject(submissionId: string): Subject;
}

/** Hints for the window: what to ask again. Counts and progress may have changed in any case. */
export interface SyncChange {
  readonly submissionIds: readonly string[];
  readonly connectionIds: readonly string[];
}

export interface DispatcherDependencies {
  readonly db: WritableDatabase;
  readonly providers: ReadonlyMap<ProviderId, Provider>;
  readonly http: HttpPort;
  readonly content: ContentPort;
  readonly connections: ConnectionsPort;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
  /** What is set about sending, as it is now. */
  readonly rules: () => SendingRules;
  readonly onChange: (change: SyncChange) => void;
}

/** The part of the status bar that sync knows. */
export interface SyncStatus {
  readonly isOnlineWanted: boolean;
  readonly isPaused: boolean;
  readonly network: 'online' | 'offline' | 'unknown';
  readonly networkMessage: Message;
  /** Submissions that are released and not yet wholly acknowledged, without those held or in attention. */
  readonly waiting: number;
  /** Calls in flight. */
  readonly sending: number;
  /** Submissions that need a person. */
  readonly attention: number;
  readonly upload: { pageId: string; sentBytes: number; totalBytes: number } | null;
  readonly clearAt: number | null;
  /** How far this PC's clock is from the providers', when that is far enough to do harm; else null. */
  readonly clockOffByMs: number | null;
}
