import { setTimeout as pause } from 'node:timers/promises';
import { safeName, shapeOf, shapeOfText, type Shape } from './shape.ts';

/** What one call was answered with, as far as it may be kept. */
export interface RecordedCall {
  readonly name: string;
  /** With the path as a template: `POST /document/generics/{document}/submit`. */
  readonly call: string;
  /** Null: it was not made, because an earlier one did not bring what it needs. */
  readonly status: number | null;
  readonly headers: readonly string[];
  readonly shape: Shape;
}

/** What an earlier answer brought, by the name that templates use: ids and a token. Never written. */
export type Memory = Map<string, string>;

export interface Step {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /**
   * Below the base URL; `{name}` is filled from the memory. One that begins with `{name}` is an address by itself, which an earlier
   * answer gave: it gets no credential, unless `isKeyed` and it lies below the base URL.
   */
  readonly path: string;
  readonly isKeyed?: boolean;
  /** Texts are filled from the memory as well. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; texts of the form `{name}` are filled from the memory. */
  readonly body?: unknown;
  /** Instead of JSON: a form of texts and one file, given as base64. */
  readonly form?: {
    readonly fields: Readonly<Record<string, string>>;
    readonly file: { readonly field: string; readonly data: string; readonly filename: string };
  };
  /** Where requests are signed: as if it had been signed so long ago. */
  readonly signedSecondsAgo?: number;
  /** Where the answer holds what later steps need. */
  readonly remember?: Readonly<Record<string, readonly (string | number)[]>>;
  /** True: the provider gets time to work before this call. */
  readonly isLater?: boolean;
  /** The practice switches that decide its answer there. */
  readonly switches?: readonly string[];
  /** Practice has no such call: what the account answers stands by itself. */
  readonly isUnknownHere?: boolean;
}

/** What a signature is made of. */
export interface SentRequest {
  readonly method: Step['method'];
  /** Everything after the host. */
  readonly pathAndQuery: string;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

export interface World {
  readonly baseUrl: string;
  headers(memory: Memory, request: SentRequest, step: Step): Readonly<Record<string, string>>;
  /** Time that the provider gets before a later call, in milliseconds. */
  readonly waitMs: number;
}

/** Of the transport and of whatever gateway is before the API; they say nothing about it. */
const TRANSPORT =
  /^(date|connection|keep-alive|content-length|content-encoding|transfer-encoding|server|via|vary|etag|alt-svc|set-cookie|age|cache-control|strict-transport-security|x-(?!image|request|ratelimit).*|cf-.*|nel|report-to|referrer-policy)$/;
const TIMEOUT_MS = 60_000;

/** What the calls have left in the account: `nothing` was made, whatever can be redacted is `redacted`, or it may still be `there`. */
export type Left = 'nothing' | 'redacted' | 'there';

/** The calls did not come to their end. `cause`: what the transport said, or that somebody stopped them. */
export class RecordingStopped extends Error {
  /** How many calls were answered. */
  readonly answered: number;
  readonly left: Left;

