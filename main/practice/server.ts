import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { openDatabase } from '../database/index.ts';
import { errorFields, silentLog, type Log } from '../logging/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { PracticeAdmin } from './admin.ts';
import { filesIn, header, type ApiAnswer, type ApiRequest } from './answer.ts';
import { BodyReader, BodyTooLarge, type ParsedBody } from './body.ts';
import { mayCall } from './callers.ts';
import { FaultScript, type FaultAction } from './faults.ts';
import { linkPage } from './link-page.ts';
import { PersonaApi } from './persona/index.ts';
import { PersonrApi } from './personr/index.ts';
import { signerOf, SumsubApi } from './sumsub/index.ts';
import { PRACTICE_APPLICATION_ID, practiceMigrations } from './schema.ts';
import { PracticeState, type Api, type RandomBytes } from './state.ts';
import { sendPageFile, type PracticePage } from './page-files.ts';
import { MAX_BODY_BYTES, pause, readBody, send, sendDamaged, sendFile } from './wire.ts';

export interface PracticeOptions {
  /** The server's own SQLite file; made when it is not there. */
  readonly databaseFile: string;
  /** 0: the port of the last run if it is free, so that saved base URLs stay right; otherwise any. */
  readonly port: number;
  /** True: a port that is taken is an error (with the system's code) and not a reason to take another. */
  readonly isPortFixed?: boolean;
  /** The page for a browser, at `/`; nothing is served there without it. */
  readonly page?: PracticePage;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Values for switches, for this run only; `RangeError` for one that does not exist. */
  readonly switches?: Readonly<Record<string, string | number>>;
  /** 32 bytes that encrypt whatever a customer's data may be part of; see `PracticeState`. */
  readonly sealingKey?: Uint8Array;
  readonly log?: Log;
}

export interface PracticeServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly personaBaseUrl: string;
  readonly personrBaseUrl: string;
  readonly sumsubBaseUrl: string;
  /** For `Authorization: Bearer` on /practice/ calls; new in every run. */
  readonly adminToken: string;
  /** Ends open connections and closes the file. */
  close(): Promise<void>;
}

/** The practice file cannot be used; `reason` is the database room's word for why. */
export class PracticeUnavailable extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`the practice server could not open its file: ${reason}`);
    this.name = 'PracticeUnavailable';
    this.reason = reason;
  }
}

const HOST = '127.0.0.1';
const PERSONA_BASE = '/persona/api/v1';
const KEYED_FILE = /^\/persona\/api\/v1\/files\/([^/]+)\/[^/]+$/;
const PERSONR_BASE = '/personr/api/1.1/wf';
/** What Personr's links lead to, with the applicant's or entity's id. */
const LINK = /^\/personr\/(?:verification|entity-verification)\/([\dx]+)$/;
const SUMSUB_BASE = '/sumsub';
/** Each API's own form of "too large". */
const TOO_LARGE: Readonly<Record<Api, unknown>> = {
  persona: { errors: [{ title: 'Payload too large' }] },
  personr: { statusCode: 413, message: 'Payload too large' },
  sumsub: { code: 413, description: 'Payload too large' },
};
const SIGN_IN_PAGE =
  '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to the guest network</h1>' +
  '<form method="post"><input name="room"><button>Go on</button></form></body></html>';

