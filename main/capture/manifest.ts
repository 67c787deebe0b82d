import { parse } from 'csv-parse/sync';
import { lstat, readFile, realpath } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DocumentType, Side, Subject, slotKey } from '../../shared/domain/index.ts';
import type { Flow, ImportReport, Requirement } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { isCountry } from '../../shared/rules/index.ts';
import type { Editing } from './editing.ts';
import type { ImportItem, Importer } from './importer.ts';
import type { CaptureOptions } from './types.ts';

export const MANIFEST_NAME = 'manifest.csv';

/** Columns that may be left out, or left empty. */
const OPTIONAL_COLUMNS = ['document_number', 'document_expiry_date', 'company_name', 'registration_number'] as const;

/** The columns of a manifest that must be there, in any order. One row names one file. */
export const MANIFEST_COLUMNS = [
  'customer',
  'given_name',
  'family_name',
  'birth_date',
  'country',
  'email',
  'phone',
  'reference',
  'flow',
  'file',
  'requirement',
  'document_type',
  'side',
] as const;
type Column = (typeof MANIFEST_COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];

/** Columns that describe the customer: the same in every row of one, or the rows are not of one customer. */
const CUSTOMER_COLUMNS = [
  'given_name',
  'family_name',
  'birth_date',
  'document_number',
  'document_expiry_date',
  'country',
  'email',
  'phone',
  'reference',
  'company_name',
  'registration_number',
  'flow',
] as const satisfies readonly Column[];

const SUBJECT_FIELD_COLUMNS: Readonly<Record<string, Column>> = {
  givenName: 'given_name',
  familyName: 'family_name',
  birthDate: 'birth_date',
  documentNumber: 'document_number',
  documentExpiryDate: 'document_expiry_date',
  country: 'country',
  email: 'email',
  phone: 'phone',
  reference: 'reference',
  companyName: 'company_name',
  registrationNumber: 'registration_number',
};

/** 10 MB of CSV is some 80,000 rows, far more than a branch has in a year. */
const MAX_MANIFEST_BYTES = 10_000_000;

/** Customers made in one commit: one flush of the disk for all of them, and well below 40 ms of the thread. */
const CUSTOMERS_PER_COMMIT = 50;

type Row = Readonly<Record<Column, string>> & { readonly line: number };

export interface ManifestProblem {
  /** Line of the manifest, counted from 1; null when it concerns the whole file. */
  readonly line: number | null;
  readonly message: Message;
}

export interface ManifestReport {
  /** Null on a dry run, or when no customer could be taken. */
  readonly batchId: string | null;
  readonly customers: readonly { customer: string; submissionId: string | null; files: number }[];
  readonly problems: readonly ManifestProblem[];
  readonly files: ImportReport;
}

interface PlannedFile {
  readonly row: Row;
  readonly path: string;
  readonly slot: string;
  readonly requirementId: string;
  readonly documentType: DocumentType;
}

/** A flow that a row may name, and the connection it belongs to. */
interface OfferedFlow {
  readonly connectionId: string;
  readonly flow: Flow;
}

interface PlannedCustomer extends OfferedFlow {
  readonly customer: string;
  readonly subject: Subject;
  readonly files: PlannedFile[];
}

/** A manifest that cannot be read at all: nothing was imported. */
function unreadable(code: string, params: Message['params'] = {}): SatchelFailure {
  return new SatchelFailure({ code: 'invalid_input', message: { code, params: { file: MANIFEST_NAME, ...params } } });
}

const isColumn = (name: string): name is Column =>
  [...MANIFEST_COLUMNS, ...OPTIONAL_COLUMNS].some((column) => column === name);

