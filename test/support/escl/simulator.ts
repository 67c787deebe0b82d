/**
 * A network scanner made of software, that speaks eSCL over real HTTP or HTTPS and can do wrong what real ones do wrong.
 * It shares no code with the client; that it behaves as a scanner does is shown by Debian's sane-airscan, which scans from it
 * (test/integration/scanning/escl-simulator.test.ts).
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Bonjour } from 'bonjour-service';
import type { Issued } from '../certificates.ts';
import { capabilitiesXml, readTicket, statusXml } from './answers.ts';
import type { Ticket, ToldJob } from './answers.ts';
import { pageBytes } from './pages.ts';
import { HEALTHY } from './switches.ts';
import type { EsclSwitches } from './switches.ts';

export interface EsclSimulator {
  /** `http://127.0.0.1:40123/eSCL`. */
  readonly address: string;
  readonly port: number;
  /** Can be changed at any time. */
  readonly switches: EsclSwitches;
  /** Method and path of every request, in order. */
  readonly requests: string[];
  /** `Host` headers that were not the server's own. */
  readonly oddHosts: string[];
  /** The tickets of the jobs that it took. */
  readonly tickets: Ticket[];
  /** When the last byte of the last page left, in milliseconds since 1970; null: none has. */
  readonly lastPageAt: () => number | null;
  /** The state of each job, in order. */
  jobStates(): string[];
  /** Puts everything back to how it was started, except for these. */
  heal(switches?: Partial<EsclSwitches>): void;
  /** Announces itself by mDNS, until it closes. */
  announce(): void;
  close(): Promise<void>;
}

interface Job {
  readonly uri: string;
  readonly ticket: Ticket | null;
  /** Pages in all. */
  readonly pages: number;
  given: number;
  waits: number;
  early: number;
  /** When the last page was given, in the time of `performance.now()`. */
  givenAt: number;
  state: ToldJob['state'];
  reason: string;
}

const DOCUMENT = /^(\/eSCL\/ScanJobs\/[^/]+)\/NextDocument$/;
/** Pieces in which a page leaves. */
const PIECES = 8;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function text(answer: ServerResponse, status: number, body = ''): void {
  answer.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) }).end(body);
}

