import type { NetworkScanner, NetworkScanning } from '../../../shared/domain/index.ts';
import type { Announcement } from './discovery.ts';

/** Where what this PC knows about network scanners is kept. Durable when `set` returns. */
export interface NetworkScanningStore {
  get(): NetworkScanning;
  set(value: NetworkScanning): void;
}

/** A network scanner that can be asked now. */
export interface ReachableScanner {
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

/** The scanners that were added by their address or announce themselves, and the certificates that they have shown. */
export interface KnownScanners {
  isDiscovering(): boolean;
  /** What was heard last; forgets what was heard before. */
  announced(found: readonly Announcement[]): void;
  /** Those that were added first. */
  list(): ReachableScanner[];
  addressOf(id: string): string | null;
  /** Asks a scanner at the address that it names instead of its own, until it is listened for anew. */
  askAt(id: string, address: string): void;
  /** Whether the device at this origin may show this certificate. The first one that a device shows is remembered. */
  isAccepted(origin: string, fingerprint: string): boolean;
  /** Remembers one that a person added. Throws nothing: the same one is replaced. */
  add(scanner: ReachableScanner): void;
  /** Its address and its certificate. */
  forget(id: string): void;
}

/** One device under several names is the same by its UUID; without one, by where it is. */
export function idOf(uuid: string | null, address: string): string {
  return uuid === null || uuid === '' ? address : `uuid:${uuid.slice(0, 64)}`;
}

/** Announcements by device; the one with TLS, where a device has both. */
function byDevice(found: readonly Announcement[]): Map<string, ReachableScanner> {
  const devices = new Map<string, ReachableScanner>();
  for (const { uuid, name, address } of found) {
    const id = idOf(uuid, address);
    if (!devices.has(id) || address.startsWith('https:')) devices.set(id, { id, name, address });
  }
  return devices;
}

/**
 * Trust on first use: nobody signs a scanner's certificate, so the first one is remembered, by device, and from then on no
 * other is taken. What announces itself cannot talk Satchel out of the address or the TLS of a scanner that a person added.
 */
export function createKnownScanners(store: NetworkScanningStore): KnownScanners {
  let heard = new Map<string, ReachableScanner>();
  /** Where scanners said that they are asked, by id. */
  const elsewhere = new Map<string, string>();
  /** Certificates that were shown last, by origin, by devices that are not known yet. */
  const shown = new Map<string, string>();

  const kept = (id: string): NetworkScanner | undefined => store.get().scanners.find((scanner) => scanner.id === id);
  const keep = (scanner: NetworkScanner): void => {
    const { scanners, ...rest } = store.get();
    store.set({ ...rest, scanners: [...scanners.filter(({ id }) => id !== scanner.id), scanner] });
  };
  const list = (): ReachableScanner[] => {
    const added = store.get().scanners.filter(({ isAdded }) => isAdded);
    const isAdded = new Set(added.map(({ id }) => id));
    const all = [...added, ...[...heard.values()].filter(({ id }) => !isAdded.has(id))];
    return all.map(({ id, name, address }) => ({ id, name, address: elsewhere.get(id) ?? address }));
  };

  return {
    isDiscovering: () => store.get().isDiscovering,
    announced(found) {
      heard = byDevice(found);
      elsewhere.clear();
    },
    list,
    askAt(id, address) {
      elsewhere.set(id, address);
    },
    addressOf: (id) => list().find((scanner) => scanner.id === id)?.address ?? null,
    isAccepted(origin, fingerprint) {
      const scanner = list().find(({ address }) => new URL(address).origin === origin);
      if (scanner === undefined) {
        shown.set(origin, fingerprint);
        return true;
      }
      const remembered = kept(scanner.id);
      const before = remembered?.fingerprint ?? null;
      if (before !== null) return before === fingerprint;
      keep({ ...scanner, isAdded: remembered?.isAdded ?? false, fingerprint });
      return true;
    },
    add(scanner) {
      const fingerprint = kept(scanner.id)?.fingerprint ?? shown.get(new URL(scanner.address).origin) ?? null;
      keep({ ...scanner, isAdded: true, fingerprint });
    },
    forget(id) {
      const { scanners, ...rest } = store.get();
      store.set({ ...rest, scanners: scanners.filter((scanner) => scanner.id !== id) });
    },
  };
}
