import { readFileSync, writeFileSync } from 'node:fs';

/** From here on `peakBytes` counts anew. Linux only: elsewhere it counts from the start of the process. */
export function forgetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

/**
 * The highest resident memory of this process since `forgetPeak`. On Linux from the kernel's own count, because `maxRSS`
 * outlives `exec`: a small program that a large one starts has the large one's from the beginning.
 */
export function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
