import { lstat, readFile, realpath } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DocumentType, Side, slotKey } from '../../shared/domain/index.ts';
import type { BeforeChoice, Flow, ImportReport, Requirement } from '../../shared/domain/index.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import type { Editing } from './editing.ts';
import type { ImportItem, Importer } from './importer.ts';
import { batchBegun, findEarlier } from './manifest-earlier.ts';
import { groupRows } from './manifest-groups.ts';
import { digestsOf, filesOfTwo, refusalOfFile } from './manifest-files.ts';
import type { NamedFile } from './manifest-files.ts';
import { beforeProblems, ordersOf, stuckProblems, toldBefore } from './manifest-orders.ts';
import type { BeforeTold, OfferedFlow, Order, PlannedCustomer, PlannedFile, ReadManifest } from './manifest-orders.ts';
import {
  BadRow,
  CUSTOMER_COLUMNS,
  MANIFEST_NAME,
  issuedOnOf,
  parseManifest,
  subjectOf,
  unreadable,
} from './manifest-rows.ts';
import type { ManifestProblem, Row } from './manifest-rows.ts';
import type { RefusedFile } from './intake.ts';
import { NoAnswer } from '../vault/index.ts';
import type { Answering } from '../vault/index.ts';
import { takingTurns } from './turns.ts';
import type { CaptureOptions } from './types.ts';

/** 10 MB of CSV is some 80,000 rows, far more than a branch has in a year. */
const MAX_MANIFEST_BYTES = 10_000_000;

/** Customers made in one commit: one flush of the disk for all of them, and well below 40 ms of the thread. */
const CUSTOMERS_PER_COMMIT = 50;

/** A file that was not, or would not be, taken in: under the name that the manifest gives it, which is its path there. */
export interface ManifestRefusal extends RefusedFile {
  readonly line: number;
  /** The customer's reference; the word of the column `customer` where there is none. */
  readonly reference: string;
}

export interface ManifestReport extends BeforeTold {
  /** Null on a dry run, or when no customer could be taken. */
  readonly batchId: string | null;
  readonly customers: readonly { customer: string; submissionId: string | null; files: number }[];
  readonly problems: readonly ManifestProblem[];
  readonly files: { readonly imported: ImportReport['imported']; readonly refused: ManifestRefusal[] };
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
function slotOf(row: Row, flow: Flow): Omit<PlannedFile, keyof NamedFile> {
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
    issuedOn: issuedOnOf(row),
  };
}

/** Two spellings of one letter (é as one mark or two) look the same in a spreadsheet; macOS and archives made there write the second. */
const SPELLINGS = ['NFC', 'NFD'] as const;

