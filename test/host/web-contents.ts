/** `webContents`: one page and everything the main process can do with it. */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { app } from './app.ts';
import type { CdpSession, Protocol } from './cdp.ts';
import { codec } from './codec.ts';
import { createEvent, guardClass, guardObject, HostEmitter, notImplemented } from './guard.ts';
import { isolatedWorldScript, mainWorldScript } from './injected/build.ts';
import type { DownMessage, SyncRequest, UpMessage } from './injected/isolated-world.ts';
import { ipcMain } from './ipc-main.ts';
import { interceptRequests } from './page-network.ts';
import type { PageForNetwork } from './page-network.ts';
import { defaultSession } from './session.ts';
import type { HostSession } from './session.ts';
import { trusted } from './trusted.ts';
import { originOf, toAppUrl, toPageUrl } from './urls.ts';

const EVENTS = new Set([
  'will-navigate',
  'will-redirect',
  'will-frame-navigate',
  'did-navigate',
  'did-finish-load',
  'did-fail-load',
  'did-stop-loading',
  'dom-ready',
  'render-process-gone',
  'preload-error',
  'console-message',
  'destroyed',
  // Cannot happen under the host; a listener is accepted and never called.
  'will-attach-webview',
  'did-attach-webview',
  'unresponsive',
  'responsive',
  'did-create-window',
  'will-prevent-unload',
]);

/** Text pieces of at most this many characters: far below what ends Chromium's connection. */
const PIECE_CHARACTERS = 16 * 1024 * 1024;

/** How long to wait for the page to say that it asked for a navigation whose request is already here. */
const NAVIGATION_NOTICE_MILLISECONDS = 100;

/** Chromium's network errors that Electron reports by number. */
const NET_ERRORS: Record<string, number> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_UNKNOWN_URL_SCHEME: -302,
};

/** A frame as `event.senderFrame` and `webContents.mainFrame` show it. */
export interface HostWebFrame {
  readonly url: string;
  readonly origin: string;
  readonly processId: number;
  readonly routingId: number;
  readonly frameTreeNodeId: number;
  readonly parent: null;
  readonly top: HostWebFrame;
  isDestroyed: () => boolean;
}

type OpenHandler = (details: object) => { action: 'allow' | 'deny' };

/** What a page tells its window. */
export interface PageListener {
  /** The page's window got new bounds. */
  bounds: (bounds: { x: number; y: number; width: number; height: number }) => void;
  focus: (isFocused: boolean) => void;
  firstLoad: () => void;
}

const all = new Map<number, HostWebContents>();
let lastId = 0;

/** The host's `webContents`. */
export class HostWebContents extends HostEmitter implements PageForNetwork {
  readonly id: number;
  readonly session: HostSession = defaultSession;
  readonly mainFrame: HostWebFrame;
  /** Resolves when the page is set up; every later command waits for it. */
  readonly attached: Promise<CdpSession>;
  /** Chromium's id of the page; undefined until it exists. */
  targetId: string | undefined;
  #resolveAttached: (session: CdpSession) => void = () => {};
  #rejectAttached: (error: Error) => void = () => {};
  #browser: CdpSession | undefined;
  #url = '';
  #isDestroyed = false;
  #hasNavigated = false;
  #isErrorPage = false;
  #isLoading = false;
  #isCrashed = false;
  #expectedUrl: string | undefined;
  #load: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #openHandler: OpenHandler | undefined;
  #contextId: number | undefined;
  #received = '';
  #requestedNavigations = new Set<string>();
  #questions = new Map<number, (value: unknown) => void>();
  #lastQuestion = 0;
  readonly #listener: PageListener;
  readonly #close: () => void;
  readonly #secret = randomBytes(12).toString('hex');
  readonly #runtimeName = `electronHost_${this.#secret}`;

  constructor(listener: PageListener, close: () => void) {
    super('webContents', EVENTS);
    lastId += 1;
    this.id = lastId;
    this.#listener = listener;
    this.#close = close;
    this.attached = new Promise((resolve, reject) => {
      this.#resolveAttached = resolve;
      this.#rejectAttached = reject;
    });
    this.attached.catch(() => {});
    this.mainFrame = this.#frameAt(() => this.#url);
    all.set(this.id, this);
    app.emit('web-contents-created', createEvent({}), this);
  }