/** Reads the rows. Throws `SatchelFailure` when the file as a whole is not a manifest. */
export function parseManifest(bytes: Uint8Array): { rows: Row[]; problems: ManifestProblem[] } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('manifest.notUtf8');
  }
  let records: string[][];
  const lines: number[] = [];
  try {
    let seenLines = 0;
    records = parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (record: string[], context) => {
        lines.push(seenLines + 1);
        seenLines = context.lines;
        return record;
      },
    });
  } catch (error) {
    const line = error instanceof Error && 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    throw unreadable('manifest.notCsv', { line });
  }
  const [header, ...body] = records;
  if (header === undefined) throw unreadable('manifest.empty');
  const headerLine = lines[0] ?? 1;
  const columns: Column[] = [];
  for (const name of header) {
    if (!isColumn(name)) throw unreadable('manifest.unknownColumn', { column: name, line: headerLine });
    if (columns.includes(name)) throw unreadable('manifest.columnTwice', { column: name, line: headerLine });
    columns.push(name);
  }
  const missing = MANIFEST_COLUMNS.find((column) => !columns.includes(column));
  if (missing !== undefined) throw unreadable('manifest.missingColumn', { column: missing, line: headerLine });
  if (body.length === 0) throw unreadable('manifest.noRows');

  const rows: Row[] = [];
  const problems: ManifestProblem[] = [];
  for (const [index, cells] of body.entries()) {
    const line = lines[index + 1] ?? index + 2;
    if (cells.length !== columns.length) {
      problems.push({
        line,
        message: { code: 'manifest.cellCount', params: { line, found: cells.length, wanted: columns.length } },
      });
      continue;
    }
    const cell = (column: Column): string => cells[columns.indexOf(column)] ?? '';
    rows.push({
      line,
      customer: cell('customer'),
      given_name: cell('given_name'),
      family_name: cell('family_name'),
      birth_date: cell('birth_date'),
      document_number: cell('document_number'),
      document_expiry_date: cell('document_expiry_date'),
      country: cell('country'),
      email: cell('email'),
      phone: cell('phone'),
      company_name: cell('company_name'),
      registration_number: cell('registration_number'),
      reference: cell('reference'),
      flow: cell('flow'),
      file: cell('file'),
      requirement: cell('requirement'),
      document_type: cell('document_type'),
      side: cell('side'),
    });
  }
  return { rows, problems };
}

/** Thrown while one row is read; becomes a problem of that line. */
class BadRow extends Error {
  readonly problem: ManifestProblem;
  constructor(line: number, code: string, params: Message['params'] = {}) {
    super(code);
    this.name = 'BadRow';
    this.problem = { line, message: { code, params: { line, ...params } } };
  }
}

function subjectOf(row: Row): Subject {
  const parsed = Subject.safeParse({
    givenName: row.given_name,
    familyName: row.family_name,
    birthDate: row.birth_date,
    documentNumber: row.document_number,
    documentExpiryDate: row.document_expiry_date,
    country: row.country.toUpperCase(),
    email: row.email,
    phone: row.phone.replaceAll(/[\s()/.-]/g, ''),
    reference: row.reference,
    companyName: row.company_name,
    registrationNumber: row.registration_number,
  });
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path[0];
    const column = typeof field === 'string' ? (SUBJECT_FIELD_COLUMNS[field] ?? field) : '';
    throw new BadRow(row.line, `manifest.bad.${column}`, { column });
  }
  if (parsed.data.country !== '' && !isCountry(parsed.data.country)) {
    throw new BadRow(row.line, 'manifest.unknownCountry', { country: parsed.data.country, column: 'country' });
  }
  return parsed.data;
}

function flowOf(row: Row, offered: readonly OfferedFlow[]): OfferedFlow {
  const [only] = offered;
  if (row.flow === '' && only !== undefined && offered.length === 1) return only;
  const found = offered.find(({ flow }) => flow.id === row.flow || flow.name === row.flow);
  if (found !== undefined) return found;
  throw new BadRow(row.line, 'manifest.unknownFlow', {
    flow: row.flow,
    column: 'flow',
    known: offered.map(({ flow }) => flow.id).join(', '),
  });
}

function requirementOf(row: Row, flow: Flow): Requirement {
  const requirement = flow.requirements.find((candidate) => candidate.id === row.requirement);
  if (requirement !== undefined) return requirement;
  throw new BadRow(row.line, 'manifest.unknownRequirement', {
    requirement: row.requirement,
    column: 'requirement',
    known: flow.requirements.map((candidate) => candidate.id).join(', '),
  });
}

