import type { ListedRecord } from '../board/types.ts';
import { isRecord, type ReceivedFile } from '../body.ts';
import type { PracticeState } from '../state.ts';
import { attributesOf, textOf, type Parsed } from './attributes.ts';
import { happeningsOf } from './events.ts';
import type { Eventful, Happening } from './events.ts';
import type { FileRow, ReceivedFiles } from './received.ts';
import { badRequest, conflict, failure, invalid, isReply, notFound, related, type Reply } from './reply.ts';
import { iso, shown, type PersonaRequest, type Resource, type ResourceObject } from './resource.ts';

export type DocumentClass = 'generic' | 'government-id';

export interface DocumentRow {
  readonly id: string;
  readonly class: DocumentClass;
  /** The kind of a generic document; empty for a government id. */
  readonly kind: string;
  readonly inquiryId: string | null;
  readonly accountId: string | null;
  /** Whose workflow made it of the files among its fields. */
  readonly transactionId: string | null;
  /** Of a government id. */
  readonly countryCode: string | null;
  readonly idClass: string | null;
  readonly fieldsSealed: Uint8Array;
  readonly decision: string | null;
  readonly createdAt: number;
  readonly submittedAt: number | null;
  readonly decidedAt: number | null;
}

/** What a document needs to know of the inquiry that it names. */
export interface InquiryDoor {
  /** Null: it takes documents. `mode`: the status with which a closed one refuses. */
  refusal(inquiryId: string, now: number, mode: '409' | '422'): Reply | null;
  accountExists(accountId: string): boolean;
}

const ROW = `SELECT document_id AS id, class, kind, inquiry_id AS inquiryId, account_id AS accountId,
    transaction_id AS transactionId, country_code AS countryCode, id_class AS idClass, fields_sealed AS fieldsSealed, decision, created_at AS createdAt,
    submitted_at AS submittedAt, decided_at AS decidedAt
  FROM documents`;

const withdrawn = { '403': 'Forbidden', '404': 'Not found', '410': 'Gone' } as const;
const SIDES = ['front', 'back'] as const;

type Files = readonly { readonly file: ReceivedFile; readonly side: string | null }[];

interface NewDocument {
  readonly class: DocumentClass;
  readonly kind: string;
  readonly inquiryId: string | null;
  readonly accountId: string | null;
  readonly country: string | null;
  readonly idClass: string | null;
}

/** The files of one field of a transaction. */
export interface TakenIn extends Omit<NewDocument, 'inquiryId' | 'accountId'> {
  readonly transactionId: string;
  readonly files: Files;
}

/** `/document/generics`, `/document/government-ids` and `/documents`: create, update while initiated, submit, retrieve. */
export class PersonaDocuments implements Resource, Eventful {
  readonly #state: PracticeState;
  readonly #files: ReceivedFiles;
  readonly #door: InquiryDoor;

  constructor(state: PracticeState, files: ReceivedFiles, door: InquiryDoor) {
    this.#state = state;
    this.#files = files;
    this.#door = door;
  }

  handle(request: PersonaRequest): Reply | null {
    const { method, path } = request;
    const any = /^\/documents\/([^/]+)$/.exec(path)?.[1];
    if (any !== undefined) return method === 'GET' ? this.#read(any, null, request) : null;
    const [, plural, documentId, submit] =
      /^\/document\/(generics|government-ids)(?:\/([^/]+)(\/submit)?)?$/.exec(path) ?? [];
    if (plural === undefined) return null;
    const kind: DocumentClass = plural === 'generics' ? 'generic' : 'government-id';
    if (method === 'GET') {
      return documentId === undefined || submit !== undefined ? null : this.#read(documentId, kind, request);
    }
    const mode = this.#state.switches['persona.documentWrites'];
    if (mode !== 'work') return failure(Number(mode), { title: withdrawn[mode] });
    if (documentId === undefined) return method === 'POST' ? this.#create(kind, request) : null;
    const row = this.find(documentId);
    if (row?.class !== kind) return notFound();
    if (method === 'PATCH' && submit === undefined) return this.#update(row, request);
    return method === 'POST' && submit !== undefined ? this.#submit(row, request) : null;
  }

  find(documentId: string): DocumentRow | undefined {
    return this.#state.db.get<DocumentRow>(`${ROW} WHERE document_id = ?`, [documentId]);
  }

