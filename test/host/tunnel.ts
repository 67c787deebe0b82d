/** The road through a proxy, as Chromium takes it: a tunnel for https, and never for this PC itself. */

import http from 'node:http';
import tls from 'node:tls';
import { notImplemented } from './guard.ts';

export interface ProxyAddress {
  readonly hostname: string;
  readonly port: number;
}

/** What came of asking a proxy for a tunnel. */
export type Tunnel =
  | { readonly kind: 'open'; readonly socket: tls.TLSSocket }
  /** The proxy answered, and not with a tunnel. Chromium lets nobody read the body of such an answer. */
  | { readonly kind: 'refused'; readonly message: http.IncomingMessage }
  | { readonly kind: 'unreachable' };

/** Of Electron's `session.setProxy`: one proxy for everything, or none. */
export function proxyOf(config: Electron.ProxyConfig): ProxyAddress | null {
  const { mode = config.proxyRules === undefined ? 'direct' : 'fixed_servers', proxyRules = '', ...others } = config;
  const [other] = Object.keys(others);
  if (other !== undefined) throw notImplemented(`session.setProxy option '${other}'`);
  if (mode === 'direct') return null;
  const [, hostname, port] = /^(?:http:\/\/)?([\w.-]+):(\d+)$/.exec(proxyRules) ?? [];
  if (mode !== 'fixed_servers' || hostname === undefined) {
    throw notImplemented(`session.setProxy mode '${mode}' with '${proxyRules}'`);
  }
  return { hostname, port: Number(port) };
}

/** https://chromium.googlesource.com/chromium/src/+/main/net/docs/proxy.md#implicit-bypass-rules */
export function isBypassed({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.|\[::1\])/.test(hostname);
}

/** Asks the proxy for a tunnel to the host of `url`, and begins TLS in it. `answer` is called once. */
export function openTunnel(proxy: ProxyAddress, url: URL, answer: (tunnel: Tunnel) => void): void {
  const target = `${url.hostname}:${url.port === '' ? 443 : url.port}`;
  const asked = http.request({
    host: proxy.hostname,
    port: proxy.port,
    method: 'CONNECT',
    path: target,
    headers: { host: target },
    agent: false,
  });
  asked.once('connect', (message, socket) => {
    if (message.statusCode === 200) {
      answer({ kind: 'open', socket: tls.connect({ socket, servername: url.hostname }) });
      return;
    }
    socket.destroy();
    answer({ kind: 'refused', message });
  });
  asked.once('error', () => answer({ kind: 'unreachable' }));
  asked.end();
}
