import { expect, test } from 'vitest';
import { DEFAULT_SENDING_RULES, SendingRules } from '../../../../shared/domain/index.ts';
import { draftOf, rulesOf } from '../../../../renderer/features/settings/sendingDraft.ts';

const rules: SendingRules = {
  hours: { from: 1_200, until: 360 },
  maxKilobitsPerSecond: 512,
  finishesWithoutWindow: false,
};

test('what is set comes back from the fields as it was', () => {
  for (const known of [DEFAULT_SENDING_RULES, rules]) {
    expect(rulesOf(draftOf(known))).toEqual(known);
    expect(SendingRules.safeParse(rulesOf(draftOf(known))).success).toBe(true);
  }
});

test.each([
  [{ from: '25:00' }, 'from'],
  [{ until: 'noon' }, 'until'],
  [{ until: '20:00' }, 'until'],
  [{ kilobits: '63' }, 'kilobits'],
  [{ kilobits: '1.5' }, 'kilobits'],
])('%j is wrong in %s, and only while it is switched on', (part, field) => {
  const draft = { ...draftOf(rules), ...part };
  expect(rulesOf(draft)).toMatchObject({ field });
  expect(rulesOf({ ...draft, hasHours: false, hasLimit: false })).toMatchObject({
    hours: null,
    maxKilobitsPerSecond: null,
  });
});
