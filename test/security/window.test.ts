/**
 * What script in the window can reach: nothing but the bridge. Everything here is tried from the page's own script (a file
 * that the page loads, or its console), on the compiled app.
 */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { goTo, openDesk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import type { Desk } from '../support/desk-window.ts';
import { until } from '../support/until.ts';

let profile: string;
let desk: Desk;
let outside: Server;
let outsideOrigin: string;
const arrived: string[] = [];

beforeAll(async () => {
  // Somebody on the network who would like to hear from the window.
  outside = createServer((request, response) => {
    arrived.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' });
    response.end('<h1>outside</h1>');
  });
  outside.on('upgrade', (request, socket) => {
    arrived.push(`UPGRADE ${request.url ?? ''}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    outside.listen(0, '127.0.0.1', resolve);
  });
  outsideOrigin = `http://127.0.0.1:${z.object({ port: z.number() }).parse(outside.address()).port}`;
  profile = makeFolder('security');
  desk = await openDesk(profile, {}, ['--use-fake-device-for-media-stream']);
});
afterAll(async () => {
  await desk.close();
  await new Promise((resolve) => outside.close(resolve));
  removeFolder(profile);
});

const FailedReply = z.strictObject({
  ok: z.literal(false),
  error: z.strictObject({
    code: z.enum(['invalid_input', 'not_allowed', 'not_found']),
    message: z.strictObject({
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
    field: z.string().optional(),
  }),
});

describe('the bridge', () => {
  it('leaves the page without node, electron and everything that comes with them', async () => {
    const reachable = await desk.window.evaluate(() =>
      ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'electron', '__dirname', 'ipcRenderer'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(reachable).toEqual([]);
    const constructors = await desk.window.evaluate(() => {
      try {
        // The way out of a badly bridged function: its constructor compiles code in the other world.
        const compile: unknown = Reflect.get(Reflect.get(globalThis.window.satchel, 'invoke'), 'constructor');
        const compiled: unknown =
          typeof compile === 'function'
            ? Reflect.apply(compile, null, ['return typeof process + typeof require'])
            : null;
        return typeof compiled === 'function' ? String(Reflect.apply(compiled, null, [])) : 'none';
      } catch (error) {
        return error instanceof Error ? error.name : 'refused';
      }
    });
    // The debugger may compile where the page may not; what is compiled is the page's own, without anything of Node.
    expect(constructors).toBe('undefinedundefined');
  });

  it('offers exactly three functions, frozen', async () => {
    const bridge = await desk.window.evaluate(() => {
      const { satchel } = globalThis.window;
      const tries = [
        () => Reflect.set(satchel, 'invoke', () => null),
        () => Reflect.set(satchel, 'more', 1),
        () => Reflect.deleteProperty(satchel, 'on'),
        () => Reflect.set(globalThis, 'satchel', {}),
      ];
      return {
        names: Object.getOwnPropertyNames(satchel).toSorted(),
        isFrozen: Object.isFrozen(satchel),
        changes: tries.map((attempt) => attempt()),
        isStillThere: globalThis.window.satchel === satchel,
      };
    });
    expect(bridge).toEqual({
      names: ['importFiles', 'invoke', 'on'],
      isFrozen: true,
      changes: [false, false, false, false],
      isStillThere: true,
    });
  });

  it('refuses names that are no methods, without a trace of where', async () => {
    const names: unknown[] = [
      'nothing.here',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'status.get ',
      '',
      null,
      7,
      ['status.get'],
      { toString: 'status.get' },
      'x'.repeat(100_000),
    ];
    for (const name of names) {
      const reply = FailedReply.parse(await desk.rawCall(name, {}));
      expect(reply.error.code).toBe('not_allowed');
    }
  });

  it('refuses wrong and oversize input by name of the field, without a stack, a path or what was entered', async () => {
    const { batchId } = await desk.call('batch.create', {});
    const cases: readonly [string, unknown][] = [
      ['status.setOnline', {}],
      ['status.setOnline', { isOnline: 'yes' }],
      ['status.setOnline', null],
      ['status.setOnline', undefined],
      ['status.setOnline', 'a string'],
      ['submission.get', { submissionId: '' }],
      ['submission.get', { submissionId: 'x'.repeat(65) }],
      ['submission.get', { submissionId: { $ne: null } }],
      ['submission.get', { submissionId: "' OR 1=1 --" }],
      ['submission.list', { filter: {}, offset: -1, limit: 10 }],
      ['submission.list', { filter: {}, offset: 0, limit: 100_000 }],
      ['submission.list', { filter: { search: 'secret-search '.repeat(100) }, offset: 0, limit: 10 }],
      ['submission.create', { batchId, connectionId: '__proto__', flowId: 'constructor' }],
      ['page.paste', { submissionId: 'x', slot: null, fileName: 'a.jpg', bytes: [1, 2, 3] }],
      ['page.paste', { submissionId: 'x', slot: null, fileName: '', bytes: {} }],
      ['connection.create', { connection: { provider: 'persona', name: 'x', baseUrl: 'http://example.invalid' } }],
      [
        'connection.create',
        {
          connection: { provider: 'persona', baseUrl: 'file:///etc/passwd', credential: { apiKey: 'secret-entered' } },
        },
      ],
      ['submission.void', { submissionId: 'x', reason: 'a' }],
      ['settings.set', { theme: 'pink', language: 'en' }],
      ['recovery.unlock', { recoveryKey: 'secret-entered' }],
      ['batch.release', { batchId: '01a20000-0000-7000-8000-000000000000' }],
    ];
    for (const [name, input] of cases) {
      const raw = await desk.rawCall(name, input);
      const reply = FailedReply.safeParse(raw);
      expect({ name, input, raw, problems: reply.error?.issues ?? [] }).toMatchObject({ name, problems: [] });
      expect(JSON.stringify(raw)).not.toMatch(/ at .*:\d+:\d+|node:|\/work\/|\.js|\.ts|SQLITE|secret-(entered|search)/);
    }
  });

  it('refuses a paste that is larger than the contract allows', async () => {
    const reply = await desk.window.evaluate(() =>
      globalThis.window.satchel.invoke('page.paste', {
        submissionId: 'x',
        slot: null,
        fileName: 'a.jpg',
        bytes: new Uint8Array(33 * 1024 * 1024),
      }),
    );
    expect(FailedReply.parse(reply).error).toMatchObject({ code: 'invalid_input', field: 'bytes' });
  });

  it('turns files that are none away: script cannot invent a path', async () => {
    const outcome = await desk.window.evaluate(async () => {
      const target = { submissionId: 'x', slot: null };
      const forged = Object.create(File.prototype, {
        path: { value: '/etc/passwd' },
        name: { value: 'passwd' },
      }) as unknown;
      const answers: string[] = [];
      for (const files of [['/etc/passwd'], [{ path: '/etc/passwd' }], [forged], [new File(['x'], '/etc/passwd')]]) {
        try {
          const take: unknown = Reflect.get(globalThis.window.satchel, 'importFiles');
          if (typeof take !== 'function') return ['importFiles is not there'];
          const reply: unknown = await Reflect.apply(take, null, [files, target]);
          answers.push(JSON.stringify(reply));
        } catch (error) {
          answers.push(error instanceof Error ? error.name : 'refused');
        }
      }
      return answers;
    });
    for (const answer of outcome) {
      expect(answer).not.toContain('"ok":true');
      expect(answer).not.toContain('root:');
    }
  });
});

describe('the content policy', () => {
  it('runs no inline script, no attribute handler, no eval and no foreign script', async () => {
    const ran = await desk.window.evaluate(async (origin) => {
      const marks: Record<string, boolean> = {};
      Reflect.set(globalThis, 'marks', marks);
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.marks.inline = true';
      document.head.append(inline);
      const foreign = document.createElement('script');
      foreign.src = `${origin}/foreign.js`;
      const data = document.createElement('script');
      data.src = 'data:text/javascript,globalThis.marks.data = true';
      const blob = document.createElement('script');
      blob.src = URL.createObjectURL(new Blob(['globalThis.marks.blob = true'], { type: 'text/javascript' }));
      document.head.append(foreign, data, blob);
      const holder = document.createElement('div');
      holder.innerHTML = '<img src="/nothing.png" onerror="globalThis.marks.handler = true">';
      const link = document.createElement('a');
      link.href = 'javascript:globalThis.marks.link = true';
      document.body.append(holder, link);
      link.click();
      await new Promise((resolve) => setTimeout(resolve, 600));
      for (const element of [inline, foreign, data, blob, holder, link]) element.remove();
      return marks;
    }, outsideOrigin);
    expect(ran).toEqual({});
    // From a script of the page's own, because the debugger's evaluation is outside of the policy.
    const evaluated = await desk.window.evaluate(
      () =>
        new Promise((resolve) => {
          setTimeout(() => {
            let outcome: unknown;
            try {
              const evaluate: unknown = Reflect.get(globalThis, 'eval');
              outcome = typeof evaluate === 'function' ? Reflect.apply(evaluate, null, ['1 + 1']) : 'none';
            } catch (error) {
              outcome = error instanceof Error ? error.name : 'refused';
            }
            resolve(outcome);
          }, 0);
        }),
    );
    expect(evaluated).toBe('EvalError');
  });

  it('sends nothing to another address, by whatever means', async () => {
    const outcome = await desk.window.evaluate(async (origin) => {
      const attempts: Record<string, string> = {};
      const attempt = async (name: string, work: () => Promise<unknown>): Promise<void> => {
        try {
          attempts[name] = String(await work());
        } catch {
          attempts[name] = 'refused';
        }
      };
      // Runs in the page, so it cannot be moved out of here.
      // oxlint-disable-next-line unicorn/consistent-function-scoping
      const loaded = (element: HTMLElement): Promise<string> =>
        new Promise((resolve) => {
          element.addEventListener('load', () => resolve('loaded'));
          element.addEventListener('error', () => resolve('refused'));
          setTimeout(() => resolve('refused'), 1_000);
          document.body.append(element);
        });
      await attempt('fetch', async () => (await fetch(`${origin}/fetch`)).status);
      await attempt('no-cors', async () => (await fetch(`${origin}/no-cors`, { mode: 'no-cors' })).type);
      await attempt('image', () => {
        const image = document.createElement('img');
        image.src = `${origin}/image.png`;
        return loaded(image);
      });
      await attempt('style', () => {
        const style = document.createElement('link');
        style.rel = 'stylesheet';
        style.href = `${origin}/style.css`;
        return loaded(style);
      });
      await attempt('frame', () => {
        const frame = document.createElement('iframe');
        frame.src = `${origin}/frame`;
        return loaded(frame).then((how) => {
          // A refused frame shows an error page, which counts as loaded; the server's own list says whether it was asked.
          frame.remove();
          return how === 'loaded' ? 'refused' : how;
        });
      });
      await attempt(
        'socket',
        () =>
          new Promise((resolve) => {
            const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`);
            socket.addEventListener('open', () => resolve('open'));
            socket.addEventListener('error', () => resolve('refused'));
          }),
      );
      await attempt('beacon', () =>
        Promise.resolve(navigator.sendBeacon(`${origin}/beacon`, 'x') ? 'queued' : 'refused'),
      );
      await attempt(
        'events',
        () =>
          new Promise((resolve) => {
            const events = new EventSource(`${origin}/events`);
            events.addEventListener('open', () => resolve('open'));
            events.addEventListener('error', () => {
              events.close();
              resolve('refused');
            });
          }),
      );
      await attempt(
        'worker',
        () =>
          new Promise((resolve) => {
            const worker = new Worker(URL.createObjectURL(new Blob([`fetch('${origin}/worker')`])));
            worker.addEventListener('error', () => resolve('refused'));
            setTimeout(() => resolve('refused'), 500);
          }),
      );
      const form = document.createElement('form');
      form.action = `${origin}/form`;
      form.method = 'post';
      document.body.append(form);
      form.submit();
      form.remove();
      await new Promise((resolve) => setTimeout(resolve, 500));
      return attempts;
    }, outsideOrigin);
    // A beacon is always taken; whether it goes is seen at the other end only.
    const { beacon: _beacon, ...others } = outcome;
    expect(others).toEqual(Object.fromEntries(Object.keys(others).map((name) => [name, 'refused'])));
    expect(arrived).toEqual([]);
  });
});

describe('the window', () => {
  it('does not leave its own address and opens no other window', async () => {
    const { window, app } = desk;
    const address = window.url();
    await window.evaluate(async (origin) => {
      globalThis.location.href = `${origin}/away`;
      await new Promise((resolve) => setTimeout(resolve, 400));
      globalThis.open(`${origin}/popup`);
      const link = document.createElement('a');
      link.href = `${origin}/blank`;
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.remove();
      await new Promise((resolve) => setTimeout(resolve, 400));
    }, outsideOrigin);
    expect(window.url()).toBe(address);
    expect(app.windows()).toHaveLength(1);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(arrived).toEqual([]);
    await goTo(desk, 'Today');
  });

  it('serves its own files only, and pictures only by the id of a page', async () => {
    const paths = [
      '/page/../../../../etc/passwd',
      '/..%2f..%2f..%2fetc%2fpasswd',
      '/%2e%2e/%2e%2e/main/index.js',
      '/..%5c..%5cmain%5cindex.js',
      '/%2e%2e%2fmain%2findex.js',
      '/assets/..%2f..%2fmain/index.js',
      '/%00index.html',
      '/index.html%00.png',
      '/%E0%A4%A',
      '/page/00000000-0000-4000-8000-000000000000/thumbnail',
      '/page/00000000-0000-4000-8000-000000000000/preview?sheet=1',
      '/page/00000000-0000-4000-8000-000000000000/original',
      '/page/..%2f..%2fsatchel.sqlite3/thumbnail',
      '/page/%27%20OR%201=1/thumbnail',
      '/satchel.sqlite3',
      '/../satchel.sqlite3',
      '/package.json',
      '/logs/satchel.log',
    ];
    const answers = await desk.window.evaluate(async (wanted) => {
      const found: [string, number, number][] = [];
      for (const path of wanted) {
        const answer = await fetch(path).catch(() => null);
        found.push([path, answer?.status ?? 0, (await answer?.arrayBuffer())?.byteLength ?? 0]);
      }
      return found;
    }, paths);
    expect(answers).toEqual(paths.map((path) => [path, 404, 0]));
    const post = await desk.window.evaluate(async () => (await fetch('/index.html', { method: 'POST' })).status);
    expect(post).toBe(404);
  });

  it('cancels requests that the content policy has no say in', async () => {
    const { window } = desk;
    const address = window.url();
    // A test runner's navigation asks neither the page's policy nor the navigation guard; the session still refuses it.
    const isReached = await window.goto(`${outsideOrigin}/straight`, { timeout: 10_000 }).then(
      (answer) => answer?.ok() === true,
      () => false,
    );
    expect(isReached).toBe(false);
    expect(arrived).toEqual([]);
    await until('the window to be back', () => window.goto(address).then(() => true));
    await goTo(desk, 'Today');
  });

  it('may use the camera and write to the clipboard, and nothing else', async () => {
    const states = await desk.window.evaluate(async () => {
      const asked: Record<string, string> = {};
      for (const name of ['geolocation', 'notifications', 'microphone', 'camera'] as const) {
        asked[name] = (await navigator.permissions.query({ name })).state;
      }
      return asked;
    });
    expect(states).toEqual({ geolocation: 'denied', notifications: 'denied', microphone: 'denied', camera: 'granted' });
  });

  it.each([
    ['the camera alone', { audio: false, video: true }, 'given'],
    ['the microphone', { audio: true, video: false }, 'NotAllowedError'],
    ['both', { audio: true, video: true }, 'NotAllowedError'],
  ])('asked for %s', async (_what, wanted, outcome) => {
    const got = await desk.window.evaluate(
      (constraints) =>
        navigator.mediaDevices.getUserMedia(constraints).then(
          (stream) => {
            for (const track of stream.getTracks()) track.stop();
            return 'given';
          },
          (error: unknown) => (error instanceof DOMException ? error.name : 'other'),
        ),
      wanted,
    );
    expect(got).toBe(outcome);
  });
});
