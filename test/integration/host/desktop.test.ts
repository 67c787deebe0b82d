// What comes from another process has no type to check it by.
// oxlint-disable typescript/no-unsafe-type-assertion

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture } from './support.ts';
import type { RunningFixture } from './support.ts';

describe('the parts that stand for the desktop', { timeout: 30_000 }, () => {
  let fixture: RunningFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  }, 60_000);
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  it('looks like Electron to the app', async () => {
    const facts = await fixture.application.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      userData: app.getPath('userData'),
      isPackaged: app.isPackaged,
      type: (process as unknown as { type: string }).type,
      electron: /^\d+\.\d+\.\d+$/.test(process.versions['electron'] ?? ''),
      chrome: /^\d+(\.\d+){3}$/.test(process.versions['chrome'] ?? ''),
      arguments: process.argv.slice(2),
    }));
    expect(facts).toEqual({
      name: 'Host Fixture',
      version: '1.2.3',
      userData: fixture.userData,
      isPackaged: false,
      type: 'browser',
      electron: true,
      chrome: true,
      arguments: [`--user-data-dir=${fixture.userData}`],
    });
  });

  it('encrypts with a key of the data folder and notices damage', async () => {
    const outcome = await fixture.application.evaluate(({ safeStorage }) => {
      const encrypted = safeStorage.encryptString('sécret');
      const damaged = Buffer.from(encrypted);
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
      let message = '';
      try {
        safeStorage.decryptString(damaged);
      } catch (error) {
        message = (error as Error).message;
      }
      return {
        back: safeStorage.decryptString(encrypted),
        isHidden: !encrypted.includes('sécret'),
        message,
        backend: safeStorage.getSelectedStorageBackend(),
      };
    });
    expect(outcome).toEqual({
      back: 'sécret',
      isHidden: true,
      message: 'Error while decrypting the ciphertext provided to safeStorage.decryptString.',
      backend: 'basic_text',
    });
  });

  it('carries the theme to the page', async () => {
    const { application, page } = fixture;
    const isDark = (): Promise<boolean> => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    const changes = await application.evaluate(({ nativeTheme }) => {
      let count = 0;
      nativeTheme.on('updated', () => {
        count += 1;
      });
      nativeTheme.themeSource = 'dark';
      nativeTheme.themeSource = 'dark';
      return [count, nativeTheme.shouldUseDarkColors];
    });
    expect(changes).toEqual([1, true]);
    await expect.poll(isDark, { timeout: 10_000 }).toBe(true);
    await application.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light';
    });
    await expect.poll(isDark, { timeout: 10_000 }).toBe(false);
  });

  it('clicks menu items, keeps the clipboard, and opens only safe addresses', async () => {
    const outcome = await fixture.application.evaluate(async ({ clipboard, Menu, shell }) => {
      const clicked: string[] = [];
      const template = [{ label: 'File', submenu: [{ id: 'scan', label: 'Scan', click: () => clicked.push('scan') }] }];
      Menu.setApplicationMenu(Menu.buildFromTemplate(template));
      Menu.getApplicationMenu()?.getMenuItemById('scan')?.click();
      await clipboard.writeText('copied');
      const refusal = await shell
        .openExternal('file:///etc/passwd')
        .catch((error: unknown) => (error as Error).message);
      return [clicked, await clipboard.readText(), refusal];
    });
    expect(outcome).toEqual([['scan'], 'copied', 'electron-host: shell.openExternal for file: is not implemented']);
  });

  it('reads the picture and the text that another program copied, and leaves the page out of it', async () => {
    const { application, page } = fixture;
    const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const heardByPage = await page.evaluate(async (base64) => {
      const picture = new Blob([Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)], {
        type: 'image/png',
      });
      const pastes = { count: 0 };
      document.addEventListener('paste', () => (pastes.count += 1));
      Object.assign(globalThis, { pastes });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
      return pastes.count;
    }, dot);
    const read = await application.evaluate(async ({ clipboard }) => {
      const [item] = await clipboard.read();
      const bytes = await (await item?.getType('image/png'))?.arrayBuffer();
      const missing = await item?.getType('image/gif').catch((error: unknown) => (error as Error).message);
      return { types: item?.types, start: [...new Uint8Array(bytes ?? new ArrayBuffer(0)).subarray(1, 4)], missing };
    });
    expect(read).toEqual({
      types: ['image/png'],
      start: [...Buffer.from('PNG')],
      missing: "The type 'image/gif' was not found",
    });
    const pastesOfPage = await page.evaluate(
      () => (globalThis as unknown as { pastes: { count: number } }).pastes.count,
    );
    expect([heardByPage, pastesOfPage]).toEqual([0, 0]);
    const refusal = await application.evaluate(({ clipboard }) => {
      try {
        return void clipboard.write([]);
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(refusal).toBe('electron-host: clipboard.write is not implemented');
  });

  it('says that a dialog needs a display or a stand-in', async () => {
    const message = await fixture.application.evaluate(async ({ dialog }) => {
      // The suite may run on a display; the answer for a folder depends on it and on zenity, the form does not.
      process.env['SATCHEL_HOST_HEADLESS'] = '1';
      return dialog.showSaveDialog({}).catch((error: unknown) => (error as Error).message);
    });
    expect(message).toBe(
      'electron-host: dialog.showSaveDialog needs a display; in a test replace it through electronApp.evaluate',
    );
  });

  it('does not take a test runner for the page: its reload asks nobody', async () => {
    const { application, page } = fixture;
    await page.reload();
    await page.locator('body[data-ready=yes]').waitFor();
    expect(await page.evaluate(() => window.bridge.invoke('echo', 'again'))).toBe('again');
    expect(await application.evaluate(() => globalThis.fixture.record.navigations)).toEqual([]);
  });

  it('reports a page that cannot be loaded', async () => {
    const outcome = await fixture.application.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const failed = new Promise<unknown[]>((resolve) => {
        window?.webContents.once('did-fail-load', (_event, code, description) => resolve([code, description]));
      });
      const message = await window?.loadURL('https://127.0.0.1:1/').catch((error: unknown) => (error as Error).message);
      return [await failed, message];
    });
    expect(outcome).toEqual([
      [-20, 'ERR_BLOCKED_BY_CLIENT'],
      "ERR_BLOCKED_BY_CLIENT (-20) loading 'https://127.0.0.1:1/'",
    ]);
  });
});
