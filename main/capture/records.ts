import { z } from 'zod';
import {
  Flow,
  MediaType,
  RenditionType,
  Subject,
  SubmissionState,
  TypedDate,
  UnconfirmedFields,
} from '../../shared/domain/index.ts';
import type { DocumentType, PageView, ProviderId } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { SheetMeasures, isSentInstead } from '../../shared/rules/index.ts';
import type { PageFact, RuleDocument } from '../../shared/rules/index.ts';
import type { ReadableDatabase, SqlValue, WritableDatabase } from '../database/types.ts';
import type { FieldCipher, StoredBlob } from '../vault/types.ts';

/** Rows of the capture tables, parsed. Everything that was stored as JSON or sealed goes through zod on its way back. */

export const MessageSchema = z
  .object({
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .transform(({ code, params }): Message => (params === undefined ? { code } : { code, params }));

const Facts = z.array(
  z.object({
    rule: z.string(),
    severity: z.enum(['blocking', 'warning', 'info']),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
);
const Measures = z.array(SheetMeasures);
const RetakeSlots = z.record(z.string(), MessageSchema);
const Source = z.enum(['dialog', 'drop', 'paste', 'manifest', 'folder', 'scanner', 'camera']);
const DocumentRows = z.array(
  z.object({
    id: z.string(),
    requirementId: z.string(),
    documentType: z.string(),
    country: z.string(),
    issuedOnSealed: z.instanceof(Uint8Array).nullable(),
  }),
);

export interface SubmissionRecord {
  readonly id: string;
  readonly batchId: string;
  readonly connectionId: string;
  readonly provider: ProviderId;
  readonly flow: Flow;
  readonly state: SubmissionState;
  readonly isHeld: boolean;
  readonly isAttention: boolean;
  readonly isVoided: boolean;
  /** It is a stack: its pages wait in the tray to be dealt out to customers, and it is never sent. */
  readonly isStack: boolean;
  readonly subject: Subject;
  /** Fields that hold what a page said, until a person confirms them. */
  readonly unconfirmed: UnconfirmedFields;
  /** Ids of the disagreements that a person decided to be of one customer. */
  readonly decided: ReadonlySet<string>;
  /** Slots that the provider wants again, with its reason in words for people. */
  readonly retakeSlots: Readonly<Record<string, Message>>;
  /** The rules that a supervisor has overridden; none without one, or once something has changed since. */
  readonly overridden: ReadonlySet<string>;
  readonly round: number;
}

export interface DocumentRecord extends Omit<RuleDocument, 'issuedOn'> {
  readonly id: string;
  /** See `issuedOn`. */
  readonly issuedOnSealed: Uint8Array | null;
}

export interface RenditionRecord {
  readonly blobId: string;
  readonly mediaType: RenditionType;
  readonly byteLength: number;
  readonly sha256: string;
  readonly rule: string;
}

export interface PageRecord {
  readonly id: string;
  readonly submissionId: string;
  readonly blobId: string;
  readonly thumbnailBlobId: string | null;
  readonly slot: string | null;
  readonly state: 'active' | 'removed' | 'replaced';
  readonly replacesPageId: string | null;
  readonly mediaType: MediaType;
  readonly source: PageView['source'];
  readonly byteLength: number;
  readonly sha256: string;
  /** What is sent in place of the original, if a rule wants that. */
  readonly rendition: RenditionRecord | null;
  readonly widthPixels: number | null;
  readonly heightPixels: number | null;
  readonly sheetCount: number | null;
  readonly rotation: number;
  readonly facts: readonly PageFact[];
  readonly measures: readonly SheetMeasures[];
  /** An earlier page that looks like this one: see `findAlike`. */
  readonly alikePageId: string | null;
  readonly isInspected: boolean;
  readonly capturedAt: number;
  readonly isDelivered: boolean;
  /** When the retention period took its bytes, epoch milliseconds; null: they are there. */
  readonly purgedAt: number | null;
  readonly fileNameSealed: Uint8Array;
}

/** A sealed value is bound to its row and column: moved elsewhere in the file it does not open. */
export const sealContext = {
  subject: (submissionId: string): string => `submissions/${submissionId}/subject`,
  overrideReason: (submissionId: string): string => `submissions/${submissionId}/override`,
  voidReason: (submissionId: string): string => `submissions/${submissionId}/void`,
  fileName: (pageId: string): string => `pages/${pageId}/file_name`,
  issuedOn: (documentId: string): string => `documents/${documentId}/issued_on`,
  look: (pageId: string): string => `pages/${pageId}/look`,
  reading: (pageId: string, source: string): string => `readings/${pageId}/${source}`,
  sameCustomer: (submissionId: string): string => `submissions/${submissionId}/same_customer`,
  sameCustomerReason: (submissionId: string): string => `submissions/${submissionId}/same_customer_reason`,
};

/** Many submissions share few flows; parsing one costs more than everything else of a row. */
const flowCache = new Map<string, Flow>();
const MAX_CACHED_FLOWS = 200;

export function parseFlow(json: string): Flow {
  const cached = flowCache.get(json);
  if (cached !== undefined) return cached;
  const flow = Flow.parse(JSON.parse(json));
  if (flowCache.size >= MAX_CACHED_FLOWS) flowCache.clear();
  flowCache.set(json, flow);
  return flow;
}

export function openSubject(cipher: FieldCipher, submissionId: string, sealed: Uint8Array): Subject {
  return Subject.parse(JSON.parse(cipher.open(sealed, sealContext.subject(submissionId))));
}

/** The customer's fields and which of them nobody has confirmed, inside the caller's transaction. */
export function writeSubject(
  db: WritableDatabase,
  cipher: FieldCipher,
  submissionId: string,
  { subject, unconfirmed }: { readonly subject: Subject; readonly unconfirmed: UnconfirmedFields },
): void {
  db.run('UPDATE submissions SET subject_sealed = ?, unconfirmed_fields = ? WHERE id = ?', [
    cipher.seal(JSON.stringify(subject), sealContext.subject(submissionId)),
    JSON.stringify(unconfirmed),
    submissionId,
  ]);
}

const SameCustomer = z.object({ ids: z.array(z.string()), reason: z.string() });

function openDecided(cipher: FieldCipher, submissionId: string, sealed: Uint8Array | null): ReadonlySet<string> {
  if (sealed === null) return new Set();
  const opened: unknown = JSON.parse(cipher.open(sealed, sealContext.sameCustomer(submissionId)));
  return new Set(SameCustomer.parse(opened).ids);
}

interface SubmissionRow {
  readonly id: string;
  readonly batch_id: string;
  readonly connection_id: string;
  readonly provider: ProviderId;
  readonly flow: string;
  readonly state: string;
  readonly is_held: number;
  readonly is_attention: number;
  readonly voided_at: number | null;
  readonly subject_sealed: Uint8Array;
  readonly unconfirmed_fields: string;
  readonly same_customer_sealed: Uint8Array | null;
  readonly retake_slots: string | null;
  readonly is_overridden: number;
  readonly is_stack: number;
  readonly round: number;
}

/** The row of bytes that are durable in the vault. Inside the caller's transaction. */
export function insertBlob(
  db: WritableDatabase,
  { blobId, byteLength, sha256 }: Pick<StoredBlob, 'blobId' | 'byteLength' | 'sha256'>,
  { kind, now }: { readonly kind: 'original' | 'thumbnail' | 'rendition'; readonly now: number },
): void {
  db.run('INSERT INTO blobs (id, kind, byte_length, sha256, created_at) VALUES (?, ?, ?, ?, ?)', [
    blobId,
    kind,
    byteLength,
    sha256,
    now,
  ]);
}

export const notFound = (): SatchelFailure =>
  new SatchelFailure({ code: 'not_found', message: { code: 'app.notFound' } });

const NO_RULES: ReadonlySet<string> = new Set();

/** The rules that the last override was about, which its row of the ledger names. */
function readOverridden(db: ReadableDatabase, submissionId: string): ReadonlySet<string> {
  const row = db.get<{ rules: string | null }>(
    `SELECT data ->> 'rules' AS rules FROM ledger WHERE submission_id = ? AND kind = 'submission.overridden'
     ORDER BY sequence DESC LIMIT 1`,
    [submissionId],
  );
  return new Set(row?.rules?.split(' '));
}

export function readSubmission(db: ReadableDatabase, cipher: FieldCipher, submissionId: string): SubmissionRecord {
  const row = db.get<SubmissionRow>(
    `SELECT submissions.id, batch_id, connection_id, provider, flow, state, is_held, is_attention, voided_at,
       subject_sealed, unconfirmed_fields, same_customer_sealed, retake_slots,
       override_reason_sealed IS NOT NULL AS is_overridden,
       EXISTS (SELECT 1 FROM stacks WHERE submission_id = submissions.id) AS is_stack, round
     FROM submissions JOIN connections ON connections.id = connection_id WHERE submissions.id = ?`,
    [submissionId],
  );
  if (row === undefined) throw notFound();
  let subject: Subject | undefined;
  return {
    id: row.id,
    batchId: row.batch_id,
    connectionId: row.connection_id,
    provider: row.provider,
    flow: parseFlow(row.flow),
    state: SubmissionState.parse(row.state),
    isHeld: row.is_held === 1,
    isAttention: row.is_attention === 1,
    isVoided: row.voided_at !== null,
    isStack: row.is_stack === 1,
    // Opened when it is first asked for: most callers want only the state, and an import reads one for each page.
    get subject() {
      subject ??= openSubject(cipher, row.id, row.subject_sealed);
      return subject;
    },
    unconfirmed: row.unconfirmed_fields === '{}' ? {} : UnconfirmedFields.parse(JSON.parse(row.unconfirmed_fields)),
    decided: openDecided(cipher, row.id, row.same_customer_sealed),
    retakeSlots: row.retake_slots === null ? {} : RetakeSlots.parse(JSON.parse(row.retake_slots)),
    overridden: row.is_overridden === 1 ? readOverridden(db, row.id) : NO_RULES,
    round: row.round,
  };
}

export function readDocuments(db: ReadableDatabase, submissionId: string, flow: Flow): DocumentRecord[] {
  const rows = DocumentRows.parse(
    db.all(
      `SELECT id, requirement_id AS requirementId, document_type AS documentType, country,
         issued_on_sealed AS issuedOnSealed FROM documents WHERE submission_id = ?`,
      [submissionId],
    ),
  );
  return flow.requirements.flatMap((requirement) => {
    const row = rows.find((candidate) => candidate.requirementId === requirement.id);
    if (row === undefined) return [];
    const accepted =
      requirement.accepts.find((option) => option.documentType === row.documentType) ?? requirement.accepts[0];
    if (accepted === undefined) return [];
    const documentType: DocumentType = accepted.documentType;
    const { id, country, issuedOnSealed } = row;
    return [{ id, requirementId: requirement.id, documentType, country, issuedOnSealed }];
  });
}

/** The day on which a document was issued, `YYYY-MM-DD`; '' while nobody has typed it. */
export function issuedOn(cipher: FieldCipher, { id, issuedOnSealed }: DocumentRecord): string {
  return issuedOnSealed === null ? '' : TypedDate.parse(cipher.open(issuedOnSealed, sealContext.issuedOn(id)));
}

/** What `documents.issued_on_sealed` gets for a day, or for ''. */
export function sealedIssuedOn(cipher: FieldCipher, documentId: string, day: string): Uint8Array | null {
  return day === '' ? null : cipher.seal(day, sealContext.issuedOn(documentId));
}

interface PageRow {
  readonly id: string;
  readonly submission_id: string;
  readonly blob_id: string;
  readonly thumbnail_blob_id: string | null;
  readonly slot: string | null;
  readonly state: PageRecord['state'];
  readonly replaces_page_id: string | null;
  readonly media_type: string;
  readonly source: string;
  readonly byte_length: number;
  readonly sha256: string;
  readonly width_pixels: number | null;
  readonly height_pixels: number | null;
  readonly sheet_count: number | null;
  readonly rotation: number;
  readonly findings: string;
  readonly measures: string | null;
  readonly alike_page_id: string | null;
  readonly inspected_at: number | null;
  readonly captured_at: number;
  readonly delivered_at: number | null;
  readonly purged_at: number | null;
  readonly file_name_sealed: Uint8Array;
  readonly rendition_blob_id: string | null;
  readonly rendition_type: string | null;
  readonly rendition_length: number | null;
  readonly rendition_sha256: string | null;
  readonly rendition_rule: string | null;
}

const PAGE_SELECT = `SELECT pages.id, submission_id, pages.blob_id, thumbnail_blob_id, slot, state, replaces_page_id,
    pages.media_type, source, blobs.byte_length, blobs.sha256, width_pixels, height_pixels, sheet_count, rotation, findings, measures, alike_page_id, inspected_at,
    captured_at, delivered_at, pages.purged_at, file_name_sealed, renditions.blob_id AS rendition_blob_id,
    renditions.media_type AS rendition_type, sent.byte_length AS rendition_length, sent.sha256 AS rendition_sha256,
    renditions.rule AS rendition_rule
  FROM pages JOIN blobs ON blobs.id = pages.blob_id
  LEFT JOIN renditions ON renditions.page_id = pages.id LEFT JOIN blobs AS sent ON sent.id = renditions.blob_id
  LEFT JOIN page_measures ON page_measures.page_id = pages.id`;

function toRendition(row: PageRow): RenditionRecord | null {
  if (row.rendition_blob_id === null) return null;
  return {
    blobId: row.rendition_blob_id,
    mediaType: RenditionType.parse(row.rendition_type),
    byteLength: row.rendition_length ?? 0,
    sha256: row.rendition_sha256 ?? '',
    rule: row.rendition_rule ?? '',
  };
}

function toPage(row: PageRow): PageRecord {
  let measures: readonly SheetMeasures[] | undefined;
  return {
    id: row.id,
    submissionId: row.submission_id,
    blobId: row.blob_id,
    thumbnailBlobId: row.thumbnail_blob_id,
    slot: row.slot,
    state: row.state,
    replacesPageId: row.replaces_page_id,
    mediaType: MediaType.parse(row.media_type),
    source: Source.parse(row.source),
    byteLength: row.byte_length,
    sha256: row.sha256,
    rendition: toRendition(row),
    widthPixels: row.width_pixels,
    heightPixels: row.height_pixels,
    sheetCount: row.sheet_count,
    rotation: row.rotation,
    facts: row.findings === '[]' ? [] : Facts.parse(JSON.parse(row.findings)),
    // Parsed when they are first asked for: only the rules judge them.
    get measures() {
      measures ??= row.measures === null ? [] : Measures.parse(JSON.parse(row.measures));
      return measures;
    },
    alikePageId: row.alike_page_id,
    isInspected: row.inspected_at !== null,
    capturedAt: row.captured_at,
    isDelivered: row.delivered_at !== null,
    purgedAt: row.purged_at,
    fileNameSealed: row.file_name_sealed,
  };
}

/** What is sent of a page: its rendition, where a rule wanted one, else the original. */
export function asSent(page: PageRecord): Pick<PageRecord, 'blobId' | 'mediaType' | 'byteLength'> {
  const { rendition, slot } = page;
  return rendition !== null && isSentInstead(rendition.rule, slot) ? rendition : page;
}

/** A submission's active pages in the order of their capture. */
export function readActivePages(db: ReadableDatabase, submissionId: string): PageRecord[] {
  return db
    .all<PageRow>(`${PAGE_SELECT} WHERE submission_id = ? AND state = 'active' ORDER BY pages.id`, [submissionId])
    .map(toPage);
}

export function countActivePages(db: ReadableDatabase, submissionId: string): number {
  const row = db.get<{ count: number }>(
    "SELECT count(*) AS count FROM pages WHERE submission_id = ? AND state = 'active'",
    [submissionId],
  );
  return row?.count ?? 0;
}

/**
 * The active pages that a new one takes the place of: those in a slot that is wanted again which the provider has, or which it refused
 * when they were to be delivered (a call with them was made).
 */
export function readPagesToReplace(
  db: ReadableDatabase,
  { id, retakeSlots }: Pick<SubmissionRecord, 'id' | 'retakeSlots'>,
): ReadonlySet<string> {
  const wanted = Object.keys(retakeSlots);
  if (wanted.length === 0) return new Set();
  const rows = db.all<{ id: string }>(
    `SELECT id FROM pages WHERE submission_id = ? AND state = 'active' AND slot IN (SELECT value FROM json_each(?))
       AND (delivered_at IS NOT NULL OR EXISTS (SELECT 1 FROM operations WHERE operations.submission_id = pages.submission_id
         AND operations.first_attempt_at IS NOT NULL AND (operations.page_id = pages.id OR instr(operations.payload, json_quote(pages.id)) > 0)))`,
    [id, JSON.stringify(wanted)],
  );
  return new Set(rows.map((row) => row.id));
}

/** Only who lies in which slot: what placing a new page, or a list of customers, needs to know. */
export function readFilledSlots(
  db: ReadableDatabase,
  submissionId: string,
): Pick<PageRecord, 'id' | 'slot' | 'isDelivered'>[] {
  return db
    .all<{ id: string; slot: string; delivered_at: number | null }>(
      "SELECT id, slot, delivered_at FROM pages WHERE submission_id = ? AND state = 'active' AND slot IS NOT NULL",
      [submissionId],
    )
    .map((row) => ({ id: row.id, slot: row.slot, isDelivered: row.delivered_at !== null }));
}

export function readPage(db: ReadableDatabase, pageId: string): PageRecord {
  const row = db.get<PageRow>(`${PAGE_SELECT} WHERE pages.id = ?`, [pageId]);
  if (row === undefined) throw notFound();
  return toPage(row);
}

/** Another page that a page is compared with, and whose it is. */
export interface OtherPage {
  readonly pageId: string;
  readonly submissionId: string;
  readonly capturedAt: number;
  readonly subjectSealed: Uint8Array;
}

interface OtherPageRow {
  readonly id: string;
  readonly submission_id: string;
  readonly captured_at: number;
  readonly subject_sealed: Uint8Array;
}

/** The first page that `condition` finds (SQL from FROM on, over `pages` and `submissions`); null when there is none. */
export function findOtherPage(
  db: ReadableDatabase,
  condition: string,
  parameters: readonly SqlValue[],
): OtherPage | null {
  const row = db.get<OtherPageRow>(
    `SELECT pages.id, submission_id, captured_at, subject_sealed ${condition} ORDER BY pages.id LIMIT 1`,
    parameters,
  );
  if (row === undefined) return null;
  return {
    pageId: row.id,
    submissionId: row.submission_id,
    capturedAt: row.captured_at,
    subjectSealed: row.subject_sealed,
  };
}

/** Another active page with the same bytes, wherever it is: the earliest. Purged pages, and those of voided submissions, do not count. */
export function findDuplicate(
  db: ReadableDatabase,
  page: { readonly id: string; readonly sha256: string },
): OtherPage | null {
  return findOtherPage(
    db,
    `FROM blobs JOIN pages ON blob_id = blobs.id JOIN submissions ON submissions.id = submission_id
     WHERE sha256 = ? AND kind = 'original' AND pages.state = 'active' AND pages.id <> ? AND voided_at IS NULL
       AND pages.purged_at IS NULL`,
    [page.sha256, page.id],
  );
}

/** The earlier page that looks like this one, as long as it can be looked at and its submission is not voided. */
export function findAlike(db: ReadableDatabase, { alikePageId }: Pick<PageRecord, 'alikePageId'>): OtherPage | null {
  if (alikePageId === null) return null;
  return findOtherPage(
    db,
    `FROM pages JOIN submissions ON submissions.id = submission_id
     WHERE pages.id = ? AND pages.state = 'active' AND voided_at IS NULL AND pages.purged_at IS NULL`,
    [alikePageId],
  );
}
