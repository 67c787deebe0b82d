import type { ApiRequest } from '../answer.ts';
import type { Reply } from './reply.ts';

/** One request with what its headers say about the form of the answer. */
export interface PersonaRequest extends ApiRequest {
  /** `YYYY-MM-DD` of `Persona-Version`, or the key's. */
  readonly version: string;
}

/** A family of paths. */
export interface Resource {
  /** Null: the path is another resource's. */
  handle(request: PersonaRequest): Reply | null;
}

/** A resource object of JSON:API, as `data` and `included` hold them. */
export interface ResourceObject {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, unknown>>;
}

export function shown(status: number, data: ResourceObject, included?: readonly ResourceObject[]): Reply {
  return { status, body: { data, ...(included === undefined ? {} : { included }) } };
}

/** ISO 8601 in UTC with milliseconds. */
export function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
