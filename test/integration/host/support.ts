/** What the tests of the Electron host share: the fixture app, its types, and a look at the process table. */

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { closeSatchel, launchSatchel } from '../../host/launch.ts';

export const FIXTURE = path.resolve(import.meta.dirname, '../../host/fixture');
export const EXECUTABLE = path.resolve(import.meta.dirname, '../../host/bin/electron');

/** The `electron` command, as a person or an npm script runs it. */
export const ELECTRON_COMMAND = path.resolve(import.meta.dirname, '../../../node_modules/.bin/electron');

/** The API that the fixture's preload gives its page. */
interface FixtureBridge {
  invoke: (channel: string, ...values: unknown[]) => Promise<unknown>;
  send: (channel: string, ...values: unknown[]) => void;
  on: (channel: string, callback: (...values: unknown[]) => void) => () => void;
  add: (first: number, second: number) => number;
  twice: (callback: (value: number) => number, value: number) => number;
  fail: () => void;
  pathOf: (file: File) => string;
  unknownApi: () => unknown;
  requireNode: () => unknown;
  facts: { platform: string; nested: { list: number[] } };
}

/** What the fixture's main process leaves for the tests. */
interface FixtureState {
  record: {
    navigations: string[];
    opened: string[];
    sent: number[];
    second: { argv: string[]; workingDirectory: string }[];
    permissions: string[];
    requests: string[];
    closes: number;
  };
  preventClose: boolean;
  delayQuit: boolean;
}

declare global {
  interface Window {
    bridge: FixtureBridge;
    preloadSecret?: unknown;
    inlineRan?: boolean;
    injectedRan?: boolean;
    evalBlocked?: boolean;
  }
  var fixture: FixtureState;
}

/** A new data folder. */
export function makeUserData(): string {
  return mkdtempSync(path.join(tmpdir(), 'electron-host-test-'));
}

/** Removes a data folder; a Chromium that is just ending may still write into it. */
export async function removeUserData(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** A running fixture. */
export interface RunningFixture extends AsyncDisposable {
  application: ElectronApplication;
  page: Page;
  userData: string;
}

/** Starts the fixture and waits until its page is there. */
export async function startFixture(userData = makeUserData()): Promise<RunningFixture> {
  const application = await launchSatchel({ userDataDir: userData, appPath: FIXTURE });
  const dispose = async (): Promise<void> => {
    await closeSatchel(application);
    await removeUserData(userData);
  };
  try {
    const page = await application.firstWindow();
    await page.locator('body[data-ready=yes]').waitFor();
    return { application, page, userData, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The processes whose command line names `text`, without zombies. */
export function processesNaming(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}
