import sharp from 'sharp';
import type { Pyramid } from '../../../main/inspection/mrz/index.ts';
import { openImage } from '../../../main/inspection/pictures.ts';
import { readCodes } from '../../../main/inspection/codes/index.ts';
import { readCodesOf } from '../../../main/inspection/codes/zxing.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import type { Random } from '../../../scripts/mrz/random.ts';
import { SEPARATOR_TEXT } from '../../../shared/domain/index.ts';
import {
  drawLicenceBack,
  drawOtherCodes,
  drawSeparator,
  licenceText,
  photocopied,
  scanned,
} from '../../support/coded-pages.ts';
import type { Treatment } from '../../support/coded-pages.ts';
import { cpuOf, median, share } from '../harness.ts';
import type { Bench } from '../harness.ts';
import { drawWithoutZone } from '../mrz/pages.ts';

/** Pages for each condition; `SATCHEL_BENCH_CODES` makes a quick look or a long one possible. */
const PER_CONDITION = Number(process.env['SATCHEL_BENCH_CODES'] ?? 8);
const WITHOUT_CODE = 24;
/** Nothing in the project is tuned with this seed. */
const SEED = 20_270_911;

/** Blur in millimetres: a module of a licence's code is a quarter of one. */
const CONDITIONS: Readonly<Record<string, (random: Random) => Treatment>> = {
  clean: (random) => usual(random),
  'within 2°': (random) => ({ ...usual(random), angle: random.between(-2, 2) }),
  'skewed 3 to 15°': (random) => ({ ...usual(random), angle: random.between(3, 15) * random.pick([-1, 1]) }),
  'any angle': (random) => ({ ...usual(random), angle: random.between(0, 360) }),
  'upside down, quarter turns': (random) => ({ ...usual(random), angle: random.pick([90, 180, 270]) }),
  'blur 0.08 to 0.12 mm': (random) => ({ ...askew(random), blur: random.between(0.08, 0.12) }),
  'blur 0.13 to 0.17 mm': (random) => ({ ...askew(random), blur: random.between(0.13, 0.17) }),
  noise: (random) => ({ ...askew(random), noise: random.between(8, 16) }),
  '150 dpi': (random) => ({ ...askew(random), dpi: 150 }),
  '100 to 130 dpi': (random) => ({ ...askew(random), dpi: random.integer(100, 130) }),
  '600 dpi': (random) => ({ ...askew(random), dpi: 600 }),
  'JPEG quality 25 to 40': (random) => ({ ...askew(random), quality: random.integer(25, 40) }),
};

function usual(random: Random): Treatment {
  return {
    dpi: random.pick([200, 300]),
    angle: 0,
    blur: random.between(0.02, 0.05),
    noise: random.between(1, 3),
    quality: 85,
  };
}

function askew(random: Random): Treatment {
  return { ...usual(random), angle: random.normal() * 3 + random.pick([0, 0, 90, 180]) };
}

interface Tally {
  pages: number;
  ours: number;
  peer: number;
  wrong: number;
}

interface Measured {
  readonly licences: Map<string, Tally>;
  readonly separators: Map<string, Tally>;
  readonly ms: { readonly ours: number[]; readonly peer: number[]; readonly without: number[] };
  readonly falseOnes: number;
}

let measured: Promise<Measured> | null = null;

async function decoded(jpeg: Buffer): Promise<Pyramid> {
  return (await (await openImage(jpeg)).sheet(1)).pyramid();
}

async function ours(jpeg: Buffer) {
  const picture = await decoded(jpeg);
  return cpuOf(() => readCodes(picture));
}

/** zxing-cpp alone on the whole page, in full size, as its own documentation has it. */
async function peers(jpeg: Buffer) {
  const picture = await decoded(jpeg);
  return cpuOf(() => readCodesOf(picture.level(0), { formats: ['PDF417', 'QRCode'], tryRotate: true }));
}

function add(tallies: Map<string, Tally>, key: string, more: Partial<Tally>): void {
  const tally = tallies.get(key) ?? { pages: 0, ours: 0, peer: 0, wrong: 0 };
  tally.pages += 1;
  tally.ours += more.ours ?? 0;
  tally.peer += more.peer ?? 0;
  tally.wrong += more.wrong ?? 0;
  tallies.set(key, tally);
}

async function measureLicence(result: Measured, random: Random, name: string, treatment: Treatment): Promise<void> {
  const text = licenceText(random);
  const page = await scanned(random, await drawLicenceBack(random, text), treatment);
  const { value: codes, ms } = await ours(page);
  const peer = await peers(page);
  const isRight = codes.licence === text;
  const isWrong = codes.isSeparator || (codes.licence !== undefined && !isRight);
  for (const key of [name, 'all']) {
    add(result.licences, key, {
      ours: isRight ? 1 : 0,
      peer: peer.value.includes(text) ? 1 : 0,
      wrong: isWrong ? 1 : 0,
    });
  }
  result.ms.ours.push(ms);
  result.ms.peer.push(peer.ms);
}

