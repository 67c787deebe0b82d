import { header, type ApiAnswer, type ApiRequest } from './answer.ts';
import { fileOf, isReceivedFile, isRecord, type ReceivedFile } from './body.ts';
import { isAlpha3 } from './countries.ts';
import { mediaTypeOfName } from './files.ts';
import { judge, PRACTICE_FLOW_NAMES, type Review } from './review.ts';
import { DECISION_FORM, sha256, type PracticeState } from './state.ts';

export interface PersonrUser {
  readonly email: string;
  readonly password: string;
}

const TOKEN_SECONDS = 31_536_000;
const MAX_CHECKS = 5;
const WORKSPACES: readonly string[] = ['Practice', 'Training'];

const DOCUMENTED_TYPES = ['SELFIE', 'ID_CARD', 'DRIVERS', 'PASSPORT', 'RESIDENCE_PERMIT', 'UTILITY_BILL'];
const WIDER_TYPES = [
  ...DOCUMENTED_TYPES,
  'AGREEMENT',
  'ARBITRARY_DOC',
  'BANK_CARD',
  'BANK_STATEMENT',
  'CONTRACT',
  'DRIVERS_TRANSLATION',
  'FILE_ATTACHMENT',
  'ID_DOC_PHOTO',
  'INCOME_SOURCE',
  'PROFILE_IMAGE',
  'UTILITY_BILL2',
  'OTHER',
];

interface ApplicantRow {
  readonly applicantId: string;
  readonly flowName: string;
  readonly detailsSealed: Uint8Array;
  readonly createdAt: number;
  readonly checksUsed: number;
  readonly startedAt: number | null;
  readonly pendingAt: number | null;
  readonly reviewedAt: number | null;
  readonly outcome: string | null;
  readonly rejectLabels: string;
}

interface ImageRow {
  readonly sha256: string;
  readonly docType: string;
  readonly docSubType: string | null;
  readonly country: string;
  readonly decision: string | null;
  readonly isActive: number;
}

type Parameters = Readonly<Record<string, unknown>>;

/** Thrown to leave a workflow with one of the error bodies; caught in `handle`. */
class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    super('refused');
    this.status = status;
    this.body = body;
  }
}

/** `{statusCode, message}`: the one error body that Personr documents. */
function coded(status: number, message: string): Refusal {
  return new Refusal(status, { statusCode: status, message });
}

/** `{statusCode, body: {status, message}}`: the platform's own form. */
function platform(status: number, name: string, message: string): Refusal {
  return new Refusal(status, { statusCode: status, body: { status: name, message } });
}

/** `{status, message}`: a workflow whose condition is not met. */
function notRun(message: string): Refusal {
  return new Refusal(400, { status: 'NOT_RUN', message });
}

