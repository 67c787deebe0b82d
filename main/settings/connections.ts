import { z } from 'zod';
import { Environment, Flow, PROVIDER_DESCRIPTORS, ProviderId, StoredPause } from '../../shared/domain/index.ts';
import type { ConnectionEdit, ConnectionInput, ConnectionView, ProviderSettings } from '../../shared/domain/index.ts';
import { connectionNameKey } from '../../shared/domain/practice-flows.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { countRedactions } from '../outbox/index.ts';
import { CredentialMissing } from '../providers/port.ts';
import type { TokenStore } from '../providers/port.ts';
import type { FieldCipher } from '../vault/types.ts';

export interface ConnectionsOptions {
  readonly db: WritableDatabase;
  readonly cipher: FieldCipher;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** A connection without its secrets. */
export interface Connection {
  readonly id: string;
  readonly provider: ProviderId;
  readonly name: string;
  readonly environment: Environment;
  readonly baseUrl: string;
  readonly settings: ProviderSettings;
  readonly flows: readonly Flow[];
  readonly hasCredential: boolean;
  readonly pause: StoredPause | null;
  readonly isRemoved: boolean;
  /** What it has of a customer whose pages are purged is removed there as well. */
  readonly redactsWhenPurged: boolean;
  /** Nobody has said so since an older copy took the place of the database, which may have been made before that was turned on. */
  readonly isRedactionUndecided: boolean;
}

interface Row {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly environment: string;
  readonly base_url: string;
  readonly settings: string;
  readonly flows: string;
  readonly has_credential: number;
  readonly pause: string | null;
  readonly removed_at: number | null;
  readonly redacts_when_purged: number;
  readonly redaction_undecided: number;
}

const COLUMNS = `id, provider, name, environment, base_url, settings, flows, credential_sealed IS NOT NULL AS has_credential,
  pause, removed_at, redacts_when_purged, redaction_undecided`;

/** A secret is bound to its row and column: moved elsewhere in the file it does not open. */
const credentialContext = (id: string): string => `connections/${id}/credential`;
const tokenContext = (id: string): string => `connections/${id}/token`;

/** Every customer who is released or follows reads the flows of few connections; parsing them costs more than reading. */
const flowsCache = new Map<string, readonly Flow[]>();
const MAX_CACHED = 100;

/** By their text, so that what was changed is never told from memory. */
function parseFlows(json: string): readonly Flow[] {
  const cached = flowsCache.get(json);
  if (cached !== undefined) return cached;
  const flows = z.array(Flow).parse(JSON.parse(json));
  if (flowsCache.size >= MAX_CACHED) flowsCache.clear();
  flowsCache.set(json, flows);
  return flows;
}

/** The practice connections belong to the practice server: changing them would only break the lesson. Throws `SatchelFailure`. */
export function assertNotPractice({ environment }: Pick<Connection, 'environment'>): void {
  if (environment !== 'practice') return;
  throw new SatchelFailure({
    code: 'not_allowed',
    message: { code: 'connection.practiceIsFixed' },
    field: 'connectionId',
  });
}

function toConnection(row: Row): Connection {
  const provider = ProviderId.parse(row.provider);
  return {
    id: row.id,
    provider,
    name: row.name,
    environment: Environment.parse(row.environment),
    baseUrl: row.base_url,
    settings: PROVIDER_DESCRIPTORS[provider].settings.parse(JSON.parse(row.settings)),
    flows: parseFlows(row.flows),
    hasCredential: row.has_credential === 1,
    pause: row.pause === null ? null : StoredPause.parse(JSON.parse(row.pause)),
    isRemoved: row.removed_at !== null,
    redactsWhenPurged: row.redacts_when_purged === 1,
    isRedactionUndecided: row.redaction_undecided === 1,
  };
}

const notFound = (): SatchelFailure =>
  new SatchelFailure({ code: 'not_found', message: { code: 'connection.notFound' } });

export type Connections = ReturnType<typeof createConnections>;

/**
 * The provider accounts. Credentials and tokens are sealed before they are stored, and opened only for the call that
 * needs them; neither is ever part of a view.
 */
export function createConnections({ db, cipher, clock, newId }: ConnectionsOptions) {
  /** Minting runs behind this, one at a time per connection. */
  const tokenLocks = new Map<string, Promise<unknown>>();

  function get(id: string): Connection {
    const row = db.get<Row>(`SELECT ${COLUMNS} FROM connections WHERE id = ?`, [id]);
    if (row === undefined) throw notFound();
    return toConnection(row);
  }

  function create(input: ConnectionInput): string {
    const id = newId();
    db.transaction(() => {
      db.run(
        `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, credential_sealed, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          id,
          input.provider,
          input.name,
          input.environment,
          input.baseUrl,
          JSON.stringify(input.settings),
          JSON.stringify(input.flows),
          cipher.seal(JSON.stringify(input.credential), credentialContext(id)),
          clock.now(),
        ],
      );
    });
    return id;
  }

  /** Replaces everything of a connection, as the practice server's is at every start. */
  function replace(id: string, input: ConnectionInput): void {
    const changes = db.transaction(() =>
      db.run(
        `UPDATE connections SET name = ?, environment = ?, base_url = ?, settings = ?, flows = ?, credential_sealed = ?
         WHERE id = ? AND provider = ? AND removed_at IS NULL`,
        [
          input.name,
          input.environment,
          input.baseUrl,
          JSON.stringify(input.settings),
          JSON.stringify(input.flows),
          cipher.seal(JSON.stringify(input.credential), credentialContext(id)),
          id,
          input.provider,
        ],
      ),
    ).changes;
    if (changes === 0) throw notFound();
  }

  /**
   * Writes what may be changed of a connection in use; whoever calls has looked at what that does (main/app/changing.ts). Joins the caller's transaction. A token that
   * another address minted is forgotten.
   */
  function change(id: string, { name, baseUrl, settings, flows }: ConnectionEdit): void {
    db.transaction(() => {
      db.run(
        `UPDATE connections SET name = ?, settings = ?, flows = ?,
           token_sealed = CASE WHEN base_url = ? THEN token_sealed END,
           token_expires_at = CASE WHEN base_url = ? THEN token_expires_at END, base_url = ?
         WHERE id = ?`,
        [name, JSON.stringify(settings), JSON.stringify(flows), baseUrl, baseUrl, baseUrl, id],
      );
    });
  }

  /** Connections that can be used, oldest first. */
  function list(source: ReadableDatabase = db): Connection[] {
    return source
      .all<Row>(`SELECT ${COLUMNS} FROM connections WHERE removed_at IS NULL ORDER BY created_at, id`)
      .map(toConnection);
  }

  function views(): ConnectionView[] {
    return list().map((connection) => ({
      id: connection.id,
      provider: connection.provider,
      name: connection.name,
      nameKey: connectionNameKey(connection),
      environment: connection.environment,
      baseUrl: connection.baseUrl,
      flows: [...connection.flows],
      settings: connection.settings,
      hasCredential: connection.hasCredential,
      pause:
        connection.pause === null
          ? null
          : {
              cause: connection.pause.cause,
              message: connection.pause.message,
              untilMs: connection.pause.untilMs,
              sinceMs: connection.pause.sinceMs,
              failures: connection.pause.failures,
              seen: connection.pause.seen,
            },
    }));
  }

  /** Takes a new credential; a token that the old one minted is forgotten, and a pause for signing in ends. */
  function setCredential(id: string, credential: Readonly<Record<string, string>>): void {
    const connection = get(id);
    const parsed = PROVIDER_DESCRIPTORS[connection.provider].credential.parse(credential);
    db.transaction(() => {
      db.run(
        `UPDATE connections SET credential_sealed = ?, token_sealed = NULL, token_expires_at = NULL,
           pause = CASE WHEN json_extract(pause, '$.cause') = 'sign_in' THEN NULL ELSE pause END
         WHERE id = ?`,
        [cipher.seal(JSON.stringify(parsed), credentialContext(id)), id],
      );
    });
  }

  /** The provider that removes what it has of a purged customer; null: it keeps it. Reads little else, so that little else can be in its way. */
  function redactingProvider(id: string): { readonly provider: ProviderId; readonly settings: unknown } | null {
    const row = db.get<Pick<Row, 'provider' | 'settings'>>(
      'SELECT provider, settings FROM connections WHERE id = ? AND removed_at IS NULL AND redacts_when_purged = 1',
      [id],
    );
    return row === undefined ? null : { provider: ProviderId.parse(row.provider), settings: JSON.parse(row.settings) };
  }

  function setRedaction(id: string, isOn: boolean): void {
    db.transaction(() => {
      db.run('UPDATE connections SET redacts_when_purged = ?, redaction_undecided = 0 WHERE id = ?', [
        isOn ? 1 : 0,
        id,
      ]);
    });
  }

  /** Opens the credential for the time of one call. Throws `CredentialMissing`. */
  function credential(id: string): Readonly<Record<string, string>> {
    const row = db.get<{ provider: string; credential_sealed: Uint8Array | null }>(
      'SELECT provider, credential_sealed FROM connections WHERE id = ?',
      [id],
    );
    if (row === undefined || row.credential_sealed === null) throw new CredentialMissing();
    let opened: string;
    try {
      opened = cipher.open(row.credential_sealed, credentialContext(id));
    } catch {
      // The key store is locked or another one: for the caller that is the same as having no credential.
      throw new CredentialMissing();
    }
    return PROVIDER_DESCRIPTORS[ProviderId.parse(row.provider)].credential.parse(JSON.parse(opened));
  }

  function readToken(id: string): { token: string; expiresAtMs: number } | null {
    const row = db.get<{ token_sealed: Uint8Array | null; token_expires_at: number | null }>(
      'SELECT token_sealed, token_expires_at FROM connections WHERE id = ?',
      [id],
    );
    if (row === undefined || row.token_sealed === null || row.token_expires_at === null) return null;
    try {
      return { token: cipher.open(row.token_sealed, tokenContext(id)), expiresAtMs: row.token_expires_at };
    } catch {
      return null;
    }
  }

  /** The connection's one token. Minting a second at Personr kills the first, so it happens under a lock. */
  function tokens(id: string): TokenStore {
    return {
      read: () => readToken(id),
      async renew(refused, mint) {
        const before = tokenLocks.get(id) ?? Promise.resolve();
        const mine = before.then(async () => {
          const stored = readToken(id);
          if (stored !== null && stored.token !== refused) return stored;
          const minted = await mint();
          db.transaction(() => {
            db.run('UPDATE connections SET token_sealed = ?, token_expires_at = ? WHERE id = ?', [
              cipher.seal(minted.token, tokenContext(id)),
              minted.expiresAtMs,
              id,
            ]);
          });
          return minted;
        });
        // Whoever comes next waits for the end of this one, not for its success.
        const settled = mine.catch(() => {});
        tokenLocks.set(id, settled);
        try {
          return await mine;
        } finally {
          if (tokenLocks.get(id) === settled) tokenLocks.delete(id);
        }
      },
    };
  }

  /**
   * Takes the connection out of use and destroys its secrets; its row stays, because submissions name it. Refused while
   * a submission has not reached its end, and while something is still to be removed at the provider or will be after a purge.
   */
  function remove(id: string): void {
    get(id);
    db.transaction(() => {
      const row = db.get<{ open: number }>(
        `SELECT count(*) AS open FROM submissions
         WHERE connection_id = ? AND voided_at IS NULL AND state NOT IN ('accepted', 'rejected')`,
        [id],
      );
      if ((row?.open ?? 0) > 0) {
        throw new SatchelFailure({
          code: 'conflict',
          message: { code: 'connection.inUse', params: { count: row?.open ?? 0 } },
        });
      }
      const willRedact = db.get(
        `SELECT 1 FROM connections JOIN submissions ON connection_id = connections.id
         WHERE connections.id = ? AND redacts_when_purged = 1 AND purged_at IS NULL LIMIT 1`,
        [id],
      );
      if (willRedact !== undefined) {
        throw new SatchelFailure({ code: 'conflict', message: { code: 'connection.redactsWhenPurged' } });
      }
      const redactions = countRedactions(db, id);
      if (redactions > 0) {
        throw new SatchelFailure({
          code: 'conflict',
          message: { code: 'connection.redacting', params: { count: redactions } },
        });
      }
      db.run(
        `UPDATE connections SET removed_at = ?, credential_sealed = NULL, token_sealed = NULL, token_expires_at = NULL,
           pause = NULL WHERE id = ?`,
        [clock.now(), id],
      );
    });
  }

  /** What a call to this connection's provider needs; null: there is no such connection, or it was removed. */
  function forSync(id: string) {
    const connection = list().find((one) => one.id === id);
    if (connection === undefined) return null;
    return { provider: connection.provider, connection, credential: () => credential(id), tokens: tokens(id) };
  }

  return {
    create,
    replace,
    change,
    get,
    list,
    views,
    setCredential,
    redactingProvider,
    setRedaction,
    credential,
    tokens,
    forSync,
    remove,
  };
}
