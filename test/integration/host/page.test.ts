// What comes from another process, or back out of a codec, has no type to check it by.
// oxlint-disable typescript/no-unsafe-type-assertion

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture } from './support.ts';
import type { RunningFixture } from './support.ts';

describe('pages', { timeout: 30_000 }, () => {
  let fixture: RunningFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  }, 60_000);
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  it('shows the window in the size it was asked for, as an address of the app', async () => {
    expect(await fixture.page.evaluate(() => [innerWidth, innerHeight])).toEqual([900, 700]);
    const facts = await fixture.application.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return [window?.isVisible(), window?.webContents.getURL()];
    });
    expect(facts).toEqual([true, 'app://bundle/index.html']);
  });

  it('enforces the content security policy on code of the page', async () => {
    const outcome = await fixture.page.evaluate(async () => ({
      inline: window.inlineRan ?? false,
      injected: window.injectedRan ?? false,
      evalBlocked: window.evalBlocked,
      style: getComputedStyle(document.querySelector('h1') ?? document.body).color,
      foreign: await fetch('https://example.invalid/').catch(String),
    }));
    expect(outcome).toEqual({
      inline: false,
      injected: false,
      evalBlocked: true,
      style: 'rgb(1, 2, 3)',
      foreign: 'TypeError: Failed to fetch',
    });
  });

  it('answers ranges and bodies through protocol.handle', async () => {
    const outcome = await fixture.page.evaluate(async () => {
      const part = await fetch('/data', { headers: { range: 'bytes=10-13' } });
      const echo = await fetch('/echo', { method: 'POST', body: 'gruß' });
      return {
        status: part.status,
        range: part.headers.get('content-range'),
        bytes: [...new Uint8Array(await part.arrayBuffer())],
        echo: (await echo.json()) as unknown,
      };
    });
    expect(outcome).toEqual({
      status: 206,
      range: 'bytes 10-13/1000',
      bytes: [10, 11, 12, 13],
      echo: { url: 'app://bundle/echo', method: 'POST', origin: 'app://bundle', body: 'gruß' },
    });
  });

  it('loads images by relative and by literal address', async () => {
    const widths = await fixture.page.evaluate(() =>
      Promise.all(
        ['/dot.svg', 'app://bundle/dot.svg'].map(async (source) => {
          const image = new Image();
          image.src = source;
          await image.decode();
          return image.naturalWidth;
        }),
      ),
    );
    expect(widths).toEqual([7, 7]);
  });

  it('lets the app cancel requests', async () => {
    const blocked = 'app://other/thing';
    const outcome = await fixture.page.evaluate(() => fetch('https://other.app.localhost/thing').catch(String));
    expect(outcome).toBe('TypeError: Failed to fetch');
    expect(await fixture.application.evaluate(() => globalThis.fixture.record.requests)).toContain(blocked);
  });

  it('gives the page null for a refused popup and keeps its opener alive', async () => {
    const opened = await fixture.page.evaluate(() => {
      const results: unknown[] = [];
      for (let at = 0; at < 5; at += 1) results.push(window.open(`https://example.invalid/${at}`));
      return results;
    });
    expect(opened).toEqual([null, null, null, null, null]);
    await fixture.page.click('#popup');
    expect(await fixture.page.evaluate(() => window.bridge.invoke('echo', 'alive'))).toBe('alive');
    expect(await fixture.application.evaluate(() => globalThis.fixture.record.opened)).toEqual([
      ...Array.from({ length: 5 }, (_, at) => `https://example.invalid/${at}`),
      'https://example.invalid/popup',
    ]);
    expect(fixture.application.windows()).toHaveLength(1);
  });

  it('asks the app about a navigation that the page starts, and stays', async () => {
    await fixture.page.click('#away');
    await expect
      .poll(() => fixture.application.evaluate(() => globalThis.fixture.record.navigations), { timeout: 10_000 })
      .toEqual(['https://example.invalid/']);
    expect(await fixture.page.evaluate(() => window.bridge.add(2, 2))).toBe(4);
  });

  it('knows the path of a chosen file and none of a made one', async () => {
    await fixture.page.setInputFiles('#files', ['/etc/hostname', '/etc/hosts']);
    const paths = await fixture.page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('#files');
      return [...(input?.files ?? []), new File(['x'], 'made.txt')].map((file) => window.bridge.pathOf(file));
    });
    expect(paths).toEqual(['/etc/hostname', '/etc/hosts', '']);
  });

  it('asks the permission handler and applies its refusal', async () => {
    expect(await fixture.application.evaluate(() => globalThis.fixture.record.permissions)).toContain('geolocation');
    const state = await fixture.page.evaluate(async () => {
      const status = await navigator.permissions.query({ name: 'geolocation' });
      return status.state;
    });
    expect(state).toBe('denied');
  });

  it('lets a test replace a dialog, and shows a message box in the page', async () => {
    const { application, page } = fixture;
    const chosen = await application.evaluate(async ({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/chosen'] });
      return dialog.showOpenDialog({});
    });
    expect(chosen).toEqual({ canceled: false, filePaths: ['/chosen'] });
    const answer = application.evaluate(({ dialog }) =>
      dialog.showMessageBox({ message: 'Sure?', buttons: ['No', 'Yes'], defaultId: 1 }),
    );
    // The box is in a closed shadow tree; its focused button takes the key.
    await page.waitForFunction(() => document.activeElement?.tagName === 'DIV');
    await page.keyboard.press('Enter');
    expect(await answer).toEqual({ response: 1, checkboxChecked: false });
  });

  it('reports a lost page and loads it again', async () => {
    const { application } = fixture;
    const reason = await application.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) return 'no window';
      const gone = new Promise<string>((resolve) => {
        window.webContents.once('render-process-gone', (_event, details) => resolve(details.reason));
      });
      const internals = window.webContents as unknown as { attached: Promise<{ post: (method: string) => void }> };
      (await internals.attached).post('Page.crash');
      const result = await gone;
      await window.loadURL('app://bundle/index.html');
      return `${result}, ${String(await window.webContents.executeJavaScript('bridge.add(1, 1)'))}`;
    });
    expect(reason).toBe('crashed, 2');
  });
});
