import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { CONTENT_SECURITY_POLICY } from './session-policy.ts';

/** Pictures of a page for people, by page id. `null`: no such page, or not readable. */
export interface PagePictures {
  thumbnail(pageId: string): Promise<Uint8Array | null>;
  /** `sheet` counts from 1; `isWhole`: as it was captured, in place of the working copy. */
  preview(pageId: string, wanted: { sheet: number; isWhole: boolean }): Promise<Uint8Array | null>;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

const PAGE_PATH = /^\/page\/([0-9a-f-]{36})\/(thumbnail|preview)$/;

const COMMON_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

function answer(status: number, body: Uint8Array | null, contentType: string, cacheControl: string): Response {
  return new Response(body === null ? null : new Uint8Array(body), {
    status,
    headers: { ...COMMON_HEADERS, 'content-type': contentType, 'cache-control': cacheControl },
  });
}

/** The named file's path below the window's folder, or null for anything that would leave it or cannot be decoded. */
function relativePath(pathname: string): string | null {
  try {
    const relative = normalize(decodeURIComponent(pathname)).replace(/^[/\\]+/, '');
    return relative.split(sep).includes('..') || relative.includes('\0') ? null : relative;
  } catch {
    return null;
  }
}

const notFound = (): Response => answer(404, null, 'text/plain', 'no-store');

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * Serves the window's own files and page pictures under app://bundle/. Only files below `rendererDirectory` can be named;
 * pictures are decrypted for the answer and never cached on disk.
 */
export function handleAppScheme(rendererDirectory: string, pictures: PagePictures): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'bundle' || request.method !== 'GET') return notFound();
    const page = PAGE_PATH.exec(url.pathname);
    if (page !== null) {
      const [, pageId = '', kind] = page;
      const sheet = Number.parseInt(url.searchParams.get('sheet') ?? '1', 10);
      const bytes =
        kind === 'thumbnail'
          ? await pictures.thumbnail(pageId)
          : await pictures.preview(pageId, {
              sheet: Number.isSafeInteger(sheet) && sheet > 0 ? sheet : 1,
              isWhole: url.searchParams.has('whole'),
            });
      return bytes === null ? notFound() : answer(200, bytes, 'image/jpeg', 'no-store');
    }
    const relative = relativePath(url.pathname);
    if (relative === null) return notFound();
    const file = join(rendererDirectory, relative === '' ? 'index.html' : relative);
    const contentType = CONTENT_TYPES[extname(file)];
    if (contentType === undefined) return notFound();
    try {
      return answer(200, await readFile(file), contentType, 'no-cache');
    } catch {
      return notFound();
    }
  });
}
