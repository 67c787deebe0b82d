/** `app`: life cycle, paths, single instance, command line. */

import { existsSync } from 'node:fs';
import inspector from 'node:inspector';
import os from 'node:os';
import path from 'node:path';
import { createEvent, guardClass, HostEmitter, notImplemented } from './guard.ts';
import { InstanceLock } from './single-instance.ts';

type Implemented = Pick<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'requestSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'getPath'
  | 'setPath'
  | 'getAppPath'
  | 'getVersion'
  | 'getName'
  | 'setName'
  | 'isPackaged'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'getLocale'
  | 'getPreferredSystemLanguages'
  | 'focus'
>;

const EVENTS = new Set([
  'ready',
  'will-finish-launching',
  'second-instance',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'web-contents-created',
  'browser-window-created',
  'render-process-gone',
  // Cannot happen under the host; a listener is accepted and never called.
  'activate',
  'certificate-error',
  'select-client-certificate',
  'login',
  'child-process-gone',
]);

/** What the rest of the host gives the app object; kept apart so that app.ts knows nothing of windows. */
export interface AppSupport {
  /** Closes every window as a user would; false when one refused. */
  closeAllWindows: () => boolean;
  /** Drops every window without asking. */
  destroyAllWindows: () => void;
  windowCount: () => number;
  focusAWindow: () => void;
  /** Ends Chromium. */
  shutDown: () => Promise<void>;
}

type Listening = 'running' | 'closing-windows' | 'exiting';

/** The host's `app`. */
export class HostApp extends HostEmitter implements Implemented {
  readonly isPackaged = false;
  readonly commandLine: Pick<
    Electron.CommandLine,
    'hasSwitch' | 'getSwitchValue' | 'appendSwitch' | 'appendArgument' | 'removeSwitch'
  >;
  /** The command line's switches, for Chromium. */
  readonly switches = new Map<string, string>();
  #name = 'Electron';
  #version = '0.0.0';
  #appPath = process.cwd();
  #paths = new Map<string, string>();
  #support: AppSupport | undefined;
  #state: Listening = 'running';
  #isReady = false;
  #resolveReady: () => void = () => {};
  readonly #ready: Promise<void>;
  #lock: InstanceLock | undefined;
  #notifying: Promise<void> = Promise.resolve();

