/** From the simulated network scanner into the vault: the whole app without a window. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Services } from '../../../main/app/index.ts';
import { DEFAULT_SCAN_CHOICE, withFixed } from '../../../shared/domain/index.ts';
import type { ScanProfile, ScanReport, ScanSource } from '../../../shared/domain/index.ts';
import { startEsclSimulator } from '../../support/escl/simulator.ts';
import type { EsclSimulator } from '../../support/escl/simulator.ts';
import type { EsclSwitches } from '../../support/escl/switches.ts';
import { makeFolder, readEverything, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';

const PASSPORT = 'identity/passport/single';
const BILL = 'address/utility_bill/single';
const PROFILE: ScanProfile = { dpi: 150, colour: 'colour', size: 'a6', waitsForPaper: false };

let root: string;
const closing: (() => Promise<void>)[] = [];

beforeAll(() => {
  root = makeFolder('network-scanning');
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => {
  removeFolder(root);
});

interface Branch {
  readonly simulator: EsclSimulator;
  readonly services: Services;
  readonly profile: string;
  readonly deviceId: string;
  readonly submissionId: string;
  scan(source: ScanSource, slot?: string | null): Promise<ScanReport>;
}

async function open(profile: string): Promise<OpenedSatchel> {
  const satchel = await openSatchel(profile);
  closing.unshift(() => satchel.close());
  return satchel;
}

/** A branch with one customer and a network scanner that was added by its address. */
async function openBranch(
  switches: Partial<EsclSwitches> = {},
  scanProfile: Partial<ScanProfile> = {},
): Promise<Branch> {
  const simulator = await startEsclSimulator(switches);
  closing.push(() => simulator.close());
  const profile = mkdtempSync(join(root, 'profile-'));
  const satchel = await open(profile);
  await satchel.satchel.start();
  const { services } = satchel;
  const { scanner } = await services.networkScanners.add(`127.0.0.1:${simulator.port}`);
  const wanted = { ...PROFILE, ...scanProfile };
  services.scanning.choice.set({
    ...DEFAULT_SCAN_CHOICE,
    profiles: { flatbed: wanted, feeder: wanted, duplex: wanted },
  });
  const persona = services.connections.list().find(({ provider }) => provider === 'persona');
  const submissionId = services.capture.createSubmission({
    batchId: services.capture.createBatch(),
    connectionId: persona?.id ?? '',
    flowId: 'proof-of-address',
  });
  const deviceId = `escl:${scanner.id}`;
  return {
    simulator,
    services,
    profile,
    deviceId,
    submissionId,
    scan: (source, slot = null) =>
      services.scanning.scan({ deviceId, source, slot, submissionId, replacesPageId: null }),
  };
}