/** The slot that a row names; an empty type or side stands for the only one there is. */
function slotOf(row: Row, flow: Flow): Pick<PlannedFile, 'slot' | 'requirementId' | 'documentType'> {
  const requirement = requirementOf(row, flow);
  const type =
    row.document_type === '' ? requirement.accepts[0]?.documentType : DocumentType.safeParse(row.document_type).data;
  const accepted = requirement.accepts.find((option) => option.documentType === type);
  if (accepted === undefined) {
    throw new BadRow(row.line, 'manifest.unknownDocumentType', {
      documentType: row.document_type,
      column: 'document_type',
      known: requirement.accepts.map((option) => option.documentType).join(', '),
    });
  }
  const [onlySide] = accepted.sides;
  const wanted = row.side === '' && accepted.sides.length === 1 ? onlySide : Side.safeParse(row.side).data;
  const side = accepted.sides.find((candidate) => candidate === wanted);
  if (side === undefined) {
    throw new BadRow(row.line, 'manifest.unknownSide', {
      side: row.side,
      column: 'side',
      known: accepted.sides.join(', '),
    });
  }
  return {
    slot: slotKey(requirement.id, accepted.documentType, side),
    requirementId: requirement.id,
    documentType: accepted.documentType,
  };
}

/** A manifest may name only files below its own folder: it may come from somebody else. */
async function fileOf(row: Row, realFolder: string): Promise<string> {
  const outside = (): BadRow => new BadRow(row.line, 'manifest.fileOutside', { file: row.file, column: 'file' });
  const name = row.file;
  if (name === '') throw new BadRow(row.line, 'manifest.noFile', { column: 'file' });
  const parts = name.split(/[/\\]/);
  if (isAbsolute(name) || /^[A-Za-z]:|^[/\\]/.test(name) || parts.includes('..') || name.includes('\0'))
    throw outside();
  const path = join(realFolder, ...(sep === '\\' ? parts : name.split('/')));
  let real: string;
  try {
    if ((await lstat(path)).isSymbolicLink()) throw outside();
    real = await realpath(path);
  } catch (error) {
    if (error instanceof BadRow) throw error;
    throw new BadRow(row.line, 'manifest.fileMissing', { file: name, column: 'file' });
  }
  const inside = relative(realFolder, real);
  if (inside.startsWith('..') || isAbsolute(inside)) throw outside();
  return path;
}

/** Groups the rows by customer. A customer whose rows contradict each other is left out: a page must not reach a stranger. */
async function planCustomers(
  rows: readonly Row[],
  offered: readonly OfferedFlow[],
  realFolder: string,
): Promise<{ customers: PlannedCustomer[]; problems: ManifestProblem[] }> {
  const problems: ManifestProblem[] = [];
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.customer === '') {
      problems.push(new BadRow(row.line, 'manifest.noCustomer', { column: 'customer' }).problem);
      continue;
    }
    groups.set(row.customer, [...(groups.get(row.customer) ?? []), row]);
  }
  const customers: PlannedCustomer[] = [];
  for (const [customer, group] of groups) {
    const [first] = group;
    if (first === undefined) continue;
    try {
      for (const row of group) {
        const column = CUSTOMER_COLUMNS.find((candidate) => row[candidate] !== first[candidate]);
        if (column !== undefined) {
          throw new BadRow(row.line, 'manifest.contradiction', { column, customer, firstLine: first.line });
        }
      }
      customers.push({ customer, ...flowOf(first, offered), subject: subjectOf(first), files: [] });
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      problems.push(error.problem, {
        line: first.line,
        message: { code: 'manifest.customerLeftOut', params: { line: first.line, customer, files: group.length } },
      });
    }
  }
  for (const planned of customers) {
    const typeOf = new Map<string, DocumentType>();
    for (const row of groups.get(planned.customer) ?? []) {
      try {
        const place = slotOf(row, planned.flow);
        const chosen = typeOf.get(place.requirementId) ?? place.documentType;
        if (chosen !== place.documentType) {
          throw new BadRow(row.line, 'manifest.twoDocumentTypes', {
            column: 'document_type',
            requirement: place.requirementId,
            first: chosen,
          });
        }
        const path = await fileOf(row, realFolder);
        typeOf.set(place.requirementId, place.documentType);
        planned.files.push({ row, path, ...place });
      } catch (error) {
        if (!(error instanceof BadRow)) throw error;
        problems.push(error.problem);
      }
    }
  }
  return { customers, problems };
}

