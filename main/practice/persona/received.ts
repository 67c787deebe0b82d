import { createHmac } from 'node:crypto';
import { fileOf, isReceivedFile, isRecord, type ReceivedFile } from '../body.ts';
import { DECISION_FORM, type PracticeState } from '../state.ts';
import { badRequest, invalid, type Reply } from './reply.ts';

export interface FileRow {
  readonly fileId: string;
  readonly byteLength: number;
  readonly fileNameSealed: Uint8Array;
  readonly side: string | null;
  readonly decision: string | null;
}

/** Photos of government ids: images only, 10 KB to 15 MB each (stated in the official specification). */
const PHOTO_MIN_BYTES = 10_000;
const PHOTO_MAX_BYTES = 15_000_000;

/** Files as Persona takes them: read from a request, kept by hash, shown with an address that dies. */
export class ReceivedFiles {
  readonly #state: PracticeState;

  constructor(state: PracticeState) {
    this.#state = state;
  }

  /** `files` of a generic document: an array of `{data, filename}`, or nothing. */
  list(value: unknown): { readonly list: readonly ReceivedFile[] } | Reply {
    if (value === undefined || value === null) return { list: [] };
    if (!Array.isArray(value)) return badRequest('data.attributes.files must be an array');
    const limit = this.#state.switches['persona.fileMaxCount'];
    if (limit > 0 && value.length > limit) return invalid('files', `Files must be at most ${limit}`);
    const list: ReceivedFile[] = [];
    for (const [index, item] of value.entries()) {
      const file = this.file(item, 'files', `data.attributes.files.${index}`);
      if ('status' in file) return file;
      const problem = this.#genericProblem(file);
      if (problem !== null) return problem;
      list.push(file);
    }
    return { list };
  }

  /** `front-photo`, `back-photo`: `{data: [{data, filename}]}`, an array inside `data` (a single object in 2023). */
  photos(value: unknown, field: string): { readonly list: readonly ReceivedFile[] } | Reply {
    if (value === undefined || value === null) return { list: [] };
    const where = `data.attributes.${field.replaceAll('-', '_')}`;
    const items = isRecord(value) ? value['data'] : undefined;
    if (!Array.isArray(items)) return badRequest(`${where}.data must be an array`);
    const list: ReceivedFile[] = [];
    for (const [index, item] of items.entries()) {
      const file = this.file(item, field, `${where}.data.${index}`);
      if ('status' in file) return file;
      const { byteLength, mediaType } = file.digest;
      if (!mediaType.startsWith('image/')) return invalid(field, 'File must be an image');
      if (byteLength < PHOTO_MIN_BYTES) return invalid(field, `File must be over ${PHOTO_MIN_BYTES} bytes`);
      if (byteLength > PHOTO_MAX_BYTES) return invalid(field, `File must be under ${PHOTO_MAX_BYTES} bytes`);
      list.push(file);
    }
    return { list };
  }

  /** One `{data, filename}`; `where` names it in an error. */
  file(item: unknown, field: string, where: string): ReceivedFile | Reply {
    const { switches } = this.#state;
    let file: ReceivedFile | null = null;
    if (isReceivedFile(item)) {
      file = item;
    } else if (isRecord(item)) {
      const { data, filename } = item;
      if (data === undefined) return badRequest(`${where}.data is missing`);
      if (typeof filename !== 'string') return badRequest(`${where}.filename is missing`);
      if (filename === '') return badRequest(`${where}.filename must be filled`);
      const foreign = Object.keys(item).find((name) => name !== 'data' && name !== 'filename');
      if (foreign !== undefined && switches['persona.unknownAttributes'] === 'reject') {
        return badRequest(`${where}.${foreign} is not permitted`);
      }
      const received = fileOf(data);
      if (received === null) return badRequest(`${where}.data must be a string`);
      if (!received.digest.isBase64) return badRequest(`${where}.data must be base64`);
      if (received.digest.hasDataPrefix && switches['persona.fileDataUri'] === 'reject') {
        return badRequest(`${where}.data must be base64`);
      }
      file = { fileName: filename, digest: received.digest };
    }
    if (file === null) return badRequest(`${where} must be an object`);
    return file.digest.byteLength === 0 ? invalid(field, 'File must not be empty') : file;
  }

