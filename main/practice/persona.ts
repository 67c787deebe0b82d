import { createHash, createHmac } from 'node:crypto';
import { header, type ApiAnswer, type ApiRequest } from './answer.ts';
import { fileOf, isReceivedFile, isRecord, type ReceivedFile } from './body.ts';
import { inflect, isInflection, toKebab, type Inflection } from './inflection.ts';
import { DECISION_FORM, type PracticeState } from './state.ts';

/** Versions of the official specification's list, and the newest default of the documentation. */
const VERSIONS: readonly string[] = [
  '2026-09-29',
  '2025-12-08',
  '2025-10-27',
  '2023-01-05',
  '2022-09-01',
  '2021-08-18',
  '2021-07-05',
  '2021-02-21',
  '2020-05-18',
];

const ENVIRONMENT_ID = 'env_practicePracticePractice';
const ORGANIZATION_ID = 'org_practicePracticePractice';
const HOUR_MS = 3_600_000;

interface PersonaError {
  readonly title: string;
  readonly details?: string;
  readonly source?: { readonly pointer: string };
  readonly meta?: Readonly<Record<string, unknown>>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

interface DocumentRow {
  readonly documentId: string;
  readonly kind: string;
  readonly fieldsSealed: Uint8Array;
  readonly decision: string | null;
  readonly createdAt: number;
  readonly submittedAt: number | null;
  readonly decidedAt: number | null;
}

interface FileRow {
  readonly fileId: string;
  readonly byteLength: number;
  readonly fileNameSealed: Uint8Array;
}

function failure(status: number, ...errors: PersonaError[]): Reply {
  return { status, body: { errors } };
}

/** The documented body for a status, used when the fault script asks for it. */
function documentedFailure(status: number): Reply {
  const errors: Record<number, PersonaError> = {
    400: { title: 'Bad Request', details: 'data.attributes.kind is missing' },
    401: { title: 'Token is invalid' },
    403: { title: 'Forbidden', details: 'This environment is inactive.' },
    404: { title: 'Record not found' },
    408: { title: 'Request Timeout' },
    409: { title: 'Conflict', details: 'Stale object error: the record was just modified, try again.' },
    410: { title: 'Gone' },
    422: {
      title: 'Record invalid',
      details: 'File must be under 1000 bytes',
      source: { pointer: '/data/attributes/files' },
    },
    429: { title: 'Rate limit exceeded', details: 'Exceeded the limit of 300 requests / min' },
    503: { title: 'Service unavailable' },
  };
  return failure(status, errors[status] ?? { title: 'Internal server error' });
}

const withdrawn = { '403': 'Forbidden', '404': 'Not found', '410': 'Gone' } as const;

/** Persona's API v1 as far as a branch needs it: generic documents, a rate-limit read, an empty list of inquiries. */
export class PersonaApi {
  readonly #state: PracticeState;
  readonly #apiKeys: () => readonly string[];

  constructor(state: PracticeState, apiKeys: () => readonly string[]) {
    this.#state = state;
    this.#apiKeys = apiKeys;
  }

