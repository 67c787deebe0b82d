import type { HttpRequest } from '../../main/network/index.ts';
import type { TestContext } from './provider-context.ts';

/** The same context, with every request noted, and changed on its way when the test says how. */
export function watched(
  context: TestContext,
  change: (request: HttpRequest) => HttpRequest = (request) => request,
): readonly [TestContext, HttpRequest[]] {
  const seen: HttpRequest[] = [];
  const send = (request: HttpRequest) => {
    const changed = change(request);
    seen.push(changed);
    return context.http.send(changed);
  };
  return [{ ...context, http: { send } }, seen];
}
