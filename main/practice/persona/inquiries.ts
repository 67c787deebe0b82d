import type { ListedRecord } from '../board/types.ts';
import { isRecord } from '../body.ts';
import { toKebab } from '../inflection.ts';
import type { PracticeState } from '../state.ts';
import type { PersonaAccounts } from './accounts.ts';
import { attributesOf, textOf } from './attributes.ts';
import type { DocumentRow, PersonaDocuments } from './documents.ts';
import { happeningsOf } from './events.ts';
import type { Eventful, Happening } from './events.ts';
import { filterOf, pageOf } from './pages.ts';
import { badRequest, conflict, failure, isReply, notFound, related, type Reply } from './reply.ts';
import { iso, shown, type PersonaRequest, type Resource, type ResourceObject } from './resource.ts';
import { pretendedVerification, verificationOf } from './verifications.ts';

interface InquiryRow {
  readonly id: string;
  readonly accountId: string | null;
  readonly templateId: string;
  readonly detailsSealed: Uint8Array;
  readonly createdAt: number;
  /** A status that somebody set: approve, decline, expire, simulate. */
  readonly setStatus: string | null;
  readonly setAt: number | null;
  /** The expiry counts from here: the creation, or the last resume, which is always later. */
  readonly runsFrom: number;
  readonly redactedAt: number | null;
}

const ROW = `SELECT inquiry_id AS id, account_id AS accountId, template_id AS templateId, details_sealed AS detailsSealed,
    created_at AS createdAt, set_status AS setStatus, set_at AS setAt, runs_from AS runsFrom, redacted_at AS redactedAt
  FROM inquiries`;

const HOUR_MS = 3_600_000;
const CREATE = [
  'template-id',
  'inquiry-template-id',
  'inquiry-template-version-id',
  'account-id',
  'reference-id',
  'redirect-uri',
  'note',
  'fields',
  'tags',
  'creator-email-address',
  'theme-id',
  'theme-set-id',
  'initial-step-name',
];
const CREATE_META = [
  'auto-create-account',
  'auto-create-account-type-id',
  'auto-create-account-reference-id',
  'auto-create-inquiry-session',
  'auto-create-one-time-link',
  'expiration-after-create-interval-seconds',
  'expiration-after-start-interval-seconds',
  'expiration-after-resume-interval-seconds',
  'one-time-link-expiration-seconds',
];
const TEMPLATES = { 'template-id': 'tmpl_', 'inquiry-template-id': 'itmpl_', 'inquiry-template-version-id': 'itmplv_' };

/** What a person (or a workflow) may set, and what it makes of the inquiry. */
const ACTIONS: Readonly<Record<string, string>> = {
  approve: 'approved',
  decline: 'declined',
  'mark-for-review': 'needs_review',
  expire: 'expired',
};
const SIMULATED: Readonly<Record<string, string>> = {
  start_inquiry: 'pending',
  complete_inquiry: 'completed',
  fail_inquiry: 'failed',
  expire_inquiry: 'expired',
  mark_for_review_inquiry: 'needs_review',
  approve_inquiry: 'approved',
  decline_inquiry: 'declined',
};

/** What an inquiry's status is called in the name of its event; any other has only moved to another step. */
const EVENTS: Readonly<Record<string, string>> = {
  completed: 'inquiry.completed',
  expired: 'inquiry.expired',
  failed: 'inquiry.failed',
  needs_review: 'inquiry.marked-for-review',
  approved: 'inquiry.approved',
  declined: 'inquiry.declined',
};

/** `/inquiries` with their actions. Whether an inquiry takes documents is asked by `PersonaDocuments`. */
export class PersonaInquiries implements Resource, Eventful {
  readonly #state: PracticeState;
  readonly #accounts: PersonaAccounts;
  /** Set after construction: documents and inquiries know each other. */
  documents: PersonaDocuments | null = null;

  constructor(state: PracticeState, accounts: PersonaAccounts) {
    this.#state = state;
    this.#accounts = accounts;
  }

