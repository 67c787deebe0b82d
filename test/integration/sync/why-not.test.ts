/**
 * Why is it not going? The whole app without a window, against a practice server behind a network that can be broken. For
 * each fault: the cause and the sentence, what IT is shown, that the queue waits as a whole without spending an attempt,
 * and that it goes on by itself when the fault is over, with every page delivered once. Time runs faster for the app.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Satchel, Services } from '../../../main/app/index.ts';
import type { Cause, ConnectionView } from '../../../shared/domain/index.ts';
import { createAuthority } from '../../support/certificates.ts';
import type { Authority, Issued } from '../../support/certificates.ts';
import { startFront, startProxy } from '../../support/faulty-front.ts';
import type { Front, Proxy } from '../../support/faulty-front.ts';
import { Pictures, releaseCustomer } from '../../support/customers.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { until } from '../../support/until.ts';

const DAY_MS = 86_400_000;
const HOST = 'api.kyc.test';
const NAMES = ['127.0.0.1', HOST];
/** Five minutes between two tests of a connection pass in two seconds. */
const FASTER = 150;

let folder: string;
let practice: PracticeForTests;
let authority: Authority;
let good: Issued;
let front: Front;
let proxy: Proxy;
let looks: string;
let hasNetwork: boolean;
let closing: (() => Promise<void>)[];
let pictures: Pictures;
let seed = 7_000;

beforeAll(async () => {
  folder = makeFolder('why-not');
  practice = await startPractice(folder);
  pictures = new Pictures(folder, seed);
  authority = createAuthority();
  good = authority.issue({ names: NAMES });
});
afterAll(async () => {
  await practice.close();
  removeFolder(folder);
});
beforeEach(async () => {
  closing = [];
  looks = 'first';
  hasNetwork = true;
  front = await startFront(practice.server.port, good);
  closing.push(() => front.close());
  proxy = await startProxy(front.port);
  closing.push(() => proxy.close());
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
});

interface Desk {
  readonly satchel: Satchel;
  readonly services: Services;
  readonly persona: string;
  readonly personr: string;
}

async function openDesk(options: { isProxied?: boolean; factor?: number; silenceMs?: number } = {}): Promise<Desk> {
  const profile = makeFolder('why-not-profile');
  const { factor = FASTER } = options;
  const wallStart = Date.now();
  const start = performance.now();
  const { satchel, services, close } = await openSatchel(profile, {
    network: {
      environment: options.isProxied === true ? { HTTPS_PROXY: proxy.url } : {},
      extraCertificates: [authority.certificate],
      hasNetwork: () => hasNetwork,
      ...(options.silenceMs === undefined ? {} : { silenceMs: options.silenceMs }),
    },
    clock: {
      now: () => Math.round(wallStart + (performance.now() - start) * factor),
      monotonic: () => (performance.now() - start) * factor,
    },
    timers: {
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs / factor);
        return () => clearTimeout(timer);
      },
      soon: setImmediate,
    },
    networkLooks: () => looks,
  });
  closing.push(async () => {
    await close();
    removeFolder(profile);
  });
  await satchel.start();
  const origin = options.isProxied === true ? `https://${HOST}` : front.origin;
  return {
    satchel,
    services,
    persona: services.connections.create(connectionTo('persona', origin)),
    personr: services.connections.create(connectionTo('personr', origin)),
  };
}

/** A customer with all pages, released. */
function release({ services, persona, personr }: Desk, provider: 'persona' | 'personr'): Promise<string> {
  seed += 1;
  const connectionId = provider === 'persona' ? persona : personr;
  return releaseCustomer(services, { connectionId, provider, pictures, reference: `WHY-${seed}` });
}

function connection({ services }: Desk, id: string): ConnectionView {
  const found = services.connections.views().find((view) => view.id === id);
  if (found === undefined) throw new Error('no such connection');
  return found;
}

function attempts({ services }: Desk, submissionIds: readonly string[]): number {
  return submissionIds
    .flatMap((id) => services.capture.submission(id).operations)
    .reduce((sum, operation) => sum + operation.attempts, 0);
}

