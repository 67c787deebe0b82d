import type { BeforeChoice, DocumentType, Flow, Subject } from '../../shared/domain/index.ts';
import { lineRanges } from './manifest-earlier.ts';
import type { Earlier } from './manifest-earlier.ts';
import type { NamedFile } from './manifest-files.ts';
import type { ManifestProblem } from './manifest-rows.ts';

/** What a report says of an earlier import. */
export interface BeforeTold {
  /** How many of the customers came in by a manifest before, whole or in part. */
  readonly importedBefore: number;
  /** What of a folder that came in before is not here yet. */
  readonly missing: { readonly customers: number; readonly files: number };
  /** Lines whose file is here already. */
  readonly linesBefore: readonly number[];
}

export interface PlannedFile extends NamedFile {
  readonly slot: string;
  readonly requirementId: string;
  readonly documentType: DocumentType;
  /** `YYYY-MM-DD`, or ''. */
  readonly issuedOn: string;
}

/** A flow that a row may name, and the connection it belongs to. */
export interface OfferedFlow {
  readonly connectionId: string;
  readonly flow: Flow;
}

export interface PlannedCustomer extends OfferedFlow {
  readonly customer: string;
  readonly subject: Subject;
  readonly files: readonly PlannedFile[];
}

/** What is known of a manifest before anything is taken in. `earlier`: of each of the customers, in their order. */
export interface ReadManifest {
  readonly customers: readonly PlannedCustomer[];
  readonly problems: readonly ManifestProblem[];
  readonly earlier: readonly Earlier[];
}

/** One customer and the files that are to be taken in; `begun`: where an earlier import had got to. */
export interface Order {
  readonly of: PlannedCustomer;
  readonly files: readonly PlannedFile[];
  readonly begun: string | null;
}

const NOTHING: Earlier = { kind: 'none' };

/** The files that are not here yet. */
function missingOf({ files }: PlannedCustomer, earlier: Earlier): readonly PlannedFile[] {
  if (earlier.kind === 'none') return files;
  return earlier.kind === 'whole' ? [] : files.filter(({ row }) => earlier.missing.has(row));
}

/** Whether an earlier import has a part of this customer: what is of another reference only has the same files. */
const isBefore = ({ kind }: Earlier): boolean => kind !== 'none' && kind !== 'elsewhere';

/** What is here already of a manifest, and what is not. */
export function toldBefore({ customers, earlier }: ReadManifest): BeforeTold {
  const known = customers.map((customer, index) => {
    const before = earlier[index] ?? NOTHING;
    const missing = missingOf(customer, before);
    const away = new Set(missing);
    const here = isBefore(before) ? customer.files.filter((file) => !away.has(file)) : [];
    return { here, toTake: before.kind === 'stuck' || before.kind === 'elsewhere' ? [] : missing };
  });
  return {
    importedBefore: earlier.filter(isBefore).length,
    missing: {
      customers: known.filter(({ toTake }) => toTake.length > 0).length,
      files: known.reduce((sum, { toTake }) => sum + toTake.length, 0),
    },
    linesBefore: known.flatMap(({ here }) => here.map(({ row }) => row.line)),
  };
}

/** Customers of whom only a part is here, and to whom nothing can be added. */
export function stuckProblems(
  { customers, earlier }: ReadManifest,
  kinds: readonly Earlier['kind'][] = ['stuck', 'elsewhere'],
): ManifestProblem[] {
  return customers.flatMap((customer, index) => {
    const before = earlier[index] ?? NOTHING;
    const line = (missingOf(customer, before)[0] ?? customer.files[0])?.row.line;
    if (!kinds.includes(before.kind) || line === undefined) return [];
    return [{ line, message: { code: 'manifest.cannotAdd', params: { line, customer: customer.customer } } }];
  });
}

/** That some came in before, if they did. */
export function beforeProblems(
  { customers }: ReadManifest,
  { importedBefore, missing, linesBefore }: BeforeTold,
): ManifestProblem[] {
  if (importedBefore === 0) return [];
  const params = { before: importedBefore, total: customers.length };
  return [
    missing.files === 0
      ? { line: null, message: { code: 'manifest.importedBefore', params } }
      : {
          line: null,
          message: {
            code: linesBefore.length === 0 ? 'manifest.begunBefore' : 'manifest.importedInPart',
            params: { ...params, lines: lineRanges(linesBefore), missing: missing.files },
          },
        },
  ];
}

/** Everybody, or with `missing` only what is not here yet; customers to whom nothing can be added, or is to be, are left out. */
export function ordersOf({ customers, earlier }: ReadManifest, before: BeforeChoice): Order[] {
  return customers.flatMap((of, index): Order[] => {
    const known = earlier[index] ?? NOTHING;
    if (before !== 'missing' || known.kind === 'none') {
      return [{ of, files: of.files, begun: null }];
    }
    const files = missingOf(of, known);
    return known.kind === 'part' && files.length > 0 ? [{ of, files, begun: known.submissionId }] : [];
  });
}
