import { BodyLengthMismatch, bytesBody } from './body.ts';
import type { HttpBody } from './port.ts';

/** Bytes encoded at a time: a multiple of 3, so that no padding falls inside. 48 KiB become 64 KiB of text. */
const ENCODE_BYTES = 49_152;
const TEXT_BYTES = (ENCODE_BYTES / 3) * 4;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The two characters of each value of twelve bits, the first in the lower byte. */
const PAIRS = Uint16Array.from(
  { length: 4096 },
  (_, bits) => ALPHABET.charCodeAt(bits >> 6) | (ALPHABET.charCodeAt(bits & 63) << 8),
);

/** Stands in a JSON value for the base64 text of a body, which is encoded only while it is sent. */
export class Base64Content {
  readonly body: HttpBody;
  constructor(body: HttpBody) {
    this.body = body;
  }
}

export type StreamedJson =
  | string
  | number
  | boolean
  | null
  | Base64Content
  | readonly StreamedJson[]
  | { readonly [key: string]: StreamedJson };

/**
 * A JSON document whose `Base64Content` values are encoded on the fly. The same value gives the same bytes each time
 * (providers compare a repeat with the first request). Memory does not grow with the files.
 */
export function jsonBody(value: StreamedJson): HttpBody {
  const bodies = flatten(value);
  return {
    byteLength: bodies.reduce((total, body) => total + body.byteLength, 0),
    async *stream() {
      for (const body of bodies) yield* body.stream();
    },
  };
}

/** The base64 text (RFC 4648, padded, one line) of a body. */
export function base64Body(source: HttpBody): HttpBody {
  return {
    byteLength: 4 * Math.ceil(source.byteLength / 3),
    stream: () => encode(source),
  };
}

async function* encode(source: HttpBody): AsyncGenerator<Uint8Array, void, undefined> {
  // One buffer for the whole body: the bytes gather at its end, and their text then fills it from the start.
  const text = Buffer.allocUnsafeSlow(TEXT_BYTES);
  const bytes = text.subarray(TEXT_BYTES - ENCODE_BYTES);
  let filled = 0;
  let givenBytes = 0;
  for await (const piece of source.stream()) {
    givenBytes += piece.byteLength;
    let offset = 0;
    while (offset < piece.byteLength) {
      const taken = piece.subarray(offset, offset + ENCODE_BYTES - filled);
      bytes.set(taken, filled);
      filled += taken.byteLength;
      offset += taken.byteLength;
      if (filled === ENCODE_BYTES) {
        spread(bytes, text);
        yield text;
        filled = 0;
      }
    }
    source.release?.(piece);
  }
  // Checked per file: two files that are wrong by the same number of bytes must not cancel out.
  if (givenBytes !== source.byteLength) throw new BodyLengthMismatch(source.byteLength, givenBytes);
  if (filled > 0) yield Buffer.from(bytes.toString('base64', 0, filled), 'latin1');
}

/**
 * Encodes `bytes`, which are the last three quarters of `text`, over all of it: what is written never overtakes what is
 * read. By hand, because Node's encoder gives strings: with all pages going through it as garbage, V8's young heap grows
 * by 32 MB and keeps them. Electron's processors are all little-endian.
 */
function spread(bytes: Uint8Array, text: Uint8Array): void {
  const quads = new Uint32Array(text.buffer, text.byteOffset, text.byteLength / 4);
  let written = 0;
  for (let index = 0; index < bytes.byteLength; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    quads[written] = (PAIRS[group >> 12] ?? 0) | ((PAIRS[group & 0xfff] ?? 0) << 16);
    written += 1;
  }
}

/** Text and file bodies in the order in which they stand in the JSON text. */
function flatten(value: StreamedJson): HttpBody[] {
  const bodies: HttpBody[] = [];
  let text = '';
  const closeText = (): void => {
    if (text !== '') bodies.push(bytesBody(Buffer.from(text, 'utf8')));
    text = '';
  };
  const write = (part: StreamedJson): void => {
    if (part instanceof Base64Content) {
      text += '"';
      closeText();
      bodies.push(base64Body(part.body));
      text += '"';
    } else if (isList(part)) {
      text += '[';
      part.forEach((item, index) => {
        if (index > 0) text += ',';
        write(item);
      });
      text += ']';
    } else if (part !== null && typeof part === 'object') {
      text += '{';
      Object.entries(part).forEach(([key, item], index) => {
        text += `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`;
        write(item);
      });
      text += '}';
    } else {
      text += JSON.stringify(part);
    }
  };
  write(value);
  closeText();
  return bodies;
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(value: StreamedJson): value is readonly StreamedJson[] {
  return Array.isArray(value);
}
