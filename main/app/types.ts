import type {
  AfterTaking,
  BalanceView,
  CopyDecision,
  ImportReport,
  SendingRules,
  StatusView,
  TodayView,
  WatchedFolderView,
} from '../../shared/domain/index.ts';
import type { EventName, Events } from '../../shared/ipc/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import type { Asking } from './asking.ts';
import type { Changing } from './changing.ts';
import type { Retention } from './retention.ts';
import type { Activity } from '../activity/index.ts';
import type { Capture } from '../capture/index.ts';
import type { RefusalReason } from '../database/index.ts';
import type { InspectionPort } from '../inspection/index.ts';
import type { Place } from '../installation/index.ts';
import type { LedgerVerdict } from '../ledger/index.ts';
import type { Log } from '../logging/index.ts';
import type { HttpPort } from '../network/index.ts';
import type { AttentionDecision } from '../outbox/index.ts';
import type { FoundPolicy } from '../policy/index.ts';
import type { NetworkScanners, Scanning, ScannerDriver } from '../scanning/index.ts';
import type { Appearance, Connections } from '../settings/index.ts';
import type { Supervision } from '../supervision/index.ts';
import type { Dispatcher, Timers } from '../sync/index.ts';
import type { KeyStore } from '../vault/index.ts';

/** Compiled worker entries; left out, the .ts files run as they are (command line, tests). */
export interface WorkerFiles {
  readonly vault: URL;
  readonly inspection: URL;
  readonly practice: URL;
  readonly databaseCheck: URL;
}

export interface SatchelOptions {
  /** Folder of this profile; made when it is not there. */
  readonly profile: string;
  readonly keyStore: KeyStore;
  readonly http: HttpPort;
  /** Account name of the operating system. */
  readonly operator: string;
  readonly samples: string;
  readonly workers?: WorkerFiles;
  readonly freeBytes: (directory: string) => number;
  readonly log: Log;
  readonly emit: <Name extends EventName>(name: Name, payload: Events[Name]) => void;
  readonly clock?: Clock;
  readonly timers?: Timers;
  /** What the network looks like now, in any words: sending is tried again when they change. */
  readonly networkLooks?: () => string;
  /** Where this program runs, to tell a profile from a copy of it; left out, copies are not told. */
  readonly place?: Place;
  /** Ways to reach scanners. Default: eSCL, with WIA on Windows and SANE elsewhere. */
  readonly scanners?: readonly ScannerDriver[];
  /** What looks at pages; it is closed with the app. Default: workers of its own. */
  readonly inspection?: InspectionPort;
  /** Reads what the administrator of this PC has laid down; left out, nothing is. */
  readonly policy?: () => Promise<FoundPolicy>;
  /** Kept on the disk for the outbox. Default 16 MiB. */
  readonly keptBytes?: number;
}

/** The watched folder, with what is set about it. */
export interface FolderService {
  view(): WatchedFolderView;
  /** From now on this one. Durable when it returns. */
  watch(path: string): void;
  set(rules: { afterTaking: AfterTaking; isWatched: boolean }): void;
  take(target: { submissionId: string; slot: string | null }): Promise<ImportReport>;
}

/** Everything that works on an unlocked vault. */
export interface Services {
  readonly capture: Capture;
  readonly connections: Connections;
  readonly changing: Changing;
  readonly scanning: Scanning;
  readonly networkScanners: NetworkScanners;
  readonly dispatcher: Dispatcher;
  readonly reports: { balance(fromMs: number, toMs: number): BalanceView; today(): TodayView };
  readonly activity: Activity;
  /** What is set about sending; a change takes effect at once. */
  readonly sending: { get(): SendingRules; set(rules: SendingRules): void };
  readonly folder: FolderService;
  readonly retention: Retention;
  readonly supervision: Supervision;
  /** `operationId` null: everything of the submission that waits for this kind of decision. */
  readonly decide: (submissionId: string, choice: AttentionDecision, operationId?: string | null) => void;
  /** "It is there, under this id": read at the provider and compared. Throws `SatchelFailure` when it is not the same. */
  readonly confirmRecord: (submissionId: string, operationId: string, recordId: string) => Promise<void>;
  /** What a person asks a provider about one customer. */
  readonly asking: Asking;
  readonly testConnection: (
    connectionId: string,
  ) => Promise<{ isOk: boolean; message: Message; requestId: string | null; details: Message[] }>;
}

/**
 * One profile, opened. While the key store does not open the vault (`services` null) nothing of the customers' can be
 * read or captured, and nothing is lost: `unlock` takes the recovery key.
 */
export interface Satchel {
  readonly services: Services | null;
  start(): Promise<void>;
  /** Waits for, or safely gives up, what is in flight; then closes everything. At most about five seconds. */
  stop(): Promise<void>;
  /** A call to a share that has gone is never answered, so the process does not end by itself: it may be killed after `stop`. */
  isHung(): boolean;
  status(): StatusView;
  appearance: { get(): Appearance; set(appearance: Appearance): void };
  /** `earlierHead`: the hash at the end of an earlier look, which must still be there. */
  verifyLedger(earlierHead?: string | null): Promise<LedgerVerdict>;
  /** Whoever has it can set another supervisor PIN, so `pin` is asked for once there is one. Throws `SatchelFailure`. */
  createRecoveryKey(pin?: string | null): Promise<string>;
  unlock(recoveryKey: string): Promise<void>;
  /** A person says what became of the original of this copied profile; sending begins. Throws `SatchelFailure`. */
  decideCopy(choice: CopyDecision): void;
  /** Puts the specimen documents into a new batch of practice customers. Answers the batch. */
  loadSamples(): Promise<string>;
  readonly samplesAreInstalled: boolean;
}

export type OpenSatchel =
  | { readonly kind: 'opened'; readonly satchel: Satchel }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly message: Message };
