import { createHash } from 'node:crypto';
import { PERSONA_VERSIONS } from '../../../shared/domain/index.ts';
import { header, type ApiAnswer, type ApiRequest } from '../answer.ts';
import type { ListedRecord } from '../board/types.ts';
import { inflect, isInflection, type Inflection } from '../inflection.ts';
import { isRecord } from '../body.ts';
import { standIn, type StandIn } from '../stand-in.ts';
import type { PracticeState } from '../state.ts';
import type { Posting } from '../webhooks.ts';
import { PersonaAccounts } from './accounts.ts';
import { PersonaDocuments } from './documents.ts';
import { PersonaEvents } from './events.ts';
import { PersonaInquiries } from './inquiries.ts';
import { ReceivedFiles } from './received.ts';
import { documentedFailure, failure, notFound, type Reply } from './reply.ts';
import type { PersonaRequest, Resource } from './resource.ts';
import { PersonaTransactions } from './transactions.ts';
import { PersonaVerifications } from './verifications.ts';

const VERSIONS: readonly string[] = PERSONA_VERSIONS;

const ENVIRONMENT_ID = 'env_practicePracticePractice';
const ORGANIZATION_ID = 'org_practicePracticePractice';
const HOUR_MS = 3_600_000;

/**
 * Persona's API v1 as far as a branch needs it: who may call, how often, and once per key; what is asked for is each
 * resource's own.
 */
export class PersonaApi {
  readonly #state: PracticeState;
  readonly #apiKeys: () => readonly string[];
  readonly #files: ReceivedFiles;
  readonly #events: PersonaEvents;
  readonly #resources: readonly Resource[];
  readonly #lists: readonly { listed(now: number, limit: number): ListedRecord[] }[];

  constructor(state: PracticeState, apiKeys: () => readonly string[]) {
    this.#state = state;
    this.#apiKeys = apiKeys;
    this.#files = new ReceivedFiles(state);
    const accounts = new PersonaAccounts(state);
    const inquiries = new PersonaInquiries(state, accounts);
    const documents = new PersonaDocuments(state, this.#files, {
      refusal: (inquiryId, now, mode) => inquiries.refusal(inquiryId, now, mode),
      accountExists: (accountId) => accounts.find(accountId) !== undefined,
    });
    inquiries.documents = documents;
    accounts.documents = documents;
    accounts.inquiries = inquiries;
    const transactions = new PersonaTransactions(state, this.#files, documents);
    this.#events = new PersonaEvents(state, [documents, inquiries, transactions]);
    this.#resources = [
      documents,
      inquiries,
      accounts,
      transactions,
      this.#events,
      new PersonaVerifications(state, documents),
    ];
    this.#lists = [documents, inquiries, accounts, transactions];
  }

  /** What its dashboard lists: the newest `limit` of each kind. */
  listed(now: number, limit: number): ListedRecord[] {
    return this.#lists.flatMap((list) => list.listed(now, limit));
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

  /** A file's address, which needs no API key; behind a living one lies a stand-in, because practice keeps no bytes. */
  handleFile(token: string, now: number): StandIn | ApiAnswer {
    const file = this.#files.behind(token, now);
    if (file === 'dead') return answer(documentedFailure(Number(this.#state.switches['persona.expiredFileToken'])), {});
    return file === 'gone' ? answer(notFound(), {}) : standIn(file.mediaType);
  }

  /** The addresses of versions before 2023-01-05, which lie at the API and want its key. */
  handleKeyedFile(token: string, authorization: string | null, now: number): StandIn | ApiAnswer {
    return this.#apiKeys().some((apiKey) => authorization === `Bearer ${apiKey}`)
      ? this.handleFile(token, now)
      : answer(documentedFailure(401), {});
  }

  /** Events as webhooks say them: in the key's version and casing, and with nothing included (since 2026-01-28, unless it is asked for). */
  postings(from: number, until: number, origin: string): Posting[] {
    const { switches } = this.#state;
    const request: PersonaRequest = {
      requestId: '',
      now: until,
      origin,
      method: 'GET',
      path: '/events',
      query: new URLSearchParams(),
      headers: {},
      body: { form: 'none' },
      bodySha256: '',
      forcedStatus: null,
      expectedSignature: null,
      isConcurrent: false,
      version: switches['persona.keyVersion'],
    };
    return this.#events.since(from, request).map((event) => {
      const { payload, ...attributes } = event.attributes;
      const data = {
        ...event,
        attributes: { ...attributes, payload: { ...(isRecord(payload) ? payload : {}), included: [] } },
      };
      return {
        api: 'persona',
        id: event.id,
        name: String(attributes['name']),
        at: Date.parse(String(attributes['created-at'])),
        body: JSON.stringify(inflect({ data }, switches['persona.keyInflection'])),
      };
    });
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
      request.forcedStatus === null ? this.#route({ ...request, version }) : documentedFailure(request.forcedStatus);
    return { status: reply.status, body: inflect(reply.body, inflection) };
  }

  #route(request: PersonaRequest): Reply {
    if (request.method === 'GET' && request.path === '/rate-limits') return this.#rateLimits(request);
    const redaction = this.#state.switches['persona.redaction'];
    if (request.method === 'DELETE' && redaction !== 'works') {
      return redaction === '403'
        ? failure(403, { title: 'Forbidden', details: 'The API key lacks the permission to redact.' })
        : failure(410, { title: 'Gone', details: 'Redaction is no longer available.' });
    }
    for (const resource of this.#resources) {
      const reply = resource.handle(request);
      if (reply !== null) return reply;
    }
    return notFound();
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
}

function answer(reply: Reply, headers: Readonly<Record<string, string>>): ApiAnswer {
  return { ...reply, headers, isReplay: false };
}
