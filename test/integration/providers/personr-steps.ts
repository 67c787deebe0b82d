import { operation } from '../../support/provider-context.ts';
import { PERSON, UPLOAD, createdPerson, usePersonr, type PersonrBench } from './personr-bench.ts';

/** Operations about an applicant with what a test changes in them, and Personr's answers to them. */

const NOW = Date.UTC(2026, 0, 2);

/** A bench under a path, as Personr's own address is. */
export function usePersonrUnderPath(): readonly [PersonrBench, PersonrBench['context']] {
  const bench = usePersonr();
  return [bench, (more = {}) => bench.context({ baseUrl: `${bench.server.url}/api/1.1/wf`, ...more })];
}

export const CREATE = operation('personr.applicant.create', { flowName: 'Identity and selfie' });
export const upload = (more: Record<string, unknown> = {}, rest: Parameters<typeof operation>[2] = {}) =>
  operation('personr.document.upload', { ...UPLOAD, ...more }, { needed: [createdPerson], ...rest });
export const start = (more: Record<string, unknown> = {}) =>
  operation(
    'personr.check.start',
    { applicantId: null, check: 1, previousReviewMs: null, ...more },
    { needed: [createdPerson] },
  );
export const DOCUMENTS = [
  { requirementId: 'identity', documentType: 'id_card', docType: 'ID_CARD', sides: ['front', 'back'] },
  { requirementId: 'selfie', documentType: 'selfie', docType: 'SELFIE', sides: ['single'] },
  { requirementId: 'address', documentType: 'utility_bill', docType: 'UTILITY_BILL', sides: ['single'] },
];
export const follow = (more: Record<string, unknown> = {}) =>
  operation(
    'personr.check.follow',
    { applicantId: null, check: 1, previousReviewMs: null, documents: DOCUMENTS, ...more },
    {
      needed: [
        createdPerson,
        { kind: 'personr.check.start', payload: {}, result: { applicantId: PERSON, startedAtMs: NOW } },
      ],
    },
  );

export const accepted = (more: Record<string, unknown> = {}): unknown => ({
  applicantId: PERSON,
  documentType: 'ID_CARD',
  documentSubType: 'FRONT_SIDE',
  country: 'AUS',
  errors: [],
  warnings: [],
  ...more,
});
export const status = (applicantStatus: string, result?: unknown, more: Record<string, unknown> = {}): unknown => ({
  status: 'success',
  response: { applicantStatus, ...(result === undefined ? {} : { result }), ...more },
});
export const rejected = (rejectLabels: unknown[], more: Record<string, unknown> = {}): unknown =>
  status('Reviewed', { reviewAnswer: 'Rejected', rejectLabels, 'Modified Date': 1_709_000_000_000, ...more });
