import type { ListedRecord } from '../board/types.ts';
import { isRecord } from '../body.ts';
import { sha256, type PracticeState } from '../state.ts';
import { attributesOf, textOf } from './attributes.ts';
import type { PersonaDocuments } from './documents.ts';
import { filterOf, pageOf } from './pages.ts';
import { badRequest, conflict, isReply, notFound, related, type Reply } from './reply.ts';
import { iso, shown, type PersonaRequest, type Resource, type ResourceObject } from './resource.ts';

interface AccountRow {
  readonly id: string;
  readonly typeId: string | null;
  readonly detailsSealed: Uint8Array;
  readonly createdAt: number;
  readonly redactedAt: number | null;
}

const ROW = `SELECT account_id AS id, type_id AS typeId, details_sealed AS detailsSealed, created_at AS createdAt,
    redacted_at AS redactedAt
  FROM accounts`;

/** Attributes that a request may carry beside its fields, as the official specification lists them. */
const PERSONAL = [
  'name-first',
  'name-middle',
  'name-last',
  'birthdate',
  'country-code',
  'email-address',
  'phone-number',
  'address-street-1',
  'address-street-2',
  'address-city',
  'address-subdivision',
  'address-postal-code',
  'social-security-number',
] as const;
const KNOWN = ['account-type-id', 'account-status', 'reference-id', 'selfie-photo', 'tags', 'fields', ...PERSONAL];

/** From this version on an account shows its personal data inside `fields` only. */
const FIELDS_ONLY_SINCE = '2025-10-27';

/** `/accounts`: list by reference id, create, retrieve, update, redact. */
export class PersonaAccounts implements Resource {
  readonly #state: PracticeState;
  /** Set after construction: they know accounts, and accounts them. */
  documents: PersonaDocuments | null = null;
  inquiries: { redactOf(accountId: string, now: number): void } | null = null;

  constructor(state: PracticeState) {
    this.#state = state;
  }

  handle(request: PersonaRequest): Reply | null {
    const { method, path } = request;
    if (path === '/accounts') {
      if (method === 'GET') return this.#list(request);
      return method === 'POST' ? this.#create(request) : null;
    }
    const accountId = /^\/accounts\/([^/]+)$/.exec(path)?.[1];
    if (accountId === undefined) return null;
    const row = this.find(accountId);
    if (row === undefined) return notFound();
    if (method === 'GET') return shown(200, this.#object(row, request));
    if (method === 'PATCH') return this.#update(row, request);
    return method === 'DELETE' ? this.#redact(row, request) : null;
  }

  /** The newest ones, as a dashboard lists them; an account has no status. */
  listed(_now: number, limit: number): ListedRecord[] {
    const rows = this.#state.db.all<AccountRow>(`${ROW} ORDER BY created_at DESC, account_id LIMIT ?`, [limit]);
    return rows.map((row) => ({
      kind: 'account',
      id: row.id,
      createdAt: row.createdAt,
      name: row.typeId ?? '',
      ownerId: null,
      status: row.redactedAt === null ? '' : 'redacted',
      decision: null,
      isOpen: false,
    }));
  }

  find(accountId: string): AccountRow | undefined {
    return this.#state.db.get<AccountRow>(`${ROW} WHERE account_id = ?`, [accountId]);
  }

  /** The one with this reference, made when there is none: what `meta.auto-create-account-reference-id` asks for. */
  findOrCreate(referenceId: string | null, now: number): string {
    const existing = referenceId === null ? undefined : this.#byReference(referenceId);
    return existing?.id ?? this.#insert(referenceId, null, {}, now);
  }

  #byReference(referenceId: string): AccountRow | undefined {
    return this.#state.db.get<AccountRow>(`${ROW} WHERE reference_sha256 = ?`, [sha256(referenceId)]);
  }

  #list(request: PersonaRequest): Reply {
    const references = filterOf(request, 'reference-id');
    const rows =
      references === null
        ? this.#state.db.all<AccountRow>(`${ROW} ORDER BY created_at DESC, account_id`)
        : references.flatMap((reference) => this.#byReference(reference) ?? []);
    return pageOf(rows, request, this.#state, '/accounts', (row) => this.#object(row, request));
  }

  #create(request: PersonaRequest): Reply {
    const parsed = attributesOf(request, KNOWN, {
      rejectsForeign: this.#state.switches['persona.unknownAttributes'] === 'reject',
      knownMeta: ['upsert-by'],
    });
    if (isReply(parsed)) return parsed;
    const referenceId = textOf(parsed.values, 'reference-id', false);
    if (referenceId !== null && typeof referenceId === 'object') return referenceId;
    const typeId = textOf(parsed.values, 'account-type-id', false);
    if (typeId !== null && typeof typeId === 'object') return typeId;
    const details = detailsOf(parsed.values);
    if (isReply(details)) return details;
    const existing = referenceId === null ? undefined : this.#byReference(referenceId);
    if (existing !== undefined) {
      if (parsed.meta['upsert-by'] !== 'reference-id') {
        return conflict('Reference ID has already been taken', 'Record not unique');
      }
      this.#merge(existing, details);
      return this.#showById(200, existing.id, request);
    }
    return this.#showById(201, this.#insert(referenceId, typeId, details, request.now), request);
  }

