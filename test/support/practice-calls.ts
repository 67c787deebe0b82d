/** Calls to a practice server from outside of Satchel: as somebody in the provider's dashboard, or the person who plays the provider. */
import { DEFAULT_CREDENTIALS, type PracticeServer } from '../../main/practice/index.ts';

interface Reached {
  readonly server: Pick<PracticeServer, 'origin' | 'adminToken' | 'personaBaseUrl'>;
}

/** A call to Persona's own API with practice's key, `attributes` as what a body says; throws unless it succeeds. */
export async function callApi(
  { server }: Reached,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  attributes?: object,
): Promise<unknown> {
  return asked(`${server.personaBaseUrl}${path}`, {
    method,
    bearer: DEFAULT_CREDENTIALS.personaApiKeys[0] ?? '',
    body: attributes === undefined ? undefined : { data: { attributes } },
  });
}

/** A call under /practice/; throws unless it succeeds. */
export async function callAdmin({ server }: Reached, method: string, path: string, body?: unknown): Promise<unknown> {
  return asked(`${server.origin}/practice${path}`, { method, bearer: server.adminToken, body });
}

async function asked(
  url: string,
  { method, bearer, body }: { readonly method: string; readonly bearer: string; readonly body: unknown },
): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
