import { createHash, type Hash, type Hmac } from 'node:crypto';
import { Base64Sink, digestBase64, DigestSink, type FileDigest } from './files.ts';

/** A file that arrived in a request: its name is kept only for as long as the answer needs it. */
export interface ReceivedFile {
  readonly fileName: string | null;
  readonly digest: FileDigest;
}

/**
 * A request body after reading: `value` is the parsed JSON or form, in which every long base64 text and every file part
 * is a `ReceivedFile` instead of its bytes.
 */
export type ParsedBody =
  | { readonly form: 'none' }
  | { readonly form: 'json' | 'multipart' | 'urlencoded'; readonly value: unknown }
  /** `form` null: a content type that nothing here understands. */
  | { readonly form: 'broken'; readonly reason: string };

/** Strings from this length on are taken for files and never held whole. Base64 of 6 KiB. */
const LONG_STRING = 8192;
/** What may remain of a body once its files are taken out. */
const MAX_SKELETON_BYTES = 4 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export class BodyTooLarge extends Error {
  constructor() {
    super('the request body is too large');
    this.name = 'BodyTooLarge';
  }
}

export function isReceivedFile(value: unknown): value is ReceivedFile {
  return value instanceof ReceivedFileValue;
}

class ReceivedFileValue implements ReceivedFile {
  readonly fileName: string | null;
  readonly digest: FileDigest;
  constructor(fileName: string | null, digest: FileDigest) {
    this.fileName = fileName;
    this.digest = digest;
  }
}

/** The file in a field that should hold base64 text: long ones were digested on the way in, short ones are digested now. */
export function fileOf(value: unknown): ReceivedFile | null {
  if (isReceivedFile(value)) return value;
  return typeof value === 'string' ? new ReceivedFileValue(null, digestBase64(value)) : null;
}

/**
 * JSON whose long strings are taken out while it arrives: outside of strings, and for short strings, bytes go into a
 * skeleton; a long string goes through a base64 decoder into a hash, and the skeleton gets a placeholder. The skeleton is
 * then parsed by the engine's own parser, so what is JSON and what is not is decided there.
 */
class JsonReader {
  readonly #nonce: string;
  readonly #skeleton: Buffer[] = [];
  readonly #files: FileDigest[] = [];
  #skeletonBytes = 0;
  #isInString = false;
  #isEscaped = false;
  /** Pieces of the current string while it is short. */
  #short: Buffer[] = [];
  #shortBytes = 0;
  #sink: Base64Sink | null = null;

  constructor(nonce: string) {
    this.#nonce = nonce;
  }

  write(chunk: Buffer): void {
    let from = 0;
    while (from < chunk.byteLength) {
      if (!this.#isInString) {
        const quote = chunk.indexOf(QUOTE, from);
        const to = quote < 0 ? chunk.byteLength : quote + 1;
        this.#keep(chunk.subarray(from, to));
        if (quote >= 0) this.#isInString = true;
        from = to;
        continue;
      }
      const end = this.#endOfString(chunk, from);
      this.#inString(chunk.subarray(from, end < 0 ? chunk.byteLength : end));
      if (end < 0) return;
      this.#closeString();
      from = end + 1;
    }
  }

  end(): unknown {
    const nonce = this.#nonce;
    const files = this.#files;
    const text = Buffer.concat(this.#skeleton).toString('utf8');
    return JSON.parse(text, (_key, value: unknown) => {
      if (typeof value !== 'string' || !value.startsWith(nonce)) return value;
      const digest = files[Number(value.slice(nonce.length))];
      return digest === undefined ? value : new ReceivedFileValue(null, digest);
    });
  }

  /** Index of the closing quote at or after `from`, or -1. */
  #endOfString(chunk: Buffer, from: number): number {
    let at = from;
    for (;;) {
      if (this.#isEscaped) {
        if (at >= chunk.byteLength) return -1;
        this.#isEscaped = false;
        at += 1;
      }
      const quote = chunk.indexOf(QUOTE, at);
      const part = quote < 0 ? chunk.subarray(at) : chunk.subarray(at, quote);
      const backslash = part.indexOf(BACKSLASH);
      if (backslash < 0) return quote;
      this.#isEscaped = true;
      at += backslash + 1;
    }
  }