async function measureSeparator(result: Measured, random: Random, name: string, treatment: Treatment): Promise<void> {
  const sheet = await drawSeparator();
  const copied = name.startsWith('copied') ? await photocopied(random, sheet, 3) : sheet;
  const page = await scanned(random, copied, treatment);
  const { value: codes } = await ours(page);
  const { value: texts } = await peers(page);
  for (const key of [name, 'all']) {
    add(result.separators, key, { ours: codes.isSeparator ? 1 : 0, peer: texts.includes(SEPARATOR_TEXT) ? 1 : 0 });
  }
}

async function measure(): Promise<Measured> {
  sharp.cache(false);
  sharp.concurrency(1);
  const result: Measured = {
    licences: new Map(),
    separators: new Map(),
    ms: { ours: [], peer: [], without: [] },
    falseOnes: 0,
  };
  let drawn = 0;
  const fresh = (): Random => {
    drawn += 1;
    return randomFrom(SEED + drawn * 977);
  };
  for (const [name, treatmentOf] of Object.entries(CONDITIONS)) {
    for (let index = 0; index < PER_CONDITION; index += 1) {
      const random = fresh();
      await measureLicence(result, random, name, treatmentOf(random));
    }
  }
  const sheets: Readonly<Record<string, (random: Random) => Treatment>> = {
    straight: usual,
    'skewed, upside down': (random) => ({ ...usual(random), angle: random.between(-8, 8) + random.pick([0, 180]) }),
    '75 to 100 dpi': (random) => ({ ...usual(random), dpi: random.integer(75, 100) }),
    'blurred, noisy': (random) => ({ ...usual(random), blur: random.between(0.3, 0.8), noise: random.between(8, 20) }),
    'copied three times': usual,
  };
  for (const [name, treatmentOf] of Object.entries(sheets)) {
    for (let index = 0; index < PER_CONDITION; index += 1) {
      const random = fresh();
      await measureSeparator(result, random, name, treatmentOf(random));
    }
  }
  let falseOnes = 0;
  for (let index = 0; index < WITHOUT_CODE; index += 1) {
    const random = fresh();
    const page =
      index % 2 === 0
        ? await drawWithoutZone(index)
        : await scanned(random, await drawOtherCodes(random), askew(random));
    const { value: codes, ms } = await ours(page);
    result.ms.without.push(ms);
    if (codes.isSeparator || codes.licence !== undefined) falseOnes += 1;
  }
  return { ...result, falseOnes };
}

function rowsOf(kind: string, tallies: ReadonlyMap<string, Tally>): string[] {
  return [...tallies].map(
    ([name, { pages, ours, peer, wrong }]) =>
      `${kind} ${name.padEnd(28)} ${String(pages).padStart(4)} pages: read ${ours}, wrongly ${wrong}; zxing alone ${peer}`,
  );
}

let lines: readonly string[] = [];

function told({ licences, separators, ms, falseOnes }: Measured): string[] {
  return [
    ...rowsOf('licence  ', licences),
    ...rowsOf('separator', separators),
    `processor time on a page with a licence: median ${median(ms.ours).toFixed(0)} ms, the slowest ${Math.max(...ms.ours).toFixed(0)} ms; zxing alone ${median(ms.peer).toFixed(0)} and ${Math.max(...ms.peer).toFixed(0)} ms`,
    `${ms.without.length} pages without such a code (text; Code 128 with another QR code): ${falseOnes} seen falsely; median ${median(ms.without).toFixed(0)} ms, the slowest ${Math.max(...ms.without).toFixed(0)} ms`,
  ];
}

const PEER = 'zxing-cpp alone on the whole page';

const readBench: Bench = {
  name: 'codes/read',
  unit: '% of the licences read right',
  peerName: PEER,
  better: 'more',
  runs: 1,
  unavailable: () => null,
  run: async () => {
    measured ??= measure();
    const result = await measured;
    lines = told(result);
    const all = result.licences.get('all');
    return { ours: share(all?.ours ?? 0, all?.pages ?? 0), peer: share(all?.peer ?? 0, all?.pages ?? 0) };
  },
  notes: () => lines,
};

const timeBench: Bench = {
  name: 'codes/time',
  unit: 'ms of processor time a page',
  peerName: PEER,
  better: 'less',
  runs: 1,
  unavailable: () => null,
  run: async () => {
    measured ??= measure();
    const { ms } = await measured;
    return { ours: median(ms.ours), peer: median(ms.peer) };
  },
};

export const codeBenches: readonly Bench[] = [readBench, timeBench];
