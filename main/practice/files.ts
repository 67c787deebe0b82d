import { createHash } from 'node:crypto';

/** What the server keeps of a file: never its bytes, because a practice document may be a real one by mistake. */
export interface FileDigest {
  readonly sha256: string;
  readonly byteLength: number;
  /** By content, not by name; `application/octet-stream` when nothing known. */
  readonly mediaType: string;
  /** The decision asked for in the bytes (`satchel-practice:<decision>`), or null. */
  readonly decision: string | null;
  /** False when the text that carried it was not base64. */
  readonly isBase64: boolean;
  /** True when the base64 text began with a `data:` prefix. */
  readonly hasDataPrefix: boolean;
}

const MARKER = 'satchel-practice:';
const DECISION = /^satchel-practice:([a-z-]+(?:=[A-Za-z0-9_,.-]{1,80})?)/;
/** Longest marker with its decision; this many bytes are carried from one chunk to the next. */
const MARKER_BYTES = 120;
const HEAD_BYTES = 64;

/** The media type that the first bytes show. */
export function sniffMediaType(head: Uint8Array): string {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('%PDF-')) return 'application/pdf';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'image/gif';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'image/tiff';
  if (text.startsWith('BM')) return 'image/bmp';
  if (text.slice(4, 8) === 'ftyp' && /^(hei[cx]|mif1|msf1|avif)/.test(text.slice(8, 12))) return 'image/heic';
  return 'application/octet-stream';
}

/** Takes a file's bytes piece by piece and keeps only what `FileDigest` names. */
export class DigestSink {
  readonly #hash = createHash('sha256');
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);
  #byteLength = 0;
  #decision: string | null = null;

  write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#byteLength += bytes.byteLength;
    if (this.#head.byteLength < HEAD_BYTES) {
      this.#head = Buffer.concat([this.#head, bytes.subarray(0, HEAD_BYTES - this.#head.byteLength)]);
    }
    if (this.#decision !== null) return;
    const window = Buffer.concat([this.#tail, bytes]);
    const at = window.indexOf(MARKER, 0, 'latin1');
    if (at >= 0 && at + MARKER_BYTES > window.byteLength) {
      // The decision may go on in the next piece.
      this.#tail = Buffer.from(window.subarray(at));
      return;
    }
    this.#decide(window, at);
    this.#tail = Buffer.from(window.subarray(Math.max(0, window.byteLength - MARKER.length)));
  }

  end(text: { isBase64: boolean; hasDataPrefix: boolean } = { isBase64: true, hasDataPrefix: false }): FileDigest {
    if (this.#decision === null) this.#decide(this.#tail, this.#tail.indexOf(MARKER, 0, 'latin1'));
    return {
      sha256: this.#hash.digest('hex'),
      byteLength: this.#byteLength,
      mediaType: sniffMediaType(this.#head),
      decision: this.#decision,
      ...text,
    };
  }

  #decide(window: Buffer, at: number): void {
    if (at < 0) return;
    this.#decision = DECISION.exec(window.toString('latin1', at, at + MARKER_BYTES))?.[1] ?? null;
  }
}

const PREFIX_END = ',';
const LONGEST_PREFIX = 200;

/** Decodes base64 text piece by piece into a `DigestSink`. */
export class Base64Sink {
  readonly #sink = new DigestSink();
  #carry = '';
  #isBase64 = true;
  #hasDataPrefix = false;
  #isStarted = false;
  #isPadded = false;

  write(piece: string): void {
    let text = this.#carry + piece;
    if (!this.#isStarted) {
      if (text.length < LONGEST_PREFIX && (text.length < 5 || text.startsWith('data:')) && !text.includes(PREFIX_END)) {
        this.#carry = text;
        return;
      }
      this.#isStarted = true;
      if (text.startsWith('data:')) {
        this.#hasDataPrefix = true;
        text = text.slice(text.indexOf(PREFIX_END) + 1);
      }
    }
    const whole = text.length - (text.length % 4);
    this.#carry = text.slice(whole);
    this.#decode(text.slice(0, whole));
  }

  end(): FileDigest {
    if (!this.#isStarted && this.#carry !== '') {
      const rest = this.#carry;
      this.#carry = '';
      this.#isStarted = true;
      this.write(rest);
    }
    // Base64 is written in groups of four; what is left over was cut off.
    if (this.#carry !== '') this.#isBase64 = false;
    return this.#sink.end({ isBase64: this.#isBase64, hasDataPrefix: this.#hasDataPrefix });
  }

  #decode(text: string): void {
    if (text === '') return;
    if (this.#isPadded) this.#isBase64 = false;
    const bytes = Buffer.from(text, 'base64');
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
    this.#isPadded = padding > 0;
    // Node skips what is not base64, so a shorter result is the sign of it.
    if (bytes.byteLength !== (text.length / 4) * 3 - padding) this.#isBase64 = false;
    this.#sink.write(bytes);
  }
}

export function digestBase64(text: string): FileDigest {
  const sink = new Base64Sink();
  sink.write(text);
  return sink.end();
}

/** Media types that a file name's extension may stand for; null for an extension that names none of them. */
export function mediaTypeOfName(fileName: string): string | null {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (extension === 'jpg' || extension === 'jpeg') return 'image/jpeg';
  if (extension === 'png') return 'image/png';
  if (extension === 'pdf') return 'application/pdf';
  return null;
}