  handle(request: PersonaRequest): Reply | null {
    const { method, path } = request;
    if (path === '/inquiries') {
      if (method === 'GET') return this.#list(request);
      return method === 'POST' ? this.#create(request) : null;
    }
    const [, inquiryId = '', action] = /^\/inquiries\/([^/]+)(?:\/([a-z-]+))?$/.exec(path) ?? [];
    if (inquiryId === '') return null;
    const row = this.#find(inquiryId);
    if (row === undefined) return notFound();
    if (action !== undefined) return method === 'POST' ? this.#act(row, action, request) : null;
    if (method === 'GET') return this.#show(200, row, request);
    if (method === 'PATCH') return this.#update(row, request);
    return method === 'DELETE' ? this.#redact(row, request) : null;
  }

  /** Why an inquiry takes no document now; null when it does. */
  refusal(inquiryId: string, now: number, mode: '409' | '422'): Reply | null {
    const row = this.#find(inquiryId);
    if (row === undefined) return notFound('inquiry-id');
    const status = this.#statusOf(row, now);
    if (status === 'created' || status === 'pending') return null;
    const details = `Inquiry must be created or pending, but is ${status}`;
    return mode === '409' ? conflict(details) : failure(422, { title: 'Unprocessable entity', details });
  }

  /** The newest ones, as a dashboard lists them. */
  listed(now: number, limit: number): ListedRecord[] {
    const rows = this.#state.db.all<InquiryRow>(`${ROW} ORDER BY created_at DESC, inquiry_id LIMIT ?`, [limit]);
    return rows.map((row) => {
      const status = this.#statusOf(row, now);
      return {
        kind: 'inquiry',
        id: row.id,
        createdAt: row.createdAt,
        name: row.templateId,
        ownerId: row.accountId,
        status,
        decision: row.setStatus === null ? null : `status=${row.setStatus}`,
        isOpen: ['created', 'pending', 'needs_review'].includes(status),
      };
    });
  }

  happenings(ids: readonly string[] | null, request: PersonaRequest): Happening[] {
    const rows =
      ids === null ? this.#state.db.all<InquiryRow>(ROW) : ids.flatMap((inquiryId) => this.#find(inquiryId) ?? []);
    return rows.flatMap((row) => {
      const status = this.#statusOf(row, request.now);
      const documents = this.#documentsOf(row);
      const submitted = documents.flatMap(({ submittedAt }) => submittedAt ?? []);
      const isOpen = status === 'created' || status === 'pending';
      return happeningsOf(row.id, () => this.#object(row, request), [
        ['inquiry.created', row.createdAt],
        ['inquiry.started', submitted.length === 0 ? null : Math.min(...submitted)],
        [EVENTS[status] ?? 'inquiry.transitioned', isOpen ? null : this.#changedAt(row, status, documents)],
        ['inquiry.redacted', row.redactedAt],
      ]);
    });
  }