  /** Runs inside the caller's transaction, which also records the request. */
  handle(request: ApiRequest): ApiAnswer {
    const bearer = /^Bearer (.+)$/.exec(header(request.headers, 'authorization') ?? '')?.[1];
    // A refused credential and an exceeded rate are decided before idempotency: neither is saved for the key.
    if (bearer === undefined) {
      return answer(failure(401, { title: 'Must be authenticated to access this endpoint' }), {});
    }
    if (!this.#apiKeys().includes(bearer) || request.forcedStatus === 401) return answer(documentedFailure(401), {});
    const { switches } = this.#state;
    const limit = switches['persona.rateLimitPerMinute'];
    const rate = this.#state.countRequest('persona', limit, request.now);
    const headers = {
      'Request-Id': request.requestId,
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': String(rate.remaining),
      'RateLimit-Reset': String(rate.resetSeconds),
      'Persona-Environment-Id': ENVIRONMENT_ID,
      'Persona-Organization-Id': ORGANIZATION_ID,
    };
    if (rate.isExceeded || request.forcedStatus === 429) {
      const details = `Exceeded the limit of ${limit} requests / min`;
      return answer(failure(429, { title: 'Rate limit exceeded', details }), headers);
    }
    // A gateway's own answers never reach the idempotency layer behind it.
    if (request.forcedStatus !== null && [502, 503, 504].includes(request.forcedStatus)) {
      return answer(documentedFailure(request.forcedStatus), headers);
    }
    return this.#idempotent(request, headers);
  }

  /**
   * A file's address: practice keeps no bytes, so a living address answers 404 and says why; what matters is that a dead
   * one is told apart.
   */
  handleFile(token: string, now: number): ApiAnswer {
    const [fileId = '', expires = '', signature = ''] = token.split('.');
    if (signature === this.#signature(fileId, expires) && Number(expires) > now) {
      return answer(
        failure(404, { title: 'Record not found', details: 'The practice server keeps no file bytes.' }),
        {},
      );
    }
    return answer(documentedFailure(Number(this.#state.switches['persona.expiredFileToken'])), {});
  }

  #idempotent(request: ApiRequest, headers: Readonly<Record<string, string>>): ApiAnswer {
    const { switches, db } = this.#state;
    const key = header(request.headers, 'idempotency-key');
    const honours =
      request.method === 'POST' || (request.method === 'PATCH' && switches['persona.idempotencyPatch'] === 'honoured');
    if (key === null || key === '' || !honours) return answer(this.#work(request), headers);
    if (request.isConcurrent) {
      const details = 'A request with this idempotency key is in progress.';
      return answer(failure(409, { title: 'Conflict', details }), headers);
    }
    db.run('DELETE FROM idempotency WHERE created_at <= ?', [
      request.now - switches['persona.idempotencyKeepHours'] * HOUR_MS,
    ]);
    const fingerprint = createHash('sha256')
      .update(`${request.method} ${request.path}?${request.query.toString()}\n${request.bodySha256}`)
      .digest('hex');
    const saved = db.get<{ fingerprint: string; status: number; bodySealed: Uint8Array; requestId: string }>(
      'SELECT fingerprint, status, body_sealed AS bodySealed, request_id AS requestId FROM idempotency WHERE key = ?',
      [key],
    );
    if (saved === undefined) {
      const reply = this.#work(request);
      db.run(
        'INSERT INTO idempotency (key, fingerprint, status, body_sealed, request_id, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        [key, fingerprint, reply.status, this.#state.seal(reply.body), request.requestId, request.now],
      );
      return answer(reply, headers);
    }
    if (saved.fingerprint !== fingerprint) {
      const details = 'The idempotency key was used before with other parameters.';
      return answer(
        failure(Number(switches['persona.idempotencyMismatch']), { title: 'Idempotency error', details }),
        headers,
      );
    }
    const { 'Request-Id': own = '', ...others } = headers;
    const replayId = { first: saved.requestId, new: own, absent: null }[switches['persona.idempotencyReplayRequestId']];
    return {
      status: saved.status,
      headers: replayId === null ? others : { ...others, 'Request-Id': replayId },
      body: this.#state.open(saved.bodySealed),
      isReplay: true,
    };
  }

  #work(request: ApiRequest): Reply {
    const { switches } = this.#state;
    const wanted = header(request.headers, 'persona-version');
    if (wanted !== null && !VERSIONS.includes(wanted) && switches['persona.invalidVersion'] === '400') {
      return failure(400, { title: 'Bad Request', details: 'Persona-Version is not a known version' });
    }
    const version = wanted !== null && VERSIONS.includes(wanted) ? wanted : switches['persona.keyVersion'];
    const casing = header(request.headers, 'key-inflection') ?? '';
    const inflection: Inflection = isInflection(casing) ? casing : switches['persona.keyInflection'];
    const reply =
      request.forcedStatus === null ? this.#route(request, version) : documentedFailure(request.forcedStatus);
    return { status: reply.status, body: inflect(reply.body, inflection) };
  }

  #route(request: ApiRequest, version: string): Reply {
    const { method, path } = request;
    const generic = /^\/document\/generics(?:\/([^/]+)(\/submit)?)?$/.exec(path);
    const [, documentId, submit] = generic ?? [];
    if (generic !== null && method !== 'GET') {
      const mode = this.#state.switches['persona.documentWrites'];
      if (mode !== 'work') return failure(Number(mode), { title: withdrawn[mode] });
      if (method === 'POST' && documentId === undefined) return this.#create(request, version);
      if (method === 'PATCH' && documentId !== undefined && submit === undefined) {
        return this.#update(documentId, request, version);
      }
      if (method === 'POST' && documentId !== undefined && submit !== undefined) {
        return this.#submit(documentId, request, version);
      }
    }
    const readable = /^\/(?:document\/generics|documents)\/([^/]+)$/.exec(path)?.[1];
    if (method === 'GET' && readable !== undefined) {
      const row = this.#document(readable);
      return row === undefined ? notFound() : this.#show(200, row, request, version);
    }
    if (method === 'GET' && path === '/rate-limits') return this.#rateLimits(request);
    if (method === 'GET' && path === '/inquiries') return this.#inquiries(request);
    return notFound();
  }

  #create(request: ApiRequest, version: string): Reply {
    const attributes = this.#attributes(request, ['kind', 'inquiry-id', 'account-id', 'files']);
    if ('status' in attributes) return attributes;
    const { kind } = attributes.values;
    const problem = kindProblem(kind, true);
    if (problem !== null) return problem;
    for (const name of ['inquiry-id', 'account-id'] as const) {
      const value = attributes.values[name];
      if (value === undefined || value === null) continue;
      const snake = name.replace('-', '_');
      if (typeof value !== 'string') return badRequest(`data.attributes.${snake} must be a string`);
      // Practice has neither inquiries nor accounts.
      return failure(404, { title: 'Record not found', details: `data.attributes.${snake} is not found` });
    }
    const files = this.#files(attributes.values['files']);
    if ('status' in files) return files;
    const documentId = this.#state.prefixedId('doc_');
    this.#state.db.run('INSERT INTO documents (document_id, kind, fields_sealed, created_at) VALUES (?, ?, ?, ?)', [
      documentId,
      String(kind),
      this.#state.seal({}),
      request.now,
    ]);
    this.#attach(documentId, files.list, request.now);
    return this.#showById(201, documentId, request, version);
  }

