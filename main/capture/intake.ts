import { fileTypeFromBuffer } from 'file-type';
import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { MEDIA_TYPE_NAMES } from '../../shared/domain/index.ts';
import type { MediaType } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { PageFact } from '../../shared/rules/index.ts';
import { pdfHeaderAt } from '../inspection/index.ts';
import type { IngestError, IngestErrorCode, StoredBlob } from '../vault/types.ts';

/**
 * The largest file that is taken in. Above what either provider is known to take (64 MB is the largest figure stated
 * anywhere); it keeps a film or a disk image that was dropped by mistake out of the vault.
 */
export const MAX_FILE_BYTES = 100_000_000;

/** Extensions under which each type may go; the first is the one used when a name must be made. */
const EXTENSIONS: Readonly<Record<MediaType, readonly [string, ...string[]]>> = {
  'image/jpeg': ['.jpg', '.jpeg', '.jpe', '.jfif'],
  'image/png': ['.png'],
  'image/tiff': ['.tif', '.tiff'],
  'image/webp': ['.webp'],
  'application/pdf': ['.pdf'],
};

/** Files that systems put into folders by themselves. */
const SYSTEM_FILES: ReadonlySet<string> = new Set(['thumbs.db', 'desktop.ini']);

export interface FoundFile {
  readonly path: string;
  readonly name: string;
}

export interface RefusedFile {
  readonly fileName: string;
  readonly message: Message;
}

/** How files and folders are looked at; a test gives another one than the disk's. */
export interface IntakeFiles {
  readonly lstat: (path: string) => Promise<Stats>;
  readonly readdir: (folder: string) => Promise<string[]>;
}

const diskFiles: IntakeFiles = { lstat: (path) => lstat(path), readdir: (folder) => readdir(folder) };

function refused(fileName: string, code: string, params: Message['params'] = {}): RefusedFile {
  return { fileName, message: { code, params: { file: fileName, ...params } } };
}

const megabytes = (bytes: number): number => Math.round(bytes / 100_000) / 10;

/** Whether a path is a file to take in, a folder, or nothing of the kind. Links are never followed. */
export async function lookAt(path: string, files = diskFiles): Promise<FoundFile | RefusedFile | 'folder'> {
  const name = basename(path);
  try {
    const found = await files.lstat(path);
    if (found.isDirectory()) return 'folder';
    if (found.isSymbolicLink()) return refused(name, 'import.link');
    if (!found.isFile()) return refused(name, 'import.notAFile');
    if (found.size === 0) return refused(name, 'import.empty');
    if (found.size > MAX_FILE_BYTES) return tooLarge(name, found.size);
    return { path, name };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return refused(name, code === 'ENOENT' || code === 'ENOTDIR' ? 'import.notFound' : 'import.unreadable');
  }
}

function tooLarge(name: string, bytes: number): RefusedFile {
  return refused(name, 'import.tooLarge', {
    megabytes: megabytes(bytes),
    limitMegabytes: megabytes(MAX_FILE_BYTES),
  });
}

const isHidden = (name: string): boolean => name.startsWith('.') || SYSTEM_FILES.has(name.toLowerCase());

/**
 * The files behind what was chosen or dropped, in the order given; a folder's own files in the order people number them.
 * Folders are walked one level deep, hidden files are left out, everything else that is no file is named and refused.
 * `goesOn`: called after each of them that has answered.
 */
export async function findFiles(
  paths: readonly string[],
  { goesOn = () => {}, disk = diskFiles }: { goesOn?: () => void; disk?: IntakeFiles | undefined } = {},
): Promise<{ files: FoundFile[]; refused: RefusedFile[] }> {
  const files: FoundFile[] = [];
  const refusals: RefusedFile[] = [];
  const take = (found: FoundFile | RefusedFile): void => {
    if ('path' in found) files.push(found);
    else refusals.push(found);
  };
  for (const path of paths) {
    const found = await lookAt(path, disk);
    goesOn();
    if (found !== 'folder') {
      take(found);
      continue;
    }
    const folder = basename(path);
    let names: string[];
    try {
      names = (await disk.readdir(path)).filter((name) => !isHidden(name));
    } catch {
      refusals.push(refused(folder, 'import.folderUnreadable'));
      continue;
    }
    goesOn();
    if (names.length === 0) refusals.push(refused(folder, 'import.folderEmpty'));
    names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    for (const name of names) {
      const inside = await lookAt(join(path, name), disk);
      goesOn();
      take(inside === 'folder' ? refused(name, 'import.folderInFolder', { folder }) : inside);
    }
  }
  return { files, refused: refusals };
}

const INGEST_SENTENCES: Readonly<Record<IngestErrorCode, string>> = {
  not_found: 'import.notFound',
  not_a_file: 'import.notAFile',
  unreadable: 'import.unreadable',
  empty: 'import.empty',
  too_large: 'import.tooLarge',
  changed_while_reading: 'import.changedWhileReading',
  no_answer: 'import.noAnswer',
  disk_full: 'import.diskFull',
  disk_error: 'import.diskError',
  read_only: 'import.readOnly',
};

/** The least amount of space worth naming, in bytes. */
const SMALLEST_NAMED_SPACE = 100_000;

/** The sentence for a file that the vault did not take. */
export function refusalOf(name: string, error: IngestError): RefusedFile {
  if (error.code === 'too_large') return tooLarge(name, error.bytes ?? MAX_FILE_BYTES);
  const params =
    error.code === 'disk_full' ? { megabytes: megabytes(Math.max(error.bytes ?? 0, SMALLEST_NAMED_SPACE)) } : {};
  return refused(name, INGEST_SENTENCES[error.code], params);
}

