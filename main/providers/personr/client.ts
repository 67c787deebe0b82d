import { PersonrCredential } from '../../../shared/domain/index.ts';
import { multipartForm, textBody } from '../../network/index.ts';
import type { HttpBody } from '../../network/index.ts';
import { call, isHeaderSafe, noCredential, type FailedOutcome, type Reply } from '../http.ts';
import { CredentialMissing } from '../port.ts';
import type { ConnectionContext } from '../port.ts';
import { readFailure, readToken } from './answers.ts';
import { refusal } from './refusals.ts';

export interface PersonrCall {
  /** The workflow's name, with a leading slash. Every one is a POST. */
  readonly path: string;
  readonly contentType: string;
  readonly body: HttpBody;
  readonly beforeLastByte?: () => void;
  readonly onProgress?: (sentBytes: number) => void;
}

/** A token is renewed when it has less than this to live. */
const MIN_TOKEN_LIFE_MS = 60_000;

/** Ends a renewal that did not work; never leaves this file. */
class MintFailed extends Error {
  readonly outcome: FailedOutcome;
  constructor(outcome: FailedOutcome) {
    super('no token');
    this.outcome = outcome;
  }
}

/**
 * One call with the connection's one token. Every new token ends the one before, so it is kept, and after a 401 the
 * store is asked first whether somebody else has renewed it meanwhile; only then a new one is made, once.
 */
export async function callPersonr(context: ConnectionContext, request: PersonrCall): Promise<Reply> {
  let token: string;
  try {
    token = await usableToken(context);
  } catch (error) {
    return failedMint(error);
  }
  const first = await callWith(token, context, request);
  if (first.kind === 'failed' || effectiveStatus(first) !== 401) return first;
  try {
    token = (await context.tokens.renew(token, () => mint(context))).token;
  } catch (error) {
    return refusedBefore(failedMint(error));
  }
  let isSent = false;
  const { beforeLastByte } = request;
  const repeat: PersonrCall =
    beforeLastByte === undefined
      ? request
      : {
          ...request,
          beforeLastByte: () => {
            beforeLastByte();
            isSent = true;
          },
        };
  const second = await callWith(token, context, repeat);
  return second.kind === 'failed' && !isSent ? refusedBefore(second) : second;
}

async function usableToken(context: ConnectionContext): Promise<string> {
  const stored = context.tokens.read();
  if (stored !== null && stored.expiresAtMs > context.clock.now() + MIN_TOKEN_LIFE_MS) return stored.token;
  return (await context.tokens.renew(stored?.token ?? null, () => mint(context))).token;
}

function failedMint(error: unknown): Extract<Reply, { kind: 'failed' }> {
  if (error instanceof MintFailed) return { kind: 'failed', outcome: error.outcome };
  throw error;
}

/**
 * The request passed its point of no return once, but was answered: with 401. The evidence has to say so, or a network
 * failure on the way to another token would look like a lost answer to it.
 */
function refusedBefore(reply: Extract<Reply, { kind: 'failed' }>): Reply {
  const { outcome } = reply;
  return {
    ...reply,
    outcome: { ...outcome, evidence: { ...outcome.evidence, status: outcome.evidence.status ?? 401 } },
  };
}

/** A form of small text fields; `seed` makes a repeat the same bytes. */
export function form(
  fields: readonly (readonly [string, string])[],
  seed: string,
): { contentType: string; body: HttpBody } {
  return multipartForm(fields, seed);
}

function callWith(token: string, context: ConnectionContext, request: PersonrCall): Promise<Reply> {
  return call(context, {
    method: 'POST',
    url: `${context.connection.baseUrl}${request.path}`,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'content-type': request.contentType,
    },
    body: request.body,
    ...(request.beforeLastByte === undefined ? {} : { beforeLastByte: request.beforeLastByte }),
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });
}

/** POST /api-basic-auth with the service account. A lost answer does no harm: the next one makes another token. */
async function mint(context: ConnectionContext): Promise<{ token: string; expiresAtMs: number }> {
  const reply = await call(context, {
    method: 'POST',
    url: `${context.connection.baseUrl}/api-basic-auth`,
    headers: { accept: 'application/json', authorization: `Basic ${openCredential(context)}` },
    body: textBody(''),
  });
  if (reply.kind === 'failed') throw new MintFailed(reply.outcome);
  const minted =
    reply.kind === 'json' && reply.status < 300 && effectiveStatus(reply) < 400 ? readToken(reply.json) : null;
  if (minted === null || !isHeaderSafe(minted.token)) throw new MintFailed(refusal(reply, 'token'));
  return { token: minted.token, expiresAtMs: context.clock.now() + minted.expiresInMs };
}

function openCredential(context: ConnectionContext): string {
  try {
    const parsed = PersonrCredential.safeParse(context.credential());
    if (!parsed.success) throw new MintFailed(noCredential());
    return Buffer.from(`${parsed.data.email}:${parsed.data.password}`, 'utf8').toString('base64');
  } catch (error) {
    if (error instanceof CredentialMissing) throw new MintFailed(noCredential());
    throw error;
  }
}

/** The status in the body counts more than HTTP's: a failure may come with HTTP 200. */
function effectiveStatus(reply: Exclude<Reply, { kind: 'failed' }>): number {
  return (reply.kind === 'json' ? readFailure(reply.status, reply.json)?.status : undefined) ?? reply.status;
}
