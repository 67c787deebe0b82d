import type { IncomingHttpHeaders } from 'node:http';
import { isReceivedFile, isRecord, type ParsedBody } from './body.ts';
import { digestBase64, type FileDigest } from './files.ts';

/** One request to an API, with its body read and its files digested. */
export interface ApiRequest {
  readonly requestId: string;
  readonly now: number;
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  readonly method: string;
  /** Path below the API's base, with its leading slash and without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: ParsedBody;
  readonly bodySha256: string;
  /** A status that the fault script wants instead of the real work, decided inside the API's own layers. */
  readonly forcedStatus: number | null;
  /** What the request's signature must be, by the bytes that arrived; null: no secret key is known for it (Sumsub only). */
  readonly expectedSignature: string | null;
  /** True while an earlier request with the same idempotency key is being worked on. */
  readonly isConcurrent: boolean;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON value; undefined for an empty body. */
  readonly body: unknown;
  readonly isReplay: boolean;
}

export function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}

/**
 * Every file inside a parsed body, in order: those taken out on the way in, and short base64 text in the three places where
 * the APIs carry files (`data` beside `filename`, `contents`, `docFile` beside `fileName`).
 */
export function filesIn(value: unknown): FileDigest[] {
  if (isReceivedFile(value)) return [value.digest];
  if (Array.isArray(value)) return value.flatMap((item) => filesIn(item));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const hasName = (key === 'data' && 'filename' in value) || (key === 'docFile' && 'fileName' in value);
    const isFileText = typeof item === 'string' && (key === 'contents' || hasName);
    return isFileText ? [digestBase64(item)] : filesIn(item);
  });
}
