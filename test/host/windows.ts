/** `BrowserWindow`: each window is a page of the one Chromium. */

import { app } from './app.ts';
import { randomBytes } from 'node:crypto';
import type { Chromium } from './chromium.ts';
import { createEvent, guardClass, HostEmitter, notImplemented } from './guard.ts';
import { HostWebContents } from './web-contents.ts';
import { nativeTheme } from './native-theme.ts';

type Bounds = Electron.Rectangle;

type Implemented = Pick<
  Electron.BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'isFocused'
  | 'minimize'
  | 'isMinimized'
  | 'restore'
  | 'isDestroyed'
  | 'isVisible'
  | 'close'
  | 'destroy'
  | 'getBounds'
  | 'setBounds'
  | 'getSize'
  | 'setTitle'
  | 'getTitle'
>;

/** Options that are honoured, or cannot show a difference in the host. */
const OPTIONS = new Set([
  'width',
  'height',
  'x',
  'y',
  'minWidth',
  'minHeight',
  'center',
  'show',
  'title',
  'icon',
  'backgroundColor',
  'autoHideMenuBar',
  'webPreferences',
]);

/** Web preferences, with the only value the host has where it has only one. */
const PREFERENCES = new Map<string, unknown>([
  ['preload', undefined],
  ['spellcheck', undefined],
  ['devTools', undefined],
  ['backgroundThrottling', undefined],
  ['sandbox', true],
  ['contextIsolation', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInWorker', false],
  ['nodeIntegrationInSubFrames', false],
  ['webSecurity', true],
  ['webviewTag', false],
  ['allowRunningInsecureContent', false],
  ['experimentalFeatures', false],
  ['navigateOnDragDrop', false],
  ['plugins', false],
]);

const EVENTS = new Set([
  'close',
  'closed',
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'minimize',
  'restore',
  'resize',
  'resized',
  // Cannot be noticed over the protocol; a listener is accepted and never called.
  'move',
  'moved',
  'maximize',
  'unmaximize',
  'enter-full-screen',
  'leave-full-screen',
  'session-end',
  'unresponsive',
  'responsive',
  'page-title-updated',
]);

const windows = new Map<number, HostBrowserWindow>();
let chromium: Chromium | undefined;
let lastId = 0;
let focusedId: number | undefined;

/** Pages the host has asked for, by the text that marks their first address. */
const awaited = new Map<string, (targetId: string) => void>();

function checkOptions(options: Electron.BrowserWindowConstructorOptions): void {
  for (const name of Object.keys(options)) {
    if (!OPTIONS.has(name)) throw notImplemented(`BrowserWindow option '${name}'`);
  }
  for (const [name, value] of Object.entries(options.webPreferences ?? {})) {
    const only = PREFERENCES.get(name);
    if (!PREFERENCES.has(name) || (only !== undefined && value !== only)) {
      throw notImplemented(`webPreferences.${name}: ${String(value)}`);
    }
  }
}

/** The host's `BrowserWindow`. */
export class HostBrowserWindow extends HostEmitter implements Implemented {
  readonly id: number;
  readonly webContents: HostWebContents;
  #bounds: Bounds;
  #title: string;
  #state: 'open' | 'closing' | 'destroyed' = 'open';
  #isVisible: boolean;
  #isMinimized = false;
  #hasBeenReady = false;
  #chromiumWindowId: number | undefined;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', EVENTS);
    if (!app.isReady() && chromium === undefined) throw new Error('Cannot create BrowserWindow before app is ready');
    checkOptions(options);
    lastId += 1;
    this.id = lastId;
    const { width = 800, height = 600, x = 0, y = 0 } = options;
    this.#bounds = { x, y, width, height };
    this.#title = options.title ?? app.getName();
    this.#isVisible = options.show !== false;
    this.webContents = new HostWebContents(
      {
        bounds: (bounds) => this.#moved(bounds),
        focus: (isFocused) => this.#focused(isFocused),
        firstLoad: () => this.#ready(),
      },
      () => this.close(),
    );
    windows.set(this.id, this);
    app.emit('browser-window-created', createEvent({}), this);
    this.#open(options).catch((error: unknown) => {
      if (this.#state === 'open') process.stderr.write(`electron-host: cannot open the window: ${String(error)}\n`);
      this.#drop();
    });
    // Electron shows a new window on the next turn, when its listeners are in place.
    if (this.#isVisible) setImmediate(() => this.#show());
  }

  // --- for the rest of the host -----------------------------------------------------------------------------------

  /** Chromium says that the page is gone (a person closed it, or the host did). */
  pageGone(): void {
    // A person's click: too late to prevent, but the app hears of it.
    if (this.#state === 'open') this.emit('close', createEvent({}));
    this.#drop();
  }

  // --- Electron's API ---------------------------------------------------------------------------------------------

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  loadFile(): never {
    throw notImplemented('BrowserWindow.loadFile');
  }

  show(): void {
    this.#isVisible = true;
    this.#setWindowState('normal');
    this.focus();
    this.#show();
  }

  showInactive(): void {
    this.#isVisible = true;
    this.#setWindowState('normal');
    this.#show();
  }

  /** Chromium cannot hide a window; for a person it is minimised instead. */
  hide(): void {
    this.#isVisible = false;
    this.#setWindowState('minimized');
    this.emit('hide');
  }

  focus(): void {
    this.#focused(true);
    if (chromium?.isHeadless === false)
      void this.webContents.attached.then((cdp) => cdp.post('Page.bringToFront'), noop);
  }

  isFocused(): boolean {
    return focusedId === this.id;
  }

  minimize(): void {
    this.#isMinimized = true;
    this.#setWindowState('minimized');
    this.emit('minimize');
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  restore(): void {
    if (!this.#isMinimized) return;
    this.#isMinimized = false;
    this.#setWindowState('normal');
    this.emit('restore');
  }

  isMaximized(): boolean {
    return false;
  }

  isFullScreen(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.#state === 'destroyed';
  }

  isVisible(): boolean {
    return this.#isVisible && this.#state !== 'destroyed';
  }

  close(): void {
    this.tryClose();
  }

  /** Closes the window unless a 'close' listener refuses; false when one did. */
  tryClose(): boolean {
    if (this.#state !== 'open') return true;
    const event = createEvent({});
    this.emit('close', event);
    if (event.defaultPrevented) {
      app.quitRefused();
      return false;
    }
    // A listener may have destroyed the window meanwhile.
    if (this.#state === 'open') this.#closePage();
    return true;
  }

  destroy(): void {
    if (this.isDestroyed()) return;
    this.#closePage();
    this.#drop();
  }

  getBounds(): Bounds {
    return { ...this.#bounds };
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.#applyBounds();
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  /** A person sees the page's own title, as Chromium's app windows show it. */
  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  /** The menu is recorded and never shown (see menu.ts). */
  setMenuBarVisibility(_isVisible: boolean): void {}

  static getAllWindows(): HostBrowserWindow[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): HostBrowserWindow | null {
    return windows.get(focusedId ?? 0) ?? null;
  }

  static fromWebContents(contents: HostWebContents | undefined): HostBrowserWindow | null {
    return HostBrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): HostBrowserWindow | null {
    return windows.get(id) ?? null;
  }

  // --- the page ---------------------------------------------------------------------------------------------------

  async #open(options: Electron.BrowserWindowConstructorOptions): Promise<void> {
    const { connection, isHeadless, openAppWindow } = requireChromium();
    const marker = `electron-host-${randomBytes(8).toString('hex')}`;
    const targetId = await new Promise<string>((resolve, reject) => {
      awaited.set(marker, resolve);
      const color = encodeURIComponent(options.backgroundColor ?? 'white');
      // The page must be blank at first: a page opened directly at an intercepted address would load before the host
      // has set it up.
      const url = `data:text/html,<title>${encodeURIComponent(this.#title)}</title><body%20style=background:${color}><!--${marker}-->`;
      if (isHeadless) {
        const { width, height } = this.#bounds;
        connection.browser.send('Target.createTarget', { url, width, height, newWindow: true }).catch(reject);
      } else openAppWindow(url);
    });
    awaited.delete(marker);
    const cdp = await connection.attach(targetId);
    if (this.#state !== 'open') throw new Error('closed before it was open');
    const { windowId } = await connection.browser.send('Browser.getWindowForTarget', { targetId });
    this.#chromiumWindowId = windowId;
    this.#applyBounds();
    await this.webContents.attach(connection.browser, cdp, targetId, options.webPreferences?.preload, isHeadless);
    nativeTheme.follow(cdp);
    cdp.on('Page.javascriptDialogOpening', ({ type }) => {
      if (type !== 'beforeunload' || isHeadless) return;
      const accept = this.webContents.isNavigating || this.tryClose();
      cdp.post('Page.handleJavaScriptDialog', { accept });
    });
  }

  #applyBounds(): void {
    const windowId = this.#chromiumWindowId;
    if (windowId === undefined || chromium === undefined) return;
    const { width, height, x, y } = this.#bounds;
    // Without a display there is no frame: the page gets the whole size, as it nearly does in an Electron window.
    if (chromium.isHeadless) chromium.connection.browser.post('Browser.setContentsSize', { windowId, width, height });
    else {
      const bounds = { width, height, ...((x !== 0 || y !== 0) && { left: x, top: y }) };
      chromium.connection.browser.post('Browser.setWindowBounds', { windowId, bounds });
    }
  }

  #setWindowState(windowState: 'normal' | 'minimized'): void {
    const windowId = this.#chromiumWindowId;
    if (windowId === undefined || chromium === undefined || chromium.isHeadless) return;
    chromium.connection.browser.post('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  }

  #closePage(): void {
    this.#state = 'closing';
    const { targetId } = this.webContents;
    if (targetId === undefined || chromium === undefined) setImmediate(() => this.#drop());
    else chromium.connection.browser.send('Target.closeTarget', { targetId }).catch(() => this.#drop());
  }

  #drop(): void {
    if (this.#state === 'destroyed') return;
    this.#state = 'destroyed';
    windows.delete(this.id);
    if (focusedId === this.id) focusedId = undefined;
    this.webContents.markDestroyed();
    this.emit('closed');
    app.windowClosed();
  }

  // --- what the page reports --------------------------------------------------------------------------------------

  #show(): void {
    if (this.#state === 'open') this.emit('show');
  }

  #ready(): void {
    this.#guardClose();
    if (this.#hasBeenReady) return;
    this.#hasBeenReady = true;
    this.emit('ready-to-show', createEvent({}));
  }

  /**
   * Makes a person's click on the window's close button preventable: only a beforeunload dialog can hold a window, and
   * Chromium shows one only on a page that had a user gesture.
   */
  #guardClose(): void {
    if (chromium?.isHeadless !== false || this.listenerCount('close') === 0) return;
    const script = "addEventListener('beforeunload', (event) => event.preventDefault()); answer(true);";
    this.webContents.ask(script).catch(noop);
  }

  #moved(bounds: Bounds): void {
    if (chromium?.isHeadless === true) return;
    this.#bounds = { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height };
    this.emit('resize', createEvent({}));
    this.emit('resized', createEvent({}));
  }

  #focused(isFocused: boolean): void {
    if (isFocused === this.isFocused()) return;
    focusedId = isFocused ? this.id : undefined;
    this.emit(isFocused ? 'focus' : 'blur', createEvent({}));
  }
}
guardClass('BrowserWindow', HostBrowserWindow);

function noop(): void {}

function requireChromium(): Chromium {
  if (chromium === undefined) throw new Error('electron-host: Chromium is not running');
  return chromium;
}

function markerOf(url: string): string | undefined {
  return /electron-host-[0-9a-f]{16}/.exec(url)?.[0];
}

/** Connects the windows with Chromium and the app. */
export async function startWindows(started: Chromium): Promise<void> {
  chromium = started;
  const { browser } = started.connection;
  const known = new Set<string>();
  const seen = ({ targetInfo }: { targetInfo: { targetId: string; type: string; url: string } }): void => {
    const { targetId, type, url } = targetInfo;
    if (type !== 'page' || known.has(targetId)) return;
    const opened = awaited.get(markerOf(url) ?? '');
    if (opened === undefined) {
      // Not one of ours: a popup that got past the window-open handler, or a window a person opened with a key.
      // Our own may not show its address yet, so decide when it does.
      if (url !== '' && url !== 'about:blank') closeForeign(targetId);
      return;
    }
    known.add(targetId);
    opened(targetId);
  };
  const closeForeign = (targetId: string): void => {
    known.add(targetId);
    browser.post('Target.closeTarget', { targetId });
  };
  browser.on('Target.targetCreated', seen);
  browser.on('Target.targetInfoChanged', seen);
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    known.delete(targetId);
    HostBrowserWindow.getAllWindows()
      .find((window) => window.webContents.targetId === targetId)
      ?.pageGone();
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
  browser.on('Browser.downloadWillBegin', ({ url, suggestedFilename }) => {
    const [window] = HostBrowserWindow.getAllWindows();
    const item = { getURL: () => url, getFilename: () => suggestedFilename, cancel: noop };
    window?.webContents.session.emit('will-download', createEvent({}), item, window.webContents);
  });
  // Every download is refused; the app only hears of it.
  browser.post('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
  app.support({
    closeAllWindows: () => HostBrowserWindow.getAllWindows().every((window) => window.tryClose()),
    destroyAllWindows: () => HostBrowserWindow.getAllWindows().forEach((window) => window.destroy()),
    windowCount: () => windows.size,
    focusAWindow: () => HostBrowserWindow.getAllWindows()[0]?.focus(),
    shutDown: () => started.close(),
  });
}
