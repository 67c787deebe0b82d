import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import type { WritableDatabase } from '../database/index.ts';
import type { FileDigest } from './files.ts';
import { isSwitchName, resolveSwitches, type SwitchValues } from './switches.ts';

/** The providers whose APIs are here; each has its own path below the server's address. */
export const APIS = ['persona', 'personr', 'sumsub'] as const;
export type Api = (typeof APIS)[number];

/** `length` random bytes; `node:crypto`'s randomBytes, or a seeded one in a test. */
export type RandomBytes = (length: number) => Uint8Array;

export interface ReceivedRequest {
  readonly requestId: string;
  readonly at: number;
  readonly api: Api;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly fault: string | null;
  readonly idempotencyKey: string | null;
  readonly isReplay: boolean;
  readonly bodyBytes: number;
  readonly bodySha256: string;
  readonly files: readonly { sha256: string; byteLength: number; mediaType: string }[];
}

/** The server's own count, by which "exactly once" is proved. */
export interface FileCount {
  readonly sha256: string;
  readonly byteLength: number;
  /** Complete requests that carried these bytes. */
  readonly received: number;
  /** Documents and applicants that hold them. */
  readonly stored: number;
}

/** What each provider holds, oldest first. */
export interface PracticeRecords {
  readonly documents: readonly { id: string; kind: string; isSubmitted: boolean; files: readonly string[] }[];
  readonly applicants: readonly {
    id: string;
    externalUserId: unknown;
    workspace: string;
    checksUsed: number;
    images: readonly string[];
    /** Of a company: the applicants who own or direct it. */
    owners: readonly string[];
  }[];
}

/** The decisions that a marker in a document, or a test, may ask for. */
export const DECISION_FORM =
  /^(accept|errored|hold|(reject|final|status|upload-error|upload-warning)=[A-Za-z0-9_,.-]{1,80})$/;

const WINDOW_MS = 60_000;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALPHANUMERIC = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What both APIs share: switches, sealed text, the rate window, ids, and the record of what arrived. */
export class PracticeState {
  readonly db: WritableDatabase;
  readonly #random: RandomBytes;
  readonly #key: Buffer;
  #switches: SwitchValues;

