import type { Failure, InputOf, MethodName, OutputOf, Reply, SatchelBridge } from '../../shared/ipc/index.ts';

declare global {
  interface Window {
    /** Put there by the preload; only this folder touches it. */
    readonly satchel: SatchelBridge<File>;
  }
}

/** A request that main answered with a failure. `failure.message` is the sentence for the person. */
export class SatchelError extends Error {
  override readonly name = 'SatchelError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** The failure behind anything that was thrown; what did not come from main is an internal one. */
export function failureOf(error: unknown): Failure {
  return error instanceof SatchelError ? error.failure : { code: 'internal', message: { code: 'app.internal' } };
}

/** The data of a reply, or a thrown `SatchelError`. */
export function unwrap<Output>(reply: Reply<Output>): Output {
  if (!reply.ok) throw new SatchelError(reply.error);
  return reply.data;
}

/** Asks main; throws `SatchelError` with main's failure. */
export async function call<Name extends MethodName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
  return unwrap(await window.satchel.invoke(name, input));
}
