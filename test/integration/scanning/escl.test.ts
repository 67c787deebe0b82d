/** The eSCL driver against the simulated network scanner, over real HTTP and HTTPS. */
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NetworkError, openDirectHttp } from '../../../main/network/index.ts';
import {
  createEsclDriver,
  createKnownScanners,
  createMdnsDiscovery,
  createNetworkScanners,
  ScanStopped,
} from '../../../main/scanning/index.ts';
import type { Announcement, ScannedPage, ScanSettings } from '../../../main/scanning/index.ts';
import { DEFAULT_NETWORK_SCANNING } from '../../../shared/domain/index.ts';
import type { NetworkScanning } from '../../../shared/domain/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import { createAuthority } from '../../support/certificates.ts';
import type { Issued } from '../../support/certificates.ts';
import { startEsclSimulator } from '../../support/escl/simulator.ts';
import type { EsclSimulator } from '../../support/escl/simulator.ts';
import type { EsclSwitches } from '../../support/escl/switches.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { until } from '../../support/until.ts';

const FLATBED: ScanSettings = { source: 'flatbed', dpi: 100, colour: 'colour', size: 'a6' };
const FEEDER: ScanSettings = { source: 'feeder', dpi: 75, colour: 'grey', size: 'a6' };
/** Short, where a device keeps somebody waiting. */
const WAITING = { everyMs: 20, longestMs: 2_000, jobMs: 200, pageMs: 400, endMs: 200, restMs: 1_000, stopMs: 2_000 };
const PATIENCE = { answerMs: 5_000, pageMs: 5_000 };

let root: string;
const simulators: EsclSimulator[] = [];
const closing: (() => Promise<void>)[] = [];

beforeAll(() => {
  root = makeFolder('escl');
});
afterEach(async () => {
  for (const simulator of simulators.splice(0)) await simulator.close();
  for (const close of closing.splice(0)) await close();
});
afterAll(() => {
  removeFolder(root);
});

async function simulate(
  switches: Partial<EsclSwitches> = {},
  certificate: Issued | null = null,
  port = 0,
): Promise<EsclSimulator> {
  const simulator = await startEsclSimulator(switches, certificate, port);
  simulators.push(simulator);
  return simulator;
}

/** Everything on this PC's side, with what it remembers. */
async function branch({ patience = PATIENCE, waiting = WAITING, announced = [] as readonly Announcement[] } = {}) {
  let value: NetworkScanning = DEFAULT_NETWORK_SCANNING;
  const store = {
    get: () => value,
    set: (next: NetworkScanning) => {
      value = next;
    },
  };
  const heard = [...announced];
  const known = createKnownScanners(store);
  const http = await openDirectHttp({ isAccepted: (origin, fingerprint) => known.isAccepted(origin, fingerprint) });
  closing.push(() => http.close());
  let changes = 0;
  return {
    store,
    heard,
    changes: () => changes,
    driver: createEsclDriver({
      http,
      known,
      discovery: { find: () => Promise.resolve(heard) },
      patience,
      waiting,
    }),
    scanners: createNetworkScanners({ http, known, store, patience, onChange: () => (changes += 1) }),
  };
}

type Branch = Awaited<ReturnType<typeof branch>>;

/** A branch that has added this scanner by its address, and the device's name there. */
async function added(simulator: EsclSimulator, options: Parameters<typeof branch>[0] = {}) {
  const place = await branch(options);
  const { scanner } = await place.scanners.add(simulator.address);
  return { ...place, name: scanner.id };
}

interface Scanned {
  readonly pages: readonly string[];
  readonly whole: readonly ScannedPage[];
  /** Why it ended early, or null. */
  readonly state: string | null;
  readonly folder: string;
}

