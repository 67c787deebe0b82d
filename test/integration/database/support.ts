import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A program of this folder in a process of its own, on the same Node as the tests. */
export function startChild(
  script: URL,
  ...parameters: string[]
): { child: ChildProcess; lines: AsyncIterator<string, undefined> } {
  const child = spawn(process.execPath, [script.pathname, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  if (child.stdout === null) throw new Error('no output');
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

export async function nextLine(lines: AsyncIterator<string, undefined>): Promise<string> {
  const line = await lines.next();
  if (line.done === true) throw new Error('the child ended');
  return line.value;
}

export function ended(child: ChildProcess): Promise<NodeJS.Signals | number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.signalCode ?? child.exitCode);
    else child.on('exit', (code, signal) => resolve(signal ?? code));
  });
}

export interface SmallDisk {
  readonly directory: string;
  remount(option: string): void;
}

/** A small disk in memory; where none can be mounted (not Linux, not root) the test is skipped with that reason. */
export function smallDisk(megabytes: number, skip: (reason: string) => never): SmallDisk {
  const directory = mkdtempSync(join(tmpdir(), 'satchel-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory]);
  if (mounted.status !== 0) {
    rmSync(directory, { recursive: true });
    const reason = 'no small disk can be mounted here (needs Linux and root)';
    console.log(`skipped: ${reason}`);
    return skip(reason);
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', directory]);
    rmSync(directory, { recursive: true });
  });
  return {
    directory,
    remount(option) {
      execFileSync('mount', ['-o', `remount,${option}`, directory]);
    },
  };
}