/** True when trying the next file would fail for the same reason. */
export function endsTheImport(error: IngestError): boolean {
  return error.code === 'disk_full' || error.code === 'read_only' || error.code === 'no_answer';
}

export type Judgement =
  | { readonly kind: 'accepted'; readonly mediaType: MediaType; readonly facts: readonly PageFact[] }
  /** Its first and last bytes do not say that it is whole: only a full decode tells. `otherwise`: why it is not taken if it is not. */
  | {
      readonly kind: 'doubtful';
      readonly mediaType: MediaType;
      readonly facts: readonly PageFact[];
      readonly otherwise: RefusedFile;
    }
  | { readonly kind: 'refused'; readonly refusal: RefusedFile };

const has = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text, 0, 'latin1');

/**
 * TIFF 6.0, section 2: byte order, then 42. file-type wants to read the directory as well, which most programs write at the
 * end of the file.
 */
function isTiff(head: Uint8Array): boolean {
  return ['49492a00', '4d4d002a'].includes(Buffer.from(head.subarray(0, 4)).toString('hex'));
}

/** HEIF of any kind (ISO/IEC 23008-12). No library under a permissive licence decodes its pixels, and no provider takes it. */
const PHONE_PHOTOS: ReadonlySet<string> = new Set([
  'image/heic',
  'image/heif',
  'image/heic-sequence',
  'image/heif-sequence',
]);

/** So begin some old PDFs as well. */
const POSTSCRIPT = 'application/postscript';

/** What file-type found, in our own words. An APNG is a PNG of several pictures: inspection, which sees all of it, says so. */
function mimeOf(found: string | undefined, head: Uint8Array): string | undefined {
  if (found === 'image/apng') return 'image/png';
  if (found !== undefined && found !== POSTSCRIPT) return found;
  if (isTiff(head)) return 'image/tiff';
  return pdfHeaderAt(head) < 0 ? found : 'application/pdf';
}

const isMediaType = (mime: string | undefined): mime is MediaType => mime !== undefined && mime in EXTENSIONS;

/**
 * What the bytes are, by their content; the extension only earns a warning. Providers refuse a file whose extension is not
 * that of its content (Sumsub error 1004), so it is never sent under the wrong one.
 */
export async function judge(name: string, stored: Pick<StoredBlob, 'head' | 'tail'>): Promise<Judgement> {
  const type = await fileTypeFromBuffer(stored.head);
  const mime = mimeOf(type?.mime, stored.head);
  if (mime !== undefined && PHONE_PHOTOS.has(mime)) {
    return { kind: 'refused', refusal: refused(name, 'import.phonePhoto') };
  }
  if (!isMediaType(mime)) {
    const found = type?.ext.toUpperCase() ?? '';
    return {
      kind: 'refused',
      refusal: found === '' ? refused(name, 'import.unknownType') : refused(name, 'import.wrongType', { type: found }),
    };
  }
  const facts: PageFact[] = [];
  const extension = extname(name).toLowerCase();
  if (!EXTENSIONS[mime].includes(extension)) {
    facts.push({
      rule: 'page.wrongExtension',
      severity: 'warning',
      params: {
        extension: extension === '' ? '?' : extension,
        type: MEDIA_TYPE_NAMES[mime],
        rightExtension: EXTENSIONS[mime][0],
      },
    });
  }
  if (mime === 'image/png' && !has(stored.tail, 'IEND')) return { kind: 'refused', refusal: truncated(name, mime) };
  const doubtful = (otherwise = truncated(name, mime)): Judgement => ({
    kind: 'doubtful',
    mediaType: mime,
    facts,
    otherwise,
  });
  if (mime === 'application/pdf') {
    // Something stands before it, and it may be any file that only speaks of one.
    if (pdfHeaderAt(stored.head) > 0) return doubtful(refused(name, 'import.unknownType'));
    if (type?.mime === POSTSCRIPT) return doubtful(refused(name, 'import.wrongType', { type: type.ext.toUpperCase() }));
    // More stands behind it than readers expect, or it is cut off.
    if (!has(stored.tail, '%%EOF')) return doubtful();
  }
  // Some cameras write more after a JPEG's end mark, so that it need not be among the last bytes.
  if (mime === 'image/jpeg' && !has(stored.tail, '\xff\xd9')) return doubtful();
  // Neither has an end mark.
  if (mime === 'image/tiff' || mime === 'image/webp') return doubtful();
  return { kind: 'accepted', mediaType: mime, facts };
}

export function truncated(name: string, mediaType: MediaType): RefusedFile {
  return refused(name, 'import.truncated', { type: MEDIA_TYPE_NAMES[mediaType] });
}

/** A file whose bytes cannot be read. */
export function unreadableFile(name: string): RefusedFile {
  return refused(name, 'import.unreadable');
}

/** A file that was not tried because the import had to stop. */
export function notTried(name: string): RefusedFile {
  return refused(name, 'import.notTried');
}

const MAX_STEM_LENGTH = 80;

/**
 * The name under which a page is sent: the same for the same page every time (a provider compares repeats), without odd
 * characters, with the extension of what it really is.
 */
export function deliveryName(fileName: string, mediaType: MediaType): string {
  const extension = extname(fileName);
  const stem = (extension === '' ? fileName : fileName.slice(0, -extension.length))
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, MAX_STEM_LENGTH);
  return `${stem === '' ? 'page' : stem}${EXTENSIONS[mediaType][0]}`;
}
