import { createHmac } from 'node:crypto';
import type { HttpBody } from '../../network/index.ts';

/** What is signed besides the secret key. */
export interface SignedRequest {
  /** Seconds since the Unix epoch, as `X-App-Access-Ts` says. */
  readonly timestamp: string;
  readonly method: 'GET' | 'POST';
  /** Everything after the host, with the query. */
  readonly pathAndQuery: string;
  readonly body: HttpBody | null;
}

/**
 * `X-App-Access-Sig`: HMAC-SHA256, in lower-case hex, of timestamp, method, path with query and the body's very bytes.
 *
 * The header leaves before the body, so the body is gone through twice: once to sign it, once to send it. A page is then
 * decrypted twice and never held whole; both passes give the same bytes, because a body is a function of its payload.
 * Rejects with what the body's source throws.
 */
export async function signatureOf(request: SignedRequest, secretKey: string): Promise<string> {
  const hmac = createHmac('sha256', secretKey);
  hmac.update(`${request.timestamp}${request.method}${request.pathAndQuery}`, 'utf8');
  if (request.body !== null) for await (const piece of request.body.stream()) hmac.update(piece);
  return hmac.digest('hex');
}
