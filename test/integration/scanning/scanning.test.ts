/** From SANE's test scanner into the vault: the whole app without a window, and nothing between that is not the real part. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSaneDriver } from '../../../main/scanning/index.ts';
import type { Services } from '../../../main/app/index.ts';
import type { InspectionPort, LookJob } from '../../../main/inspection/index.ts';
import { DEFAULT_SCAN_CHOICE, EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import type { ScanProfile, ScanProgress, ScanReport, ScanSource } from '../../../shared/domain/index.ts';
import { Pictures } from '../../support/customers.ts';
import { readEverything, makeFolder, removeFolder } from '../../support/folders.ts';
import { lendInspection } from '../../support/lent-inspection.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import { smallDisk } from '../database/support.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { until } from '../../support/until.ts';
import {
  fakeScanimage,
  hasScanimage,
  JAM,
  saneEnvironment,
  slowScanner,
  twoPagesThen,
  WITHOUT_SCANIMAGE,
} from '../../support/sane.ts';
import type { TestScanner } from '../../support/sane.ts';
import { grantFor } from '../../support/supervisor.ts';

const DEVICE = 'sane:test:0';
const PASSPORT = 'identity/passport/single';
const BILL = 'address/utility_bill/single';
const PROFILE: ScanProfile = { dpi: 150, colour: 'grey', size: 'a6', waitsForPaper: false };
const SLOW = slowScanner(8_000, 15_000);

let root: string;
const opened: OpenedSatchel[] = [];

beforeAll(() => {
  root = makeFolder('scanning');
});
afterEach(async () => {
  for (const satchel of opened.splice(0)) await satchel.close();
});
afterAll(() => {
  removeFolder(root);
});

interface Branch {
  readonly services: Services;
  readonly profile: string;
  readonly progress: ScanProgress[];
  readonly submissionId: string;
  scan(order?: {
    source?: ScanSource;
    slot?: string | null;
    replacesPageId?: string;
    deviceId?: string;
    submissionId?: string;
  }): Promise<ScanReport>;
  close(): Promise<void>;
}

interface Circumstances {
  readonly scanner?: TestScanner;
  /** In place of scanning (see fakeScanimage). */
  readonly script?: string;
  readonly scanProfile?: Partial<ScanProfile>;
  readonly freeBytes?: () => number;
  readonly onProgress?: (progress: ScanProgress, services: Services) => void;
  readonly profile?: string;
  readonly inspection?: InspectionPort;
}