async function everythingArrivesOnce(desk: Desk, submissionIds: readonly string[]): Promise<void> {
  await until('everything to be sent', () =>
    submissionIds.every((id) => ['sent', 'in_review', 'accepted'].includes(desk.services.capture.submission(id).state)),
  );
  const hashes = submissionIds.flatMap((id) => desk.services.capture.submission(id).pages.map(({ sha256 }) => sha256));
  const files = (await practice.files()).filter(({ sha256 }) => hashes.includes(sha256));
  expect(files.map(({ received, stored }) => [received, stored])).toEqual(hashes.map(() => [1, 1]));
  await until('the pauses to be over', () => desk.services.connections.views().every(({ pause }) => pause === null));
}

interface Case {
  readonly name: string;
  readonly isProxied?: boolean;
  readonly begin: () => Promise<void> | void;
  readonly end: () => Promise<void> | void;
  readonly cause: Cause;
  readonly code: string;
  readonly seen: object;
  /** A write that had left whole may have arrived: a page in the place of its answer proves nothing. */
  readonly isInDoubt?: boolean;
  /** One connection's finding holds for the other. */
  readonly isShared?: boolean;
}

const outOfTime = (options: { validFromMs?: number; validToMs?: number }) => async (): Promise<void> => {
  await front.close();
  await front.open(authority.issue({ names: NAMES, ...options }));
};
const goodAgain = async (): Promise<void> => {
  await front.close();
  front.clockOff(0);
  await front.open(good);
};

const CASES: readonly Case[] = [
  {
    name: 'no network',
    isProxied: true,
    begin: async () => {
      hasNetwork = false;
      await proxy.close();
    },
    end: async () => {
      hasNetwork = true;
      await proxy.open();
    },
    cause: 'wait',
    code: 'network.offline',
    seen: { host: HOST, fault: 'offline', status: null },
    isShared: true,
  },
  {
    name: 'a sign-in page of the network',
    begin: () => front.fault({ kind: 'portal' }),
    end: () => front.fault({ kind: 'none' }),
    cause: 'wait',
    code: 'network.captivePortal',
    seen: { status: 200, contentType: 'text/html; charset=utf-8' },
    isShared: true,
    isInDoubt: true,
  },
  {
    name: 'a redirect to a sign-in page elsewhere',
    begin: () => front.fault({ kind: 'redirect', location: 'https://login.hotel.test/start?session=secret' }),
    end: () => front.fault({ kind: 'none' }),
    cause: 'wait',
    code: 'network.captivePortal',
    seen: { status: 302, redirectHost: 'login.hotel.test' },
    isShared: true,
    isInDoubt: true,
  },
  {
    name: 'a redirect of the provider to its new address',
    begin: () => front.fault({ kind: 'redirect', location: 'https://127.0.0.1/new' }),
    end: () => front.fault({ kind: 'none' }),
    cause: 'call_it',
    code: 'network.moved',
    seen: { status: 302, redirectHost: '127.0.0.1' },
  },
  {
    name: 'a filter that answers instead',
    begin: () => front.fault({ kind: 'filter' }),
    end: () => front.fault({ kind: 'none' }),
    cause: 'call_it',
    code: 'network.filtered',
    seen: { status: 403, contentType: 'text/html; charset=utf-8' },
    isInDoubt: true,
  },
  {
    name: 'a proxy that wants a password',
    isProxied: true,
    begin: () => proxy.answers(407),
    end: () => proxy.answers(200),
    cause: 'call_it',
    code: 'network.proxyAuthentication',
    seen: { fault: 'proxy_authentication', proxyStatus: 407, host: HOST },
    isShared: true,
  },
  {
    name: 'a proxy that does not let through',
    isProxied: true,
    begin: () => proxy.answers(403),
    end: () => proxy.answers(200),
    cause: 'call_it',
    code: 'network.proxyRefused',
    seen: { fault: 'proxy_refused', proxyStatus: 403 },
  },
  {
    name: 'a proxy that is not there',
    isProxied: true,
    begin: () => proxy.close(),
    end: () => proxy.open(),
    cause: 'call_it',
    code: 'network.proxyUnreachable',
    seen: { fault: 'proxy_unreachable' },
    isShared: true,
  },
  {
    name: 'a certificate of an unknown issuer',
    begin: async () => {
      await front.close();
      await front.open(createAuthority('Filter of the Bank').issue({ names: NAMES }));
    },
    end: goodAgain,
    cause: 'call_it',
    code: 'network.certificateUntrusted',
    seen: { fault: 'certificate_untrusted', certificate: { issuer: 'Filter of the Bank, Satchel tests' } },
  },
  {
    name: 'a certificate that has expired',
    begin: outOfTime({ validToMs: Date.now() - DAY_MS }),
    end: goodAgain,
    cause: 'call_it',
    code: 'network.certificateExpired',
    seen: { fault: 'certificate_expired', certificate: { issuer: 'Branch test authority, Satchel tests' } },
  },
  {
    name: 'a certificate for another host',
    begin: async () => {
      await front.close();
      await front.open(authority.issue({ names: ['elsewhere.test'] }));
    },
    end: goodAgain,
    cause: 'call_it',
    code: 'network.certificateWrongHost',
    seen: { fault: 'certificate_wrong_host', certificate: { subject: 'elsewhere.test, Satchel tests' } },
  },
  {
    name: 'a clock that is days behind',
    begin: async () => {
      front.clockOff(3 * DAY_MS);
      await outOfTime({ validFromMs: Date.now() + DAY_MS })();
    },
    end: goodAgain,
    cause: 'call_it',
    code: 'network.clockWrong',
    seen: { fault: 'certificate_not_yet_valid' },
    isShared: true,
  },
  {
    name: 'a closed port',
    begin: () => front.close(),
    end: () => front.open(),
    cause: 'wait',
    code: 'network.refused',
    seen: { fault: 'refused', status: null },
  },
];

