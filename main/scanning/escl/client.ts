import { NetworkError, textBody } from '../../network/index.ts';
import type { HttpPort, HttpResponse, NetworkErrorCode } from '../../network/index.ts';
import type { ScanState } from '../../../shared/domain/index.ts';
import { ScanStopped } from '../port.ts';
import { readCapabilities } from './capabilities.ts';
import type { EsclCapabilities } from './capabilities.ts';
import { hostFor } from './quirks.ts';
import type { HostHeader } from './quirks.ts';
import { readStatus } from './status.ts';
import type { EsclStatus } from './status.ts';
import type { XmlElement } from './xml.ts';

/** How long a device may be silent, in milliseconds. */
export interface Patience {
  /** For a question. */
  readonly answerMs: number;
  /** For a page: a lamp gets warm first, and some devices send nothing before the page is read to its end. */
  readonly pageMs: number;
}

export const USUAL_PATIENCE: Patience = { answerMs: 15_000, pageMs: 120_000 };

const DOCUMENT = '/NextDocument';
/** RFC 9110, 15.4. sane-airscan follows them too (airscan-http.c). */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_XML_BYTES = 1024 * 1024;
/** An A3 page at 600 dpi as PNG with the noise of a scanner has less. */
const MOST_PAGE_BYTES = 256 * 1024 * 1024;

/** Where a device listens. `root` begins with a slash and ends without one (`/eSCL`). */
export interface Endpoint {
  /** `http://192.168.1.20:8080`, as `URL.origin` has it. */
  readonly origin: string;
  readonly root: string;
}

/** Reads `http://host[:port]/root`. Throws when it is no address. */
export function endpointOf(address: string): Endpoint {
  const url = new URL(address);
  return { origin: url.origin, root: url.pathname.replace(/\/+$/, '') };
}

/** A device that says where else it is to be asked: mostly that it is asked with TLS only. */
export class AskElsewhere extends ScanStopped {
  /** As an address of the port is written: `https://192.168.1.20:443/eSCL`. */
  readonly address: string;
  constructor(address: string) {
    super('deviceError');
    this.name = 'AskElsewhere';
    this.address = address;
  }
}

/**
 * Where a redirect leads: the same device by another road. Its own name for its host is not believed, as with the address of a job, and
 * TLS is never given up for it. Null: it leads to anything else, such as a page for people.
 */
function elsewhere(location: string | undefined, { origin, root }: Endpoint, name: string): string | null {
  const asked = `${origin}${root}/${name}`;
  if (location === undefined || !URL.canParse(location, asked)) return null;
  const target = new URL(location, asked);
  const isWithout = target.protocol === 'http:' && origin.startsWith('https:');
  if (!/^https?:$/.test(target.protocol) || isWithout || !target.pathname.endsWith(`/${name}`)) return null;
  target.hostname = new URL(origin).hostname;
  return `${target.origin}${target.pathname.slice(0, -name.length - 1)}`;
}

/** One way of asking one device. Every method rejects with `ScanStopped`; what it asks ends with `signal`. */
export interface EsclClient {
  capabilities(signal: AbortSignal): Promise<EsclCapabilities>;
  status(signal: AbortSignal): Promise<EsclStatus>;
  /** The path to which jobs are posted, against which the address of a job is read (RFC 9110, 10.2.2). */
  readonly jobsPath: string;
  /** The answer to `POST ScanJobs`, whatever it is. */
  createJob(ticket: string, signal: AbortSignal): Promise<HttpResponse>;
  /** The answer to `GET …/NextDocument` of a job's path, whatever it is. */
  nextDocument(jobPath: string, signal: AbortSignal): Promise<HttpResponse>;
  deleteJob(jobPath: string, signal: AbortSignal): Promise<void>;
}

/** What it means for a scan that a request did not get its answer; everything else is a device that does not answer. */
const STATES: Partial<Readonly<Record<NetworkErrorCode, ScanState>>> = {
  aborted: 'cancelled',
  too_large: 'deviceError',
  tls: 'deviceError',
  other: 'deviceError',
};

function stateOf({ code }: NetworkError, isForPage: boolean): ScanState {
  if (code.startsWith('certificate_')) return 'otherCertificate';
  if (isForPage && (code === 'reset' || code === 'truncated')) return 'incompletePage';
  return STATES[code] ?? 'offline';
}

/**
 * Speaks eSCL (Mopria's eSCL specification) with one device over the port that is given. `host`: as the device wants it, once its
 * capabilities are known.
 */
export function createEsclClient(
  http: HttpPort,
  endpoint: Endpoint,
  patience: Patience,
  host: HostHeader = 'usual',
): EsclClient {
  const { origin, root } = endpoint;

  async function ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    signal: AbortSignal,
    more: { readonly body?: string; readonly silenceTimeoutMs?: number; readonly maxResponseBytes?: number } = {},
  ): Promise<HttpResponse> {
    const otherHost = hostFor(host, origin, method === 'POST');
    try {
      return await http.send({
        method,
        // Only ever to where the person or the announcement said, whatever host an answer names.
        url: `${origin}${path}`,
        headers: {
          ...(more.body === undefined ? {} : { 'content-type': 'text/xml' }),
          ...(otherHost === null ? {} : { host: otherHost }),
        },
        body: more.body === undefined ? null : textBody(more.body),
        signal,
        silenceTimeoutMs: more.silenceTimeoutMs ?? patience.answerMs,
        maxResponseBytes: more.maxResponseBytes ?? MOST_XML_BYTES,
      });
    } catch (error) {
      const isForPage = path.endsWith(DOCUMENT);
      if (error instanceof NetworkError) throw new ScanStopped(stateOf(error, isForPage), { cause: error });
      throw error;
    }
  }

  async function read(name: string, signal: AbortSignal): Promise<{ root: XmlElement; server: string }> {
    const { status, headers, body } = await ask('GET', `${root}/${name}`, signal);
    if (status === 401 || status === 403) throw new ScanStopped('accessDenied');
    if (status === 503) throw new ScanStopped('busy');
    const address = REDIRECTS.has(status) ? elsewhere(headers['location'], endpoint, name) : null;
    if (address !== null) throw new AskElsewhere(address);
    if (status !== 200) throw new ScanStopped('deviceError');
    const { parseXml } = await import('./parse-xml.ts');
    return { root: parseXml(body, name), server: headers['server'] ?? '' };
  }

  const jobsPath = `${root}/ScanJobs`;
  return {
    async capabilities(signal) {
      const answer = await read('ScannerCapabilities', signal);
      return readCapabilities(answer.root, answer.server);
    },
    status: async (signal) => readStatus((await read('ScannerStatus', signal)).root),
    jobsPath,
    createJob: (ticket, signal) => ask('POST', jobsPath, signal, { body: ticket }),
    nextDocument: (jobPath, signal) =>
      ask('GET', `${jobPath}${DOCUMENT}`, signal, {
        silenceTimeoutMs: patience.pageMs,
        maxResponseBytes: MOST_PAGE_BYTES,
      }),
    deleteJob: async (jobPath, signal) => {
      await ask('DELETE', jobPath, signal);
    },
  };
}