  /** The newest ones, as a dashboard lists them. */
  listed(now: number, limit: number): ListedRecord[] {
    const rows = this.#state.db.all<DocumentRow>(`${ROW} ORDER BY created_at DESC, document_id LIMIT ?`, [limit]);
    return rows.map((row) => {
      const status = this.statusOf(row, now);
      return {
        kind: row.class === 'generic' ? 'document' : row.class,
        id: row.id,
        createdAt: row.createdAt,
        name: row.class === 'generic' ? row.kind : (row.countryCode ?? ''),
        ownerId: row.inquiryId ?? row.accountId ?? row.transactionId,
        status,
        decision: row.decision,
        isOpen: status === 'initiated' || status === 'submitted',
      };
    });
  }

  happenings(ids: readonly string[] | null, request: PersonaRequest): Happening[] {
    const rows =
      ids === null ? this.#state.db.all<DocumentRow>(ROW) : ids.flatMap((documentId) => this.find(documentId) ?? []);
    return rows.flatMap((row) => {
      const status = this.statusOf(row, request.now);
      const end = status === 'errored' ? 'document.errored' : 'document.processed';
      const isOver = status !== 'initiated' && status !== 'submitted';
      return happeningsOf(row.id, () => this.object(row, request), [
        ['document.created', row.createdAt],
        ['document.submitted', row.submittedAt],
        [end, isOver ? row.decidedAt : null],
      ]);
    });
  }

  ofInquiry(inquiryId: string): DocumentRow[] {
    return this.#state.db.all<DocumentRow>(`${ROW} WHERE inquiry_id = ? ORDER BY created_at, document_id`, [inquiryId]);
  }

