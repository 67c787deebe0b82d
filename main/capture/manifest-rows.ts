import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { Subject, TypedDate } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { isCountry } from '../../shared/rules/index.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';

export const MANIFEST_NAME = 'manifest.csv';

/** Columns that may be left out, or left empty. */
const OPTIONAL_COLUMNS = [
  'document_number',
  'document_expiry_date',
  'company_name',
  'registration_number',
  'issued_on',
] as const;

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
export const CUSTOMER_COLUMNS = [
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

/** One row: what its cells say, and its line of the manifest. */
export type Row = Readonly<Record<Column, string>> & { readonly line: number };

export interface ManifestProblem {
  /** Line of the manifest, counted from 1; null when it concerns the whole file. */
  readonly line: number | null;
  readonly message: Message;
}

/** A manifest that cannot be read at all: nothing was imported. */
export function unreadable(code: string, params: Message['params'] = {}): SatchelFailure {
  return new SatchelFailure({ code: 'invalid_input', message: { code, params: { file: MANIFEST_NAME, ...params } } });
}

const isColumn = (name: string): name is Column =>
  [...MANIFEST_COLUMNS, ...OPTIONAL_COLUMNS].some((column) => column === name);

/**
 * Excel writes semicolons where a comma stands before the decimals, as in Germany, and tabs as "text". No column has any of them in its
 * name, so the header says which it is.
 */
const SEPARATORS = [',', ';', '\t'] as const;

/** A first line with which people tell Excel the separator. It is no row. */
const SEPARATOR_LINE = /^sep=.(?=\n)/i;

function separatorOf(text: string): string {
  const header = /\S.*/.exec(text)?.[0] ?? '';
  const cells = (separator: string): number => header.split(separator).length;
  return SEPARATORS.reduce((best, other) => (cells(other) > cells(best) ? other : best));
}

const lineBreaksIn = (cells: readonly string[]): number => cells.join('').split('\n').length - 1;

/** Without the empty cells that Excel leaves behind the last of `count` when columns were cleared. */
function withoutClearedCells(cells: readonly string[], count: number): readonly string[] {
  return cells.slice(count).every((cell) => cell === '') ? cells.slice(0, count) : cells;
}

/** Of a manifest that are read in one turn of the thread: some milliseconds. */
const CHARACTERS_PER_TURN = 32_768;

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

async function* inPieces(table: string, turn: () => Promise<void>): AsyncGenerator<Buffer> {
  for (let from = 0, to = 0; from < table.length; from = to) {
    await turn();
    to = from + CHARACTERS_PER_TURN;
    // Both halves of a character that has two go together.
    if (isHighSurrogate(table.charCodeAt(to - 1))) to += 1;
    yield Buffer.from(table.slice(from, to));
    await setImmediate();
  }
}

/** The cells of each record, and its line, counted from 1. Throws csv-parse's own error. */
async function recordsOf(table: string, turn: () => Promise<void>): Promise<{ records: string[][]; lines: number[] }> {
  const [records, lines]: [string[][], number[]] = [[], []];
  const parser = parse({
    delimiter: separatorOf(table),
    relax_column_count: true,
    skip_empty_lines: true,
    // Rows that were cleared in Excel are lines of nothing but separators.
    skip_records_with_empty_values: true,
    trim: true,
    on_record: (record: string[], context) => {
      lines.push(context.lines - lineBreaksIn(record));
      records.push(record);
      // It keeps none itself.
      return null;
    },
  });
  await pipeline(Readable.from(inPieces(table, turn)), parser.resume());
  return { records, lines };
}

/** Reads the rows, in turns; `turn` is awaited after each piece. Rejects with `SatchelFailure` when the file as a whole is not a manifest. */
export async function parseManifest(
  bytes: Uint8Array,
  turn: () => Promise<void>,
): Promise<{ rows: Row[]; problems: ManifestProblem[] }> {
  let text: string;
  try {
    // One kind of line end, so that lines are counted as an editor does, also within cells.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n');
  } catch {
    throw unreadable('manifest.notUtf8');
  }
  let found: Awaited<ReturnType<typeof recordsOf>>;
  try {
    found = await recordsOf(text.replace(SEPARATOR_LINE, ''), turn);
  } catch (error) {
    const line = error instanceof Error && 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    throw unreadable('manifest.notCsv', { line });
  }
  const { records, lines } = found;
  const [header, ...body] = records;
  if (header === undefined) throw unreadable('manifest.empty');
  const headerLine = lines[0] ?? 1;
  const columns: Column[] = [];
  const named = header.slice(0, header.findLastIndex((name) => name !== '') + 1);
  for (const name of named) {
    if (!isColumn(name)) throw unreadable('manifest.unknownColumn', { column: name, line: headerLine });
    if (columns.includes(name)) throw unreadable('manifest.columnTwice', { column: name, line: headerLine });
    columns.push(name);
  }
  const missing = MANIFEST_COLUMNS.find((column) => !columns.includes(column));
  if (missing !== undefined) throw unreadable('manifest.missingColumn', { column: missing, line: headerLine });
  if (body.length === 0) throw unreadable('manifest.noRows');

  const rows: Row[] = [];
  const problems: ManifestProblem[] = [];
  for (const [index, record] of body.entries()) {
    await turn();
    const line = lines[index + 1] ?? index + 2;
    const cells = withoutClearedCells(record, columns.length);
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
      issued_on: cell('issued_on'),
    });
  }
  return { rows, problems };
}

/** Thrown while one row is read; becomes a problem of that line. */
export class BadRow extends Error {
  readonly problem: ManifestProblem;
  constructor(line: number, code: string, params: Message['params'] = {}) {
    super(code);
    this.name = 'BadRow';
    this.problem = { line, message: { code, params: { line, ...params } } };
  }
}

/** The day on which the document of a row was issued, or ''. Throws `BadRow`. */
export function issuedOnOf(row: Row): string {
  const parsed = TypedDate.safeParse(row.issued_on);
  if (parsed.success) return parsed.data;
  throw new BadRow(row.line, 'manifest.bad.issued_on', { column: 'issued_on' });
}

/** As a field of the form holds it: a cell of a spreadsheet may have line breaks, and no provider takes a name with one. */
const inOneLine = (cell: string): string => cell.replaceAll(/[\s\p{Cc}]+/gu, ' ');

/** The customer that a row describes. Throws `BadRow`. */
export function subjectOf(row: Row): Subject {
  const parsed = Subject.safeParse({
    givenName: inOneLine(row.given_name),
    familyName: inOneLine(row.family_name),
    birthDate: row.birth_date,
    documentNumber: inOneLine(row.document_number),
    documentExpiryDate: row.document_expiry_date,
    country: row.country.toUpperCase(),
    email: row.email,
    phone: row.phone.replaceAll(/[\s()/.-]/g, ''),
    reference: inOneLine(row.reference),
    companyName: inOneLine(row.company_name),
    registrationNumber: inOneLine(row.registration_number),
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
