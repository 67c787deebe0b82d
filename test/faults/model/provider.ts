/**
 * The practice server's three APIs without its sockets: the same handlers over the same tables, asked directly and on true
 * time, which no branch PC's clock changes. What it keeps is the provider's own log.
 */
import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase } from '../../../main/database/index.ts';
import type { OpenedDatabase } from '../../../main/database/index.ts';
import { DEFAULT_CREDENTIALS } from '../../../main/practice/index.ts';
import type { ApiAnswer } from '../../../main/practice/answer.ts';
import { BodyReader } from '../../../main/practice/body.ts';
import { PersonaApi } from '../../../main/practice/persona/index.ts';
import { PersonrApi } from '../../../main/practice/personr/index.ts';
import { PRACTICE_APPLICATION_ID, practiceMigrations } from '../../../main/practice/schema.ts';
import { PracticeState } from '../../../main/practice/state.ts';
import { SumsubApi } from '../../../main/practice/sumsub/index.ts';
import { ProviderId } from '../../../shared/domain/index.ts';

export const ORIGIN = 'http://provider.invalid';
const BASES: Readonly<Record<ProviderId, string>> = {
  persona: `${ORIGIN}/persona/api/v1`,
  personr: `${ORIGIN}/personr/api/1.1/wf`,
  sumsub: `${ORIGIN}/sumsub`,
};

export interface WholeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface StoredFile {
  readonly sha256: string;
  /** A document of Persona's, or an applicant of Personr's or Sumsub's. */
  readonly ownerId: string;
}

export interface Applicant {
  readonly id: string;
  /** Unlike a name it tells one customer from every other. */
  readonly email: string;
  readonly checks: number;
}

/** Bytes that depend on the seed only. */
function seededBytes(seed: number): (length: number) => Uint8Array {
  const key = createHash('sha256').update(`provider ${seed}`).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return (length) => stream.update(Buffer.alloc(length));
}

/** Null: no such token. */
function sumsubSignature(
  { method, url, body }: WholeRequest,
  headers: Readonly<Record<string, string>>,
): string | null {
  const token = DEFAULT_CREDENTIALS.sumsubTokens.find(({ appToken }) => appToken === headers['x-app-token']);
  if (token === undefined) return null;
  const { pathname, search } = new URL(url);
  const signed = `${headers['x-app-access-ts'] ?? ''}${method}${pathname}${search}`;
  return createHmac('sha256', token.secretKey).update(signed).update(body).digest('hex');
}

export class Provider {
  readonly #database: OpenedDatabase;
  readonly #state: PracticeState;
  readonly #apis: Readonly<Record<ProviderId, Pick<PersonaApi, 'handle'>>>;
  readonly #now: () => number;

  constructor(folder: string, seed: number, now: () => number) {
    this.#now = now;
    const opened = openDatabase({
      file: join(folder, 'provider.sqlite3'),
      applicationId: PRACTICE_APPLICATION_ID,
      migrations: practiceMigrations,
      clock: { now, monotonic: now },
    });
    if (opened.kind === 'refused') throw new Error(`the provider's file was refused: ${opened.reason}`);
    this.#database = opened;
    this.#state = new PracticeState(opened.db, seededBytes(seed), {
      switches: {
        // Here a second copy must show, not be refused.
        'personr.duplicateUpload': 'accepted',
        'persona.rateLimitPerMinute': 120,
      },
    });
    this.#apis = {
      persona: new PersonaApi(this.#state, () => DEFAULT_CREDENTIALS.personaApiKeys),
      personr: new PersonrApi(this.#state, () => DEFAULT_CREDENTIALS.personrUsers),
      sumsub: new SumsubApi(this.#state),
    };
  }

  close(): void {
    this.#database.close();
  }

  /** Which of the APIs an address belongs to, and the path below its base. */
  static place(url: string): { api: ProviderId; path: string; query: URLSearchParams } {
    const { searchParams } = new URL(url);
    const api = ProviderId.options.find((id) => url.startsWith(BASES[id])) ?? 'persona';
    return { api, path: new URL(url).pathname.slice(new URL(BASES[api]).pathname.length), query: searchParams };
  }

  /** Carries a whole request out. `forcedStatus`: the API's own answer with this status instead, nothing carried out. */
  handle(request: WholeRequest, forcedStatus: number | null): ApiAnswer {
    const { api, path, query } = Provider.place(request.url);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const expectedSignature = api === 'sumsub' ? sumsubSignature(request, headers) : null;
    // Signed at this PC's time, which the model sets by days: how old a signature may be is tested elsewhere.
    if (api === 'sumsub') headers['x-app-access-ts'] = String(Math.floor(this.#now() / 1000));
    const reader = new BodyReader({
      contentType: headers['content-type'] ?? '',
      maximumBytes: Number.MAX_SAFE_INTEGER,
      nonce: 'file of the model ',
    });
    reader.write(request.body);
    const { body, fingerprint } = reader.end();
    return this.#state.db.transaction(() =>
      this.#apis[api].handle({
        requestId: this.#state.prefixedId('req_'),
        now: this.#now(),
        origin: ORIGIN,
        method: request.method,
        path,
        query,
        headers,
        body,
        bodySha256: fingerprint,
        forcedStatus,
        expectedSignature,
        isConcurrent: false,
      }),
    );
  }

  /** The next document of this API gets this decision. */
  decideNext(api: ProviderId, decision: string): void {
    this.#state.addNextDecision(api, decision);
  }

  files(): StoredFile[] {
    return this.#state.db.all<StoredFile>('SELECT sha256, owner_id AS ownerId FROM stored_files ORDER BY sequence');
  }

  /** Persona's documents that were submitted. */
  submitted(): Set<string> {
    const rows = this.#state.db.all<{ id: string }>(
      'SELECT document_id AS id FROM documents WHERE submitted_at IS NOT NULL',
    );
    return new Set(rows.map(({ id }) => id));
  }

  applicants(): Applicant[] {
    return this.#state.db
      .all<{ id: string; details: Uint8Array; checks: number }>(
        'SELECT applicant_id AS id, details_sealed AS details, checks_used AS checks FROM applicants',
      )
      .map(({ id, details, checks }) => {
        const opened = this.#state.open(details);
        const email = typeof opened === 'object' && opened !== null && 'email' in opened ? String(opened.email) : '';
        return { id, email, checks };
      });
  }
}
