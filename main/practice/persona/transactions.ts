import type { ListedRecord } from '../board/types.ts';
import { isRecord, isReceivedFile, type ReceivedFile } from '../body.ts';
import { sha256, type PracticeState } from '../state.ts';
import { attributesOf, textOf } from './attributes.ts';
import { happeningsOf } from './events.ts';
import type { Eventful, Happening } from './events.ts';
import { filterOf, pageOf } from './pages.ts';
import { idClassOf, isKnownClass, type PersonaDocuments, type TakenIn } from './documents.ts';
import { worst, type ReceivedFiles } from './received.ts';
import { badRequest, conflict, invalid, isReply, notFound, related, type Reply } from './reply.ts';
import { iso, shown, type PersonaRequest, type Resource, type ResourceObject } from './resource.ts';
import { verificationId, verificationType } from './verifications.ts';

interface TransactionRow {
  readonly id: string;
  readonly typeId: string;
  readonly detailsSealed: Uint8Array;
  readonly decision: string | null;
  readonly createdAt: number;
  readonly decidedAt: number;
  readonly redactedAt: number | null;
  /** 1: somebody decided it in the dashboard. */
  readonly isDecidedByPerson: number;
}

const ROW = `SELECT transaction_id AS id, type_id AS typeId, details_sealed AS detailsSealed, decision,
    created_at AS createdAt, decided_at AS decidedAt, redacted_at AS redactedAt,
    is_decided_by_person AS isDecidedByPerson
  FROM transactions`;

/** What the integration guide for government ids names as the least that such a transaction must carry. */
const GOVERNMENT_ID = ['id_front_photo', 'id_class', 'address_country_code'];

/**
 * `/transactions`: create with files among the fields, list by reference id, retrieve, redact. Its workflow makes a document of the
 * files of each field, and verifies it.
 */
export class PersonaTransactions implements Resource, Eventful {
  readonly #state: PracticeState;
  readonly #files: ReceivedFiles;
  readonly #documents: PersonaDocuments;

  constructor(state: PracticeState, files: ReceivedFiles, documents: PersonaDocuments) {
    this.#state = state;
    this.#files = files;
    this.#documents = documents;
  }

  handle(request: PersonaRequest): Reply | null {
    const { method, path } = request;
    if (path === '/transactions') {
      if (method === 'GET') return this.#list(request);
      return method === 'POST' ? this.#create(request) : null;
    }
    const id = /^\/transactions\/([^/]+)$/.exec(path)?.[1];
    if (id === undefined) return null;
    const row = this.#find(id);
    if (row === undefined) return notFound();
    if (method === 'GET') return shown(200, this.#object(row, request));
    return method === 'DELETE' ? this.#redact(row, request) : null;
  }

  /** The newest ones, as a dashboard lists them. */
  listed(now: number, limit: number): ListedRecord[] {
    const rows = this.#state.db.all<TransactionRow>(`${ROW} ORDER BY created_at DESC, transaction_id LIMIT ?`, [limit]);
    return rows.map((row) => {
      const status = this.#statusOf(row, now);
      return {
        kind: 'transaction',
        id: row.id,
        createdAt: row.createdAt,
        name: row.typeId,
        ownerId: null,
        status,
        decision: row.decision,
        isOpen: status === 'created' || status === 'needs review',
      };
    });
  }

  happenings(ids: readonly string[] | null, request: PersonaRequest): Happening[] {
    const rows = ids === null ? this.#state.db.all<TransactionRow>(ROW) : ids.flatMap((id) => this.#find(id) ?? []);
    return rows.flatMap((row) => {
      const isNew = this.#statusOf(row, request.now) === 'created';
      const decidedAt = row.decision === 'hold' ? row.createdAt : row.decidedAt;
      return happeningsOf(row.id, () => this.#object(row, request), [
        ['transaction.created', row.createdAt],
        ['transaction.status-updated', isNew ? null : decidedAt],
        ['transaction.redacted', row.redactedAt],
      ]);
    });
  }

