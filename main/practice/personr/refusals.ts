import type { PracticeState } from '../state.ts';

/** Thrown to leave a workflow with one of the error bodies; caught by `PersonrApi`. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    super('refused');
    this.status = status;
    this.body = body;
  }
}

/** `{statusCode, message}`: the one error body that Personr documents. */
export function coded(status: number, message: string): Refusal {
  return new Refusal(status, { statusCode: status, message });
}

/** `{statusCode, body: {status, message}}`: the platform's own form. */
export function platform(status: number, name: string, message: string): Refusal {
  return new Refusal(status, { statusCode: status, body: { status: name, message } });
}

/** `{status, message}`: a workflow whose condition is not met. */
export function notRun(message: string): Refusal {
  return new Refusal(400, { status: 'NOT_RUN', message });
}

/** A wrong, ended or missing credential. */
export function unauthorized(state: PracticeState): Refusal {
  const message = 'Unauthorized';
  const bodies = {
    status_code_message: { statusCode: 401, message },
    status_code_body: { statusCode: 401, body: { status: 'NOT_AUTHORIZED', message } },
    status_message: { status: 'NOT_AUTHORIZED', message },
    empty: undefined,
  };
  return new Refusal(401, bodies[state.switches['personr.unauthorizedBody']]);
}
