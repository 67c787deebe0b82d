import type { ServerResponse } from 'node:http';

export interface PageFile {
  readonly contentType: string;
  readonly content: string;
}

/** The files of the page by their paths, `/` for the page itself. */
export type PracticePage = ReadonlyMap<string, PageFile>;

/** Scripts, styles and calls of this server alone; no frame, no form that goes anywhere, no markup from text. */
const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
} as const;

export function sendPageFile(response: ServerResponse, file: PageFile): void {
  response.writeHead(200, {
    ...HEADERS,
    'Content-Type': file.contentType,
    'Content-Length': String(Buffer.byteLength(file.content)),
  });
  response.end(file.content);
}