  #inString(bytes: Buffer): void {
    if (bytes.byteLength === 0) return;
    if (this.#sink !== null) {
      this.#sink.write(base64Text(bytes));
      return;
    }
    this.#short.push(Buffer.from(bytes));
    this.#shortBytes += bytes.byteLength;
    if (this.#shortBytes < LONG_STRING) return;
    this.#sink = new Base64Sink();
    this.#sink.write(base64Text(Buffer.concat(this.#short)));
    this.#short = [];
    this.#shortBytes = 0;
  }

  #closeString(): void {
    this.#isInString = false;
    if (this.#sink === null) {
      for (const piece of this.#short) this.#keep(piece);
    } else {
      this.#keep(Buffer.from(`${this.#nonce}${this.#files.length}`));
      this.#files.push(this.#sink.end());
      this.#sink = null;
    }
    this.#short = [];
    this.#shortBytes = 0;
    this.#keep(Buffer.from('"'));
  }

  #keep(bytes: Buffer): void {
    this.#skeletonBytes += bytes.byteLength;
    if (this.#skeletonBytes > MAX_SKELETON_BYTES) throw new BodyTooLarge();
    this.#skeleton.push(Buffer.from(bytes));
  }
}

/** JSON may write `/` as `\/`; any other escape has no place in base64 and stays, to be found as wrong. */
function base64Text(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return text.includes('\\') ? text.replaceAll('\\/', '/').replaceAll('\\', '') : text;
}

interface PartHead {
  readonly name: string;
  readonly fileName: string | null;
}

/** RFC 7578 form data, read part by part; file parts go into a hash. */
class MultipartReader {
  readonly #delimiter: Buffer;
  readonly fields: { readonly name: string; readonly value: string | ReceivedFile }[] = [];
  #buffer: Buffer;
  #part: PartHead | null = null;
  #sink: DigestSink | null = null;
  #text: Buffer[] = [];
  #textBytes = 0;
  #isFinished = false;
  #isInHead = false;

  constructor(boundary: string) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
    // So that the first delimiter, which has no line break before it, is found like the others.
    this.#buffer = Buffer.from('\r\n');
  }

  write(chunk: Buffer): void {
    if (this.#isFinished) return;
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    while (this.#step()) {
      // Each step uses up a part of the buffer.
    }
  }

  end(): void {
    if (!this.#isFinished) throw new SyntaxError('the form data has no end');
  }

  #step(): boolean {
    if (this.#isInHead) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (this.#buffer.subarray(0, 2).toString('latin1') === '--') {
        this.#isFinished = true;
        return false;
      }
      if (end < 0) {
        if (this.#buffer.byteLength > 16_384) throw new SyntaxError('a part of the form data has no head');
        return false;
      }
      this.#part = partHead(this.#buffer.toString('utf8', 0, end));
      if (this.#part.fileName !== null) this.#sink = new DigestSink();
      this.#buffer = this.#buffer.subarray(end + 4);
      this.#isInHead = false;
      return true;
    }
    const at = this.#buffer.indexOf(this.#delimiter);
    if (at < 0) {
      const safe = this.#buffer.byteLength - this.#delimiter.byteLength;
      if (safe > 0) {
        this.#content(this.#buffer.subarray(0, safe));
        this.#buffer = Buffer.from(this.#buffer.subarray(safe));
      }
      return false;
    }
    this.#content(this.#buffer.subarray(0, at));
    this.#finishPart();
    this.#buffer = this.#buffer.subarray(at + this.#delimiter.byteLength);
    this.#isInHead = true;
    return true;
  }

  #content(bytes: Buffer): void {
    if (this.#sink !== null) {
      this.#sink.write(bytes);
    } else if (this.#part !== null) {
      this.#textBytes += bytes.byteLength;
      if (this.#textBytes > 160 * 1024 * 1024) throw new BodyTooLarge();
      this.#text.push(Buffer.from(bytes));
    }
  }

  #finishPart(): void {
    if (this.#part !== null) {
      const value =
        this.#sink === null
          ? Buffer.concat(this.#text).toString('utf8')
          : new ReceivedFileValue(this.#part.fileName, this.#sink.end());
      this.fields.push({ name: this.#part.name, value });
    }
    this.#part = null;
    this.#sink = null;
    this.#text = [];
  }
}

function partHead(text: string): PartHead {
  const disposition = text.split('\r\n').find((line) => /^content-disposition:/i.test(line)) ?? '';
  const name = /[; ]name="((?:[^"\\]|\\.)*)"/.exec(disposition)?.[1];
  if (name === undefined) throw new SyntaxError('a part of the form data has no name');
  const fileName = /[; ]filename="((?:[^"\\]|\\.)*)"/.exec(disposition)?.[1] ?? null;
  return { name, fileName };
}