/** The path of a file as the row spells it or, when no file is called so, as the disk does. */
async function pathOf(folder: string, parts: readonly string[]): Promise<string> {
  const path = join(folder, ...parts);
  const others = SPELLINGS.map((spelling) => join(folder, ...parts.map((part) => part.normalize(spelling))));
  for (const candidate of new Set([path, ...others])) {
    const isThere = await lstat(candidate).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return path;
}

/** A manifest may name only files below its own folder: it may come from somebody else. */
async function fileOf(row: Row, realFolder: string): Promise<string> {
  const outside = (): BadRow => new BadRow(row.line, 'manifest.fileOutside', { file: row.file, column: 'file' });
  const name = row.file;
  if (name === '') throw new BadRow(row.line, 'manifest.noFile', { column: 'file' });
  const parts = name.split(/[/\\]/);
  if (isAbsolute(name) || /^[A-Za-z]:|^[/\\]/.test(name) || parts.includes('..') || name.includes('\0'))
    throw outside();
  const path = await pathOf(realFolder, sep === '\\' ? parts : name.split('/'));
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

/** The refusal of a file in the words of the manifest: its basename may be that of many. */
function inManifest({ message }: RefusedFile, { subject, customer }: PlannedCustomer, row: Row): ManifestRefusal {
  return {
    fileName: row.file,
    line: row.line,
    reference: subject.reference === '' ? customer : subject.reference,
    message: { code: message.code, params: { ...message.params, file: row.file } },
  };
}

/** For work that is long because a manifest is: `goesOn` is called whenever a file has answered, `turn` is awaited after each piece. */
interface Pace {
  readonly goesOn: () => void;
  readonly turn: () => Promise<void>;
}

/** What the rows say of each customer. One whose rows contradict each other is left out: a page must not reach a stranger. */
async function planCustomers(
  rows: readonly Row[],
  offered: readonly OfferedFlow[],
  { realFolder, goesOn, turn }: { readonly realFolder: string } & Pace,
): Promise<{ customers: PlannedCustomer[]; problems: ManifestProblem[] }> {
  const { byCustomer, byReference, problems: nobodys } = await groupRows(rows, turn);
  const problems = [...nobodys];
  const customers: (PlannedCustomer & { readonly files: PlannedFile[] })[] = [];
  for (const [customer, group] of byCustomer) {
    const [first] = group;
    await turn();
    try {
      for (const row of group) {
        const column = CUSTOMER_COLUMNS.find((candidate) => row[candidate] !== first[candidate]);
        if (column !== undefined) {
          throw new BadRow(row.line, 'manifest.contradiction', { column, customer, firstLine: first.line });
        }
      }
      const other = byReference.get(first.reference.toLowerCase())?.find((row) => row.customer !== customer);
      if (other !== undefined) {
        throw new BadRow(first.line, 'manifest.referenceTwice', {
          column: 'reference',
          reference: first.reference,
          customer,
          other: other.customer,
          otherLine: other.line,
        });
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
    await turn();
    const firstOf = new Map<string, Pick<PlannedFile, 'documentType' | 'issuedOn'>>();
    const lineOf = new Map<string, number>();
    for (const row of byCustomer.get(planned.customer) ?? []) {
      try {
        const place = slotOf(row, planned.flow);
        const chosen = firstOf.get(place.requirementId) ?? place;
        if (chosen.documentType !== place.documentType) {
          throw new BadRow(row.line, 'manifest.twoDocumentTypes', {
            column: 'document_type',
            requirement: place.requirementId,
            first: chosen.documentType,
          });
        }
        if (chosen.issuedOn !== place.issuedOn) {
          throw new BadRow(row.line, 'manifest.twoIssueDates', {
            column: 'issued_on',
            requirement: place.requirementId,
          });
        }
        const firstLine = lineOf.get(place.slot);
        if (firstLine !== undefined) {
          throw new BadRow(row.line, 'manifest.slotTwice', { column: 'requirement', firstLine });
        }
        const path = await fileOf(row, realFolder).finally(goesOn);
        lineOf.set(place.slot, row.line);
        firstOf.set(place.requirementId, place);
        planned.files.push({ row, path, ...place });
      } catch (error) {
        if (!(error instanceof BadRow)) throw error;
        problems.push(error.problem);
      }
    }
  }
  return { customers, problems };
}

/** What an import would take in, as far as rows and the ends of files tell. */
async function check(found: ReadManifest, { goesOn, turn }: Pace): Promise<ManifestReport> {
  const { customers, problems } = found;
  const refused: ManifestRefusal[] = [];
  for (const customer of customers) {
    for (const { row, path } of customer.files) {
      const refusal = await refusalOfFile(path);
      goesOn();
      if (refusal !== null) refused.push(inManifest(refusal, customer, row));
    }
  }
  await turn();
  const told = toldBefore(found);
  await turn();
  const stuck = stuckProblems(found, ['stuck']);
  await turn();
  return {
    batchId: null,
    customers: customers.map(({ customer, files }) => ({ customer, submissionId: null, files: files.length })),
    problems: [...beforeProblems(found, told), ...stuck, ...problems],
    ...told,
    files: { imported: [], refused: refused.toSorted((a, b) => a.line - b.line) },
  };
}

export function createManifestImport(
  options: CaptureOptions,
  { editing, importer, answering }: { editing: Editing; importer: Importer; answering: Answering },
) {
  /** Reads a folder that may lie on a share whose server has gone. Throws `SatchelFailure` then. */
  async function whileItAnswers<Result>(work: (goesOn: () => void) => Promise<Result>): Promise<Result> {
    try {
      return await answering.whileItAnswers(work);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      const params = { file: MANIFEST_NAME };
      throw new SatchelFailure({ code: 'storage', message: { code: 'manifest.noAnswer', params } });
    }
  }

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

  /** Work of its own is no folder that does not answer, however long it takes on a busy PC. */
  function turnsOf(goesOn: Pace['goesOn']): Pace['turn'] {
    const pause = takingTurns(() => options.clock.monotonic());
    return () => {
      goesOn();
      return pause();
    };
  }

  /** Reads the manifest and all that can be said of it before anything is taken in. */
  async function read(folder: string, offered: readonly OfferedFlow[], goesOn: () => void): Promise<ReadManifest> {
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
    const turn = turnsOf(goesOn);
    const { rows, problems: badRows } = await parseManifest(bytes, turn);
    const { customers: planned, problems } = await planCustomers(rows, offered, { realFolder, goesOn, turn });
    const digests = await digestsOf(
      options.db,
      planned.flatMap(({ files }) => files),
      goesOn,
    );
    await turn();
    const shared = filesOfTwo(planned, digests);
    await turn();
    const customers = planned.map((customer) => ({
      ...customer,
      files: customer.files.filter(({ row }) => !shared.rows.has(row)),
    }));
    return {
      customers,
      problems: [...badRows, ...problems, ...shared.problems].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
      earlier: await findEarlier(options, customers, digests, goesOn),
    };
  }

  /** New customers for those who are not begun; answers everybody's id. */
  async function makeCustomers(orders: readonly Order[], batchId: string): Promise<ReadonlyMap<Order, string>> {
    const ids = new Map(orders.flatMap((order) => (order.begun === null ? [] : [[order, order.begun] as const])));
    const wanted = orders.filter(({ begun }) => begun === null);
    for (let start = 0; start < wanted.length; start += CUSTOMERS_PER_COMMIT) {
      // The window gets its turn between two commits.
      if (start > 0) await setImmediate();
      const group = wanted.slice(start, start + CUSTOMERS_PER_COMMIT);
      const submissionIds = editing.createSubmissions(
        group.map(({ of }) => ({
          batchId,
          connectionId: of.connectionId,
          flowId: of.flow.id,
          subject: of.subject,
          documents: of.files.map(({ requirementId, documentType, issuedOn }) => ({
            requirementId,
            documentType,
            issuedOn,
          })),
        })),
      );
      for (const [index, order] of group.entries()) {
        const submissionId = submissionIds[index];
        if (submissionId !== undefined) ids.set(order, submissionId);
      }
    }
    return ids;
  }

  /**
   * Imports a folder with a `manifest.csv` into a new batch. What is wrong with a row stops that row, what is wrong with a
   * customer stops that customer; the others go on. The flow of a row decides over which of the connections it goes.
   * `isDryRun` only reads and reports. Throws `SatchelFailure` when the manifest as a whole cannot be read, and when customers
   * of it came in before, unless `before` says what is to become of them: `missing` goes on with an import that was killed, in its batch.
   */
  async function importManifest(
    folder: string,
    {
      connectionIds,
      isDryRun = false,
      before = 'refuse',
    }: { readonly connectionIds: readonly string[]; readonly isDryRun?: boolean; readonly before?: BeforeChoice },
  ): Promise<ManifestReport> {
    const offered = offeredBy(connectionIds);
    const found = await whileItAnswers((goesOn) => read(folder, offered, goesOn));
    const { customers, earlier } = found;
    if (isDryRun || customers.length === 0) {
      return whileItAnswers((goesOn) => check(found, { goesOn, turn: turnsOf(goesOn) }));
    }
    const told = toldBefore(found);
    if (told.importedBefore > 0 && before === 'refuse') {
      const params = { before: told.importedBefore, total: customers.length, missing: told.missing.files };
      const code = told.missing.files === 0 ? 'manifest.notAgain' : 'manifest.notAgainInPart';
      throw new SatchelFailure({ code: 'conflict', message: { code, params } });
    }
    const problems = before === 'missing' ? [...stuckProblems(found), ...found.problems] : found.problems;
    const orders = ordersOf(found, before);
    const files: ManifestReport['files'] = { imported: [], refused: [] };
    if (orders.length === 0) return { batchId: null, customers: [], problems, ...told, files };
    const batchId = (before === 'missing' ? batchBegun(earlier) : null) ?? editing.createBatch();
    const ids = await makeCustomers(orders, batchId);
    const done = orders.map((order) => ({
      customer: order.of.customer,
      submissionId: ids.get(order) ?? null,
      files: order.files.length,
    }));
    const items = orders.flatMap((order): (ImportItem & { readonly row: Row; readonly of: PlannedCustomer })[] => {
      const submissionId = ids.get(order);
      if (submissionId === undefined) return [];
      return order.files.map(({ path, slot, row }) => ({
        name: basename(path),
        source: { kind: 'file', path },
        target: { submissionId, slot },
        row,
        of: order.of,
      }));
    });
    const outcomes = await importer.importEach(items, 'manifest');
    for (const [index, { row, of }] of items.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) continue;
      if ('pageId' in outcome) files.imported.push(outcome);
      else files.refused.push(inManifest(outcome, of, row));
    }
    return { batchId, customers: done, problems, ...told, files };
  }

  return { importManifest };
}
