import { describe, expect, it } from 'vitest';
import { slotsFor, verdictOf } from '../../../main/providers/engine/labels.ts';
import type { FollowDocument } from '../../../main/providers/engine/labels.ts';

const licence: FollowDocument = {
  requirementId: 'identity',
  documentType: 'driving_licence',
  docType: 'DRIVERS',
  sides: ['front', 'back'],
};
const passport: FollowDocument = {
  requirementId: 'identity',
  documentType: 'passport',
  docType: 'PASSPORT',
  sides: ['single'],
};
const selfie: FollowDocument = {
  requirementId: 'selfie',
  documentType: 'selfie',
  docType: 'SELFIE',
  sides: ['single'],
};
const bill: FollowDocument = {
  requirementId: 'address',
  documentType: 'utility_bill',
  docType: 'UTILITY_BILL',
  sides: ['single'],
};

const where = (labels: string[], documents: FollowDocument[]) =>
  slotsFor('personr', labels, documents).map(({ requirementId, sides }) => [requirementId, [...sides]]);

describe('slots of a retake', () => {
  it.each<[string[], FollowDocument[], unknown]>([
    [['FRONT_SIDE_MISSING'], [licence, selfie], [['identity', ['front']]]],
    [['BACK_SIDE_MISSING'], [licence, selfie], [['identity', ['back']]]],
    [['FRONT_SIDE_MISSING', 'BACK_SIDE_MISSING'], [licence], [['identity', ['front', 'back']]]],
    [['BACK_SIDE_MISSING'], [passport], [['identity', []]]],
    [['BACK_SIDE_MISSING', 'LOW_QUALITY'], [licence], [['identity', []]]],
    [['BAD_SELFIE'], [licence, selfie], [['selfie', []]]],
    [['BAD_FACE_MATCHING'], [licence], [['identity', []]]],
    [['BAD_PROOF_OF_ADDRESS'], [licence, bill], [['address', []]]],
    [['LOW_QUALITY'], [bill], [['address', []]]],
    [['NEVER_HEARD_OF'], [licence, selfie], [['identity', []]]],
    [[], [licence, selfie], [['identity', []]]],
  ])('%j', (labels, documents, expected) => {
    expect(where(labels, documents)).toEqual(expected);
  });
});

it('speaks of a slot in the words of the provider that asks', () => {
  const codes = (['personr', 'sumsub'] as const).flatMap((provider) =>
    slotsFor(provider, ['BAD_SELFIE', 'LOW_QUALITY'], [licence, selfie]).map(({ message }) => message.code),
  );
  expect(codes).toEqual([
    'personr.label.BAD_SELFIE',
    'personr.label.LOW_QUALITY',
    'sumsub.label.BAD_SELFIE',
    'sumsub.label.LOW_QUALITY',
  ]);
});

describe('verdict', () => {
  it.each<[string | null, string[], string]>([
    ['final', [], 'final'],
    ['retry', ['SANCTIONS'], 'retry'],
    ['SOMETHING_NEW', ['LOW_QUALITY'], 'retry'],
    [null, ['NOT_DOCUMENT', 'UNFILLED_ID', 'not_doc'], 'retry'],
    [null, ['DOCUMENT_TEMPLATE'], 'final'],
    [null, ['FRAUD_ANYTHING'], 'final'],
    [null, ['NEVER_HEARD_OF'], 'unclear'],
    [null, [], 'unclear'],
  ])('%j with %j is %s', (type, labels, expected) => {
    expect(verdictOf(type, labels)).toBe(expected);
  });
});