/** `data[attributes][files][]` becomes `{data: {attributes: {files: [...]}}}`; a plain name stays one key. */
export function nestFields(
  fields: readonly { readonly name: string; readonly value: string | ReceivedFile }[],
): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { name, value } of fields) {
    const [first = name, ...rest] = [...name.matchAll(/^[^[\]]+|\[([^[\]]*)\]/g)].map((match) => match[1] ?? match[0]);
    let target = root;
    let key = first;
    for (const next of rest) {
      const existing = Object.hasOwn(target, key) ? target[key] : undefined;
      if (next === '') {
        const list: unknown[] = Array.isArray(existing) ? existing : [];
        setOwn(target, key, list);
        list.push(value);
        key = '';
        break;
      }
      const inner: Record<string, unknown> = isRecord(existing) ? existing : {};
      setOwn(target, key, inner);
      target = inner;
      key = next;
    }
    if (key !== '') setOwn(target, key, value);
  }
  return root;
}

/** Plain assignment to `__proto__` would change the object's prototype; a request may name any key. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isReceivedFile(value);
}

/**
 * Reads one request body as it arrives. `fingerprint` is the SHA-256 of the raw bytes: two requests have "the same
 * parameters" when it is equal.
 */
export class BodyReader {
  readonly #raw: Hash = createHash('sha256');
  readonly #maximumBytes: number;
  readonly #contentType: string;
  readonly #nonce: string;
  readonly #signer: Hmac | null;
  #byteLength = 0;
  #json: JsonReader | null = null;
  #multipart: MultipartReader | null = null;
  #plain: Buffer[] | null = null;
  #problem: string | null = null;

  /** `signer` is fed the raw bytes, as they arrive. */
  constructor(options: { contentType: string; maximumBytes: number; nonce: string; signer?: Hmac | null }) {
    this.#signer = options.signer ?? null;
    this.#contentType = options.contentType;
    this.#maximumBytes = options.maximumBytes;
    this.#nonce = options.nonce;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  /** Throws `BodyTooLarge`. */
  write(chunk: Buffer): void {
    this.#byteLength += chunk.byteLength;
    if (this.#byteLength > this.#maximumBytes) throw new BodyTooLarge();
    this.#raw.update(chunk);
    this.#signer?.update(chunk);
    if (this.#problem !== null) return;
    try {
      this.#parse(chunk);
    } catch (error) {
      if (error instanceof BodyTooLarge) throw error;
      this.#problem = 'the body is not well formed';
    }
  }

  end(): { body: ParsedBody; fingerprint: string } {
    return { body: this.#finish(), fingerprint: this.#raw.digest('hex') };
  }

  #parse(chunk: Buffer): void {
    if (this.#json === null && this.#multipart === null && this.#plain === null) this.#choose(chunk);
    this.#json?.write(chunk);
    this.#multipart?.write(chunk);
    if (this.#plain !== null) {
      if (this.#byteLength > MAX_SKELETON_BYTES) throw new BodyTooLarge();
      this.#plain.push(Buffer.from(chunk));
    }
  }

  /** By content type; without a useful one a body that starts like JSON is JSON (the documented cURL call names none). */
  #choose(chunk: Buffer): void {
    const boundary = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(this.#contentType);
    if (boundary !== null) {
      this.#multipart = new MultipartReader(boundary[1] ?? boundary[2] ?? '');
    } else if (/json/i.test(this.#contentType) || /^\s*[{[]/.test(chunk.toString('latin1', 0, 64))) {
      this.#json = new JsonReader(this.#nonce);
    } else {
      this.#plain = [];
    }
  }

  #finish(): ParsedBody {
    if (this.#byteLength === 0) return { form: 'none' };
    if (this.#problem !== null) return { form: 'broken', reason: this.#problem };
    try {
      if (this.#json !== null) return { form: 'json', value: this.#json.end() };
      if (this.#multipart !== null) {
        this.#multipart.end();
        return { form: 'multipart', value: nestFields(this.#multipart.fields) };
      }
      const text = Buffer.concat(this.#plain ?? []).toString('utf8');
      const fields = [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
      return { form: 'urlencoded', value: nestFields(fields) };
    } catch {
      return { form: 'broken', reason: 'the body is not well formed' };
    }
  }
}
