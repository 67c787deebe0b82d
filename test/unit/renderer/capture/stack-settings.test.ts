import { describe, expect, it } from 'vitest';
import { draftOf, settingsOf } from '../../../../renderer/features/capture/stack/settings.ts';
import {
  MOST_PAGES_EACH,
  MOST_STACK_CUSTOMERS,
  StackSettings,
  slotKey,
  slotParts,
} from '../../../../shared/domain/index.ts';

const settings: StackSettings = {
  splitBy: 'count',
  pagesEach: MOST_PAGES_EACH,
  expectedCustomers: MOST_STACK_CUSTOMERS,
};

describe('the settings of a stack', () => {
  it('are taken by the form as far as main takes them', () => {
    expect(settingsOf(draftOf(settings))).toEqual(settings);
    expect(StackSettings.parse(settings)).toEqual(settings);
    for (const tooMuch of [
      { ...settings, pagesEach: MOST_PAGES_EACH + 1 },
      { ...settings, expectedCustomers: MOST_STACK_CUSTOMERS + 1 },
      { ...settings, pagesEach: 0 },
    ]) {
      expect(settingsOf(draftOf(tooMuch))).toBeNull();
      expect(StackSettings.safeParse(tooMuch).success).toBe(false);
    }
  });

  it('name a number of customers only when somebody counted', () => {
    const uncounted = { ...settings, expectedCustomers: null };
    expect(settingsOf(draftOf(uncounted))).toEqual(uncounted);
    expect(settingsOf({ ...draftOf(settings), expectedCustomers: 'three' })).toBeNull();
  });
});

it('a slot says its requirement, document and side, and the tray none', () => {
  expect(slotParts(slotKey('identity', 'id_card', 'back'))).toEqual({
    requirementId: 'identity',
    documentType: 'id_card',
    side: 'back',
  });
  expect([slotParts(null), slotParts('identity/anything/back')]).toEqual([null, null]);
});
