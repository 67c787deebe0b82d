/**
 * Stock Chromium cannot navigate to a custom scheme, so `app://bundle/x` is shown as `https://bundle.app.localhost/x`
 * and answered from inside the host. This file holds the mapping; the app only ever sees its own scheme.
 */

const SUFFIX = 'localhost';

const schemes = new Set<string>();

/** Registers a standard custom scheme (protocol.registerSchemesAsPrivileged). */
export function registerScheme(scheme: string): void {
  schemes.add(scheme);
}

/** True for a scheme the app has registered as standard. */
export function isRegisteredScheme(scheme: string): boolean {
  return schemes.has(scheme);
}

/** `app://bundle/x` → `https://bundle.app.localhost/x`; anything else is returned unchanged. */
export function toPageUrl(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  const [, scheme, host, rest] = match ?? [];
  if (scheme === undefined || host === undefined || !schemes.has(scheme.toLowerCase())) return url;
  const path = rest === undefined || rest === '' ? '/' : rest;
  return `https://${host}.${scheme.toLowerCase()}.${SUFFIX}${path}`;
}

/** `https://bundle.app.localhost/x` → `app://bundle/x`; anything else is returned unchanged. */
export function toAppUrl(url: string): string {
  const match = /^https:\/\/(.+)\.([a-z][a-z0-9+-]*)\.localhost(?=[/?#]|$)(.*)$/is.exec(url);
  const [, host, scheme, rest] = match ?? [];
  if (host === undefined || scheme === undefined || !schemes.has(scheme)) return url;
  return `${scheme}://${host}${rest ?? ''}`;
}

/** The origin of a page URL as Electron reports it: a standard custom scheme has one, unlike in Node's URL. */
export function originOf(appUrl: string): string {
  if (!URL.canParse(appUrl)) return 'null';
  const url = new URL(appUrl);
  return schemes.has(url.protocol.slice(0, -1)) ? `${url.protocol}//${url.host}` : url.origin;
}

/**
 * Rewrites a response's policy for the mapped URLs: beside a source `app:` it allows `https://*.app.localhost`. The
 * source itself stays, because an image or a script with a literal `app:` address works too.
 */
export function mapContentSecurityPolicy(policy: string): string {
  return policy
    .split(';')
    .map((directive) =>
      directive
        .split(/(\s+)/)
        .map((source) => {
          const scheme = source.toLowerCase().replace(/:$/, '');
          if (source.endsWith(':') && schemes.has(scheme)) return `${source} https://*.${scheme}.${SUFFIX}`;
          const mapped = toPageUrl(source);
          return mapped === source ? source : `${source} ${mapped.replace(/\/$/, '')}`;
        })
        .join(''),
    )
    .join(';');
}
