/** `shell`: hands addresses and files to the desktop. */

import { spawn } from 'node:child_process';
import path from 'node:path';
import { guardObject, notImplemented } from './guard.ts';

const SAFE_SCHEMES = new Set(['http:', 'https:', 'mailto:']);

function openWithDesktop(target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('xdg-open', [target], { stdio: 'ignore', detached: true });
    child.once('error', () => reject(new Error(`electron-host: cannot open ${target}: xdg-open is not installed`)));
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

/** The host's `shell`. Unlike Electron's it opens only http, https and mailto addresses. */
export const shell = guardObject('shell', {
  async openExternal(url: string): Promise<void> {
    const { protocol } = new URL(url);
    if (!SAFE_SCHEMES.has(protocol)) throw notImplemented(`shell.openExternal for ${protocol}`);
    await openWithDesktop(url);
  },
  showItemInFolder(fullPath: string): void {
    openWithDesktop(path.dirname(fullPath)).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  },
} satisfies Pick<Electron.Shell, 'openExternal' | 'showItemInFolder'>);
