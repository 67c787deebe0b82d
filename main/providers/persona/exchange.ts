import { evidence, isRecordGone } from '../http.ts';
import type { FailedOutcome } from '../http.ts';
import type { ConnectionContext, Evidence } from '../port.ts';
import { requestIdOf } from './answers.ts';
import { callPersona } from './client.ts';
import { readList, readObject, type PersonaAnswer, type PersonaObject } from './objects.ts';
import { refusal, type Answered } from './refusals.ts';

/** Reads of Persona's objects, and what is kept of the answer. They change nothing, so a lost answer is asked for again. */

export type Read<Found> =
  | { readonly kind: 'found'; readonly found: Found; readonly answer: Answered }
  /** Persona says in its own form that there is no such object. */
  | { readonly kind: 'missing'; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

export async function readOne(
  context: ConnectionContext,
  path: string,
  type: string,
  expectedId: string,
): Promise<Read<PersonaAnswer>> {
  const reply = await callPersona(context, { method: 'GET', path });
  if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
  const found = isSuccess(reply) ? readObject(reply.json, type, expectedId) : null;
  if (found !== null) return { kind: 'found', found, answer: reply };
  const outcome = refusal(reply, 'read');
  return isRecordGone(outcome) ? { kind: 'missing', answer: reply } : { kind: 'failed', outcome };
}

/** Pages to look through at most, of 100 each: a filter by our own reference brings one or none. */
const MAX_PAGES = 5;

export type List =
  /** `isCut`: there are more than were looked through, so what is not among them may be there all the same. */
  | {
      readonly kind: 'found';
      readonly found: readonly PersonaObject[];
      readonly isCut: boolean;
      readonly answer: Answered;
    }
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

/** Every object of a filtered list, newest first. `filters` by name without brackets. */
export async function readAll(
  context: ConnectionContext,
  path: string,
  filters: Readonly<Record<string, string>>,
): Promise<List> {
  const objects: PersonaObject[] = [];
  let after: string | null = null;
  for (let page = 1; ; page += 1) {
    const query = new URLSearchParams({ 'page[size]': '100' });
    for (const [name, value] of Object.entries(filters)) query.set(`filter[${name}]`, value);
    if (after !== null) query.set('page[after]', after);
    const reply = await callPersona(context, { method: 'GET', path: `${path}?${query.toString()}` });
    if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
    const list = isSuccess(reply) ? readList(reply.json) : null;
    if (list === null) return { kind: 'failed', outcome: refusal(reply, 'read') };
    objects.push(...list.objects);
    after = list.nextAfter;
    if (after === null || page === MAX_PAGES) {
      return { kind: 'found', found: objects, isCut: after !== null, answer: reply };
    }
  }
}

export function isSuccess(reply: Answered): reply is Extract<Answered, { kind: 'json' }> {
  return reply.kind === 'json' && reply.status >= 200 && reply.status < 300;
}

/** An answer as the timeline keeps it. */
export function told(answer: Answered, code: string, params?: Readonly<Record<string, string>>): Evidence {
  return evidence(answer.status, requestIdOf(answer), params === undefined ? { code } : { code, params });
}

/** A word of Persona's, if it is one; anything that is not a plain word is not shown. */
export function wordOf(status: string): string {
  return /^[a-z][a-z0-9 _-]{0,39}$/i.test(status) ? status : '?';
}
