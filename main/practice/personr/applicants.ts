import type { ApiRequest } from '../answer.ts';
import type { PracticeState } from '../state.ts';
import { PRACTICE_FLOW_NAMES } from '../review.ts';
import { optionalText, parametersOf, text, textList } from './parameters.ts';
import { createdRecord, detailsOf, recordOf, statusOf } from './records.ts';
import { coded } from './refusals.ts';
import type { SignedIn } from './tokens.ts';

const HOUR_MS = 3_600_000;

export function createApplicant(state: PracticeState, request: ApiRequest, user: SignedIn): unknown {
  const name = 'api-applicant-create';
  const parameters = parametersOf(request);
  const email = text(parameters, 'email', name);
  const phone = text(parameters, 'phone', name);
  const flowName = text(parameters, 'flowName', name);
  if (!Object.hasOwn(PRACTICE_FLOW_NAMES, flowName) && state.switches['personr.unknownFlow'] === 'reject') {
    throw coded(400, 'Error: flowName does not match a flow of this workspace.');
  }
  const details = {
    email,
    phone,
    nameFirst: optionalText(parameters, 'nameFirst', name),
    nameLast: optionalText(parameters, 'nameLast', name),
    sourceKey: optionalText(parameters, 'sourceKey', name),
    externalUserId: textList(parameters, 'externalUserId', name),
  };
  const { workspace } = user;
  const response = createdRecord(state, { workspace, flowName, details, isEntity: false, now: request.now });
  return { status: 'success', response };
}

export function applicantDetails(state: PracticeState, request: ApiRequest): unknown {
  const applicant = recordOf(state, text(parametersOf(request), 'applicantId', 'api-applicant-details'));
  const { email, phone, nameFirst, nameLast } = detailsOf(state, applicant);
  const status = statusOf(state, applicant, request.now);
  return {
    status: 'success',
    response: { email, phone, nameFirst, nameLast, tags: [], flowName: applicant.flowName, status },
  };
}

/** Of an applicant, or of an entity: their two workflows differ in the address they give. */
export function verificationLink(state: PracticeState, request: ApiRequest, page: string): unknown {
  const workflow = request.path.slice(1);
  const parameters = parametersOf(request);
  const field = state.switches['personr.linkField'];
  const name = field === 'both' ? (Object.hasOwn(parameters, 'applicant') ? 'applicant' : 'applicantId') : field;
  const { applicantId } = recordOf(state, text(parameters, name, workflow));
  // Nobody is ever sent to the real host from practice.
  const hours = state.switches['personr.linkHours'];
  const end = hours === 0 ? '' : `?until=${request.now + hours * HOUR_MS}`;
  const link = `${request.origin}/personr/${page}/${applicantId}${end}`;
  return { status: 'success', response: { verificationLink: link, customLink: link } };
}
