import type { ConnectionContext, Evidence, LookUpOutcome } from '../port.ts';

/** No documented answer of Personr's names its request. What stands before Personr may, and by that its support can find the call. */
const HEADERS = ['x-request-id', 'cf-ray'];

/** Runs `work` and, where an answer carried one, puts the id of the last into what it gives; an answer that was lost has none. */
export async function traced<Context extends ConnectionContext, Given>(
  context: Context,
  work: (context: Context) => Promise<Given>,
  put: (given: Given, requestId: string) => Given,
): Promise<Given> {
  let requestId: string | null = null;
  const http: ConnectionContext['http'] = {
    send: async (request) => {
      requestId = null;
      const answer = await context.http.send(request);
      requestId = idIn(answer.headers);
      return answer;
    },
  };
  const given = await work({ ...context, http });
  return requestId === null ? given : put(given, requestId);
}

/** An outcome with the id of its answer. */
export function outcomeOf<Given extends { readonly evidence: Evidence }>(outcome: Given, requestId: string): Given {
  // What came of no answer (a page that cannot be read) was never asked about.
  if (outcome.evidence.status === null) return outcome;
  return { ...outcome, evidence: { ...outcome.evidence, requestId } };
}

/** What a look-up found, with the id of its answer. */
export function foundOf(found: LookUpOutcome, requestId: string): LookUpOutcome {
  if (found.kind === 'happened') return { ...found, outcome: outcomeOf(found.outcome, requestId) };
  return found.kind === 'failed'
    ? { ...found, outcome: outcomeOf(found.outcome, requestId) }
    : outcomeOf(found, requestId);
}

function idIn(headers: Readonly<Record<string, string>>): string | null {
  const ids = HEADERS.flatMap((name) => /^[\w-]{1,80}$/.exec(headers[name] ?? '')?.[0] ?? []);
  return ids[0] ?? null;
}
