/** The SANE driver against SANE itself: its test backend is a scanner made of software. A fake only for what that cannot do. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSaneDriver, ScanStopped } from '../../../main/scanning/index.ts';
import type { ScannerDriver, ScanSettings } from '../../../main/scanning/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import {
  fakeScanimage,
  hasScanimage,
  JAM,
  saneEnvironment,
  slowScanner,
  twoPagesThen,
  WITHOUT_SCANIMAGE,
} from '../../support/sane.ts';
import type { Patience } from '../../../main/scanning/program.ts';
import type { TestScanner } from '../../support/sane.ts';

const FLATBED: ScanSettings = { source: 'flatbed', dpi: 100, colour: 'colour', size: 'a6' };
const FEEDER: ScanSettings = { source: 'feeder', dpi: 50, colour: 'grey', size: 'a6' };
/** Each page takes about a quarter of a second. */
const SLOW = slowScanner(4_000, 15_000);

let root: string;

beforeAll(() => {
  root = makeFolder('sane');
});
afterAll(() => {
  removeFolder(root);
});

interface Bench {
  readonly driver: ScannerDriver;
  readonly folder: string;
}

function bench(
  scanner: TestScanner = {},
  script: string | null = null,
  { options = null, ...patience }: Patience & { options?: string | null } = {},
): Bench {
  const home = mkdtempSync(join(root, 'bench-'));
  const env = { ...process.env, ...saneEnvironment(home, scanner) };
  const program = script === null ? {} : { program: fakeScanimage(home, script, options) };
  return {
    driver: createSaneDriver({ env, stopPatienceMs: 20_000, ...patience, ...program }),
    folder: mkdtempSync(join(home, 'pages-')),
  };
}

interface Scanned {
  readonly pages: string[];
  /** Whether the PNG that came with each of them has the pixels and the resolution of its file. */
  readonly areKept: boolean[];
  /** Why it ended early, or null. */
  readonly state: string | null;
  readonly progress: (readonly [page: number, fraction: number | null])[];
}

async function scan(
  { driver, folder }: Bench,
  settings: ScanSettings,
  watch: { signal?: AbortSignal; onPage?: (path: string) => Promise<void>; onProgress?: (page: number) => void } = {},
): Promise<Scanned> {
  const pages: string[] = [];
  const areKept: boolean[] = [];
  const progress: (readonly [number, number | null])[] = [];
  let state: string | null = null;
  try {
    await driver.scan('test:0', settings, folder, {
      signal: watch.signal ?? new AbortController().signal,
      onProgress: (page, fraction) => {
        progress.push([page, fraction]);
        watch.onProgress?.(page);
      },
      onPage: async (page) => {
        await watch.onPage?.(page.path);
        pages.push(page.path);
        areKept.push(await isSamePicture(await page.png, page.path));
      },
    });
  } catch (error) {
    if (!(error instanceof ScanStopped)) throw error;
    state = error.state;
  }
  return { pages, areKept, state, progress };
}

async function isSamePicture(png: Uint8Array | null | undefined, path: string): Promise<boolean> {
  if (png === null || png === undefined) return false;
  const [kept, came] = [sharp(png), sharp(readFileSync(path))];
  const [{ format, density }, wanted] = [await kept.metadata(), await came.metadata()];
  const areSame = (await kept.raw().toBuffer()).equals(await came.raw().toBuffer());
  return areSame && format === 'png' && density === wanted.density;
}

const names = (paths: readonly string[]): string[] => paths.map((path) => basename(path));

/** Two real pages, then `then` on the third that it says it scans. */
const onPageThree = (then: string): string => twoPagesThen(`echo "Scanning page 3" >&2\n${then}`);

