import { expect, it } from 'vitest';
import { inOrderOfArrival } from '../../../../renderer/features/capture/customerOrder.ts';

it('keeps the order of a manifest, whose customers come in the same millisecond', () => {
  // As main lists them: the newest first.
  const listed = [
    { id: '01a2-0004', createdAt: 20 },
    { id: '01a2-0003', createdAt: 10 },
    { id: '01a2-0002', createdAt: 10 },
    { id: '01a2-0001', createdAt: 10 },
  ];
  expect(inOrderOfArrival(listed).map(({ id }) => id)).toEqual(['01a2-0001', '01a2-0002', '01a2-0003', '01a2-0004']);
});