  constructor() {
    super('app', EVENTS);
    this.#ready = new Promise((resolve) => {
      this.#resolveReady = resolve;
    });
    const { switches } = this;
    this.commandLine = {
      hasSwitch: (name) => switches.has(name),
      getSwitchValue: (name) => switches.get(name) ?? '',
      appendSwitch: (name, value) => void switches.set(name, value ?? ''),
      removeSwitch: (name) => void switches.delete(name),
      appendArgument: (value) => {
        throw notImplemented(`app.commandLine.appendArgument(${value})`);
      },
    };
  }

  // --- for the rest of the host -----------------------------------------------------------------------------------

  /** Sets what package.json says about the app. */
  describe(app: { name: string; version: string; appPath: string }): void {
    this.#name = app.name;
    this.#version = app.version;
    this.#appPath = app.appPath;
  }

  /** Connects the app object with the windows. */
  support(support: AppSupport): void {
    this.#support = support;
  }

  /** Tells the app that Chromium is up. */
  announceReady(): void {
    this.#isReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', createEvent({}), {});
    this.#resolveReady();
  }

  /** True once the app is on its way out. */
  get isQuitting(): boolean {
    return this.#state !== 'running';
  }

  /** Called after a window has closed: the last one ends the app unless it listens for that. */
  windowClosed(): void {
    if (this.#support === undefined || this.#support.windowCount() > 0) return;
    if (this.#state === 'closing-windows') this.#finish(0);
    else if (this.#state === 'running') {
      if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
      else this.quit();
    }
  }

  /** Called when a window refused to close: a quit in progress ends there. */
  quitRefused(): void {
    if (this.#state === 'closing-windows') this.#state = 'running';
  }

  // --- Electron's API ---------------------------------------------------------------------------------------------

  whenReady(): Promise<void> {
    return this.#ready;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  quit(): void {
    if (this.#state !== 'running') return;
    const event = createEvent({});
    this.emit('before-quit', event);
    // A listener may itself have called exit() meanwhile.
    if (event.defaultPrevented || this.isQuitting) return;
    this.#state = 'closing-windows';
    if (this.#support === undefined || this.#support.windowCount() === 0) this.#finish(0);
    else if (!this.#support.closeAllWindows()) this.#state = 'running';
  }

  exit(exitCode = 0): void {
    if (this.#state === 'exiting') return;
    this.#state = 'exiting';
    this.#support?.destroyAllWindows();
    this.#end(exitCode);
  }

  focus(): void {
    this.#support?.focusAWindow();
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    if (this.#lock !== undefined) return true;
    const outcome = InstanceLock.request(
      this.getPath('userData'),
      { argv: [...process.argv], workingDirectory: process.cwd(), additionalData: additionalData ?? null },
      (other) => {
        this.emit('second-instance', createEvent({}), other.argv, other.workingDirectory, other.additionalData);
      },
    );
    if (outcome instanceof InstanceLock) {
      this.#lock = outcome;
      return true;
    }
    this.#notifying = outcome;
    return false;
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock !== undefined;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release();
    this.#lock = undefined;
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    const set = this.#paths.get(name);
    if (set !== undefined) return set;
    const home = os.homedir();
    switch (name) {
      case 'home':
        return home;
      case 'temp':
        return os.tmpdir();
      case 'appData':
        return process.env['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
      case 'userData':
      case 'sessionData':
        return this.switches.get('user-data-dir') ?? path.join(this.getPath('appData'), this.#name);
      case 'logs':
        return path.join(this.getPath('userData'), 'logs');
      case 'crashDumps':
        return path.join(this.getPath('userData'), 'Crashpad');
      case 'exe':
        return path.join(import.meta.dirname, 'bin', 'electron');
      case 'documents':
        return process.env['XDG_DOCUMENTS_DIR'] ?? path.join(home, 'Documents');
      case 'downloads':
        return process.env['XDG_DOWNLOAD_DIR'] ?? path.join(home, 'Downloads');
      case 'desktop':
        return process.env['XDG_DESKTOP_DIR'] ?? path.join(home, 'Desktop');
      case 'pictures':
        return process.env['XDG_PICTURES_DIR'] ?? path.join(home, 'Pictures');
      case 'assets':
      case 'module':
      case 'music':
      case 'recent':
      case 'videos':
      default:
        throw notImplemented(`app.getPath('${name}')`);
    }
  }

  setPath(name: string, value: string): void {
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    if (!existsSync(value)) throw new Error(`The path does not exist: ${value}`);
    this.#paths.set(name, value);
  }

  getAppPath(): string {
    return this.#appPath;
  }

  getVersion(): string {
    return this.#version;
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  /** Every preload is run as a sandboxed one in the host, so there is nothing left to switch on. */
  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  /** Has a meaning on Windows only, in Electron too. */
  setAppUserModelId(_id: string): void {}

  getLocale(): string {
    return this.getPreferredSystemLanguages()[0] ?? 'en-US';
  }

  getPreferredSystemLanguages(): string[] {
    const value = process.env['LANGUAGE'] ?? process.env['LC_ALL'] ?? process.env['LANG'] ?? '';
    const languages = value
      .split(':')
      .map((language) => language.replace(/[.@].*$/, '').replace('_', '-'))
      .filter((language) => /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language));
    return languages.length > 0 ? languages : ['en-US'];
  }

  // --- ending -----------------------------------------------------------------------------------------------------

  #finish(exitCode: number): void {
    const event = createEvent({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) {
      this.#state = 'running';
      return;
    }
    this.#state = 'exiting';
    this.#end(exitCode);
  }

  #end(exitCode: number): void {
    this.emit('quit', createEvent({}), exitCode);
    void (async () => {
      await this.#notifying;
      await this.#support?.shutDown();
      // A test runner that debugs the main process lets go of it when it reads Node's own words.
      if (inspector.url() !== undefined) process.stderr.write('Waiting for the debugger to disconnect...\n');
      process.exit(exitCode);
    })();
  }
}
guardClass('app', HostApp);

/** The one app object. */
export const app = new HostApp();
