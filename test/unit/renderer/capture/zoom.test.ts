import { expect, it } from 'vitest';
import { stepZoom } from '../../../../renderer/features/capture/zoom.ts';

it('steps from what is shown, also out of the fitted view', () => {
  expect(stepZoom('fit', 1, 0.34)).toBe(0.5);
  expect(stepZoom('fit', -1, 0.34)).toBe(0.25);
  expect(stepZoom(1, 1, 0.34)).toBe(1.5);
  expect(stepZoom(1, -1, 0.34)).toBe(0.75);
});

it('stops at the smallest and the largest', () => {
  expect(stepZoom(4, 1, 1)).toBe(4);
  expect(stepZoom(0.1, -1, 1)).toBe(0.1);
});