  // --- for the window -------------------------------------------------------------------------------------------

  /** Takes over the blank page `targetId`: switches on the protocol's domains and injects the runtime. */
  async attach(
    browser: CdpSession,
    cdp: CdpSession,
    targetId: string,
    preload: string | undefined,
    isHeadless: boolean,
  ): Promise<void> {
    try {
      this.targetId = targetId;
      this.#browser = browser;
      this.#listen(cdp, targetId);
      await this.#inject(cdp, preload, isHeadless);
      this.#resolveAttached(cdp);
    } catch (error) {
      this.#rejectAttached(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  /** The page is gone. */
  markDestroyed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    all.delete(this.id);
    this.#rejectAttached(new Error('Object has been destroyed'));
    this.#settleLoad(new Error('ERR_FAILED (-2): the window was closed'));
    this.emit('destroyed');
  }

  /** True while a navigation or reload is under way, which asks beforeunload handlers as closing a window does. */
  get isNavigating(): boolean {
    return this.#expectedUrl !== undefined || this.#requestedNavigations.size > 0;
  }

  /** Runs `script` in the preload's world with a user gesture; `script` may call `answer(value)` later. */
  async ask(script: string): Promise<unknown> {
    const cdp = await this.attached;
    this.#lastQuestion += 1;
    const id = this.#lastQuestion;
    const answer = new Promise((resolve) => this.#questions.set(id, resolve));
    const expression = `((answer) => { ${script} })((value) => globalThis.${this.#runtimeName}.answer(${id}, value))`;
    const outcome = await cdp.send('Runtime.evaluate', {
      expression,
      userGesture: true,
      ...(this.#contextId !== undefined && { contextId: this.#contextId }),
    });
    if (outcome.exceptionDetails) throw new Error(describeException(outcome.exceptionDetails));
    return answer;
  }

  /** Reads the path of a File that `expression` yields in the preload's world ('' when it has none). */
  async pathOf(expression: string): Promise<string> {
    const cdp = await this.attached;
    const { result } = await cdp.send('Runtime.evaluate', {
      expression,
      ...(this.#contextId !== undefined && { contextId: this.#contextId }),
    });
    return result.objectId === undefined ? '' : filePath(cdp, result.objectId);
  }

  /** The editing command, as from a menu: the page hears a paste event with what is on the desktop's clipboard. */
  async pasteFromDesktop(): Promise<void> {
    const cdp = await this.attached;
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: ['paste'] });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp' });
  }

  // --- Electron's API -------------------------------------------------------------------------------------------

  send(channel: string, ...values: unknown[]): void {
    this.#deliver({ kind: 'event', channel, args: codec.encode(values) });
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  isLoading(): boolean {
    return this.#isLoading;
  }

  isCrashed(): boolean {
    return this.#isCrashed;
  }

  getOSProcessId(): never {
    throw notImplemented('webContents.getOSProcessId');
  }

  loadURL(url: string): Promise<void> {
    const loaded = this.#loadURL(url);
    // As in Electron, a caller may leave the promise alone: 'did-fail-load' tells the same.
    loaded.catch(() => {});
    return loaded;
  }

  async #loadURL(url: string): Promise<void> {
    const cdp = await this.attached;
    const target = toPageUrl(url);
    if (this.#browser) {
      await this.session.applyPermissions(this.#browser, this, originOf(url), new URL(target).origin);
    }
    this.#settleLoad(new Error(`ERR_ABORTED (-3) loading '${url}'`));
    const loaded = new Promise<void>((resolve, reject) => {
      this.#load = { resolve, reject };
    });
    loaded.catch(() => {});
    this.#expectedUrl = url;
    this.#hasNavigated = true;
    this.#isCrashed = false;
    this.#isLoading = true;
    const { errorText, loaderId } = await cdp.send('Page.navigate', { url: target });
    this.#expectedUrl = undefined;
    if (errorText !== undefined) this.#failLoad(errorText, url);
    // Without a loader it was a jump within the page, which has no load event.
    else if (loaderId === undefined) this.#finishLoad();
    return loaded;
  }

  async loadFile(): Promise<never> {
    throw notImplemented('webContents.loadFile');
  }

  reload(): void {
    this.#expectedUrl = this.#url;
    this.#isLoading = true;
    void this.attached.then((cdp) => cdp.post('Page.reload'));
  }

  close(): void {
    this.#close();
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  async executeJavaScript(code: string, hasUserGesture = false): Promise<unknown> {
    const cdp = await this.attached;
    if (this.#isLoading) await new Promise((resolve) => this.once('did-stop-loading', resolve));
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture: hasUserGesture,
    });
    if (exceptionDetails) throw new Error(describeException(exceptionDetails));
    return result.value;
  }

  async capturePage(): Promise<Pick<Electron.NativeImage, 'toPNG' | 'toDataURL' | 'isEmpty'>> {
    const cdp = await this.attached;
    const { data } = await cdp.send('Page.captureScreenshot', { format: 'png' });
    return guardObject('NativeImage', {
      toPNG: () => Buffer.from(data, 'base64'),
      toDataURL: () => `data:image/png;base64,${data}`,
      isEmpty: () => data === '',
    });
  }

  openDevTools(): never {
    throw notImplemented('webContents.openDevTools (start with --remote-debugging-port instead)');
  }

  /** A test runner finds the window of a page by it. */
  static fromDevToolsTargetId(targetId: string): HostWebContents | undefined {
    return [...all.values()].find((contents) => contents.targetId === targetId);
  }

  static fromId(id: number): HostWebContents | undefined {
    return all.get(id);
  }

  static getAllWebContents(): HostWebContents[] {
    return [...all.values()];
  }

  // --- requests ---------------------------------------------------------------------------------------------------

  async mayNavigate(request: {
    url: string;
    frameId: string;
    isMainFrame: boolean;
    isRedirect: boolean;
  }): Promise<boolean> {
    const { url, frameId, isMainFrame, isRedirect } = request;
    const details = { url, isMainFrame, isSameDocument: false, frame: this.mainFrame, initiator: this.mainFrame };
    if (isRedirect) {
      const event = createEvent(details);
      this.emit('will-redirect', event, url, false, isMainFrame, this.mainFrame.processId, this.mainFrame.routingId);
      return !event.defaultPrevented;
    }
    if (isMainFrame && this.#expectedUrl !== undefined) return true;
    // Only what the page itself starts is the app's to refuse: not loadURL, not a test runner's navigation.
    if (isMainFrame && !this.#requestedNavigations.has(frameId)) await delay(NAVIGATION_NOTICE_MILLISECONDS);
    if (isMainFrame && !this.#requestedNavigations.delete(frameId)) return true;
    const frameEvent = createEvent(details);
    this.emit('will-frame-navigate', frameEvent);
    if (frameEvent.defaultPrevented) return false;
    if (!isMainFrame) return true;
    const event = createEvent(details);
    this.emit('will-navigate', event, url, false, true, this.mainFrame.processId, this.mainFrame.routingId);
    return !event.defaultPrevented;
  }

  // --- the page's events ------------------------------------------------------------------------------------------

  #listen(cdp: CdpSession, mainFrameId: string): void {
    cdp.on('Runtime.bindingCalled', ({ payload, executionContextId }) => this.#receive(payload, executionContextId));
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#contextId) this.#contextId = undefined;
    });
    cdp.on('Runtime.consoleAPICalled', (call) => this.#console(call));
    cdp.on('Debugger.paused', (paused) => {
      this.#answerPause(cdp, paused).catch(() => cdp.post('Debugger.resume'));
    });
    cdp.on('Page.frameRequestedNavigation', ({ frameId }) => this.#requestedNavigations.add(frameId));
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      // Reached only by ways the injected runtime does not see (a form's target); the popup itself is closed at once.
      this.#askOpenHandler(toAppUrl(url), windowName, windowFeatures.join(','));
    });
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== mainFrameId || !this.#hasNavigated) return;
      this.#requestedNavigations.delete(frame.id);
      this.#expectedUrl = undefined;
      this.#isErrorPage = frame.unreachableUrl !== undefined;
      this.#url = toAppUrl(frame.unreachableUrl ?? frame.url) + (frame.urlFragment ?? '');
      if (!this.#isErrorPage) this.emit('did-navigate', createEvent({}), this.#url, 200, '');
      else if (this.#load === undefined) this.#failLoad('net::ERR_FAILED', this.#url);
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== mainFrameId) return;
      this.#requestedNavigations.delete(frameId);
      this.#url = toAppUrl(url);
    });
    cdp.on('Page.domContentEventFired', () => {
      if (this.#hasNavigated && !this.#isErrorPage) this.emit('dom-ready', createEvent({}));
    });
    cdp.on('Page.loadEventFired', () => {
      if (this.#hasNavigated && !this.#isErrorPage) this.#finishLoad();
    });
    cdp.on('Inspector.targetCrashed', () => {
      this.#isCrashed = true;
      this.#contextId = undefined;
      const details = { reason: 'crashed', exitCode: 139 };
      this.emit('render-process-gone', createEvent({}), details);
      app.emit('render-process-gone', createEvent({}), this, details);
    });
  }

  async #inject(cdp: CdpSession, preload: string | undefined, isHeadless: boolean): Promise<void> {
    const binding = `electronHostSend_${this.#secret}`;
    const worldName = 'Electron Isolated Context';
    const bridgeSecret = randomBytes(12).toString('hex');
    const configuration = {
      secret: this.#secret,
      binding,
      runtimeName: this.#runtimeName,
      pieceCharacters: PIECE_CHARACTERS,
      isVisible: !isHeadless,
      process: {
        platform: process.platform,
        arch: process.arch,
        versions: process.versions,
      },
    };
    const source = isolatedWorldScript(configuration, bridgeSecret, this.#readPreload(preload));
    await Promise.all([
      cdp.send('Page.enable'),
      cdp.send('Runtime.enable'),
      cdp.send('Debugger.enable'),
      cdp.send('Inspector.enable'),
      cdp.send('Runtime.addBinding', { name: binding, executionContextName: worldName }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(bridgeSecret) }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName }),
      interceptRequests(cdp, this, this.targetId ?? ''),
    ]);
  }

  #readPreload(preload: string | undefined): string | undefined {
    if (preload === undefined) return undefined;
    if (!path.isAbsolute(preload)) throw new Error(`preload script must have absolute path: ${preload}`);
    return readFileSync(preload, 'utf8');
  }

  #console({ type, args, stackTrace }: Protocol.Runtime.consoleAPICalledPayload): void {
    const message = args.map((value) => String(value.value ?? value.description ?? value.type)).join(' ');
    const level = type === 'error' || type === 'debug' || type === 'warning' ? type : 'info';
    const at = stackTrace?.callFrames[0];
    const sourceId = toAppUrl(at?.url ?? '');
    const details = { message, level, lineNumber: (at?.lineNumber ?? -1) + 1, sourceId, frame: this.mainFrame };
    this.emit('console-message', createEvent(details));
  }

  #receive(payload: string, contextId: number): void {
    this.#received += payload.slice(1);
    if (payload.startsWith('+')) return;
    const text = this.#received;
    this.#received = '';
    // Written by the injected runtime in a world the page cannot reach.
    const message = trusted<UpMessage>(JSON.parse(text));
    switch (message.kind) {
      case 'hello':
        this.#contextId = contextId;
        break;
      case 'send':
        ipcMain.receive(
          this,
          this.#frameAt(() => toAppUrl(message.url)),
          message.channel,
          message.args,
        );
        break;
      case 'invoke':
        void this.#invoke(message, contextId);
        break;
      case 'preload-error': {
        process.stderr.write(`electron-host: Unable to load preload script: ${message.message}\n`);
        this.emit('preload-error', createEvent({}), '', new Error(message.message));
        break;
      }
      case 'bounds':
        this.#listener.bounds(message);
        break;
      case 'focus':
        this.#listener.focus(message.isFocused);
        break;
      case 'answer': {
        this.#questions.get(message.id)?.(codec.decode(message.value));
        this.#questions.delete(message.id);
        break;
      }
    }
  }