  /** When it came to its present status. */
  #changedAt(row: InquiryRow, status: string, documents: readonly DocumentRow[]): number {
    if (row.setStatus !== null) return row.setAt ?? row.createdAt;
    if (status === 'expired') return this.#expiresAt(row);
    return Math.max(row.createdAt, ...documents.flatMap(({ decidedAt }) => decidedAt ?? []));
  }

  #find(inquiryId: string): InquiryRow | undefined {
    return this.#state.db.get<InquiryRow>(`${ROW} WHERE inquiry_id = ?`, [inquiryId]);
  }

  #list(request: PersonaRequest): Reply {
    const note = filterOf(request, 'note');
    const others = ['inquiry-id', 'account-id', 'inquiry-template-id', 'template-id', 'status'] as const;
    const asked = others.map((name) => [name, filterOf(request, name)] as const);
    if (note !== null && asked.some(([, values]) => values !== null)) {
      return badRequest('filter.note must be the only filter');
    }
    let rows = this.#state.db.all<InquiryRow>(`${ROW} ORDER BY created_at DESC, inquiry_id`);
    if (note !== null) {
      const text = note.join(',');
      rows = rows.filter((row) => this.#details(row)['note'] === text);
    }
    for (const [name, values] of asked) {
      if (values !== null) rows = rows.filter((row) => values.includes(this.#filtered(row, name, request.now) ?? ''));
    }
    return pageOf(rows, request, this.#state, '/inquiries', (row) => this.#object(row, request));
  }

  #filtered(row: InquiryRow, name: string, now: number): string | null {
    if (name === 'inquiry-id') return row.id;
    if (name === 'account-id') return row.accountId;
    return name === 'status' ? this.#statusOf(row, now) : row.templateId;
  }

  #create(request: PersonaRequest): Reply {
    const parsed = attributesOf(request, CREATE, {
      rejectsForeign: this.#state.switches['persona.unknownAttributes'] === 'reject',
      knownMeta: CREATE_META,
    });
    if (isReply(parsed)) return parsed;
    const { values, meta } = parsed;
    const named = Object.keys(TEMPLATES).filter((name) => values[name] !== undefined && values[name] !== null);
    const [templateName] = named;
    if (templateName === undefined || named.length !== 1) {
      return badRequest('Exactly one of template_id, inquiry_template_id, inquiry_template_version_id must be filled');
    }
    const templateId = String(values[templateName]);
    const prefix = Object.entries(TEMPLATES).find(([name]) => name === templateName)?.[1] ?? '';
    if (!templateId.startsWith(prefix) || templateId.endsWith('Unknown')) return notFound(templateName);
    const accountId = textOf(values, 'account-id', false);
    if (accountId !== null && typeof accountId === 'object') return accountId;
    if (accountId !== null && this.#accounts.find(accountId) === undefined) return notFound('account-id');
    const reference = meta['auto-create-account-reference-id'] ?? values['reference-id'];
    if (reference !== undefined && meta['auto-create-account'] === false) {
      return badRequest('meta.auto_create_account_reference_id must not be filled');
    }
    const id = this.#state.prefixedId('inq_');
    const account =
      accountId ??
      (meta['auto-create-account'] === false
        ? null
        : this.#accounts.findOrCreate(typeof reference === 'string' ? reference : null, request.now));
    this.#state.db.run(
      `INSERT INTO inquiries (inquiry_id, account_id, template_id, details_sealed, created_at, runs_from)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [
        id,
        account,
        templateId,
        this.#state.seal({ note: values['note'] ?? null, fields: values['fields'] ?? {}, tags: values['tags'] ?? [] }),
        request.now,
        request.now,
      ],
    );
    return this.#showById(201, id, request);
  }

  #update(row: InquiryRow, request: PersonaRequest): Reply {
    const parsed = attributesOf(request, ['note', 'fields', 'tags', 'redirect-uri'], {
      rejectsForeign: this.#state.switches['persona.unknownAttributes'] === 'reject',
    });
    if (isReply(parsed)) return parsed;
    this.#state.db.run('UPDATE inquiries SET details_sealed = ? WHERE inquiry_id = ?', [
      this.#state.seal({ ...this.#details(row), ...parsed.values }),
      row.id,
    ]);
    return this.#showById(200, row.id, request);
  }

  #redact(row: InquiryRow, request: PersonaRequest): Reply {
    if (row.redactedAt !== null) return conflict('Inquiry already redacted');
    this.#empty(row, request.now);
    return this.#showById(200, row.id, request);
  }

  /** Those of an account follow it. */
  redactOf(accountId: string, now: number): void {
    const rows = this.#state.db.all<InquiryRow>(`${ROW} WHERE account_id = ? AND redacted_at IS NULL`, [accountId]);
    for (const row of rows) this.#empty(row, now);
  }

  #empty(row: InquiryRow, now: number): void {
    const { db } = this.#state;
    db.run('UPDATE inquiries SET details_sealed = ?, redacted_at = ? WHERE inquiry_id = ?', [
      this.#state.seal({}),
      now,
      row.id,
    ]);
    for (const document of this.#documentsOf(row)) db.run('DELETE FROM stored_files WHERE owner_id = ?', [document.id]);
  }

  #act(row: InquiryRow, action: string, request: PersonaRequest): Reply | null {
    const status = this.#statusOf(row, request.now);
    if (action === 'resume') {
      if (row.redactedAt !== null) return conflict('Inquiry already redacted');
      // It makes a session for any inquiry; only an expired one changes its status.
      if (status === 'expired') {
        this.#state.db.run('UPDATE inquiries SET set_status = NULL, runs_from = ? WHERE inquiry_id = ?', [
          Math.max(request.now, row.createdAt + 1),
          row.id,
        ]);
      }
      return this.#showById(200, row.id, request);
    }
    if (action === 'perform-simulate-actions') return this.#simulate(row, request);
    const wanted = ACTIONS[action];
    if (wanted === undefined) return null;
    if (status === wanted && (wanted === 'approved' || wanted === 'declined')) {
      return conflict(`Inquiry already ${wanted}`);
    }
    this.#set(row.id, wanted, request.now);
    return this.#showById(200, row.id, request);
  }

  #simulate(row: InquiryRow, request: PersonaRequest): Reply {
    const body = request.body.form === 'json' ? toKebab(request.body.value) : null;
    const meta = isRecord(body) && isRecord(body['meta']) ? body['meta'] : {};
    const actions = meta['simulate-actions'];
    if (!Array.isArray(actions)) return badRequest('meta.simulate_actions must be an array');
    for (const action of actions) {
      const type = isRecord(action) ? action['type'] : undefined;
      if (type === 'create_passed_verification' || type === 'create_failed_verification') {
        const refused = this.#pretend(row.id, action, type === 'create_passed_verification');
        if (refused !== null) return refused;
        continue;
      }
      const wanted = typeof type === 'string' ? SIMULATED[type] : undefined;
      if (wanted === undefined) return badRequest('meta.simulate_actions.type is not supported');
      this.#set(row.id, wanted, request.now);
    }
    return this.#showById(200, row.id, request);
  }

  /** A verification of no document, which is kept among the inquiry's details. Null: it is there now. */
  #pretend(inquiryId: string, action: unknown, isPassed: boolean): Reply | null {
    const data = isRecord(action) && isRecord(action['data']) ? action['data'] : {};
    const template = data['verification-template-id'];
    if (typeof template !== 'string') {
      return badRequest('meta.simulate_actions.data.verification_template_id is missing');
    }
    if (!template.startsWith('vtmpl_') || template.endsWith('Unknown')) return notFound('verification-template-id');
    const row = this.#find(inquiryId);
    if (row === undefined) return notFound();
    const details = this.#details(row);
    const earlier: readonly unknown[] = Array.isArray(details['pretended']) ? details['pretended'] : [];
    this.#state.db.run('UPDATE inquiries SET details_sealed = ? WHERE inquiry_id = ?', [
      this.#state.seal({ ...details, pretended: [...earlier, isPassed] }),
      inquiryId,
    ]);
    return null;
  }

  #pretended(row: InquiryRow): ResourceObject[] {
    const { pretended } = this.#details(row);
    const all: readonly unknown[] = Array.isArray(pretended) ? pretended : [];
    return all.map((isPassed, index) =>
      pretendedVerification(`ver_${row.id.slice('inq_'.length)}${index}`, row.id, isPassed === true, row.createdAt),
    );
  }

  #set(inquiryId: string, status: string, now: number): void {
    this.#state.db.run('UPDATE inquiries SET set_status = ?, set_at = ? WHERE inquiry_id = ?', [
      status,
      now,
      inquiryId,
    ]);
  }

  /**
   * What somebody set counts. Otherwise: created until the first document is submitted, then pending until all that it holds
   * are through, then what their decisions and the switch for a template's end say. Created and pending ones expire.
   */
  #statusOf(row: InquiryRow, now: number): string {
    if (row.setStatus !== null) return row.setStatus;
    const documents = this.#documentsOf(row);
    const decided = documents.filter(
      (document) => (document.decision === 'hold' && document.submittedAt !== null) || !this.#isUnderway(document, now),
    );
    const isThrough = documents.length > 0 && decided.length === documents.length;
    const usable = documents.filter((document) => !this.#isUseless(document));
    // One that could not be used is waited for until another of its kind has come.
    const isWanted = documents.some((document) => this.#isUseless(document) && !isReplaced(document, usable));
    const expiresAt = this.#expiresAt(row);
    // What was submitted after it leads to nothing.
    if (documents.some(({ submittedAt }) => submittedAt !== null && submittedAt >= expiresAt)) return 'expired';
    if (!isThrough || isWanted) {
      if (now >= expiresAt) return 'expired';
      // A resume turns an expired one back to pending, whether or not anything has come yet.
      const isStarted = row.runsFrom > row.createdAt || documents.some(({ submittedAt }) => submittedAt !== null);
      return isStarted ? 'pending' : 'created';
    }
    const decisions = usable.map(({ decision }) => decision ?? 'accept');
    const word = (name: string): string | undefined => decisions.find((decision) => decision.startsWith(`${name}=`));
    if (word('final') !== undefined) return 'declined';
    if (word('reject') !== undefined) return 'failed';
    if (decisions.includes('hold')) return 'needs_review';
    const end = word('status')?.slice('status='.length) ?? this.#state.switches['persona.inquiryWithoutMarker'];
    return end === 'pending' && now >= expiresAt ? 'expired' : end;
  }

  #expiresAt({ runsFrom }: InquiryRow): number {
    return runsFrom + this.#state.switches['persona.inquiryExpiresHours'] * HOUR_MS;
  }

  /** It could not be processed, or its verification wants it again. */
  #isUseless({ decision }: DocumentRow): boolean {
    const isRetried = this.#state.switches['persona.failedVerification'] === 'requires_retry';
    return decision === 'errored' || (isRetried && decision?.startsWith('reject=') === true);
  }

  #isUnderway(document: DocumentRow, now: number): boolean {
    return document.decidedAt === null || now < document.decidedAt;
  }

  #documentsOf(row: InquiryRow): DocumentRow[] {
    return this.documents?.ofInquiry(row.id) ?? [];
  }

  #details(row: InquiryRow): Readonly<Record<string, unknown>> {
    const details = this.#state.open(row.detailsSealed);
    return isRecord(details) ? details : {};
  }

  #showById(status: number, inquiryId: string, request: PersonaRequest): Reply {
    const row = this.#find(inquiryId);
    return row === undefined ? notFound() : this.#show(status, row, request);
  }

  #show(status: number, row: InquiryRow, request: PersonaRequest): Reply {
    const include = (request.query.get('include') ?? '').split(',');
    const included = [
      ...(include.includes('documents')
        ? this.#documentsOf(row).flatMap((document) => this.documents?.object(document, request) ?? [])
        : []),
      ...(include.includes('verifications') ? this.#verifications(row, request.now) : []),
    ];
    return shown(status, this.#object(row, request), include[0] === '' ? undefined : included);
  }

  #verifications(row: InquiryRow, now: number): ResourceObject[] {
    const ofDocuments = this.#documentsOf(row)
      .filter((document) => document.submittedAt !== null && !this.#isUnderway(document, now))
      .map((document) => verificationOf(document, this.#state));
    return [...ofDocuments, ...this.#pretended(row)];
  }

  #object(row: InquiryRow, request: PersonaRequest): ResourceObject {
    const details = this.#details(row);
    const status = this.#statusOf(row, request.now);
    const documents = this.#documentsOf(row);
    return {
      type: 'inquiry',
      id: row.id,
      attributes: {
        status,
        note: details['note'] ?? null,
        tags: details['tags'] ?? [],
        fields: details['fields'] ?? {},
        'created-at': iso(row.createdAt),
        'expired-at': status === 'expired' ? iso(this.#changedAt(row, status, documents)) : null,
        'redacted-at': iso(row.redactedAt),
        'decisioned-at': status === 'approved' || status === 'declined' ? iso(row.setAt ?? request.now) : null,
      },
      relationships: {
        account: related('account', row.accountId),
        template: related('template', row.templateId.startsWith('tmpl_') ? row.templateId : null),
        'inquiry-template': related('inquiry-template', row.templateId.startsWith('itmpl_') ? row.templateId : null),
        documents: { data: documents.map(({ id, class: kind }) => ({ type: `document/${kind}`, id })) },
        verifications: {
          data: this.#verifications(row, request.now).map(({ type, id }) => ({ type, id })),
        },
        sessions: { data: [] },
        reports: { data: [] },
        selfies: { data: [] },
        transaction: related('transaction', null),
        reviewer: related('user', null),
      },
    };
  }
}

function isReplaced(useless: DocumentRow, usable: readonly DocumentRow[]): boolean {
  return usable.some(
    ({ class: kind, kind: word, createdAt }) =>
      kind === useless.class && word === useless.kind && createdAt > useless.createdAt,
  );
}
