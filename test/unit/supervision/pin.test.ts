import { expect, it } from 'vitest';
import { SupervisorPin } from '../../../shared/domain/index.ts';

it.each([
  ['482915', true],
  ['123457', true],
  ['48291', false],
  ['4829157700000', false],
  ['48291a', false],
  ['４８２９１５', false],
  ['777777', false],
  ['123456', false],
  ['987654', false],
])('%s may be chosen: %s', (pin, may) => {
  expect(SupervisorPin.safeParse(pin).success).toBe(may);
});
