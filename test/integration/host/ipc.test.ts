// What comes from another process, or back out of a codec, has no type to check it by.
// oxlint-disable typescript/no-unsafe-type-assertion

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture } from './support.ts';
import type { RunningFixture } from './support.ts';

describe('IPC and the preload', { timeout: 30_000 }, () => {
  let fixture: RunningFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  }, 60_000);
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  it('carries structured values to main and back', async () => {
    const outcome = await fixture.page.evaluate(async () => {
      const cyclic: Record<string, unknown> = { name: 'cyclic' };
      cyclic['self'] = cyclic;
      const sent = {
        bytes: new Uint8Array([1, 2, 255]),
        floats: new Float64Array([0.5]),
        map: new Map([['key', new Set([1])]]),
        date: new Date(5),
        big: 2n ** 70n,
        minusZero: -0,
        notANumber: Number.NaN,
        nothing: undefined,
      };
      const back = (await window.bridge.invoke('echo', sent)) as typeof sent;
      const isCyclic = await window.bridge.invoke('echo', cyclic).then((value) => {
        const record = value as Record<string, unknown>;
        return record['self'] === record;
      });
      return {
        bytes: [back.bytes instanceof Uint8Array, ...back.bytes],
        floats: back.floats instanceof Float64Array && back.floats[0],
        map: back.map.get('key')?.has(1),
        date: back.date.getTime(),
        big: back.big === sent.big,
        minusZero: Object.is(back.minusZero, -0),
        notANumber: Number.isNaN(back.notANumber),
        hasNothing: 'nothing' in back,
        isCyclic,
      };
    });
    expect(outcome).toEqual({
      bytes: [true, 1, 2, 255],
      floats: 0.5,
      map: true,
      date: 5,
      big: true,
      minusZero: true,
      notANumber: true,
      hasNothing: true,
      isCyclic: true,
    });
  });

  it('carries more bytes than one protocol message may hold', async () => {
    const outcome = await fixture.page.evaluate(async () => {
      const bytes = new Uint8Array(20 * 1024 * 1024).fill(7);
      bytes[bytes.length - 1] = 9;
      const back = (await window.bridge.invoke('echo', bytes)) as Uint8Array;
      return [back.length, back[0], back.at(-1)];
    });
    expect(outcome).toEqual([20 * 1024 * 1024, 7, 9]);
  });

  it.each([
    ['fail', "Error invoking remote method 'fail': TypeError: boom"],
    ['uncloneable', "Error invoking remote method 'uncloneable': Error: An object could not be cloned."],
    ['nobody', "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'"],
  ])('rejects as Electron does: %s', async (channel, message) => {
    const outcome = await fixture.page.evaluate(
      (name) => window.bridge.invoke(name).catch((error: unknown) => (error as Error).message),
      channel,
    );
    expect(outcome).toBe(message);
  });

  it('delivers sends and replies in order, until the listener is taken off', async () => {
    const received = await fixture.page.evaluate(async () => {
      const values: unknown[] = [];
      await new Promise<void>((resolve) => {
        const stop = window.bridge.on('noted', (value) => {
          values.push(value);
          if (value !== 49) return;
          stop();
          resolve();
        });
        for (let at = 0; at < 50; at += 1) window.bridge.send('note', at);
      });
      window.bridge.send('note', 50);
      // An invoke that is answered after the last reply proves that the reply had its chance to arrive.
      await window.bridge.invoke('echo', null);
      return values;
    });
    expect(received).toEqual(Array.from({ length: 50 }, (_, at) => at));
    expect(await fixture.application.evaluate(() => globalThis.fixture.record.sent.length)).toBe(51);
  });

  it('delivers what comes while the page waits for an answer after it, in order', async () => {
    const { paths, seen } = await fixture.page.evaluate(async () => {
      const numbers: unknown[] = [];
      const off = window.bridge.on('noted', (value) => numbers.push(value));
      const file = new File(['x'], 'made.txt');
      const answers: string[] = [];
      for (let at = 0; at < 40; at += 1) {
        window.bridge.send('note', at);
        answers.push(window.bridge.pathOf(file));
        if (at % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await window.bridge.invoke('echo', null);
      off();
      return { paths: answers, seen: numbers };
    });
    expect(new Set(paths)).toEqual(new Set(['']));
    expect(seen).toEqual(Array.from({ length: 40 }, (_, at) => at));
  });

  it('tells main which frame is speaking', async () => {
    expect(await fixture.page.evaluate(() => window.bridge.invoke('sender'))).toEqual({
      url: 'app://bundle/index.html',
      origin: 'app://bundle',
      isMain: true,
    });
  });

  it('bridges functions, callbacks and errors synchronously', async () => {
    const outcome = await fixture.page.evaluate(() => {
      let thrown = '';
      try {
        window.bridge.fail();
      } catch (error) {
        thrown = String(error);
      }
      return [window.bridge.add(1, 2), window.bridge.twice((value) => value * 3, 2), thrown];
    });
    expect(outcome).toEqual([3, 18, 'RangeError: too far']);
  });

  it('freezes what it exposes and hides everything else from the page', async () => {
    const outcome = await fixture.page.evaluate(() => ({
      frozen: Object.isFrozen(window.bridge) && Object.isFrozen(window.bridge.facts.nested.list),
      isReplaceable: Reflect.set(window, 'bridge', 1),
      secret: window.preloadSecret,
      node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
      hostNames: Object.getOwnPropertyNames(window).filter((name) => /electronHost/i.test(name)),
    }));
    expect(outcome).toEqual({ frozen: true, isReplaceable: false, secret: undefined, node: [], hostNames: [] });
  });

  it('fails by name for what it does not have', async () => {
    const message = async (name: 'unknownApi' | 'requireNode'): Promise<string> =>
      fixture.page.evaluate((member) => {
        try {
          window.bridge[member]();
          return 'nothing thrown';
        } catch (error) {
          return (error as Error).message;
        }
      }, name);
    expect(await message('unknownApi')).toBe('electron-host: ipcRenderer.sendSync is not implemented');
    expect(await message('requireNode')).toBe('module not found: fs');
    const inMain = await fixture.application.evaluate(({ app, BrowserWindow, Tray }) => {
      const [window] = BrowserWindow.getAllWindows();
      const attempts = [
        () => window?.setKiosk(true),
        () => new Tray('icon.png'),
        () => app.getFileIcon('x'),
        () => window?.on('swipe', () => {}),
        () => new BrowserWindow({ frame: false }),
        () => new BrowserWindow({ webPreferences: { nodeIntegration: true } }),
      ];
      return attempts.map((attempt) => {
        try {
          void attempt();
          return 'nothing thrown';
        } catch (error) {
          return (error as Error).message;
        }
      });
    });
    expect(inMain).toEqual([
      'electron-host: BrowserWindow.setKiosk is not implemented',
      'electron-host: Tray is not implemented',
      'electron-host: app.getFileIcon is not implemented',
      "electron-host: BrowserWindow event 'swipe' is not implemented",
      "electron-host: BrowserWindow option 'frame' is not implemented",
      'electron-host: webPreferences.nodeIntegration: true is not implemented',
    ]);
  });
});