  /** Keeps them under their owner; answers the decision that they (or a test) ask for. */
  keep(
    ownerId: string,
    files: readonly { readonly file: ReceivedFile; readonly side: string | null }[],
    now: number,
  ): string | null {
    for (const { file, side } of files) {
      this.#state.storeFile({
        ownerId,
        now,
        digest: file.digest,
        fileName: file.fileName ?? 'file',
        decision: file.digest.decision,
        docSubType: side,
      });
    }
    if (files.length === 0) return null;
    return this.#state.takeNextDecision('persona') ?? worst(files.map(({ file }) => file.digest.decision));
  }

  of(ownerId: string): FileRow[] {
    return this.#state.db.all<FileRow>(
      `SELECT file_id AS fileId, byte_length AS byteLength, file_name_sealed AS fileNameSealed, doc_sub_type AS side,
         decision
       FROM stored_files WHERE owner_id = ? ORDER BY sequence`,
      [ownerId],
    );
  }

  /** As an answer shows it. The address is good for a while and carries its own token; see `address`. */
  shown(
    file: FileRow,
    at: { readonly origin: string; readonly now: number; readonly version: string },
  ): { filename: string; url: string; 'byte-size': number } {
    const name = this.#state.open(file.fileNameSealed);
    const filename = typeof name === 'string' ? name : 'file';
    return { filename, url: this.#address(file.fileId, filename, at), 'byte-size': file.byteLength };
  }

  /** The file behind the token of an address: its media type; `dead` for a token that is over or not ours. */
  behind(token: string, now: number): { readonly mediaType: string } | 'dead' | 'gone' {
    const [fileId = '', expires = '', signature = ''] = token.split('.');
    if (signature !== this.#signature(fileId, expires) || Number(expires) <= now) return 'dead';
    const file = this.#state.db.get<{ mediaType: string }>(
      'SELECT media_type AS mediaType FROM stored_files WHERE file_id = ?',
      [fileId],
    );
    return file ?? 'gone';
  }

  #address(
    fileId: string,
    fileName: string,
    { origin, now, version }: { readonly origin: string; readonly now: number; readonly version: string },
  ): string {
    const expires = String(now + this.#state.switches['persona.fileTokenSeconds'] * 1000);
    const token = `${fileId}.${expires}.${this.#signature(fileId, expires)}`;
    const name = encodeURIComponent(fileName);
    return version >= '2023-01-05'
      ? `${origin}/persona/files/${name}?access_token=${token}`
      : `${origin}/persona/api/v1/files/${token}/${name}`;
  }

  #signature(fileId: string, expires: string): string {
    return createHmac(
      'sha256',
      this.#state.setting('fileTokenSecret', () => this.#state.hex(32)),
    )
      .update(`${fileId}.${expires}`)
      .digest('base64url');
  }

  #genericProblem({ digest }: ReceivedFile): Reply | null {
    const { switches } = this.#state;
    const limit = switches['persona.fileMaxBytes'];
    if (limit > 0 && digest.byteLength > limit) return invalid('files', `File must be under ${limit} bytes`);
    return isAllowed(digest.mediaType, switches['persona.fileTypes'])
      ? null
      : invalid('files', 'File must be an image or a PDF');
  }
}

function isAllowed(mediaType: string, rule: 'images_and_pdf' | 'jpeg_png_pdf' | 'any'): boolean {
  if (rule === 'any') return true;
  if (rule === 'jpeg_png_pdf') return ['image/jpeg', 'image/png', 'application/pdf'].includes(mediaType);
  return mediaType.startsWith('image/') || mediaType === 'application/pdf';
}

/** The first decision that is not "accept" counts for the whole. */
export function worst(decisions: readonly (string | null)[]): string | null {
  const known = decisions.filter((decision) => decision !== null && DECISION_FORM.test(decision));
  return known.find((decision) => decision !== 'accept') ?? known[0] ?? null;
}
