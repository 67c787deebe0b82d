import { z } from 'zod';
import type { BuiltInName } from './flow.ts';
import type { ProviderId } from './providers/index.ts';

/** The longest period that can be set, in days. */
export const LONGEST_RETENTION_DAYS = 3_650;

/** Whether page images are purged, and when. */
export const RetentionRules = z.object({
  /** Whole days after the decision, or the void, after which a customer's pages are purged. Null: they are kept for good. */
  keepDays: z.number().int().min(1).max(LONGEST_RETENTION_DAYS).nullable(),
});
export type RetentionRules = z.infer<typeof RetentionRules>;

export const DEFAULT_RETENTION_RULES: RetentionRules = { keepDays: null };

/** What is past a period of so many days, and is not purged yet. */
export interface RetentionDue {
  submissions: number;
  pages: number;
}

/** Why nothing is purged although something is due. */
export type RetentionWait = 'date_new' | 'clock_wrong' | 'copy' | 'redaction_undecided';

/** A connection whose provider can be asked to remove what it has of purged customers as well. */
export interface ProviderRedaction {
  connectionId: string;
  name: string;
  /** Set where Satchel named it, not a person. */
  nameKey: BuiltInName | null;
  provider: ProviderId;
  isOn: boolean;
  /** An older copy took the place of the database: nothing is purged before somebody says whether this is on. */
  isUndecided: boolean;
  /** Records that are still to be removed there. */
  open: number;
}

export interface RetentionView extends RetentionRules {
  due: RetentionDue;
  redactions: ProviderRedaction[];
  /** Null: what is due goes now. `untilMs`: when the date will have run for a day; null where nobody can say. */
  wait: { reason: RetentionWait; untilMs: number | null } | null;
}
