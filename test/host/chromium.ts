/** Finds, starts and ends the Chromium that shows the windows. */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { CdpConnection } from './cdp.ts';

/** A running Chromium and the connection to it. */
export interface Chromium {
  connection: CdpConnection;
  isHeadless: boolean;
  /** Opens an app window (no tabs, no address bar) at `url`. Only for a visible Chromium. */
  openAppWindow: (url: string) => void;
  /** Asks Chromium to end, and kills it when it does not within two seconds. */
  close: () => Promise<void>;
  /** Kills Chromium at once; synchronous, for the host's last breath. */
  kill: () => void;
}

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Chromium to use. @throws Error naming the package to install when there is none. */
export function findChromium(): string {
  const chosen = process.env['SATCHEL_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`electron-host: SATCHEL_CHROMIUM is set to ${chosen}, which is not an executable file`);
  }
  const found = CANDIDATES.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    `electron-host: no Chromium found (looked for ${CANDIDATES.join(', ')}). ` +
      'Install Debian\'s package "chromium" (apt install chromium) or set SATCHEL_CHROMIUM.',
  );
}

/** True when there is no display to open windows on, or SATCHEL_HOST_HEADLESS=1 asks for none. */
export function isHeadless(): boolean {
  if (process.env['SATCHEL_HOST_HEADLESS'] === '1') return true;
  return !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
}

/** The process that holds a Chromium profile, from the profile's lock (a link named after host and process id). */
function profileOwner(profile: string): number | undefined {
  try {
    const id = Number(/-(\d+)$/.exec(readlinkSync(path.join(profile, 'SingletonLock')))?.[1]);
    const isOurs = readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(profile);
    return isOurs ? id : undefined;
  } catch {
    return undefined;
  }
}

/** After a crash of the host its Chromium needs a moment to end; a second one on the same profile would join it. */
async function waitForProfile(profile: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  for (let owner = profileOwner(profile); owner !== undefined; owner = profileOwner(profile)) {
    if (Date.now() > deadline) {
      throw new Error(`electron-host: another run (process ${owner}) is using the same user data folder`);
    }
    await delay(50);
  }
}

/** Switches that belong to the host or to Node; they are not Chromium's. */
const OWN_SWITCHES = new Set(['user-data-dir', 'remote-debugging-pipe', 'inspect', 'inspect-brk', 'headless']);

/** The list below an address bar, which no window here has. Chromium loads its pages with each window: a third of the processor time of a start. */
const SUGGESTIONS = 'WebUIOmniboxPopup,WebUIOmniboxAimPopup';

/** Chromium heeds the last of several lists of features only, so this one is added to the app's own. */
function withoutSuggestions(switches: ReadonlyMap<string, string>): Map<string, string> {
  const others = switches.get('disable-features');
  return new Map([...switches, ['disable-features', others ? `${others},${SUGGESTIONS}` : SUGGESTIONS]]);
}

/**
 * The environment with a locale in which file names are UTF-8. A bare container names none, and Chromium would not find a
 * dropped file whose name has an umlaut. Every Debian has `C.UTF-8`; languages and formats stay as they are.
 */
export function withUtf8Names(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { LC_ALL: all, ...others } = environment;
  const inForce = [all, others['LC_CTYPE'], others['LANG']].find((value) => value !== undefined && value !== '') ?? '';
  return /utf-?8/i.test(inForce) ? environment : { ...others, LC_CTYPE: 'C.UTF-8' };
}

/**
 * Starts Chromium on `profile` with the app's command-line switches and connects to it over pipes.
 * @throws Error when Chromium ends before it answers.
 */
export async function startChromium(profile: string, switches: ReadonlyMap<string, string>): Promise<Chromium> {
  const executable = findChromium();
  const headless = isHeadless();
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  await waitForProfile(profile);
  const common = [`--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check', '--test-type'];
  if (process.getuid?.() === 0) common.push('--no-sandbox');
  const flags = [...common, '--password-store=basic', '--disable-sync', '--disable-background-networking'];
  if (headless) flags.push('--headless=new');
  for (const [name, value] of withoutSuggestions(switches)) {
    if (OWN_SWITCHES.has(name) || (name === 'no-sandbox' && common.includes('--no-sandbox'))) continue;
    flags.push(value === '' ? `--${name}` : `--${name}=${value}`);
  }
  const child = spawn(executable, [...flags, '--remote-debugging-pipe', '--no-startup-window'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: withUtf8Names(process.env),
  });
  forwardErrors(child);
  const [, , , input, output] = child.stdio;
  if (!(input instanceof Writable) || !(output instanceof Readable))
    throw new Error('electron-host: no debugging pipe');
  const connection = new CdpConnection(input, output);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const kill = (): void => void child.kill('SIGKILL');
  try {
    await connection.browser.send('Browser.getVersion');
  } catch {
    kill();
    throw new Error(`electron-host: ${executable} did not start (SATCHEL_HOST_VERBOSE=1 shows its output)`);
  }
  return {
    connection,
    isHeadless: headless,
    openAppWindow: (url) => {
      // A second start with the same profile hands its command line to the first and ends.
      spawn(executable, [...common, `--app=${url}`], { stdio: 'ignore' }).on('error', () => {});
    },
    close: async () => {
      connection.browser.post('Browser.close');
      const timeout = new AbortController();
      const tooLate = delay(2_000, 'late', { signal: timeout.signal }).catch(() => 'ended');
      if ((await Promise.race([exited, tooLate])) === 'late') kill();
      timeout.abort();
    },
    kill,
  };
}

/** Chromium is chatty; a test runner needs one line of it, a person none. */
function forwardErrors(child: ChildProcess): void {
  let rest = '';
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const isWanted = line.startsWith('DevTools listening on ') || line.includes('Unable to open X display');
      if (isWanted || process.env['SATCHEL_HOST_VERBOSE'] === '1') process.stderr.write(`${line}\n`);
    }
  });
}
