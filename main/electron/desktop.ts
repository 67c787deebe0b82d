import { Menu, app, dialog, net, powerMonitor } from 'electron';
import type { BrowserWindow } from 'electron';
import { statfsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { createSatchel } from '../app/index.ts';
import type { Satchel, WorkerFiles } from '../app/index.ts';
import { systemPlace } from '../installation/index.ts';
import { createHandlers, openDoor } from '../ipc/index.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { createFileLog, errorFields } from '../logging/index.ts';
import { networkLooks } from '../network/index.ts';
import { readPolicy, systemPolicyFile } from '../policy/index.ts';
import { inEnglish } from '../words/index.ts';
import { handleAppScheme } from './app-protocol.ts';
import { createWakefulness } from './wakefulness.ts';
import { readClipboard } from './clipboard.ts';
import { createOsKeyStore } from './key-store.ts';
import { createElectronHttp } from './network.ts';
import { applySessionPolicy, guardNavigation } from './session-policy.ts';
import { createMainWindow, isTrustedSender, loadMainWindow, sendEvent } from './window.ts';

/** Where the compiled parts lie. */
export interface DesktopFiles {
  readonly preload: string;
  readonly renderer: string;
  readonly samples: string;
  readonly workers: WorkerFiles;
}

/**
 * Runs the app with a window until it quits. The scheme must have been registered and the single-instance lock taken
 * before (main/index.ts).
 */
export async function runDesktop(files: DesktopFiles): Promise<void> {
  await app.whenReady();
  const profile = app.getPath('userData');
  const log = createFileLog(join(profile, 'logs'), Date.now);
  applySessionPolicy(log);
  guardNavigation(app, log);
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);

  let window: BrowserWindow | null = null;
  let running: Satchel | null = null;
  let isWithoutWindow = false;
  const stayAwake = createWakefulness();
  /** Without a window Satchel is there only to finish what waits. */
  const endWhenFinished = (): void => {
    if (isWithoutWindow && (running === null || !goesOn(running))) app.quit();
  };
  const opened = await createSatchel({
    profile,
    keyStore: createOsKeyStore(process.platform),
    http: createElectronHttp(),
    operator: userInfo().username,
    samples: files.samples,
    workers: files.workers,
    freeBytes: (directory) => {
      const disk = statfsSync(directory);
      return disk.bavail * disk.bsize;
    },
    log,
    emit: (name, payload) => {
      sendEvent(window, name, payload);
      if (name !== 'status') return;
      if ('sending' in payload) stayAwake(payload.sending > 0);
      endWhenFinished();
    },
    place: systemPlace(),
    policy: () => readPolicy(systemPolicyFile()),
    networkLooks: () => `${net.isOnline()} ${networkLooks()}`,
  });
  if (opened.kind === 'refused') {
    dialog.showErrorBox('Satchel cannot start', inEnglish(opened.message));
    app.exit(1);
    return;
  }
  const satchel = opened.satchel;
  running = satchel;
  handleAppScheme(files.renderer, {
    thumbnail: async (pageId) => (await satchel.services?.capture.pictures.thumbnail(pageId)) ?? null,
    preview: async (pageId, wanted) => (await satchel.services?.capture.pictures.preview(pageId, wanted)) ?? null,
  });
  const closeDoor = openDoor({
    handlers: createHandlers(satchel, {
      chooseFiles: () => chooseFiles(window),
      chooseFolder: () => chooseFolder(window),
      chooseFileToSave: (name) => chooseFileToSave(window, name),
      readClipboard,
      runtime: `Electron ${process.versions['electron'] ?? '?'}, Chromium ${process.versions['chrome'] ?? '?'}, Node ${process.versions.node}`,
      version: app.getVersion(),
      profileName: basename(profile),
    }),
    importFiles: async (paths, target) => {
      if (satchel.services === null)
        throw new SatchelFailure({ code: 'key_store', message: { code: 'app.keyStoreLocked' } });
      return satchel.services.capture.importFiles(paths, target, 'drop');
    },
    isTrustedSender: (event) => isTrustedSender(window, event),
    log,
  });

  const open = async (): Promise<void> => {
    isWithoutWindow = false;
    window = createMainWindow(files.preload);
    window.on('closed', () => {
      window = null;
    });
    await loadMainWindow(window);
  };
  app.on('second-instance', () => {
    if (window === null) {
      open().catch((error: unknown) => log.error('window.openFailed', errorFields(error)));
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (window === null) open().catch((error: unknown) => log.error('window.openFailed', errorFields(error)));
  });
  app.on('window-all-closed', () => {
    isWithoutWindow = true;
    endWhenFinished();
    if (goesOn(satchel)) log.info('window.closedWhileSending');
  });
  powerMonitor.on('resume', () => {
    satchel.services?.dispatcher.wokeUp();
  });
  quitOnlyWhenStopped(satchel, closeDoor);

  await satchel.start();
  await open();
}

/** Something waits to be sent, it may be sent, and the branch wants it finished without a window. */
function goesOn(satchel: Satchel): boolean {
  const { waiting, sending, isPaused, isOnlineWanted } = satchel.status();
  const isWanted = satchel.services?.sending.get().finishesWithoutWindow ?? false;
  return isWanted && !isPaused && isOnlineWanted && waiting + sending > 0;
}

/** A quit waits for what is in flight to end or to be safely abandoned (5 s at most), then really quits. */
function quitOnlyWhenStopped(satchel: Satchel, closeDoor: () => void): void {
  let phase: 'running' | 'stopping' | 'stopped' = 'running';
  app.on('before-quit', (event) => {
    if (phase === 'stopped') return;
    event.preventDefault();
    if (phase === 'stopping') return;
    phase = 'stopping';
    closeDoor();
    void satchel.stop().finally(() => {
      phase = 'stopped';
      // Everything is closed and on the disk; an exit would wait for the call to the share, for ever.
      if (satchel.isHung()) process.kill(process.pid, 'SIGKILL');
      else app.quit();
    });
  });
}

async function chooseFiles(window: BrowserWindow | null): Promise<string[]> {
  const options = {
    title: 'Import pages',
    properties: ['openFile' as const, 'multiSelections' as const],
    filters: [
      { name: 'Pages (JPEG, PNG, TIFF, WebP, PDF)', extensions: ['jpg', 'jpeg', 'png', 'tif', 'tiff', 'webp', 'pdf'] },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  const answer = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return answer.canceled ? [] : answer.filePaths;
}

async function chooseFolder(window: BrowserWindow | null): Promise<string | null> {
  const options = { title: 'Watch a folder', properties: ['openDirectory' as const] };
  const answer = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

async function chooseFileToSave(window: BrowserWindow | null, name: string): Promise<string | null> {
  const options = { title: 'Save', defaultPath: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] };
  const answer = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  return answer.canceled || answer.filePath === '' ? null : answer.filePath;
}
