import type { Page } from 'playwright';
import type { SubmissionRow } from '../../shared/domain/index.ts';
import type { InputOf, MethodName, OutputOf, Reply, SatchelBridge } from '../../shared/ipc/index.ts';

declare global {
  interface Window {
    satchel: SatchelBridge<File>;
  }
}

/**
 * Photographs a screen in every mode: `name` of the files, the screen's address, what is done there first, and by how many CSS pixels
 * the window is higher than usual, for what would have to be scrolled to.
 */
export type Photograph = (
  name: string,
  route: string,
  prepare?: () => Promise<void>,
  moreHeight?: number,
) => Promise<void>;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls a method as the window's own script does; throws when it is refused. */
export async function call<Name extends MethodName>(
  window: Page,
  name: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  // The bridge's generic signature does not survive the way through the page, so the method's own name brings it back.
  const invoke = (given: { name: Name; input: InputOf<Name> }): Promise<Reply<OutputOf<Name>>> =>
    globalThis.window.satchel.invoke(given.name, given.input);
  const reply: Reply<OutputOf<Name>> = await window.evaluate<
    Reply<OutputOf<Name>>,
    { name: Name; input: InputOf<Name> }
  >(
    // @ts-expect-error -- Playwright cannot express that a generic argument is serialisable.
    invoke,
    { name, input },
  );
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message.code}`);
  return reply.data;
}

export async function submissions(window: Page): Promise<SubmissionRow[]> {
  return (await call(window, 'submission.list', { filter: { tab: 'all' }, offset: 0, limit: 100 })).rows;
}

/** Waits until `isTrue` says so; throws with `what` when it does not come to that. */
export async function until(what: string, isTrue: () => Promise<boolean>, patienceMs = 90_000): Promise<void> {
  const ends = Date.now() + patienceMs;
  while (!(await isTrue())) {
    if (Date.now() > ends) throw new Error(`it did not come to this: ${what}`);
    await pause(300);
  }
}
