import type { Doubt, Flow, PageView, ProviderId, SubjectField } from '../../shared/domain/index.ts';
import type { Events } from '../../shared/ipc/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import type { WritableDatabase } from '../database/types.ts';
import type { InspectionPort } from '../inspection/index.ts';
import type { Log } from '../logging/index.ts';
import type { PlanInput, PlannedOperation, RetakeSlot } from '../providers/port.ts';
import type { Connections } from '../settings/index.ts';
import type { FieldCipher, Vault } from '../vault/types.ts';
import type { IntakeFiles } from './intake.ts';

export type PageSource = PageView['source'];

/** What capture tells about its work; hints for the window, never the only record of anything. */
export interface CaptureEvents {
  changed(payload: Events['changed']): void;
  importProgress(payload: Events['importProgress']): void;
}

/** The calls that remove for good what the provider holds, and what stays there all the same, for the timeline. */
export interface PlannedRedaction {
  readonly planned: readonly PlannedOperation[];
  readonly stays: readonly Message[];
}

export interface CaptureOptions {
  readonly db: WritableDatabase;
  readonly vault: Vault;
  readonly cipher: FieldCipher;
  readonly inspection: InspectionPort;
  readonly connections: Connections;
  readonly clock: Clock;
  /** UUID v7: ids of rows sort by their time of making. */
  readonly newId: () => string;
  /** UUID v4: one per operation, made before the first attempt. */
  readonly newIdempotencyKey: () => string;
  /** Account name of the operating system. */
  readonly operator: string;
  /** The provider's own plan for a release. */
  readonly plan: (provider: ProviderId, input: PlanInput) => PlannedOperation[];
  /** What the provider's adapter asks a person about a call of this kind; null: nothing. */
  readonly askPerson: (
    provider: ProviderId,
    kind: string,
    payload: unknown,
  ) => { about: Doubt; question: Message; confirmedBy: 'word' | 'record' } | null;
  /** What the provider has of the customer and takes no change of. */
  readonly heldFields: (provider: ProviderId, earlier: PlanInput['earlier']) => readonly SubjectField[];
  /** What is followed when a customer finishes a retake by themselves; empty: the provider does not offer it for this one. */
  readonly planSelfService: (
    provider: ProviderId,
    input: PlanInput,
    wanted: readonly RetakeSlot[],
    nowMs: number,
  ) => readonly PlannedOperation[];
  /** Submissions of the owners whom the provider has linked to the company already. */
  readonly linkedOwners: (provider: ProviderId, earlier: PlanInput['earlier']) => readonly string[];
  /** What is done about the provider's records, where the connection wants them removed. Null: they stay, as it wants. */
  readonly planRedaction: (connectionId: string, earlier: () => PlanInput['earlier']) => PlannedRedaction | null;
  /** What this call brought is the customer's own and fits the flow, also when it was planned under another one. */
  readonly servesFlow: (
    provider: ProviderId,
    call: { readonly kind: string; readonly payload: unknown },
    flow: Flow,
  ) => boolean;
  /** A person may decide that such a call is not made at all. */
  readonly mayBeLeft: (provider: ProviderId, kind: string) => boolean;
  readonly events: CaptureEvents;
  readonly log: Log;
  /** How long a folder or file that is read may say nothing, in milliseconds; left out: as long as the vault's sources may. */
  readonly answerLimitMs?: number;
  /** How what is chosen is looked at; the disk's own way when left out. */
  readonly files?: IntakeFiles;
}

/** Where imported pages go. `slot` null: the next open slot that fits. */
export interface ImportTarget {
  readonly submissionId: string;
  readonly slot: string | null;
  /**
   * A page that lies in `slot` and was not delivered: it is taken out in the transaction that puts the new one there. When
   * it is no longer there, the new page is placed as any other.
   */
  readonly replacesPageId?: string | null;
}