  #find(id: string): TransactionRow | undefined {
    return this.#state.db.get<TransactionRow>(`${ROW} WHERE transaction_id = ?`, [id]);
  }

  #list(request: PersonaRequest): Reply {
    const references = filterOf(request, 'reference-id');
    const types = filterOf(request, 'transaction-type-id');
    const rows =
      references === null
        ? this.#state.db.all<TransactionRow>(`${ROW} ORDER BY created_at DESC, transaction_id`)
        : references.flatMap((reference) =>
            this.#state.db.all<TransactionRow>(
              `${ROW} WHERE reference_sha256 = ? ORDER BY created_at DESC, transaction_id`,
              [sha256(reference)],
            ),
          );
    const wanted = types === null ? rows : rows.filter(({ typeId }) => types.includes(typeId));
    return pageOf(wanted, request, this.#state, '/transactions', (row) => this.#object(row, request));
  }

  #create(request: PersonaRequest): Reply {
    const parsed = attributesOf(
      request,
      ['transaction-type-id', 'reference-id', 'fields', 'tags', 'transaction-status'],
      {
        rejectsForeign: this.#state.switches['persona.unknownAttributes'] === 'reject',
        knownMeta: ['auto-create-account', 'auto-create-account-reference-id'],
      },
    );
    if (isReply(parsed)) return parsed;
    const { values } = parsed;
    const typeId = textOf(values, 'transaction-type-id', true);
    if (typeId === null || typeof typeId === 'object') return typeId ?? badRequest('data.attributes is missing');
    if (!typeId.startsWith('txntp_') || typeId.endsWith('Unknown')) return notFound('transaction-type-id');
    const referenceId = textOf(values, 'reference-id', false);
    if (referenceId !== null && typeof referenceId === 'object') return referenceId;
    const fields = values['fields'] ?? {};
    if (!isRecord(fields)) return badRequest('data.attributes.fields must be an object');
    const missing = 'id_front_photo' in fields ? GOVERNMENT_ID.find((name) => !(name in fields)) : undefined;
    if (missing !== undefined) return badRequest(`data.attributes.fields.${missing} is missing`);
    const files = this.#filesIn(fields);
    if ('status' in files) return files;
    const { switches } = this.#state;
    const documents = documentsIn(fields, files.list);
    if (documents.some(({ idClass }) => !isKnownClass(idClass, switches['persona.idClasses']))) {
      return invalid('fields/id_class', 'ID class is not supported');
    }
    const id = this.#state.prefixedId('txn_');
    const decidedAt =
      request.now + this.#state.between(switches['persona.processingMinMs'], switches['persona.processingMaxMs']);
    const decision = worst(
      documents.map((document) => this.#documents.takeIn({ ...document, transactionId: id }, request.now, decidedAt)),
    );
    const plain = Object.fromEntries(Object.entries(fields).filter(([name]) => !files.names.has(name)));
    this.#state.db.run(
      `INSERT INTO transactions (transaction_id, type_id, reference_sha256, details_sealed, decision, created_at,
         decided_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        id,
        typeId,
        referenceId === null ? null : sha256(referenceId),
        this.#state.seal({ 'reference-id': referenceId, fields: plain, tags: values['tags'] ?? [] }),
        decision,
        request.now,
        decidedAt,
      ],
    );
    const row = this.#find(id);
    return row === undefined ? notFound() : shown(201, this.#object(row, request));
  }

  /** A field of type file, alone or in a list, holds `{data, filename}` (assumed to be as everywhere else). */
  #filesIn(
    fields: Readonly<Record<string, unknown>>,
  ): { readonly list: readonly { file: ReceivedFile; side: string }[]; readonly names: ReadonlySet<string> } | Reply {
    const list: { file: ReceivedFile; side: string }[] = [];
    const names = new Set<string>();
    for (const [name, value] of Object.entries(fields)) {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const item of items) {
        if (!isReceivedFile(item) && !(isRecord(item) && 'data' in item && 'filename' in item)) continue;
        const file = this.#files.file(item, 'fields', `data.attributes.fields.${name}`);
        if ('status' in file) return file;
        list.push({ file, side: name });
        names.add(name);
      }
    }
    return { list, names };
  }

  #redact(row: TransactionRow, request: PersonaRequest): Reply {
    if (row.redactedAt !== null) return conflict('Transaction already redacted');
    const { db } = this.#state;
    db.run('UPDATE transactions SET details_sealed = ?, redacted_at = ? WHERE transaction_id = ?', [
      this.#state.seal({}),
      request.now,
      row.id,
    ]);
    db.run('DELETE FROM stored_files WHERE owner_id IN (SELECT document_id FROM documents WHERE transaction_id = ?)', [
      row.id,
    ]);
    const redacted = this.#find(row.id);
    return redacted === undefined ? notFound() : shown(200, this.#object(redacted, request));
  }

  /** What its workflow has made: the verification of each document. */
  #relatedObjects(row: TransactionRow): { readonly type: string; readonly id: string }[] {
    if (this.#state.switches['persona.relatedObjects'] === 'absent') return [];
    return this.#documents
      .ofTransaction(row.id)
      .map((document) => ({ type: verificationType(document), id: verificationId(document) }));
  }

  #statusOf(row: TransactionRow, now: number): string {
    if (now < row.decidedAt || row.decision === 'hold') return row.decision === 'hold' ? 'needs review' : 'created';
    const [name, value] = (row.decision ?? '').split('=', 2);
    if (name === 'status' && value !== undefined) return value;
    if (name === 'reject' || name === 'final' || name === 'errored') return 'declined';
    return 'approved';
  }

  #object(row: TransactionRow, request: PersonaRequest): ResourceObject {
    const opened = this.#state.open(row.detailsSealed);
    const details = isRecord(opened) ? opened : {};
    const isDecided = request.now >= row.decidedAt && row.decision !== 'hold';
    return {
      type: 'transaction',
      id: row.id,
      attributes: {
        status: this.#statusOf(row, request.now),
        'reference-id': details['reference-id'] ?? null,
        fields: details['fields'] ?? {},
        tags: details['tags'] ?? [],
        'created-at': iso(row.createdAt),
        'updated-at': null,
        // Assumed: the description names it for inquiries and accounts only.
        ...(this.#state.switches['persona.redactedTransaction'] === 'shown'
          ? { 'redacted-at': iso(row.redactedAt) }
          : {}),
      },
      relationships: {
        reviewer: related(
          row.isDecidedByPerson === 1 ? 'user' : 'workflow-run',
          isDecided ? (row.isDecidedByPerson === 1 ? 'user_practice' : `wfr_${row.id.slice('txn_'.length)}`) : null,
        ),
        'transaction-label': related('transaction-label', null),
        'transaction-type': related('transaction-type', row.typeId),
        'related-objects': { data: isDecided ? this.#relatedObjects(row) : [] },
      },
    };
  }
}

/** The files of each field as one document: `<stem>_front_photo` and `<stem>_back_photo` are sides of a government id. */
function documentsIn(
  fields: Readonly<Record<string, unknown>>,
  files: readonly { readonly file: ReceivedFile; readonly side: string }[],
): Omit<TakenIn, 'transactionId'>[] {
  const country = typeof fields['address_country_code'] === 'string' ? fields['address_country_code'] : null;
  const found = new Map<string, Omit<TakenIn, 'transactionId'>>();
  for (const { file, side: field } of files) {
    const [, stem, side = null] = /^(.+)_(front|back)_photo$/.exec(field) ?? [];
    const key = stem ?? field;
    const known = found.get(key)?.files ?? [];
    found.set(key, {
      class: stem === undefined ? 'generic' : 'government-id',
      kind: stem === undefined ? field : '',
      country: stem === undefined ? null : country,
      idClass: stem === undefined ? null : idClassOf(fields[`${stem}_class`]),
      files: [...known, { file, side }],
    });
  }
  return [...found.values()];
}
