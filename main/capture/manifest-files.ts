import { createHash } from 'node:crypto';
import { lstat, open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ReadableDatabase } from '../database/types.ts';
import { pdfExtent } from '../inspection/index.ts';
import { HEAD_BYTES, TAIL_BYTES } from '../vault/index.ts';
import { digestOfFile } from './digest.ts';
import { judge, lookAt, unreadableFile } from './intake.ts';
import type { RefusedFile } from './intake.ts';
import type { ManifestProblem, Row } from './manifest-rows.ts';

/** Enough for the trailer of a PDF, where its encryption stands. */
const TRAILER_BYTES = 4_096;

/** Rows read in one turn of the thread: some milliseconds. */
const PAGES_PER_TURN = 2_000;

/** A file that a row names. */
export interface NamedFile {
  readonly row: Row;
  readonly path: string;
}

interface FilesOfCustomer {
  readonly customer: string;
  readonly files: readonly NamedFile[];
}

/**
 * Why a file would not be taken in, as far as its first and last bytes, and those of a PDF in doubt, tell; null when they say nothing against it. Only an
 * import decodes it.
 */
export async function refusalOfFile(path: string): Promise<RefusedFile | null> {
  const name = basename(path);
  const found = await lookAt(path);
  if (found === 'folder') return { fileName: name, message: { code: 'import.notAFile', params: { file: name } } };
  if ('message' in found) return found;
  try {
    const { head, trailer } = await endsOf(path);
    // By the same bytes as the import.
    const judgement = await judge(name, { head, tail: trailer.subarray(-TAIL_BYTES) });
    if (judgement.kind === 'refused') return judgement.refusal;
    // The ends of a PDF did not tell, and all of it does without being drawn.
    const isPdfInDoubt = judgement.kind === 'doubtful' && judgement.mediaType === 'application/pdf';
    if (isPdfInDoubt && pdfExtent(await readFile(path)) === null) return judgement.otherwise;
    const isEncrypted =
      judgement.mediaType === 'application/pdf' && Buffer.concat([head, trailer]).includes('/Encrypt', 0, 'latin1');
    return isEncrypted ? { fileName: name, message: { code: 'manifest.encrypted', params: { file: name } } } : null;
  } catch {
    return unreadableFile(name);
  }
}

async function endsOf(path: string): Promise<{ head: Uint8Array; trailer: Uint8Array }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const piece = async (length: number, position: number): Promise<Uint8Array> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    const trailerBytes = Math.min(TRAILER_BYTES, size);
    return {
      head: await piece(Math.min(HEAD_BYTES, size), 0),
      trailer: await piece(trailerBytes, size - trailerBytes),
    };
  } finally {
    await file.close();
  }
}

/** Null when it has gone meanwhile: the import says so. */
async function sizeOf(path: string): Promise<number | null> {
  return lstat(path).then(
    ({ size }) => size,
    () => null,
  );
}

/** How large the pages are that came in by a manifest. In pieces, since no index has them and the window wants its turn. */
async function sizesBefore(db: ReadableDatabase): Promise<ReadonlySet<number>> {
  const sizes = new Set<number>();
  for (let after = ''; ;) {
    const pages = db.all<{ id: string; source: string; byteLength: number }>(
      `SELECT pages.id, source, byte_length AS byteLength FROM pages JOIN blobs ON blobs.id = blob_id
       WHERE pages.id > ? ORDER BY pages.id LIMIT ?`,
      [after, PAGES_PER_TURN],
    );
    for (const { source, byteLength } of pages) if (source === 'manifest') sizes.add(byteLength);
    const last = pages.at(-1);
    if (last === undefined || pages.length < PAGES_PER_TURN) return sizes;
    after = last.id;
    await setImmediate();
  }
}

/**
 * Those of the files that have size and first and last bytes of another one. Of many thousands of scans a good part share their size with
 * another one by chance, and reading them whole would take longer than everything else.
 */
async function alikeAtTheirEnds(
  files: readonly (readonly [path: string, size: number])[],
  goesOn: () => void,
): Promise<ReadonlySet<string>> {
  const byEnds = new Map<string, string[]>();
  for (const [path, size] of files) {
    const ends = await endsOf(path).catch(() => null);
    goesOn();
    // Of one that cannot be read the import says what is wrong.
    if (ends === null) continue;
    const key = `${size} ${createHash('sha256').update(ends.head).update(ends.trailer).digest('hex')}`;
    const same = byEnds.get(key);
    if (same === undefined) byEnds.set(key, [path]);
    else same.push(path);
  }
  return new Set([...byEnds.values()].filter(({ length }) => length > 1).flat());
}

/**
 * The SHA-256 of every file that may have the bytes of another one here, or of a page that came in by a manifest before; by
 * path. The others are not read whole: a size, or ends, that no other has say enough. `goesOn`: called whenever a file has answered.
 */
export async function digestsOf(
  db: ReadableDatabase,
  files: readonly NamedFile[],
  goesOn: () => void,
): Promise<ReadonlyMap<string, string>> {
  const sizes = new Map<string, number>();
  const counts = new Map<number, number>();
  const namedTwice = new Set<string>();
  for (const { path } of files) {
    if (sizes.has(path)) namedTwice.add(path);
    const size = sizes.get(path) ?? (await sizeOf(path));
    goesOn();
    if (size === null) continue;
    sizes.set(path, size);
    counts.set(size, (counts.get(size) ?? 0) + 1);
  }
  const known = await sizesBefore(db);
  const alike = await alikeAtTheirEnds(
    [...sizes].filter(([, size]) => (counts.get(size) ?? 0) > 1 && !known.has(size)),
    goesOn,
  );
  const digests = new Map<string, string>();
  for (const [path, size] of sizes) {
    if (!known.has(size) && !alike.has(path) && !namedTwice.has(path)) continue;
    const sha256 = await digestOfFile(path, { goesOn });
    // Of one that cannot be read the import says what is wrong.
    if (sha256 !== null) digests.set(path, sha256);
  }
  return digests;
}

/** Rows whose file is another customer's as well. Whose it is, nobody here can know, so neither gets it. */
export function filesOfTwo(
  customers: readonly FilesOfCustomer[],
  digests: ReadonlyMap<string, string>,
): { rows: ReadonlySet<Row>; problems: ManifestProblem[] } {
  const users = new Map<string, { customer: string; row: Row }[]>();
  for (const { customer, files } of customers) {
    for (const { row, path } of files) {
      const digest = digests.get(path);
      if (digest === undefined) continue;
      const same = users.get(digest) ?? [];
      same.push({ customer, row });
      users.set(digest, same);
    }
  }
  const rows = new Set<Row>();
  const problems: ManifestProblem[] = [];
  for (const same of users.values()) {
    const [first] = same;
    const another = same.find(({ customer }) => customer !== first?.customer);
    for (const { customer, row } of same) {
      const other = (customer === first?.customer ? another : first)?.row;
      if (other === undefined) continue;
      rows.add(row);
      const params = { line: row.line, file: row.file, otherLine: other.line, other: other.file, column: 'file' };
      problems.push({ line: row.line, message: { code: 'manifest.fileOfTwo', params } });
    }
  }
  return { rows, problems };
}
