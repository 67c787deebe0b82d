/** What Persona's API answers: a status and a body; the headers are the same for all. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface PersonaError {
  readonly title: string;
  readonly details?: string;
  readonly source?: { readonly pointer: string };
  readonly meta?: Readonly<Record<string, unknown>>;
}

export function failure(status: number, ...errors: PersonaError[]): Reply {
  return { status, body: { errors } };
}

/** The documented body for a status, used when the fault script asks for it. */
export function documentedFailure(status: number): Reply {
  const errors: Record<number, PersonaError> = {
    400: { title: 'Bad Request', details: 'data.attributes.kind is missing' },
    401: { title: 'Token is invalid' },
    403: { title: 'Forbidden', details: 'This environment is inactive.' },
    404: { title: 'Record not found' },
    408: { title: 'Request Timeout' },
    409: { title: 'Conflict', details: 'Stale object error: the record was just modified, try again.' },
    410: { title: 'Gone' },
    422: {
      title: 'Record invalid',
      details: 'File must be under 1000 bytes',
      source: { pointer: '/data/attributes/files' },
    },
    429: { title: 'Rate limit exceeded', details: 'Exceeded the limit of 300 requests / min' },
    503: { title: 'Service unavailable' },
  };
  return failure(status, errors[status] ?? { title: 'Internal server error' });
}

export function badRequest(details: string): Reply {
  return failure(400, { title: 'Bad Request', details });
}

/** `field`: the attribute in kebab case, as `source.pointer` names it. */
export function invalid(field: string, details: string): Reply {
  return failure(422, { title: 'Record invalid', details, source: { pointer: `/data/attributes/${field}` } });
}

/** `field`: the attribute that names what does not exist; the details name it in snake case. */
export function notFound(field?: string): Reply {
  return failure(404, {
    title: 'Record not found',
    ...(field === undefined ? {} : { details: `data.attributes.${field.replaceAll('-', '_')} is not found` }),
  });
}

export function conflict(details: string, title = 'Conflict'): Reply {
  return failure(409, { title, details });
}

/** `{data: null}` or `{data: {type, id}}`, as relationships are written. */
export function related(type: string, id: string | null): { data: { type: string; id: string } | null } {
  return { data: id === null ? null : { type, id } };
}

export function isReply(value: object): value is Reply {
  return 'status' in value && 'body' in value;
}
