import type { NetworkScanner, NetworkScannerTest, NetworkScanningView } from '../../../shared/domain/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { HttpPort } from '../../network/index.ts';
import { ScanStopped } from '../port.ts';
import { addressesMeant } from './address.ts';
import { capabilitiesOf, nameOf } from './capabilities.ts';
import type { EsclCapabilities } from './capabilities.ts';
import { AskElsewhere, USUAL_PATIENCE, createEsclClient, endpointOf } from './client.ts';
import type { Patience } from './client.ts';
import { idOf } from './known.ts';
import type { KnownScanners, NetworkScanningStore } from './known.ts';

export interface NetworkScannersOptions {
  readonly http: HttpPort;
  readonly known: KnownScanners;
  readonly store: NetworkScanningStore;
  /** Which scanners there are has changed. */
  readonly onChange: () => void;
  readonly patience?: Patience;
}

/** Two that a person may mean, and where each of them may say that it is asked. */
const MOST_ADDRESSES = 4;

export type NetworkScanners = ReturnType<typeof createNetworkScanners>;

function failureOf(code: string, kind: 'conflict' | 'invalid_input' | 'not_found' = 'conflict'): SatchelFailure {
  return new SatchelFailure({
    code: kind,
    message: { code, params: { page: 1 } },
    ...(kind === 'invalid_input' ? { field: 'address' } : {}),
  });
}

/** What it says to a person that an address could not be asked. Something that answers otherwise is no scanner. */
function sentenceOf(error: ScanStopped): string {
  return error.state === 'deviceError' ? 'scanner.noEscl' : `scan.${error.state}`;
}

function assertUsable({ sources }: EsclCapabilities): void {
  if (sources.length === 0) throw failureOf('scanner.noUsableSource');
}

/** The network scanners that this PC remembers: added by address, tested, forgotten. Every method throws `SatchelFailure`. */
export function createNetworkScanners({ http, known, store, onChange, patience }: NetworkScannersOptions) {
  function ask(address: string): Promise<EsclCapabilities> {
    const client = createEsclClient(http, endpointOf(address), patience ?? USUAL_PATIENCE);
    return client.capabilities(new AbortController().signal);
  }

  /** The first of several addresses at which a scanner answers, or why the last one is none. */
  async function askFirst(addresses: readonly string[]): Promise<{ address: string; capabilities: EsclCapabilities }> {
    let last: ScanStopped | null = null;
    const toAsk = [...addresses];
    // A list that grows while it is walked: what is asked elsewhere comes last, and each address once.
    for (const address of toAsk) {
      try {
        return { address, capabilities: await ask(address) };
      } catch (error) {
        if (!(error instanceof ScanStopped)) throw error;
        if (error instanceof AskElsewhere && toAsk.length < MOST_ADDRESSES && !toAsk.includes(error.address)) {
          toAsk.push(error.address);
        }
        // A certificate that is refused must not end in asking without one.
        if (error.state === 'otherCertificate') throw failureOf(sentenceOf(error));
        // What answered in some way says more than what did not.
        if (last === null || error.state !== 'offline') last = error;
      }
    }
    throw last === null ? failureOf('scanner.addressUnclear', 'invalid_input') : failureOf(sentenceOf(last));
  }

  function remembered(id: string): NetworkScanner {
    const scanner = store.get().scanners.find((candidate) => candidate.id === id);
    if (scanner === undefined) throw failureOf('scan.offline', 'not_found');
    return scanner;
  }

  function answerOf(id: string, { sources }: EsclCapabilities): NetworkScannerTest {
    return { scanner: remembered(id), sources: sources.map(capabilitiesOf) };
  }

  const view = (): NetworkScanningView => store.get();

  return {
    view,
    setDiscovering(isDiscovering: boolean): NetworkScanningView {
      store.set({ ...store.get(), isDiscovering });
      onChange();
      return view();
    },
    /** Asks what answers there, with TLS before without, and remembers it when it is a scanner that can be used. */
    async add(typed: string): Promise<NetworkScannerTest> {
      const { address, capabilities } = await askFirst(addressesMeant(typed));
      assertUsable(capabilities);
      const id = idOf(capabilities.uuid, address);
      known.add({ id, name: capabilities.model === '' ? nameOf(new URL(address).host) : capabilities.model, address });
      onChange();
      return answerOf(id, capabilities);
    },
    async test(id: string): Promise<NetworkScannerTest> {
      const { capabilities } = await askFirst([remembered(id).address]);
      assertUsable(capabilities);
      return answerOf(id, capabilities);
    },
    forget(id: string): NetworkScanningView {
      known.forget(id);
      onChange();
      return view();
    },
  };
}
