import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';

/** A program of this repository under strace, to its end; skips where strace is not there or may not trace. */
export function underStrace(
  skip: (reason: string) => never,
  options: readonly string[],
  program: readonly string[],
): { readonly output: string; readonly trace: string } {
  const { status, error } = spawnSync('strace', ['-o', '/dev/null', 'true']);
  if (error !== undefined || status !== 0) {
    const reason = 'strace is not there or may not trace';
    console.log(`skipped: ${reason}`);
    return skip(reason);
  }
  const traced = spawnSync('strace', ['-f', ...options, process.execPath, ...program], { encoding: 'utf8' });
  return { output: traced.stdout, trace: traced.stderr };
}

/**
 * What `strace -f -y -e trace=mkdir,fsync` saw of folders below `above`: those that were made, and those of them whose name was not
 * on the disk at the end, because the folder above them was not fsynced afterwards.
 */
export function foldersMade(trace: string, above: string): { readonly made: string[]; readonly unnamed: string[] } {
  const made: string[] = [];
  const unnamed = new Set<string>();
  for (const line of trace.split('\n')) {
    const [, folder = null] = /\bmkdir\("([^"]*)"(?!.* = -1 )/.exec(line) ?? [];
    const [, synced = null] = /\bfsync\(\d+<([^>]*)>(?!.* = -1 )/.exec(line) ?? [];
    if (folder?.startsWith(`${above}/`) === true) {
      // Of a call that another thread interrupts, the failure stands in a later line: the folder is then made by a second one.
      if (!made.includes(folder)) made.push(folder);
      unnamed.add(folder);
    }
    for (const waiting of unnamed) if (dirname(waiting) === synced) unnamed.delete(waiting);
  }
  return { made, unnamed: [...unnamed] };
}
