/** The calls under /practice/, with the token that came in the address's fragment. */

const STORED = 'practice-token';

/** Takes the token out of the address, so that it stays in no history, and keeps it for this tab. */
export function takeToken(): void {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given === null) return;
  sessionStorage.setItem(STORED, given);
  history.replaceState(null, '', location.pathname);
}

/** The server's own sentence about what it did not accept; `isToken`: the token is of another run. */
export class Refused extends Error {
  readonly isToken: boolean;
  constructor(sentence: string, isToken: boolean) {
    super(sentence);
    this.name = 'Refused';
    this.isToken = isToken;
  }
}

type Method = 'GET' | 'POST' | 'DELETE';

/** Says of an answer whether it has these parts; what they hold is the server's own affair, which is of the same version. */
export function withParts<Reply extends object>(...parts: (keyof Reply)[]): (value: unknown) => value is Reply {
  return (value): value is Reply => typeof value === 'object' && value !== null && parts.every((part) => part in value);
}

const isProblem = withParts<{ problem: string }>('problem');

/** Makes a call and answers its JSON. Throws `Refused`; anything else that it throws means that the server is not there. */
export async function call<Reply extends object>(
  method: Method,
  path: string,
  isReply: (value: unknown) => value is Reply,
  body?: unknown,
): Promise<Reply> {
  const answer = await fetch(`/practice${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${sessionStorage.getItem(STORED) ?? ''}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const reply: unknown = await answer.json();
  if (answer.ok && isReply(reply)) return reply;
  throw new Refused(isProblem(reply) ? reply.problem : String(answer.status), answer.status === 401);
}
