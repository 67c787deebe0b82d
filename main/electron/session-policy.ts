import { session } from 'electron';
import type { App, WebContents } from 'electron';
import { URL } from 'node:url';
import type { Log } from '../logging/index.ts';
import { isOwnAddress } from './own-address.ts';

/** Headers of every answer to the window. Styles are files of the bundle; pictures come from the app's own scheme. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CLIPBOARD_WRITE = 'clipboard-sanitized-write';

/** The app's own page, and no frame within it. */
function isOwnPage(url: string | undefined, isMainFrame: boolean): boolean {
  return isMainFrame && isOwnAddress(url ?? '');
}

/**
 * The window has no network: every request that is not the app's own is cancelled, whatever started it. Permissions are
 * refused except writing to the clipboard ("copy the request id") and, for the app's own page, the camera (selfies): never
 * together with the microphone.
 */
export function applySessionPolicy(log: Log): void {
  const policy = session.defaultSession;
  policy.webRequest.onBeforeRequest((details, callback) => {
    const url = URL.parse(details.url);
    const isOwn =
      url !== null &&
      (url.protocol === 'app:' || url.protocol === 'data:' || url.protocol === 'blob:' || url.protocol === 'devtools:');
    if (!isOwn) log.warn('window.requestCancelled', { scheme: url?.protocol ?? null });
    callback({ cancel: !isOwn });
  });
  policy.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const isCamera = permission === 'media' && media.length === 1 && media[0] === 'video';
    callback(permission === CLIPBOARD_WRITE || (isCamera && isOwnPage(details.requestingUrl, details.isMainFrame)));
  });
  policy.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const isCamera = permission === 'media' && details.mediaType === 'video';
    return permission === CLIPBOARD_WRITE || (isCamera && isOwnPage(origin, details.isMainFrame));
  });
  policy.on('will-download', (event) => {
    event.preventDefault();
  });
}

/** No navigation away, no other window, no embedded view: for every web contents there ever is. */
export function guardNavigation(app: App, log: Log): void {
  const refuse = (event: { preventDefault(): void; url: string }): void => {
    if (isOwnAddress(event.url)) return;
    event.preventDefault();
    log.warn('window.navigationRefused', { scheme: URL.parse(event.url)?.protocol ?? null });
  };
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', refuse);
    contents.on('will-redirect', refuse);
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
