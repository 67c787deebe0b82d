import type { ApiRequest } from '../answer.ts';
import type { ReceivedFile } from '../body.ts';
import { isAlpha3 } from '../countries.ts';
import { mediaTypeOfName } from '../files.ts';
import { DECISION_FORM, type PracticeState } from '../state.ts';
import { DOCUMENTED_TYPES, WIDER_TYPES } from './catalogue.ts';
import { missing, parametersOf, text, uploadedFile, type Parameters } from './parameters.ts';
import { recordOf, statusOf } from './records.ts';
import { coded, platform } from './refusals.ts';

export function uploadDocument(state: PracticeState, request: ApiRequest): unknown {
  const name = 'api-document-upload';
  const { switches } = state;
  const encoding = switches['personr.uploadEncoding'];
  if (encoding !== 'both' && encoding !== request.body.form) {
    throw platform(400, 'MISSING_DATA', missing(name, 'applicantId'));
  }
  const parameters = parametersOf(request);
  const applicant = recordOf(state, text(parameters, 'applicantId', name));
  const docType = text(parameters, 'docType', name);
  const types = switches['personr.docTypes'] === 'wider' ? WIDER_TYPES : DOCUMENTED_TYPES;
  if (!types.includes(docType)) throw coded(400, 'Error: Cannot read docSets - invalid docType provided.');
  const docSubType = subType(state, parameters, docType);
  const country = text(parameters, 'docCountryISO', name);
  if (!isAlpha3(country)) {
    throw coded(400, 'Error: invalid docCountryISO provided, use a 3-letter ISO 3166-1 code.');
  }
  const file = uploadedFile(parameters, name);
  const refused = applicant.outcome === 'final' && statusOf(state, applicant, request.now) === 'Reviewed';
  if (refused && switches['personr.uploadAfterFinal'] === 'conflict') {
    throw coded(409, 'Error: applicant-with-final-reject');
  }

  const errors = fileErrors(state, file);
  const [isDuplicate, duplicateErrors] = duplicate(state, applicant.applicantId, file);
  errors.push(...duplicateErrors);
  const decision = state.takeNextDecision('personr') ?? file.digest.decision;
  const [kind, tags = ''] = (decision ?? '').split('=', 2);
  if (kind === 'upload-error') errors.push(...tags.split(','));
  const warnings = kind === 'upload-warning' ? tags.split(',') : [];

  if (errors.length > 0) {
    // Bytes that are there already say nothing about the document.
    if (switches['personr.failedSide'] === 'both_sides' && errors.length > duplicateErrors.length) {
      state.db.run('UPDATE stored_files SET is_active = 0 WHERE owner_id = ? AND doc_type = ? AND country = ?', [
        applicant.applicantId,
        docType,
        country,
      ]);
    }
  } else if (!isDuplicate || switches['personr.duplicateUpload'] === 'accepted') {
    state.storeFile({
      ownerId: applicant.applicantId,
      now: request.now,
      digest: file.digest,
      fileName: file.fileName ?? '',
      decision: knownDecision(decision),
      docType,
      docSubType,
      country,
    });
  }
  return {
    applicantId: applicant.applicantId,
    documentType: docType,
    documentSubType: docSubType,
    country,
    errors: errors.map((tag) => notice(state, tag)),
    warnings: warnings.map((tag) => notice(state, tag)),
  };
}

/** A marker that says something else than the decisions there are is none. */
export function knownDecision(decision: string | null): string | null {
  return decision !== null && DECISION_FORM.test(decision) ? decision : null;
}

function subType(state: PracticeState, parameters: Parameters, docType: string): string | null {
  const value = parameters['docSubType'] ?? null;
  if (value === null || value === '') return null;
  const isSelfie = docType === 'SELFIE';
  if (isSelfie && state.switches['personr.subTypeOfSelfie'] === 'ignore') return null;
  if (isSelfie || (value !== 'FRONT_SIDE' && value !== 'BACK_SIDE')) {
    throw coded(400, 'Error: Cannot read docSets - invalid docSubType provided.');
  }
  return value;
}

/** Tags of what is wrong with the file itself. */
export function fileErrors(state: PracticeState, file: ReceivedFile): string[] {
  const { digest, fileName } = file;
  const limit = state.switches['personr.fileMaxBytes'];
  const expected = mediaTypeOfName(fileName ?? '');
  let tag: string | null = null;
  if (expected === null) tag = 'unsupported-file-format';
  else if (!digest.isBase64 || digest.hasDataPrefix) tag = 'corrupted-file';
  else if (digest.byteLength === 0) tag = 'empty-file';
  else if (limit > 0 && digest.byteLength > limit) tag = 'file-too-big';
  else if (digest.mediaType !== expected) tag = 'corrupted-file';
  if (tag === null) return [];
  if (state.switches['personr.refusedFile'] === 'status_400') throw coded(400, `Error: ${tag}`);
  return [tag];
}

/** Whether this applicant has these bytes, and the tags that say so. */
export function duplicate(state: PracticeState, applicantId: string, file: ReceivedFile): [boolean, string[]] {
  const row = state.db.get<{ count: number }>(
    'SELECT count(*) AS count FROM stored_files WHERE owner_id = ? AND sha256 = ?',
    [applicantId, file.digest.sha256],
  );
  if ((row?.count ?? 0) === 0) return [false, []];
  const answer = state.switches['personr.duplicateUpload'];
  if (answer === 'conflict') throw coded(409, 'Error: duplicate-document');
  return [true, answer === 'errors_array' ? ['duplicate-document'] : []];
}

function notice(state: PracticeState, tag: string): unknown {
  return state.switches['personr.noticeElements'] === 'tag' ? tag : { code: tag, message: `Practice: ${tag}` };
}
