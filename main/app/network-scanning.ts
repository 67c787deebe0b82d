import type { WritableDatabase } from '../database/index.ts';
import { openDirectHttp } from '../network/index.ts';
import type { HttpPort } from '../network/index.ts';
import {
  createEsclDriver,
  createKnownScanners,
  createMdnsDiscovery,
  createNetworkScanners,
} from '../scanning/index.ts';
import type { NetworkScanners, NetworkScanningStore, ScannerDriver } from '../scanning/index.ts';
import { NETWORK_SCANNING, readSetting, writeSetting } from '../settings/index.ts';

/** Network scanners: what this PC remembers of them, the way to them, and the driver. */
export interface NetworkScanningParts {
  readonly driver: ScannerDriver;
  readonly scanners: NetworkScanners;
  close(): Promise<void>;
}

/** Opens the way to the branch's devices at the first request: most starts of the app scan nothing. */
export function createNetworkScanning(db: WritableDatabase, onChange: () => void): NetworkScanningParts {
  const store: NetworkScanningStore = {
    get: () => readSetting(db, NETWORK_SCANNING),
    set: (value) => {
      writeSetting(db, NETWORK_SCANNING, value);
    },
  };
  const known = createKnownScanners(store);
  let direct: ReturnType<typeof openDirectHttp> | null = null;
  const http: HttpPort = {
    async send(request) {
      direct ??= openDirectHttp({
        isAccepted: (origin, fingerprint) => known.isAccepted(origin, fingerprint),
      });
      return (await direct).send(request);
    },
  };
  return {
    driver: createEsclDriver({ http, known, discovery: createMdnsDiscovery() }),
    scanners: createNetworkScanners({ http, known, store, onChange }),
    async close() {
      await (await direct)?.close();
    },
  };
}
