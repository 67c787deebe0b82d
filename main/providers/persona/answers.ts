import { z } from 'zod';
import { LONGEST_ASKED_WAIT_MS, type Answer } from '../http.ts';
import type { RateLimit } from '../port.ts';

/**
 * Persona's answers, read tolerantly: new members are ignored, attribute names may come in kebab, camel or snake case
 * (`Key-Inflection`), an absent value may be `null`, `{}` or missing, and a status may be one that is not known yet.
 */

/** Only names of attributes are brought to kebab case. Names inside `fields` are the organisation's own and stay as they are. */
const Attributes = z
  .record(z.string(), z.unknown())
  .transform((attributes) =>
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [toKebabCase(name), value])),
  );

const DocumentAnswer = z.object({
  data: z.object({
    id: z.string().min(1).max(200),
    type: z
      .string()
      .regex(/^document/)
      .optional(),
    attributes: Attributes.pipe(
      z.object({ status: z.string().min(1).max(200), 'processed-at': z.string().nullable().catch(null) }),
    ),
  }),
});

export interface PersonaDocument {
  readonly id: string;
  /** `initiated`, `submitted`, `processed`, `errored`, or a word that Persona has added since. */
  readonly status: string;
  /** ISO 8601, or null while it is being processed. */
  readonly processedAt: string | null;
}

/** Null: not a document. `expectedId`: an answer about another document is no answer. */
export function readDocument(json: unknown, expectedId: string | null): PersonaDocument | null {
  const parsed = DocumentAnswer.safeParse(json);
  if (!parsed.success) return null;
  const { id, attributes } = parsed.data.data;
  if (expectedId !== null && id !== expectedId) return null;
  return { id, status: attributes.status, processedAt: attributes['processed-at'] };
}

const ErrorItem = z.object({
  title: z.string().catch(''),
  details: z.string().catch(''),
  source: z.object({ pointer: z.string().catch('') }).catch({ pointer: '' }),
});
const ErrorAnswer = z.object({ errors: z.array(ErrorItem.catch({ title: '', details: '', source: { pointer: '' } })) });

export interface PersonaErrors {
  /** Titles and details, in lower case, for telling cases apart. Never shown or kept: it may quote what was sent. */
  readonly text: string;
  /** Last parts of the JSON pointers, in kebab case. */
  readonly fields: readonly string[];
}

/** `details` (not JSON:API's `detail`) and `source.pointer`; each may be missing. Null: not Persona's error shape. */
export function readErrors(json: unknown): PersonaErrors | null {
  const parsed = ErrorAnswer.safeParse(json);
  if (!parsed.success || parsed.data.errors.length === 0) return null;
  const { errors } = parsed.data;
  return {
    text: errors
      .map((error) => `${error.title} ${error.details}`)
      .join(' ')
      .toLowerCase(),
    fields: errors.map((error) => toKebabCase(/([A-Za-z_-]{1,60})(\/\d+)*$/.exec(error.source.pointer)?.[1] ?? '')),
  };
}

/**
 * Whether an error is about this attribute: as its pointer says, or the path in its details (`data.attributes.account_id is not
 * found`). Only an error that names none is taken by its words, since one about something else may mention it.
 */
export function isAbout(json: unknown, attribute: RegExp): boolean {
  const errors = readErrors(json);
  if (errors === null) return false;
  const named = attributesNamed(errors);
  return named.length === 0 ? attribute.test(errors.text) : named.some((name) => attribute.test(name));
}

/**
 * Attributes that errors name, in kebab case: by their pointers, then by paths in their details (`data.attributes.country_code`;
 * one of the customer's own `fields` by the name that it has there).
 */
export function attributesNamed({ text, fields }: PersonaErrors): string[] {
  const paths = [...text.matchAll(/\bdata\.attributes\.(?:fields\.)?([a-z_-]{1,60})/g)];
  return [...fields, ...paths.map(([, name = '']) => toKebabCase(name))].filter((name) => name !== '');
}

/** Opaque (`req_…`); kept for the timeline. Persona leaves it out of a 401, and perhaps of a replayed answer. */
export function requestIdOf(answer: Answer): string | null {
  const id = answer.headers['request-id'];
  return id !== undefined && /^[\w-]{1,100}$/.test(id) ? id : null;
}

/** There is no Retry-After; `RateLimit-Reset` is the number of seconds until the window of one minute starts anew. */
export function rateLimitOf(answer: Answer): RateLimit | null {
  const limit = wholeNumber(answer.headers['ratelimit-limit']);
  const remaining = wholeNumber(answer.headers['ratelimit-remaining']);
  const resetSeconds = wholeNumber(answer.headers['ratelimit-reset']);
  if (limit === null || remaining === null || resetSeconds === null) return null;
  return { limit, remaining, resetMs: Math.min(LONGEST_ASKED_WAIT_MS, resetSeconds * 1000) };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

/** `byteSize`, `byte_size` and `byte-size` alike. */
export function toKebabCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}
