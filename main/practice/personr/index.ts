import type { ApiAnswer, ApiRequest } from '../answer.ts';
import type { PracticeState } from '../state.ts';
import { applicantDetails, createApplicant, verificationLink } from './applicants.ts';
import { startCheck } from './checks.ts';
import { downloadDocuments, downloadWithInformation } from './downloads.ts';
import { addOwner, createEntity, uploadByAddress, uploadEncoded } from './entities.ts';
import { coded, platform, Refusal, unauthorized } from './refusals.ts';
import { applicantStatus, entityStatus } from './statuses.ts';
import { authenticate, basicAuth, changeWorkspace, tokenGenerate, type PersonrUser, type SignedIn } from './tokens.ts';
import { uploadDocument } from './uploads.ts';

export { PRACTICE_ENTITY_FLOW_NAMES } from './catalogue.ts';
export { finishByLink } from './checks.ts';
export { reviewedBetween } from './statuses.ts';
export type { PersonrUser } from './tokens.ts';

type Workflow = (state: PracticeState, request: ApiRequest, user: SignedIn) => unknown;

/** Personr's workflows by their names; each needs a token. */
const WORKFLOWS: ReadonlyMap<string, Workflow> = new Map<string, Workflow>([
  ['api-applicant-create', createApplicant],
  ['api-applicant-details', applicantDetails],
  ['api-applicant-status', applicantStatus],
  ['api-document-upload', uploadDocument],
  ['api-document-download', downloadDocuments],
  ['api-document-download-information', downloadWithInformation],
  ['api-request-applicant-check', startCheck],
  ['api-verificationlink-create', (state, request) => verificationLink(state, request, 'verification')],
  ['api-entity-create', createEntity],
  ['api-entity-document-upload', uploadByAddress],
  ['api-entity-document-upload-encoded', uploadEncoded],
  ['api-add-ubo', addOwner],
  ['api-entity-status', entityStatus],
  ['api-entity-verificationlink-create', (state, request) => verificationLink(state, request, 'entity-verification')],
  ['api-change-workspace', changeWorkspace],
]);

/** Personr's workflows. Every endpoint is a POST; the path is the workflow's name. */
export class PersonrApi {
  readonly #state: PracticeState;
  readonly #users: () => readonly PersonrUser[];

  constructor(state: PracticeState, users: () => readonly PersonrUser[]) {
    this.#state = state;
    this.#users = users;
  }

  /** Runs inside the caller's transaction, which also records the request. */
  handle(request: ApiRequest): ApiAnswer {
    try {
      return { status: 200, headers: {}, body: this.#route(request), isReplay: false };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const isPlain = this.#state.switches['personr.errorHttpStatus'] === '200' && error.status === 400;
      return { status: isPlain ? 200 : error.status, headers: {}, body: error.body, isReplay: false };
    }
  }

  #route(request: ApiRequest): unknown {
    const limit = this.#state.switches['personr.rateLimitPerMinute'];
    const isExceeded = limit > 0 && this.#state.countRequest('personr', limit, request.now).isExceeded;
    if (isExceeded || request.forcedStatus === 429) throw coded(429, 'Too many requests');
    if (request.forcedStatus === 401) throw unauthorized(this.#state);
    if (request.forcedStatus !== null)
      throw coded(request.forcedStatus, `Error: practice answers ${request.forcedStatus}.`);
    const name = request.path.slice(1);
    if (request.method !== 'POST') throw platform(405, 'METHOD_NOT_ALLOWED', 'Use POST for this workflow');
    if (name === 'api-basic-auth') return basicAuth(this.#state, this.#users(), request);
    if (name === 'api-token-generate') return tokenGenerate(this.#state, this.#users(), request);
    const user = authenticate(this.#state, this.#users(), request);
    const workflow = WORKFLOWS.get(name);
    if (workflow === undefined) throw platform(404, 'NOT_FOUND', `Workflow not found: ${name}`);
    return workflow(this.#state, request, user);
  }
}