describe.each(CASES)(
  '$name',
  ({ isProxied = false, begin, end, cause, code, seen, isShared = false, isInDoubt = false }) => {
    it('is told apart, spends no attempt, and goes on by itself with everything delivered once', async () => {
      const desk = await openDesk({ isProxied });
      await begin();
      const first = await release(desk, 'persona');
      await until('the connection to wait', () => connection(desk, desk.persona).pause !== null);
      const others = [await release(desk, 'persona'), await release(desk, 'personr')];
      const { pause } = connection(desk, desk.persona);
      expect(pause).toMatchObject({ cause, message: { code }, seen });
      expect(pause?.untilMs).not.toBeNull();
      expect(desk.satchel.status().networkMessage.code).toBe(code);
      // A person is called for everything that does not pass by itself.
      expect(desk.satchel.status().attention > 0).toBe(cause !== 'wait');
      expect(JSON.stringify(pause)).not.toContain('secret');
      // Shared by the first connection, or not yet found out by the second.
      const other = connection(desk, desk.personr).pause?.message.code;
      expect(isShared ? [code] : [code, undefined]).toContain(other);
      // What is being tested at this very moment counts as an attempt until it is given back.
      // What had left whole when a page came in the place of its answer may have arrived: that one is looked into.
      const untouched = isInDoubt ? others : [first, ...others];
      await until('no attempt to be spent', () => attempts(desk, untouched) === 0);
      await end();
      await everythingArrivesOnce(desk, [first, ...others]);
      expect(desk.satchel.status()).toMatchObject({ network: 'online', attention: 0 });
    });
  },
);

