import { networkInterfaces } from 'node:os';

/** This PC itself: never through a proxy, whatever the environment says (as Chromium does). */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(hostname);
}

export function hasNetworkCard(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal) === true);
}

/** The network cards' addresses as one text: another text is another network. */
export function networkLooks(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, addresses]) =>
      (addresses ?? []).map(({ address, internal }) => (internal ? '' : `${name} ${address}`)),
    )
    .sort()
    .join(' ');
}