describe.skipIf(!hasScanimage)(`SANE's test scanner${WITHOUT_SCANIMAGE}`, () => {
  it('is listed, with what each source can do', async () => {
    const { driver } = bench({ number_of_devices: 2 });
    expect(driver.isAvailable()).toBe(true);
    expect(await driver.list()).toEqual([
      { name: 'test:0', vendor: 'Noname', model: 'frontend-tester', via: 'SANE, test' },
      { name: 'test:1', vendor: 'Noname', model: 'frontend-tester', via: 'SANE, test' },
    ]);
    const resolutions = { kind: 'range', min: 1, max: 1200, step: 1 };
    const both = { resolutions, colours: ['grey', 'colour'], area: { width: 300, height: 300 }, hasFullSize: true };
    expect(await driver.capabilities('test:0')).toEqual([
      { source: 'flatbed', ...both },
      { source: 'feeder', ...both },
    ]);
  });

  it('is no longer listed when SANE has none', async () => {
    expect(await bench({ number_of_devices: 0 }).driver.list()).toEqual([]);
  });

  it('gives one page from the glass, in the resolution, colour and size that were asked for', async () => {
    const place = bench();
    const { pages, areKept, state, progress } = await scan(place, FLATBED, { onPage: () => wait(300) });
    expect(state).toBeNull();
    expect(areKept).toEqual([true]);
    // A page that takes its time is waited for, also when the scanner's program has ended long ago.
    expect(names(pages)).toEqual(['p001.tiff']);
    const picture = await sharp(readFileSync(pages[0] ?? '')).metadata();
    expect(picture).toMatchObject({ format: 'tiff', density: 100, channels: 3 });
    // A6 is 105 mm × 148 mm; the test scanner goes by whole millimetres.
    expect([picture.width, picture.height]).toEqual([413, 582]);
    expect(progress.length).toBeGreaterThan(0);
    expect(progress.every(([page, fraction]) => page === 1 && fraction !== null && fraction <= 1)).toBe(true);
    const grey = await scan(bench(), { ...FLATBED, colour: 'grey' });
    expect((await sharp(readFileSync(grey.pages[0] ?? '')).metadata()).channels).toBe(1);
    expect(grey.areKept).toEqual([true]);
  });

  it('gives every page of the feeder, one by one while the next is scanned, and ends when it is empty', async () => {
    const place = bench(SLOW);
    const pagesWhen: number[] = [];
    let scanning = 0;
    const { pages, state } = await scan(place, FEEDER, {
      onProgress: (page) => {
        scanning = page;
      },
      onPage: () => {
        pagesWhen.push(scanning);
        return Promise.resolve();
      },
    });
    expect(state).toBeNull();
    expect(names(pages)).toEqual(
      Array.from({ length: 10 }, (_, index) => `p${String(index + 1).padStart(3, '0')}.tiff`),
    );
    // The third page was there before the last one had begun.
    expect(pagesWhen[2]).toBeLessThan(10);
    expect(readdirSync(place.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('holds no more than the next page in memory while one is being taken in', async () => {
    const place = bench();
    const last = join(place.folder, 'p010.tiff');
    const { pages, areKept } = await scan(place, FEEDER, {
      onPage: async () => {
        while (!existsSync(last)) await wait(20);
      },
    });
    expect(pages).toHaveLength(10);
    expect(areKept.slice(0, 3)).toEqual([true, true, false]);
  });

  it('has no source for both sides, and says so when it is asked', async () => {
    expect((await scan(bench(), { ...FEEDER, source: 'duplex' })).state).toBe('unsupported');
  });

  it('stops in the middle when it is asked, and keeps the pages that were whole', async () => {
    const place = bench(SLOW);
    const stop = new AbortController();
    const { pages, state } = await scan(place, FEEDER, {
      signal: stop.signal,
      onProgress: (page) => {
        if (page === 3) stop.abort();
      },
    });
    expect(state).toBe('cancelled');
    expect(names(pages)).toEqual(['p001.tiff', 'p002.tiff']);
    expect(readdirSync(place.folder).toSorted()).toEqual(['p001.tiff', 'p002.tiff']);
  });

  it('ends with the error of a page that could not be taken, and takes no further one', async () => {
    const place = bench(SLOW);
    const refusal = new Error('no room');
    const taken: string[] = [];
    const scanned = scan(place, FEEDER, {
      onPage: (path) => {
        taken.push(basename(path));
        return taken.length === 2 ? Promise.reject(refusal) : Promise.resolve();
      },
    });
    await expect(scanned).rejects.toBe(refusal);
    expect(taken).toEqual(['p001.tiff', 'p002.tiff']);
  });

  it.each([
    ['SANE_STATUS_UNSUPPORTED', 'unsupported'],
    ['SANE_STATUS_CANCELLED', 'cancelled'],
    ['SANE_STATUS_DEVICE_BUSY', 'busy'],
    ['SANE_STATUS_INVAL', 'unsupported'],
    ['SANE_STATUS_JAMMED', 'paperJam'],
    ['SANE_STATUS_NO_DOCS', 'feederEmpty'],
    ['SANE_STATUS_COVER_OPEN', 'coverOpen'],
    ['SANE_STATUS_IO_ERROR', 'deviceError'],
    ['SANE_STATUS_NO_MEM', 'deviceError'],
    ['SANE_STATUS_ACCESS_DENIED', 'accessDenied'],
  ])('%s is told as %s, with no page', async (status, state) => {
    for (const settings of [FLATBED, FEEDER]) {
      const scanned = await scan(bench({ 'read-status-code': `"${status}"` }), settings);
      expect([scanned.state, scanned.pages]).toEqual([state, []]);
    }
  });

  it('that is not there any more is offline', async () => {
    const { driver, folder } = bench();
    const watch = { signal: new AbortController().signal, onProgress: () => {}, onPage: () => Promise.resolve() };
    await expect(driver.capabilities('test:7')).rejects.toMatchObject({ state: 'offline' });
    await expect(driver.scan('gone:usb:1', FLATBED, folder, watch)).rejects.toMatchObject({ state: 'offline' });
  });
});

describe.skipIf(!hasScanimage)(`what the test scanner cannot do${WITHOUT_SCANIMAGE}`, () => {
  it('a jam at page 3 hands over pages 1 and 2 and says paper jam', async () => {
    const { pages, state } = await scan(bench({}, onPageThree(JAM)), FEEDER);
    expect(names(pages)).toEqual(['p001.tiff', 'p002.tiff']);
    expect(state).toBe('paperJam');
    for (const page of pages) await sharp(readFileSync(page)).stats();
  });

  it('an empty feeder in the middle of a page is no good end', async () => {
    const half = "echo 'scanimage: sane_read: Document feeder out of documents' >&2\nexit 0";
    expect((await scan(bench({}, onPageThree(half)), FEEDER)).state).toBe('incompletePage');
  });

  it('a program that is ended by a signal hands over what it had finished', async () => {
    const { pages, state } = await scan(bench({}, onPageThree('kill -SEGV $$')), FEEDER);
    expect([pages.length, state]).toEqual([2, 'deviceError']);
  });

  it('both sides of a sheet come one after the other, by the source or the option that the device names', async () => {
    const common = '    --mode Gray|Color [Gray]\n    --resolution 50..600dpi (in steps of 1) [50]\n';
    const bySource = `    --source ADF Front|ADF Back|ADF Duplex [ADF Front]\n${common}`;
    const byOption = `    --source Flatbed|ADF [ADF]\n    --adf-mode Simplex|Duplex [Simplex]\n${common}`;
    // The test scanner has one side only, so its own feeder stands for both.
    const script = [
      'echo "$@" > ../asked',
      "real_scan --device-name=test:0 '--source=Automatic Document Feeder' --format=tiff --batch=p%03d.tiff --batch-print --batch-count=4 --progress",
    ].join('\n');
    for (const [options, asked] of [
      [bySource, '--source=ADF Duplex'],
      [byOption, '--source=ADF --adf-mode=Duplex'],
    ] as const) {
      const place = bench({}, script, { options });
      const { pages, state } = await scan(place, { ...FEEDER, source: 'duplex' });
      expect(state).toBeNull();
      expect(names(pages)).toEqual(['p001.tiff', 'p002.tiff', 'p003.tiff', 'p004.tiff']);
      expect(readFileSync(join(place.folder, '..', 'asked'), 'utf8')).toContain(`${asked} --mode=Gray --resolution=50`);
    }
  });

  it('a device that does not stop when asked is ended after some seconds', async () => {
    const stop = new AbortController();
    const deaf = "trap '' INT TERM\necho 'Progress: 5.0%' >&2\nwhile :; do sleep 1; done";
    const { state } = await scan(bench({}, deaf, { stopPatienceMs: 300 }), FEEDER, {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    });
    expect(state).toBe('cancelled');
  });

  /** As SANE's own test scanner does in one of two hundred runs with a jam. */
  const HANGS = "trap '' INT TERM\nwhile :; do sleep 1; done";
  it.each([
    ['has named a jam', "echo 'scanimage: sane_read: Document feeder jammed' >&2", 'paperJam'],
    ['has finished its batch', "echo 'Batch terminated, 2 pages scanned' >&2", null],
  ])('a program that hangs after it %s is ended, and believed', async (_what, lastWord, state) => {
    const patience = { endPatienceMs: 200, stopPatienceMs: 200 };
    const scanned = await scan(bench({}, twoPagesThen(`${lastWord}\n${HANGS}`), patience), FEEDER);
    expect([scanned.state, names(scanned.pages)]).toEqual([state, ['p001.tiff', 'p002.tiff']]);
  });

  it('a device from which nothing comes any more is ended, and what it had finished is kept', async () => {
    const patience = { silenceMs: 1_500, stopPatienceMs: 200 };
    const scanned = await scan(bench({}, twoPagesThen(HANGS), patience), FEEDER);
    expect([scanned.state, names(scanned.pages)]).toEqual(['deviceError', ['p001.tiff', 'p002.tiff']]);
  });

  it('text that makes no sense is a device error, and names no file outside its own folder', async () => {
    const garbage = [
      'head -c 300000 /dev/urandom; head -c 300000 /dev/urandom >&2',
      "printf '\\n../../secret.tiff\\n/etc/passwd\\np1.tiff/../../x.tiff\\n'",
      'exit 0',
    ];
    expect(await scan(bench({}, garbage.join('\n')), FEEDER)).toMatchObject({ pages: [], state: 'deviceError' });
  });

  it('lists scanners and no webcams, whatever language this PC speaks; one that draws its paper in has a feeder', async () => {
    const { folder } = bench();
    const program = join(folder, 'lists');
    writeFileSync(
      program,
      [
        '#!/bin/sh',
        'case "$*" in *-A*) printf "    --resolution 100..600dpi [300]\\n"; exit 0;; esac',
        'printf "Noname\\tCamera\\tvirtual device\\tv4l:/dev/video0\\n"',
        'printf "ACME\\t%s\\tsheetfed scanner\\tacme:usb:1\\n" "$LC_ALL"',
      ].join('\n'),
      { mode: 0o755 },
    );
    const driver = createSaneDriver({ program, env: { ...process.env, LC_ALL: 'de_DE.UTF-8' } });
    expect(await driver.list()).toEqual([{ name: 'acme:usb:1', vendor: 'ACME', model: 'C', via: 'SANE, acme' }]);
    expect((await driver.capabilities('acme:usb:1')).map(({ source }) => source)).toEqual(['feeder']);
  });

  it('a program that cannot be started is a device error; without one the driver is not there', async () => {
    const place = bench();
    const broken = join(place.folder, 'broken');
    writeFileSync(broken, 'not a program', { mode: 0o644 });
    await expect(createSaneDriver({ program: broken }).list()).rejects.toMatchObject({ state: 'deviceError' });
    const without = createSaneDriver({ env: { PATH: place.folder } });
    expect(without.isAvailable()).toBe(false);
    await expect(without.list()).rejects.toMatchObject({ state: 'offline' });
    expect(existsSync(join(place.folder, 'scanimage'))).toBe(false);
  });
});