  ofTransaction(transactionId: string): DocumentRow[] {
    return this.#state.db.all<DocumentRow>(`${ROW} WHERE transaction_id = ? ORDER BY created_at, document_id`, [
      transactionId,
    ]);
  }

  /** What a workflow makes of the files of one field: submitted at once, and decided with its transaction. Answers its decision. */
  takeIn(document: TakenIn, now: number, decidedAt: number): string | null {
    const id = this.#insert({ ...document, inquiryId: null, accountId: null }, now);
    this.#state.db.run(
      'UPDATE documents SET transaction_id = ?, submitted_at = ?, decided_at = ? WHERE document_id = ?',
      [document.transactionId, now, decidedAt, id],
    );
    this.#attach(id, document.files, now);
    return this.find(id)?.decision ?? null;
  }

  /** What the relationship of an account names, where it has one. */
  ofAccount(accountId: string): { readonly type: string; readonly id: string }[] {
    const rows = this.#state.db.all<DocumentRow>(`${ROW} WHERE account_id = ? ORDER BY created_at, document_id`, [
      accountId,
    ]);
    return rows.map((row) => ({ type: `document/${row.class}`, id: row.id }));
  }

  /** `initiated`, `submitted`, `processed`, `errored`, or the word that its decision wants. */
  statusOf(row: DocumentRow, now: number): string {
    if (row.submittedAt === null) return 'initiated';
    if (row.decidedAt === null || now < row.decidedAt || row.decision === 'hold') return 'submitted';
    const [name, value] = (row.decision ?? '').split('=', 2);
    if (name === 'status' && value !== undefined) return value;
    if (name === '') return this.#state.switches['persona.outcomeWithoutMarker'];
    // A government id that was read is processed, whatever its verification then says of it.
    if (name === 'reject' || name === 'final') {
      const isRetried =
        row.inquiryId !== null && this.#state.switches['persona.failedVerification'] === 'requires_retry';
      return row.class === 'government-id' || isRetried ? 'processed' : 'errored';
    }
    return name === 'errored' ? 'errored' : 'processed';
  }

  object(row: DocumentRow, request: PersonaRequest, status = this.statusOf(row, request.now)): ResourceObject {
    const isProcessed = status !== 'initiated' && status !== 'submitted';
    const processedAt = isProcessed ? row.decidedAt : null;
    const files = this.#files.of(row.id);
    return {
      type: `document/${row.class}`,
      id: row.id,
      attributes: {
        status,
        'created-at': iso(row.createdAt),
        'processed-at': iso(processedAt),
        'processed-at-ts': processedAt === null ? null : Math.floor(processedAt / 1000),
        ...(row.class === 'generic'
          ? this.#genericAttributes(row, files, status, request)
          : this.#photoAttributes(row, files, request)),
      },
      relationships: {
        inquiry: related('inquiry', row.inquiryId),
        ...(row.accountId === null ? {} : { account: related('account', row.accountId) }),
        template: related('template', null),
        'inquiry-template-version': related('inquiry-template-version', null),
        'inquiry-template': related('inquiry-template', null),
        transaction: related('transaction', row.transactionId),
        'document-files': { data: [] },
      },
    };
  }

  #genericAttributes(
    row: DocumentRow,
    files: readonly FileRow[],
    status: string,
    request: PersonaRequest,
  ): Record<string, unknown> {
    const isProcessed = status !== 'initiated' && status !== 'submitted';
    return {
      kind: row.kind,
      files: files.map((file) => this.#files.shown(file, request)),
      'files-normalized': [],
      ...(request.version >= '2021-08-18' ? { 'extraction-responses': isProcessed ? [] : null } : {}),
      'document-type': status === 'processed' ? documentTypeOf(row.kind) : null,
      fields: this.#state.open(row.fieldsSealed) ?? {},
    };
  }

  #photoAttributes(row: DocumentRow, files: readonly FileRow[], request: PersonaRequest): Record<string, unknown> {
    const photo = (side: string): unknown => {
      const file = files.find((candidate) => candidate.side === side);
      return file === undefined ? null : this.#files.shown(file, request);
    };
    return {
      'front-photo': photo('front'),
      'back-photo': photo('back'),
      'selfie-photo': null,
      'id-class': row.idClass,
      'document-number': null,
      'name-first': null,
      'name-last': null,
      birthdate: null,
      'expiration-date': null,
    };
  }

  #read(documentId: string, kind: DocumentClass | null, request: PersonaRequest): Reply {
    const row = this.find(documentId);
    return row === undefined || (kind !== null && row.class !== kind)
      ? notFound()
      : shown(200, this.object(row, request));
  }

  #create(kind: DocumentClass, request: PersonaRequest): Reply {
    const known =
      kind === 'generic'
        ? ['kind', 'inquiry-id', 'account-id', 'files']
        : [
            'inquiry-id',
            'account-id',
            'country-code',
            'selected-country-code',
            'selected-id-class',
            'front-photo',
            'back-photo',
          ];
    const parsed = this.#parse(request, known);
    if (isReply(parsed)) return parsed;
    const { values } = parsed;
    const kindText = kind === 'generic' ? textOf(values, 'kind', true) : '';
    if (kindText !== null && typeof kindText === 'object') return kindText;
    const owners = this.#owners(values, kind === 'government-id', request.now);
    if ('status' in owners) return owners;
    const country = kind === 'generic' ? null : countryOf(values);
    if (country !== null && typeof country === 'object') return country;
    const files = this.#receive(kind, values);
    if ('status' in files) return files;
    const idClass = idClassOf(values['selected-id-class']);
    if (!isKnownClass(idClass, this.#state.switches['persona.idClasses'])) {
      return invalid('selected-id-class', 'ID class is not supported');
    }
    const id = this.#insert({ class: kind, kind: kindText ?? '', ...owners, country, idClass }, request.now);
    this.#attach(id, files.list, request.now);
    return this.#showById(201, id, request);
  }

  #insert(document: NewDocument, now: number): string {
    const id = this.#state.prefixedId('doc_');
    const { class: kind, kind: word, inquiryId, accountId, country, idClass } = document;
    this.#state.db.run(
      `INSERT INTO documents (document_id, class, kind, inquiry_id, account_id, country_code, id_class, fields_sealed,
         created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, kind, word, inquiryId, accountId, country, idClass, this.#state.seal({}), now],
    );
    return id;
  }

  #update(row: DocumentRow, request: PersonaRequest): Reply {
    if (row.submittedAt !== null) return this.#notInitiated('persona.updateAfterSubmit');
    const parsed = this.#parse(
      request,
      row.class === 'generic'
        ? ['kind', 'files', 'fields']
        : ['selected-country-code', 'selected-id-class', 'front-photo', 'back-photo'],
    );
    if (isReply(parsed)) return parsed;
    const { values } = parsed;
    const kind = textOf(values, 'kind', false);
    if (kind !== null && typeof kind === 'object') return kind;
    const { fields } = values;
    if (fields !== undefined && fields !== null && !isRecord(fields)) {
      return badRequest('data.attributes.fields must be an object');
    }
    const files = this.#receive(row.class, values);
    if ('status' in files) return files;
    const { db, switches } = this.#state;
    if (kind !== null) db.run('UPDATE documents SET kind = ? WHERE document_id = ?', [kind, row.id]);
    if (isRecord(fields)) {
      db.run('UPDATE documents SET fields_sealed = ? WHERE document_id = ?', [this.#state.seal(fields), row.id]);
    }
    if (files.isGiven) {
      if (switches['persona.updateFiles'] === 'replace') {
        db.run('DELETE FROM stored_files WHERE owner_id = ?', [row.id]);
        db.run('UPDATE documents SET decision = NULL WHERE document_id = ?', [row.id]);
      }
      this.#attach(row.id, files.list, request.now);
    }
    return this.#showById(200, row.id, request);
  }

  #submit(row: DocumentRow, request: PersonaRequest): Reply {
    if (row.submittedAt !== null) return this.#notInitiated('persona.submitTwice');
    const { db, switches } = this.#state;
    const files = this.#files.of(row.id);
    if (files.length === 0) {
      const details = 'Document must have files attached to be submitted';
      return failure(Number(switches['persona.submitWithoutFiles']), { title: 'Unprocessable entity', details });
    }
    const closed = this.#closedFor(row, request.now);
    if (closed !== null) return closed;
    const decidedAt =
      request.now + this.#state.between(switches['persona.processingMinMs'], switches['persona.processingMaxMs']);
    db.run('UPDATE documents SET submitted_at = ?, decided_at = ? WHERE document_id = ?', [
      request.now,
      decidedAt,
      row.id,
    ]);
    // The answer to a submit always says "submitted", however fast the processing is.
    return this.#showById(200, row.id, request, 'submitted');
  }

  #closedFor({ inquiryId }: DocumentRow, now: number): Reply | null {
    const mode = this.#state.switches['persona.submitInClosedInquiry'];
    return inquiryId === null || mode === 'accepted' ? null : this.#door.refusal(inquiryId, now, mode);
  }

  #notInitiated(name: 'persona.submitTwice' | 'persona.updateAfterSubmit'): Reply {
    const status = Number(this.#state.switches[name]);
    const details = 'Document must be initiated';
    return status === 409 ? conflict(details) : failure(status, { title: 'Unprocessable entity', details });
  }

  #parse(request: PersonaRequest, known: readonly string[]): Parsed | Reply {
    return attributesOf(request, known, {
      rejectsForeign: this.#state.switches['persona.unknownAttributes'] === 'reject',
    });
  }

  #owners(
    values: Parsed['values'],
    needsInquiry: boolean,
    now: number,
  ): { readonly inquiryId: string | null; readonly accountId: string | null } | Reply {
    const inquiryId = textOf(values, 'inquiry-id', needsInquiry);
    if (inquiryId !== null && typeof inquiryId === 'object') return inquiryId;
    const accountId = textOf(values, 'account-id', false);
    if (accountId !== null && typeof accountId === 'object') return accountId;
    if (accountId !== null && !this.#door.accountExists(accountId)) return notFound('account-id');
    const refused =
      inquiryId === null ? null : this.#door.refusal(inquiryId, now, this.#state.switches['persona.closedInquiry']);
    return refused ?? { inquiryId, accountId };
  }

  #receive(kind: DocumentClass, values: Parsed['values']): { readonly list: Files; readonly isGiven: boolean } | Reply {
    if (kind === 'generic') {
      const files = this.#files.list(values['files']);
      return 'status' in files
        ? files
        : { list: files.list.map((file) => ({ file, side: null })), isGiven: Array.isArray(values['files']) };
    }
    const list: { file: ReceivedFile; side: string | null }[] = [];
    for (const side of SIDES) {
      const photos = this.#files.photos(values[`${side}-photo`], `${side}-photo`);
      if ('status' in photos) return photos;
      list.push(...photos.list.map((file) => ({ file, side })));
    }
    return { list, isGiven: list.length > 0 };
  }

  #attach(documentId: string, files: Files, now: number): void {
    const decision = this.#files.keep(documentId, files, now);
    if (decision !== null) {
      this.#state.db.run('UPDATE documents SET decision = ? WHERE document_id = ?', [decision, documentId]);
    }
  }

  #showById(status: number, documentId: string, request: PersonaRequest, as?: string): Reply {
    const row = this.find(documentId);
    return row === undefined ? notFound() : shown(status, this.object(row, request, as));
  }
}

function countryOf(values: Parsed['values']): string | Reply {
  const country = textOf(values, 'country-code', true);
  if (country === null || typeof country === 'object')
    return country ?? badRequest('data.attributes.country_code is missing');
  return /^[A-Z]{2}$/.test(country)
    ? country
    : failure(422, {
        title: 'Record invalid',
        details: 'Country code is not supported',
        source: { pointer: '/data/attributes/country-code' },
      });
}

const SEEN_CLASSES: readonly string[] = ['dl', 'pp', 'visa', 'cct'];

/** None at all is left to Persona to tell. */
export function isKnownClass(idClass: string | null, known: 'any' | 'seen'): boolean {
  return idClass === null || known === 'any' || SEEN_CLASSES.includes(idClass);
}

export function idClassOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function documentTypeOf(kind: string): string {
  if (kind === 'proof_of_address') return 'standard_utility_bill';
  return kind === 'bank_statement' ? 'bank_statement' : 'other';
}
