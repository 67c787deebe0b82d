import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request may come in at all. A page of some website may reach this port under a name of its own (DNS rebinding), by
 * a form or by a script: its request names a foreign host or an origin. A program names no origin. The one page that may name
 * its own is ours, at the address that was printed, and only for its own files and the calls under /practice/ (which want the
 * token as well): `isOfPage`. A browser names the origin for module scripts and every POST, also within one origin.
 */
export function mayCall(
  headers: IncomingHttpHeaders,
  asked: { readonly port: number; readonly isOfPage: boolean },
): boolean {
  const own = `127.0.0.1:${asked.port}`;
  const host = headers.host?.toLowerCase();
  if (host !== own && host !== `localhost:${asked.port}`) return false;
  const { origin } = headers;
  return origin === undefined || (asked.isOfPage && host === own && origin === `http://${own}`);
}