  #update(row: AccountRow, request: PersonaRequest): Reply {
    const parsed = attributesOf(request, KNOWN, {
      rejectsForeign: this.#state.switches['persona.unknownAttributes'] === 'reject',
    });
    if (isReply(parsed)) return parsed;
    const details = detailsOf(parsed.values);
    if (isReply(details)) return details;
    this.#merge(row, details);
    return this.#showById(200, row.id, request);
  }

  /** "DELETE" redacts: the object stays, what it says of a person goes. */
  #redact(row: AccountRow, request: PersonaRequest): Reply {
    if (row.redactedAt !== null) return conflict('Account already redacted');
    this.#state.db.run(
      'UPDATE accounts SET details_sealed = ?, reference_sha256 = NULL, redacted_at = ? WHERE account_id = ?',
      [this.#state.seal({}), request.now, row.id],
    );
    // Asynchronously at Persona, which says that it may take some time.
    this.inquiries?.redactOf(row.id, request.now);
    return this.#showById(200, row.id, request);
  }

  #insert(referenceId: string | null, typeId: string | null, details: Details, now: number): string {
    const id = this.#state.prefixedId('act_');
    this.#state.db.run(
      `INSERT INTO accounts (account_id, reference_sha256, type_id, details_sealed, created_at) VALUES (?, ?, ?, ?, ?)`,
      [
        id,
        referenceId === null ? null : sha256(referenceId),
        typeId,
        this.#state.seal({ ...details, ...(referenceId === null ? {} : { 'reference-id': referenceId }) }),
        now,
      ],
    );
    return id;
  }

  #merge(row: AccountRow, details: Details): void {
    const kept = this.#state.open(row.detailsSealed);
    this.#state.db.run('UPDATE accounts SET details_sealed = ? WHERE account_id = ?', [
      this.#state.seal({ ...(isRecord(kept) ? kept : {}), ...details }),
      row.id,
    ]);
  }

  #showById(status: number, accountId: string, request: PersonaRequest): Reply {
    const row = this.find(accountId);
    return row === undefined ? notFound() : shown(status, this.#object(row, request));
  }

  #object(row: AccountRow, request: PersonaRequest): ResourceObject {
    const opened = this.#state.open(row.detailsSealed);
    const details = isRecord(opened) ? opened : {};
    const personal = Object.fromEntries(PERSONAL.map((name) => [name, details[name] ?? null]));
    const fields =
      this.#state.switches['persona.accountNames'] === 'nested' ? nestedFields(personal) : flatFields(personal);
    return {
      type: 'account',
      id: row.id,
      attributes: {
        'reference-id': details['reference-id'] ?? null,
        'account-type-name': 'User',
        'created-at': iso(row.createdAt),
        'redacted-at': iso(row.redactedAt),
        tags: details['tags'] ?? [],
        fields: { ...fields, ...(isRecord(details['fields']) ? details['fields'] : {}) },
        ...(request.version < FIELDS_ONLY_SINCE ? personal : {}),
      },
      relationships: {
        'account-type': related('account-type', row.typeId ?? 'acttp_practicePracticePractice'),
        ...(this.#state.switches['persona.accountDocuments'] === 'listed'
          ? { documents: { data: this.documents?.ofAccount(row.id) ?? [] } }
          : {}),
      },
    };
  }
}

type Details = Readonly<Record<string, unknown>>;

interface Field {
  readonly type: string;
  readonly value: unknown;
}

/** Every field by a name of its own, in snake case: keys inside `fields` are not inflected. */
function flatFields(personal: Details): Record<string, Field> {
  return Object.fromEntries(
    Object.entries(personal).map(([name, value]) => [name.replaceAll('-', '_'), { type: 'string', value }]),
  );
}

/** Names and address as one field each, of type hash. */
function nestedFields(personal: Details): Record<string, Field> {
  const flat = flatFields(personal);
  const under = (prefix: string): Field => ({
    type: 'hash',
    value: Object.fromEntries(
      Object.entries(flat).flatMap(([name, field]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), field]] : [],
      ),
    ),
  });
  const others = Object.entries(flat).filter(([name]) => !name.startsWith('name_') && !name.startsWith('address_'));
  return { ...Object.fromEntries(others), name: under('name_'), address: under('address_') };
}

function detailsOf(values: Readonly<Record<string, unknown>>): Details | Reply {
  const details: Record<string, unknown> = {};
  for (const name of PERSONAL) {
    const text = textOf(values, name, false);
    if (text !== null && typeof text === 'object') return text;
    if (text !== null) details[name] = text;
  }
  const { birthdate } = details;
  if (typeof birthdate === 'string' && !/^\d{4}-\d{2}-\d{2}$/.test(birthdate)) {
    return badRequest('data.attributes.birthdate must be a date');
  }
  if (isRecord(values['fields'])) details['fields'] = values['fields'];
  if (Array.isArray(values['tags'])) details['tags'] = values['tags'];
  return details;
}
