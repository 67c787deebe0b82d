/** `clipboard`: text is kept in the host; the desktop's own clipboard is reached as far as a window can do that. */

import { guardObject, notImplemented } from './guard.ts';
import { HostBrowserWindow } from './windows.ts';

let content = '';

/** How long the page may take to hear of a paste. */
const PASTE_MILLISECONDS = 2_000;

/** Prepares to hear the next paste in the page's stead; its `[type, base64][]` are then asked for. */
const HEAR_PASTE = `
  const asBase64 = (blob) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  const contentOf = (item) => new Promise((resolve) => {
    if (item.kind === 'file') resolve(item.getAsFile());
    else item.getAsString((text) => resolve(new Blob([text])));
  });
  globalThis.electronHostPaste = new Promise((resolve) => {
    const finish = (items) => {
      clearTimeout(timer);
      removeEventListener('paste', listener, true);
      resolve(items);
    };
    const listener = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      const items = [...event.clipboardData.items].map(async (item) => [
        item.type,
        await asBase64(await contentOf(item)),
      ]);
      Promise.all(items).then(finish, () => finish([]));
    };
    const timer = setTimeout(() => finish([]), ${PASTE_MILLISECONDS});
    addEventListener('paste', listener, true);
  });
  answer(true);`;

/** One entry of the clipboard, with the part of `ClipboardItem` that reading needs. */
function readItem(contents: ReadonlyMap<string, Blob>): Electron.ClipboardItem {
  const getType = async (type: string): Promise<Blob> => {
    const blob = contents.get(type);
    if (blob === undefined) throw new Error(`The type '${type}' was not found`);
    return blob;
  };
  const item = guardObject('ClipboardItem', { types: [...contents.keys()], getType });
  // The declared `getType` also answers bookmarks, which the host never lists among the types.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return item as unknown as Electron.ClipboardItem;
}

/** Pastes into the window that has the focus and keeps what came. Nothing without such a window. */
async function read(): Promise<Electron.ClipboardItem[]> {
  const window = HostBrowserWindow.getFocusedWindow();
  if (window === null) return [];
  // One after the other: a paste that is faster than its listener would be the page's own.
  await window.webContents.ask(HEAR_PASTE);
  await window.webContents.pasteFromDesktop();
  const answer = await window.webContents.ask('globalThis.electronHostPaste.then(answer);');
  const contents = new Map<string, Blob>();
  if (!Array.isArray(answer)) throw notImplemented('clipboard.read in this page');
  for (const entry of answer) {
    const pair: readonly unknown[] = Array.isArray(entry) ? entry : [];
    const [type, base64] = pair;
    if (typeof type === 'string' && typeof base64 === 'string' && !contents.has(type)) {
      contents.set(type, new Blob([Buffer.from(base64, 'base64')], { type }));
    }
  }
  return contents.size === 0 ? [] : [readItem(contents)];
}

/** The host's `clipboard`. `readText` sees only what the app wrote; `read` sees what any program copied. */
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
  read,
  clear(): void {
    content = '';
  },
} satisfies Pick<Electron.Clipboard, 'writeText' | 'readText' | 'read' | 'clear'>);