  #update(documentId: string, request: ApiRequest, version: string): Reply {
    const row = this.#document(documentId);
    if (row === undefined) return notFound();
    if (row.submittedAt !== null) return this.#notInitiated('persona.updateAfterSubmit');
    const attributes = this.#attributes(request, ['kind', 'files', 'fields']);
    if ('status' in attributes) return attributes;
    const { kind, fields } = attributes.values;
    const problem = kindProblem(kind, false);
    if (problem !== null) return problem;
    if (fields !== undefined && fields !== null && !isRecord(fields)) {
      return badRequest('data.attributes.fields must be an object');
    }
    const files = this.#files(attributes.values['files']);
    if ('status' in files) return files;
    const { db, switches } = this.#state;
    if (typeof kind === 'string') db.run('UPDATE documents SET kind = ? WHERE document_id = ?', [kind, documentId]);
    if (isRecord(fields)) {
      db.run('UPDATE documents SET fields_sealed = ? WHERE document_id = ?', [this.#state.seal(fields), documentId]);
    }
    if (Array.isArray(attributes.values['files'])) {
      if (switches['persona.updateFiles'] === 'replace') {
        db.run('DELETE FROM stored_files WHERE owner_id = ?', [documentId]);
        db.run('UPDATE documents SET decision = NULL WHERE document_id = ?', [documentId]);
      }
      this.#attach(documentId, files.list, request.now);
    }
    return this.#showById(200, documentId, request, version);
  }

  #submit(documentId: string, request: ApiRequest, version: string): Reply {
    const row = this.#document(documentId);
    if (row === undefined) return notFound();
    if (row.submittedAt !== null) return this.#notInitiated('persona.submitTwice');
    const { db, switches } = this.#state;
    if (this.#filesOf(documentId).length === 0) {
      const details = 'Document must have files attached to be submitted';
      return failure(Number(switches['persona.submitWithoutFiles']), { title: 'Unprocessable entity', details });
    }
    const decidedAt =
      request.now + this.#state.between(switches['persona.processingMinMs'], switches['persona.processingMaxMs']);
    db.run('UPDATE documents SET submitted_at = ?, decided_at = ? WHERE document_id = ?', [
      request.now,
      decidedAt,
      documentId,
    ]);
    // The answer to a submit always says "submitted", however fast the processing is.
    return this.#showById(200, documentId, request, version, 'submitted');
  }

