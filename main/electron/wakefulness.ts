import { powerSaveBlocker } from 'electron';

/** Between two calls of a queue there is a moment without any; the system is not told about each. */
const LINGER_MS = 30_000;

/**
 * Keeps the system from going to sleep by itself (and macOS from slowing this program down) while something is on its way
 * to a provider. The screen turns off and locks as ever: https://www.electronjs.org/docs/latest/api/power-save-blocker.
 * The function it answers takes whether something is on its way now.
 */
export function createWakefulness(): (isSending: boolean) => void {
  let blocker: number | null = null;
  let lingering: NodeJS.Timeout | null = null;
  const release = (): void => {
    if (blocker !== null) powerSaveBlocker.stop(blocker);
    blocker = null;
    lingering = null;
  };
  return (isSending) => {
    if (isSending) {
      if (lingering !== null) clearTimeout(lingering);
      lingering = null;
      blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    } else if (blocker !== null) {
      lingering ??= setTimeout(release, LINGER_MS).unref();
    }
  };
}
