import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from 'bonjour-service';
import { LONGEST_SCANNER_ADDRESS } from '../../../shared/domain/index.ts';
import { nameOf } from './capabilities.ts';

/** Devices answer within a second; one more for those that sleep. */
const LISTEN_MS = 2_000;
const MDNS_PORT = 5_353;
const MDNS_GROUP = '224.0.0.251';
const TYPES = ['uscan', 'uscans'] as const;

/** A scanner as it announces itself. Nobody has looked whether it is there, or what it says it is. */
export interface Announcement {
  readonly name: string;
  /** Lower case; null when it says none. */
  readonly uuid: string | null;
  /** `http://192.168.1.20:8080/eSCL`. */
  readonly address: string;
}

/** Who announces a scanner in this network. */
export interface Discovery {
  /** Takes seconds. Never rejects: without a network, or where a firewall keeps it away, there is none. */
  find(): Promise<Announcement[]>;
}

/**
 * The announcement that a service makes; null when it cannot be reached. Its own name (`….local`) is left out: Windows and
 * many a Linux do not resolve it.
 */
export function readService(
  service: Pick<Service, 'name' | 'type' | 'port' | 'addresses' | 'txt'>,
): Announcement | null {
  const host = service.addresses?.find((address) => isIPv4(address));
  if (host === undefined) return null;
  const txt: unknown = service.txt;
  const told = new Map(
    Object.entries(typeof txt === 'object' && txt !== null ? txt : {}).map(
      ([key, value]: [string, unknown]) => [key.toLowerCase(), String(value)] as const,
    ),
  );
  const root = (told.get('rs') ?? 'eSCL').replaceAll(/^\/+|\/+$/g, '');
  const scheme = service.type === 'uscans' ? 'https' : 'http';
  const written = `${scheme}://${host}:${service.port}/${root}`;
  if (!URL.canParse(written)) return null;
  const address = new URL(written).href;
  if (address.length > LONGEST_SCANNER_ADDRESS) return null;
  return { name: nameOf(told.get('ty') ?? service.name), uuid: told.get('uuid')?.toLowerCase() ?? null, address };
}

/**
 * A socket that hears and asks on one network card. Opened here and not by the library, which throws out of nowhere when the
 * port is taken, and asks on one card only: branches have a VPN beside their own network. Null: there is no way.
 */
async function openSocket(address: string): Promise<Socket | null> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject).bind(MDNS_PORT, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    socket.addMembership(MDNS_GROUP, address);
    socket.setMulticastInterface(address);
    return socket;
  } catch {
    socket.close();
    return null;
  }
}

async function listen(address: string, listenMs: number): Promise<Announcement[]> {
  const socket = await openSocket(address);
  if (socket === null) return [];
  // Loaded here and not at every start of the app.
  const { Bonjour } = await import('bonjour-service');
  // The library hands all of these on to its server, whose type names the port only.
  const opened = { socket, bind: false, port: MDNS_PORT };
  const bonjour = new Bonjour(opened, () => {});
  try {
    const browsers = TYPES.map((type) => bonjour.find({ type }));
    await wait(listenMs);
    return browsers.flatMap(({ services }) => services.flatMap((service) => readService(service) ?? []));
  } finally {
    bonjour.destroy();
  }
}

export interface MdnsOptions {
  readonly listenMs?: number;
  /** With `SATCHEL_MDNS=off` nothing is asked, for a whole PC or a test. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** By mDNS (RFC 6762, RFC 6763): `_uscan._tcp`, and `_uscans._tcp` for those with TLS. This PC's own are heard too (ipp-usb). */
export function createMdnsDiscovery({ listenMs = LISTEN_MS, env = process.env }: MdnsOptions = {}): Discovery {
  return {
    async find() {
      if (env['SATCHEL_MDNS'] === 'off') return [];
      const cards = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
      const found = await Promise.all(
        cards.filter(({ family }) => family === 'IPv4').map(({ address }) => listen(address, listenMs)),
      );
      return found.flat();
    },
  };
}