  async #invoke(message: { id: number; channel: string; args: string; url: string }, contextId: number): Promise<void> {
    const frame = this.#frameAt(() => toAppUrl(message.url));
    const outcome = await ipcMain.invoke(this, frame, message.channel, message.args);
    // After a navigation the new page must not get the old page's answer.
    if (contextId === this.#contextId) this.#deliver({ kind: 'result', id: message.id, ...outcome });
  }

  #deliver(message: DownMessage): void {
    const contextId = this.#contextId;
    if (contextId === undefined || this.#isDestroyed) return;
    const text = JSON.stringify(message);
    const post = (cdp: CdpSession): void => {
      for (let at = 0; at < text.length; at += PIECE_CHARACTERS) {
        const piece = JSON.stringify(text.slice(at, at + PIECE_CHARACTERS));
        const isLast = at + PIECE_CHARACTERS >= text.length;
        const expression = `globalThis.${this.#runtimeName}.receive(${piece}, ${isLast})`;
        cdp.post('Runtime.evaluate', { expression, contextId });
      }
    };
    void this.attached.then(post, () => {});
  }

  /** The page waits in `electronHostSync`: read its question, write the answer, let it go on. */
  async #answerPause(cdp: CdpSession, paused: Protocol.Debugger.pausedPayload): Promise<void> {
    const frame = paused.callFrames[0];
    if (frame?.functionName === 'electronHostSync') {
      const { callFrameId } = frame;
      const { result } = await cdp.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: '_request' });
      const request = trusted<SyncRequest>(JSON.parse(String(result.value)));
      if (request.secret === this.#secret) {
        const reply = JSON.stringify(await this.#answerSync(cdp, callFrameId, request));
        await cdp.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: `reply.value = ${reply}` });
      }
    }
    await cdp.send('Debugger.resume');
  }

  async #answerSync(cdp: CdpSession, callFrameId: string, request: SyncRequest): Promise<unknown> {
    if (request.kind === 'open') {
      this.#askOpenHandler(toAppUrl(request.url), request.frameName, request.features);
      return null;
    }
    const { result } = await cdp.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: '_subject' });
    return result.objectId === undefined ? '' : filePath(cdp, result.objectId);
  }

  #askOpenHandler(url: string, frameName: string, features: string): void {
    const details = {
      url,
      frameName,
      features,
      disposition: 'new-window',
      referrer: { url: this.#url, policy: 'default' },
    };
    const answer = this.#openHandler?.(details);
    if (answer?.action === 'deny') return;
    process.stderr.write(`${notImplemented(`opening ${url} as a child window`).message}; denied\n`);
  }

  #frameAt(url: () => string): HostWebFrame {
    const isDestroyed = (): boolean => this.#isDestroyed;
    const { id } = this;
    const frame: HostWebFrame = guardObject('WebFrameMain', {
      get url() {
        return url();
      },
      get origin() {
        return originOf(url());
      },
      processId: id,
      routingId: 1,
      frameTreeNodeId: id,
      parent: null,
      get top(): HostWebFrame {
        return frame;
      },
      isDestroyed,
    });
    return frame;
  }

  // --- loading ----------------------------------------------------------------------------------------------------

  #finishLoad(): void {
    this.#isLoading = false;
    this.emit('did-finish-load', createEvent({}));
    this.emit('did-stop-loading', createEvent({}));
    this.#settleLoad(undefined);
    this.#listener.firstLoad();
  }

  #failLoad(errorText: string, url: string): void {
    const name = errorText.replace(/^net::/, '');
    const code = NET_ERRORS[name] ?? NET_ERRORS['ERR_FAILED'] ?? 0;
    this.#isLoading = false;
    this.emit('did-fail-load', createEvent({}), code, name, url, true, this.mainFrame.processId, 1);
    this.emit('did-stop-loading', createEvent({}));
    this.#settleLoad(new Error(`${name} (${code}) loading '${url}'`));
  }

  #settleLoad(error: Error | undefined): void {
    const load = this.#load;
    this.#load = undefined;
    if (error === undefined) load?.resolve();
    else load?.reject(error);
  }
}
guardClass('webContents', HostWebContents);

async function filePath(cdp: CdpSession, objectId: string): Promise<string> {
  try {
    return (await cdp.send('DOM.getFileInfo', { objectId })).path;
  } catch {
    // A File made by JavaScript has no path; Electron answers with an empty text too.
    return '';
  }
}

function describeException(details: Protocol.Runtime.ExceptionDetails): string {
  return details.exception?.description ?? details.text;
}
