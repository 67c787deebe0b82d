import type { SatchelOptions } from './types.ts';

/** Least time between two events for the window. */
const GATHER_MS = 80;

/**
 * Turns bursts of changes into one event each; the status bar is told with every one. A change after some quiet is told in the next turn:
 * the light waits for it.
 */
export function gatherChanges(emit: SatchelOptions['emit'], emitStatus: () => void) {
  const submissionIds = new Set<string>();
  const batchIds = new Set<string>();
  let isAnything = false;
  let timer: NodeJS.Timeout | null = null;
  let toldAt = -Infinity;
  function flush(): void {
    timer = null;
    toldAt = performance.now();
    if (isAnything) emit('changed', { submissionIds: [], batchIds: [] });
    else if (submissionIds.size + batchIds.size > 0) {
      emit('changed', { submissionIds: [...submissionIds], batchIds: [...batchIds] });
    }
    emitStatus();
    isAnything = false;
    submissionIds.clear();
    batchIds.clear();
  }
  return {
    add(change: { submissionIds: readonly string[]; batchIds?: readonly string[]; isAnything?: boolean }): void {
      for (const id of change.submissionIds) submissionIds.add(id);
      for (const id of change.batchIds ?? []) batchIds.add(id);
      isAnything ||= change.isAnything ?? false;
      timer ??= setTimeout(flush, Math.max(0, toldAt + GATHER_MS - performance.now()));
    },
    close(): void {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