describe('scanning from the network into a customer', () => {
  it('takes a page from the glass into its slot, encrypted, and leaves nothing in clear', async () => {
    const branch = await openBranch();
    const { devices } = await branch.services.scanning.list({ isFresh: false });
    expect(devices[0]).toMatchObject({ id: branch.deviceId, name: 'Simulated MFP 300' });
    const report = await branch.scan('flatbed', BILL);
    expect(report).toMatchObject({ refused: [], stopped: null, imported: [{ slot: BILL }] });
    await branch.services.capture.whenInspected();
    const [page] = branch.services.capture.submission(branch.submissionId).pages;
    expect(page).toMatchObject({ source: 'scanner', mediaType: 'image/jpeg', widthPixels: 620, heightPixels: 874 });
    expect(page?.fileName).toMatch(/^scan-\d{8}-\d{6}-1\.jpg$/);
    expect(readdirSync(join(branch.profile, 'scanning'))).toEqual([]);
    for (const bytes of readEverything(branch.profile)) expect(bytes.includes('JFIF', 0, 'latin1')).toBe(false);
  });

  it('takes two pages before a jam at the third, and names it', async () => {
    const branch = await openBranch({ sheets: 5, jamAtPage: 3, jamAnswer: 'emptyBody' });
    const report = await branch.scan('feeder', BILL);
    expect(report.imported.map(({ slot }) => slot)).toEqual([BILL, PASSPORT]);
    expect(report.stopped).toEqual({ state: 'paperJam', message: { code: 'scan.paperJam', params: { page: 3 } } });
  });

  it.each([
    ['a page that ends too early, of an answer that is whole', { sheets: 6, shortAtPage: 2 }, 1, 'incompletePage'],
    ['a page that is no picture', { sheets: 6, garbageAtPage: 2 }, 1, 'incompletePage'],
    ['a page in another resolution', { otherDpi: 75 }, 0, 'unsupported'],
    ['a page in a higher resolution that says nothing of it', { otherDpi: 300, density: 1 }, 0, 'unsupported'],
    ['a page in a higher resolution that says 72', { otherDpi: 300, density: 72 }, 0, 'unsupported'],
    ['narrower paper in another resolution, which it says', { density: 100, paperShare: 0.7 }, 0, 'unsupported'],
  ] as const)('does not take %s', async (_name, switches, count, state) => {
    const branch = await openBranch(switches);
    const report = await branch.scan('feeder');
    expect([report.imported.length, report.stopped?.state]).toEqual([count, state]);
    expect(branch.simulator.jobStates()).toEqual(['Canceled']);
  });

  it.each([
    ['72, as many do', 72],
    ['nothing', 1],
  ])('takes a page whose pixels are right and whose file says %s', async (_name, density) => {
    const branch = await openBranch({ density, sheets: 1 });
    expect(await branch.scan('feeder')).toMatchObject({ imported: [{}], stopped: null });
  });

  it.each([
    ['says its resolution in Exif', { densityIn: 'exif' }],
    ['says 72', { density: 72 }],
    ['does not say its resolution', { density: 1 }],
  ] as const)('takes a page that the device has cut to narrower paper and that %s', async (_name, density) => {
    const branch = await openBranch({ ...density, paperShare: 0.7, sheets: 1 });
    expect(await branch.scan('feeder')).toMatchObject({ imported: [{}], stopped: null });
  });

  it('scans each document as it was fixed for it, else in the size that it needs', async () => {
    const branch = await openBranch({}, { dpi: 100, size: 'document' });
    const { choice } = branch.services.scanning;
    const { connectionId } = branch.services.capture.submission(branch.submissionId);
    const fixed = { source: 'flatbed', profile: { ...PROFILE, dpi: 200, size: 'a6' } } as const;
    choice.set(withFixed(choice.get(), { connectionId, documentType: 'utility_bill' }, fixed));
    // The passport is the first that is wanted.
    await branch.scan('flatbed');
    await branch.scan('flatbed', BILL);
    await branch.services.capture.whenInspected();
    const { pages } = branch.services.capture.submission(branch.submissionId);
    const sizes = new Map(pages.map(({ slot, widthPixels, heightPixels }) => [slot, [widthPixels, heightPixels]]));
    // A5 at 100 dpi, A6 at 200 dpi.
    expect([sizes.get(PASSPORT), sizes.get(BILL)]).toEqual([
      [583, 827],
      [827, 1165],
    ]);
  });

  it('waits for paper when that is wanted', async () => {
    const branch = await openBranch({ sheets: 0 }, { waitsForPaper: true });
    setTimeout(() => {
      branch.simulator.heal({ sheets: 2 });
    }, 300);
    expect((await branch.scan('feeder')).imported).toHaveLength(2);
  });

  it('can be stopped while the scanner has not even said what it can do', async () => {
    const branch = await openBranch();
    branch.simulator.heal({ capabilitiesDelayMs: 10_000 });
    const { scanning } = branch.services;
    const scan = branch.scan('flatbed');
    expect(scanning.progress()).toMatchObject({ phase: 'starting', submissionId: branch.submissionId });
    const askedAt = performance.now();
    scanning.cancel();
    expect((await scan).stopped).toMatchObject({ state: 'cancelled', message: { code: 'scan.cancelled' } });
    expect(performance.now() - askedAt).toBeLessThan(5_000);
    expect([scanning.progress(), branch.simulator.jobStates()]).toEqual([null, []]);
  });

  it('knows the scanner after a restart, and no more once it was forgotten', async () => {
    const branch = await openBranch();
    await closing.shift()?.();
    const again = await open(branch.profile);
    const { scanning, networkScanners } = again.services;
    expect((await scanning.list({ isFresh: false })).devices.map(({ id }) => id)).toContain(branch.deviceId);
    networkScanners.forget(branch.deviceId.slice('escl:'.length));
    const { devices } = await scanning.list({ isFresh: false });
    expect(devices.map(({ id }) => id)).not.toContain(branch.deviceId);
  });
});
