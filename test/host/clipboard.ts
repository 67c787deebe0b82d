/** `clipboard`: kept in the host, and passed on to the desktop's clipboard as far as a window can do that. */

import { guardObject } from './guard.ts';
import { HostBrowserWindow } from './windows.ts';

let content = '';

/** The host's `clipboard`. What other programs copy is not seen. */
export const clipboard = guardObject('clipboard', {
  async writeText(text: string): Promise<void> {
    content = text;
    const window = HostBrowserWindow.getFocusedWindow();
    if (window === null) return;
    const script = `
      const listener = (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        event.clipboardData.setData('text/plain', ${JSON.stringify(text)});
      };
      addEventListener('copy', listener, true);
      document.execCommand('copy');
      removeEventListener('copy', listener, true);
      answer(true);`;
    await window.webContents.ask(script).catch(() => {});
  },
  readText: async (): Promise<string> => content,
  clear(): void {
    content = '';
  },
} satisfies Pick<Electron.Clipboard, 'writeText' | 'readText' | 'clear'>);
