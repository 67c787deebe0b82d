import { call, type Reply } from '../http.ts';
import type { ConnectionContext } from '../port.ts';
import type { PersonrRequest } from './requests.ts';
import { MintFailed, effectiveStatus, renewedToken, usableToken } from './token.ts';

/** One request. Without `beforeLastByte` it is a read: a lost answer changes nothing. */
export interface PersonrCall extends PersonrRequest {
  readonly beforeLastByte?: () => void;
  readonly onProgress?: (sentBytes: number) => void;
  /** Largest answer that is read; only downloads need more than the usual. */
  readonly maxResponseBytes?: number;
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
    token = await renewedToken(context, token);
  } catch (error) {
    return refusedBefore(failedMint(error), 401);
  }
  return callAgain(401, request, (repeat) => callWith(token, context, repeat));
}

/** What goes in the place of a request that was answered with this status, which says that it was not carried out. */
export async function callAgain(
  refusedWith: number,
  request: PersonrCall,
  send: (repeat: PersonrCall) => Promise<Reply>,
): Promise<Reply> {
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
  const second = await send(repeat);
  return second.kind === 'failed' && !isSent ? refusedBefore(second, refusedWith) : second;
}

function failedMint(error: unknown): Extract<Reply, { kind: 'failed' }> {
  if (error instanceof MintFailed) return { kind: 'failed', outcome: error.outcome };
  throw error;
}

/**
 * The request passed its point of no return once, but was answered: with this status. The evidence has to say so, or a network
 * failure on the way to the next one would look like a lost answer to it.
 */
function refusedBefore(reply: Extract<Reply, { kind: 'failed' }>, status: number): Reply {
  const { outcome } = reply;
  return {
    ...reply,
    outcome: { ...outcome, evidence: { ...outcome.evidence, status: outcome.evidence.status ?? status } },
  };
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
    ...(request.maxResponseBytes === undefined ? {} : { maxResponseBytes: request.maxResponseBytes }),
  });
}
