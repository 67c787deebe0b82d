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
  /** Below the base URL; `{name}` is filled from the memory. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; texts of the form `{name}` are filled from the memory. */
  readonly body?: unknown;
  /** Where the answer holds what later steps need. */
  readonly remember?: Readonly<Record<string, readonly (string | number)[]>>;
  /** True: the provider gets time to work before this call. */
  readonly isLater?: boolean;
  /** The practice switches that decide its answer there. */
  readonly switches?: readonly string[];
}

export interface World {
  readonly baseUrl: string;
  headers(memory: Memory): Readonly<Record<string, string>>;
  /** Time that the provider gets before a later call, in milliseconds. */
  readonly waitMs: number;
}

/** Of the transport and of whatever gateway is before the API; they say nothing about it. */
const TRANSPORT =
  /^(date|connection|keep-alive|content-length|content-encoding|transfer-encoding|server|via|vary|etag|alt-svc|set-cookie|age|cache-control|strict-transport-security|x-(?!image|request|ratelimit).*|cf-.*|nel|report-to|referrer-policy)$/;
const TIMEOUT_MS = 60_000;

/** Makes the calls one after another. `memory` holds the ids when it is done, so that the caller can look for them. */
export async function record(steps: readonly Step[], world: World, memory: Memory): Promise<RecordedCall[]> {
  const recorded: RecordedCall[] = [];
  for (const step of steps) {
    if (step.isLater === true) await pause(world.waitMs);
    recorded.push(await make(step, world, memory));
  }
  return recorded;
}

async function make(step: Step, world: World, memory: Memory): Promise<RecordedCall> {
  const named = { name: step.name, call: `${step.method} ${step.path}` };
  const path = filled(step.path, memory);
  const body = JSON.stringify(step.body, (_key, value: unknown) =>
    typeof value === 'string' ? filled(value, memory) : value,
  );
  if (/\{\w+\}/.test(path) || /"\{\w+\}"/.test(body ?? '')) return { ...named, status: null, headers: [], shape: {} };
  const query = step.query === undefined ? '' : `?${new URLSearchParams(step.query).toString()}`;
  const answer = await fetch(world.baseUrl + path + query, {
    method: step.method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...world.headers(memory),
      ...step.headers,
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const json = parsed(text);
  for (const [name, steps] of Object.entries(step.remember ?? {})) {
    const value = at(json, steps);
    if (typeof value === 'string') memory.set(name, value);
  }
  return {
    ...named,
    status: answer.status,
    headers: [...answer.headers.keys()]
      .filter((name) => !TRANSPORT.test(name))
      .map(safeName)
      .sort(),
    shape: json === undefined ? shapeOfText(text, answer.headers.get('content-type') ?? '') : shapeOf(json),
  };
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
