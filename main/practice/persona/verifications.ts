import type { PracticeState } from '../state.ts';
import type { DocumentRow, PersonaDocuments } from './documents.ts';
import { notFound, related, type Reply } from './reply.ts';
import { iso, shown, type PersonaRequest, type Resource, type ResourceObject } from './resource.ts';

/** Of the official examples; a marker that names none of them fails the general one. */
export const CHECKS = {
  'government-id': [
    'id_barcode_detection',
    'id_blur_detection',
    'id_glare_detection',
    'id_double_side_detection',
    'id_expired_detection',
    'id_mrz_detection',
    'id_portrait_detection',
    'id_electronic_replica_detection',
    'id_tamper_detection',
    'id_fabrication_detection',
    'id_type_detection',
    'id_disallowed_type_detection',
    'id_disallowed_country_detection',
    'id_entity_detection',
    'id_repeat_detection',
    'id_selfie_comparison',
    'id_unprocessable_submission_detection',
  ],
  generic: [
    'document_type_detection',
    'document_expired_detection',
    'document_extracted_properties_detection',
    'document_fabrication_detection',
  ],
} as const;
/** Reasons of the official examples, which a marker adds to a check's name: `reject=id_expired_detection.no_expiration_date`. */
export const REASONS = [
  'id_expired_detection.no_expiration_date',
  'id_disallowed_type_detection.type_not_detected',
  'id_disallowed_country_detection.no_country',
  'id_double_side_detection.side_submitted_twice',
  'id_portrait_detection.portrait_not_found',
] as const;
const GENERAL = {
  reject: {
    'government-id': 'id_unprocessable_submission_detection',
    generic: 'document_extracted_properties_detection',
  },
  final: { 'government-id': 'id_fabrication_detection', generic: 'document_fabrication_detection' },
} as const;

export function verificationType(document: DocumentRow): string {
  return document.class === 'generic' ? 'verification/document' : 'verification/government-id';
}

export function verificationId(document: DocumentRow): string {
  return `ver_${document.id.slice('doc_'.length)}`;
}

/** The one verification that a processed document leads to: its checks, failed where its decision says so. */
export function verificationOf(document: DocumentRow, { switches }: PracticeState): ResourceObject {
  const [verdict = '', labels = ''] = (document.decision ?? '').split('=', 2);
  const isFailed = verdict === 'reject' || verdict === 'final';
  const isRetry = verdict === 'reject' && switches['persona.failedVerification'] === 'requires_retry';
  const known: readonly string[] = CHECKS[document.class];
  const named = labels.split(',').flatMap((label) => {
    const [name = '', ...reasons] = label.split('.');
    return known.includes(name) ? [{ name, reasons }] : [];
  });
  const failed = isFailed
    ? named.length === 0
      ? [{ name: GENERAL[verdict][document.class], reasons: [] }]
      : named
    : [];
  return {
    type: verificationType(document),
    id: verificationId(document),
    attributes: {
      status: isRetry ? 'requires_retry' : isFailed ? 'failed' : 'passed',
      'created-at': iso(document.submittedAt),
      'completed-at': iso(document.decidedAt),
      'country-code': document.countryCode,
      ...(document.class === 'generic' ? {} : { 'id-class': document.idClass }),
      checks: known.map((name) => {
        const found = failed.find((check) => check.name === name);
        return {
          name,
          status: found === undefined ? 'passed' : 'failed',
          reasons: found?.reasons ?? [],
          requirement: isRetry ? 'requires_retry' : 'required',
          metadata: {},
        };
      }),
    },
    relationships: {
      inquiry: related('inquiry', document.inquiryId),
      transaction: related('transaction', document.transactionId),
      document: related(`document/${document.class}`, document.id),
    },
  };
}

/** One that a sandbox's simulate actions make, of no document; a failed one fails in a check of the picture and in one of another kind. */
export function pretendedVerification(id: string, inquiryId: string, isPassed: boolean, at: number): ResourceObject {
  const failing: ReadonlySet<string> = new Set(isPassed ? [] : ['id_blur_detection', 'id_tamper_detection']);
  return {
    type: 'verification/government-id',
    id,
    attributes: {
      status: isPassed ? 'passed' : 'failed',
      'created-at': iso(at),
      checks: CHECKS['government-id'].map((name) => ({
        name,
        status: failing.has(name) ? 'failed' : 'passed',
        reasons: [],
        requirement: 'required',
        metadata: {},
      })),
    },
    relationships: { inquiry: related('inquiry', inquiryId), document: { data: null } },
  };
}

/** `/verifications/{id}` and the typed paths: read only, as in the current API. */
export class PersonaVerifications implements Resource {
  readonly #state: PracticeState;
  readonly #documents: PersonaDocuments;

  constructor(state: PracticeState, documents: PersonaDocuments) {
    this.#state = state;
    this.#documents = documents;
  }

  handle(request: PersonaRequest): Reply | null {
    const id = /^\/verifications?(?:\/(?:government-ids|documents))?\/ver_([^/]+)$/.exec(request.path)?.[1];
    if (id === undefined || request.method !== 'GET') return null;
    const document = this.#documents.find(`doc_${id}`);
    const isThrough = document !== undefined && (document.decidedAt ?? Infinity) <= request.now;
    return isThrough ? shown(200, verificationOf(document, this.#state)) : notFound();
  }
}
