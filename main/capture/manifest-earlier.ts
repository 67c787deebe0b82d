import { setImmediate } from 'node:timers/promises';
import type { Flow, Subject } from '../../shared/domain/index.ts';
import { EMPTY_SUBJECT, SubjectField } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/types.ts';
import type { FieldCipher } from '../vault/types.ts';
import type { NamedFile } from './manifest-files.ts';
import type { Row } from './manifest-rows.ts';
import { openSubject, parseFlow } from './records.ts';

/** Customers looked for in one turn of the thread: some milliseconds. */
const CUSTOMERS_PER_TURN = 50;

/**
 * What is here already of a customer of a manifest, by the bytes of their files: an import that was killed leaves some customers whole,
 * some with a part of their files and some with none.
 * - `none`: nothing.
 * - `whole`: they have every file.
 * - `part`: `missing` are not, and can be added to the customer that has the others (`submissionId`).
 * - `stuck`: some are, and the customer that has them cannot be added to any more, because they were released.
 * - `elsewhere`: some are, or all, with other people. So this one never came in, unless somebody has corrected who they are.
 */
export type Earlier =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'stuck' | 'elsewhere'; readonly missing: ReadonlySet<Row> }
  | {
      readonly kind: 'part';
      readonly submissionId: string;
      readonly batchId: string;
      readonly missing: ReadonlySet<Row>;
    };

interface WantedCustomer {
  readonly connectionId: string;
  readonly flow: Flow;
  readonly subject: Subject;
  readonly files: readonly NamedFile[];
}

/** Somebody at the desk. */
interface Found {
  readonly submissionId: string;
  readonly batchId: string;
  readonly connectionId: string;
  readonly flowId: string;
  readonly subject: Subject;
  /** Pages may still be added. */
  readonly isOpen: boolean;
}

interface FoundRow {
  readonly submissionId: string;
  readonly batchId: string;
  readonly connectionId: string;
  readonly flow: string;
  readonly subjectSealed: Uint8Array;
  readonly isOpen: number;
}

const FOUND = `SELECT submissions.id AS submissionId, batch_id AS batchId, connection_id AS connectionId, flow,
    subject_sealed AS subjectSealed, batches.state = 'open' AND submissions.state IN ('draft', 'ready') AS isOpen
  FROM submissions JOIN batches ON batches.id = batch_id WHERE voided_at IS NULL`;

/** Who it is when there is no reference. */
const NAMES: readonly SubjectField[] = ['givenName', 'familyName', 'companyName'];

/**
 * Whether it is the same customer, whatever their pages are: two of one household may bring one bill. Two references decide; where one
 * is missing (it may have been typed at the desk since), a name must be there and everything that the manifest says must fit.
 */
function isSame(wanted: Subject, found: Subject): boolean {
  if (wanted.reference !== '' && found.reference !== '') {
    return wanted.reference.toLowerCase() === found.reference.toLowerCase();
  }
  const fits = (field: SubjectField): boolean =>
    field === 'reference' || wanted[field] === '' || wanted[field] === found[field];
  return NAMES.some((name) => wanted[name] !== '') && SubjectField.options.every(fits);
}

const keyOf = ({ connectionId, flowId, subject }: Pick<Found, 'connectionId' | 'flowId' | 'subject'>): string =>
  JSON.stringify([connectionId, flowId, subject]);

/** What is here already of each customer, in their order. `digests`: of every file that may be here, by path. `goesOn`: called in between. */
export async function findEarlier(
  { db, cipher }: { readonly db: ReadableDatabase; readonly cipher: FieldCipher },
  customers: readonly WantedCustomer[],
  digests: ReadonlyMap<string, string>,
  goesOn: () => void,
): Promise<readonly Earlier[]> {
  const toFound = ({ flow, subjectSealed, isOpen, ...row }: FoundRow): Found => ({
    ...row,
    isOpen: isOpen === 1,
    flowId: parseFlow(flow).id,
    subject: openSubject(cipher, row.submissionId, subjectSealed),
  });

  /** Those who have a page of these bytes that came by a manifest. */
  function holdersOf(path: string): readonly string[] {
    const sha256 = digests.get(path);
    if (sha256 === undefined) return [];
    return db
      .all<{ id: string }>(
        `SELECT DISTINCT submission_id AS id FROM blobs JOIN pages ON blob_id = blobs.id
           JOIN submissions ON submissions.id = submission_id
         WHERE sha256 = ? AND kind = 'original' AND source = 'manifest' AND pages.state = 'active' AND voided_at IS NULL`,
        [sha256],
      )
      .map(({ id }) => id);
  }

  /** Customers whose import had got no further than their fields, by what they say. Each is taken once. */
  function withoutPages(): Map<string, Found> {
    const rows = db.all<FoundRow>(
      `${FOUND} AND submissions.state = 'draft' AND batches.state = 'open'
         AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.submission_id = submissions.id)
         AND NOT EXISTS (SELECT 1 FROM stacks WHERE stacks.submission_id = submissions.id)`,
    );
    return new Map(rows.map(toFound).map((found) => [keyOf(found), found]));
  }

  const empty = withoutPages();

  function earlierOf({ connectionId, flow, subject, files }: WantedCustomer): Earlier {
    const holders = new Map(files.map(({ row, path }) => [row, holdersOf(path)] as const));
    const missing = new Set(files.map(({ row }) => row).filter((row) => holders.get(row)?.length === 0));
    if (missing.size === files.length) {
      const key = keyOf({ connectionId, flowId: flow.id, subject });
      const begun = empty.get(key);
      // Of somebody without any field nobody knows who they are.
      if (begun === undefined || JSON.stringify(subject) === JSON.stringify(EMPTY_SUBJECT)) return { kind: 'none' };
      empty.delete(key);
      return { kind: 'part', submissionId: begun.submissionId, batchId: begun.batchId, missing };
    }
    const present = [...holders.values()].filter((ids) => ids.length > 0);
    const common = (present[0] ?? []).filter((id) => present.every((ids) => ids.includes(id)));
    const same = db
      .all<FoundRow>(`${FOUND} AND submissions.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(common)])
      .map(toFound)
      .find((found) => isSame(subject, found.subject));
    if (same === undefined) return { kind: 'elsewhere', missing };
    if (missing.size === 0) return { kind: 'whole' };
    if (!same.isOpen || same.connectionId !== connectionId || same.flowId !== flow.id)
      return { kind: 'stuck', missing };
    return { kind: 'part', submissionId: same.submissionId, batchId: same.batchId, missing };
  }

  const earlier: Earlier[] = [];
  for (const [index, customer] of customers.entries()) {
    if (index > 0 && index % CUSTOMERS_PER_TURN === 0) await setImmediate();
    goesOn();
    earlier.push(earlierOf(customer));
  }
  return earlier;
}

/** The batch in which an import goes on; null: none was begun, or what is here may be of another import. */
export function batchBegun(earlier: readonly Earlier[]): string | null {
  const batches = new Set(earlier.flatMap((known) => (known.kind === 'part' ? [known.batchId] : [])));
  const known = earlier.filter(({ kind }) => kind === 'part' || kind === 'whole').length;
  const [batchId = null] = batches;
  return batches.size === 1 && (known > 1 || earlier.length === 1) ? batchId : null;
}

/** Lines of a manifest as people write them: `2–5, 9`. */
export function lineRanges(lines: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && line <= last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}