describe('a provider that is down', () => {
  it.each([
    ['answers 503', { kind: 'status', status: 503 } as const, 'persona.unavailable'],
    ['answers 502', { kind: 'status', status: 502 } as const, 'persona.unavailable'],
  ])('%s: the first few customers find out, the rest wait', async (_name, fault, code) => {
    const desk = await openDesk();
    front.fault(fault);
    // All at once: while the others are captured, one alone would go on trying, and time runs 150 times as fast.
    desk.services.dispatcher.setOnline(false);
    const all: string[] = [];
    for (let n = 0; n < 10; n += 1) all.push(await release(desk, 'persona'));
    expect([front.requests(), attempts(desk, all)]).toEqual([0, 0]);
    desk.services.dispatcher.setOnline(true);
    await until('the connection to wait', () => connection(desk, desk.persona).pause !== null);
    expect(connection(desk, desk.persona).pause).toMatchObject({
      cause: 'wait',
      message: { code },
      seen: { status: fault.status },
    });
    await until('a few tests', () => (connection(desk, desk.persona).pause?.failures ?? 0) >= 3);
    const untouched = all.filter((id) => attempts(desk, [id]) === 0);
    expect(untouched.length).toBeGreaterThanOrEqual(2);
    // The tests come later and later: four calls at once, then one at a time.
    expect(front.requests()).toBeLessThan(12);
    front.fault({ kind: 'none' });
    await everythingArrivesOnce(desk, all);
  });
});

describe('a server that takes everything and says nothing', () => {
  it('is given up after a silence; what it may have is looked into, the rest waits, and nothing comes twice', async () => {
    // Longer than a good answer takes on a busy machine: one given up too early would be asked for again.
    const desk = await openDesk({ silenceMs: 1_500 });
    front.fault({ kind: 'stall' });
    const all: string[] = [];
    for (let n = 0; n < 6; n += 1) all.push(await release(desk, 'persona'));
    await until('the connection to wait', () => connection(desk, desk.persona).pause !== null);
    expect(connection(desk, desk.persona).pause).toMatchObject({
      cause: 'wait',
      message: { code: 'sync.providerSilent' },
      seen: { fault: 'silence', status: null },
    });
    expect(desk.satchel.status().networkMessage.code).toBe('sync.providerSilent');
    front.fault({ kind: 'none' });
    await everythingArrivesOnce(desk, all);
  });
});

describe('the end of a pause', () => {
  it('comes at once when the network looks different, long before the next test', async () => {
    const desk = await openDesk({ factor: 1 });
    front.fault({ kind: 'portal' });
    const id = await release(desk, 'persona');
    await until('the connection to wait', () => connection(desk, desk.persona).pause !== null);
    front.fault({ kind: 'none' });
    const untilMs = connection(desk, desk.persona).pause?.untilMs ?? 0;
    expect(untilMs - Date.now()).toBeGreaterThan(50_000);
    looks = 'another network';
    await everythingArrivesOnce(desk, [id]);
    expect(Date.now()).toBeLessThan(untilMs);
  });

  it('is tried at once for one connection by a person, and the other goes on waiting', async () => {
    const desk = await openDesk({ factor: 1 });
    await front.close();
    const ids = [await release(desk, 'persona'), await release(desk, 'personr')];
    const waits = (id: string) => connection(desk, id).pause !== null;
    await until('both to wait', () => waits(desk.persona) && waits(desk.personr));
    await front.open();
    desk.services.dispatcher.tryNow(null, desk.persona);
    await until('one to be over', () => !waits(desk.persona));
    expect(waits(desk.personr)).toBe(true);
    desk.services.dispatcher.tryNow(ids[1] ?? null);
    await everythingArrivesOnce(desk, ids);
  });
});

describe('a clock that is wrong while everything works', () => {
  it('is told, and stops nothing', async () => {
    const desk = await openDesk({ factor: 1 });
    front.clockOff(-3 * 3_600_000);
    const id = await release(desk, 'persona');
    await everythingArrivesOnce(desk, [id]);
    const { clockOffByMs } = desk.satchel.status();
    expect(clockOffByMs).toBeLessThan(-2.9 * 3_600_000);
    expect(clockOffByMs).toBeGreaterThan(-3.1 * 3_600_000);
  });
});
