import { SumsubCredential } from '../../../shared/domain/index.ts';
import { BodyLengthMismatch } from '../../network/index.ts';
import type { HttpBody } from '../../network/index.ts';
import { call, isHeaderSafe, noCredential, unreadablePage, type Reply } from '../http.ts';
import { CredentialMissing, PageUnreadable } from '../port.ts';
import type { ConnectionContext } from '../port.ts';
import { checkCall } from './requests.ts';
import { signatureOf } from './signature.ts';

export interface SumsubCall {
  readonly method: 'GET' | 'POST';
  /** With its leading slash and its query, both encoded. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: HttpBody;
  readonly headers?: Readonly<Record<string, string>>;
  readonly beforeLastByte?: () => void;
  readonly onProgress?: (sentBytes: number) => void;
}

/** One signed call. Sumsub signs nothing itself and knows no session: the two values of an app token are all there is. */
export async function callSumsub(context: ConnectionContext, request: SumsubCall): Promise<Reply> {
  checkCall(request.method, request.path, request.body !== undefined);
  const credential = openCredential(context);
  if (credential === null) return { kind: 'failed', outcome: noCredential() };
  const url = `${context.connection.baseUrl}${request.path}`;
  const body = request.body ?? null;
  const timestamp = String(Math.floor(context.clock.now() / 1000));
  const { pathname, search } = new URL(url);
  let signature: string;
  try {
    const signed = { timestamp, method: request.method, pathAndQuery: pathname + search, body };
    signature = await signatureOf(signed, credential.secretKey);
  } catch (error) {
    if (error instanceof PageUnreadable || error instanceof BodyLengthMismatch) {
      return { kind: 'failed', outcome: unreadablePage() };
    }
    throw error;
  }
  return call(context, {
    method: request.method,
    url,
    headers: {
      accept: 'application/json',
      ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
      ...request.headers,
      'x-app-token': credential.appToken,
      'x-app-access-ts': timestamp,
      'x-app-access-sig': signature,
    },
    body,
    ...(request.beforeLastByte === undefined ? {} : { beforeLastByte: request.beforeLastByte }),
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });
}

/** Null: there is none that could be sent. */
export function openCredential(context: ConnectionContext): SumsubCredential | null {
  try {
    const parsed = SumsubCredential.safeParse(context.credential());
    return parsed.success && isHeaderSafe(parsed.data.appToken) ? parsed.data : null;
  } catch (error) {
    if (error instanceof CredentialMissing) return null;
    throw error;
  }
}
