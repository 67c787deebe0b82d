import type { ApiAnswer, ApiRequest } from '../answer.ts';
import { isRecord } from '../body.ts';
import { PRACTICE_FLOW_NAMES } from '../review.ts';
import type { PracticeState } from '../state.ts';
import { isBeingChecked, SumsubApplicants, type Applicant } from './applicants.ts';
import { Refusal, refused } from './reply.ts';
import { checkSignature } from './signature.ts';
import { upload } from './uploads.ts';

export { signerOf, type SumsubToken } from './signature.ts';

type Answer = Pick<ApiAnswer, 'status' | 'headers' | 'body'>;

const ok = (body: unknown, headers: ApiAnswer['headers'] = {}): Answer => ({ status: 200, headers, body });

/** Sumsub's API for applicants, below its `/resources`. Every request must be signed. */
export class SumsubApi {
  readonly #state: PracticeState;
  readonly #applicants: SumsubApplicants;

  /** The tokens themselves are looked up while a request arrives (`signerOf`). */
  constructor(state: PracticeState) {
    this.#state = state;
    this.#applicants = new SumsubApplicants(state);
  }

  /** Runs inside the caller's transaction, which also records the request. */
  handle(request: ApiRequest): ApiAnswer {
    try {
      return { ...this.#route(request), isReplay: false };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, headers: {}, body: error.body(request.requestId), isReplay: false };
    }
  }

  #route(request: ApiRequest): Answer {
    const { switches } = this.#state;
    const limit = switches['sumsub.rateLimitPerMinute'];
    const isExceeded = limit > 0 && this.#state.countRequest('sumsub', limit, request.now).isExceeded;
    if (isExceeded || request.forcedStatus === 429) throw refused(429, 'Too many requests');
    if (request.forcedStatus !== null) throw refused(request.forcedStatus, `Practice answers ${request.forcedStatus}`);
    checkSignature(request, switches['sumsub.requestLifetimeSeconds'] * 1000);
    const call = `${request.method} ${request.path}`;
    if (call === 'POST /resources/applicants') return this.#create(request);
    const [, reference] = /^GET \/resources\/applicants\/-;externalUserId=([^/]+)\/one$/.exec(call) ?? [];
    if (reference !== undefined) return this.#byReference(decodeURIComponent(reference), request);
    const [, method = '', id = '', rest = ''] = /^(\w+) \/resources\/applicants\/([\w-]+)\/(.+)$/.exec(call) ?? [];
    switch (`${method} ${rest}`) {
      case 'GET one':
        return ok(this.#shown(this.#applicants.get(id), request.now));
      case 'GET status':
        return ok(this.#review(this.#applicants.get(id), request.now));
      case 'GET metadata/resources':
        return ok(this.#imagesOf(this.#applicants.get(id)));
      case 'POST info/idDoc':
        return this.#upload(request, this.#applicants.get(id));
      case 'POST status/pending':
        return this.#start(this.#applicants.get(id), request.now);
      default:
        throw refused(404, 'Not found');
    }
  }

  #create(request: ApiRequest): Answer {
    const levelName = request.query.get('levelName') ?? '';
    if (!Object.hasOwn(PRACTICE_FLOW_NAMES, levelName)) {
      throw refused(Number(this.#state.switches['sumsub.unknownLevel']), `Level '${levelName}' not found`);
    }
    const body = request.body.form === 'json' && isRecord(request.body.value) ? request.body.value : null;
    if (body === null) throw refused(400, 'The request body could not be read');
    const reference = textOf(body, 'externalUserId');
    if (reference === '') throw refused(400, 'externalUserId is missing');
    const fixedInfo = isRecord(body['fixedInfo']) ? body['fixedInfo'] : {};
    const details = {
      email: textOf(body, 'email'),
      phone: textOf(body, 'phone'),
      firstName: textOf(fixedInfo, 'firstName'),
      lastName: textOf(fixedInfo, 'lastName'),
      dob: textOf(fixedInfo, 'dob'),
    };
    if (details.phone !== '' && !/^\+?\d{6,15}$/.test(details.phone)) throw refused(400, 'Invalid phone');
    const existing = this.#applicants.referenced(reference);
    if (existing !== null) {
      throw refused(409, `Applicant with external user id '${reference}' already exists: ${existing}`);
    }
    const applicant = this.#applicants.add(levelName, reference, details, request.now);
    return { status: 201, headers: {}, body: this.#shown(applicant, request.now) };
  }

  #byReference(reference: string, request: ApiRequest): Answer {
    const applicantId = this.#applicants.referenced(reference);
    if (applicantId === null) throw refused(404, 'Applicant not found');
    return ok(this.#shown(this.#applicants.get(applicantId), request.now));
  }

  #shown(applicant: Applicant, now: number): unknown {
    const { externalUserId, email, phone, ...fixedInfo } = this.#applicants.details(applicant);
    return {
      id: applicant.applicantId,
      createdAt: dateOf(applicant.createdAt),
      ...(Array.isArray(externalUserId) ? { externalUserId: String(externalUserId[0]) } : {}),
      email,
      phone,
      fixedInfo,
      review: this.#review(applicant, now),
    };
  }

  #review(applicant: Applicant, now: number): unknown {
    const reviewStatus = this.#applicants.status(applicant, now);
    const isDecided = reviewStatus === 'completed';
    const isRejected = applicant.outcome === 'retry' || applicant.outcome === 'final';
    return {
      reviewId: `${applicant.applicantId}-review`,
      attemptId: `${applicant.applicantId}-${applicant.attempts}`,
      attemptCnt: applicant.attempts,
      levelName: applicant.levelName,
      createDate: dateOf(applicant.createdAt),
      ...(isDecided && applicant.reviewedAt !== null ? { reviewDate: dateOf(applicant.reviewedAt) } : {}),
      ...(isDecided
        ? {
            reviewResult: isRejected
              ? {
                  moderationComment: 'Practice: see the reject labels.',
                  clientComment: 'Practice: private remark, for the administration only.',
                  reviewAnswer: 'RED',
                  rejectLabels: JSON.parse(applicant.rejectLabels) as unknown,
                  reviewRejectType: applicant.outcome === 'final' ? 'FINAL' : 'RETRY',
                }
              : { reviewAnswer: 'GREEN' },
          }
        : {}),
      reviewStatus,
    };
  }

  #imagesOf({ applicantId }: Applicant): unknown {
    const isNamed = this.#state.switches['sumsub.imageFileNames'] === 'present';
    const items = this.#applicants.images(applicantId).map((image) => ({
      id: image.fileId,
      addedDate: dateOf(image.at),
      fileMetadata: {
        ...(isNamed ? { fileName: this.#state.open(image.fileNameSealed) } : {}),
        fileType: image.mediaType,
        fileSize: image.byteLength,
      },
      idDocDef: { country: image.country, idDocType: image.docType, idDocSubType: image.docSubType },
      deactivated: image.isActive !== 1,
    }));
    return { items, totalItems: items.length };
  }

  #upload(request: ApiRequest, applicant: Applicant): Answer {
    const { imageId, body } = upload(request, applicant, { state: this.#state, applicants: this.#applicants });
    if (this.#applicants.isComplete(applicant) && this.#state.switches['sumsub.startsByItself'] === 'yes') {
      this.#applicants.start(applicant, request.now);
    }
    return ok(body, { 'X-Image-Id': imageId });
  }

  #start(applicant: Applicant, now: number): Answer {
    const status = this.#applicants.status(applicant, now);
    if (isBeingChecked(status)) throw refused(409, `Applicant is already ${status}`);
    if (status === 'completed' && applicant.outcome === 'final') {
      throw refused(409, 'Applicant has received a final rejection', 1009);
    }
    if (!this.#applicants.isComplete(applicant)) {
      throw refused(409, 'Not all required documents or data are submitted');
    }
    this.#applicants.start(applicant, now);
    return ok({ ok: 1 });
  }
}

function textOf(record: Readonly<Record<string, unknown>>, name: string): string {
  const value = record[name] ?? '';
  if (typeof value !== 'string') throw refused(400, `Invalid ${name}`);
  return value;
}

/** Sumsub's form of a moment: `2026-01-02 03:04:05+0000`. */
function dateOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}+0000`;
}
