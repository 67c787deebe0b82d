import type { ApiRequest } from '../answer.ts';
import type { PracticeState } from '../state.ts';
import { parametersOf, text } from './parameters.ts';
import { detailsOf, imagesOf, recordOf, statusOf, type RecordRow } from './records.ts';

/** What Personr's webhook says of the end of each check in this time, both ends included: flat, by names of its own, or as the status call. */
export function reviewedBetween(
  state: PracticeState,
  from: number,
  until: number,
): { readonly id: string; readonly at: number; readonly body: unknown }[] {
  const rows = state.db.all<{ id: string; at: number }>(
    'SELECT applicant_id AS id, reviewed_at AS at FROM applicants WHERE reviewed_at BETWEEN ? AND ? ORDER BY reviewed_at',
    [from, until],
  );
  return rows.flatMap(({ id, at }) => {
    const record = recordOf(state, id);
    if (statusOf(state, record, until) !== 'Reviewed') return [];
    const isFlat = state.switches['personr.webhookBody'] === 'flat';
    const read = record.isEntity === 1 ? shownEntity : shownApplicant;
    return [{ id: `${id} ${at}`, at, body: isFlat ? flat(state, record) : read(state, record, until) }];
  });
}

function flat(state: PracticeState, record: RecordRow): Record<string, unknown> {
  const { companyName, registrationNumber, sourceKey, externalUserId } = detailsOf(state, record);
  const labels: unknown = JSON.parse(record.rejectLabels);
  const review = {
    applicantId: record.applicantId,
    reviewAnswer: wasRejected(record) ? 'Rejected' : 'Approved',
    rejectLabels: labels,
    sourceKey,
    externalUserId,
  };
  if (record.isEntity === 1) {
    return { ...review, status: 'Reviewed', companyName, registrationNumber, flow: record.flowName };
  }
  return {
    ...review,
    actionStatus: 'Reviewed',
    extFirstName: 'Specimen',
    extLastName: 'Practice',
    extDob: '1990-01-01',
    docCountryISO: imagesOf(state, record.applicantId).find(({ docType }) => docType !== 'SELFIE')?.country ?? '',
    docExpiry: '',
  };
}

export function applicantStatus(state: PracticeState, request: ApiRequest): unknown {
  return shownApplicant(
    state,
    recordOf(state, text(parametersOf(request), 'applicantId', 'api-applicant-status')),
    request.now,
  );
}

function shownApplicant(state: PracticeState, applicant: RecordRow, now: number): unknown {
  const { switches } = state;
  const shown = statusOf(state, applicant, now);
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
  return shownEntity(
    state,
    recordOf(state, text(parametersOf(request), 'applicantId', 'api-entity-status')),
    request.now,
  );
}

function shownEntity(state: PracticeState, entity: RecordRow, now: number): unknown {
  const { companyName, registrationNumber, country, sourceKey, externalUserId } = detailsOf(state, entity);
  const shown = statusOf(state, entity, now);
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