/** Nothing else of this program goes on meanwhile. */
function pauseThread(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** A branch with one customer, whose scanner is SANE's test backend. */
async function openBranch(circumstances: Circumstances = {}): Promise<Branch> {
  const profile = circumstances.profile ?? mkdtempSync(join(root, 'profile-'));
  const home = mkdtempSync(join(root, 'home-'));
  const env = { ...process.env, ...saneEnvironment(home, circumstances.scanner) };
  const program = circumstances.script === undefined ? {} : { program: fakeScanimage(home, circumstances.script) };
  const progress: ScanProgress[] = [];
  const satchel = await openSatchel(profile, {
    scanners: [createSaneDriver({ env, ...program })],
    ...(circumstances.freeBytes === undefined ? {} : { freeBytes: circumstances.freeBytes }),
    ...(circumstances.inspection === undefined ? {} : { inspection: circumstances.inspection }),
    emit: (name, payload) => {
      if (name !== 'scanProgress' || !('scan' in payload) || payload.scan === null) return;
      progress.push(payload.scan);
      circumstances.onProgress?.(payload.scan, satchel.services);
    },
  });
  opened.push(satchel);
  await satchel.satchel.start();
  const { services } = satchel;
  const scanProfile = { ...PROFILE, ...circumstances.scanProfile };
  services.scanning.choice.set({
    ...DEFAULT_SCAN_CHOICE,
    profiles: { flatbed: scanProfile, feeder: scanProfile, duplex: scanProfile },
  });
  const persona = services.connections.list().find(({ provider }) => provider === 'persona');
  const submissionId = services.capture.createSubmission({
    batchId: services.capture.createBatch(),
    connectionId: persona?.id ?? '',
    flowId: 'proof-of-address',
  });
  return {
    services,
    profile,
    progress,
    submissionId,
    scan: (order = {}) =>
      services.scanning.scan({
        deviceId: DEVICE,
        source: 'flatbed',
        slot: null,
        submissionId,
        ...order,
        replacesPageId: order.replacesPageId ?? null,
      }),
    close: async () => {
      opened.splice(opened.indexOf(satchel), 1);
      await satchel.close();
    },
  };
}

const slotsFilled = ({ services, submissionId }: Branch): (string | null)[] =>
  services.capture.submission(submissionId).pages.map(({ slot }) => slot);

const leftInClear = ({ profile }: Branch): string[] => {
  try {
    return readdirSync(join(profile, 'scanning'));
  } catch {
    return [];
  }
};

/** The second page comes after `file` was made. */
const secondPageAfter = (file: string): string => `real_scan "$@" --batch-count=1 2>/dev/null
while [ ! -e ${file} ]; do sleep 0.02; done
real_scan "$@" --batch-start=2 --batch-count=1 2>/dev/null`;

/** Released with what is in it, as a supervisor can. */
async function releaseNow({ services: { capture }, submissionId }: Branch): Promise<void> {
  await capture.whenInspected();
  capture.override(submissionId, 'a test', grantFor(submissionId));
  capture.releaseSubmission(submissionId);
}
const voidNow = ({ services: { capture }, submissionId }: Branch): void =>
  capture.voidSubmission(submissionId, 'a test');

/** A `SatchelFailure` of this sentence. */
const failure = (code: string) => ({ failure: { message: { code } } });

describe.skipIf(!hasScanimage)(`scanning into a customer${WITHOUT_SCANIMAGE}`, () => {
  it('takes a page from the glass into the slot that was chosen, encrypted, and leaves nothing in clear', async () => {
    const branch = await openBranch();
    const list = await branch.services.scanning.list({ isFresh: false });
    expect(list).toEqual({
      devices: [{ id: DEVICE, name: 'Noname frontend-tester', via: 'SANE, test' }],
      reason: null,
    });
    const report = await branch.scan({ slot: BILL });
    expect(report).toMatchObject({ refused: [], stopped: null, imported: [{ slot: BILL }] });
    await branch.services.capture.whenInspected();
    const [page] = branch.services.capture.submission(branch.submissionId).pages;
    // A6 at 150 dpi, by the whole millimetres of the test scanner.
    expect(page).toMatchObject({ source: 'scanner', mediaType: 'image/png', widthPixels: 620, heightPixels: 874 });
    expect(page?.fileName).toMatch(/^scan-\d{8}-\d{6}-1\.png$/);
    expect(page?.findings.map(({ rule }) => rule)).toEqual(['document.issueDateMissing']);
    expect(leftInClear(branch)).toEqual([]);
    for (const bytes of readEverything(branch.profile)) expect(bytes.includes('IHDR', 0, 'latin1')).toBe(false);
    const phases = new Set(branch.progress.map(({ phase }) => phase));
    expect([...phases]).toEqual(['starting', 'scanning']);
    expect(branch.services.scanning.progress()).toBeNull();
  });

  it('takes every page of the feeder: the slot that was chosen, then the open ones, the rest into the tray', async () => {
    const branch = await openBranch();
    const report = await branch.scan({ source: 'feeder', slot: BILL });
    expect(report.stopped).toBeNull();
    expect(report.imported.map(({ slot }) => slot)).toEqual([BILL, PASSPORT, ...Array.from({ length: 8 }, () => null)]);
    expect(leftInClear(branch)).toEqual([]);
  });

  it('puts a new scan in the place of a page, which can be brought back', async () => {
    const branch = await openBranch();
    const { capture } = branch.services;
    const [first] = (await branch.scan({ slot: PASSPORT })).imported;
    const replacesPageId = first?.pageId ?? '';
    const [second] = (await branch.scan({ slot: PASSPORT, replacesPageId })).imported;
    expect(second?.slot).toBe(PASSPORT);
    expect(capture.submission(branch.submissionId).pages.map(({ id }) => id)).toEqual([second?.pageId]);
    const codes = capture.submission(branch.submissionId).timeline.map(({ message }) => message.code);
    expect(codes).toContain('ledger.pageReplaced');
    capture.restorePage(replacesPageId);
    expect(new Set(slotsFilled(branch))).toEqual(new Set([PASSPORT, null]));
  });

  it('throws nothing out when the page to replace lies in another slot by now', async () => {
    const branch = await openBranch();
    const [first] = (await branch.scan({ slot: PASSPORT })).imported;
    const replacesPageId = first?.pageId ?? '';
    branch.services.capture.movePage(replacesPageId, BILL);
    const [second] = (await branch.scan({ slot: PASSPORT, replacesPageId })).imported;
    expect(second?.slot).toBe(PASSPORT);
    expect(new Set(slotsFilled(branch))).toEqual(new Set([BILL, PASSPORT]));
  });

  it('decodes a page once, and it is safe before all is seen of it', async () => {
    const real = lendInspection();
    const asked: string[] = [];
    const later = Promise.withResolvers<void>();
    const branch = await openBranch({
      inspection: {
        ...real,
        preview: (job) => {
          asked.push('preview');
          return real.preview(job);
        },
        inspect: async (job) => {
          asked.push('inspect');
          const seen = await real.inspect(job);
          await later.promise;
          return seen;
        },
      },
    });
    const [page] = (await branch.scan({ slot: PASSPORT })).imported;
    const stored = (): Record<string, unknown> => ({
      ...branch.services.capture.submission(branch.submissionId).pages[0],
    });
    expect(stored()).toMatchObject({ id: page?.pageId, widthPixels: null });
    later.resolve();
    await branch.services.capture.whenInspected();
    expect(stored()).toMatchObject({ id: page?.pageId, widthPixels: 620 });
    expect(asked).toEqual(['inspect']);
  });

  it('looks at a page anew when the look at it that had begun came to nothing', async () => {
    const real = lendInspection();
    let lookCount = 0;
    const branch = await openBranch({
      inspection: {
        ...real,
        inspect: async (job: LookJob) => {
          lookCount += 1;
          const seen = await real.inspect(job);
          if (lookCount === 1) throw new Error('a test');
          return seen;
        },
      },
    });
    expect(await branch.scan({ slot: PASSPORT })).toMatchObject({ imported: [{ slot: PASSPORT }], stopped: null });
    await branch.services.capture.whenInspected();
    const [page] = branch.services.capture.submission(branch.submissionId).pages;
    expect([lookCount, page?.widthPixels]).toEqual([2, 620]);
  });

  it('stops when it is asked; the pages before are safe', async () => {
    const branch = await openBranch({
      scanner: SLOW,
      onProgress: ({ page }, services) => {
        if (page === 3) services.scanning.cancel();
      },
    });
    const report = await branch.scan({ source: 'feeder' });
    expect(report.stopped?.state).toBe('cancelled');
    expect(report.imported).toHaveLength(2);
    expect(leftInClear(branch)).toEqual([]);
  });

  it('ends a running scan when the app ends', async () => {
    const branch = await openBranch({ scanner: SLOW });
    const scan = branch.scan({ source: 'feeder' });
    await until('three steps of the scan', () => branch.progress.length >= 3, { everyMs: 20 });
    await branch.close();
    expect((await scan).stopped?.state).toBe('cancelled');
    expect(leftInClear(branch)).toEqual([]);
  });

  it('runs one scan at a time, and says so', async () => {
    const branch = await openBranch({ scanner: SLOW });
    const first = branch.scan();
    await expect(branch.scan()).rejects.toMatchObject({ failure: { message: { code: 'scan.running' } } });
    expect((await first).imported).toHaveLength(1);
  });

  it('says what the scanner says, with no page taken', async () => {
    const branch = await openBranch({ scanner: { 'read-status-code': '"SANE_STATUS_COVER_OPEN"' } });
    expect(await branch.scan()).toEqual({
      imported: [],
      refused: [],
      stopped: { state: 'coverOpen', message: { code: 'scan.coverOpen', params: { page: 1 } } },
    });
  });

  it('does not scan what is not listed, what the device has not, or into what is closed', async () => {
    const branch = await openBranch();
    await expect(branch.scan({ deviceId: 'sane:net:evil' })).rejects.toMatchObject(failure('scan.offline'));
    // SANE would open this one: it is another name of the same device.
    await expect(branch.scan({ deviceId: 'sane:test' })).rejects.toMatchObject(failure('scan.offline'));
    await expect(branch.scan({ deviceId: 'other:test:0' })).rejects.toMatchObject(failure('scan.offline'));
    await expect(branch.scan({ source: 'duplex' })).rejects.toMatchObject(failure('scan.unsupported'));
    await expect(branch.scan({ slot: 'no/such/slot' })).rejects.toMatchObject(failure('capture.unknownSlot'));
    branch.services.capture.voidSubmission(branch.submissionId, 'a test');
    await expect(branch.scan()).rejects.toMatchObject(failure('capture.isVoided'));
    // None of these is in the way of the next.
    await expect(branch.scan()).rejects.toMatchObject(failure('capture.isVoided'));
  });

  it('says that no scanner answers, and finds one that is switched on later', async () => {
    const profile = mkdtempSync(join(root, 'profile-'));
    const home = mkdtempSync(join(root, 'home-'));
    const env = { ...process.env, ...saneEnvironment(home, { number_of_devices: 0 }) };
    const satchel = await openSatchel(profile, { scanners: [createSaneDriver({ env })] });
    opened.push(satchel);
    const { scanning } = satchel.services;
    expect(await scanning.list({ isFresh: false })).toEqual({ devices: [], reason: { code: 'scanner.none' } });
    saneEnvironment(home, { number_of_devices: 1 });
    expect((await scanning.list({ isFresh: false })).devices).toEqual([]);
    expect((await scanning.list({ isFresh: true })).devices).toHaveLength(1);
  });

  it('remembers the choice of this PC', async () => {
    const branch = await openBranch();
    const choice = { ...branch.services.scanning.choice.get(), deviceId: DEVICE, source: 'feeder' as const };
    branch.services.scanning.choice.set(choice);
    await branch.close();
    const again = await openSatchel(branch.profile, { scanners: [] });
    opened.push(again);
    expect(again.services.scanning.choice.get()).toEqual(choice);
  });
});

describe.skipIf(!hasScanimage)(`what the test scanner does not do by itself${WITHOUT_SCANIMAGE}`, () => {
  it('a jam at page 3: two pages are in, and the third is named', async () => {
    const branch = await openBranch({ script: twoPagesThen(JAM) });
    const report = await branch.scan({ source: 'feeder' });
    expect(report.imported.map(({ slot }) => slot)).toEqual([PASSPORT, BILL]);
    expect(report.stopped).toEqual({
      state: 'paperJam',
      message: { code: 'scan.paperJam', params: { page: 3 } },
    });
  });

  it.each([
    { close: voidNow, state: 'customerVoided' },
    { close: releaseNow, state: 'customerReleased' },
  ] as const)('a customer takes no page more during the scan: $state', async ({ close, state }) => {
    const goOn = join(mkdtempSync(join(root, 'closed-')), 'go-on');
    const branch = await openBranch({ script: secondPageAfter(goOn) });
    const pictures = new Pictures(mkdtempSync(join(root, 'pictures-')), 1);
    const { services, submissionId } = branch;
    services.capture.setSubject(submissionId, {
      ...EMPTY_SUBJECT,
      givenName: 'Wanda',
      familyName: 'Waits',
      reference: 'wanda',
    });
    await services.capture.importFiles(await pictures.files(2), { submissionId, slot: null }, 'dialog');
    const scan = branch.scan({ source: 'feeder' });
    await until('the first page', () => branch.progress.some(({ taken }) => taken === 1), { everyMs: 20 });
    await close(branch);
    writeFileSync(goOn, '');
    const report = await scan;
    expect(report.imported).toHaveLength(1);
    // One sentence says it: a scanned page is no file that was not imported.
    expect(report.refused).toEqual([]);
    expect(report.stopped).toEqual({ state, message: { code: `scan.${state}`, params: { page: 2 } } });
    expect(slotsFilled(branch)).toHaveLength(3);
    expect(leftInClear(branch)).toEqual([]);
  });

  it('a page for a slot that is gone, since another document type was chosen, lies in the tray', async () => {
    let isChosen = false;
    const branch = await openBranch({
      onProgress: ({ phase }, { capture }) => {
        if (phase !== 'scanning' || isChosen) return;
        isChosen = true;
        capture.setDocument(branch.submissionId, {
          requirementId: 'identity',
          documentType: 'id_card',
          country: 'DEU',
        });
      },
    });
    expect(await branch.scan({ slot: PASSPORT })).toMatchObject({
      stopped: null,
      refused: [],
      imported: [{ slot: null }],
    });
    expect(slotsFilled(branch)).toEqual([null]);
  });

  /** Page 3 is there and named, but ends too early, as after a full disk that scanimage did not notice. */
  const CUT = twoPagesThen('head -c 900 p002.tiff > p003.tiff\necho p003.tiff\nexit 0');

  it('a page that ends too early is not taken, and the scan says which', async () => {
    const branch = await openBranch({ script: CUT });
    const report = await branch.scan({ source: 'feeder' });
    expect(report.imported).toHaveLength(2);
    expect(report.stopped?.message).toEqual({ code: 'scan.incompletePage', params: { page: 3 } });
    expect(slotsFilled(branch)).toHaveLength(2);
    expect(leftInClear(branch)).toEqual([]);
  });

  it('nor is one of a device that says that it has ended before it has given a row', async () => {
    const branch = await openBranch({ scanner: { 'read-status-code': '"SANE_STATUS_EOF"' } });
    for (const source of ['flatbed', 'feeder'] as const) {
      expect(await branch.scan({ source })).toMatchObject({ imported: [], stopped: { state: 'incompletePage' } });
    }
  });

  it('nor is one that has an end, and a hole before it', async () => {
    const hole = twoPagesThen('(head -c 900 p002.tiff; tail -c 90000 p002.tiff) > p003.tiff\necho p003.tiff\nexit 0');
    const branch = await openBranch({ script: hole });
    const report = await branch.scan({ source: 'feeder' });
    expect([report.imported.length, report.refused]).toEqual([2, []]);
    expect(report.stopped?.message).toEqual({ code: 'scan.incompletePage', params: { page: 3 } });
    expect(slotsFilled(branch)).toHaveLength(2);
  });

  it('and when there is no room, a full disk is what is said', async () => {
    let free = 1e12;
    const branch = await openBranch({
      script: CUT,
      freeBytes: () => free,
      onProgress: ({ taken }) => {
        if (taken === 2) free = 1_000;
      },
    });
    const report = await branch.scan({ source: 'feeder' });
    expect([report.imported.length, report.stopped?.state]).toEqual([2, 'diskFull']);
    // Nothing is begun while there is no room, and what the vault keeps free is none.
    free = 300e6;
    expect(await branch.scan()).toMatchObject({ imported: [], stopped: { state: 'diskFull' } });
  });

  it('a page for which the vault has no room is named by the scan alone, with how much is to be freed', async () => {
    let free = 1e12;
    const branch = await openBranch({
      freeBytes: () => free,
      onProgress: ({ taken }) => {
        if (taken !== 2 || free === 200e6) return;
        free = 200e6;
        // The vault measures again after a quarter of a second, in which a fast machine takes the whole feeder.
        pauseThread(300);
      },
    });
    const { imported, refused, stopped } = await branch.scan({ source: 'feeder' });
    expect(refused).toEqual([]);
    const params = { page: imported.length + 1, megabytes: expect.any(Number) as unknown };
    expect(stopped).toEqual({ state: 'diskFull', message: { code: 'scan.diskFullNeeds', params } });
  });

  it('a disk that is really full under the scanner is said to be that', async ({ skip }) => {
    // Above the least size of a disk in memory, so that the page does not fit whatever else lies there.
    const disk = smallDisk(1, skip);
    const profile = mkdtempSync(join(root, 'profile-'));
    symlinkSync(disk.directory, join(profile, 'scanning'));
    let free = 1e12;
    const branch = await openBranch({
      profile,
      freeBytes: () => free,
      scanProfile: { dpi: 600, colour: 'colour', size: 'full' },
      onProgress: ({ phase }) => {
        if (phase === 'scanning') free = 0;
      },
    });
    expect(await branch.scan()).toMatchObject({ imported: [], stopped: { state: 'diskFull' } });
    expect(leftInClear(branch)).toEqual([]);
  });

  it('a page in another resolution than asked for is not taken', async () => {
    const other = 'real_scan "$@" --resolution=75 --batch-count=1';
    const branch = await openBranch({ script: other });
    expect(await branch.scan()).toMatchObject({ imported: [], stopped: { state: 'unsupported' } });
  });

  it('a file that is no picture is not taken', async () => {
    const branch = await openBranch({
      script: 'head -c 5000 /dev/urandom > p001.tiff\necho p001.tiff\necho p002.tiff',
    });
    expect(await branch.scan()).toMatchObject({ imported: [], stopped: { state: 'incompletePage' } });
  });

  it('waits for paper when that is wanted, and can be stopped while it waits', async () => {
    const home = mkdtempSync(join(root, 'paper-'));
    const empty = "echo 'scanimage: sane_start: Document feeder out of documents' >&2\nexit 0";
    const script = `if [ -e ${home}/paper ]; then real_scan "$@" --batch-count=1; else ${empty.replace('\n', '; ')}; fi`;
    const impatient = await openBranch({ script });
    expect((await impatient.scan({ source: 'feeder' })).stopped?.state).toBe('feederEmpty');

    const patient = await openBranch({
      script,
      scanProfile: { waitsForPaper: true },
      onProgress: ({ phase }) => {
        if (phase === 'waitingForPaper') writeFileSync(join(home, 'paper'), '');
      },
    });
    expect(await patient.scan({ source: 'feeder' })).toMatchObject({ stopped: null, imported: [{ slot: PASSPORT }] });

    const stopped = await openBranch({
      script: empty,
      scanProfile: { waitsForPaper: true },
      onProgress: ({ phase }, services) => {
        if (phase === 'waitingForPaper') services.scanning.cancel();
      },
    });
    expect((await stopped.scan({ source: 'feeder' })).stopped?.state).toBe('cancelled');
  });
});

describe('pages in clear that a killed run has left', () => {
  it('are removed at the next start', async () => {
    const profile = mkdtempSync(join(root, 'profile-'));
    mkdirSync(join(profile, 'scanning', 'scan-left'), { recursive: true });
    writeFileSync(join(profile, 'scanning', 'scan-left', 'p001.tiff.part'), 'half a page');
    const satchel = await openSatchel(profile, { scanners: [] });
    opened.push(satchel);
    await satchel.satchel.start();
    expect(readdirSync(join(profile, 'scanning'))).toEqual([]);
    expect(await satchel.services.scanning.list({ isFresh: false })).toMatchObject({ devices: [] });
    expect(readFileSync(join(profile, 'insecure.key')).length).toBeGreaterThan(0);
  });
});
