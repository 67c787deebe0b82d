import { textBody } from './body.ts';
import type { HttpBody } from './port.ts';

/**
 * A small `multipart/form-data` body of text fields (RFC 7578). `seed` makes the boundary: the same seed and fields give
 * the same bytes, so that a repeat is the same request.
 */
export function multipartForm(
  fields: readonly (readonly [name: string, value: string])[],
  seed: string,
): { contentType: string; body: HttpBody } {
  let boundary = `satchel-${seed.replaceAll(/[^A-Za-z0-9-]/g, '').slice(0, 48)}`;
  while (fields.some(([name, value]) => name.includes(boundary) || value.includes(boundary))) boundary += '-x';
  const text =
    fields
      .map(
        ([name, value]) =>
          `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"\r\n\r\n${value}\r\n`,
      )
      .join('') + `--${boundary}--\r\n`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: textBody(text) };
}

/** As browsers do it: a quote or a line break in a name would end the header early. */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