  /**
   * `sealingKey` (32 bytes) encrypts whatever a customer's data may be part of. Without one the key lies in the practice
   * file itself: then a glance at the file shows nothing, but whoever has the file can open it.
   */
  constructor(
    db: WritableDatabase,
    random: RandomBytes,
    options: { sealingKey?: Uint8Array; switches?: Readonly<Record<string, unknown>> },
  ) {
    this.db = db;
    this.#random = random;
    const secret =
      options.sealingKey ??
      Buffer.from(
        this.setting('key', () => this.hex(32)),
        'hex',
      );
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'satchel practice sealing', 32));
    this.#switches = resolveSwitches({ ...this.#savedSwitches(), ...options.switches });
  }

  get switches(): SwitchValues {
    return this.#switches;
  }

  /** Sets switches for good (they survive a restart). Throws `RangeError` for a name or value that does not exist. */
  setSwitches(overrides: Readonly<Record<string, unknown>>): void {
    const saved = { ...this.#savedSwitches(), ...overrides };
    this.#switches = resolveSwitches(saved);
    this.saveSetting('switches', JSON.stringify(saved));
  }

  setting(name: string, make: () => string): string {
    const row = this.db.get<{ value: string }>('SELECT value FROM settings WHERE name = ?', [name]);
    if (row !== undefined) return row.value;
    const value = make();
    this.saveSetting(name, value);
    return value;
  }

  saveSetting(name: string, value: string): void {
    this.db.transaction((db) => {
      db.run(
        'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        [name, value],
      );
    });
  }

  seal(value: unknown): Uint8Array {
    const nonce = this.#random(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  }

  /** The sealed value, or null when it was sealed with another key (a key store that was lost). */
  open(sealed: Uint8Array): unknown {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return JSON.parse(text.toString('utf8'));
    } catch {
      return null;
    }
  }

  hex(bytes: number): string {
    return Buffer.from(this.#random(bytes)).toString('hex');
  }

  /** Persona's form: a prefix and opaque letters, `doc_…`. */
  prefixedId(prefix: string): string {
    return prefix + [...this.#random(24)].map((byte) => ALPHANUMERIC[byte % ALPHANUMERIC.length]).join('');
  }

  /** Personr's form: milliseconds, `x`, 18 digits. */
  numberedId(now: number): string {
    return `${now}x${[...this.#random(18)].map((byte) => byte % 10).join('')}`;
  }

  /** A whole number of milliseconds from `minimum` to `maximum`. */
  between(minimum: number, maximum: number): number {
    const fraction = Buffer.from(this.#random(4)).readUInt32BE(0) / 2 ** 32;
    return minimum + Math.floor(fraction * (Math.max(minimum, maximum) - minimum + 1));
  }

  /** Counts one request in the fixed window, which starts with the first request after the last window's end. */
  countRequest(api: Api, limit: number, now: number): { isExceeded: boolean; remaining: number; resetSeconds: number } {
    const row = this.db.get<{ startedAt: number; used: number }>(
      'SELECT started_at AS startedAt, used FROM rate_windows WHERE api = ?',
      [api],
    );
    const isSameWindow = row !== undefined && now >= row.startedAt && now < row.startedAt + WINDOW_MS;
    const startedAt = isSameWindow ? row.startedAt : now;
    const used = (isSameWindow ? row.used : 0) + 1;
    this.db.run(
      `INSERT INTO rate_windows (api, started_at, used) VALUES (?, ?, ?)
       ON CONFLICT (api) DO UPDATE SET started_at = excluded.started_at, used = excluded.used`,
      [api, startedAt, used],
    );
    return {
      isExceeded: used > limit,
      remaining: Math.max(0, limit - used),
      resetSeconds: Math.ceil((startedAt + WINDOW_MS - now) / 1000),
    };
  }

  /** Answers the id under which the file is kept. */
  storeFile(file: {
    ownerId: string;
    now: number;
    digest: FileDigest;
    fileName: string;
    decision: string | null;
    docType?: string;
    docSubType?: string | null;
    country?: string;
    isActive?: boolean;
  }): string {
    const fileId = this.prefixedId('docf_');
    this.db.run(
      `INSERT INTO stored_files (file_id, owner_id, at, sha256, byte_length, media_type, file_name_sealed, decision,
         doc_type, doc_sub_type, country, is_active)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        fileId,
        file.ownerId,
        file.now,
        file.digest.sha256,
        file.digest.byteLength,
        file.digest.mediaType,
        this.seal(file.fileName),
        file.decision,
        file.docType ?? null,
        file.docSubType ?? null,
        file.country ?? null,
        file.isActive === false ? 0 : 1,
      ],
    );
    return fileId;
  }

  addNextDecision(api: Api, decision: string): void {
    this.db.transaction((db) => {
      db.run('INSERT INTO next_decisions (api, decision) VALUES (?, ?)', [api, decision]);
    });
  }

  /** Whether every new document is held until a person decides it, whatever its bytes say. */
  get isHolding(): boolean {
    return this.setting('holding', () => 'no') === 'yes';
  }

  setHolding(isHolding: boolean): void {
    this.saveSetting('holding', isHolding ? 'yes' : 'no');
  }

  /** The decision that a test or a person set for the next document, used up by this call; or the standing one. */
  takeNextDecision(api: Api): string | null {
    const row = this.db.runReturning<{ decision: string }>(
      `DELETE FROM next_decisions WHERE sequence = (SELECT min(sequence) FROM next_decisions WHERE api = ?)
       RETURNING decision`,
      [api],
    );
    return row?.decision ?? (this.isHolding ? 'hold' : null);
  }

  recordRequest(request: ReceivedRequest): void {
    const row = this.db.runReturning<{ sequence: number }>(
      `INSERT INTO requests (request_id, at, api, method, path, status, fault, idempotency_key, is_replay, body_bytes,
         body_sha256)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING sequence`,
      [
        request.requestId,
        request.at,
        request.api,
        request.method,
        request.path,
        request.status,
        request.fault,
        request.idempotencyKey,
        request.isReplay ? 1 : 0,
        request.bodyBytes,
        request.bodySha256,
      ],
    );
    for (const file of request.files) {
      this.db.run('INSERT INTO request_files (request_sequence, sha256, byte_length, media_type) VALUES (?, ?, ?, ?)', [
        row?.sequence ?? 0,
        file.sha256,
        file.byteLength,
        file.mediaType,
      ]);
    }
  }

  requests(): ReceivedRequest[] {
    const files = this.db.all<{ requestSequence: number; sha256: string; byteLength: number; mediaType: string }>(
      `SELECT request_sequence AS requestSequence, sha256, byte_length AS byteLength, media_type AS mediaType
       FROM request_files ORDER BY rowid`,
    );
    const filesOf = Map.groupBy(files, (file) => file.requestSequence);
    return this.db
      .all<Omit<ReceivedRequest, 'isReplay' | 'files'> & { sequence: number; isReplay: number }>(
        `SELECT sequence, request_id AS requestId, at, api, method, path, status, fault,
           idempotency_key AS idempotencyKey, is_replay AS isReplay, body_bytes AS bodyBytes, body_sha256 AS bodySha256
         FROM requests ORDER BY sequence`,
      )
      .map(({ sequence, isReplay, ...request }) => ({
        ...request,
        isReplay: isReplay === 1,
        files: (filesOf.get(sequence) ?? []).map((file) => ({
          sha256: file.sha256,
          byteLength: file.byteLength,
          mediaType: file.mediaType,
        })),
      }));
  }

  fileCounts(): FileCount[] {
    return this.db.all<{ sha256: string; byteLength: number; received: number; stored: number }>(
      `SELECT r.sha256, max(r.byte_length) AS byteLength, count(*) AS received,
         (SELECT count(*) FROM stored_files s WHERE s.sha256 = r.sha256) AS stored
       FROM request_files r GROUP BY r.sha256 ORDER BY min(r.rowid)`,
    );
  }

  /** What a person sees in each provider's dashboard. */
  records(): PracticeRecords {
    const hashes = (ownerId: string): string[] =>
      this.db
        .all<{ sha256: string }>('SELECT sha256 FROM stored_files WHERE owner_id = ? ORDER BY sequence', [ownerId])
        .map(({ sha256: hash }) => hash);
    const ownersOf = (entityId: string): string[] =>
      this.db
        .all<{ id: string }>('SELECT owner_id AS id FROM personr_owners WHERE entity_id = ? ORDER BY sequence', [
          entityId,
        ])
        .map(({ id }) => id);
    return {
      documents: this.db
        .all<{ id: string; kind: string; submittedAt: number | null }>(
          'SELECT document_id AS id, kind, submitted_at AS submittedAt FROM documents ORDER BY created_at, document_id',
        )
        .map(({ id, kind, submittedAt }) => ({ id, kind, isSubmitted: submittedAt !== null, files: hashes(id) })),
      applicants: this.db
        .all<{ id: string; sealed: Uint8Array; checksUsed: number; workspace: string }>(
          `SELECT applicant_id AS id, details_sealed AS sealed, checks_used AS checksUsed, workspace FROM applicants
           ORDER BY created_at, applicant_id`,
        )
        .map(({ id, sealed, checksUsed, workspace }) => {
          const details = this.open(sealed);
          const isShown = typeof details === 'object' && details !== null && 'externalUserId' in details;
          const externalUserId = isShown ? details.externalUserId : [];
          return { id, externalUserId, workspace, checksUsed, images: hashes(id), owners: ownersOf(id) };
        }),
    };
  }

  /** Somebody deleted a record at the provider, with its files. */
  forget(id: string): void {
    this.db.transaction((db) => {
      let gone = 0;
      for (const [table, key] of [
        ['documents', 'document_id'],
        ['applicants', 'applicant_id'],
        ['inquiries', 'inquiry_id'],
        ['transactions', 'transaction_id'],
        ['accounts', 'account_id'],
      ]) {
        gone += db.run(`DELETE FROM ${table} WHERE ${key} = ?`, [id]).changes;
      }
      if (gone === 0) throw new RangeError('there is no record with this id');
      db.run('DELETE FROM stored_files WHERE owner_id = ?', [id]);
      db.run('DELETE FROM personr_owners WHERE entity_id = ? OR owner_id = ?', [id, id]);
      db.run('DELETE FROM sumsub_references WHERE applicant_id = ?', [id]);
    });
  }

  /** Forgets everything but its key, port and the switches' defaults. */
  reset(): void {
    this.db.transaction((db) => {
      for (const table of [
        'request_files',
        'requests',
        'stored_files',
        'documents',
        'inquiries',
        'accounts',
        'transactions',
        'idempotency',
        'rate_windows',
        'personr_users',
        'personr_owners',
        'applicants',
        'sumsub_references',
        'next_decisions',
      ]) {
        db.run(`DELETE FROM ${table}`);
      }
      db.run("DELETE FROM settings WHERE name IN ('switches', 'holding')");
    });
    this.#switches = resolveSwitches({});
  }

  #savedSwitches(): Record<string, unknown> {
    const row = this.db.get<{ value: string }>("SELECT value FROM settings WHERE name = 'switches'");
    const saved: unknown = row === undefined ? {} : JSON.parse(row.value);
    if (typeof saved !== 'object' || saved === null) return {};
    // A switch that an earlier version had is left behind.
    return Object.fromEntries(Object.entries(saved).filter(([name]) => isSwitchName(name)));
  }
}