  #notInitiated(name: 'persona.submitTwice' | 'persona.updateAfterSubmit'): Reply {
    const status = Number(this.#state.switches[name]);
    return failure(status, {
      title: status === 409 ? 'Conflict' : 'Unprocessable entity',
      details: 'Document must be initiated',
    });
  }

  #attributes(
    request: ApiRequest,
    known: readonly string[],
  ): { readonly values: Readonly<Record<string, unknown>> } | Reply {
    if (request.body.form === 'none') return badRequest('data is missing');
    if (request.body.form === 'broken' || request.body.form === 'urlencoded') {
      return badRequest('The request body could not be read');
    }
    const body = toKebab(request.body.value);
    if (!isRecord(body) || body['data'] === undefined) return badRequest('data is missing');
    const { data } = body;
    if (!isRecord(data)) return badRequest('data must be an object');
    const attributes = data['attributes'] ?? {};
    if (!isRecord(attributes)) return badRequest('data.attributes must be an object');
    if (this.#state.switches['persona.unknownAttributes'] === 'reject') {
      const foreign =
        Object.keys(body).find((name) => name !== 'data') ??
        prefixed(
          'data.',
          Object.keys(data).find((name) => name !== 'attributes'),
        ) ??
        prefixed(
          'data.attributes.',
          Object.keys(attributes).find((name) => !known.includes(name)),
        );
      if (foreign !== undefined) return badRequest(`${foreign.replaceAll('-', '_')} is not permitted`);
    }
    return { values: attributes };
  }

  #files(value: unknown): { readonly list: readonly ReceivedFile[] } | Reply {
    if (value === undefined || value === null) return { list: [] };
    if (!Array.isArray(value)) return badRequest('data.attributes.files must be an array');
    const { switches } = this.#state;
    const limit = switches['persona.fileMaxCount'];
    if (limit > 0 && value.length > limit) return invalidFile(`Files must be at most ${limit}`);
    const list: ReceivedFile[] = [];
    for (const [index, item] of value.entries()) {
      const file = this.#file(item, index);
      if ('status' in file) return file;
      list.push(file);
    }
    return { list };
  }

  #file(item: unknown, index: number): ReceivedFile | Reply {
    const where = `data.attributes.files.${index}`;
    const { switches } = this.#state;
    let file: ReceivedFile | null = null;
    if (isReceivedFile(item)) {
      file = item;
    } else if (isRecord(item)) {
      const { data, filename } = item;
      if (data === undefined) return badRequest(`${where}.data is missing`);
      if (typeof filename !== 'string') return badRequest(`${where}.filename is missing`);
      if (filename === '') return badRequest(`${where}.filename must be filled`);
      const foreign = Object.keys(item).find((name) => name !== 'data' && name !== 'filename');
      if (foreign !== undefined && switches['persona.unknownAttributes'] === 'reject') {
        return badRequest(`${where}.${foreign} is not permitted`);
      }
      const received = fileOf(data);
      if (received === null) return badRequest(`${where}.data must be a string`);
      if (!received.digest.isBase64) return badRequest(`${where}.data must be base64`);
      if (received.digest.hasDataPrefix && switches['persona.fileDataUri'] === 'reject') {
        return badRequest(`${where}.data must be base64`);
      }
      file = { fileName: filename, digest: received.digest };
    }
    if (file === null) return badRequest(`${where} must be an object`);
    if (file.digest.byteLength === 0) return invalidFile('File must not be empty');
    const limit = switches['persona.fileMaxBytes'];
    if (limit > 0 && file.digest.byteLength > limit) return invalidFile(`File must be under ${limit} bytes`);
    if (!isAllowed(file.digest.mediaType, switches['persona.fileTypes'])) {
      return invalidFile('File must be an image or a PDF');
    }
    return file;
  }

  #attach(documentId: string, files: readonly ReceivedFile[], now: number): void {
    for (const { digest, fileName } of files) {
      this.#state.storeFile({
        ownerId: documentId,
        now,
        digest,
        fileName: fileName ?? 'file',
        decision: digest.decision,
      });
    }
    if (files.length === 0) return;
    const decision = this.#state.takeNextDecision('persona') ?? worst(files.map((file) => file.digest.decision));
    if (decision !== null) {
      this.#state.db.run('UPDATE documents SET decision = ? WHERE document_id = ?', [decision, documentId]);
    }
  }

  #document(documentId: string): DocumentRow | undefined {
    return this.#state.db.get<DocumentRow>(
      `SELECT document_id AS documentId, kind, fields_sealed AS fieldsSealed, decision, created_at AS createdAt,
         submitted_at AS submittedAt, decided_at AS decidedAt
       FROM documents WHERE document_id = ?`,
      [documentId],
    );
  }

  #filesOf(documentId: string): FileRow[] {
    return this.#state.db.all<FileRow>(
      `SELECT file_id AS fileId, byte_length AS byteLength, file_name_sealed AS fileNameSealed
       FROM stored_files WHERE owner_id = ? ORDER BY sequence`,
      [documentId],
    );
  }

  #status(row: DocumentRow, now: number): string {
    if (row.submittedAt === null) return 'initiated';
    if (row.decidedAt === null || now < row.decidedAt || row.decision === 'hold') return 'submitted';
    const [name, value] = (row.decision ?? '').split('=', 2);
    if (name === 'status' && value !== undefined) return value;
    if (name === '') return this.#state.switches['persona.outcomeWithoutMarker'];
    return name === 'errored' || name === 'reject' || name === 'final' ? 'errored' : 'processed';
  }

  #showById(status: number, documentId: string, request: ApiRequest, version: string, shown?: string): Reply {
    const row = this.#document(documentId);
    return row === undefined ? notFound() : this.#show(status, row, request, version, shown);
  }

  #show(status: number, row: DocumentRow, request: ApiRequest, version: string, shown?: string): Reply {
    const state = shown ?? this.#status(row, request.now);
    const isProcessed = state !== 'initiated' && state !== 'submitted';
    const processedAt = isProcessed && row.decidedAt !== null ? row.decidedAt : null;
    const files = this.#filesOf(row.documentId).map((file) => {
      const name = this.#state.open(file.fileNameSealed);
      const filename = typeof name === 'string' ? name : 'file';
      return { filename, url: this.#fileUrl(file.fileId, filename, request, version), 'byte-size': file.byteLength };
    });
    const extraction = isProcessed ? [] : null;
    const none = { data: null };
    return {
      status,
      body: {
        data: {
          type: 'document/generic',
          id: row.documentId,
          attributes: {
            status: state,
            'created-at': new Date(row.createdAt).toISOString(),
            'processed-at': processedAt === null ? null : new Date(processedAt).toISOString(),
            'processed-at-ts': processedAt === null ? null : Math.floor(processedAt / 1000),
            kind: row.kind,
            files,
            'files-normalized': [],
            ...(version >= '2021-08-18' ? { 'extraction-responses': extraction } : {}),
            'document-type': state === 'processed' ? documentTypeOf(row.kind) : null,
            fields: this.#state.open(row.fieldsSealed) ?? {},
          },
          relationships: {
            inquiry: none,
            template: none,
            'inquiry-template-version': none,
            'inquiry-template': none,
            transaction: none,
            'document-files': { data: [] },
          },
        },
      },
    };
  }

  #fileUrl(fileId: string, fileName: string, request: ApiRequest, version: string): string {
    const expires = String(request.now + this.#state.switches['persona.fileTokenSeconds'] * 1000);
    const token = `${fileId}.${expires}.${this.#signature(fileId, expires)}`;
    const name = encodeURIComponent(fileName);
    return version >= '2023-01-05'
      ? `${request.origin}/persona/files/${name}?access_token=${token}`
      : `${request.origin}/persona/api/v1/files/${token}/${name}`;
  }

  #signature(fileId: string, expires: string): string {
    return createHmac(
      'sha256',
      this.#state.setting('fileTokenSecret', () => this.#state.hex(32)),
    )
      .update(`${fileId}.${expires}`)
      .digest('base64url');
  }

  #rateLimits(request: ApiRequest): Reply {
    const limit = this.#state.switches['persona.rateLimitPerMinute'];
    const row = this.#state.db.get<{ startedAt: number; used: number }>(
      "SELECT started_at AS startedAt, used FROM rate_windows WHERE api = 'persona'",
    );
    const attributes = {
      limit,
      remaining: Math.max(0, limit - (row?.used ?? 0)),
      'seconds-to-reset': Math.ceil(((row?.startedAt ?? request.now) + 60_000 - request.now) / 1000),
    };
    return { status: 200, body: { data: [{ type: 'rate-limit/api', attributes }] } };
  }

  #inquiries(request: ApiRequest): Reply {
    const size = request.query.get('page[size]');
    const isFine = size === null || (/^\d+$/.test(size) && Number(size) >= 1 && Number(size) <= 100);
    if (!isFine && this.#state.switches['persona.pageSizeOutOfRange'] === '400') {
      return badRequest('page.size must be between 1 and 100');
    }
    return { status: 200, body: { data: [], links: { prev: null, next: null } } };
  }
}

