import { clockText, minuteOf } from '../../../shared/domain/index.ts';
import type { SendingRules } from '../../../shared/domain/index.ts';
import type { TextKey } from '../../i18n/index.ts';

/** The rules as they stand in the fields, wrong ones included. */
export interface SendingDraft {
  readonly hasHours: boolean;
  readonly from: string;
  readonly until: string;
  readonly hasLimit: boolean;
  readonly kilobits: string;
  readonly finishesWithoutWindow: boolean;
}

export function draftOf({ hours, maxKilobitsPerSecond, finishesWithoutWindow }: SendingRules): SendingDraft {
  return {
    hasHours: hours !== null,
    from: clockText(hours?.from ?? 20 * 60),
    until: clockText(hours?.until ?? 6 * 60),
    hasLimit: maxKilobitsPerSecond !== null,
    kilobits: String(maxKilobitsPerSecond ?? 2_000),
    finishesWithoutWindow,
  };
}

export type SendingField = 'from' | 'until' | 'kilobits';

/** The rules of a draft, or the text that belongs to the first field that is wrong. */
export function rulesOf(draft: SendingDraft): SendingRules | { readonly field: SendingField; readonly text: TextKey } {
  const from = minuteOf(draft.from);
  const until = minuteOf(draft.until);
  if (draft.hasHours) {
    if (from === null) return { field: 'from', text: 'settings.sending.hours.wrong' };
    if (until === null) return { field: 'until', text: 'settings.sending.hours.wrong' };
    if (from === until) return { field: 'until', text: 'settings.sending.hours.same' };
  }
  const kilobits = /^\d{1,7}$/.test(draft.kilobits.trim()) ? Number(draft.kilobits) : Number.NaN;
  if (draft.hasLimit && !(kilobits >= 64 && kilobits <= 1_000_000)) {
    return { field: 'kilobits', text: 'settings.sending.bandwidth.wrong' };
  }
  return {
    hours: draft.hasHours && from !== null && until !== null ? { from, until } : null,
    maxKilobitsPerSecond: draft.hasLimit ? kilobits : null,
    finishesWithoutWindow: draft.finishesWithoutWindow,
  };
}