/** Personr's workflows for applicants. Every endpoint is a POST; the path is the workflow's name. */
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
    if (request.forcedStatus === 401) throw this.#unauthorized();
    if (request.forcedStatus !== null)
      throw coded(request.forcedStatus, `Error: practice answers ${request.forcedStatus}.`);
    const workflow = request.path.slice(1);
    if (request.method !== 'POST') throw platform(405, 'METHOD_NOT_ALLOWED', 'Use POST for this workflow');
    if (workflow === 'api-basic-auth') return this.#basicAuth(request);
    if (workflow === 'api-token-generate') return this.#tokenGenerate(request);
    const user = this.#authenticate(request);
    switch (workflow) {
      case 'api-applicant-create':
        return this.#create(request, user);
      case 'api-document-upload':
        return this.#upload(request);
      case 'api-request-applicant-check':
        return this.#startCheck(request);
      case 'api-applicant-status':
        return this.#status(request);
      case 'api-applicant-details':
        return this.#details(request);
      case 'api-verificationlink-create':
        return this.#link(request);
      case 'api-change-workspace':
        return this.#changeWorkspace(request, user);
      default:
        throw platform(404, 'NOT_FOUND', `Workflow not found: ${workflow}`);
    }
  }

  #unauthorized(): Refusal {
    const message = 'Unauthorized';
    const bodies = {
      status_code_message: { statusCode: 401, message },
      status_code_body: { statusCode: 401, body: { status: 'NOT_AUTHORIZED', message } },
      status_message: { status: 'NOT_AUTHORIZED', message },
      empty: undefined,
    };
    return new Refusal(401, bodies[this.#state.switches['personr.unauthorizedBody']]);
  }

  #basicAuth(request: ApiRequest): unknown {
    const encoded = /^Basic (.+)$/.exec(header(request.headers, 'authorization') ?? '')?.[1];
    if (encoded === undefined) throw this.#unauthorized();
    const [email = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    return this.#mint(email, password.join(':'), request.now);
  }

  #tokenGenerate(request: ApiRequest): unknown {
    const parameters = parametersOf(request);
    return this.#mint(
      text(parameters, 'email', 'api-token-generate'),
      text(parameters, 'password', 'api-token-generate'),
      request.now,
    );
  }

  /** One token per user: a new one ends the former. */
  #mint(email: string, password: string, now: number): unknown {
    if (!this.#users().some((user) => user.email === email && user.password === password)) throw this.#unauthorized();
    const owner = sha256(email.toLowerCase());
    const { db } = this.#state;
    const known = db.get<{ userId: string }>('SELECT user_id AS userId FROM personr_users WHERE email_sha256 = ?', [
      owner,
    ]);
    const userId = known?.userId ?? this.#state.numberedId(now);
    const token = `bus|${userId}|${this.#state.numberedId(now)}`;
    db.run(
      `INSERT INTO personr_users (email_sha256, user_id, token_sha256, token_expires_at, tokens_minted, workspace)
       VALUES (?, ?, ?, ?, 1, ?)
       ON CONFLICT (email_sha256) DO UPDATE SET token_sha256 = excluded.token_sha256,
         token_expires_at = excluded.token_expires_at, tokens_minted = tokens_minted + 1`,
      [owner, userId, sha256(token), now + TOKEN_SECONDS * 1000, WORKSPACES[0] ?? ''],
    );
    return { status: 'success', response: { token, user_id: userId, expires: TOKEN_SECONDS } };
  }

  #authenticate(request: ApiRequest): { owner: string; workspace: string } {
    const token = /^Bearer (.+)$/.exec(header(request.headers, 'authorization') ?? '')?.[1];
    if (token === undefined) throw this.#unauthorized();
    const row = this.#state.db.get<{ owner: string; workspace: string; expiresAt: number }>(
      `SELECT email_sha256 AS owner, workspace, token_expires_at AS expiresAt FROM personr_users WHERE token_sha256 = ?`,
      [sha256(token)],
    );
    const isUser = this.#users().some((user) => sha256(user.email.toLowerCase()) === row?.owner);
    if (row === undefined || !isUser || request.now >= row.expiresAt) throw this.#unauthorized();
    return row;
  }

  #create(request: ApiRequest, user: { workspace: string }): unknown {
    const name = 'api-applicant-create';
    const parameters = parametersOf(request);
    const email = text(parameters, 'email', name);
    const phone = text(parameters, 'phone', name);
    const flowName = text(parameters, 'flowName', name);
    if (!Object.hasOwn(PRACTICE_FLOW_NAMES, flowName) && this.#state.switches['personr.unknownFlow'] === 'reject') {
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
    const applicantId = this.#state.numberedId(request.now);
    this.#state.db.run(
      'INSERT INTO applicants (applicant_id, workspace, flow_name, details_sealed, created_at) VALUES (?, ?, ?, ?, ?)',
      [applicantId, user.workspace, flowName, this.#state.seal(details), request.now],
    );
    const { nameFirst, nameLast } = details;
    return {
      status: 'success',
      response: { applicantId, email, phone, nameFirst, nameLast, flowName, applicantStatus: 'Created' },
    };
  }

  #upload(request: ApiRequest): unknown {
    const name = 'api-document-upload';
    const { switches } = this.#state;
    const encoding = switches['personr.uploadEncoding'];
    if (encoding !== 'both' && encoding !== request.body.form) {
      throw platform(400, 'MISSING_DATA', missing(name, 'applicantId'));
    }
    const parameters = parametersOf(request);
    const applicant = this.#applicant(text(parameters, 'applicantId', name));
    const docType = text(parameters, 'docType', name);
    const types = switches['personr.docTypes'] === 'wider' ? WIDER_TYPES : DOCUMENTED_TYPES;
    if (!types.includes(docType)) throw coded(400, 'Error: Cannot read docSets - invalid docType provided.');
    const docSubType = this.#subType(parameters, docType);
    const country = text(parameters, 'docCountryISO', name);
    if (!isAlpha3(country)) {
      throw coded(400, 'Error: invalid docCountryISO provided, use a 3-letter ISO 3166-1 code.');
    }
    const file = uploadedFile(parameters, name);
    const refused = applicant.outcome === 'final' && this.#statusOf(applicant, request.now) === 'Reviewed';
    if (refused && switches['personr.uploadAfterFinal'] === 'conflict') {
      throw coded(409, 'Error: applicant-with-final-reject');
    }

    const errors = this.#fileErrors(file);
    const [isDuplicate, duplicateErrors] = this.#duplicate(applicant.applicantId, file);
    errors.push(...duplicateErrors);
    const decision = this.#state.takeNextDecision('personr') ?? file.digest.decision;
    const [kind, tags = ''] = (decision ?? '').split('=', 2);
    if (kind === 'upload-error') errors.push(...tags.split(','));
    const warnings = kind === 'upload-warning' ? tags.split(',') : [];

    if (errors.length > 0) {
      if (switches['personr.failedSide'] === 'both_sides') {
        this.#state.db.run(
          'UPDATE stored_files SET is_active = 0 WHERE owner_id = ? AND doc_type = ? AND country = ?',
          [applicant.applicantId, docType, country],
        );
      }
    } else if (!isDuplicate || switches['personr.duplicateUpload'] === 'accepted') {
      this.#state.storeFile({
        ownerId: applicant.applicantId,
        now: request.now,
        digest: file.digest,
        fileName: file.fileName ?? '',
        decision: decision !== null && DECISION_FORM.test(decision) ? decision : null,
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
      errors: errors.map((tag) => this.#notice(tag)),
      warnings: warnings.map((tag) => this.#notice(tag)),
    };
  }

  #subType(parameters: Parameters, docType: string): string | null {
    const value = parameters['docSubType'] ?? null;
    if (value === null || value === '') return null;
    const isSelfie = docType === 'SELFIE';
    if (isSelfie && this.#state.switches['personr.subTypeOfSelfie'] === 'ignore') return null;
    if (isSelfie || (value !== 'FRONT_SIDE' && value !== 'BACK_SIDE')) {
      throw coded(400, 'Error: Cannot read docSets - invalid docSubType provided.');
    }
    return value;
  }

  /** Tags of what is wrong with the file itself. */
  #fileErrors(file: ReceivedFile): string[] {
    const { digest, fileName } = file;
    const limit = this.#state.switches['personr.fileMaxBytes'];
    const expected = mediaTypeOfName(fileName ?? '');
    let tag: string | null = null;
    if (expected === null) tag = 'unsupported-file-format';
    else if (!digest.isBase64 || digest.hasDataPrefix) tag = 'corrupted-file';
    else if (digest.byteLength === 0) tag = 'empty-file';
    else if (limit > 0 && digest.byteLength > limit) tag = 'file-too-big';
    else if (digest.mediaType !== expected) tag = 'corrupted-file';
    if (tag === null) return [];
    if (this.#state.switches['personr.refusedFile'] === 'status_400') throw coded(400, `Error: ${tag}`);
    return [tag];
  }

  #duplicate(applicantId: string, file: ReceivedFile): [boolean, string[]] {
    const row = this.#state.db.get<{ count: number }>(
      'SELECT count(*) AS count FROM stored_files WHERE owner_id = ? AND sha256 = ?',
      [applicantId, file.digest.sha256],
    );
    if ((row?.count ?? 0) === 0) return [false, []];
    const answer = this.#state.switches['personr.duplicateUpload'];
    if (answer === 'conflict') throw coded(409, 'Error: duplicate-document');
    return [true, answer === 'errors_array' ? ['duplicate-document'] : []];
  }

  #notice(tag: string): unknown {
    return this.#state.switches['personr.noticeElements'] === 'tag' ? tag : { code: tag, message: `Practice: ${tag}` };
  }

  #startCheck(request: ApiRequest): unknown {
    const name = 'api-request-applicant-check';
    const applicant = this.#applicant(text(parametersOf(request), 'applicantId', name));
    const success = { response: 'success' };
    const status = this.#statusOf(applicant, request.now);
    const isOver = status === 'Reviewed' && (applicant.outcome === 'final' || applicant.outcome === 'accept');
    if (isOver || applicant.checksUsed >= MAX_CHECKS) {
      if (applicant.outcome === 'accept' || this.#state.switches['personr.attemptsExhausted'] !== 'reject')
        return success;
      throw notRun('The applicant has no attempts left.');
    }
    if (applicant.startedAt !== null && status !== 'Reviewed') return success;

    const { switches } = this.#state;
    const attempt = applicant.checksUsed + 1;
    const review = this.#review(applicant);
    const stage = () => this.#state.between(switches['personr.stageMinMs'], switches['personr.stageMaxMs']);
    const pendingAt = request.now + stage();
    this.#state.db.run(
      `UPDATE applicants SET checks_used = ?, started_at = ?, pending_at = ?, reviewed_at = ?, outcome = ?,
         reject_labels = ? WHERE applicant_id = ?`,
      [
        attempt,
        request.now,
        pendingAt,
        pendingAt + stage(),
        // The fifth rejection is the last.
        review.outcome === 'retry' && attempt >= MAX_CHECKS ? 'final' : review.outcome,
        JSON.stringify(review.labels),
        applicant.applicantId,
      ],
    );
    return success;
  }

  /** What came later than the start of the check is not seen. */
  #review(applicant: ApplicantRow): Review {
    const wanted = PRACTICE_FLOW_NAMES[applicant.flowName] ?? { identity: true, selfie: false, address: false };
    const images = this.#images(applicant.applicantId).filter((image) => image.isActive === 1);
    return judge(images, wanted, { incomplete: 'INCOMPLETE_DOC', addressTypes: ['UTILITY_BILL'] });
  }

  #status(request: ApiRequest): unknown {
    const applicant = this.#applicant(text(parametersOf(request), 'applicantId', 'api-applicant-status'));
    const { switches } = this.#state;
    const shown = this.#statusOf(applicant, request.now);
    const isReviewed = shown === 'Reviewed';
    const details = this.#detailsOf(applicant);
    const images = this.#images(applicant.applicantId).filter((image) => image.isActive === 1);
    const listing = switches['personr.documentsListing'];
    const types = images.map((image) => image.docType);
    const isListed = listing !== 'after_review' || isReviewed;
    const country = images.find((image) => image.docType !== 'SELFIE')?.country ?? '';
    return {
      status: 'success',
      response: {
        applicantStatus: shown,
        applicantActionStatus: isReviewed ? 'Reviewed' : 'Pending',
        ...this.#result(applicant, isReviewed),
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

  #result(applicant: ApplicantRow, isReviewed: boolean): { result?: unknown } {
    const { switches } = this.#state;
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
    const isRejected = applicant.outcome === 'retry' || applicant.outcome === 'final';
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

  #statusOf(applicant: ApplicantRow, now: number): string {
    if (applicant.startedAt === null || applicant.pendingAt === null || applicant.reviewedAt === null) return 'Created';
    if (now < applicant.pendingAt) return 'Pre-Checked';
    if (now < applicant.reviewedAt) return 'Pending';
    if (applicant.outcome === 'hold') return this.#state.switches['personr.onHold'];
    const [kind, value] = (applicant.outcome ?? '').split('=', 2);
    return kind === 'status' && value !== undefined ? value : 'Reviewed';
  }

  #details(request: ApiRequest): unknown {
    const applicant = this.#applicant(text(parametersOf(request), 'applicantId', 'api-applicant-details'));
    const { email, phone, nameFirst, nameLast } = this.#detailsOf(applicant);
    const status = this.#statusOf(applicant, request.now);
    return {
      status: 'success',
      response: { email, phone, nameFirst, nameLast, tags: [], flowName: applicant.flowName, status },
    };
  }

  #link(request: ApiRequest): unknown {
    const parameters = parametersOf(request);
    const field = this.#state.switches['personr.linkField'];
    const name = field === 'both' ? (Object.hasOwn(parameters, 'applicant') ? 'applicant' : 'applicantId') : field;
    const applicant = this.#applicant(text(parameters, name, 'api-verificationlink-create'));
    // Nobody is ever sent to the real host from practice.
    const link = `${request.origin}/personr/verification/${applicant.applicantId}`;
    return { status: 'success', response: { verificationLink: link, customLink: link } };
  }

  #changeWorkspace(request: ApiRequest, user: { owner: string; workspace: string }): unknown {
    const workspace = text(parametersOf(request), 'workspace', 'api-change-workspace');
    const isKnown = WORKSPACES.includes(workspace);
    if (!isKnown && this.#state.switches['personr.unknownWorkspace'] === 'reject') {
      throw notRun('The workspace does not exist.');
    }
    if (isKnown) {
      this.#state.db.run('UPDATE personr_users SET workspace = ? WHERE email_sha256 = ?', [workspace, user.owner]);
    }
    return { status: 'success', response: { currentWorkspace: isKnown ? workspace : user.workspace } };
  }

  #applicant(applicantId: string): ApplicantRow {
    const row = this.#state.db.get<ApplicantRow>(
      `SELECT applicant_id AS applicantId, flow_name AS flowName, details_sealed AS detailsSealed,
         created_at AS createdAt, checks_used AS checksUsed, started_at AS startedAt, pending_at AS pendingAt,
         reviewed_at AS reviewedAt, outcome, reject_labels AS rejectLabels
       FROM applicants WHERE applicant_id = ?`,
      [applicantId],
    );
    if (row !== undefined) return row;
    const refusals = {
      not_run: () => notRun('The applicant does not exist.'),
      status_code_message: () => coded(400, 'Error: applicant not found.'),
      not_found: () => platform(404, 'NOT_FOUND', 'The applicant does not exist.'),
    };
    throw refusals[this.#state.switches['personr.unknownApplicantBody']]();
  }

  #images(applicantId: string): ImageRow[] {
    return this.#state.db.all<ImageRow>(
      `SELECT sha256, doc_type AS docType, doc_sub_type AS docSubType, country, decision, is_active AS isActive
       FROM stored_files WHERE owner_id = ? ORDER BY sequence`,
      [applicantId],
    );
  }

  #detailsOf(applicant: ApplicantRow) {
    const opened = this.#state.open(applicant.detailsSealed);
    const saved: Parameters = isRecord(opened) ? opened : {};
    const field = (key: string): string => (typeof saved[key] === 'string' ? saved[key] : '');
    const list = saved['externalUserId'];
    return {
      email: field('email'),
      phone: field('phone'),
      nameFirst: field('nameFirst'),
      nameLast: field('nameLast'),
      sourceKey: field('sourceKey'),
      externalUserId: Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [],
    };
  }
}