export function createManifestImport(
  options: CaptureOptions,
  { editing, importer }: { editing: Editing; importer: Importer },
) {
  /** The flows that a manifest may name. Two connections with one flow id are ambiguous. */
  function offeredBy(connectionIds: readonly string[]): OfferedFlow[] {
    const offered = connectionIds.flatMap((connectionId) =>
      options.connections.get(connectionId).flows.map((flow) => ({ connectionId, flow })),
    );
    const ids = new Set<string>();
    for (const { flow } of offered) {
      if (ids.has(flow.id)) throw unreadable('manifest.ambiguousFlow', { flow: flow.id });
      ids.add(flow.id);
    }
    return offered;
  }

  /**
   * Imports a folder with a `manifest.csv` into a new batch. What is wrong with a row stops that row, what is wrong with a
   * customer stops that customer; the others go on. The flow of a row decides over which of the connections it goes.
   * `isDryRun` only reads and reports. Throws `SatchelFailure` when the manifest as a whole cannot be read.
   */
  async function importManifest(
    folder: string,
    { connectionIds, isDryRun = false }: { readonly connectionIds: readonly string[]; readonly isDryRun?: boolean },
  ): Promise<ManifestReport> {
    const offered = offeredBy(connectionIds);
    let bytes: Uint8Array;
    let realFolder: string;
    try {
      realFolder = await realpath(folder);
      const path = join(realFolder, MANIFEST_NAME);
      if ((await lstat(path)).size > MAX_MANIFEST_BYTES) throw unreadable('manifest.tooLarge');
      bytes = await readFile(path);
    } catch (error) {
      if (error instanceof SatchelFailure) throw error;
      throw unreadable('manifest.notFound', { folder: basename(folder) });
    }
    const { rows, problems: badRows } = parseManifest(bytes);
    const { customers, problems } = await planCustomers(rows, offered, realFolder);
    const allProblems = [...badRows, ...problems].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    if (isDryRun || customers.length === 0) {
      return {
        batchId: null,
        customers: customers.map(({ customer, files }) => ({ customer, submissionId: null, files: files.length })),
        problems: allProblems,
        files: { imported: [], refused: [] },
      };
    }
    const batchId = editing.createBatch();
    const items: ImportItem[] = [];
    const done: ManifestReport['customers'][number][] = [];
    for (let start = 0; start < customers.length; start += CUSTOMERS_PER_COMMIT) {
      // The window gets its turn between two commits.
      if (start > 0) await setImmediate();
      const group = customers.slice(start, start + CUSTOMERS_PER_COMMIT);
      const submissionIds = editing.createSubmissions(
        group.map((planned) => ({
          batchId,
          connectionId: planned.connectionId,
          flowId: planned.flow.id,
          subject: planned.subject,
          documents: planned.files.map(({ requirementId, documentType }) => ({ requirementId, documentType })),
        })),
      );
      for (const [index, { customer, files }] of group.entries()) {
        const submissionId = submissionIds[index];
        if (submissionId === undefined) continue;
        for (const { path, slot } of files) {
          items.push({ name: basename(path), source: { kind: 'file', path }, target: { submissionId, slot } });
        }
        done.push({ customer, submissionId, files: files.length });
      }
    }
    const files = await importer.importItems(items, 'manifest');
    return { batchId, customers: done, problems: allProblems, files };
  }

  return { importManifest };
}
