import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder, removeFolder } from '../../support/folders.ts';

const CHILD = fileURLToPath(new URL('./held-child.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = makeFolder('ending');
});
afterEach(() => {
  removeFolder(folder);
});

it.skipIf(process.platform === 'win32')(
  'a command of which a dead share holds a thread ends all the same, with its exit code',
  async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const child = spawn(process.execPath, [CHILD, pipe, '3'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 30_000,
    });
    const said: string[] = [];
    child.stdout.on('data', (text) => said.push(String(text)));
    expect(await once(child, 'exit')).toEqual([3, null]);
    expect(said.join('')).toBe('said\n');
  },
);
