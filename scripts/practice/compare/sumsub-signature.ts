import { createHmac } from 'node:crypto';
import type { SentRequest, Step } from './recording.ts';

interface SumsubToken {
  readonly appToken: string;
  readonly secretKey: string;
}

/** Sumsub's headers: an HMAC-SHA256 of timestamp, method, path with query and the body's very bytes. */
export function signedHeaders(
  { appToken, secretKey }: SumsubToken,
  { method, pathAndQuery, body }: SentRequest,
  { signedSecondsAgo = 0 }: Step,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(Date.now() / 1000) - signedSecondsAgo);
  const hmac = createHmac('sha256', secretKey).update(`${timestamp}${method}${pathAndQuery}`);
  if (body !== null) hmac.update(body);
  return {
    'x-app-token': appToken,
    'x-app-access-ts': timestamp,
    'x-app-access-sig': hmac.digest('hex'),
  };
}
