import { BrowserWindow } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import { EVENT_CHANNEL } from '../../shared/ipc/index.ts';
import type { EventName, Events } from '../../shared/ipc/index.ts';
import { APP_ORIGIN, isOwnAddress } from './own-address.ts';

const START_URL = `${APP_ORIGIN}/index.html`;

/** Creates the one window: sandboxed, isolated, without Node, unable to leave its origin or open another. */
export function createMainWindow(preloadFile: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'Satchel',
    backgroundColor: '#f6f7f9',
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  return window;
}

export function loadMainWindow(window: BrowserWindow): Promise<void> {
  return window.loadURL(START_URL);
}

/** Only the top frame of our own window, showing our own origin, may call. */
export function isTrustedSender(window: BrowserWindow | null, event: IpcMainInvokeEvent): boolean {
  if (window === null || window.isDestroyed() || event.sender.id !== window.webContents.id) return false;
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOwnAddress(frame.url);
}

export function sendEvent<Name extends EventName>(
  window: BrowserWindow | null,
  name: Name,
  payload: Events[Name],
): void {
  if (window === null || window.isDestroyed() || window.webContents.isDestroyed()) return;
  window.webContents.send(EVENT_CHANNEL, name, payload);
}
