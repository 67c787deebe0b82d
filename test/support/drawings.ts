/** How much the window draws: how often a component of React's ran, in the compiled app as it ships. */
import type { Desk } from './desk-window.ts';

/** What is read of React's tree of components. */
interface Fiber {
  readonly flags: number;
  readonly tag: number;
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

declare global {
  interface Window {
    drawings?: number;
  }
}

/** Begins to count, with the window loaded anew: React looks for who listens when it starts. */
export async function countDrawings({ window }: Desk): Promise<void> {
  await window.addInitScript(() => {
    /** `PerformedWork`, and the tags of functions, classes, forwarded references and memos (React 19, ReactFiberFlags and ReactWorkTags). */
    const [ran, components] = [1, new Set([0, 1, 11, 14, 15])];
    const count = (first: Fiber | null): number => {
      let sum = 0;
      for (let fiber = first; fiber !== null; fiber = fiber.sibling) {
        if ((fiber.flags & ran) !== 0 && components.has(fiber.tag)) sum += 1;
        // What was not drawn anew has the same children as before.
        if (fiber.child !== null && fiber.child !== fiber.alternate?.child) sum += count(fiber.child);
      }
      return sum;
    };
    globalThis.window.drawings = 0;
    Object.assign(globalThis.window, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberUnmount: () => undefined,
        onPostCommitFiberRoot: () => undefined,
        onCommitFiberRoot: (_: number, root: { readonly current: Fiber }) => {
          globalThis.window.drawings = (globalThis.window.drawings ?? 0) + count(root.current);
        },
      },
    });
  });
  await window.reload();
  await window.getByRole('navigation', { name: 'Screens' }).waitFor();
}

/** How many components were drawn meanwhile. */
export async function drawingsOf({ window }: Desk, work: () => Promise<void>): Promise<number> {
  const now = () => window.evaluate(() => globalThis.window.drawings ?? Number.NaN);
  const before = await now();
  await work();
  return (await now()) - before;
}
