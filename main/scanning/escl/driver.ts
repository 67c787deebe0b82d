import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpPort } from '../../network/index.ts';
import { createAnswers } from '../answers.ts';
import { ScanStopped } from '../port.ts';
import type { Device, ScannerDriver, ScanSettings, ScanWatch } from '../port.ts';
import { capabilitiesOf, pixelsOf } from './capabilities.ts';
import type { EsclCapabilities, EsclSource } from './capabilities.ts';
import { AskElsewhere, USUAL_PATIENCE, createEsclClient, endpointOf } from './client.ts';
import type { EsclClient, Patience } from './client.ts';
import type { Discovery } from './discovery.ts';
import { USUAL_WAITING, startJob } from './job.ts';
import type { ScanJob, Waiting } from './job.ts';
import type { KnownScanners } from './known.ts';
import type { HostHeader } from './quirks.ts';
import { regionOf, scanTicket } from './ticket.ts';

export interface EsclDriverOptions {
  /** Straight to the branch's own devices (`openDirectHttp`). */
  readonly http: HttpPort;
  readonly known: KnownScanners;
  readonly discovery: Discovery;
  readonly patience?: Patience;
  readonly waiting?: Waiting;
}

const EXTENSIONS: Readonly<Record<EsclSource['mediaType'], string>> = { 'image/jpeg': 'jpg', 'image/png': 'png' };

/**
 * Network scanners without a driver of their maker: eSCL, which AirPrint and Mopria devices speak (docs/adr/0041). Devices
 * are those that were added by their address and those that announce themselves.
 */
export function createEsclDriver(options: EsclDriverOptions): ScannerDriver {
  const { http, known, discovery } = options;

  function clientOf(name: string, host?: HostHeader): EsclClient {
    const address = known.addressOf(name);
    if (address === null) throw new ScanStopped('offline');
    return createEsclClient(http, endpointOf(address), options.patience ?? USUAL_PATIENCE, host);
  }

  const ask = (name: string): Promise<EsclCapabilities> => clientOf(name).capabilities(new AbortController().signal);

  /** One that says that it is asked elsewhere is asked there, once. */
  const asked = createAnswers<EsclCapabilities>(async (name) => {
    try {
      return await ask(name);
    } catch (error) {
      if (!(error instanceof AskElsewhere)) throw error;
      known.askAt(name, error.address);
      return ask(name);
    }
  });

  return {
    id: 'escl',
    isAvailable: () => true,
    async list() {
      asked.forget();
      known.announced(known.isDiscovering() ? await discovery.find() : []);
      return known.list().map(({ id, name, address }): Device => ({
        name: id,
        vendor: '',
        model: name,
        via: `eSCL, ${new URL(address).host}`,
      }));
    },
    async capabilities(name) {
      const { sources } = await asked.of(name);
      if (sources.length === 0) throw new ScanStopped('unsupported');
      return sources.map(capabilitiesOf);
    },
    async scan(name, settings, folder, watch) {
      const { sources, host } = await asked.of(name);
      const source = sources.find((candidate) => candidate.source === settings.source);
      if (source === undefined) throw new ScanStopped('unsupported');
      const client = clientOf(name, host);
      await assertPaper(client, source, watch.signal);
      const job = await startJob(scanTicket(source, settings), {
        client,
        source: source.source,
        waiting: options.waiting ?? USUAL_WAITING,
        signal: watch.signal,
      });
      try {
        await fetchPages(job, { source, settings, folder, watch });
      } finally {
        await job.end();
      }
    },
  };
}

/** An empty feeder is told before the job: some devices take one and then call it a jam. */
async function assertPaper(client: EsclClient, { source }: EsclSource, signal: AbortSignal): Promise<void> {
  if (source === 'flatbed') return;
  const { feeder } = await client.status(signal);
  if (feeder === 'ScannerAdfEmpty') throw new ScanStopped('feederEmpty');
}

interface Fetching {
  readonly source: EsclSource;
  readonly settings: ScanSettings;
  readonly folder: string;
  readonly watch: ScanWatch;
}

/** Page after page as the device has them. The next one is fetched while the one before is taken in, and no further. */
async function fetchPages(job: ScanJob, { source, settings, folder, watch }: Fetching): Promise<void> {
  const region = regionOf(source, settings.size);
  const expectedWidth = pixelsOf(region.width, settings.dpi);
  let takenIn: Promise<void> = Promise.resolve();
  try {
    for (let count = 0; ; count += 1) {
      watch.onProgress(count + 1, null);
      const bytes = await job.next(count);
      await takenIn;
      if (bytes === null) return;
      const path = join(folder, `p${String(count + 1).padStart(3, '0')}.${EXTENSIONS[source.mediaType]}`);
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
      takenIn = watch.onPage({ path, mediaType: source.mediaType, expectedWidth });
      // Said again when it is waited for.
      takenIn.catch(() => undefined);
      if (source.source === 'flatbed') break;
    }
  } finally {
    // Pages that were whole are handed over however the scan ends; what refused one is what is told.
    await takenIn;
  }
}
