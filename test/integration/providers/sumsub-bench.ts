import { operation, providerContext, type TestContext, type TestPage } from '../../support/provider-context.ts';
import type { Step } from '../../support/scripted-server.ts';
import { useWire, type Wire } from '../../support/wire.ts';

/** Sumsub's adapter before a server that answers what the test says: operations, and Sumsub's answers to them. */

export const CREDENTIAL = { appToken: 'sbx:token.1', secretKey: 'the secret key' };
export const APPLICANT = '5b73b82f0a975a3b46429758';
export const NOW = Date.UTC(2026, 0, 2);

export const PAGES: Record<string, TestPage> = {
  front: { mediaType: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, 1, 13, 10]) },
  pdf: { mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') },
  gone: { mediaType: 'image/jpeg', bytes: null },
  breaks: { mediaType: 'image/jpeg', bytes: Buffer.alloc(300_000), breaksAfter: 100_000 },
};
export const SUBJECT = {
  email: 'ana@example.invalid',
  phone: '+61400000000',
  givenName: 'Ana',
  familyName: 'Müller',
  birthDate: '1990-02-03',
  country: 'AUS',
};

/** New for each test of the file. */
export function useSumsub(): readonly [Wire, (more?: Partial<Parameters<typeof providerContext>[0]>) => TestContext] {
  const wire = useWire();
  const context = (more: Partial<Parameters<typeof providerContext>[0]> = {}): TestContext =>
    providerContext({
      http: wire.http,
      baseUrl: wire.server.url,
      credential: CREDENTIAL,
      subject: SUBJECT,
      pages: PAGES,
      ...more,
    });
  return [wire, context];
}

export const CREATE = operation('sumsub.applicant.create', { levelName: 'Identity & selfie' });
export const REFERENCE = CREATE.idempotencyKey;
export const created = { kind: 'sumsub.applicant.create', payload: {}, result: { applicantId: APPLICANT } };
/** The front of an identity card, in the plan that creates the applicant. */
export const UPLOAD = {
  applicantId: null,
  pageId: 'front',
  documentId: 'd1',
  requirementId: 'identity',
  idDocType: 'ID_CARD',
  idDocSubType: 'FRONT_SIDE',
  country: 'AUS',
  wasTaken: false,
};
export const upload = (more: Record<string, unknown> = {}, rest: Parameters<typeof operation>[2] = {}) =>
  operation('sumsub.document.upload', { ...UPLOAD, ...more }, { needed: [created], ...rest });
export const start = (more: Record<string, unknown> = {}) =>
  operation('sumsub.check.start', { applicantId: APPLICANT, check: 1, previousReview: null, ...more });
export const DOCUMENTS = [
  { requirementId: 'identity', documentType: 'id_card', docType: 'ID_CARD', sides: ['front', 'back'] },
  { requirementId: 'selfie', documentType: 'selfie', docType: 'SELFIE', sides: ['single'] },
];
export const follow = (more: Record<string, unknown> = {}, startedAtMs = NOW) =>
  operation(
    'sumsub.check.follow',
    { applicantId: APPLICANT, check: 1, previousReview: null, documents: DOCUMENTS, ...more },
    { needed: [{ kind: 'sumsub.check.start', payload: {}, result: { applicantId: APPLICANT, startedAtMs } }] },
  );

export const answer = (status: number, body?: unknown, headers?: Record<string, string>): Step => ({
  do: 'answer',
  status,
  ...(body === undefined ? {} : { body }),
  ...(headers === undefined ? {} : { headers }),
});
export const failure = (code: number, description: string, errorCode?: number): unknown => ({
  code,
  description,
  correlationId: 'req-5fd59b09',
  ...(errorCode === undefined ? {} : { errorCode }),
});
export const applicant = (more: Record<string, unknown> = {}): unknown => ({
  id: APPLICANT,
  externalUserId: REFERENCE,
  review: { reviewStatus: 'init' },
  ...more,
});
export const taken = (more: Record<string, unknown> = {}): unknown => ({
  idDocType: 'ID_CARD',
  idDocSubType: 'FRONT_SIDE',
  country: 'AUS',
  errors: [],
  warnings: [],
  ...more,
});
export const images = (...items: unknown[]): unknown => ({ items, totalItems: items.length });
export const image = (id: string, fileName: string | null, more: Record<string, unknown> = {}): unknown => ({
  id,
  fileMetadata: fileName === null ? {} : { fileName },
  idDocDef: { idDocType: 'ID_CARD' },
  ...more,
});
export const review = (reviewStatus: string, reviewResult?: unknown, more: Record<string, unknown> = {}): unknown => ({
  reviewStatus,
  attemptId: 'a1',
  ...(reviewResult === undefined ? {} : { reviewResult }),
  ...more,
});
