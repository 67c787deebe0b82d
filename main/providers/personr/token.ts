import { PersonrCredential } from '../../../shared/domain/index.ts';
import { textBody } from '../../network/index.ts';
import { call, isHeaderSafe, noCredential, type Call, type FailedOutcome, type Reply } from '../http.ts';
import { CredentialMissing } from '../port.ts';
import type { ConnectionContext } from '../port.ts';
import { readFailure, readToken } from './answers.ts';
import { missesParameter, refusal, type Answered } from './refusals.ts';
import { formRequest, tokenJsonRequest, type PersonrRequest } from './requests.ts';

/** Ends a renewal that did not work. */
export class MintFailed extends Error {
  readonly outcome: FailedOutcome;
  constructor(outcome: FailedOutcome) {
    super('no token');
    this.outcome = outcome;
  }
}

/** A token is renewed when it has less than this to live. */
const MIN_TOKEN_LIFE_MS = 60_000;
/** Makes the form's boundary. */
const SEED = 'token';

type Credential = Readonly<PersonrCredential>;

/**
 * The documented ways to a token, in the order in which they are tried: with Basic, with a form (documentation), with JSON (Personr's
 * own connector). The next one is tried only when an answer of Personr's proves that the one before does not exist or did not
 * understand its fields, which mints nothing; never after a lost answer, and never after a refused password.
 */
const WAYS: readonly ((credential: Credential) => Pick<Call, 'headers' | 'body'> & { path: string })[] = [
  ({ email, password }) => ({
    path: '/api-basic-auth',
    headers: { authorization: `Basic ${Buffer.from(`${email}:${password}`, 'utf8').toString('base64')}` },
    body: textBody(''),
  }),
  ({ email, password }) => asCall(formRequest('/api-token-generate', { email, password }, SEED)),
  ({ email, password }) => asCall(tokenJsonRequest({ email, password })),
];

function asCall({ path, contentType, body }: PersonrRequest) {
  return { path, headers: { 'content-type': contentType }, body };
}

/** The connection's token, made when there is none or it is about to end. Throws `MintFailed`. */
export async function usableToken(context: ConnectionContext): Promise<string> {
  const stored = context.tokens.read();
  if (stored !== null && stored.expiresAtMs > context.clock.now() + MIN_TOKEN_LIFE_MS) return stored.token;
  return renewedToken(context, stored?.token ?? null);
}

/**
 * Another token than the refused one: what somebody else has made meanwhile, or a new one, which ends the one before. Throws
 * `MintFailed`.
 */
export async function renewedToken(context: ConnectionContext, refused: string | null): Promise<string> {
  return (await context.tokens.renew(refused, () => mint(context))).token;
}

/** A lost answer does no harm: the next call makes another token. */
async function mint(context: ConnectionContext): Promise<{ token: string; expiresAtMs: number }> {
  const credential = openCredential(context);
  let refused: FailedOutcome | null = null;
  for (const way of WAYS) {
    const { path, headers, body } = way(credential);
    const reply = await call(context, {
      method: 'POST',
      url: `${context.connection.baseUrl}${path}`,
      headers: { accept: 'application/json', ...headers },
      body,
    });
    if (reply.kind === 'failed') throw new MintFailed(reply.outcome);
    const minted =
      reply.kind === 'json' && reply.status < 300 && effectiveStatus(reply) < 400 ? readToken(reply.json) : null;
    if (minted !== null && isHeaderSafe(minted.token)) {
      return { token: minted.token, expiresAtMs: context.clock.now() + minted.expiresInMs };
    }
    refused = refusal(reply, 'token');
    if (!isNotThere(reply)) break;
  }
  throw new MintFailed(refused ?? noCredential());
}

/** Personr itself says that there is no such workflow, or that it did not find the fields in this kind of body. */
export function isNotThere(reply: Answered): boolean {
  if (reply.kind !== 'json') return false;
  const status = effectiveStatus(reply);
  if (status === 404 || status === 405 || status === 410 || status === 501) return true;
  return missesParameter(reply);
}

function openCredential(context: ConnectionContext): Credential {
  try {
    const parsed = PersonrCredential.safeParse(context.credential());
    if (!parsed.success) throw new MintFailed(noCredential());
    return parsed.data;
  } catch (error) {
    if (error instanceof CredentialMissing) throw new MintFailed(noCredential());
    throw error;
  }
}

/** The status in the body counts more than HTTP's: a failure may come with HTTP 200. */
export function effectiveStatus(reply: Exclude<Reply, { kind: 'failed' }>): number {
  return (reply.kind === 'json' ? readFailure(reply.status, reply.json)?.status : undefined) ?? reply.status;
}
