import { Agent, request } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { PeerCertificate } from 'node:tls';
import { clockDifference } from './date.ts';
import type { NetworkFacts, SeenCertificate } from './port.ts';
import { isLoopback } from './here.ts';

const LOOK_MS = 5_000;
const MAX_NAME_LENGTH = 200;

/**
 * Looks at the certificate of a host that was not trusted, for the report to IT: a connection of its own that asks for
 * `/` without a credential and reads nothing but the certificate and the `Date`. Never rejects; what cannot be seen is
 * left out.
 */
export function lookAtServer(
  target: URL,
  environment: Readonly<Record<string, string | undefined>>,
  now: () => number,
): Promise<NetworkFacts> {
  const agent = new Agent({
    keepAlive: false,
    // The whole point is to see what is not trusted. No request of the app's ever takes this way.
    rejectUnauthorized: false,
    ...(isLoopback(target.hostname) ? {} : { proxyEnv: { ...environment } }),
  });
  return new Promise((resolve) => {
    const began = now();
    let facts: NetworkFacts = {};
    const end = (): void => {
      looking.destroy();
      agent.destroy();
      resolve(facts);
    };
    const looking = request(
      {
        agent,
        method: 'HEAD',
        host: target.hostname.replace(/^\[|\]$/g, ''),
        port: target.port || 443,
        path: '/',
        timeout: LOOK_MS,
      },
      (answer) => {
        const clockOffByMs = clockDifference(answer.headers.date, began, now());
        facts = { ...facts, ...certificateOf(answer.socket), ...(clockOffByMs === null ? {} : { clockOffByMs }) };
        answer.resume();
        end();
      },
    );
    looking.on('socket', (socket) => {
      // Through a proxy it is secure already when it is handed over.
      facts = certificateOf(socket);
      socket.once('secureConnect', () => {
        facts = certificateOf(socket);
      });
    });
    looking.on('timeout', end);
    looking.on('error', end);
    setTimeout(end, LOOK_MS).unref();
    looking.end();
  });
}

function certificateOf(socket: unknown): { certificate?: SeenCertificate } {
  if (!(socket instanceof TLSSocket)) return {};
  const seen = socket.getPeerCertificate();
  const validFromMs = Date.parse(seen.valid_from);
  const validToMs = Date.parse(seen.valid_to);
  if (Number.isNaN(validFromMs) || Number.isNaN(validToMs)) return {};
  return {
    certificate: { issuer: nameOf(seen.issuer), subject: nameOf(seen.subject), validFromMs, validToMs },
  };
}

function nameOf(name: PeerCertificate['issuer']): string {
  const parts = [name.CN, name.O].flat().filter((part) => typeof part === 'string' && part !== '');
  return parts.join(', ').slice(0, MAX_NAME_LENGTH);
}