async function scan(
  { driver, name }: Pick<Branch, 'driver'> & { name: string },
  settings: ScanSettings,
  watch: { signal?: AbortSignal; onPage?: (page: number) => Promise<void>; onProgress?: (page: number) => void } = {},
): Promise<Scanned> {
  const folder = mkdtempSync(join(root, 'pages-'));
  const whole: ScannedPage[] = [];
  let state: string | null = null;
  try {
    await driver.scan(name, settings, folder, {
      signal: watch.signal ?? new AbortController().signal,
      onProgress: (page) => watch.onProgress?.(page),
      onPage: async (page) => {
        await watch.onPage?.(whole.length + 1);
        whole.push(page);
      },
    });
  } catch (error) {
    if (!(error instanceof ScanStopped)) throw error;
    state = error.state;
  }
  return { pages: whole.map(({ path }) => basename(path)), whole, state, folder };
}

/** A certificate that nobody here trusts. */
const issue = (): Issued => createAuthority('A printer').issue({ names: ['printer.local'] });

const failure = (code: string) => ({ failure: { message: { code } } });

describe('a network scanner', () => {
  it('is listed with what each source can do', async () => {
    const { driver, name } = await added(await simulate());
    const [device] = await driver.list();
    expect(device).toMatchObject({ name, model: 'Simulated MFP 300', vendor: '' });
    expect(device?.via).toMatch(/^eSCL, 127\.0\.0\.1:\d+$/);
    const resolutions = { kind: 'list', values: [75, 100, 150, 200, 300, 600] };
    const colours = ['colour', 'grey'];
    const [glass, ...feeders] = await driver.capabilities(name);
    expect(glass).toMatchObject({ source: 'flatbed', resolutions, colours, hasFullSize: true });
    expect(glass?.area?.width).toBeCloseTo(215.9, 1);
    expect(feeders.map(({ source, hasFullSize }) => [source, hasFullSize])).toEqual([
      ['feeder', false],
      ['duplex', false],
    ]);
  });

  it('gives one page from the glass in the resolution, colour and size that were asked for', async () => {
    const simulator = await simulate();
    const { pages, whole, state, folder } = await scan(await added(simulator), FLATBED);
    expect([pages, state]).toEqual([['p001.jpg'], null]);
    const picture = await sharp(readFileSync(join(folder, 'p001.jpg'))).metadata();
    expect(picture).toMatchObject({ format: 'jpeg', density: 100, channels: 3, width: 413, height: 583 });
    expect(whole[0]?.expectedWidth).toBe(413);
    expect(simulator.jobStates()).toEqual(['Completed']);
    const grey = await scan(await added(simulator), { ...FLATBED, colour: 'grey' });
    expect((await sharp(readFileSync(join(grey.folder, 'p001.jpg'))).metadata()).channels).toBe(1);
  });

  it('gives each page of the feeder while the next is scanned, and ends when it is empty', async () => {
    const simulator = await simulate({ sheets: 5 });
    const givenWhen: number[] = [];
    const { pages, state } = await scan(await added(simulator), FEEDER, {
      onPage: () => {
        givenWhen.push(simulator.switches.sheets);
        return Promise.resolve();
      },
    });
    expect([pages.length, state]).toEqual([5, null]);
    // Paper lay in the feeder when the first ones were handed over.
    expect(givenWhen[0]).toBeGreaterThan(2);
    expect(givenWhen[2]).toBeGreaterThan(0);
  });

  it('gives both sides, and PNG where a device has nothing else', async () => {
    const simulator = await simulate({ sheets: 2, mediaTypes: ['application/pdf', 'image/png'] });
    const { pages, state } = await scan(await added(simulator), { ...FEEDER, source: 'duplex' });
    expect([pages, state]).toEqual([['p001.png', 'p002.png', 'p003.png', 'p004.png'], null]);
    expect(simulator.tickets[0]).toMatchObject({ isDuplex: true, isFeeder: true, mediaType: 'image/png' });
  });

  it('is not asked for a source that it has not', async () => {
    const simulator = await simulate({ hasFeeder: false });
    expect((await scan(await added(simulator), FEEDER)).state).toBe('unsupported');
    expect(simulator.tickets).toEqual([]);
  });

  it('stops when it is asked to: whole pages stay, the device is told', async () => {
    const simulator = await simulate({ sheets: 6, slowMs: 30 });
    const stop = new AbortController();
    const { pages, state } = await scan(await added(simulator), FEEDER, {
      signal: stop.signal,
      onProgress: (page) => {
        if (page === 3) stop.abort();
      },
    });
    expect([pages, state]).toEqual([['p001.jpg', 'p002.jpg'], 'cancelled']);
    await until('the end of the job', () => simulator.jobStates()[0] === 'Canceled');
  });

  it('is not asked for a page when the stop came before', async () => {
    const simulator = await simulate();
    expect((await scan(await added(simulator), FLATBED, { signal: AbortSignal.abort() })).state).toBe('cancelled');
    expect(simulator.jobStates()).toEqual([]);
  });

  it('stops a job that it was just asked for, as soon as it says where that is', async () => {
    const simulator = await simulate({ jobDelayMs: 300 });
    const stop = new AbortController();
    const scanned = scan(await added(simulator), FLATBED, { signal: stop.signal });
    await until('the job', () => simulator.jobStates().length === 1, { everyMs: 5 });
    stop.abort();
    expect((await scanned).state).toBe('cancelled');
    expect(simulator.jobStates()).toEqual(['Canceled']);
  });

  it('and does not wait for ever for a device that does not say it', async () => {
    const simulator = await simulate({ jobDelayMs: 4_000 });
    const place = await added(simulator, { waiting: { ...WAITING, stopMs: 100 } });
    const stop = new AbortController();
    const scanned = scan(place, FLATBED, { signal: stop.signal });
    await until('the job', () => simulator.jobStates().length === 1, { everyMs: 5 });
    const began = performance.now();
    stop.abort();
    expect((await scanned).state).toBe('cancelled');
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('is the one that was named, where there are several', async () => {
    const [first, second] = [await simulate({ uuid: 'a-1' }), await simulate({ uuid: 'b-2' })];
    const place = await added(first);
    const { scanner } = await place.scanners.add(second.address);
    expect(await place.driver.list()).toHaveLength(2);
    expect((await scan({ driver: place.driver, name: scanner.id }, FLATBED)).state).toBeNull();
    expect([first.jobStates().length, second.jobStates().length]).toEqual([0, 1]);
  });

  it('stops while it is waited for, and ends with the error of a page that could not be taken', async () => {
    const simulator = await simulate({ sheets: 6, pageWaits: 1_000, retryAfter: 1 });
    const place = await added(simulator);
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 100);
    expect((await scan(place, FEEDER, { signal: stop.signal })).state).toBe('cancelled');
    simulator.heal({ sheets: 6, pageWaits: 0 });
    const refusal = new Error('no room');
    const refused = scan(place, FEEDER, {
      onPage: (page) => (page === 2 ? Promise.reject(refusal) : Promise.resolve()),
    });
    await expect(refused).rejects.toBe(refusal);
    expect(simulator.jobStates()).toEqual(['Canceled', 'Canceled']);
  });
});

describe('what goes wrong with a network scanner', () => {
  it.each([
    [404, 'paperJam'],
    [409, 'paperJam'],
    ['emptyBody', 'paperJam'],
  ] as const)('a jam at page 3, told by %s: two pages, then %s', async (jamAnswer, state) => {
    const scanned = await scan(await added(await simulate({ sheets: 5, jamAtPage: 3, jamAnswer })), FEEDER, {
      // Slower than the scanner.
      onPage: () => wait(100),
    });
    expect([scanned.pages, scanned.state]).toEqual([['p001.jpg', 'p002.jpg'], state]);
    for (const { path } of scanned.whole) await sharp(readFileSync(path)).stats();
    expect(readdirSync(scanned.folder)).toHaveLength(2);
  });

  const cases: readonly (readonly [name: string, Partial<EsclSwitches>, pages: number, state: string | null])[] = [
    ['an end told by 404', { emptyAnswer: 404 }, 3, null],
    ['an end told by 409', { emptyAnswer: 409 }, 3, null],
    ['no paper', { sheets: 0 }, 0, 'feederEmpty'],
    ['no paper, and a job all the same', { sheets: 0, feederState: 'ScannerAdfProcessing' }, 0, 'feederEmpty'],
    ['no paper, of which a job would be called a jam', { sheets: 0, jamAtPage: 1 }, 0, 'feederEmpty'],
    [
      'an open cover, for which a job is refused',
      { feederState: 'ScannerAdfHatchOpen', jobRefusal: 409 },
      0,
      'coverOpen',
    ],
    ['an open cover', { feederState: 'ScannerAdfHatchOpen', abortAtPage: 1 }, 0, 'coverOpen'],
    ['an open cover that is told as "not yet"', { feederState: 'ScannerAdfDoorOpen', jobWaits: 99 }, 0, 'coverOpen'],
    ['a cover that is opened', { stateReasons: ['CoverOpen'], abortAtPage: 2 }, 1, 'coverOpen'],
    ['two sheets at once', { feederState: 'ScannerAdfMultipickDetected', abortAtPage: 2 }, 1, 'multiFeed'],
    ['stop at the device', { cancelAtPage: 2 }, 1, 'cancelled'],
    ['a job that the device gives up', { abortAtPage: 2 }, 1, 'deviceError'],
    [
      'values that the device has not after all',
      { abortAtPage: 1, abortReason: 'InvalidScanTicket' },
      0,
      'unsupported',
    ],
    ['another client', { isBusy: true }, 0, 'busy'],
    ['a job that is refused without a reason', { jobRefusal: 409 }, 0, 'busy'],
    ['a device that says "not yet" for too long', { jobWaits: 99 }, 0, 'busy'],
    ['pages that never come', { pageWaits: 999 }, 0, 'busy'],
    ['no right', { jobRefusal: 403 }, 0, 'accessDenied'],
    ['a ticket that is refused', { jobRefusal: 400 }, 0, 'unsupported'],
    ['an error of the server', { jobRefusal: 500 }, 0, 'deviceError'],
    ['no address of the job', { location: 'none' }, 0, 'deviceError'],
    ['another host in its address', { location: 'wrongHost' }, 3, null],
    ['a path instead of an address', { location: 'pathOnly' }, 3, null],
    ['an address that begins where the request went', { location: 'relative' }, 3, null],
    ['a connection cut in the middle of page 2', { cutAtPage: 2 }, 1, 'incompletePage'],
    ['a few times "not yet"', { jobWaits: 2, pageWaits: 2 }, 3, null],
    ['404 while the page is being scanned', { earlyAnswers: 2 }, 3, null],
    ['an end after which the job goes on for ever', { isNeverOver: true }, 3, null],
    ['404 for ever while the job goes on', { earlyAnswers: 999 }, 0, 'deviceError'],
    ['a state that is told late', { statusWaits: 2 }, 3, null],
    ['a slow page', { sheets: 1, slowMs: 60 }, 1, null],
    ['a feeder that wants a rest between two pages (Brother)', { slowMs: 40, restMs: 150 }, 3, null],
    [
      'no job but at localhost, of which its server tells (HP)',
      { server: 'HP_Compact_Server', isOnlyLocalhost: true },
      3,
      null,
    ],
    [
      'no job but at localhost, of which its model tells (HP)',
      { model: 'HP LaserJet MFP M630', isOnlyLocalhost: true },
      3,
      null,
    ],
    ['no job but at localhost, of which nothing tells', { isOnlyLocalhost: true }, 0, 'accessDenied'],
  ];
  it.each(cases)('%s', async (_name, switches, count, state) => {
    const scanned = await scan(await added(await simulate({ sheets: 3, ...switches })), FEEDER);
    expect([scanned.pages.length, scanned.state]).toEqual([count, state]);
  });

  it('404 for longer than an end would be told late, while a page lies on the glass', async () => {
    const { pages, state } = await scan(await added(await simulate({ earlyAnswers: 14 })), FLATBED);
    expect([pages.length, state]).toEqual([1, null]);
  });

  it('waits as long as the device says', async () => {
    const place = await added(await simulate({ sheets: 1, jobWaits: 1, retryAfter: 1 }));
    const began = performance.now();
    const { state } = await scan({ ...place }, FEEDER);
    expect(state).toBe(null);
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  it('but not for an hour', async () => {
    const place = await added(await simulate({ sheets: 1, jobWaits: 1, retryAfter: 3_600 }), {
      waiting: { ...WAITING, longestMs: 30 },
    });
    expect((await scan(place, FEEDER)).state).toBeNull();
  });

  it('a device that dies in the middle of a page is given up after a time', async () => {
    const simulator = await simulate({ sheets: 3, stallAtPage: 2 });
    const place = await added(simulator, { patience: { answerMs: 2_000, pageMs: 300 } });
    const { pages, state } = await scan(place, FEEDER);
    expect([pages, state]).toEqual([['p001.jpg'], 'offline']);
  });

  it('one that is switched off in the middle of a page does not answer, which is what is said', async () => {
    const simulator = await simulate({ sheets: 3, stallAtPage: 2 });
    const scanned = scan(await added(simulator), FEEDER);
    const nextDocuments = () => simulator.requests.filter((request) => request.includes('NextDocument'));
    await until('the second page to begin', () => nextDocuments().length === 2, { everyMs: 5 });
    await simulator.close();
    const { pages, state } = await scanned;
    expect([pages, state]).toEqual([['p001.jpg'], 'offline']);
  });

  it('one that is switched off is offline, and can be used as soon as it is back', async () => {
    const simulator = await simulate();
    const place = await added(simulator);
    await simulator.close();
    expect((await scan(place, FLATBED)).state).toBe('offline');
    await expect(place.driver.capabilities(place.name)).rejects.toMatchObject({ state: 'offline' });
    expect(await place.driver.list()).toHaveLength(1);
    await simulate({}, null, simulator.port);
    expect((await scan(place, FLATBED)).state).toBeNull();
  });

  it('an address of a job that names another host leads nowhere else', async () => {
    const simulator = await simulate({ location: 'hostile' });
    const { state } = await scan(await added(simulator), FLATBED);
    expect(state).toBeNull();
    expect(simulator.oddHosts).toEqual([]);
    expect(simulator.requests.filter((request) => request.startsWith('GET /eSCL/ScanJobs'))).toHaveLength(1);
  });

  it('never has two jobs of its own', async () => {
    const simulator = await simulate({ sheets: 2, slowMs: 20 });
    const place = await added(simulator);
    const first = scan(place, FEEDER);
    await until('the first job', () => simulator.jobStates().length === 1, { everyMs: 5 });
    expect((await scan(place, FEEDER)).state).toBe('busy');
    expect((await first).pages).toHaveLength(2);
  });
});

describe('adding a scanner by its address', () => {
  it.each(['127.0.0.1:PORT', 'http://127.0.0.1:PORT', ' localhost:PORT ', 'http://127.0.0.1:PORT/eSCL/'])(
    '%s is meant',
    async (written) => {
      const simulator = await simulate();
      const { scanners, changes } = await branch();
      const { scanner, sources } = await scanners.add(written.replace('PORT', String(simulator.port)));
      expect(scanner).toMatchObject({ name: 'Simulated MFP 300', isAdded: true, fingerprint: null });
      expect(scanner.address).toMatch(/^http:\/\/(127\.0\.0\.1|localhost):\d+\/eSCL$/);
      expect(sources.map(({ source }) => source)).toEqual(['flatbed', 'feeder', 'duplex']);
      expect([changes(), scanners.view().scanners]).toEqual([1, [scanner]]);
    },
  );

  it.each(['', 'two words', 'ftp://127.0.0.1', 'http://a:b@127.0.0.1', 'http://'])(
    '%j is no address',
    async (typed) => {
      const { scanners } = await branch();
      await expect(scanners.add(typed)).rejects.toMatchObject(failure('scanner.addressUnclear'));
    },
  );

  it('says whether nothing answers, something else does, or a scanner that cannot be used', async () => {
    const simulator = await simulate({ mediaTypes: ['application/pdf'] });
    const { scanners } = await branch();
    await expect(scanners.add(simulator.address)).rejects.toMatchObject(failure('scanner.noUsableSource'));
    await expect(scanners.add(`${simulator.address}/elsewhere`)).rejects.toMatchObject(failure('scanner.noEscl'));
    await simulator.close();
    await expect(scanners.add(simulator.address)).rejects.toMatchObject(failure('scan.offline'));
    expect(scanners.view().scanners).toEqual([]);
  });

  it('can be tested and forgotten', async () => {
    const simulator = await simulate();
    const { scanners, driver, name } = await added(simulator);
    expect((await scanners.test(name)).sources).toHaveLength(3);
    await simulator.close();
    await expect(scanners.test(name)).rejects.toMatchObject(failure('scan.offline'));
    expect(scanners.forget(name).scanners).toEqual([]);
    expect(await driver.list()).toEqual([]);
    await expect(scanners.test(name)).rejects.toBeInstanceOf(SatchelFailure);
  });
});

describe('TLS', () => {
  it('is tried first, and the certificate that nobody signed is remembered', async () => {
    const simulator = await simulate({}, issue());
    const { scanners, driver, store } = await branch();
    const { scanner } = await scanners.add(`127.0.0.1:${simulator.port}`);
    expect(scanner.address).toMatch(/^https:/);
    expect(scanner.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect((await scan({ driver, name: scanner.id }, FLATBED)).pages).toEqual(['p001.jpg']);
    expect(store.get().scanners).toEqual([scanner]);
  });

  it('with another certificate is asked nothing, until the scanner was forgotten', async () => {
    const first = await simulate({}, issue());
    const place = await added(first);
    await first.close();
    const second = await simulate({}, issue(), first.port);
    expect((await scan(place, FLATBED)).state).toBe('otherCertificate');
    await expect(place.scanners.test(place.name)).rejects.toMatchObject(failure('scan.otherCertificate'));
    await expect(place.scanners.add(second.address)).rejects.toMatchObject(failure('scan.otherCertificate'));
    expect(second.requests).toEqual([]);
    place.scanners.forget(place.name);
    await place.scanners.add(second.address);
    expect((await scan(place, FLATBED)).state).toBeNull();
  });
});

it('is not asked without TLS when its certificate is refused, where an address leaves both open', async () => {
  const { store } = await branch();
  const asked: string[] = [];
  const http = {
    send: ({ url }: { url: string }) => {
      asked.push(new URL(url).protocol);
      return Promise.reject(new NetworkError('certificate_untrusted', false, {}));
    },
  };
  const scanners = createNetworkScanners({ http, known: createKnownScanners(store), store, onChange: () => {} });
  await expect(scanners.add('192.0.2.20')).rejects.toMatchObject(failure('scan.otherCertificate'));
  expect(asked).toEqual(['https:']);
});

/** The one that is asked, at a port without TLS, and where it sends. */
async function moved(redirectStatus: EsclSwitches['redirectStatus'] = 301) {
  const secure = await simulate({}, issue());
  const redirectTo = new URL(secure.address).origin;
  return { secure, plain: await simulate({ redirectTo, redirectStatus }) };
}

describe('a scanner that sends whoever asks it to TLS', () => {
  it.each([301, 307] as const)('by %i is added at the address that it names', async (status) => {
    const { secure, plain } = await moved(status);
    const { scanners, driver } = await branch();
    const { scanner } = await scanners.add(plain.address);
    expect(scanner).toMatchObject({ address: secure.address, isAdded: true });
    expect(scanner.fingerprint).not.toBeNull();
    expect((await scan({ driver, name: scanner.id }, FLATBED)).state).toBeNull();
    expect(plain.requests).toEqual(['GET /eSCL/ScannerCapabilities']);
  });

  it('is scanned from when it announces itself without, and its certificate is remembered', async () => {
    const { secure, plain } = await moved();
    const { driver, store } = await branch({ announced: [{ uuid: 'ab', name: 'MFP', address: plain.address }] });
    await driver.list();
    expect((await scan({ driver, name: 'uuid:ab' }, FEEDER)).pages).toHaveLength(3);
    expect(store.get().scanners).toMatchObject([{ id: 'uuid:ab', isAdded: false, address: secure.address }]);
    await secure.close();
    await simulate({}, issue(), secure.port);
    await driver.list();
    expect((await scan({ driver, name: 'uuid:ab' }, FLATBED)).state).toBe('otherCertificate');
    // Listened for anew, it is asked where it announces itself.
    plain.switches.redirectTo = null;
    await driver.list();
    expect((await scan({ driver, name: 'uuid:ab' }, FLATBED)).state).toBeNull();
  });

  it('is followed at its own host only, never away from TLS, to no page for people, and not in circles', async () => {
    const { scanners } = await branch();
    const plain = await simulate();
    const away = await simulate({ redirectTo: new URL(plain.address).origin }, issue());
    await expect(scanners.add(away.address)).rejects.toMatchObject(failure('scanner.noEscl'));
    expect(plain.requests).toEqual([]);
    const toPage = await simulate({ redirectTo: `${new URL(away.address).origin}/login?from=` });
    await expect(scanners.add(toPage.address)).rejects.toMatchObject(failure('scanner.noEscl'));
    expect(away.requests).toHaveLength(1);
    const circle = await simulate();
    circle.switches.redirectTo = new URL(circle.address).origin;
    await expect(scanners.add(circle.address)).rejects.toMatchObject(failure('scanner.noEscl'));
    const otherHost = await simulate({ redirectTo: `http://elsewhere.example.invalid:${plain.port}` });
    expect((await scanners.add(otherHost.address)).scanner.address).toBe(plain.address);
  });
});

describe('scanners that announce themselves', () => {
  it('are heard by mDNS, with the address that they have', async () => {
    const simulator = await simulate({ model: 'Announced MFP', uuid: '0a1b2c3d-0000-4000-8000-0123456789ab' });
    simulator.announce();
    const found = await until('the announcement', async () => {
      const all = await createMdnsDiscovery({ listenMs: 1_000, env: {} }).find();
      return all.find(({ name }) => name === 'Announced MFP');
    });
    expect(found.uuid).toBe('0a1b2c3d-0000-4000-8000-0123456789ab');
    expect(found.address).toMatch(new RegExp(`^http://\\d+\\.\\d+\\.\\d+\\.\\d+:${simulator.port}/eSCL$`));
  });

  it('are not asked for where a PC forbids it', async () => {
    const began = performance.now();
    const quiet = createMdnsDiscovery({ listenMs: 20_000, env: { SATCHEL_MDNS: 'off' } });
    expect(await quiet.find()).toEqual([]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('are scanned from; with TLS rather than without; once, however often they say it', async () => {
    const plain = await simulate();
    const secure = await simulate({}, issue());
    const uuid = '6f1c2a54';
    const announced = [plain, secure, plain].map(({ address }) => ({ uuid, name: 'MFP', address }));
    const { driver, store } = await branch({ announced });
    const devices = await driver.list();
    expect(devices).toMatchObject([{ name: 'uuid:6f1c2a54', via: `eSCL, 127.0.0.1:${secure.port}` }]);
    expect((await scan({ driver, name: 'uuid:6f1c2a54' }, FLATBED)).state).toBeNull();
    // Nobody added it, but its certificate is remembered from now on.
    expect(store.get().scanners).toMatchObject([{ id: 'uuid:6f1c2a54', isAdded: false }]);
    expect(store.get().scanners[0]?.fingerprint).not.toBeNull();
    expect(plain.requests).toEqual([]);
  });

  it('do not take the place of one that was added', async () => {
    const real = await simulate({}, issue());
    const other = await simulate();
    const place = await added(real);
    place.heard.push({ uuid: real.switches.uuid, name: 'Me, really', address: other.address });
    expect(await place.driver.list()).toMatchObject([{ name: place.name, model: 'Simulated MFP 300' }]);
    expect((await scan(place, FLATBED)).state).toBeNull();
    expect(other.requests).toEqual([]);
  });

  it('are not listened for when that is switched off', async () => {
    const simulator = await simulate();
    const { driver, scanners } = await branch({ announced: [{ uuid: null, name: 'MFP', address: simulator.address }] });
    expect(await driver.list()).toHaveLength(1);
    scanners.setDiscovering(false);
    expect(await driver.list()).toEqual([]);
  });
});
