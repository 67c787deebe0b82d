/** The light after a page that a scanner gives: network scanners by the simulator, SANE by its own program and a backend that reads a file. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { createInspection } from '../../main/inspection/index.ts';
import { call } from '../../scripts/screenshots/window.ts';
import { DEFAULT_SCAN_CHOICE } from '../../shared/domain/index.ts';
import type { ScanSource } from '../../shared/domain/index.ts';
import type { EsclSimulator } from './escl/simulator.ts';
import { AMELIE, timeToGreen } from './light-time.ts';
import type { Waiting, Window } from './light-time.ts';
import { sample } from './samples.ts';
import { fakeScanimage } from './sane.ts';

/** A4 at 300 dpi. */
const A4 = { width: 2480, height: 3508 };
const DPI = 300;
/** An open passport is 125 mm wide. */
const PASSPORT_PIXELS = 1_476;
const SHEET = { width: 2_200, height: 3_111 };
/** Between the eight pieces of a page. */
const FEEDER_PAUSE_MS = 54;
/** What a fast flatbed takes for A4 in colour at 300 dpi. */
const GLASS_PAGE_MS = 4_000;
/** A white lid, and the noise of a sensor. */
const NOISE = { type: 'gaussian', mean: 238, sigma: 3 } as const;

/** Something on the glass of a flatbed scanner, in colour. */
async function onGlass(input: Buffer): Promise<Sharp> {
  const scanned = sharp({ create: { ...A4, channels: 3, background: '#fff', noise: NOISE } })
    .composite([{ input, left: 140, top: 200 }])
    .removeAlpha();
  const { data, info } = await scanned.raw().toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info }).withDensity(DPI);
}

/** The specimens of one customer as a scanner sees them, each alone on the glass. */
export interface ScannedPages {
  readonly passport: Sharp;
  /** The same as files of a network scanner. */
  readonly passportJpeg: Buffer;
  readonly billJpeg: Buffer;
}

export async function scannedPages(): Promise<ScannedPages> {
  const inspection = createInspection({ workers: 1 });
  const pdf = await sample('amelie-utility-bill.pdf');
  const bill = await inspection.part({ mediaType: 'application/pdf', read: () => Promise.resolve(pdf), sheet: 1 });
  await inspection.close();
  if (bill === null) throw new Error('the bill cannot be drawn');
  const open = sharp(await sample('amelie-passport.jpg')).resize({ width: PASSPORT_PIXELS });
  const passport = await onGlass(await open.toBuffer());
  const sheet = sharp(bill).resize({ ...SHEET, fit: 'inside' });
  return {
    passport,
    passportJpeg: await jpegOf(passport),
    billJpeg: await jpegOf(await onGlass(await sheet.toBuffer())),
  };
}

const jpegOf = (page: Sharp): Promise<Buffer> => page.clone().jpeg({ quality: 85 }).toBuffer();

/** What SANE's backend `pnm` lists is no scanner of documents: these are options of one, of which it needs to know nothing. */
const OPTIONS = `    --mode Gray|Color [Color]
    --resolution 75..600dpi (in steps of 1) [300]
    -x 0..216mm [216]
    -y 0..297mm [297]
`;

/** Pieces in which a page comes that takes its time. */
const PIECES = 40;

/** A scanner on a cable. */
export interface CableScanner {
  /** What finds it. */
  readonly env: Record<string, string>;
  /** When a page was named last, in milliseconds since 1970. */
  readonly lastPageAt: () => number;
  /** How long each page takes from now on, in milliseconds; 0: none that is not needed for writing it. */
  readonly slowDown: (pageMs: number) => void;
}

/**
 * A scanner on a cable that has `page` on its glass: the real scanimage, reading from SANE's backend `pnm` (sane-pnm(5)), which streams a
 * picture line by line as a scanner does, as fast as it is taken. One that takes its time is what that wrote, written once more in pieces,
 * as scanimage does it: under another name until it is whole.
 */
