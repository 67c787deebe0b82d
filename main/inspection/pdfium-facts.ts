import type { PDFiumDocument } from '@hyzyla/pdfium';
import { z } from 'zod';

const isFunction = (value: unknown): boolean => typeof value === 'function';

/** PDFium's own answers that the package has no method for; they are in the module that its documents hold. */
const Inner = z.object({
  documentIdx: z.number(),
  module: z.object({
    _FPDF_GetSecurityHandlerRevision: z.custom<(document: number) => number>(isFunction),
    _FPDF_GetMetaText: z.custom<(document: number, tag: number, buffer: number, length: number) => number>(isFunction),
    wasmExports: z.object({
      malloc: z.custom<(length: number) => number>(isFunction),
      free: z.custom<(pointer: number) => void>(isFunction),
      memory: z.custom<{ readonly buffer: ArrayBuffer }>((value) => value instanceof Object && 'buffer' in value),
    }),
  }),
});

/** More than a program's name takes, in bytes of UTF-16. */
const MOST_BYTES = 1024;

/** Whether a PDF is encrypted, also where it opens without a password: by its trailer or its stream of cross-references. */
export function isProtected(pdf: PDFiumDocument): boolean {
  const { module, documentIdx } = Inner.parse(pdf);
  return module._FPDF_GetSecurityHandlerRevision(documentIdx) >= 0;
}

/** The programs that a PDF names as the ones that made it. */
export function programsOf(pdf: PDFiumDocument): string[] {
  const { module, documentIdx } = Inner.parse(pdf);
  const { malloc, free, memory } = module.wasmExports;
  return ['Creator', 'Producer'].map((tag) => {
    const place = malloc(tag.length + 1 + MOST_BYTES);
    if (place === 0) return '';
    try {
      // The memory has another buffer whenever it has grown.
      const bytes = Buffer.from(memory.buffer, place, tag.length + 1 + MOST_BYTES);
      bytes.fill(0);
      bytes.write(tag, 'latin1');
      const text = place + tag.length + 1;
      const length = module._FPDF_GetMetaText(documentIdx, place, text, MOST_BYTES);
      // A longer one is not written at all. The last character is a zero.
      if (length < 2 || length > MOST_BYTES) return '';
      return Buffer.from(memory.buffer, text, length - 2).toString('utf16le');
    } finally {
      free(place);
    }
  });
}
