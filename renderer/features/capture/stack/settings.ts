import { MOST_STACK_CUSTOMERS, MOST_PAGES_EACH } from '../../../../shared/domain/index.ts';
import type { SplitBy, StackSettings } from '../../../../shared/domain/index.ts';
import { typedNumber } from '../../../components/index.ts';

/** The settings as they stand in the fields. */
export interface StackDraft {
  splitBy: SplitBy;
  pagesEach: string;
  expectedCustomers: string;
}

export function draftOf({ splitBy, pagesEach, expectedCustomers }: StackSettings): StackDraft {
  return {
    splitBy,
    pagesEach: String(pagesEach),
    expectedCustomers: expectedCustomers === null ? '' : String(expectedCustomers),
  };
}

/** Null while a field holds something else than a number; an empty expectation is none. */
export function settingsOf({ splitBy, pagesEach, expectedCustomers }: StackDraft): StackSettings | null {
  const each = typedNumber(pagesEach, MOST_PAGES_EACH);
  const expected = typedNumber(expectedCustomers, MOST_STACK_CUSTOMERS);
  if (each === null || (expected === null && expectedCustomers.trim() !== '')) return null;
  return { splitBy, pagesEach: each, expectedCustomers: expected };
}

export const FIRST_DRAFT: StackDraft = { splitBy: 'separator', pagesEach: '2', expectedCustomers: '' };
