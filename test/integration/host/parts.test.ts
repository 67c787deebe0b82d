// What comes from another process, or back out of a codec, has no type to check it by.
// oxlint-disable typescript/no-unsafe-type-assertion

import { describe, expect, it } from 'vitest';
import { withUtf8Names } from '../../host/chromium.ts';
import { codec } from '../../host/codec.ts';
import { guardObject } from '../../host/guard.ts';
import { mapContentSecurityPolicy, originOf, registerScheme, toAppUrl, toPageUrl } from '../../host/urls.ts';

registerScheme('app');

describe('the URL mapping', () => {
  it.each([
    ['app://bundle/index.html?a=1#b', 'https://bundle.app.localhost/index.html?a=1#b'],
    ['app://bundle/', 'https://bundle.app.localhost/'],
    ['https://example.com/app://x', 'https://example.com/app://x'],
    ['file:///etc/hosts', 'file:///etc/hosts'],
  ])('maps %s both ways', (appUrl, pageUrl) => {
    expect([toPageUrl(appUrl), toAppUrl(pageUrl)]).toEqual([pageUrl, appUrl]);
  });

  it('leaves look-alikes alone', () => {
    expect(toAppUrl('https://bundle.app.localhost.evil.test/')).toBe('https://bundle.app.localhost.evil.test/');
    expect(toAppUrl('https://bundle.other.localhost/')).toBe('https://bundle.other.localhost/');
  });

  it('knows the origin of an app address', () => {
    expect([originOf('app://bundle/x'), originOf('https://a.test/x'), originOf('')]).toEqual([
      'app://bundle',
      'https://a.test',
      'null',
    ]);
  });

  it('maps sources of a policy', () => {
    expect(mapContentSecurityPolicy("default-src 'self'; img-src app: data:; connect-src app://bundle")).toBe(
      "default-src 'self'; img-src app: https://*.app.localhost data:; connect-src app://bundle https://bundle.app.localhost",
    );
  });
});

describe('file names', () => {
  it('are UTF-8 for Chromium in every locale, and nothing else of it changes', () => {
    const german = { LANG: 'de_DE.UTF-8', LANGUAGE: 'de' };
    expect(withUtf8Names(german)).toBe(german);
    expect(withUtf8Names({ HOME: '/root' })).toEqual({ HOME: '/root', LC_CTYPE: 'C.UTF-8' });
    expect(withUtf8Names({ LANG: 'de_DE', LC_ALL: '' })).toEqual({ LANG: 'de_DE', LC_CTYPE: 'C.UTF-8' });
    expect(withUtf8Names({ LC_ALL: 'C', LANG: 'de_DE.UTF-8' })).toEqual({ LANG: 'de_DE.UTF-8', LC_CTYPE: 'C.UTF-8' });
  });
});

describe('the codec', () => {
  it('keeps shared references, errors and odd keys', () => {
    const shared = { value: 1 };
    const back = codec.decode(
      codec.encode({
        a: shared,
        b: shared,
        error: new RangeError('far'),
        ['__proto__']: 'key',
        list: [undefined, null],
      }),
    ) as Record<string, unknown>;
    expect(back['a']).toBe(back['b']);
    expect(back['error']).toBeInstanceOf(RangeError);
    expect(back['error']).toHaveProperty('message', 'far');
    expect(back['list']).toEqual([undefined, null]);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  });

  it('turns a Buffer that is part of a larger one into exactly its bytes', () => {
    const back = codec.decode(codec.encode(Buffer.from('abcdef').subarray(2, 4)));
    expect(back).toEqual(new Uint8Array([99, 100]));
  });

  it.each([[() => {}], [Symbol('x')], [new WeakMap()], [Promise.resolve()]])('refuses %s', (value) => {
    expect(() => codec.encode({ value })).toThrow('An object could not be cloned.');
  });
});

describe('the guard', () => {
  it('throws by name for what is missing and lets tests replace what is there', async () => {
    const shell: Record<string, unknown> = guardObject('shell', { open: () => 1 });
    expect(() => shell['beep']).toThrow('electron-host: shell.beep is not implemented');
    shell['open'] = () => 2;
    expect((shell['open'] as () => number)()).toBe(2);
    // Neither awaiting it nor printing it may throw.
    expect(await Promise.resolve(shell)).toBe(shell);
    expect(() => JSON.stringify(shell)).not.toThrow();
  });
});