function answer(reply: Reply, headers: Readonly<Record<string, string>>): ApiAnswer {
  return { ...reply, headers, isReplay: false };
}

function badRequest(details: string): Reply {
  return failure(400, { title: 'Bad Request', details });
}

function invalidFile(details: string): Reply {
  return failure(422, { title: 'Record invalid', details, source: { pointer: '/data/attributes/files' } });
}

function notFound(): Reply {
  return failure(404, { title: 'Record not found' });
}

function prefixed(prefix: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : prefix + name;
}

function kindProblem(kind: unknown, isRequired: boolean): Reply | null {
  if (kind === undefined) return isRequired ? badRequest('data.attributes.kind is missing') : null;
  if (typeof kind !== 'string') return badRequest('data.attributes.kind must be a string');
  return kind === '' ? badRequest('data.attributes.kind must be filled') : null;
}

function isAllowed(mediaType: string, rule: 'images_and_pdf' | 'jpeg_png_pdf' | 'any'): boolean {
  if (rule === 'any') return true;
  if (rule === 'jpeg_png_pdf') return ['image/jpeg', 'image/png', 'application/pdf'].includes(mediaType);
  return mediaType.startsWith('image/') || mediaType === 'application/pdf';
}

/** The first decision that is not "accept" counts for the whole document. */
function worst(decisions: readonly (string | null)[]): string | null {
  const known = decisions.filter((decision) => decision !== null && DECISION_FORM.test(decision));
  return known.find((decision) => decision !== 'accept') ?? known[0] ?? null;
}

function documentTypeOf(kind: string): string {
  if (kind === 'proof_of_address') return 'standard_utility_bill';
  return kind === 'bank_statement' ? 'bank_statement' : 'other';
}