export async function fileScanner(folder: string, page: Sharp): Promise<CableScanner> {
  const configuration = join(folder, 'sane-pnm');
  mkdirSync(join(configuration, 'dll.d'), { recursive: true });
  writeFileSync(join(configuration, 'dll.conf'), 'pnm\n');
  const { data, info } = await page.clone().raw().toBuffer({ resolveWithObject: true });
  const picture = join(folder, 'page.ppm');
  writeFileSync(picture, Buffer.concat([Buffer.from(`P6\n${info.width} ${info.height}\n255\n`), data]));
  const [named, pause, whole] = [join(folder, 'named'), join(folder, 'pause'), join(folder, 'whole')];
  mkdirSync(whole);
  const slowDown = (pageMs: number): void => writeFileSync(pause, String(pageMs / PIECES / 1_000));
  slowDown(0);
  const script = `for argument in "$@"; do
  case "$argument" in --format=*) format=$argument;; --batch=*) batch=$argument;; esac
done
pause=$(cat '${pause}')
scan() { $real --device-name=pnm:0 --filename='${picture}' --resolution=${DPI} "$format" --batch-print --batch-count=1 "$@"; }
if [ "$pause" = 0 ]; then scan "$batch" --progress; else
  page=$(scan --batch='${whole}/p%03d.tiff' 2>/dev/null)
  piece=$(($(stat -c %s "$page") / ${PIECES} + 1))
  for at in $(seq 0 ${PIECES - 1}); do
    dd if="$page" bs=$piece skip="$at" count=1 status=none
    echo "Progress: $((100 * at / ${PIECES})).0%" >&2
    sleep "$pause"
  done > p001.tiff.part
  mv p001.tiff.part p001.tiff
  echo p001.tiff
fi | while read -r page; do date +%s%3N > '${named}'; echo "$page"; done`;
  fakeScanimage(folder, script, OPTIONS);
  return {
    env: { SANE_CONFIG_DIR: configuration, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    lastPageAt: () => Number(readFileSync(named, 'utf8')),
    slowDown,
  };
}

/** A customer whose pages a scanner gives, and from which source. */
export interface ScannedCustomer extends Waiting {
  readonly name: string;
  readonly device: 'escl' | 'sane';
  readonly source: ScanSource;
  /** How long a scanner on a cable takes for the page, in milliseconds; left out: as fast as it is taken. */
  readonly pageMs?: number;
}

const BILL = { file: 'amelie-utility-bill.pdf', slot: 'address/utility_bill/single' };
const customer = { provider: 'persona', subject: AMELIE } as const;

export const SCANNED_CUSTOMERS: readonly [ScannedCustomer, ...ScannedCustomer[]] = [
  {
    ...customer,
    name: 'a passport from the glass, network scanner',
    device: 'escl',
    source: 'flatbed',
    before: [BILL],
  },
  {
    ...customer,
    name: 'a passport, then a bill, both sides of a sheet, network scanner',
    device: 'escl',
    source: 'duplex',
    before: [],
  },
  {
    ...customer,
    name: 'a passport from the glass, SANE',
    device: 'sane',
    source: 'flatbed',
    before: [BILL],
    pageMs: GLASS_PAGE_MS,
  },
  {
    ...customer,
    name: 'the same from a device as fast as its samples are taken, SANE',
    device: 'sane',
    source: 'flatbed',
    before: [BILL],
  },
];

/** Chooses a scanner and its source, A4 in colour. */
async function chooseScanner({ window }: Window, device: 'escl' | 'sane', source: ScanSource): Promise<void> {
  const { devices } = await call(window, 'scanner.list', { isFresh: false });
  const deviceId = devices.find(({ id }) => id.startsWith(`${device}:`))?.id;
  if (deviceId === undefined) throw new Error(`no scanner of ${device}`);
  const a4 = { dpi: DPI, colour: 'colour', size: 'a4', waitsForPaper: false } as const;
  await call(window, 'scanner.choose', {
    ...DEFAULT_SCAN_CHOICE,
    deviceId,
    source,
    profiles: { flatbed: a4, feeder: a4, duplex: a4 },
  });
  // The window asks for the choice once and then remembers its own.
  await window.reload();
  await window.getByRole('navigation', { name: 'Screens' }).waitFor();
}

/**
 * Scans what is missing with F2. Answers the milliseconds from the moment when the network scanner's last byte left it, or when scanimage
 * named its page, until the light is green, and what it said on the way.
 */
export async function timeToScannedLight(
  desk: Window,
  scanned: ScannedCustomer,
  lastPageAt: () => number | null,
): ReturnType<typeof timeToGreen> {
  await chooseScanner(desk, scanned.device, scanned.source);
  return timeToGreen(desk, scanned, async () => {
    // With F2 before the scanners are known their dialog would open.
    await desk.window.getByText(`${DPI} dpi, colour, A4`).waitFor();
    await desk.window.keyboard.press('F2');
    return () => lastPageAt() ?? Number.NaN;
  });
}

/** Adds the simulated scanner, as a person does in the settings. */
export async function addNetworkScanner({ window }: Window, { port }: EsclSimulator): Promise<void> {
  await call(window, 'networkScanner.setDiscovering', { isDiscovering: false });
  await call(window, 'networkScanner.add', { address: `127.0.0.1:${port}` });
  await call(window, 'scanner.list', { isFresh: true });
}

/** Lays the customer's pages into the network scanner, whose feeder gives both sides of 70 sheets a minute. */
export function layOut({ switches }: EsclSimulator, { source }: ScannedCustomer, pages: ScannedPages): void {
  switches.sheets = 1;
  switches.slowMs = source === 'duplex' ? FEEDER_PAUSE_MS : 0;
  switches.pictures = source === 'duplex' ? [pages.passportJpeg, pages.billJpeg] : [pages.passportJpeg];
}