/** Starts one on a free port of this PC; with a certificate it speaks TLS only. */
export async function startEsclSimulator(
  initial: Partial<EsclSwitches> = {},
  certificate: Issued | null = null,
  port = 0,
): Promise<EsclSimulator> {
  const switches: EsclSwitches = { ...HEALTHY, ...initial };
  const requests: string[] = [];
  const oddHosts: string[] = [];
  const tickets: Ticket[] = [];
  const jobs: Job[] = [];
  const sockets = new Set<Socket>();
  let jobWaits = switches.jobWaits;
  let isJammed = false;
  let own = '';
  let lastPageAt: number | null = null;

  function feederState(): string | null {
    if (!switches.hasFeeder) return null;
    if (switches.feederState !== null) return switches.feederState;
    if (isJammed) return 'ScannerAdfJam';
    return switches.sheets > 0 ? 'ScannerAdfLoaded' : 'ScannerAdfEmpty';
  }

  const notYet = (answer: ServerResponse): void => {
    if (switches.retryAfter !== null) answer.setHeader('retry-after', String(switches.retryAfter));
    text(answer, 503);
  };

  function locationOf(path: string): string | null {
    const written = {
      usual: `${own}${path}`,
      wrongHost: `http://printer-7f3a.local:9095${path}`,
      pathOnly: path,
      relative: path.replace('/eSCL/', ''),
      hostile: `//elsewhere.example.invalid${path}`,
      none: null,
    };
    return written[switches.location];
  }

  async function createJob(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const ticket = readTicket(await bodyOf(request));
    if (switches.jobRefusal !== null) return text(answer, switches.jobRefusal);
    if (switches.isOnlyLocalhost && request.headers.host !== 'localhost') return text(answer, 403);
    if (switches.isBusy || jobs.some(({ state }) => state === 'Processing')) return text(answer, 409);
    if (jobWaits > 0) {
      jobWaits -= 1;
      return notYet(answer);
    }
    const path = `/eSCL/ScanJobs/${randomUUID()}`;
    const pages = ticket?.isFeeder === true ? switches.sheets * (ticket.isDuplex ? 2 : 1) : 1;
    jobs.push({
      uri: path,
      ticket,
      pages,
      given: 0,
      waits: switches.pageWaits,
      early: switches.earlyAnswers,
      givenAt: -Infinity,
      state: 'Processing',
      reason: 'JobScanning',
    });
    if (ticket !== null) tickets.push(ticket);
    if (switches.jobDelayMs > 0) await wait(switches.jobDelayMs);
    const location = locationOf(path);
    if (location !== null) answer.setHeader('location', location);
    text(answer, 201);
  }

  function endJob(job: Job, state: Job['state'], reason: string): void {
    job.state = state;
    job.reason = reason;
  }

  /** What happens instead of the next page; true: it was answered. */
  function isInstead(job: Job, page: number, answer: ServerResponse): boolean {
    const isEnd = page > job.pages;
    if (job.state !== 'Processing' || (isEnd && job.ticket?.isFeeder !== true)) {
      if (job.state === 'Processing') endJob(job, 'Completed', 'JobCompletedSuccessfully');
      text(answer, 404);
    } else if (job.ticket === null) {
      endJob(job, 'Aborted', 'InvalidScanTicket');
      text(answer, 404);
    } else if (page === switches.jamAtPage) {
      isJammed = true;
      endJob(job, 'Aborted', 'ResourcesAreNotReady');
      if (switches.jamAnswer === 'emptyBody') answer.writeHead(200, { 'content-type': 'image/jpeg' }).end();
      else text(answer, switches.jamAnswer);
    } else if (page === switches.abortAtPage) {
      endJob(job, 'Aborted', switches.abortReason);
      text(answer, 404);
    } else if (page === switches.cancelAtPage) {
      endJob(job, 'Canceled', 'JobCanceledByUser');
      text(answer, 410);
    } else if (performance.now() - job.givenAt < switches.restMs) {
      switches.feederState = 'ScannerAdfEmpty';
      endJob(job, 'Completed', 'JobCompletedSuccessfully');
      text(answer, 404);
    } else if (job.waits > 0) {
      job.waits -= 1;
      notYet(answer);
    } else if (job.early > 0) {
      job.early -= 1;
      text(answer, 404);
    } else if (isEnd) {
      if (!switches.isNeverOver) endJob(job, 'Completed', 'JobCompletedSuccessfully');
      text(answer, switches.emptyAnswer);
    } else return false;
    return true;
  }

  async function givePage(job: Job, ticket: Ticket, page: number, answer: ServerResponse): Promise<void> {
    const dpi = switches.otherDpi ?? ticket.dpi;
    const whole =
      switches.pictures[page - 1] ??
      (await pageBytes({
        page,
        width: Math.round(ticket.width * switches.paperShare),
        height: ticket.height,
        dpi,
        density: switches.density ?? dpi,
        densityIn: switches.densityIn,
        isGrey: ticket.isGrey,
        mediaType: ticket.mediaType,
      }));
    let bytes = page === switches.garbageAtPage ? Buffer.from('<html>not a picture</html>'.repeat(60)) : whole;
    if (page === switches.shortAtPage) bytes = whole.subarray(0, Math.floor(whole.length * 0.6));
    answer.writeHead(200, { 'content-type': ticket.mediaType });
    const size = Math.ceil(bytes.length / PIECES);
    for (let piece = 0; piece < PIECES; piece += 1) {
      if (piece === PIECES / 2 && page === switches.cutAtPage) {
        answer.socket?.resetAndDestroy();
        return;
      }
      if (piece === PIECES / 2 && page === switches.stallAtPage) return;
      answer.write(bytes.subarray(piece * size, (piece + 1) * size));
      if (switches.slowMs > 0) await wait(switches.slowMs);
      if (answer.destroyed) return;
    }
    answer.end();
    lastPageAt = Date.now();
    job.given = page;
    job.givenAt = performance.now();
    job.waits = switches.pageWaits;
    job.early = switches.earlyAnswers;
    const perSheet = ticket.isDuplex ? 2 : 1;
    if (ticket.isFeeder && page % perSheet === 0) switches.sheets = Math.max(0, switches.sheets - 1);
  }

  async function serve(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    requests.push(`${request.method ?? ''} ${path}`);
    const { host = '' } = request.headers;
    if (host !== new URL(own).host) oddHosts.push(host);
    if (switches.server !== null) answer.setHeader('server', switches.server);
    if (switches.redirectTo !== null) {
      answer.setHeader('location', `${switches.redirectTo}${path}`);
      return text(answer, switches.redirectStatus);
    }
    const document = DOCUMENT.exec(path);
    const job = jobs.find(({ uri }) => uri === (document?.[1] ?? path));
    if (request.method === 'GET' && path === '/eSCL/ScannerCapabilities') {
      if (switches.capabilitiesDelayMs > 0) await wait(switches.capabilitiesDelayMs);
      text(answer, 200, capabilitiesXml(switches));
    } else if (request.method === 'GET' && path === '/eSCL/ScannerStatus') {
      if (jobs.length > 0 && switches.statusWaits > 0) {
        switches.statusWaits -= 1;
        notYet(answer);
        return;
      }
      const isProcessing = switches.isBusy || jobs.some(({ state }) => state === 'Processing');
      const told = jobs
        .toReversed()
        .map((one) => ({ ...one, completed: one.given, left: Math.max(0, one.pages - one.given) }));
      text(answer, 200, statusXml(isProcessing ? 'Processing' : 'Idle', feederState(), switches.stateReasons, told));
    } else if (request.method === 'POST' && path === '/eSCL/ScanJobs') await createJob(request, answer);
    else if (request.method === 'DELETE' && job !== undefined) {
      if (job.state === 'Processing') {
        if (job.given >= job.pages) endJob(job, 'Completed', 'JobCompletedSuccessfully');
        else endJob(job, 'Canceled', 'JobCanceledByUser');
      }
      text(answer, 200);
    } else if (request.method === 'GET' && document !== null && job !== undefined) {
      const page = job.given + 1;
      if (!isInstead(job, page, answer) && job.ticket !== null) await givePage(job, job.ticket, page, answer);
    } else text(answer, 404);
  }

  const listen = (request: IncomingMessage, answer: ServerResponse): void => {
    serve(request, answer).catch(() => answer.destroy());
  };
  const server =
    certificate === null
      ? createServer(listen)
      : createSecureServer({ cert: certificate.certificate, key: certificate.key }, listen);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('no address');
  const { port: opened } = listening;
  own = `${certificate === null ? 'http' : 'https'}://127.0.0.1:${opened}`;
  let bonjour: Bonjour | null = null;

  return {
    address: `${own}/eSCL`,
    port: opened,
    switches,
    requests,
    oddHosts,
    tickets,
    lastPageAt: () => lastPageAt,
    jobStates: () => jobs.map(({ state }) => state),
    heal(next = {}) {
      Object.assign(switches, HEALTHY, initial, next);
      jobWaits = switches.jobWaits;
      isJammed = false;
      for (const job of jobs) if (job.state === 'Processing') endJob(job, 'Aborted', 'JobTimedOut');
    },
    announce() {
      bonjour ??= new Bonjour();
      bonjour.publish({
        name: switches.model,
        type: certificate === null ? 'uscan' : 'uscans',
        port: opened,
        txt: { rs: 'eSCL', ty: switches.model, is: 'platen,adf', pdl: 'image/jpeg', uuid: switches.uuid ?? '' },
      });
    },
    close: () =>
      new Promise((resolve) => {
        bonjour?.destroy();
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
