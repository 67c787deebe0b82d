import { TLSSocket } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import type { Dispatcher } from 'undici';
import { hasNetworkCard } from './here.ts';
import { SILENCE_MS } from './port.ts';
import type { NetworkFacts } from './port.ts';
import type { RoadMap } from './roads.ts';

/** A device in the same building answers in milliseconds or is off. */
const CONNECT_TIMEOUT_MS = 5_000;

export interface DirectOptions {
  /**
   * Asked for each new secure connection, before a byte of a request leaves: whether this origin (`https://10.0.0.5:443`)
   * may show the certificate with this SHA-256 fingerprint (upper-case hexadecimal pairs with colons, as browsers show it).
   */
  readonly isAccepted: (origin: string, fingerprint: string) => boolean;
}

/** In the form of Node's own certificate errors, for faults.ts. */
class CertificateNotAccepted extends Error {
  readonly code = 'CERT_NOT_ACCEPTED';
}

/**
 * Roads to devices in the branch's own network (docs/adr/0041-network-scanners.md).
 *
 * Never through a proxy: the company's proxy stands at the way out, does not know the branch's addresses, and pages on their
 * way from the next desk have no business there. No authority signs a scanner's certificate, so it is not judged by the
 * system's store but by whether it is the one that was seen before. Every request has a connection of its own: small
 * servers close idle ones in the moment in which the next request leaves, and a scan job cannot be asked for twice.
 */
export class DirectRoads implements RoadMap {
  readonly silenceMs = SILENCE_MS;
  readonly #agent: Agent;

  constructor({ isAccepted }: DirectOptions) {
    const connect = buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      rejectUnauthorized: false,
      allowH2: false,
      // A session that goes on shows no certificate.
      maxCachedSessions: 0,
    });
    this.#agent = new Agent({
      allowH2: false,
      pipelining: 0,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (target, callback) => {
        connect(target, (...[error, socket]: Parameters<buildConnector.Callback>) => {
          if (error !== null) callback(error, null);
          else if (socket instanceof TLSSocket && !isAccepted(originOf(target), fingerprintOf(socket))) {
            socket.destroy();
            callback(new CertificateNotAccepted('a device shows another certificate than before'), null);
          } else callback(null, socket);
        });
      },
    });
  }

  to(): Dispatcher {
    return this.#agent;
  }

  isOfProxy(): boolean {
    return false;
  }

  hasNetwork(): boolean {
    return hasNetworkCard();
  }

  lookAt(): Promise<NetworkFacts> {
    return Promise.resolve({});
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

function originOf({ protocol, hostname, port }: buildConnector.Options): string {
  return new URL(`${protocol}//${hostname}:${port}`).origin;
}

/** Empty when the other side shows none, which no remembered one equals. */
function fingerprintOf(socket: TLSSocket): string {
  return socket.getPeerX509Certificate()?.fingerprint256 ?? '';
}
