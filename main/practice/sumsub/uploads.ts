import { header, type ApiRequest } from '../answer.ts';
import { isReceivedFile, isRecord, type ReceivedFile } from '../body.ts';
import { isAlpha3 } from '../countries.ts';
import { mediaTypeOfName } from '../files.ts';
import { isIdentityType } from '../review.ts';
import { DECISION_FORM, type PracticeState } from '../state.ts';
import { ADDRESS_TYPES, isBeingChecked, type Applicant, type SumsubApplicants } from './applicants.ts';
import { refused } from './reply.ts';

const MAX_BYTES = 64_000_000;
const KNOWN_TYPES: ReadonlySet<string> = new Set([
  'PASSPORT',
  'ID_CARD',
  'DRIVERS',
  'RESIDENCE_PERMIT',
  'SELFIE',
  'UTILITY_BILL',
  'BANK_STATEMENT',
  'OTHER',
]);

interface Metadata {
  readonly idDocType: string;
  readonly idDocSubType: string | null;
  readonly country: string;
}

export interface Uploaded {
  readonly imageId: string;
  readonly body: unknown;
}

/** POST …/info/idDoc: a form with `metadata` (JSON) and `content` (the image). */
export function upload(
  request: ApiRequest,
  applicant: Applicant,
  { state, applicants }: { readonly state: PracticeState; readonly applicants: SumsubApplicants },
): Uploaded {
  const status = applicants.status(applicant, request.now);
  if (isBeingChecked(status)) throw refused(409, 'Applicant is being checked', 1006);
  if (status === 'completed' && applicant.outcome === 'final') {
    throw refused(409, 'Applicant has received a final rejection', 1009);
  }
  const form = request.body.form === 'multipart' && isRecord(request.body.value) ? request.body.value : {};
  const metadata = metadataOf(form['metadata']);
  const file = form['content'];
  if (!isReceivedFile(file)) throw refused(400, 'The content of the document is missing');
  if (!isWanted(metadata.idDocType, applicants.wanted(applicant))) {
    throw refused(409, 'Document type is not in the required documents', 1010);
  }
  checkFile(file);
  checkDuplicate(file, applicant, { state, applicants });

  const decision = state.takeNextDecision('sumsub') ?? file.digest.decision;
  const [kind, tags = ''] = (decision ?? '').split('=', 2);
  const errors = kind === 'upload-error' ? tags.split(',') : [];
  const warnings = kind === 'upload-warning' ? tags.split(',') : [];
  const imageId = state.storeFile({
    ownerId: applicant.applicantId,
    now: request.now,
    digest: file.digest,
    fileName: file.fileName ?? '',
    decision: decision !== null && DECISION_FORM.test(decision) ? decision : null,
    docType: metadata.idDocType,
    docSubType: metadata.idDocSubType,
    country: metadata.country,
  });
  if (errors.length > 0) {
    // One refused side puts both out of use.
    state.db.run('UPDATE stored_files SET is_active = 0 WHERE owner_id = ? AND doc_type = ? AND country = ?', [
      applicant.applicantId,
      metadata.idDocType,
      metadata.country,
    ]);
  }
  const notice = (tag: string): unknown =>
    state.switches['sumsub.noticeElements'] === 'tag' ? tag : { code: tag, message: `Practice: ${tag}` };
  const isAsked = header(request.headers, 'x-return-doc-warnings') === 'true';
  return {
    imageId,
    body: {
      idDocType: metadata.idDocType,
      ...(metadata.idDocSubType === null ? {} : { idDocSubType: metadata.idDocSubType }),
      country: metadata.country,
      ...(isAsked ? { errors: errors.map(notice), warnings: warnings.map(notice) } : {}),
    },
  };
}

function metadataOf(value: unknown): Metadata {
  let parsed: unknown;
  try {
    parsed = typeof value === 'string' ? JSON.parse(value) : null;
  } catch {
    parsed = null;
  }
  if (!isRecord(parsed)) throw refused(400, 'The metadata of the document is missing or no JSON');
  const { idDocType, idDocSubType = null, country } = parsed;
  if (typeof idDocType !== 'string' || !KNOWN_TYPES.has(idDocType)) throw refused(400, 'Unknown idDocType');
  if (typeof country !== 'string' || !isAlpha3(country)) throw refused(400, 'Invalid country, use ISO 3166-1 alpha-3');
  if (idDocSubType !== null && idDocSubType !== 'FRONT_SIDE' && idDocSubType !== 'BACK_SIDE') {
    throw refused(400, 'Unknown idDocSubType');
  }
  return { idDocType, idDocSubType, country };
}

function isWanted(idDocType: string, wanted: ReturnType<SumsubApplicants['wanted']>): boolean {
  if (isIdentityType(idDocType)) return wanted.identity;
  if (idDocType === 'SELFIE') return wanted.selfie;
  return ADDRESS_TYPES.some((type) => type === idDocType) ? wanted.address : false;
}

/** What is wrong with the file itself. */
function checkFile({ digest, fileName }: ReceivedFile): void {
  const expected = mediaTypeOfName(fileName ?? '');
  if (digest.byteLength === 0) throw refused(400, 'Uploaded file is empty', 1003);
  if (digest.byteLength > MAX_BYTES) throw refused(400, 'Uploaded file is too big', 1002);
  if (expected === null) throw refused(400, 'Unsupported file format', 1005);
  if (digest.mediaType !== expected) throw refused(400, 'Corrupted file or incorrect format', 1004);
}

function checkDuplicate(
  file: ReceivedFile,
  applicant: Applicant,
  { state, applicants }: { readonly state: PracticeState; readonly applicants: SumsubApplicants },
): void {
  const same = applicants.images(applicant.applicantId).filter(({ sha256 }) => sha256 === file.digest.sha256);
  const isInUse = same.some(({ isActive }) => isActive === 1);
  const isRefused = isInUse || state.switches['sumsub.duplicateOfInactive'] === 'conflict';
  if (same.length > 0 && isRefused) throw refused(409, 'Duplicate document', 1000);
}