/** Starts the APIs on loopback. Everything it promised survives a restart with the same file. */
export async function startPracticeServer(options: PracticeOptions): Promise<PracticeServer> {
  const log = options.log ?? silentLog;
  const opened = openDatabase({
    file: options.databaseFile,
    applicationId: PRACTICE_APPLICATION_ID,
    migrations: practiceMigrations,
    clock: options.clock,
    log,
  });
  if (opened.kind === 'refused') throw new PracticeUnavailable(opened.reason);
  try {
    const state = new PracticeState(opened.db, options.random, {
      ...(options.sealingKey === undefined ? {} : { sealingKey: options.sealingKey }),
      ...(options.switches === undefined ? {} : { switches: options.switches }),
    });
    const adminToken = state.hex(32);
    const practice = new Practice(state, options.clock, adminToken, log, options.page ?? null);
    const server = createServer((request, response) => {
      practice.serve(request, response).catch((error: unknown) => {
        log.error('practice.broke', errorFields(error));
        request.socket.destroy();
      });
    });
    // A branch line may take long for one big page; practice waits for it like a provider behind a patient gateway.
    server.requestTimeout = 0;
    const wanted = options.port === 0 ? Number(state.setting('port', () => '0')) : options.port;
    const port = await listen(server, wanted, options.isPortFixed ?? false);
    state.saveSetting('port', String(port));
    practice.port = port;
    const origin = `http://${HOST}:${port}`;
    return {
      port,
      origin,
      personaBaseUrl: origin + PERSONA_BASE,
      personrBaseUrl: origin + PERSONR_BASE,
      sumsubBaseUrl: origin + SUMSUB_BASE,
      adminToken,
      async close() {
        practice.isClosing = true;
        await new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
          server.closeAllConnections();
        });
        opened.close();
      },
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** Listens on the wanted port, or on any when another program has it and the port is not fixed. */
async function listen(server: Server, wanted: number, isFixed: boolean): Promise<number> {
  const attempt = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await attempt(wanted);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (isFixed || wanted === 0 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    await attempt(0);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the practice server has no port');
  return address.port;
}

interface Arrived {
  readonly api: Api;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: ParsedBody;
  readonly bodyBytes: number;
  readonly bodySha256: string;
  readonly expectedSignature: string | null;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

class Practice {
  port = 0;
  isClosing = false;
  readonly #state: PracticeState;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #adminTokenHash: Buffer;
  readonly #page: PracticePage | null;
  readonly #faults = new FaultScript();
  readonly #admin: PracticeAdmin;
  readonly #persona: PersonaApi;
  readonly #personr: PersonrApi;
  readonly #sumsub: SumsubApi;
  /** Idempotency keys being worked on, each with the end of its work. */
  readonly #inFlight = new Map<string, Promise<void>>();

  constructor(state: PracticeState, clock: Clock, adminToken: string, log: Log, page: PracticePage | null) {
    this.#state = state;
    this.#clock = clock;
    this.#log = log;
    this.#adminTokenHash = hashOf(adminToken);
    this.#page = page;
    this.#admin = new PracticeAdmin(state, this.#faults, () => clock.now());
    this.#persona = new PersonaApi(state, () => this.#admin.credentials.personaApiKeys);
    this.#admin.persona = this.#persona;
    this.#personr = new PersonrApi(state, () => this.#admin.credentials.personrUsers);
    this.#sumsub = new SumsubApi(state);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${HOST}:${this.port}`);
    const method = request.method ?? 'GET';
    const { pathname } = url;
    response.setHeader('date', new Date(this.#clock.now()).toUTCString());
    const isPage = this.#page !== null && (this.#page.has(pathname) || pathname.startsWith('/practice/'));
    // The page behind a link has a form of its own.
    const isOfPage = isPage || LINK.test(pathname);
    if (!mayCall(request.headers, { port: this.port, isOfPage })) {
      send(response, 403, {}, { problem: 'this server answers programs on this PC only' });
      return;
    }
    const pageFile = method === 'GET' ? this.#page?.get(pathname) : undefined;
    if (pageFile !== undefined) {
      sendPageFile(response, pageFile);
    } else if (pathname.startsWith('/practice/')) {
      await this.#serveAdmin(request, response, method, pathname.slice('/practice'.length));
    } else if (pathname.startsWith('/persona/files/')) {
      sendFile(response, this.#persona.handleFile(url.searchParams.get('access_token') ?? '', this.#clock.now()));
    } else if (KEYED_FILE.test(pathname)) {
      const token = KEYED_FILE.exec(pathname)?.[1] ?? '';
      const authorization = header(request.headers, 'authorization');
      sendFile(response, this.#persona.handleKeyedFile(token, authorization, this.#clock.now()));
    } else if (pathname.startsWith(`${PERSONA_BASE}/`)) {
      const path = pathname.slice(PERSONA_BASE.length);
      await this.#serveApi(request, response, { api: 'persona', method, path, query: url.searchParams });
    } else if (LINK.test(pathname)) {
      const id = LINK.exec(pathname)?.[1] ?? '';
      const until = url.searchParams.get('until');
      const page = linkPage(this.#state, { id, until, isFinishing: method === 'POST', now: this.#clock.now() });
      response.writeHead(page.status, { 'content-type': 'text/html; charset=utf-8' }).end(page.html);
    } else if (pathname.startsWith(`${PERSONR_BASE}/`)) {
      const path = pathname.slice(PERSONR_BASE.length);
      await this.#serveApi(request, response, { api: 'personr', method, path, query: url.searchParams });
    } else if (pathname.startsWith(`${SUMSUB_BASE}/`)) {
      const path = pathname.slice(SUMSUB_BASE.length);
      await this.#serveApi(request, response, { api: 'sumsub', method, path, query: url.searchParams });
    } else {
      send(
        response,
        404,
        {},
        { problem: 'nothing here: the APIs are under /persona/api/v1, /personr/api/1.1/wf and /sumsub' },
      );
    }
  }

  /** What one request may have; a switch of 0 leaves it at what this server takes. */
  #mostBytes(api: Api): number {
    const limit = api === 'persona' ? this.#state.switches['persona.requestMaxBytes'] : 0;
    return limit === 0 ? MAX_BODY_BYTES : Math.min(limit, MAX_BODY_BYTES);
  }

  async #serveApi(
    request: IncomingMessage,
    response: ServerResponse,
    call: Pick<Arrived, 'api' | 'method' | 'path' | 'query'>,
  ): Promise<void> {
    const fault = this.#faults.take(call);
    const signer = call.api === 'sumsub' ? signerOf(request, this.#admin.credentials.sumsubTokens) : null;
    const reader = new BodyReader({
      contentType: request.headers['content-type'] ?? '',
      maximumBytes: this.#mostBytes(call.api),
      nonce: `file ${this.#state.hex(16)} `,
      signer,
    });
    try {
      const isWhole = await readBody(request, reader, fault?.kind === 'cutAfterBytes' ? fault.bytes : null);
      if (!isWhole) return;
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      response.shouldKeepAlive = false;
      send(response, 413, {}, TOO_LARGE[call.api]);
      return;
    }
    const { body, fingerprint } = reader.end();
    const arrived: Arrived = {
      ...call,
      body,
      bodyBytes: reader.byteLength,
      bodySha256: fingerprint,
      expectedSignature: signer?.digest('hex') ?? null,
    };

    const key = call.api === 'persona' ? header(request.headers, 'idempotency-key') : null;
    const earlier = key === null ? undefined : this.#inFlight.get(key);
    if (earlier !== undefined && this.#state.switches['persona.idempotencyConcurrent'] === 'wait') await earlier;
    const isConcurrent = key !== null && this.#inFlight.has(key);
    const work = Promise.withResolvers<void>();
    const owned = isConcurrent ? null : key;
    if (owned !== null) this.#inFlight.set(owned, work.promise);
    try {
      if (fault?.kind === 'delay') await pause(fault.ms, response);
      if (!this.isClosing) this.#answer(request, response, arrived, fault, isConcurrent);
    } finally {
      if (owned !== null) this.#inFlight.delete(owned);
      work.resolve();
    }
  }

  /** Decides, records and answers; the decision and its record are one transaction. */
  #answer(
    request: IncomingMessage,
    response: ServerResponse,
    arrived: Arrived,
    fault: FaultAction | null,
    isConcurrent: boolean,
  ): void {
    if (fault?.kind === 'resetBeforeStoring') {
      this.#record(arrived, request, null, fault, this.#requestId());
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'silence') {
      this.#record(arrived, request, null, fault, this.#requestId());
      return;
    }
    if (fault?.kind === 'html') {
      this.#record(arrived, request, null, fault, this.#requestId());
      response.writeHead(fault.status, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(SIGN_IN_PAGE);
      return;
    }
    const requestId = this.#requestId();
    const answer = this.#state.db.transaction(() => {
      const worked = this.#work(arrived, request, requestId, isConcurrent, fault);
      this.#record(arrived, request, worked, fault, requestId);
      return worked;
    });
    this.#log.info('practice.answered', {
      api: arrived.api,
      method: arrived.method,
      status: answer.status,
      bodyBytes: arrived.bodyBytes,
      fault: fault?.kind ?? null,
    });
    if (fault?.kind === 'resetAfterStoring') {
      request.socket.resetAndDestroy();
    } else if (fault?.kind === 'status' && fault.afterStoring) {
      send(
        response,
        fault.status,
        { ...answer.headers, ...fault.headers },
        { errors: [{ title: 'Internal server error' }] },
      );
    } else if (fault?.kind === 'status') {
      send(response, answer.status, { ...answer.headers, ...fault.headers }, answer.body);
    } else {
      sendDamaged(request, response, answer, fault);
    }
  }

  #work(
    arrived: Arrived,
    request: IncomingMessage,
    requestId: string,
    isConcurrent: boolean,
    fault: FaultAction | null,
  ): ApiAnswer {
    const apiRequest: ApiRequest = {
      ...arrived,
      requestId,
      now: this.#clock.now(),
      origin: `http://${HOST}:${this.port}`,
      headers: request.headers,
      forcedStatus: fault?.kind === 'status' && !fault.afterStoring ? fault.status : null,
      isConcurrent,
    };
    const apis = { persona: this.#persona, personr: this.#personr, sumsub: this.#sumsub };
    return apis[arrived.api].handle(apiRequest);
  }

  #record(
    arrived: Arrived,
    request: IncomingMessage,
    answer: ApiAnswer | null,
    fault: FaultAction | null,
    requestId: string,
  ): void {
    const value = arrived.body.form === 'none' || arrived.body.form === 'broken' ? null : arrived.body.value;
    this.#state.db.transaction(() => {
      this.#state.recordRequest({
        requestId,
        at: this.#clock.now(),
        api: arrived.api,
        method: arrived.method,
        path: arrived.path,
        status: answer?.status ?? null,
        fault: fault?.kind ?? null,
        idempotencyKey: header(request.headers, 'idempotency-key'),
        isReplay: answer?.isReplay ?? false,
        bodyBytes: arrived.bodyBytes,
        bodySha256: arrived.bodySha256,
        files: filesIn(value),
      });
    });
  }

  #requestId(): string {
    return this.#state.prefixedId('req_');
  }

  async #serveAdmin(request: IncomingMessage, response: ServerResponse, method: string, path: string): Promise<void> {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!timingSafeEqual(hashOf(token), this.#adminTokenHash)) {
      send(response, 401, {}, { problem: 'the admin token is wrong' });
      return;
    }
    const reader = new BodyReader({
      contentType: 'application/json',
      maximumBytes: 1_000_000,
      nonce: this.#state.hex(16),
    });
    await readBody(request, reader, null);
    const { body } = reader.end();
    const reply = this.#admin.handle(method, path, body.form === 'json' ? body.value : {});
    send(response, reply.status, {}, reply.body);
  }
}
