// What comes from another process, or back out of a codec, has no type to check it by.
// oxlint-disable typescript/no-unsafe-type-assertion

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { closeSatchel } from '../../host/launch.ts';
import {
  ELECTRON_COMMAND,
  EXECUTABLE,
  FIXTURE,
  makeUserData,
  processesNaming,
  removeUserData,
  startFixture,
} from './support.ts';

const folders: string[] = [];
const children: ChildProcess[] = [];

function newUserData(): string {
  const folder = makeUserData();
  folders.push(folder);
  return folder;
}

/** Starts the fixture as a person would, without a test runner's debugger. */
function startPlain(userData: string): ChildProcess {
  const child = spawn(EXECUTABLE, [FIXTURE, `--user-data-dir=${userData}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SATCHEL_HOST_HEADLESS: '1' },
  });
  child.stderr.resume();
  children.push(child);
  return child;
}

async function untilReady(child: ChildProcess): Promise<void> {
  let text = '';
  child.stdout?.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (part: string) => {
      text += part;
      if (text.includes('fixture ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`ended early with ${code}`)));
  });
}

async function untilGone(userData: string): Promise<void> {
  await expect.poll(() => processesNaming(userData), { timeout: 10_000, interval: 50 }).toEqual([]);
}

describe('the life of the app', { timeout: 60_000 }, () => {
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const folder of folders.splice(0)) {
      await untilGone(folder);
      await removeUserData(folder);
    }
  });

  it('ends a second start and tells the first about it', async () => {
    await using fixture = await startFixture(newUserData());
    const second = startPlain(fixture.userData);
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(0);
    const heard = await fixture.application.evaluate(() => globalThis.fixture.record.second);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.argv).toContain(`--user-data-dir=${fixture.userData}`);
    expect(heard[0]?.workingDirectory).toBe(process.cwd());
  });

  it('keeps a window that refuses to close, and quits when it no longer does', async () => {
    await using fixture = await startFixture(newUserData());
    const { application, page } = fixture;
    const refused = await application.evaluate(({ app, BrowserWindow }) => {
      globalThis.fixture.preventClose = true;
      const [window] = BrowserWindow.getAllWindows();
      window?.close();
      app.quit();
      return [BrowserWindow.getAllWindows().length, window?.isDestroyed()];
    });
    expect(refused).toEqual([1, false]);
    expect(await page.evaluate(() => window.bridge.add(1, 1))).toBe(2);
    const exited = once(application.process(), 'exit');
    await application.evaluate(({ BrowserWindow }) => {
      globalThis.fixture.preventClose = false;
      BrowserWindow.getAllWindows()[0]?.close();
    });
    expect((await exited)[0]).toBe(0);
  });

  it('lets the app put off quitting in before-quit', async () => {
    await using fixture = await startFixture(newUserData());
    const { application } = fixture;
    const exited = once(application.process(), 'exit');
    const windowCount = await application.evaluate(({ app, BrowserWindow }) => {
      globalThis.fixture.delayQuit = true;
      app.quit();
      return BrowserWindow.getAllWindows().length;
    });
    expect(windowCount).toBe(1);
    expect((await exited)[0]).toBe(0);
  });

  it('ends cleanly on SIGTERM', async () => {
    const userData = newUserData();
    const child = startPlain(userData);
    let complaints = '';
    child.stderr?.setEncoding('utf8').on('data', (part: string) => (complaints += part));
    await untilReady(child);
    child.kill('SIGTERM');
    expect(((await once(child, 'close')) as [number])[0]).toBe(0);
    // The words for a test runner's debugger are nothing to a person who started it.
    expect(complaints).not.toContain('debugger');
    await untilGone(userData);
  });

  it('leaves no Chromium behind when it is killed, and starts again at once', async () => {
    const userData = newUserData();
    const first = startPlain(userData);
    await untilReady(first);
    expect(processesNaming(userData).length).toBeGreaterThan(2);
    first.kill('SIGKILL');
    const second = startPlain(userData);
    await untilReady(second);
    second.kill('SIGKILL');
    await untilGone(userData);
  });

  it('ends with an error when Chromium is killed', async () => {
    const userData = newUserData();
    const child = startPlain(userData);
    await untilReady(child);
    const exited = once(child, 'exit') as Promise<[number]>;
    for (const id of processesNaming(`--user-data-dir=${userData}/Electron host`)) process.kill(id, 'SIGKILL');
    expect((await exited)[0]).toBe(1);
  });

  it('ends when whoever started it is killed', async () => {
    const userData = newUserData();
    // A parent which, as Playwright does, gives the host its own process group.
    const script = `
      const child = require('node:child_process').spawn(
        ${JSON.stringify(EXECUTABLE)}, [${JSON.stringify(FIXTURE)}, '--user-data-dir=' + ${JSON.stringify(userData)}],
        { detached: true, stdio: ['ignore', 'inherit', 'ignore'] });
      child.on('exit', () => process.exit(1));`;
    const parent = spawn(process.execPath, ['-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, SATCHEL_HOST_HEADLESS: '1' },
    });
    children.push(parent);
    await untilReady(parent);
    expect(processesNaming(userData).length).toBeGreaterThan(2);
    parent.kill('SIGKILL');
    await untilGone(userData);
  });

  it('ends when the npm script above the electron command is killed', async () => {
    const userData = newUserData();
    // npm runs a shell, which runs the electron command, which runs the host: all in one process group.
    const script = `${ELECTRON_COMMAND} ${FIXTURE} --user-data-dir=${userData}; true`;
    const shell = spawn('sh', ['-c', script], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, SATCHEL_HOST_HEADLESS: '1', ELECTRON_OVERRIDE_DIST_PATH: path.dirname(EXECUTABLE) },
    });
    children.push(shell);
    await untilReady(shell);
    expect(processesNaming(userData).length).toBeGreaterThan(3);
    shell.kill('SIGKILL');
    await untilGone(userData);
  });

  it('can be killed by the launcher when it does not end', async () => {
    const userData = newUserData();
    const fixture = await startFixture(userData);
    await fixture.application.evaluate(() => {
      globalThis.fixture.preventClose = true;
    });
    expect(processesNaming(userData).length).toBeGreaterThan(2);
    await closeSatchel(fixture.application, 500);
    await untilGone(userData);
  });
});