function missing(workflow: string, name: string): string {
  return `Missing parameter for workflow ${workflow}: parameter ${name}`;
}

function parametersOf(request: ApiRequest): Parameters {
  if (request.body.form === 'none') return {};
  if (request.body.form === 'broken') throw platform(400, 'INVALID_DATA', 'The request body could not be read');
  return isRecord(request.body.value) ? request.body.value : {};
}

function text(parameters: Parameters, name: string, workflow: string): string {
  const value = optionalText(parameters, name, workflow);
  if (value === '') throw platform(400, 'MISSING_DATA', missing(workflow, name));
  return value;
}

function optionalText(parameters: Parameters, name: string, workflow: string): string {
  const value = parameters[name] ?? '';
  if (typeof value !== 'string') {
    throw platform(400, 'INVALID_DATA', `Invalid value for parameter ${name} of workflow ${workflow}`);
  }
  return value;
}

/** A JSON array, or (in a form) the text of one. */
function textList(parameters: Parameters, name: string, workflow: string): string[] {
  const value = parameters[name] ?? [];
  let list: unknown = value;
  if (typeof value === 'string') {
    try {
      list = value === '' ? [] : JSON.parse(value);
    } catch {
      list = null;
    }
  }
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) {
    throw platform(400, 'INVALID_DATA', `Invalid value for parameter ${name} of workflow ${workflow}`);
  }
  return list;
}

/** `docFile` as `{filename, contents}`, or as the file part of a form. */
function uploadedFile(parameters: Parameters, workflow: string): ReceivedFile {
  const value = parameters['docFile'];
  if (isReceivedFile(value)) return value;
  if (!isRecord(value)) throw platform(400, 'MISSING_DATA', missing(workflow, 'docFile'));
  const fileName = value['filename'];
  if (typeof fileName !== 'string' || fileName === '') {
    throw platform(400, 'MISSING_DATA', missing(workflow, 'docFile filename'));
  }
  const file = fileOf(value['contents']);
  if (file === null) throw platform(400, 'MISSING_DATA', missing(workflow, 'docFile contents'));
  return { fileName, digest: file.digest };
}
