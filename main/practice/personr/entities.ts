import type { ApiRequest } from '../answer.ts';
import { fileOf, isReceivedFile, type ReceivedFile } from '../body.ts';
import { isAlpha3 } from '../countries.ts';
import { DigestSink } from '../files.ts';
import type { PracticeState } from '../state.ts';
import { LISTED_SUB_TYPES, POSITIONS, PRACTICE_ENTITY_FLOW_NAMES } from './catalogue.ts';
import { missing, optionalText, parametersOf, text, textList, type Parameters } from './parameters.ts';
import { createdRecord, recordOf, type RecordRow } from './records.ts';
import { coded, notRun, platform } from './refusals.ts';
import type { SignedIn } from './tokens.ts';
import { duplicate, fileErrors, knownDecision } from './uploads.ts';

/** The workflows for companies. Personr switches the module on for each customer of its own. */

function needsModule(state: PracticeState): void {
  if (state.switches['personr.entityModule'] === 'off') throw notRun('The entity module is not enabled.');
}

export function createEntity(state: PracticeState, request: ApiRequest, user: SignedIn): unknown {
  needsModule(state);
  const name = 'api-entity-create';
  const parameters = parametersOf(request);
  const companyName = text(parameters, 'companyName', name);
  const registrationNumber = text(parameters, 'registrationNumber', name);
  const country = text(parameters, 'country', name);
  if (!isAlpha3(country)) throw coded(400, 'Error: invalid country provided, use a 3-letter ISO 3166-1 code.');
  const flowName = text(parameters, 'flowName', name);
  if (!PRACTICE_ENTITY_FLOW_NAMES.includes(flowName) && state.switches['personr.unknownFlow'] === 'reject') {
    throw coded(400, 'Error: flowName does not match a flow of this workspace.');
  }
  const details = {
    companyName,
    registrationNumber,
    country,
    sourceKey: optionalText(parameters, 'sourceKey', name),
    externalUserId: textList(parameters, 'externalUserId', name),
  };
  const { workspace } = user;
  const response = createdRecord(state, { workspace, flowName, details, isEntity: true, now: request.now });
  return { status: 'success', response };
}

/** The company of that id. An applicant's id is none: the two share their name, not their records. */
function entityOf(state: PracticeState, applicantId: string): RecordRow {
  const record = recordOf(state, applicantId);
  if (record.isEntity !== 1) throw notRun('The entity does not exist.');
  return record;
}

/** `docFile` is the base64 text itself, with the name beside it. */
export function uploadEncoded(state: PracticeState, request: ApiRequest): unknown {
  needsModule(state);
  const name = 'api-entity-document-upload-encoded';
  const parameters = parametersOf(request);
  const { applicantId } = entityOf(state, text(parameters, 'applicantId', name));
  const documentSubType = subTypeIn(state, parameters, name);
  const file = encodedFile(parameters, name);
  // Its documented answer has no errors[]: what is wrong with the file can only be an error.
  const [problem] = fileErrors(state, file);
  if (problem !== undefined) throw coded(400, `Error: ${problem}`);
  const [isDuplicate] = duplicate(state, applicantId, file);
  if (!isDuplicate || state.switches['personr.duplicateUpload'] === 'accepted') {
    state.storeFile({
      ownerId: applicantId,
      now: request.now,
      digest: file.digest,
      fileName: file.fileName ?? '',
      decision: knownDecision(state.takeNextDecision('personr') ?? file.digest.decision),
      docType: 'COMPANY_DOC',
      docSubType: documentSubType,
    });
  }
  return { applicantId, documentSubType };
}

/** In words for people; which ones there are is not public. */
function subTypeIn(state: PracticeState, parameters: Parameters, workflow: string): string | null {
  const subType = optionalText(parameters, 'docSubType', workflow);
  const isRefused = subType !== null && !LISTED_SUB_TYPES.includes(subType);
  if (isRefused && state.switches['personr.entitySubTypes'] === 'listed') {
    throw platform(400, 'INVALID_DATA', `Invalid value for parameter docSubType of workflow ${workflow}`);
  }
  return subType;
}

function encodedFile(parameters: Parameters, workflow: string): ReceivedFile {
  const fileName = text(parameters, 'fileName', workflow);
  const value = parameters['docFile'];
  const file = isReceivedFile(value) || typeof value === 'string' ? fileOf(value) : null;
  if (file === null || value === '') throw platform(400, 'MISSING_DATA', missing(workflow, 'docFile'));
  return { fileName, digest: file.digest };
}

/**
 * `docFile` is an address that Personr fetches. Practice fetches nothing: the file counts as one that nobody objects to, known by
 * its address.
 */
export function uploadByAddress(state: PracticeState, request: ApiRequest): unknown {
  needsModule(state);
  const name = 'api-entity-document-upload';
  const parameters = parametersOf(request);
  const { applicantId } = entityOf(state, text(parameters, 'applicantId', name));
  const documentSubType = subTypeIn(state, parameters, name);
  const address = text(parameters, 'docFile', name);
  if (!isWebAddress(address)) {
    throw platform(400, 'INVALID_DATA', `Invalid value for parameter docFile of workflow ${name}`);
  }
  const sink = new DigestSink();
  sink.write(Buffer.from(address));
  state.storeFile({
    ownerId: applicantId,
    now: request.now,
    digest: sink.end(),
    fileName: new URL(address).pathname.split('/').at(-1) ?? '',
    decision: null,
    docType: 'COMPANY_DOC',
    docSubType: documentSubType,
  });
  return { applicantId, documentSubType };
}

function isWebAddress(text: string): boolean {
  const address = URL.parse(text);
  return address?.protocol === 'https:' || address?.protocol === 'http:';
}

export function addOwner(state: PracticeState, request: ApiRequest): unknown {
  needsModule(state);
  const name = 'api-add-ubo';
  const parameters = parametersOf(request);
  const { applicantId } = entityOf(state, text(parameters, 'applicantId', name));
  const owner = recordOf(state, text(parameters, 'uboApplicantId', name));
  const position = text(parameters, 'position', name);
  if (!POSITIONS.includes(position)) {
    throw platform(400, 'INVALID_DATA', `Invalid value for parameter position of workflow ${name}`);
  }
  const isKnown = ownersOf(state, applicantId).some((one) => one.applicantId === owner.applicantId);
  if (!isKnown || state.switches['personr.ownerTwice'] === 'listed_twice') {
    state.db.run('INSERT INTO personr_owners (entity_id, owner_id, position) VALUES (?, ?, ?)', [
      applicantId,
      owner.applicantId,
      position,
    ]);
  }
  return {
    status: 'success',
    applicantId,
    ubos: ownersOf(state, applicantId).map((one) => ({ ...one, type: 'Individual' })),
    errors: isKnown && state.switches['personr.ownerTwice'] === 'error' ? ['The owner is linked already.'] : [],
  };
}

function ownersOf(state: PracticeState, entityId: string): { applicantId: string; position: string }[] {
  return state.db.all<{ applicantId: string; position: string }>(
    'SELECT owner_id AS applicantId, position FROM personr_owners WHERE entity_id = ? ORDER BY sequence',
    [entityId],
  );
}
