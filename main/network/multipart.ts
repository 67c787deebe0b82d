import { textBody } from './body.ts';
import type { HttpBody } from './port.ts';

type Field = readonly [name: string, value: string];

/** A file inside a form. Its name must be neutral and plain ASCII. */
export interface FilePart {
  readonly name: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly body: HttpBody;
}

/**
 * A small `multipart/form-data` body of text fields (RFC 7578). `seed` makes the boundary: the same seed and fields give
 * the same bytes, so that a repeat is the same request.
 */
export function multipartForm(fields: readonly Field[], seed: string): { contentType: string; body: HttpBody } {
  const boundary = boundaryOf(fields, seed);
  const text = fields.map((field) => fieldText(boundary, field)).join('') + `--${boundary}--\r\n`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: textBody(text) };
}

/**
 * The same with a file after the fields, streamed: memory does not grow with it. The file is not searched for the boundary:
 * `seed` is random, so that no file can hold it.
 */
export function multipartFile(
  fields: readonly Field[],
  file: FilePart,
  seed: string,
): { contentType: string; body: HttpBody } {
  const boundary = boundaryOf(fields, seed);
  const head = Buffer.from(
    fields.map((field) => fieldText(boundary, field)).join('') +
      `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(file.name)}"; ` +
      `filename="${escapeName(file.fileName)}"\r\nContent-Type: ${file.mediaType}\r\n\r\n`,
    'utf8',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`, 'latin1');
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: {
      byteLength: head.byteLength + file.body.byteLength + tail.byteLength,
      async *stream() {
        yield head;
        yield* file.body.stream();
        yield tail;
      },
    },
  };
}

function boundaryOf(fields: readonly Field[], seed: string): string {
  let boundary = `satchel-${seed.replaceAll(/[^A-Za-z0-9-]/g, '').slice(0, 48)}`;
  while (fields.some(([name, value]) => name.includes(boundary) || value.includes(boundary))) boundary += '-x';
  return boundary;
}

function fieldText(boundary: string, [name, value]: Field): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"\r\n\r\n${value}\r\n`;
}

/** As browsers do it: a quote or a line break in a name would end the header early. */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
