import { PersonaCredential, PersonaSettings } from '../../../shared/domain/index.ts';
import type { HttpBody } from '../../network/index.ts';
import { call, isHeaderSafe, noCredential, type Reply } from '../http.ts';
import { CredentialMissing } from '../port.ts';
import type { ConnectionContext } from '../port.ts';
import { checkCall } from './requests.ts';

export interface PersonaCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** After the base URL, with a leading slash. */
  readonly path: string;
  readonly body?: HttpBody;
  /** POST only: Persona ignores the header elsewhere. */
  readonly idempotencyKey?: string;
  readonly beforeLastByte?: () => void;
  readonly onProgress?: (sentBytes: number) => void;
}

/**
 * One call to Persona. The version and the casing are always named: without them the key's own settings decide, and
 * shapes would change when somebody edits the key in Persona's dashboard.
 */
export async function callPersona(context: ConnectionContext, request: PersonaCall): Promise<Reply> {
  checkCall(request.method, request.path, request.body !== undefined, request.idempotencyKey !== undefined);
  const apiKey = openKey(context);
  if (apiKey === null) return { kind: 'failed', outcome: noCredential() };
  const settings = PersonaSettings.parse(context.connection.settings);
  return call(context, {
    method: request.method,
    url: `${context.connection.baseUrl}${request.path}`,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${apiKey}`,
      'persona-version': settings.version,
      'key-inflection': settings.keyInflection,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(request.idempotencyKey === undefined ? {} : { 'idempotency-key': request.idempotencyKey }),
    },
    body: request.body ?? null,
    ...(request.beforeLastByte === undefined ? {} : { beforeLastByte: request.beforeLastByte }),
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });
}

/** Null: there is none, the key store is locked, or it cannot be a key. */
export function openKey(context: ConnectionContext): string | null {
  try {
    const parsed = PersonaCredential.safeParse(context.credential());
    return parsed.success && isHeaderSafe(parsed.data.apiKey) ? parsed.data.apiKey : null;
  } catch (error) {
    if (error instanceof CredentialMissing) return null;
    throw error;
  }
}
