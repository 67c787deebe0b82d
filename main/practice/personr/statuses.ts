import type { ApiRequest } from '../answer.ts';
import type { PracticeState } from '../state.ts';
import { parametersOf, text } from './parameters.ts';
import { detailsOf, imagesOf, recordOf, statusOf, type RecordRow } from './records.ts';

export function applicantStatus(state: PracticeState, request: ApiRequest): unknown {
  const applicant = recordOf(state, text(parametersOf(request), 'applicantId', 'api-applicant-status'));
  const { switches } = state;
  const shown = statusOf(state, applicant, request.now);
  const isReviewed = shown === 'Reviewed';
  const details = detailsOf(state, applicant);
  const images = imagesOf(state, applicant.applicantId).filter((image) => image.isActive === 1);
  const listing = switches['personr.documentsListing'];
  const types = images.map((image) => image.docType);
  const isListed = listing !== 'after_review' || isReviewed;
  const country = images.find((image) => image.docType !== 'SELFIE')?.country ?? '';
  return {
    status: 'success',
    response: {
      applicantStatus: shown,
      applicantActionStatus: isReviewed ? 'Reviewed' : 'Pending',
      ...result(state, applicant, isReviewed),
      extractedFirstName: isReviewed ? 'Specimen' : '',
      extractedLastName: isReviewed ? 'Practice' : '',
      extractedBirthDate: isReviewed ? '1990-01-01' : '',
      documentCountry: isReviewed ? country : '',
      extractedStreetNum: '',
      extractedStreet: '',
      extractedCity: '',
      extractedState: '',
      extractedPostCode: '',
      ipAddress: '127.0.0.1',
      ipTimezone: '',
      ipCountry: '',
      ipCity: '',
      documents: isListed ? (listing === 'per_type' ? [...new Set(types)] : types) : [],
      docNumber: [],
      docCountry: isReviewed && country !== '' ? [country] : [],
      sourceKey: details.sourceKey,
      externalUserId: details.externalUserId,
    },
  };
}

function result(state: PracticeState, applicant: RecordRow, isReviewed: boolean): { result?: unknown } {
  const { switches } = state;
  const dates = {
    'Modified Date': applicant.startedAt ?? applicant.createdAt,
    'Created Date': applicant.createdAt,
  };
  if (!isReviewed) {
    const form = switches['personr.resultBeforeReviewed'];
    if (form === 'absent') return {};
    return { result: form === 'null' ? null : { ...dates, rejectLabels: [] } };
  }
  const labels: unknown = JSON.parse(applicant.rejectLabels);
  const isRejected = wasRejected(applicant);
  const comments = {
    clientComment: isRejected ? 'Practice: see the reject labels.' : '',
    commentModeration: isRejected ? 'Practice: private remark of the reviewer, not for the customer.' : '',
  };
  return {
    result: {
      ...dates,
      'Modified Date': applicant.reviewedAt,
      reviewAnswer: isRejected ? 'Rejected' : 'Approved',
      ...(isRejected && switches['personr.reviewRejectType'] === 'present'
        ? { reviewRejectType: applicant.outcome === 'final' ? 'FINAL' : 'RETRY' }
        : {}),
      ...(switches['personr.privateComment'] === 'present' ? comments : {}),
      applicant: applicant.applicantId,
      company: `${applicant.createdAt}x100000000000000001`,
      rejectLabels: labels,
      verification: `${applicant.createdAt}x100000000000000002`,
    },
  };
}

function wasRejected({ outcome }: RecordRow): boolean {
  return outcome === 'retry' || outcome === 'final';
}

/** Of a company: the review stands beside the status, and the date is text. */
export function entityStatus(state: PracticeState, request: ApiRequest): unknown {
  const entity = recordOf(state, text(parametersOf(request), 'applicantId', 'api-entity-status'));
  const { companyName, registrationNumber, country, sourceKey, externalUserId } = detailsOf(state, entity);
  const shown = statusOf(state, entity, request.now);
  const isReviewed = shown === 'Reviewed';
  const labels: unknown = JSON.parse(entity.rejectLabels);
  return {
    status: 'success',
    response: {
      applicantStatus: shown,
      reviewAnswer: isReviewed ? (wasRejected(entity) ? 'Rejected' : 'Approved') : '',
      createdDate: dateText(entity.createdAt, state.switches['personr.entityDateOrder']),
      rejectLabels: isReviewed ? labels : [],
      entityName: companyName,
      registrationNumber,
      entityType: '',
      incorporatedOn: '',
      entityCountry: country,
      registrySource: '',
      registeredAddress: '',
      representativeEmail: '',
      representativePhone: '',
      sourceKey,
      externalUserId,
    },
  };
}

/** "12/09/2024": nothing in it says which of the first two is the day. */
function dateText(at: number, order: 'day_first' | 'month_first'): string {
  const [year = '', month = '', day = ''] = new Date(at).toISOString().slice(0, 10).split('-');
  return order === 'day_first' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
}
