/** Starts the app for a test: on Electron's own binary when it is installed, otherwise on the Electron host. */

import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { _electron } from 'playwright';
import type { ElectronApplication } from 'playwright';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const HOST_FOLDER = path.join(import.meta.dirname, 'bin');
const LAUNCH_TIMEOUT_MILLISECONDS = 60_000;

/** Playwright forgets an application's process once the application has ended. */
const processes = new WeakMap<ElectronApplication, ChildProcess>();

/** How to start the app. */
export interface LaunchOptions {
  /** The app's data folder, absolute; give every test its own. */
  userDataDir: string;
  /** Further command-line arguments, after the app's path. */
  args?: string[];
  /** Environment variables on top of the test's own; undefined removes one. */
  env?: Record<string, string | undefined>;
  /** The app's folder or main file; the repository itself by default. */
  appPath?: string;
}

/** Which of the two runs the app: the real one only when its binary is there and nothing overrides it. */
export function whichElectron(): 'electron' | 'host' {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return path.resolve(override) === HOST_FOLDER ? 'host' : 'electron';
  return existsSync(path.join(ROOT, 'node_modules', 'electron', 'dist', 'electron')) ? 'electron' : 'host';
}

/** One line for a suite to print, so that nobody mistakes a run on the host for one on Electron. */
export function describeElectron(): string {
  return whichElectron() === 'electron'
    ? 'Running on Electron.'
    : 'Running on the Electron host (Chromium and Node in place of the Electron binary; see test/host/README.md).';
}

/** Starts the app. Close it with `closeSatchel`, which does not wait for ever. */
export async function launchSatchel(options: LaunchOptions): Promise<ElectronApplication> {
  // Playwright looks the binary up in the test's own environment.
  if (whichElectron() === 'host') process.env['ELECTRON_OVERRIDE_DIST_PATH'] = HOST_FOLDER;
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...options.env })) {
    if (value !== undefined) env[name] = value;
  }
  const application = await _electron.launch({
    args: [options.appPath ?? ROOT, `--user-data-dir=${options.userDataDir}`, ...(options.args ?? [])],
    cwd: ROOT,
    env,
    timeout: LAUNCH_TIMEOUT_MILLISECONDS,
  });
  processes.set(application, application.process());
  return application;
}

/** Closes the app as a user's quit would, and kills it when it has not ended after `timeoutMilliseconds`. */
export async function closeSatchel(application: ElectronApplication, timeoutMilliseconds = 10_000): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), timeoutMilliseconds);
  });
  try {
    const outcome = await Promise.race([application.close().catch(() => 'closed'), tooLate]);
    if (outcome === 'late') processes.get(application)?.kill('SIGKILL');
  } finally {
    clearTimeout(timer);
  }
}