  constructor(answered: number, left: Left, cause: unknown) {
    super('the calls did not come to their end', { cause });
    this.name = 'RecordingStopped';
    this.answered = answered;
    this.left = left;
  }
}

/**
 * Makes the calls one after another. `memory` holds the ids when it is done, so that the caller can look for them. One whose credential
 * the account refuses ends with the first call. Throws `RecordingStopped`; what earlier calls made is redacted before that where a later
 * step would have done it.
 */
export async function record(
  steps: readonly Step[],
  world: World,
  memory: Memory,
  stop: AbortSignal,
): Promise<RecordedCall[]> {
  const recorded: RecordedCall[] = [];
  try {
    for (const step of steps) {
      if (step.isLater === true) await pause(world.waitMs, undefined, { signal: stop });
      const call = await make(step, world, memory, stop);
      if (recorded.length === 0 && call.status === 401) throw new CredentialRefused();
      recorded.push(call);
    }
    return recorded;
  } catch (error) {
    throw new RecordingStopped(recorded.length, await tidied(steps, recorded.length, world, memory), error);
  }
}

/** The account answered 401 to the first call, which is made with the credential that was given. */
export class CredentialRefused extends Error {
  constructor() {
    super('the account refused the credential');
    this.name = 'CredentialRefused';
  }
}

const NEVER = new AbortController().signal;

/** What calls have left that came to their end: they redact by themselves, where the account offers that. */
export function leftBy(steps: readonly Step[], recorded: readonly RecordedCall[]): Left {
  if (!steps.some((step) => makesRecord(step))) return 'nothing';
  const redactions = recorded.filter((_call, index) => isRedaction(steps[index]));
  // One that was not made had no record to redact.
  const areGone = redactions.every(({ status }) => status === null || isGone(status));
  return redactions.length > 0 && areGone ? 'redacted' : 'there';
}

/**
 * Makes those steps that redact, for whatever the first `answered` calls have made. `there` where the account offers no redaction, refused
 * one, or may have made a record with the call that got no answer.
 */
async function tidied(steps: readonly Step[], answered: number, world: World, memory: Memory): Promise<Left> {
  if (!steps.slice(0, answered + 1).some((step) => makesRecord(step))) return 'nothing';
  let isTidy = !makesRecord(steps[answered]);
  const redactions = steps.filter((step) => isRedaction(step));
  if (redactions.length === 0) isTidy = false;
  for (const step of redactions) {
    if (addressOf(step, world, memory) === null) continue;
    const status = await make(step, world, memory, NEVER).then(
      (call) => call.status,
      () => null,
    );
    if (status === null || !isGone(status)) isTidy = false;
  }
  return isTidy ? 'redacted' : 'there';
}

function isRedaction(step: Step | undefined): boolean {
  return step?.method === 'DELETE';
}

/** The second redaction of a record is a conflict, and what went along with its account is there no more. */
function isGone(status: number): boolean {
  return status < 300 || status === 404 || status === 409;
}

function makesRecord(step: Step | undefined): boolean {
  return step?.method === 'POST' && Object.keys(step.remember ?? {}).some((name) => name !== 'token');
}

async function make(step: Step, world: World, memory: Memory, stop: AbortSignal): Promise<RecordedCall> {
  const named = { name: step.name, call: `${step.method} ${step.path}` };
  const address = addressOf(step, world, memory);
  const json = JSON.stringify(step.body, (_key, value: unknown) =>
    typeof value === 'string' ? filled(value, memory) : value,
  );
  if (address === null || /"\{\w+\}"/.test(json ?? '')) return { ...named, status: null, headers: [], shape: {} };
  const { url, isKeyed } = address;
  const { type, body } = await contentOf(step, json);
  const sent = { method: step.method, pathAndQuery: url.pathname + url.search, body };
  const answer = await fetch(url, {
    method: step.method,
    headers: {
      accept: 'application/json',
      ...(type === null ? {} : { 'content-type': type }),
      ...(isKeyed ? world.headers(memory, sent, step) : {}),
      ...step.headers,
    },
    redirect: 'manual',
    signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
    ...(body === null ? {} : { body }),
  });
  const text = await answer.text();
  const value = parsed(text);
  for (const [name, steps] of Object.entries(step.remember ?? {})) {
    const found = at(value, steps);
    if (typeof found === 'string') memory.set(name, found);
  }
  return {
    ...named,
    status: answer.status,
    headers: [...answer.headers.keys()]
      .filter((name) => !TRANSPORT.test(name))
      .map(safeName)
      .sort(),
    shape: value === undefined ? shapeOfText(text, answer.headers.get('content-type') ?? '') : shapeOf(value),
  };
}

/** The very bytes that leave, because a signature is of these, and what they are. */
async function contentOf(
  { form }: Step,
  json: string | undefined,
): Promise<{ type: string | null; body: Uint8Array<ArrayBuffer> | null }> {
  if (form === undefined) {
    return json === undefined
      ? { type: null, body: null }
      : { type: 'application/json', body: new TextEncoder().encode(json) };
  }
  const data = new FormData();
  for (const [name, text] of Object.entries(form.fields)) data.append(name, text);
  const { field, filename } = form.file;
  data.append(field, new Blob([Buffer.from(form.file.data, 'base64')]), filename);
  const encoded = new Response(data);
  return { type: encoded.headers.get('content-type'), body: new Uint8Array(await encoded.arrayBuffer()) };
}

/** Null: an earlier answer did not bring what it is made of. */
function addressOf(
  { path, query = {}, isKeyed = false }: Step,
  { baseUrl }: World,
  memory: Memory,
): { readonly url: URL; readonly isKeyed: boolean } | null {
  const isOfItsOwn = path.startsWith('{');
  const whole = (isOfItsOwn ? '' : baseUrl) + filled(path, memory);
  const filters = Object.entries(query).map(([name, text]) => [name, filled(text, memory)] as const);
  if ([whole, ...filters.map(([, text]) => text)].some((text) => /\{\w+\}/.test(text))) return null;
  const url = new URL(whole);
  for (const [name, text] of filters) url.searchParams.append(name, text);
  // A credential went to the base URL's protocol; nothing goes anywhere that is less protected.
  if (isOfItsOwn && url.protocol !== new URL(baseUrl).protocol) return null;
  return { url, isKeyed: !isOfItsOwn || (isKeyed && whole.startsWith(`${baseUrl}/`)) };
}

/** `{name}` becomes what was remembered under it, and stays when nothing was. */
function filled(text: string, memory: Memory): string {
  return text.replace(/\{(\w+)\}/g, (template, name: string) => memory.get(name) ?? template);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: unknown, steps: readonly (string | number)[]): unknown {
  return steps.reduce<unknown>(
    (current, step) => (typeof current === 'object' && current !== null ? Reflect.get(current, step) : undefined),
    value,
  );
}
