import { createHmac, timingSafeEqual, type Hmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { header, type ApiRequest } from '../answer.ts';
import { refused } from './reply.ts';

/** One app token of the practice account. */
export interface SumsubToken {
  readonly appToken: string;
  readonly secretKey: string;
}

/** The signature of a request so far: timestamp, method, path with query. Its body follows as it arrives. Null: no such token. */
export function signerOf(request: IncomingMessage, tokens: readonly SumsubToken[]): Hmac | null {
  const appToken = header(request.headers, 'x-app-token');
  const token = tokens.find((known) => known.appToken === appToken);
  if (token === undefined) return null;
  const timestamp = header(request.headers, 'x-app-access-ts') ?? '';
  return createHmac('sha256', token.secretKey).update(`${timestamp}${request.method ?? ''}${request.url ?? ''}`);
}

/** Throws the refusal of a request that is not signed with a known secret key, or not now. `lifetimeMs`: to either side. */
export function checkSignature(request: ApiRequest, lifetimeMs: number): void {
  const { expectedSignature } = request;
  if (expectedSignature === null) throw refused(401, 'Invalid app token', 4000);
  const given = Buffer.from(header(request.headers, 'x-app-access-sig') ?? '', 'utf8');
  const expected = Buffer.from(expectedSignature, 'utf8');
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) {
    throw refused(401, 'Request signature mismatch');
  }
  const sentMs = Number(header(request.headers, 'x-app-access-ts')) * 1000;
  if (!(Math.abs(request.now - sentMs) <= lifetimeMs)) throw refused(401, 'Request signature expired', 4004);
}
